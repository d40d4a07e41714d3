"""Tables: every telling cell is a claim with its own exact place, whatever the table was written in."""

from __future__ import annotations

import io
import zipfile

import pytest

from leakdesk.documents import readers
from leakdesk.documents.hints import ReaderHints
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.reading.tables import MOST_ROWS, find, number_of
from leakdesk.reading.tables_claims import column_of, column_rules


def read(text: str) -> Reading:
    return read_text(TextLayer(text=text, extractor="test"), as_="message")


def told(reading: Reading) -> list[tuple[str, str, float, str, str]]:
    """(thing, predicate, value, unit, role) of every table claim with a number."""
    return [
        (each.subject.text, each.predicate.lemma, number.value, number.unit, number.role)
        for each in reading.claims
        if each.rule == "table-row" and each.subject
        for number in each.quantities
    ]


def cells_are_exact(reading: Reading) -> None:
    for each in rows(reading):
        assert reading.text[each.quote.start : each.quote.end] == each.quote.exact
        for slot in (each.subject, each.object):
            assert slot is not None
            assert reading.text[slot.start : slot.end] == slot.text


def rows(reading: Reading) -> list[Claim]:
    return [each for each in reading.claims if each.rule == "table-row"]


WANTED = [
    ("Brake", "count", 4.0, "pcs", "count"),
    ("Brake", "cost", 1200.0, "EUR", "price"),
    ("Valve", "count", 2.0, "pcs", "count"),
    ("Valve", "cost", 300.5, "EUR", "price"),
]
GRID = [["Item", "Qty, pcs", "Price, EUR"], ["Brake", "4", "1200"], ["Valve", "2", "300.50"]]
WRITTEN = {
    "tabs": "\n".join("\t".join(row) for row in GRID),
    "bars": "\n".join("| " + " | ".join(row) + " |" for row in [GRID[0], ["---"] * 3, *GRID[1:]]),
    "semicolons": "\n".join(";".join(row) for row in GRID),
    "commas": "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in GRID),
    "columns of blanks": "\n".join("    ".join(row) for row in GRID),
    "CRLF": "\r\n".join("\t".join(row) for row in GRID),
    "no-break spaces": "\n".join("\t".join(row) for row in GRID).replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_table_reads_the_same_however_it_is_written(name: str) -> None:
    reading = read(f"Dear all, prices below.\n\n{WRITTEN[name]}\n\nWe sold the brakes.\n")
    assert told(reading) == WANTED
    cells_are_exact(reading)
    assert [each.predicate.lemma for each in reading.claims if each.rule != "table-row"] == ["sell"]


def test_empty_cells_keep_their_columns() -> None:
    reading = read("Наименование\tКол-во\tЦена, руб.\nНасос\t\t1 250,50\nКлапан\t3\t\nИтого\t\t1 250,50\n")
    assert told(reading) == [
        ("Насос", "cost", 1250.5, "RUB", "price"),
        ("Клапан", "count", 3.0, "", "count"),
        ("Итого", "cost", 1250.5, "RUB", "total"),
    ]


ACTS = {
    "ru": "Акт\nИзделие\tдвигатель Д-20\nЗаводской №\t4512\nСостояние\tнеисправен\nЗаказчик\tдепо\nДата\t12.05.2031\nЦена\t1200 EUR\n",
    "uk": "Акт\nВиріб\tдвигун Д-20\nСерійний номер\t4512\nСтан\tнесправний\nЗамовник\tдепо\nДата\t12.05.2031\nЦіна\t1200 EUR\n",
    "be": "Акт\nВыраб\tрухавік Д-20\nСерыйны нумар\t4512\nСтан\tняспраўны\nЗаказчык\tдэпо\nДата\t12.05.2031\nЦана\t1200 EUR\n",
    "en": "Act\nItem\tengine D-20\nSerial number\t4512\nCondition\tbroken\nCustomer\tdepot\nDate\t12.05.2031\nPrice\t1200 EUR\n",
}


@pytest.mark.parametrize("language", ACTS)
def test_an_act_of_labels_and_values_is_read_by_its_rows(language: str) -> None:
    reading = read(ACTS[language])
    found = rows(reading)
    assert [each.predicate.lemma for each in found] == ["have", "be", "cost"]
    assert [each.object.text for each in found if each.object] == ["4512", found[1].quote.exact, "1200 EUR"]
    assert {each.subject.text for each in found if each.subject} == {ACTS[language].split("\t")[1].split("\n")[0]}
    assert {each.time.edtf for each in found if each.time} == {"2031-05-12"}
    assert all(other.role == "to" for each in found for other in each.others)
    cells_are_exact(reading)


@pytest.mark.parametrize("rule", column_rules(), ids=lambda rule: rule[0].id)
def test_headings_say_what_their_rules_say(rule: tuple[object, tuple[str, ...], str, str]) -> None:
    column, _, example, counter = rule
    found, other = column_of(example), column_of(counter)
    assert found is not None
    assert found.id == column.id  # type: ignore[attr-defined]
    assert other is None or other.id != column.id  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1 200,50", 1200.5),
        ("1,200.50", 1200.5),
        ("0.125", 0.125),
        ("1.200", 1200.0),
        ("412 300", 412300.0),
        ("7", 7.0),
    ],
)
def test_numbers_as_people_write_them(written: str, value: float) -> None:
    assert number_of(written) == value


PROSE = [
    "We paid 4, 5 and 6 pounds, then left.\nOn 3 May, 2031, we came back, as agreed.\n",
    "He paid.  We shipped.  Then he left.\nShe paid.  We shipped 4.  Then she left.\n",
    "First; second; third.\n\nFourth; fifth; sixth.\n",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_table(text: str) -> None:
    assert find(text, 0, len(text)) == []


def test_a_very_long_table_says_where_it_was_left() -> None:
    text = "Item\tPrice\n" + "".join(f"Part{n}\t{n}5\n" for n in range(MOST_ROWS + 200))
    reading = read(text)
    assert len(rows(reading)) == MOST_ROWS - 1
    assert any("longer than" in each.reason for each in reading.left_out)


def html() -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in GRID)
    return f"<html><body><p>Prices</p><table>{cells}</table></body></html>".encode()


def xlsx() -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    cells = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{"ABC"[c]}{r}" t="inlineStr"><is><t>{cell}</t></is></c>'
            if not cell[0].isdigit()
            else f'<c r="{"ABC"[c]}{r}"><v>{cell}</v></c>'
            for c, cell in enumerate(row)
        )
        + "</row>"
        for r, row in enumerate(GRID, 1)
    )
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
            "_rels/.rels": f'{links}<Relationship Id="r1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {space} xmlns:r="{kinds}"><sheets><sheet name="Prices" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{links}<Relationship Id="r1" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
        }
    )


def docx() -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in GRID
    )
    document = f"<w:document {space}><w:body><w:tbl>{cells}</w:tbl></w:body></w:document>"
    return packed({"word/document.xml": document})


def ods() -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in GRID
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet1">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return packed({"mimetype": kind, "META-INF/manifest.xml": listed, "content.xml": content})


def packed(members: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


FILES = {
    "text/html": html,
    "text/csv": WRITTEN["semicolons"].encode,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": xlsx,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx,
    "application/vnd.oasis.opendocument.spreadsheet": ods,
}


@pytest.mark.parametrize("media_type", FILES)
def test_tables_of_files_are_read_at_their_cells(media_type: str) -> None:
    layer = readers.read(FILES[media_type](), media_type, ReaderHints()).layer
    assert layer is not None
    reading = read_text(layer, as_="message")
    assert told(reading) == WANTED
    cells_are_exact(reading)
