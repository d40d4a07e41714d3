"""Real documents, pictures and odd charsets, where they are on this computer: each stated fact is met or explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.documents.ocr import installed_languages
from leakdesk.documents.readers import ReaderHints, read
from leakdesk.intake.identify import identify
from leakdesk.model.document import Extract, State
from tests.documents.parcels import HINTS, rules_of
from tests.shared import shared_path

pytestmark = pytest.mark.real
needs_tesseract = pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract is not installed")


def opened(inside: str, hints: ReaderHints = HINTS) -> Extract:
    path = Path(shared_path(f"real/{inside}"))
    data = path.read_bytes()
    return read(data, identify(data, path.name), hints)


def text_of(made: Extract) -> str:
    return made.layer.text if made.layer is not None else ""


@pytest.mark.parametrize(
    ("name", "count"),
    [("testPDF_deeplyEmbeddedAttachments", 20), ("testPDFFileEmbInAnnotation", 1), ("testPDF_multiFormatEmbFiles", 1)],
)
def test_files_embedded_in_pdfs_are_counted_as_pdfdetach_does(name: str, count: int) -> None:
    assert len(opened(f"pdf/pdf/{name}.pdf").parts) == count


@pytest.mark.parametrize("name", ["testPDF_no_extract_no_accessibility_owner_user", "testUnicodePassword"])
def test_locked_pdfs_are_locked_not_empty(name: str) -> None:
    made = opened(f"pdf/pdf/{name}.pdf")
    assert (made.state, made.reason) == (State.FAILED, "locked: needs password")


@pytest.mark.parametrize(
    ("name", "pages"),
    [("testPDF", 1), ("testPDFVarious", 2), ("testPDF_bookmarks", 2), ("testPDF_bad_page_303226", 19)],
)
def test_pages_of_pdfs(name: str, pages: int) -> None:
    made = opened(f"pdf/pdf/{name}.pdf")
    assert made.layer is not None
    assert len(made.layer.pages) == pages
    assert made.layer.text.count("\x0c") == pages - 1


#: PDFs without a text layer. `testPDF_twoAuthors` is an empty page and is read as such; `testPopupAnnotation` holds a note.
@pytest.mark.parametrize("name", ["testOCR", "testPDF_jpeg2000", "testPDF_Version.11.x.PDFA-1b"])
def test_pictures_of_pages_wait_for_recognition(name: str) -> None:
    made = opened(f"pdf/pdf/{name}.pdf")
    assert (made.state, made.reason) == (State.FAILED, "not read yet: waits for OCR")


def test_comments_and_filled_in_fields_are_text() -> None:
    assert "Here is a comment" in text_of(opened("pdf/pdf/testAnnotations.pdf"))
    assert "this is the note" in text_of(opened("pdf/pdf/testPopupAnnotation.pdf"))
    assert "annotations" in rules_of(opened("pdf/pdf/testPDF_acroform3.pdf"))


@needs_tesseract
@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("pdf/pdf/testOCR.pdf", "Happy New Year 2003!"),
        ("pdf/scan/testOCR.png", "This file contains some words."),
        ("pdf/scan/testOCR_spacing.png", "The quick brown fox"),
        ("pdf/scan/testTIFF_multipage.tif", "Page 1"),
        ("pdf/scan/testTIFF_multipage.tif", "Page 2"),
    ],
)
def test_scans_are_recognised(inside: str, words: str) -> None:
    assert words in text_of(opened(inside, ReaderHints()))


@needs_tesseract
@pytest.mark.slow
@pytest.mark.parametrize("name", ["testRotated+10.png", "testRotated-10.png"])
def test_pages_turned_by_ten_degrees_are_levelled(name: str) -> None:
    assert "resolving otherwise she contented" in text_of(opened(f"pdf/scan/{name}", ReaderHints()))


@pytest.mark.parametrize(
    "name",
    [
        "testEXCEL_protected_passtika.xls",
        "testEXCEL_protected_passtika.xlsx",
        "testWORD_protected_passtika.doc",
        "testWORD_protected_passtika.docx",
    ],
)
def test_files_under_a_password(name: str) -> None:
    locked = opened(f"pdf/office/{name}")
    assert (locked.state, locked.reason) == (State.FAILED, "locked: needs password")
    assert "ncrypted" in text_of(opened(f"pdf/office/{name}", ReaderHints(ocr=False, passwords=("nope", "tika"))))


def test_a_locked_open_document() -> None:
    assert opened("pdf/office/testODTEncrypted.odt").reason == "locked: needs password"


def test_a_damaged_word_file_says_so() -> None:
    made = opened("pdf/office/testWORD_truncated.docx")
    assert made.state is State.FAILED
    assert made.reason


#: Comments are not reached in .xls: the reader of that format gives cells only.
@pytest.mark.parametrize("ending", ["doc", "docx", "ppt", "rtf", "xlsx"])
def test_comments_of_office_files(ending: str) -> None:
    assert "Here is a comment" in text_of(opened(f"pdf/office/testComment.{ending}"))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("EmbeddedOutlook.docx", 2),
        ("EmbeddedPDF.docx", 2),
        ("test_recursive_embedded.docx", 2),
        ("testExcel_embeddedPDF.xlsx", 2),
    ],
)
def test_things_inside_office_files(name: str, count: int) -> None:
    made = opened(f"pdf/office/{name}")
    assert len(made.parts) == count
    inner = next(part for part in made.parts if part.name.endswith(".bin"))
    assert inner.data
    kind = identify(inner.data, inner.name)
    assert read(inner.data, kind, HINTS).state is State.READ


def test_values_and_dates_of_sheets() -> None:
    assert "123456789012345\t123456789012346" in text_of(opened("pdf/office/testEXCEL_big_numbers.xlsx"))
    assert "2018-09-20" in text_of(opened("pdf/office/testEXCEL_dateFormats.xlsx"))
    assert text_of(opened("pdf/office/testEXCEL.xls")) == text_of(opened("pdf/office/testEXCEL.xlsx"))


#: Formats without a reader: named as such, never empty.
UNREAD = {"testEXCEL_4.xls": "Excel 4, before compound files", "testWordPerfect_42.doc": "WordPerfect"}


def test_every_office_file_is_read_or_says_why_not() -> None:
    unread = {}
    for path in sorted(Path(shared_path("real/pdf/office")).iterdir()):
        made = opened(f"pdf/office/{path.name}", ReaderHints(ocr=False, passwords=("tika",)))
        if made.state is not State.READ:
            unread[path.name] = made.reason
    assert set(unread) == set(UNREAD) | {"testWORD_truncated.docx"}
    assert all(unread.values())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("russian.cp866.txt", "Однажды, в студеную зимнюю пору,"),
        ("testHTML_charset_utf16le.html", "html"),
        ("testTXTNonASCIIUTF8.txt", ""),
        ("testHTML_utf8.html", ""),
    ],
)
def test_odd_charsets(name: str, words: str) -> None:
    made = opened(f"charsets/{name}")
    assert made.state is State.READ
    assert words.lower() in text_of(made).lower() or (made.title or "")
    assert "\ufffd" not in text_of(made)
