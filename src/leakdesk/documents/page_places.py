"""Where the text of a PDF page stands on it: boxes of words, as pdfium places their characters.

Boxes are in points from the top left corner of the page as it is shown (its crop and its rotation applied).
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from leakdesk.documents.decoding import without_surrogates

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

Box = tuple[float, float, float, float]
"""left, top, right, bottom"""

_BREAK = re.compile("\r\n?")
#: pdfium writes these where a word is broken at the end of a line.
_BROKEN_WORD = re.compile("[\ufffe\u0002]")
_WORD = re.compile(r"\S+")
#: Parts of a point in which pdfium is asked, and a coordinate far enough away for a slope.
_FINE, _FAR = 100, 1000.0


def page_text(raw: str) -> str:
    """pdfium's text of a page as it stands in the layer: line ends as line feeds, marks of broken words as hyphens."""
    return without_surrogates(_BROKEN_WORD.sub("-", _BREAK.sub("\n", raw))).replace("\0", "\ufffd")


def word_places(page: PdfPage, textpage: PdfTextPage, raw: str) -> Iterator[tuple[int, int, Box]]:
    """(start, end, box) of each word of a page, code points of `page_text(raw)`; `raw` is pdfium's text of the page. A word
    that runs over several lines, or is not drawn anywhere, has as many boxes as it has stretches on the page."""
    indexes = _character_indexes(textpage, raw)
    shown = _shown(page)
    for word in _WORD.finditer(page_text(raw)):
        low, high = indexes[word.start()], indexes[word.end()]
        for rectangle in _rectangles(textpage, low, high - low):
            yield word.start(), word.end(), shown(rectangle)


def _rectangles(textpage: PdfTextPage, first: int, count: int) -> Iterator[Box]:
    """left, top, right, bottom of what some characters cover, in the page's own coordinates (upwards)."""
    import pypdfium2.raw as pdfium

    left, top, right, bottom = edges = tuple(ctypes.c_double() for _ in range(4))
    for number in range(pdfium.FPDFText_CountRects(textpage, first, count) if count > 0 else 0):
        if pdfium.FPDFText_GetRect(textpage, number, *edges):
            yield left.value, top.value, right.value, bottom.value


def _shown(page: PdfPage) -> Callable[[Box], Box]:
    """From a page's own coordinates to the page as it is shown: a map that pdfium draws by, taken from three points."""
    import pypdfium2.raw as pdfium

    size = (round(page.get_width() * _FINE), round(page.get_height() * _FINE))

    def point(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        return across.value / _FINE, down.value / _FINE

    (x0, y0), (x1, y1), (x2, y2) = point(0, 0), point(_FAR, 0), point(0, _FAR)
    ax, ay, bx, by = (x1 - x0) / _FAR, (y1 - y0) / _FAR, (x2 - x0) / _FAR, (y2 - y0) / _FAR

    def box(rectangle: Box) -> Box:
        left, top, right, bottom = rectangle
        xs = sorted((x0 + left * ax + top * bx, x0 + right * ax + bottom * bx))
        ys = sorted((y0 + left * ay + top * by, y0 + right * ay + bottom * by))
        return round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)

    return box


def _character_indexes(textpage: PdfTextPage, raw: str) -> list[int]:
    """pdfium's character index of each code point of `page_text`, and of its end (line ends count two there)."""
    steps = _index_steps(textpage, raw)
    places: list[int] = []
    index = 0
    while index < len(raw):
        places.append(steps[index])
        index += 2 if raw.startswith("\r\n", index) else 1
    return [*places, textpage.count_chars()]


def _index_steps(textpage: PdfTextPage, raw: str) -> list[int]:
    """pdfium's index of each character of its own text: the same number, but where it counts characters it does not give."""
    import pypdfium2.raw as pdfium

    count = textpage.count_chars()
    if count == len(raw):
        return list(range(count))
    steps: list[int] = []
    at = 0
    for character in raw:
        while at < count - 1 and pdfium.FPDFText_GetUnicode(textpage, at) not in (
            ord(character),
            ord(character) & 0xFFFF,
        ):
            at += 1
        steps.append(min(at, max(count - 1, 0)))
        at += 1
    return steps
