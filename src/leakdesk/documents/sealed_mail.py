"""S/MIME and OpenPGP: recognised and listed as encrypted, or opened where only a signature is around the message.

Nothing is verified here (see the chapter on authenticity) and nothing is decrypted: what is needed for that is said.
"""

from __future__ import annotations

from leakdesk.documents.headers import lenient_base64
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.text import plain
from leakdesk.model.document import Extract, Kind, Note, Part, State

NAME = "leakdesk-sealed 2"
CMS = "application/pkcs7-mime"

_SIGNED = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = {bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117")}
_COMPRESSED = bytes.fromhex("2a864886f70d0109100109")
_DEEPEST = 40


def read_cms(data: bytes, hints: ReaderHints) -> Extract:
    """Read a .p7m: a signed one is opened (the message inside is a part), an enveloped one is encrypted."""
    raw = data if data[:1] == b"\x30" else lenient_base64(_without_armour(data))[0]
    identifier, content = _content_info(raw)
    if identifier in _ENVELOPED:
        return _sealed("encrypted: S/MIME", "a certificate's private key would open it")
    if identifier == _SIGNED:
        inner = _inner(content)
        if inner:
            note = Note(rule="signed", sentence="a signed message was opened; its signature was not checked here")
            return Extract(
                kind=Kind.CONTAINER,
                schema="Package",
                media_type=CMS,
                parts=(Part(name="signed.eml", data=inner, media_type="message/rfc822"),),
                notes=(note,),
            )
        note = Note(rule="signature", sentence="a detached signature or certificates only; the structure is sound")
        return Extract(kind=Kind.DOCUMENT, schema="Document", media_type=CMS, notes=(note,))
    reason = "compressed S/MIME is not opened" if identifier == _COMPRESSED else "damaged: not a CMS structure"
    return Extract(
        kind=Kind.DOCUMENT, schema="Document", media_type=CMS, state=State.FAILED, stage="open", reason=reason
    )


def is_enveloped(data: bytes) -> bool:
    """Whether some bytes are a CMS structure that only a private key opens."""
    return _content_info(data if data[:1] == b"\x30" else lenient_base64(_without_armour(data))[0])[0] in _ENVELOPED


def read_signature(data: bytes, hints: ReaderHints) -> Extract:
    """Read a detached signature: kept, its structure looked at, nothing verified here."""
    if data.lstrip()[:5] == b"-----":
        return plain(data, hints, media_type="application/pgp-signature", kind=Kind.DOCUMENT, schema="PlainText")
    return read_cms(data, hints)


def read_pgp(data: bytes, hints: ReaderHints) -> Extract:
    """Read what calls itself OpenPGP-encrypted: the control part is text, the rest is encrypted."""
    if b"-----BEGIN PGP MESSAGE-----" in data[:4096] or data[:1] >= b"\x80":
        return _sealed("encrypted: OpenPGP", "a recipient's private key would open it")
    return plain(data, hints, media_type="application/pgp-encrypted", kind=Kind.DOCUMENT, schema="PlainText")


def _sealed(reason: str, needed: str) -> Extract:
    note = Note(rule="encrypted", sentence=needed)
    return Extract(
        kind=Kind.DOCUMENT,
        schema="Document",
        media_type="application/octet-stream",
        state=State.FAILED,
        stage="open",
        reason=reason,
        notes=(note,),
    )


def _without_armour(data: bytes) -> bytes:
    return b"\n".join(line for line in data.splitlines() if not line.startswith(b"-----"))


# --- as much of BER as CMS needs ----------------------------------------------------------------------------------------


def _element(data: bytes, at: int) -> tuple[int, int, int, bool]:
    """(tag, start of contents, end of contents or -1 for indefinite length, constructed) of the element at `at`."""
    tag, first = data[at], data[at + 1]
    if first < 0x80:
        return tag, at + 2, at + 2 + first, bool(tag & 0x20)
    if first == 0x80:
        return tag, at + 2, -1, bool(tag & 0x20)
    size = first & 0x7F
    return tag, at + 2 + size, at + 2 + size + int.from_bytes(data[at + 2 : at + 2 + size], "big"), bool(tag & 0x20)


def _children(data: bytes, start: int, end: int, depth: int = 0) -> list[tuple[int, int, int]]:
    """(tag, start, end of contents) of the elements within; an indefinite one ends at its end-of-contents mark."""
    found: list[tuple[int, int, int]] = []
    at = start
    limit = len(data) if end < 0 else min(end, len(data))
    while at + 1 < limit and depth < _DEEPEST:
        if data[at : at + 2] == b"\0\0":
            break
        tag, low, high, _ = _element(data, at)
        if high < 0:
            high = _indefinite_end(data, low, depth + 1)
            found.append((tag, low, high))
            at = high + 2
        else:
            found.append((tag, low, min(high, limit)))
            at = high
    return found


def _indefinite_end(data: bytes, start: int, depth: int) -> int:
    inner = _children(data, start, -1, depth)
    if not inner:
        return start
    tag, low, high = inner[-1]
    header = data[low - 1]
    return high + 2 if header == 0x80 and data[low - 2] == tag else high


def _content_info(raw: bytes) -> tuple[bytes, bytes]:
    """(content type, the content's bytes) of a ContentInfo; (b"", b"") where it is none."""
    try:
        _, low, high, _ = _element(raw, 0)
        parts = _children(raw, low, high)
        if len(parts) < 2 or parts[0][0] != 0x06:
            return b"", b""
        return raw[parts[0][1] : parts[0][2]], raw[parts[1][1] : parts[1][2]]
    except IndexError:
        return b"", b""


def _inner(content: bytes) -> bytes:
    """The encapsulated content of SignedData, b"" where the signature is detached."""
    try:
        _, low, high, _ = _element(content, 0)
        for tag, start, end in _children(content, low, high):
            if tag != 0x30:
                continue
            inside = _children(content, start, end)
            if len(inside) > 1 and inside[0][0] == 0x06 and inside[1][0] == 0xA0:
                return _octets(content, inside[1][1], inside[1][2], 0)
            if inside and inside[0][0] == 0x06:
                return b""
    except IndexError:
        return b""
    return b""


def _octets(data: bytes, start: int, end: int, depth: int) -> bytes:
    out = bytearray()
    for tag, low, high in _children(data, start, end):
        if tag == 0x04:
            out += data[low:high]
        elif tag == 0x24 and depth < _DEEPEST:
            out += _octets(data, low, high, depth + 1)
    return bytes(out)
