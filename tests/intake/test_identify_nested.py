"""An archive that holds an Office file is an archive."""

from __future__ import annotations

import io
import zipfile

from leakdesk.intake.identify import identify


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


SHEET = zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))


def test_a_sheet_is_a_sheet_whatever_its_name() -> None:
    assert identify(SHEET, "a.zip", SHEET).endswith("spreadsheetml.sheet")


def test_an_archive_with_a_sheet_inside_is_an_archive() -> None:
    box = zipped(("prices.xlsx", SHEET), ("note.txt", b"x"))
    assert identify(box, "a.zip", box) == "application/zip"
