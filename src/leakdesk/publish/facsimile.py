"""What the words of a passage look like on their page, without the page.

The pictures of the shown words are cut out and set anew, line by line, on an empty ground: where a word stood, how wide its
neighbour's place was, how far its line was moved and what lies between the lines stays behind, and with it what could tell one
copy from another or how long a masked name is. Nothing is ever covered: what is not shown was never copied. The grey is
coarse, so that paper, dots and noise are white. PNG is written here, with the three chunks that it needs and no other.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leakdesk.language.canonical import Word
from leakdesk.model.document import WordBox, side_by_side
from leakdesk.publish.disclosure import PassagePart, ShownText

#: Pixels: the facsimile's width, its margin, the space between words, the space between lines, and the box of any mask.
WIDTH, MARGIN, SPACE, LEADING = 1000, 16, 12, 10
MASK_WIDTH, MASK_HEIGHT = 90, 22
#: Grey levels kept, and the level from which everything is paper.
_LEVELS, _PAPER = 16, 200
#: Pixels kept around a word's box.
_AROUND = 2
#: Words of a passage that need a picture, or there is no facsimile of it.
_ENOUGH = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class GreyPage:
    """A rendered page: one byte a pixel, row by row; `scale`: pixels for one unit of the boxes."""

    number: int
    width: int
    height: int
    scale: float
    grey: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.grey) != self.width * self.height:
            raise ValueError("a page's pixels do not fill it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Where the words of a text layer stand, and the pages they stand on."""

    boxes: tuple[WordBox, ...]
    pages: Mapping[int, GreyPage]


@dataclass(frozen=True, slots=True)
class _Cut:
    width: int
    rows: list[bytes]


def facsimile(pictures: Pictures, words: Sequence[Word], parts: Sequence[PassagePart]) -> bytes | None:
    """The PNG of a passage; None where too few of its words have a place on a rendered page."""
    placed: list[list[WordBox] | None] = []
    for part in parts:
        if isinstance(part, ShownText):
            placed.extend(_boxes(pictures, word) for word in words[part.first : part.last])
        else:
            placed.append(None)
    shown = [found for found in placed if found is not None]
    if not shown or sum(map(bool, shown)) < len(shown) * _ENOUGH:
        return None
    heights = _heights([box for found in shown for box in found])
    cuts = [
        cut
        for found in placed
        for cut in (
            [_mask()] if found is None else [_cut(pictures.pages[box.page], box, heights[box]) for box in found]
        )
    ]
    return png(*_set(cuts))


def _boxes(pictures: Pictures, word: Word) -> list[WordBox]:
    end = word.start + len(word.text.rstrip())
    return [box for box in pictures.boxes if box.start < end and box.end > word.start and box.page in pictures.pages]


def _heights(boxes: Sequence[WordBox]) -> dict[WordBox, tuple[float, float]]:
    """Top and bottom of the line that each word stands in, as far as it is shown: words keep their ground line."""
    found: dict[WordBox, tuple[float, float]] = {}
    line: list[WordBox] = []
    for box in [*boxes, None]:
        if box is not None and (not line or side_by_side(line[-1], box)):
            line.append(box)
            continue
        extent = min(each.top for each in line), max(each.bottom for each in line)
        found.update(dict.fromkeys(line, extent))
        line = [box] if box is not None else []
    return found


def _cut(page: GreyPage, box: WordBox, height: tuple[float, float]) -> _Cut:
    left = max(0, int(box.left * page.scale) - _AROUND)
    right = min(page.width, int(box.right * page.scale + 1) + _AROUND, left + WIDTH - 2 * MARGIN)
    top = max(0, int(height[0] * page.scale) - _AROUND)
    bottom = min(page.height, int(height[1] * page.scale + 1) + _AROUND)
    rows = [page.grey[y * page.width + left : y * page.width + right].translate(_COARSE) for y in range(top, bottom)]
    return _Cut(max(0, right - left), rows)


def _mask() -> _Cut:
    edge, inside = bytes(MASK_WIDTH), b"\x00" + b"\xff" * (MASK_WIDTH - 2) + b"\x00"
    return _Cut(MASK_WIDTH, [edge, *[inside] * (MASK_HEIGHT - 2), edge])


def _set(cuts: Sequence[_Cut]) -> tuple[int, int, list[bytes]]:
    """Words in lines of one width, standing on the same ground line."""
    lines: list[list[_Cut]] = [[]]
    used = 0
    for cut in cuts:
        if lines[-1] and used + SPACE + cut.width > WIDTH - 2 * MARGIN:
            lines.append([])
            used = 0
        used += cut.width + (SPACE if lines[-1] else 0)
        lines[-1].append(cut)
    rows: list[bytes] = [_blank()] * MARGIN
    for line in lines:
        rows += [*_line(line), *[_blank()] * LEADING]
    rows += [_blank()] * (MARGIN - LEADING)
    return WIDTH, len(rows), rows


def _line(cuts: Sequence[_Cut]) -> Iterator[bytes]:
    height = max((len(cut.rows) for cut in cuts), default=0)
    for y in range(height):
        pieces = [b"\xff" * MARGIN]
        for cut in cuts:
            at = y - (height - len(cut.rows))
            pieces += [cut.rows[at] if at >= 0 else b"\xff" * cut.width, b"\xff" * SPACE]
        row = b"".join(pieces)[:WIDTH]
        yield row + b"\xff" * (WIDTH - len(row))


def _blank() -> bytes:
    return b"\xff" * WIDTH


def _coarse() -> bytes:
    step = 256 // _LEVELS
    return bytes(255 if grey >= _PAPER else grey // step * step for grey in range(256))


_COARSE = _coarse()


def png(width: int, height: int, rows: Sequence[bytes]) -> bytes:
    """A grey picture of eight bits as PNG (ISO/IEC 15948): IHDR, IDAT, IEND; no time, text, gamma or resolution."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
