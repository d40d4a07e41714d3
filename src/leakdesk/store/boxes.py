"""Where words stand on their pages: kept apart from the texts, compressed, one row a text layer; asked for by place.

A scan of a thousand pages has half a million boxes. They are needed only to draw a quotation on its page, so no query for
a text ever touches them. The packed form (version 1) is written down in docs/formats.md.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec
from sqlalchemy import Connection, select

from leakdesk.model.anchor import Rect
from leakdesk.model.document import WordBox, side_by_side
from leakdesk.store.rows import Row
from leakdesk.store.tables import word_boxes

VERSION = 1
#: Boxes are kept in tenths of a point (or of a pixel).
_TENTH = 10
_LEVEL = 6


class _Columns(msgspec.Struct, array_like=True):
    """All boxes of a layer, column by column: what changes little from word to word is kept as differences."""

    gap: list[int]
    length: list[int]
    page: list[int]
    left: list[int]
    top: list[int]
    width: list[int]
    height: list[int]
    confidence: list[int]


def pack(boxes: Sequence[WordBox]) -> bytes:
    """Boxes as the bytes of a row."""
    ordered = sorted(boxes, key=lambda box: (box.start, box.end))
    ends = [0, *(box.end for box in ordered)]
    columns = _Columns(
        gap=[box.start - end for box, end in zip(ordered, ends, strict=False)],
        length=[box.end - box.start for box in ordered],
        page=_differences(box.page for box in ordered),
        left=_differences(round(box.left * _TENTH) for box in ordered),
        top=_differences(round(box.top * _TENTH) for box in ordered),
        width=[round(box.right * _TENTH) - round(box.left * _TENTH) for box in ordered],
        height=[round(box.bottom * _TENTH) - round(box.top * _TENTH) for box in ordered],
        confidence=[round(box.confidence) for box in ordered],
    )
    return zlib.compress(msgspec.json.encode(columns), _LEVEL)


def row(layer: str, boxes: Sequence[WordBox]) -> Row:
    """The row of `word_boxes` for a text layer."""
    return {"layer": layer, "version": VERSION, "count": len(boxes), "data": pack(boxes)}


def unpack(data: bytes) -> Iterator[WordBox]:
    """The boxes of a row, in the order of the text."""
    made = msgspec.json.decode(zlib.decompress(data), type=_Columns)
    pages, lefts, tops = accumulate(made.page), accumulate(made.left), accumulate(made.top)
    at = 0
    rest = zip(made.gap, made.length, pages, lefts, tops, made.width, made.height, made.confidence, strict=True)
    for gap, length, page, left, top, width, height, confidence in rest:
        start = at + gap
        at = start + length
        yield WordBox(
            start=start,
            end=at,
            page=page,
            left=left / _TENTH,
            top=top / _TENTH,
            right=(left + width) / _TENTH,
            bottom=(top + height) / _TENTH,
            confidence=float(confidence),
        )


def _differences(values: Iterable[int]) -> list[int]:
    made: list[int] = []
    before = 0
    for value in values:
        made.append(value - before)
        before = value
    return made


def boxes_of(connection: Connection, layer: str, start: int = 0, end: int | None = None) -> list[WordBox]:
    """The boxes of a text layer (by its id) whose words touch code points [start, end); all of them without `end`."""
    query = select(word_boxes.c.version, word_boxes.c.data).where(word_boxes.c.layer == layer)
    found = connection.execute(query).first()
    if found is None or found.version != VERSION:
        return []
    return [box for box in unpack(found.data) if box.end > start and (end is None or box.start < end)]


def rects_of(connection: Connection, layer: str, start: int, end: int) -> tuple[Rect, ...]:
    """Rectangles that cover the words of [start, end), one for each line of a page: what an anchor's `rects` hold."""
    return lines_of(boxes_of(connection, layer, start, end))


def lines_of(boxes: Iterable[WordBox]) -> tuple[Rect, ...]:
    """Boxes of neighbouring words on one line joined into one rectangle."""
    found: list[Rect] = []
    for box in boxes:
        last = found[-1] if found else None
        if last is not None and box.left >= last.left and side_by_side(last, box):
            found[-1] = Rect(
                page=box.page,
                left=min(last.left, box.left),
                top=min(last.top, box.top),
                right=max(last.right, box.right),
                bottom=max(last.bottom, box.bottom),
            )
        else:
            found.append(Rect(page=box.page, left=box.left, top=box.top, right=box.right, bottom=box.bottom))
    return tuple(found)
