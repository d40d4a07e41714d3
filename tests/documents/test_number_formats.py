"""Numbers in sheets as a person sees them: per cent, money, units, leading zeros; nothing rounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.documents.number_formats import shows_more, written
from leakdesk.documents.packages import parse_xml
from leakdesk.documents.readers import read
from leakdesk.documents.sheet_formats import ods_shown
from tests.documents.parcels import HINTS
from tests.work.parcels import zipped


@pytest.mark.parametrize(
    ("value", "code", "wanted"),
    [
        (0.125, "0%", "12.5%"),
        (0.5, "0.00%", "50.00%"),
        (1234.5, "#,##0.00 [$₽-419]", "1234.50 ₽"),
        (-5.0, '"$"#,##0.00_);[Red]("$"#,##0.00)', "($5.00)"),
        (-5.0, '#,##0" т"', "-5 т"),
        (7.0, "00000", "00007"),
        (0.1 + 0.2, "0.0", "0.3"),
        (1.23456, "0.00", "1.23456"),
        (5.5, "_-* #,##0.00\\ [$€-407]_-;-* #,##0.00\\ [$€-407]_-", "5.50 €"),
        (0.0, "0.0;-0.0;нет", "нет"),
        (12345678901234.0, "0", "12345678901234"),
    ],
)
def test_a_number_as_its_format_shows_it(value: float, code: str, wanted: str) -> None:
    assert written(value, code) == wanted


@pytest.mark.parametrize("code", ["General", "dd.mm.yyyy", "h:mm", "0.00E+00", "# ?/?", "@", '"text"'])
def test_formats_that_are_left_alone(code: str) -> None:
    assert not shows_more(code)


@given(st.floats(-1e15, 1e15), st.text('0#.,%"[]\\;$-E _*кг', max_size=12))
def test_no_format_raises(value: float, code: str) -> None:
    shows_more(code)
    written(value, code)


_SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="2"><c r="B2" s="1"><v>0.25</v></c><c r="C2" s="2"><v>1200</v></c><c r="D2"><v>7</v></c></row></sheetData></worksheet>"""
_STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="170" formatCode="#,##0.00\\ &quot;Br&quot;"/></numFmts>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs></styleSheet>"""
_BOOK = """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="List" sheetId="1" r:id="rId1"/>
</sheets></workbook>"""
_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
</Relationships>"""

_ROOT = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""


def test_a_workbook_shows_per_cent_and_money() -> None:
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _BOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _SHEET,
    }
    data = zipped([(name, text.encode()) for name, text in members.items()])
    made = read(data, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", HINTS)
    assert made.layer is not None
    assert made.layer.text == "List\n25%\t1200.00 Br\t7"


def test_an_opendocument_sheet_shows_what_it_says_it_shows() -> None:
    names = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    cell = '<t:table-cell o:value-type="percentage" o:value="0.125" t:number-columns-repeated="2"><p>12,5 %</p></t:table-cell>'
    plain = '<t:table-cell o:value-type="float" o:value="3"><p>3</p></t:table-cell>'
    root = parse_xml(
        f'<d {names}><t:table><t:table-row t:number-rows-repeated="2">{plain}</t:table-row><t:table-row>{plain}{cell}</t:table-row></t:table></d>'.encode()
    )
    assert ods_shown(root, 0) == {(2, 1): "=12,5 %", (2, 2): "=12,5 %"}
    assert ods_shown(root, 1) == {}
