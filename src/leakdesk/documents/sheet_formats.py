"""Which cells of a sheet are shown otherwise than the bare number, and how: from the XML of .xlsx and .ods packages.

Cells are (row, column), both from 0. Sheets are counted in the order of the workbook.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leakdesk.documents.number_formats import BUILT_IN, shows_more
from leakdesk.documents.packages import Package, relations

if TYPE_CHECKING:
    from lxml.etree import _Element

Cells = dict[tuple[int, int], str]
#: Repeated rows and columns beyond this are the empty rest of a sheet.
_MOST_REPEATS = 1_000
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def xlsx_formats(package: Package, sheet: int) -> Cells:
    """Format codes of the cells of a sheet whose format shows more than the number."""
    codes = _codes(package)
    member = _member(package, sheet) if codes else None
    root = package.xml(member) if member is not None else None
    if root is None:
        return {}
    found: Cells = {}
    for cell in root.iter("{*}c"):
        code = codes.get(cell.get("s") or "")
        place = _REFERENCE.match(cell.get("r") or "")
        if code is not None and place is not None and cell.get("t", "n") == "n":
            found[int(place[2]) - 1, _column(place[1])] = code
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _codes(package: Package) -> dict[str, str]:
    """Style number -> format code, for styles that show more than the number."""
    root = package.xml("xl/styles.xml") if package.has("xl/styles.xml") else None
    if root is None:
        return {}
    own = {each.get("numFmtId") or "": each.get("formatCode") or "" for each in root.iter("{*}numFmt")}
    styles = next(root.iter("{*}cellXfs"), None)
    found: dict[str, str] = {}
    for number, style in enumerate(styles if styles is not None else ()):
        identity = style.get("numFmtId") or "0"
        code = own.get(identity) or (BUILT_IN.get(int(identity), "") if identity.isdigit() else "")
        if code and shows_more(code):
            found[str(number)] = code
    return found


def _member(package: Package, sheet: int) -> str | None:
    root = package.xml("xl/workbook.xml") if package.has("xl/workbook.xml") else None
    sheets = list(root.iter("{*}sheet")) if root is not None else []
    if sheet >= len(sheets):
        return None
    identity = next((value for name, value in sheets[sheet].items() if name.endswith("}id")), "")
    member = relations(package, "xl/workbook.xml").get(identity)
    return member if member is not None and package.has(member) else None


def ods_shown(root: _Element | None, sheet: int) -> Cells:
    """What the file itself shows in cells that are percentages or money, as "=" and the words."""
    tables = list(root.iter("{*}table")) if root is not None else []
    if sheet >= len(tables):
        return {}
    found: Cells = {}
    down = 0
    for row in tables[sheet].iter("{*}table-row"):
        repeats = _repeats(row, "number-rows-repeated")
        across = 0
        for cell in row:
            if _local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            words = _words(cell)
            width = _repeats(cell, "number-columns-repeated")
            if words:
                found.update({(down + y, across + x): f"={words}" for y in range(repeats) for x in range(width)})
            across += width
        down += repeats
    return found


def _repeats(element: _Element, name: str) -> int:
    value = next((value for key, value in element.items() if key.endswith("}" + name)), "1")
    return int(value) if value.isdigit() and int(value) <= _MOST_REPEATS else 1


def _words(cell: _Element) -> str:
    kind = next((value for key, value in cell.items() if key.endswith("office:1.0}value-type")), "")
    if kind not in ("percentage", "currency"):
        return ""
    return " ".join("".join(map(str, line.itertext())) for line in cell if _local(line) == "p").strip()
