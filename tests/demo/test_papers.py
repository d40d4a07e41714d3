"""Attachments are real files: other people's readers open them, or fail for the reason the truth gives."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import pypdfium2 as pdfium
import pytest

from tests.demo.conftest import Built


def _attachments(demo: Built) -> Mapping[str, bytes]:
    parts = (part for found in demo.messages for part in found.message.iter_attachments())
    return {str(part.get_filename()): part.get_payload(decode=True) for part in parts if not part.is_multipart()}


def _one(demo: Built, *words: str) -> bytes:
    (data,) = (data for name, data in _attachments(demo).items() if all(word in name for word in words))
    return data


def test_contract_has_cyrillic_text(demo: Built) -> None:
    page = pdfium.PdfDocument(_one(demo, "Договор"))[0].get_textpage().get_text_range()
    assert "капитальный ремонт вертолётов" in page
    assert "Гореславль" in page


def test_scanned_letter_is_nothing_but_a_picture(demo: Built) -> None:
    page = pdfium.PdfDocument(_one(demo, "скан"))[0]
    assert page.get_textpage().get_text_range() == ""
    assert len(list(page.get_objects())) == 1


def test_locked_offer_opens_with_its_password_only(demo: Built) -> None:
    ((name, password),) = demo.leak["passwords"].items()
    data = _attachments(demo)[name]
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(data)
    assert "Коммерческое предложение" in pdfium.PdfDocument(data, password=password)[0].get_textpage().get_text_range()


def test_office_files_hold_their_text(demo: Built) -> None:
    with zipfile.ZipFile(io.BytesIO(_one(demo, "Отчёт о командировке"))) as archive:
        assert "Далянь" in archive.read("word/document.xml").decode()
    with zipfile.ZipFile(io.BytesIO(_one(demo, "price list"))) as archive:
        assert "<v>2380000</v>" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_price_list_opens_in_a_spreadsheet_reader(demo: Built) -> None:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(_one(demo, "price list")))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[-1][-1] == 2380000


def test_old_charset_and_damaged_archive(demo: Built) -> None:
    assert "забраковано" in _one(demo, "Акт о браке").decode("windows-1251")
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(_one(demo, "фото_станков")))


def test_screenshot_is_a_picture(demo: Built) -> None:
    data = demo.files.screenshot.read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert width > height > 300
