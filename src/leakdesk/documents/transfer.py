"""The bytes of a message's part out of their transfer encoding, whatever programs have made of it."""

from __future__ import annotations

import binascii
import re

from leakdesk.documents import mime
from leakdesk.documents.headers import lenient_base64
from leakdesk.documents.inline_files import uudecode


def part_bytes(data: bytes, piece: mime.Piece) -> tuple[bytes, str]:
    """A part's decoded bytes, and what was wrong with their transfer encoding ("" where nothing was)."""
    raw = data[piece.body : piece.end]
    encoding = piece.encoding
    if not encoding or encoding in ("7bit", "8bit", "binary"):
        return raw, ""
    if encoding == "base64":
        return _base64(raw)
    if encoding == "quoted-printable":
        return quoted_printable(raw), ""
    return _odd_encoding(raw, encoding)


#: What is wrong with base64 that ends early.
DAMAGED = "the base64 text is damaged or ends early"
_INNER_BLANK = re.compile(rb"(?m)^[^\r\n]*\S[ \t]+\S[^\r\n]*$")
_SOME_LINE = re.compile(rb"(?m)^[^\r\n]*\S[^\r\n]*$")


def _base64(raw: bytes) -> tuple[bytes, str]:
    decoded, whole = lenient_base64(raw)
    if whole:
        return decoded, ""
    # Blanks inside lines are what words have and base64 never has.
    if len(_INNER_BLANK.findall(raw)) * 2 > len(_SOME_LINE.findall(raw)):
        return raw, "base64 is declared, but these are plain words; they stand as they came"
    return decoded, DAMAGED


def _odd_encoding(raw: bytes, encoding: str) -> tuple[bytes, str]:
    squeezed = re.sub(r"[^a-z0-9]", "", encoding)
    if squeezed in ("7bit", "8bit", "8bits", "7bits", "binary", "none", "plain", "text"):
        return raw, ""
    if squeezed.startswith("base64"):
        return _base64(raw)
    if squeezed.startswith(("quotedprintable", "qp")):
        return quoted_printable(raw), ""
    if squeezed in ("xuuencode", "uuencode", "xuue", "uue"):
        decoded = uudecode(raw)
        return (decoded, "") if decoded is not None else (raw, "the uuencoded text cannot be decoded")
    return raw, "the transfer encoding is unknown; the bytes stand as they came"


def quoted_printable(raw: bytes) -> bytes:
    """Quoted-printable decoded leniently: a broken escape stays as it is written."""
    return binascii.a2b_qp(raw)
