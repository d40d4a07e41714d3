"""Tables pasted or extracted as text: one claim a row, with the cell as its object ("price lists, acts of acceptance").

A table is two or more lines in a row with the same number (three or more) of cells between tabs, bars or semicolons. Its
first line names the columns when it holds no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from leakdesk.language.concepts import concept_of_word
from leakdesk.model.anchor import CONTEXT
from leakdesk.model.claim import Claim, Predicate, Quantity, Quote, Slot
from leakdesk.model.document import Language
from leakdesk.model.ids import span_id

_NUMERIC = re.compile(r"^\W*(\d+(?:[ ., ]\d{3})*(?:[.,]\d+)?)\W*([^\W\d_]{0,12}\.?)\W*$")
_SEPARATORS = ("\t", "|", ";")
#: Words of a column heading -> what the number in it says of the row.
_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("price|cost|цена|стоимость|ціна|вартість|цана|кошт", "cost", "price"),
    ("sum|amount|total|сумма|итого|всего|сума|разом|усього|усяго", "cost", "sum"),
    ("qty|quantity|number|pcs|кол|количество|шт|к-сть|кількість|колькасць|к-ць", "count", "count"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: code points and trimmed text."""

    start: int
    end: int
    text: str


def table_lines(sheet: str, start: int, end: int) -> list[list[list[Cell]]]:
    """Tables of [start, end) as rows of cells."""
    tables: list[list[list[Cell]]] = []
    current: list[list[Cell]] = []
    separator = ""
    at = start
    for line in sheet[start:end].splitlines(keepends=True):
        found = next((sep for sep in _SEPARATORS if line.count(sep) >= 2), "")
        row = _cells(line, at, found) if found else []
        if row and current and (found != separator or abs(len(row) - len(current[0])) > 1):
            tables, current = ([*tables, current] if len(current) > 1 else tables), []
        if row:
            separator = found
            current.append(row)
        elif current:
            tables, current = ([*tables, current] if len(current) > 1 else tables), []
        at += len(line)
    return [*tables, current] if len(current) > 1 else tables


def _cells(line: str, at: int, separator: str) -> list[Cell]:
    cells: list[Cell] = []
    place = at
    for piece in line.split(separator):
        bare = piece.strip()
        left = place + len(piece) - len(piece.lstrip())
        cells.append(Cell(left, left + len(bare), bare))
        place += len(piece) + 1
    return [cell for cell in cells if cell.text] if sum(bool(cell.text) for cell in cells) >= 3 else []


def row_claims(text: str, sha256: str, tables: list[list[list[Cell]]], language: Language) -> list[Claim]:
    """One claim for each row's name and its telling number (the last column that a heading explains, else the last)."""
    made: list[Claim] = []
    for table in tables:
        heading = [] if any(_NUMERIC.match(cell.text) for cell in table[0]) else table[0]
        for row in table[1:] if heading else table:
            claim = _row_claim(text, sha256, row, heading, language)
            if claim is not None:
                made.append(claim)
    return made


def _row_claim(text: str, sha256: str, row: list[Cell], heading: list[Cell], language: Language) -> Claim | None:
    named = next(
        (cell for cell in row if re.search(r"[^\W\d_]{3,}", cell.text) and not _NUMERIC.match(cell.text)), None
    )
    numbers = [
        (index, cell, match)
        for index, cell in enumerate(row)
        if (match := _NUMERIC.match(cell.text)) and cell is not named and index > 0
    ]
    if named is None or not numbers:
        return None
    index, cell, match = numbers[-1]
    column = heading[index].text.lower() if len(heading) == len(row) else ""
    predicate, role = next(
        ((verb, what) for words, verb, what in _COLUMNS if re.search(words, column)), ("count", "value")
    )
    start, end = row[0].start, row[-1].end
    value = float(re.sub(r"[ ., ](?=\d{3}(?:\D|$))", "", match.group(1)).replace(",", "."))
    return Claim(
        id=span_id("c", sha256, start, end, "table-row"),
        quote=Quote(
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            start=start,
            end=end,
        ),
        subject=Slot(text=text[named.start : named.end], start=named.start, end=named.end, head=named.text.split()[0]),
        predicate=Predicate(
            text=column or predicate, lemma=predicate, class_=concept_of_word(predicate, "en", verbal=True) or predicate
        ),
        object=Slot(text=text[cell.start : cell.end], start=cell.start, end=cell.end, head=cell.text.split()[0]),
        quantities=(Quantity(text=cell.text, value=value, unit=match.group(2).strip("."), role=role),),
        origin="documents",
        sentence=f"{named.text}: {column or role} {cell.text}.",
        rule="table-row",
    )
