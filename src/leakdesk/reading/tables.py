"""Tables as claims: every telling cell of a row, with its own exact place ("price lists, acts of acceptance").

A table is two or more lines in a row whose cells stand between the same separators: tabs (spreadsheets, Word, HTML), bars,
semicolons, commas, or columns of blanks. Headings (tables.toml) say what a cell tells of the thing its row names: what it
costs, how many there are, its number, its state. A table of two columns with such labels on the left is read by its rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Rows read of one text; a longer table is listed as left out from there.
MOST_ROWS = 500
_NUMERIC = re.compile(r"^[^\w-]*(-?\d+(?:[ ., ']\d{3})*(?:[.,]\d+)?)\s*([^\W\d_]{0,12}\.?|%)?\W*$")
_RULE = re.compile(r"^[\s|:+=-]+$")
_COLUMNS_OF_BLANKS = re.compile(r"[ \t]{2,}|\t")
_COMMAS = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
#: A cell longer than this is prose.
_PROSE = 160
#: Cells between commas are no longer than this.
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: code points and trimmed text; an empty one is a place between two cells."""

    start: int
    end: int
    text: str


Row = list[Cell]
Table = list[Row]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A way to cut a line into cells, and how many cells make a row of a table."""

    name: str
    pattern: re.Pattern[str]
    fewest: int
    sure: bool


#: In order of certainty; a cut that is not sure needs a number in every row but the first.
_CUTS = (
    _Cut("tab", re.compile(r"\t"), 2, sure=True),
    _Cut("bar", re.compile(r"\|"), 2, sure=True),
    _Cut("semicolon", re.compile(r";"), 3, sure=True),
    _Cut("blanks", _COLUMNS_OF_BLANKS, 3, sure=False),
    _Cut("comma", _COMMAS, 3, sure=False),
)


def find(text: str, start: int, end: int) -> list[Table]:
    """Tables of [start, end) as rows of cells, empty cells in their places."""
    lines = _lines(text, start, end)
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        table, after = _table_at(text, lines, at)
        if table:
            tables.append(table)
        at = after
    return tables


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        lines.append((at, stop))
        at = stop + 1
    return lines


def _table_at(text: str, lines: list[tuple[int, int]], at: int) -> tuple[Table, int]:
    """The table that begins at a line, and the line after it."""
    for cut in _CUTS:
        rows: Table = []
        after = at
        for start, end in lines[at:]:
            line = text[start:end]
            if rows and cut.name == "bar" and _RULE.match(line):
                after += 1
                continue
            row = _cells(line, start, cut)
            if not row or (rows and not _alike(rows[0], row)):
                break
            rows.append(row)
            after += 1
        if len(rows) > 1 and (cut.sure or _surely(rows, cut)):
            return rows, after
    return [], at + 1


def _alike(first: Row, row: Row) -> bool:
    """Rows of one table have about as many cells: trailing empty ones are often left out."""
    return len(row) <= len(first) + 1 and (len(first) <= 2) == (len(row) <= 2 and len(first) <= 2)


def _surely(rows: list[Row], cut: _Cut) -> bool:
    """Whether lines cut at blanks or commas are a table: a number in every row; at commas equal rows of short cells too."""
    if not all(_has_number(row) for row in rows[1:]):
        return False
    if cut.name != "comma":
        return True
    short = all(len(cell.text) <= _SHORT for row in rows for cell in row)
    return len(rows) > 2 and len({len(row) for row in rows}) == 1 and short


def _has_number(row: Row) -> bool:
    return any(_NUMERIC.match(cell.text) for cell in row)


def _cells(line: str, at: int, cut: _Cut) -> Row:
    bare = line.rstrip()
    if len(bare) < 3 or not cut.pattern.search(bare.strip(" ")):
        return []
    cells: Row = []
    place = 0
    for mark in (*cut.pattern.finditer(bare), None):
        stop = mark.start() if mark is not None else len(bare)
        piece = bare[place:stop]
        core = piece.strip().strip('"') if cut.name in ("comma", "semicolon") else piece.strip()
        left = at + place + piece.find(core) if core else at + place
        cells.append(Cell(left, left + len(core), core))
        place = mark.end() if mark is not None else stop
    if cut.name in ("bar", "blanks"):
        cells = _without_edges(cells)
    filled = [cell for cell in cells if cell.text]
    if len(filled) < min(cut.fewest, 2) or len(cells) < cut.fewest or any(len(cell.text) > _PROSE for cell in filled):
        return []
    if not cut.sure and any(cell.text[-1] in ".!?" and " " in cell.text for cell in filled):
        return []
    return cells


def _without_edges(cells: Row) -> Row:
    """Bars at both ends of a line make no cells; neither do leading blanks."""
    if cells and not cells[0].text:
        cells = cells[1:]
    return cells[:-1] if cells and not cells[-1].text else cells


def number_in(cell: Cell, *, point: bool = False) -> tuple[float, str] | None:
    """The number of a cell and the word after it; None for a cell that is no number. `point`: "12.345" is a fraction."""
    match = _NUMERIC.match(cell.text)
    return (number_of(match.group(1), point=point), (match.group(2) or "").strip(".")) if match else None


def number_of(written: str, *, point: bool = False) -> float:
    """A number as people write it: "1 200,50", "1,200.50", "0.125"; a lone "12.345" is thousands unless `point`."""
    plain = re.sub(r"[  ' ]", "", written)
    if "," in plain and "." in plain:
        last = max(plain.rfind(","), plain.rfind("."))
        return float(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
    mark = "," if "," in plain else "."
    parts = plain.split(mark)
    grouped = len(parts) > 2 or (
        len(parts) == 2 and len(parts[1]) == 3 and parts[0].lstrip("-") not in ("0", "") and not (point and mark == ".")
    )
    return float("".join(parts)) if grouped else float(plain.replace(",", "."))


def fractions(table: Table, column: int) -> bool:
    """Whether a column writes fractions with a point: then three digits after one are no thousands."""
    cells = [row[column].text for row in table if column < len(row)]
    return any(re.search(r"\d\.(?:\d{1,2}|\d{4,})\b", text) for text in cells)


def ranges(tables: list[Table]) -> list[tuple[int, int]]:
    """The stretches of text that the tables take."""
    return [(table[0][0].start, max(cell.end for cell in table[-1])) for table in tables]


def without(sheet: str, taken: list[tuple[int, int]]) -> str:
    """A text in which tables are line ends, so that no sentence reaches into one; every other place stays."""
    pieces: list[str] = []
    at = 0
    for start, end in taken:
        pieces += (sheet[at:start], "\n" * (end - start))
        at = end
    return "".join((*pieces, sheet[at:]))
