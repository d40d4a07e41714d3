"""Word 97 to 2003: the text of a .doc file from its piece table ([MS-DOC] 2.4.1), with notes, comments, headers, boxes.

The file keeps one run of characters for everything: main text, then footnotes, headers, comments, endnotes and text boxes,
whose lengths stand in its first block. The piece table says where each stretch lies and whether it is one or two bytes a
character.
"""

from __future__ import annotations

import io
import re
import struct

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.sections import Sections

#: The stretches of the character run, in their order, and where each belongs ("" is the body).
_STRETCHES = ("", "notes", "margins", "", "comments", "notes", "boxes", "boxes")
_MACRO_STRETCH = 3
_CODE_PAGES = {
    0x0419: "cp1251",
    0x0422: "cp1251",
    0x0423: "cp1251",
    0x0402: "cp1251",
    0x0415: "cp1250",
    0x0405: "cp1250",
    0x040E: "cp1250",
}
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_SIGNS = str.maketrans(
    {
        "\r": "\n",
        "\x07": "\t",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x0e": "\n",
        "\x1e": "\u2011",
        "\x1f": "\u00ad",
        "\xa0": "\u00a0",
        "\x00": "",
    }
    | {chr(code): "" for code in (1, 2, 3, 4, 5, 8, 0x13, 0x14, 0x15)}
)


def fill(data: bytes, sections: Sections) -> bool:
    """Fill the sections from a .doc file; False where it is older than Word 97, or damaged."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            main = file.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", main, 0x0A)[0]
            table = file.openstream("1Table" if flags & 0x0200 else "0Table").read()
        return _fill(main, table, sections)
    except Exception:
        return False


def _fill(main: bytes, table: bytes, sections: Sections) -> bool:
    magic, version, language = struct.unpack_from("<HH2xH", main)
    if magic != 0xA5EC or version < 0x00C1:
        return False
    lengths = list(struct.unpack_from("<8i", main, 0x4C))
    offset, size = struct.unpack_from("<II", main, 0x01A2)
    text = _characters(main, table[offset : offset + size], _CODE_PAGES.get(language, "cp1252"))
    at = 0
    for number, (length, key) in enumerate(zip(lengths, _STRETCHES, strict=True)):
        piece = text[at : at + max(length, 0)]
        at += max(length, 0)
        if number == _MACRO_STRETCH:
            continue
        clean = _clean(piece)
        if not key:
            sections.pages.append(clean.rstrip("\n"))
        else:
            for line in clean.split("\n"):
                sections.aside(key, line)
    return True


def _characters(main: bytes, clx: bytes, codec: str) -> str:
    """All characters, stretch after stretch, by the piece table in a Clx."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    (size,) = struct.unpack_from("<I", clx, at + 1)
    plc = clx[at + 5 : at + 5 + size]
    count = (size - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", plc)
    out: list[str] = []
    for number in range(count):
        (place,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        length = starts[number + 1] - starts[number]
        if place & 0x40000000:
            low = (place & 0x3FFFFFFF) // 2
            out.append(
                main[low : low + length].decode("cp1252", "replace")
                if codec == "cp1252"
                else main[low : low + length].decode(codec, "replace")
            )
        else:
            out.append(main[place : place + 2 * length].decode("utf-16-le", "surrogatepass"))
    return "".join(out)


def _clean(text: str) -> str:
    """Field codes give way to their results; cell marks become tabs, row ends and paragraph ends line feeds."""
    for _ in range(5):
        shorter = _FIELD.sub(lambda match: match[1] or "", text)
        if shorter == text:
            break
        text = shorter
    return without_surrogates(text.replace("\x07\x07", "\r").translate(_SIGNS))
