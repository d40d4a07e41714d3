"""The smallest honest DOCX and XLSX files: paragraphs and tables, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from leakdesk.demo.stored import zip_bytes

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument"


def _types(overrides: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _relations(rows: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def docx_bytes(text: str) -> bytes:
    """One paragraph a line."""
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.strip("\n").split("\n")
    )
    document = f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}<w:sectPr/></w:body></w:document>'
    types = _types([("/word/document.xml", f"{_KIND}.wordprocessingml.document.main+xml")])
    return zip_bytes(
        [
            ("[Content_Types].xml", types.encode()),
            ("_rels/.rels", _relations([("officeDocument", "word/document.xml")]).encode()),
            ("word/document.xml", document.encode()),
        ]
    )


def xlsx_bytes(title: str, rows: Sequence[Sequence[str | int]]) -> bytes:
    """One sheet; whole numbers become number cells, everything else text."""
    sheet = "".join(
        f'<row r="{at}">'
        + "".join(_cell(f"{chr(65 + column)}{at}", value) for column, value in enumerate(row))
        + "</row>"
        for at, row in enumerate(rows, 1)
    )
    types = _types(
        [
            ("/xl/workbook.xml", f"{_KIND}.spreadsheetml.sheet.main+xml"),
            ("/xl/worksheets/sheet1.xml", f"{_KIND}.spreadsheetml.worksheet+xml"),
        ]
    )
    book = (
        f'{_XML}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    return zip_bytes(
        [
            ("[Content_Types].xml", types.encode()),
            ("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]).encode()),
            ("xl/workbook.xml", book.encode()),
            ("xl/_rels/workbook.xml.rels", _relations([("worksheet", "worksheets/sheet1.xml")]).encode()),
            (
                "xl/worksheets/sheet1.xml",
                f'{_XML}<worksheet xmlns="{_SHEET}"><sheetData>{sheet}</sheetData></worksheet>'.encode(),
            ),
        ]
    )


def _cell(place: str, value: str | int) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
