"""EMF and WMF drawings: the texts that they write, in the order in which they write them ([MS-EMF] 2.3.5, [MS-WMF] 2.3.3).

Office files keep charts and pasted tables as such drawings. Lines and pictures are left out; where a drawing holds no text
that is said, because it may be a picture of one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from leakdesk.documents.charsets import decode
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.model.document import Extract, Kind, Note, TextLayer

NAME = "leakdesk-drawing 1"
EMF, WMF = "image/emf", "image/wmf"
#: Records of an EMF file that write text: ASCII and UTF-16 strings, one or several, and the short form.
_EXT_A, _EXT_W, _POLY_A, _POLY_W, _SMALL = 83, 84, 96, 97, 108
_OPAQUE_SMALL, _NO_RECT, _CHARS_8 = 0x0004, 0x0100, 0x0200
_EMF_END = 14
#: Records of a WMF file that write text: META_TEXTOUT and META_EXTTEXTOUT.
_TEXT_OUT, _EXT_TEXT_OUT = 0x0521, 0x0A32
#: Glyph numbers instead of characters (ETO_GLYPH_INDEX).
_GLYPHS = 0x0010
#: What stands before a WMF file that knows its size on paper.
_RECTANGLE = 0x0006
_PLACEABLE = b"\xd7\xcd\xc6\x9a"


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read a drawing."""
    emf = data[40:44] == b" EMF"
    strings = list(_emf(data) if emf else _wmf(data))
    text = _lines(strings)[: hints.limits.text_chars]
    note = (
        () if strings else (Note(rule="no text", sentence="the drawing writes no text; it may show a picture of one"),)
    )
    return Extract(
        kind=Kind.IMAGE,
        schema="Image",
        media_type=EMF if emf else WMF,
        layer=TextLayer(text=text, extractor=NAME),
        notes=note,
    )


String = tuple[int, int, str]
"""(x, y, text)"""


def _lines(strings: list[String]) -> str:
    """Strings on one height become one line with blanks between them; the order of writing is kept."""
    lines: list[list[str]] = []
    before: int | None = None
    for _, y, text in strings:
        if y == before and lines:
            lines[-1].append(text)
        else:
            lines.append([text])
        before = y
    return "".join(" ".join(line) + "\n" for line in lines)


def _emf(data: bytes) -> Iterator[String]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or kind == _EMF_END:
            return
        record = data[at : at + size]
        try:
            yield from _emf_strings(kind, record)
        except (struct.error, ValueError):
            at += size  # a damaged record; the next one stands at a known place
            continue
        at += size


def _emf_strings(kind: int, record: bytes) -> Iterator[String]:
    if kind in (_EXT_A, _EXT_W):
        yield from _emf_string(record, 36, wide=kind == _EXT_W)
    elif kind in (_POLY_A, _POLY_W):
        (count,) = struct.unpack_from("<I", record, 36)
        for number in range(min(count, len(record) // 40)):
            yield from _emf_string(record, 40 + 40 * number, wide=kind == _POLY_W)
    elif kind == _SMALL:
        x, y, count, options = struct.unpack_from("<iiII", record, 8)
        start = 36 if options & _NO_RECT else 52
        wide = not options & _CHARS_8
        yield from _string(x, y, record[start : start + count * (2 if wide else 1)], wide=wide)


def _emf_string(record: bytes, at: int, *, wide: bool) -> Iterator[String]:
    x, y, count, offset, options = struct.unpack_from("<iiIII", record, at)
    if options & _GLYPHS:
        return
    yield from _string(x, y, record[offset : offset + count * (2 if wide else 1)], wide=wide)


def _string(x: int, y: int, raw: bytes, *, wide: bool) -> Iterator[String]:
    text = raw.decode("utf-16-le", "replace") if wide else decode(raw).text
    text = without_surrogates(text).replace("\0", "").strip()
    if text:
        yield x, y, text


def _wmf(data: bytes) -> Iterator[String]:
    at = 22 if data.startswith(_PLACEABLE) else 0
    at += 18
    while at + 6 <= len(data):
        words, kind = struct.unpack_from("<IH", data, at)
        if words < 3 or kind == 0:
            return
        yield from _wmf_string(kind, data[at + 6 : at + words * 2])
        at += words * 2


def _wmf_string(kind: int, record: bytes) -> Iterator[String]:
    """The string of one record; none where the record is damaged or writes none."""
    if kind == _TEXT_OUT and len(record) >= 2:
        (count,) = struct.unpack_from("<H", record)
        place = 2 + count + count % 2
        if len(record) >= place + 4:
            y, x = struct.unpack_from("<hh", record, place)
            yield from _string(x, y, record[2 : 2 + count], wide=False)
    elif kind == _EXT_TEXT_OUT and len(record) >= 8:
        y, x, count, options = struct.unpack_from("<hhHH", record)
        start = 16 if options & _RECTANGLE else 8
        yield from _string(x, y, record[start : start + count], wide=False)
