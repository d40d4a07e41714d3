"""A quotation on a page of a PDF, or on a scan, has its rectangles in the case; the texts stay light."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from leakdesk.desk import Desk
from leakdesk.documents.ocr import installed_languages
from tests.documents.parcels import pdf
from tests.documents.test_files import scan
from tests.work.parcels import add_to, new_case


def _document(desk: Desk, name: str) -> str:
    return next(line["id"] for line in desk.documents.list() if line["locations"][0][-1].endswith(name))


def test_a_quotation_in_a_pdf_and_on_a_scan_has_its_rectangles(tmp_path: Path) -> None:
    home = tmp_path / "in"
    home.mkdir()
    (home / "act.pdf").write_bytes(pdf(["The first page\nhas two lines", "The second page"]))
    (home / "note.txt").write_text("no pages here\n")
    case = new_case(tmp_path / "case")
    add_to(case, home)
    with Desk.open(case) as desk:
        own = _document(desk, "act.pdf")
        text = desk.documents.text(own)
        at = text.index("page\nhas two")
        one, two = desk.documents.places(own, at, at + len("page\nhas two"))
        assert (one.page, two.page) == (1, 1)
        assert one.bottom <= two.top
        assert two.right < 110
        at = text.index("second")
        assert [rect.page for rect in desk.documents.places(own, at, at + 6)] == [2]
        assert desk.documents.places(_document(desk, "note.txt"), 0, 5) == ()


@pytest.mark.skipif("eng" not in installed_languages(), reason="tesseract is not installed")
def test_a_scan_read_later_has_places_too(tmp_path: Path) -> None:
    from PIL import Image

    from leakdesk.store import CaseStore
    from leakdesk.work.again import recognise
    from leakdesk.work.pipeline import Options

    stream = io.BytesIO()
    Image.open(io.BytesIO(scan("Act of work"))).convert("RGB").save(stream, "PDF", resolution=200)
    (tmp_path / "scan.pdf").write_bytes(stream.getvalue())
    case = new_case(tmp_path / "case")
    add_to(case, tmp_path / "scan.pdf")
    with CaseStore.open(case, write=True) as store:
        assert recognise(store, Options(deep=False, jobs=1)) == 1
    with Desk.open(case) as desk:
        own = _document(desk, "scan.pdf")
        assert desk.documents.text(own) == "Act of work"
        (found,) = desk.documents.places(own, 0, 11)
        assert found.right > found.left + 20
