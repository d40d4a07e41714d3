"""Claims of tables: what each telling cell says of the thing that its row names."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from leakdesk.language.concepts import concept_of_word
from leakdesk.mentions.dates import dates
from leakdesk.mentions.quantities import values
from leakdesk.model.claim import Claim, LeftOut, Other, Predicate, Quantity, Slot, TimeSlot
from leakdesk.model.entity import Mention
from leakdesk.model.ids import span_id
from leakdesk.reading.original import quote_of
from leakdesk.reading.tables import MOST_ROWS, Cell, Row, Table, fractions, number_in

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_TOTAL = re.compile(r"\W*(?:итого|всего|total|sum total|grand total|разом|всього|усього|усяго|разам)\b", re.I)
#: Labels that make two columns a table of labels and values.
_FEWEST_LABELS = 2


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading says of its cells."""

    id: str
    slot: str
    predicate: str = ""
    role: str = ""
    heading: str = ""
    unit: str = ""


@cache
def column_rules() -> tuple[tuple[Column, tuple[str, ...], str, str], ...]:
    """The rules of tables.toml: the column, beginnings of words, an example and a counter-example."""
    raw = tomllib.loads((files("leakdesk.reading") / "tables.toml").read_text("utf-8"))["column"]
    return tuple(
        (
            Column(row["id"], row["slot"], row.get("predicate", ""), row.get("role", "")),
            tuple(row["words"]),
            row["example"],
            row["counter"],
        )
        for row in raw
    )


def column_of(heading: str) -> Column | None:
    """What a heading says; the first rule of which a word begins a word of it. None for a heading of no rule."""
    low = " ".join(heading.casefold().split())
    if not low or len(low) > 60:
        return None
    for column, beginnings, _, _ in column_rules():
        for word in beginnings:
            exact = len(word) < 3 or column.slot == "none"
            if (low.strip(".: ") == word.strip(". ")) if exact else re.search(rf"(?<!\w){re.escape(word)}", low):
                return Column(column.id, column.slot, column.predicate, column.role, heading, _unit(heading))
    return None


def _unit(heading: str) -> str:
    """The unit or currency in a heading («Цена, руб.», "Weight (kg)") in its normal form, or ""."""
    found = re.search(r"(?:[,(/]|\bв\b|\bin\b|\bу\b)\s*([^\d,()]{1,14})\)?\s*$", heading)
    if found is None:
        return ""
    return _normal_unit(found.group(1).strip(" ."))


def _normal_unit(word: str) -> str:
    if not word:
        return ""
    for each in values(f"100 {word}"):
        return each.normal.partition(" ")[2]
    return word


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text a table stands in, its hash, and who is named where."""

    text: str
    sha256: str
    mentions: tuple[Mention, ...]

    def entity(self, cell: Cell) -> str | None:
        """The entity that most of a cell names."""
        at = bisect_left(self.mentions, cell.start, key=lambda each: each.start)
        inside = [each for each in self.mentions[at : at + 8] if each.end <= cell.end and each.entity]
        return next((each.entity for each in inside if (each.end - each.start) * 2 >= cell.end - cell.start), None)


def claims_of(sheet: Sheet, tables: list[Table]) -> tuple[list[Claim], list[LeftOut]]:
    """Claims of all tables, in order, and what is left out of tables with very many rows."""
    made: list[Claim] = []
    left: list[LeftOut] = []
    rows = 0
    for table in tables:
        kept = table[: max(0, MOST_ROWS - rows)]
        rows += len(table)
        if len(kept) < len(table):
            rest = table[len(kept) :]
            reason = f"a table longer than {MOST_ROWS} rows"
            left.append(LeftOut(start=rest[0][0].start, end=rest[-1][-1].end, reason=reason))
        if kept:
            made += _table(sheet, kept)
    return made, left


def _table(sheet: Sheet, table: Table) -> list[Claim]:
    labels = [column_of(row[0].text) for row in table if row[0].text]
    if max(len(row) for row in table) == 2 and sum(each is not None for each in labels) >= _FEWEST_LABELS:
        return _by_labels(sheet, table)
    head = table[0] if not any(number_in(cell) for cell in table[0]) else []
    columns = [column_of(cell.text) if cell.text else None for cell in head]
    made: list[Claim] = []
    for row in table[1:] if head else table:
        made += _row(sheet, row, columns, table)
    return made


# ---------------------------------------------------------------- rows under headings


def _row(sheet: Sheet, row: Row, columns: list[Column | None], table: Table) -> list[Claim]:
    named = _name(row, columns)
    if named is None:
        return []
    told = [
        (index, cell, column)
        for index, cell in enumerate(row)
        if cell.text and cell is not named and (column := _told(index, cell, columns)) is not None
    ]
    beside, unit = _beside(sheet, row, columns)
    if not any(column.role in ("price", "total", "count", "weight") for _, _, column in told):
        told += _last_number(row, named, told, columns)
    total = _TOTAL.match(named.text) is not None
    made: list[Claim] = []
    for index, cell, column in told:
        role = "total" if total and column.predicate == "cost" else column.role
        own = Column(
            column.id,
            column.slot,
            column.predicate,
            role,
            column.heading,
            column.unit or (unit if role == "count" else ""),
        )
        made.append(_claim(sheet, named, cell, own, beside, point=fractions(table, index)))
    return made


def _name(row: Row, columns: list[Column | None]) -> Cell | None:
    """The cell that names the row's thing: under a heading of names, else the first with words."""
    for index, cell in enumerate(row):
        column = columns[index] if index < len(columns) else None
        if column is not None and column.slot == "name" and _LETTERS.search(cell.text):
            return cell
    for index, cell in enumerate(row):
        column = columns[index] if index < len(columns) else None
        if _LETTERS.search(cell.text) and number_in(cell) is None and (column is None or column.slot == "name"):
            return cell
    return next((cell for cell in row if _TOTAL.match(cell.text)), None)


def _told(index: int, cell: Cell, columns: list[Column | None]) -> Column | None:
    """The column of a cell that tells something of the row's thing, where its heading says what."""
    column = columns[index] if index < len(columns) else None
    if column is None:
        return None
    if column.slot == "number":
        return column if number_in(cell) else None
    return column if column.slot == "mark" else None


def _last_number(
    row: Row, named: Cell, told: list[tuple[int, Cell, Column]], columns: list[Column | None]
) -> list[tuple[int, Cell, Column]]:
    """A row whose headings say nothing of its numbers: the last number is told, without saying what it is."""
    taken = {index for index, _, _ in told}
    for index in range(len(row) - 1, 0, -1):
        column = columns[index] if index < len(columns) else None
        if index in taken or (column is not None and column.slot in ("none", "date", "from", "to")):
            continue
        if row[index] is not named and number_in(row[index]):
            return [(index, row[index], Column("value", "number", "count", "value", column.heading if column else ""))]
    return []


@dataclass(frozen=True, slots=True)
class Beside:
    """Who else takes part and when, as a row says of all its cells."""

    others: tuple[Other, ...]
    time: TimeSlot | None


def _beside(sheet: Sheet, row: Row, columns: list[Column | None]) -> tuple[Beside, str]:
    """Participants, the date and the unit that a row names."""
    others: list[Other] = []
    time: TimeSlot | None = None
    unit = ""
    for cell, column in zip(row, columns, strict=False):
        if column is None or not cell.text:
            continue
        if column.slot in ("from", "to") and _LETTERS.search(cell.text):
            role: Literal["from", "to"] = "from" if column.slot == "from" else "to"
            others.append(Other(role=role, text=cell.text, entity=sheet.entity(cell)))
        elif column.slot == "date" and time is None:
            time = _time(cell)
        elif column.slot == "unit":
            unit = _normal_unit(cell.text.strip(" ."))
    return Beside(tuple(others), time), unit


def _time(cell: Cell) -> TimeSlot | None:
    found = next(iter(dates(cell.text)), None)
    return TimeSlot(text=cell.text[found.start : found.end], edtf=found.normal) if found and found.normal else None


# ---------------------------------------------------------------- labels and values


def _by_labels(sheet: Sheet, table: Table) -> list[Claim]:
    """«Изделие | насос», «Заводской № | 4512», «Цена | 1200 EUR»: the row of the name says what the others speak of."""
    pairs = [(column_of(row[0].text), row[0], row[1]) for row in table if len(row) > 1 and row[1].text]
    named = next((cell for column, _, cell in pairs if column is not None and column.slot == "name"), None)
    if named is None:
        return []
    known = [(column, cell) for column, _, cell in pairs if column is not None]
    beside, _ = _beside(sheet, [cell for _, cell in known], [column for column, _ in known])
    return [
        _claim(sheet, named, cell, column, beside, point=False, alone=True)
        for column, cell in known
        if cell is not named and ((column.slot == "number" and number_in(cell)) or column.slot == "mark")
    ]


# ---------------------------------------------------------------- one claim


def _claim(
    sheet: Sheet, named: Cell, cell: Cell, column: Column, beside: Beside, *, point: bool, alone: bool = False
) -> Claim:
    """The quotation runs from the name to the cell (a lone cell where its label names it); both have their own places."""
    start, end = (cell.start, cell.end) if alone else (min(named.start, cell.start), max(named.end, cell.end))
    label = " ".join(column.heading.split()) or column.role
    return Claim(
        id=span_id("c", sheet.sha256, start, end, f"table {column.id}"),
        quote=quote_of(sheet.text, start, end),
        subject=Slot(
            text=named.text,
            start=named.start,
            end=named.end,
            entity=sheet.entity(named),
            head=named.text.split()[0],
        ),
        predicate=Predicate(
            text=label,
            lemma=column.predicate,
            class_=concept_of_word(column.predicate, "en", verbal=True) or column.predicate,
        ),
        object=Slot(
            text=cell.text,
            start=cell.start,
            end=cell.end,
            head=cell.text if number_in(cell) else cell.text.split()[0],
        ),
        others=beside.others,
        time=beside.time,
        quantities=_quantities(cell, column, point=point),
        origin="documents",
        sentence=f"{named.text}: {label} {cell.text}.",
        rule="table-row",
    )


def _quantities(cell: Cell, column: Column, *, point: bool) -> tuple[Quantity, ...]:
    if column.slot != "number":
        return ()
    found = number_in(cell, point=point)
    if found is None:
        return ()
    value, word = found
    unit = _normal_unit(word) if word else column.unit
    return (Quantity(text=cell.text, value=value, unit=unit, role=column.role),)
