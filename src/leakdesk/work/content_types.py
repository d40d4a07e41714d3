"""The media type of what is sealed: by content first, by what a letter declared only where content cannot tell."""

from __future__ import annotations

from leakdesk.intake.identify import MBOX, identify_original
from leakdesk.store.originals import Place, unquote_from

#: Declared types that stand where the content is only known to be text, or nothing known.
_BELIEVED_TEXT = frozenset({"text/html", "text/csv", "text/markdown", "text/calendar", "text/vcard", "text/x-vcard"})
_BELIEVED_UNKNOWN = frozenset(
    {
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-encrypted",
        "application/ms-tnef",
    }
)


def media_type_at(where: Place, name: str, declared: str) -> str:
    """The media type of the bytes at a place that came under a name and with a declared type ("" for none)."""
    with where.path.open("rb") as file:

        def read(offset: int, length: int) -> bytes:
            file.seek(where.start + offset)
            return file.read(max(0, min(length, where.length - offset)))

        if where.undo:
            data = unquote_from(read(0, where.length))
            found = identify_original(lambda o, n: data[o : o + n], len(data), name)
        else:
            found = identify_original(read, where.length, name)
    return declared_or(found, declared)


def declared_or(found: str, declared: str) -> str:
    """The media type by content, and what a letter declared where content cannot tell."""
    declared = declared.partition(";")[0].strip().lower()
    if declared == "message/rfc822" and found in ("text/plain", "text/html", MBOX):
        return declared
    if (
        declared in ("message/delivery-status", "text/rfc822-headers", "message/external-body")
        and found == "message/rfc822"
    ):
        return "text/plain"
    if found == "text/plain" and declared in _BELIEVED_TEXT:
        return declared
    if found == "application/octet-stream" and declared in _BELIEVED_UNKNOWN:
        return declared
    return found
