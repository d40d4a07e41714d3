"""PDF files: earlier states kept by incremental updates, two metadata records that disagree, boxes over text, text not shown.

A box hides nothing if text was drawn before it and stands under it: order matters, because tables and letterheads are drawn
the other way round.

        text object   ████████   drawn 3rd
        path, filled  ████████   drawn 7th   -> covered: the words are still in the file
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leakdesk.authenticity.papers import (
    PaperFinding,
    bytes_place,
    field_place,
    gathered,
    moment_of,
    times_and_people,
)

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

#: Earlier states whose text is read, and pages of each.
_STATES, _PAGES = 8, 200
#: A box smaller than this on a side (points) hides no word.
_SMALLEST = 4.0
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[ \t]*\r?\n?")
_WORD = re.compile(r"\w+")


def look(data: bytes) -> tuple[list[str], list[PaperFinding]]:
    """A PDF file."""
    return gathered(_look(data))


def _look(data: bytes) -> Iterator[tuple[str, PaperFinding | None]]:
    fields, record = _metadata(data)
    yield from times_and_people(fields)
    yield from _two_records(fields, record)
    yield from _states(data)
    yield from _pages(data)


# --- metadata -------------------------------------------------------------------------------------------------------

_INFO = (
    ("/CreationDate", "created"), ("/ModDate", "modified"), ("/Author", "author"), ("/Producer", "program"),
    ("/Creator", "creator"),
)  # fmt: skip
_XMP = (
    ("xmp:CreateDate", "created"), ("xmp:ModifyDate", "modified"), ("dc:creator", "author"), ("pdf:Producer", "program"),
    ("xmp:CreatorTool", "creator"),
)  # fmt: skip


def _metadata(data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """The two records a PDF has of itself: the information dictionary, and XMP."""
    import pikepdf

    fields: dict[str, str] = {}
    record: dict[str, str] = {}
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        for name, field in _INFO:
            value = pdf.docinfo.get(name) if pdf.trailer.get("/Info") is not None else None
            if value is not None:
                fields[field] = str(value)[:300]
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            for name, field in _XMP:
                value = xmp.get(name)
                if value:
                    record[field] = (
                        ", ".join(sorted(map(str, value))) if isinstance(value, list | set) else str(value)
                    )[:300]
    return fields, record


def _two_records(fields: dict[str, str], record: dict[str, str]) -> Iterator[tuple[str, PaperFinding | None]]:
    for field in ("created", "modified", "author", "program"):
        said, other = fields.get(field), record.get(field)
        if not said or not other:
            continue
        differ = " ".join(said.split()) != " ".join(other.split())
        if field in ("created", "modified"):
            a, b = moment_of(said), moment_of(other)
            # One of the two is often written without a zone.
            differ = a is not None and b is not None and abs(a - b) > 15 * 3600
        places = (field_place(f"Info {field}", said), field_place(f"XMP {field}", other))
        values = {"what": field, "said": said[:80], "other": other[:80]}
        yield (
            "metadata_differs",
            PaperFinding(rule="metadata_differs", values=values, places=places) if differ else None,
        )


# --- earlier states -------------------------------------------------------------------------------------------------


def _states(data: bytes) -> Iterator[tuple[str, PaperFinding | None]]:
    ends = [(found.start(), found.end()) for found in _END.finditer(data)]
    if b"/Linearized" in data[:2048] and len(ends) > 1:
        ends = ends[1:]  # a file arranged for the web has a mark at its beginning too
    if len(ends) < 2:
        yield "earlier_revisions", None
        return
    places = tuple(bytes_place(data, start, end) for start, end in ends[-20:])
    yield "earlier_revisions", PaperFinding(rule="earlier_revisions", values={"count": len(ends) - 1}, places=places)
    last = _words(data)
    gone: list[str] = []
    for _, end in ends[:-1][-_STATES:]:
        earlier = _words(data[:end])
        gone += [word for word in earlier if word not in last]
    words = list(dict.fromkeys(gone))
    where = (bytes_place(data, *ends[-2]), bytes_place(data, *ends[-1]))
    yield (
        "revision_text",
        PaperFinding(rule="revision_text", values={"count": len(words)}, places=where) if words else None,
    )


def _words(data: bytes) -> dict[str, None]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            texts = [_page_text(pdf, number) for number in range(min(len(pdf), _PAGES))]
    except pypdfium2.PdfiumError:
        return {}
    return dict.fromkeys(_WORD.findall(" ".join(texts).casefold()))


def _page_text(pdf: PdfDocument, number: int) -> str:
    return pdf[number].get_textpage().get_text_range()


# --- pages: boxes over text, text not shown -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Drawn:
    order: int
    left: float
    bottom: float
    right: float
    top: float
    text: bool
    shown: bool
    filled: bool

    def covers(self, other: _Drawn) -> bool:
        """Whether the middle of another object, and most of its height, lies under this one."""
        middle = (other.left + other.right) / 2
        centre = (other.bottom + other.top) / 2
        inside = self.left <= middle <= self.right and self.bottom <= centre <= self.top
        return inside and self.top - self.bottom >= 0.6 * (other.top - other.bottom)


def _pages(data: bytes) -> Iterator[tuple[str, PaperFinding | None]]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(min(len(pdf), _PAGES)):
            page = pdf[number]
            drawn, pictures = _drawn(page)
            text = page.get_textpage()
            covered: list[str] = []
            hidden: list[str] = []
            texts = [one for one in drawn if one.text]
            for box in (one for one in drawn if one.filled):
                under = [one for one in texts if one.order < box.order and box.covers(one)]
                if under and _nothing_to_see(page, under[0]):
                    covered.append(text.get_text_bounded(box.left, box.bottom, box.right, box.top).strip())
            for one in texts:
                if not one.shown and not pictures:
                    hidden.append(text.get_text_bounded(one.left, one.bottom, one.right, one.top).strip())
            yield "bad_redaction", _told("bad_redaction", number, [each for each in covered if each])
            yield "hidden_text", _told("hidden_text", number, [each for each in hidden if each])


#: Grey levels (of 255) that a covered stretch may vary by: rendering smooths the edges of boxes.
_PLAIN = 12


def _nothing_to_see(page: PdfPage, text: _Drawn) -> bool:
    """Whether the rendered page shows one flat colour where the text stands: then the eye is all that is deceived."""
    width, height = page.get_size()
    inset = min(1.0, (text.right - text.left) / 4, (text.top - text.bottom) / 4)
    crop = (text.left + inset, text.bottom + inset, width - text.right + inset, height - text.top + inset)
    if min(width - crop[0] - crop[2], height - crop[1] - crop[3]) <= 0.5 or min(crop) < 0:
        return False
    low, high = page.render(scale=2, crop=crop).to_pil().convert("L").getextrema()
    return high - low <= _PLAIN


def _told(rule: str, number: int, texts: list[str]) -> PaperFinding | None:
    if not texts:
        return None
    count = sum(len("".join(each.split())) for each in texts)
    values: dict[str, str | int] = {"count": count, "page": str(number + 1), "what": f"page {number + 1}"}
    places = tuple(field_place(f"page {number + 1}", each) for each in texts[:20])
    return PaperFinding(rule=rule, values=values, places=places)


def _drawn(page: PdfPage) -> tuple[list[_Drawn], bool]:
    """Text and filled boxes of a page in the order of drawing, and whether a picture fills most of the page (a scan)."""
    from pypdfium2 import raw

    found: list[_Drawn] = []
    pictures = False
    width, height = page.get_size()
    for order, one in enumerate(page.get_objects(max_depth=4)):
        left, bottom, right, top = one.get_bounds()
        kind = raw.FPDFPageObj_GetType(one.raw)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures |= (right - left) * (top - bottom) > 0.5 * width * height
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            shown = raw.FPDFTextObj_GetTextRenderMode(one.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
            found.append(_Drawn(order, left, bottom, right, top, True, shown, False))
        elif kind == raw.FPDF_PAGEOBJ_PATH and min(right - left, top - bottom) >= _SMALLEST:
            found.append(_Drawn(order, left, bottom, right, top, False, True, _opaque(one.raw)))
    return found, pictures


def _opaque(path: object) -> bool:
    """Whether a path is filled with a colour that nothing shines through."""
    import ctypes

    from pypdfium2 import raw

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, mode, stroke) or mode.value == raw.FPDF_FILLMODE_NONE:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFPageObj_GetFillColor(path, *colour)) and colour[3].value >= 250
