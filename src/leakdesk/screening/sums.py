"""What tables come to: the sums of price lists, invoices and offers, where the heading names the currency.

A table says what it comes to in a row that is called so ("Total", «Итого»), else, where it has one row only, in that row.
Nothing is added up here: a sum that stands nowhere is no amount of a letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from leakdesk.mentions.quantities import currencies, values
from leakdesk.reading.tables import Row, Table, find, fractions, number_in
from leakdesk.reading.tables_claims import column_of


def money(text: str) -> tuple[str, ...]:
    """The amounts named in a text, sums of tables among them: ("2380000 USD",)."""
    named = (found.normal for found in values(text) if found.type == "money")
    return tuple(dict.fromkeys([*named, *sums(text)]))


def sums(text: str) -> Iterator[str]:
    """What each table of a text comes to."""
    for table in find(text, 0, len(text)):
        yield from _sums(table)


def _sums(table: Table) -> Iterator[str]:
    head = table[0]
    if any(number_in(cell) for cell in head):
        return
    said = {index: found[0] for index, cell in enumerate(head) if (found := currencies().search(cell.text))}
    for row in [row for row in table[1:] if _is_total(row)] or (table[1:] if len(table) == 2 else []):
        for index, currency in said.items():
            number = number_in(row[index], point=fractions(table, index)) if index < len(row) else None
            if number is not None:
                yield from _normal(number[0], currency)


def _is_total(row: Row) -> bool:
    called = next((cell.text for cell in row if cell.text), "")
    column = column_of(called)
    return column is not None and column.id == "total"


def _normal(number: float, currency: str) -> Iterator[str]:
    written = f"{number:.0f}" if number == int(number) else f"{number:.2f}"
    yield from (found.normal for found in values(f"{written} {currency}") if found.type == "money")
