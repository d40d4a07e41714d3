"""Files written into a text: uuencode and yEnc, as mail and news carried them before MIME. The text stays where it is.

A file that breaks off is handed on as far as it goes, and says so.
"""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Iterator

from leakdesk.documents.charsets import decode
from leakdesk.model.document import Note, Part, State

_UU_NOTE = Note(rule="uuencode", sentence="written into the body as uuencode")
_YENC_NOTE = Note(rule="yEnc", sentence="written into the body as yEnc")
_UU_BEGIN = re.compile(
    r"^begin(?:-base64)? [0-7]{3,4} (\S[^\n]*)\n((?:[ -`][ -~]{0,90}\n)+?)(?:[` ]?\n)?(?:end|====)[ \t]*$", re.MULTILINE
)
#: Without an end: at least two full lines (45 bytes each) must follow, or it is somebody's sentence.
_UU_OPEN = re.compile(
    r"^begin [0-7]{3,4} (\S[^\n]*)\n((?:M[ -`]{60}\n){2,}(?:[ -`][ -`]{0,60}(?:\n|\Z))?)", re.MULTILINE
)
_YENC = re.compile(
    rb"^=ybegin ([^\r\n]*)\r?\n(?:=ypart ([^\r\n]*)\r?\n)?(.*?)(?:^=yend ?([^\r\n]*)|\Z)", re.MULTILINE | re.DOTALL
)
_YENC_NAME = re.compile(rb"name=([^\r\n]*)")
_YENC_ESCAPE = re.compile(rb"=(.)", re.DOTALL)
#: yEnc adds 42 to each byte, and 64 more behind an escape.
_YENC_TABLE = bytes((byte - 42) & 0xFF for byte in range(256))


def files_in(text: str, raw: bytes) -> list[Part]:
    """Files written into a text; `raw` is the same text before its charset was decoded (yEnc uses all bytes)."""
    parts: list[Part] = []
    if "begin" in text:
        parts += _uuencoded(text)
    if b"=ybegin " in raw:
        parts += _yencoded(raw)
    return parts


def _uuencoded(text: str) -> Iterator[Part]:
    ends: set[int] = set()
    for match in _UU_BEGIN.finditer(text):
        decoded = _uu_lines(match[0], match[2])
        if decoded:
            ends.add(match.start())
            yield Part(name=match[1].strip(), data=decoded, notes=(_UU_NOTE,))
    for match in _UU_OPEN.finditer(text):
        decoded = _uu_lines(match[0], match[2]) if match.start() not in ends else None
        if decoded:
            yield Part(
                name=match[1].strip(),
                data=decoded,
                state=State.PARTIAL,
                reason="truncated: the uuencoded file breaks off",
                notes=(_UU_NOTE,),
            )


def _uu_lines(whole: str, lines: str) -> bytes | None:
    body = lines.encode("latin-1", "replace")
    if whole.startswith("begin-base64"):
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            return None
    return uudecode(body)


_UU_RAW = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]+)\r?\n(.*?)^(?:`|\s)?\r?\n?end\s*$", re.MULTILINE | re.DOTALL)


def uudecode(raw: bytes) -> bytes | None:
    """uuencoded lines decoded, with or without their first and last line; None where nothing can be."""
    match = _UU_RAW.search(raw)
    body = match[2] if match else raw
    out = bytearray()
    for line in body.splitlines():
        if not line.strip() or line.startswith((b"begin ", b"end")):
            continue
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            usable = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                out += binascii.a2b_uu(line[:usable])
            except binascii.Error:
                return bytes(out) or None
    return bytes(out)


def _yencoded(raw: bytes) -> Iterator[Part]:
    for match in _YENC.finditer(raw):
        name = _YENC_NAME.search(match[1])
        data = _yenc_bytes(match[3])
        wrong = _yenc_fault(match[1], match[2], match[4], data)
        yield Part(
            name=decode(name[1].strip()).text if name else "yenc.bin",
            data=data,
            state=State.PARTIAL if wrong else State.READ,
            reason=wrong,
            notes=(_YENC_NOTE,),
        )


def _yenc_bytes(body: bytes) -> bytes:
    joined = body.replace(b"\r", b"").replace(b"\n", b"")
    plain = _YENC_ESCAPE.sub(lambda m: bytes(((m[1][0] - 64) & 0xFF,)), joined)
    return plain.translate(_YENC_TABLE)


def _yenc_fault(begin: bytes, part: bytes | None, end: bytes | None, data: bytes) -> str:
    if end is None:
        return "truncated: the yEnc file breaks off"
    if part is not None:
        return "one piece of a file that came in several messages"
    size, checksum = re.search(rb"size=(\d+)", begin), re.search(rb"crc32=([0-9A-Fa-f]{1,8})", end)
    if size and int(size[1]) != len(data):
        return "damaged: its size differs from what stands before it"
    if checksum and int(checksum[1], 16) != zlib.crc32(data):
        return "damaged: its checksum differs"
    return ""
