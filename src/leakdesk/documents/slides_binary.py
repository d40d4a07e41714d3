"""PowerPoint 97 to 2003: the text of a .ppt file by walking its records ([MS-PPT] 2.3.1).

One page a slide, in the order of the file; text of notes pages, masters and comments stands beside. Text that the outline
keeps outside the slides' own records (old placeholders) belongs to the slide it is listed under.
"""

from __future__ import annotations

import io
import struct

from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.sections import Sections

_CHARS, _BYTES, _STRING = 0x0FA0, 0x0FA8, 0x0FBA
_SLIDE, _NOTES, _MASTER, _LIST, _PERSIST, _COMMENT = 0x03EE, 0x03F0, 0x03F8, 0x0FF0, 0x03F3, 0x2EE0
_HEADERS_FOOTERS = 0x0FD9
#: Data of later PowerPoint versions, comments among it: records inside what calls itself an atom.
_TAGGED = 0x138B
_DEEPEST = 64
_CONTAINER = 0x0F


def fill(data: bytes, sections: Sections) -> bool:
    """Fill the sections from a .ppt file; False where it is damaged or something else."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            stream = file.openstream("PowerPoint Document").read()
        _walk(stream, sections)
    except Exception:
        return False
    return bool(sections.pages or sections.beside)


def _walk(stream: bytes, sections: Sections) -> None:
    outline: list[list[str]] = []
    drawn: list[list[str]] = []
    #: (end of the container, where its text goes)
    stack: list[tuple[int, list[str] | None]] = []
    current: list[str] | None = None
    texts: dict[str, list[list[str]]] = {"speaker": [], "margins": [], "comments": []}
    at = 0
    while at + 8 <= len(stream):
        while stack and at >= stack[-1][0]:
            current = stack.pop()[1]
        info, kind, size = struct.unpack_from("<HHI", stream, at)
        body = at + 8
        if (info & 0x0F == _CONTAINER or kind == _TAGGED) and len(stack) < _DEEPEST:
            stack.append((min(body + size, len(stream)), current))
            current = _entered(kind, info >> 4, current, drawn, texts)
            at = body
            continue
        if (kind == _PERSIST and stack and current is not None and any(current is each for each in outline)) or (
            kind == _PERSIST and current is None
        ):
            current = []
            outline.append(current)
        elif kind in (_CHARS, _BYTES, _STRING) and current is not None:
            raw = stream[body : body + size]
            if (
                kind != _STRING
                or any(current is each for each in texts["comments"])
                or any(current is each for each in texts["margins"])
            ):
                current.append(_text(raw, kind))
        at = body + size
    _deliver(outline, drawn, texts, sections)


def _entered(
    kind: int, instance: int, current: list[str] | None, drawn: list[list[str]], texts: dict[str, list[list[str]]]
) -> list[str] | None:
    fresh: list[str] = []
    if kind == _SLIDE:
        drawn.append(fresh)
    elif kind == _LIST:
        return None if instance == 0 else []  # the outline of slides; masters and notes have lists of their own
    elif kind == _NOTES:
        texts["speaker"].append(fresh)
    elif kind == _HEADERS_FOOTERS:
        texts["margins"].append(fresh)
    elif kind == _COMMENT:
        texts["comments"].append(fresh)
    elif kind != _MASTER:
        return current
    return fresh


def _text(raw: bytes, kind: int) -> str:
    text = raw.decode("latin-1") if kind == _BYTES else raw.decode("utf-16-le", "surrogatepass")
    return without_surrogates(text.replace("\r", "\n").replace("\x0b", "\n").replace("\0", ""))


def _deliver(
    outline: list[list[str]], drawn: list[list[str]], texts: dict[str, list[list[str]]], sections: Sections
) -> None:
    for number in range(max(len(outline), len(drawn))):
        pieces = (outline[number] if number < len(outline) else []) + (drawn[number] if number < len(drawn) else [])
        sections.pages.append(
            "\n".join(dict.fromkeys(piece.strip("\n") for piece in pieces if piece.strip() and piece != "*"))
        )
    for key, groups in texts.items():
        for group in groups:
            sections.aside(key, "\n".join(piece for piece in group if piece.strip() and piece != "*"))
