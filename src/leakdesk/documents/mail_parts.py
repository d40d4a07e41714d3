"""Which leaves of a message are its bodies, and what the others are: parts with a name."""

from __future__ import annotations

from dataclasses import dataclass

from leakdesk.documents import mime
from leakdesk.documents.headers import parameter
from leakdesk.documents.transfer import DAMAGED, part_bytes
from leakdesk.model.document import Note, Part, State

_EXTENSIONS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "application/pkcs7-signature": ".p7s",
    "application/pgp-signature": ".asc",
    "text/rfc822-headers": ".txt",
    "message/delivery-status": ".txt",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The leaves that are the plain and the HTML body."""

    plain: mime.Piece | None
    html: mime.Piece | None


def choose_bodies(whole: mime.Cut) -> Chosen:
    """The first text/plain and the first text/html leaf that stand where a body stands.

    As in JMAP (RFC 8621, 4.1.4): not marked as attachment, and first in its multipart or without a file name. A message
    that is one text part of any other kind (text/enriched, or no kind at all) is its own plain body.
    """
    plain = html = None
    for leaf in whole.leaves():
        if leaf.limit or not _is_body(leaf):
            continue
        if leaf.kind == "text/html":
            html = html or leaf
        elif leaf.kind == "text/plain":
            plain = plain or leaf
    root = whole.root
    if plain is None and html is None and not root.children and root.kind.startswith("text/") and _is_body(root):
        plain = root
    return Chosen(plain, html)


def _is_body(leaf: mime.Piece) -> bool:
    if leaf.disposition == "attachment":
        return False
    if leaf.index == 0:
        return True
    named = any(key.startswith("filename") for key in leaf.disposition_parameters) or any(
        k.startswith("name") for k in leaf.parameters
    )
    return leaf.parent != "multipart/related" and not named


def attached(data: bytes, leaf: mime.Piece, name: str) -> Part:
    """A leaf of the message (`data`) as a part of it, under a name."""
    decoded, wrong = part_bytes(data, leaf)
    notes: list[Note] = []
    state, reason = State.READ, ""
    if wrong:
        notes.append(Note(rule="transfer encoding", sentence=wrong))
    if wrong == DAMAGED or (not leaf.closed and leaf.encoding == "base64"):
        state, reason = (
            State.PARTIAL,
            "truncated: the message ends before the attachment does" if not leaf.closed else wrong,
        )
    if leaf.limit:
        state, reason = State.PARTIAL, f"not cut further: {leaf.limit}"
    if not decoded and any(header == "x-apple-content-length" for header, _, _ in leaf.headers):
        return Part(
            name=name,
            data=None,
            media_type=leaf.kind,
            state=State.FAILED,
            reason="its content stands beside the message, in a file of its own (.emlxpart, or the folder Attachments)",
        )
    return Part(
        name=name,
        data=decoded,
        media_type=leaf.kind,
        inline=leaf.disposition == "inline" or leaf.parent == "multipart/related",
        state=state,
        reason=reason,
        limit=leaf.limit,
        notes=tuple(notes),
    )


def part_name(leaf: mime.Piece, expected: str | None = None) -> str:
    """The file name of a part, from Content-Disposition or Content-Type, "" where it has none."""
    name = parameter(leaf.disposition_parameters, "filename", expected)
    if not name:
        name = parameter(leaf.parameters, "name", expected)
    return name or ""


def made_up_name(leaf: mime.Piece, number: int) -> str:
    """The name of a part that has none: its kind and its number among the leaves."""
    stem = "message" if leaf.kind == "message/rfc822" else "part"
    return f"{stem}-{number}{_EXTENSIONS.get(leaf.kind, '.bin' if not leaf.kind.startswith('text/') else '.txt')}"
