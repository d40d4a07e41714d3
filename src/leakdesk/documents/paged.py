"""PDF: the text of every page joined by form feeds, places of quotes as rectangles, and what is attached or filled in.

Pages without a text layer are rendered and recognised. A locked file is tried with the given passwords and otherwise
fails as "locked: needs password", never as empty. What older revisions of the file say and the last one does not is
handed on as a part, so that nothing taken out by an incremental update is lost or mixed in.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from leakdesk.documents import ocr
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness, PagedText, pages_read
from leakdesk.documents.page_places import Box, page_text, word_places
from leakdesk.documents.pictures import recognise_into
from leakdesk.model.document import Extract, Kind, Note, Part, State

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

NAME = "leakdesk-pdf 2"
MEDIA_TYPE = "application/pdf"

#: Resolution at which pages without text are rendered for recognition; OCR was measured best at 300.
_DPI = 300
#: Fewer readable characters than this, on a page with a picture over most of it, is a scan with a stray mark.
_STRAY = 8


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read a PDF."""
    import pypdfium2

    complete = Completeness()
    opened = _open(data, hints.passwords)
    if isinstance(opened, str):
        return _failed("open", opened)
    document, password = opened
    try:
        paged = _pages(document, hints, complete)
        info = _info(document)
    except pypdfium2.PdfiumError:
        return _failed("read", "damaged: no page can be read")
    finally:
        document.close()
    parts = _attachments(data, password, hints, complete)
    parts += _older_revisions(data, password, paged.pages, complete)
    return replace(
        pages_read(paged, complete, NAME, MEDIA_TYPE),
        title=info.get("Title") or None,
        created=_pdf_date(info.get("CreationDate", "")),
        modified=_pdf_date(info.get("ModDate", "")),
        parts=tuple(parts),
    )


def _failed(stage: str, reason: str) -> Extract:
    return Extract(
        kind=Kind.DOCUMENT, schema="Pages", media_type=MEDIA_TYPE, state=State.FAILED, stage=stage, reason=reason
    )


def _open(data: bytes, passwords: tuple[str, ...]) -> tuple[PdfDocument, str | None] | str:
    import pypdfium2

    locked = False
    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(data, password=password), password
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) != 4:  # FPDF_ERR_PASSWORD
                return "damaged: not a PDF that can be opened"
            locked = True
        except (ValueError, UnicodeError):
            continue
    return "locked: needs password" if locked else "damaged: not a PDF that can be opened"


def _info(document: PdfDocument) -> dict[str, str]:
    return {
        key: without_surrogates(value).replace("\0", "").strip()
        for key, value in document.get_metadata_dict(skip_empty=True).items()
    }


def _pages(document: PdfDocument, hints: ReaderHints, complete: Completeness) -> PagedText:
    import pypdfium2

    paged = PagedText()
    count = len(document)
    if count > hints.limits.pages:
        complete.partial(f"{count} pages, read up to the limit", "pages")
    recognised = total = 0
    for number in range(min(count, hints.limits.pages)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            complete.partial(f"page {number + 1} is damaged")
            paged.add("")
            continue
        text, words = _text_of(page, number, complete)
        total += len(text)
        if total > hints.limits.text_chars:
            complete.partial("longer than the limit", "text_chars")
            break
        if _is_scan(page, text):
            recognised += 1
            if recognised > hints.limits.ocr_pages:
                complete.partial("more pages to recognise than the limit", "ocr_pages")
                paged.add(text)
            else:
                _recognise(page, text, hints, complete, paged)
        else:
            paged.add_places(paged.add(text), words)
        page.close()
    return paged


def _text_of(page: PdfPage, number: int, complete: Completeness) -> tuple[str, list[tuple[int, int, Box]]]:
    """A page's text, its comments and fields after it, and where its own words stand."""
    import pypdfium2

    try:
        textpage = page.get_textpage()
        raw = textpage.get_text_range()
        text, words = page_text(raw), list(word_places(page, textpage, raw))
        textpage.close()
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        complete.partial(f"the text of page {number + 1} is damaged")
        return "", []
    extra = annotation_lines(page)
    if extra:
        complete.note(
            "annotations", f"page {number + 1}: {len(extra)} comments or filled-in fields follow the page's own text"
        )
        text = text + ("\n" if text and not text.endswith("\n") else "") + "\n".join(extra)
    return text, words


def annotation_lines(page: PdfPage) -> list[str]:
    """What comments and filled-in fields of a page say, in the order of the file, each once."""
    import ctypes

    import pypdfium2.raw as pdfium

    def value(annotation: Any, key: bytes) -> str:
        size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
        if size <= 2:
            return ""
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
        return buffer.raw[: size - 2].decode("utf-16-le", "replace")

    lines: dict[str, None] = {}
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), 5_000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        for key in (b"Contents", b"V"):
            text = page_text(value(annotation, key)).strip()
            if text:
                lines[text] = None
        pdfium.FPDFPage_CloseAnnot(annotation)
    return list(lines)


def _is_scan(page: PdfPage, text: str) -> bool:
    """A page whose text is missing while a picture (or vector outlines of letters) covers it."""
    import pypdfium2.raw as pdfium

    if len(text.strip()) >= _STRAY:
        return False
    area = page.get_width() * page.get_height()
    item: Any
    for item in page.get_objects(
        filter=[pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH], max_depth=3
    ):
        if item.type in (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_PATH):
            continue
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) * 20 >= area:
            return True
    return False


def _recognise(page: PdfPage, text: str, hints: ReaderHints, complete: Completeness, paged: PagedText) -> None:
    import pypdfium2

    reason = ocr.missing(hints)
    if reason:  # a page that nobody will read is not drawn either
        complete.partial(reason)
        paged.add(text.strip())
        return
    scale = _DPI / 72
    width, height = page.get_width() * scale, page.get_height() * scale
    if width * height > hints.limits.pixels:
        scale *= (hints.limits.pixels / (width * height)) ** 0.5
    try:
        picture = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()  # pyright: ignore[reportArgumentType] - fractions are meant
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        complete.partial(f"page {len(paged.pages) + 1} cannot be rendered")
        paged.add(text)
        return
    recognise_into(picture, hints, complete, paged, 1 / scale, text.strip())


# --- attached files ------------------------------------------------------------------------------------------------


def _attachments(data: bytes, password: str | None, hints: ReaderHints, complete: Completeness) -> list[Part]:
    """Files attached to the document or to a place on a page, each once."""
    import pikepdf

    if b"/EmbeddedFile" not in data and b"/ObjStm" not in data and b"/Encrypt" not in data:
        return []
    parts: list[Part] = []
    seen: set[tuple[int, int]] = set()
    try:
        with pikepdf.open(io.BytesIO(data), password=password or "") as document:
            for specification in _file_specifications(document):
                if len(parts) >= hints.limits.members:
                    complete.partial("more attached files than the limit", "members")
                    break
                part = _attached(specification, seen, hints)
                if part is not None:
                    parts.append(part)
    except (
        pikepdf.PdfError,
        RuntimeError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        MemoryError,
    ) as error:
        complete.partial(f"attached files cannot be listed ({type(error).__name__})")
    return parts


def _file_specifications(document: Any) -> list[Any]:
    import pikepdf

    found: list[Any] = []
    names = document.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names:
        _walk_names(names["/EmbeddedFiles"], found, 0)
    for page in document.pages:
        for annotation in page.get("/Annots") or ():
            if isinstance(annotation, pikepdf.Dictionary) and "/FS" in annotation:
                found.append(annotation["/FS"])
    return found


def _walk_names(node: Any, found: list[Any], depth: int) -> None:
    import pikepdf

    if depth > 50 or len(found) > 100_000 or not isinstance(node, pikepdf.Dictionary):
        return
    pairs = node.get("/Names")
    if isinstance(pairs, pikepdf.Array):
        for number in range(1, len(pairs), 2):
            found.append(pairs[number])
    for child in node.get("/Kids") or ():
        _walk_names(child, found, depth + 1)


def _attached(specification: Any, seen: set[tuple[int, int]], hints: ReaderHints) -> Part | None:
    import pikepdf

    if not isinstance(specification, pikepdf.Dictionary):
        return None
    name = str(specification.get("/UF") or specification.get("/F") or "attached")
    files = specification.get("/EF")
    if not isinstance(files, pikepdf.Dictionary):
        return None
    stream = next((files[key] for key in ("/UF", "/F", "/Unix", "/Mac", "/DOS") if key in files), None)
    if stream is None:
        return None
    if stream.objgen != (0, 0) and stream.objgen in seen:
        return None
    seen.add(stream.objgen)
    name = without_surrogates(name).replace("\\", "/").rpartition("/")[2] or "attached"
    kind = str(stream.get("/Subtype") or "").lstrip("/")
    try:
        content = bytes(stream.read_bytes())
    except (pikepdf.PdfError, RuntimeError, ValueError, MemoryError) as error:
        return Part(
            name=name,
            data=None,
            media_type=kind,
            state=State.FAILED,
            reason=f"the attached file is damaged ({type(error).__name__})",
        )
    if len(content) > hints.limits.expanded_bytes:
        return Part(
            name=name,
            data=None,
            media_type=kind,
            state=State.FAILED,
            reason="larger than the limit",
            limit="expanded_bytes",
        )
    return Part(name=name, data=content, media_type=kind)


# --- earlier revisions ---------------------------------------------------------------------------------------------

_END = re.compile(rb"%%EOF[ \t]*\r?\n?")


def _older_revisions(data: bytes, password: str | None, pages: list[str], complete: Completeness) -> list[Part]:
    """Earlier revisions whose text holds words that the last one does not, each as the bytes it once was."""
    ends = [match.end() for match in _END.finditer(data)][:-1]
    if not ends or len(ends) > 200:
        return []
    present = set("\n".join(pages).split())
    parts: list[Part] = []
    for end in ends:
        prefix = data[:end]
        gone = _words_of(prefix, password) - present
        if gone:
            parts.append(
                Part(
                    name=f"revision-{len(parts) + 1}.pdf",
                    data=prefix,
                    media_type=MEDIA_TYPE,
                    notes=(
                        Note(
                            rule="earlier revision",
                            sentence=f"{len(gone)} words of this revision are not in the last one",
                        ),
                    ),
                )
            )
    if parts:
        complete.note(
            "earlier revisions", f"the file holds {len(parts)} earlier revisions with text that was taken out later"
        )
    return parts


def _words_of(data: bytes, password: str | None) -> set[str]:
    import pypdfium2

    if b"startxref" not in data[-2048:]:
        return set()
    words: set[str] = set()
    try:
        document = pypdfium2.PdfDocument(data, password=password)
        for number in range(min(len(document), 500)):
            page = document[number]
            words.update(page_text(page.get_textpage().get_text_range()).split())
            words.update(word for line in annotation_lines(page) for word in line.split())
        document.close()
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        return set()
    return words


_PDF_DATE = re.compile(r"D?:?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(Z|[+-]\d{2}'?\d{2})?")


def _pdf_date(stamp: str) -> str | None:
    """A PDF date as ISO 8601, as fine as it is written."""
    match = _PDF_DATE.match(stamp)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    text = "-".join(piece for piece in (year, month, day) if piece)
    if day and hour and minute:
        text += f"T{hour}:{minute}:{second or '00'}"
        if zone:
            text += "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    return text
