"""A table of controlled goods: `code`, `wording`, and perhaps `regime`, `tier`, `hs` (customs codes) and `terms`.

`terms` are words that goods of the category go by, divided by semicolons; an ending * is open (станк* finds станками).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from leakdesk.screening.entry import Good, ListHead, ListUnusable, Record, distinct
from leakdesk.screening.particulars import iso_date
from leakdesk.screening.streams import ListFile, table_of


def read_table(files: Sequence[ListFile], *, delimiter: str = ",") -> Iterator[Record | ListHead]:
    """Categories in order; a row without code or wording, or with a code, term or day that cannot be meant, ends the reading."""
    file, regimes, dated = files[0], set[str](), ""
    seen: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for line, row in table_of(file, delimiter=delimiter):
        good = _good(row, f"{file.name}, line {line}")
        first = seen.setdefault((good.code, good.wording, good.hs), line)
        if first != line:
            raise ListUnusable(f"{file.name}: the same category stands twice, in lines {first} and {line}")
        regimes.add(good.regime)
        dated = max(dated, _day(row.get("date", ""), good.place))
        yield good
    yield ListHead(format="goods.csv", title=regimes.pop() if len(regimes) == 1 else "", date=dated)


def _day(written: str, place: str) -> str:
    day = iso_date(written)
    if written and not day:
        raise ListUnusable(f"{place}: “{written[:20]}” is no date", try_="Write it as 2024-07-11, 2024-07 or 2024.")
    return day


def _good(row: Mapping[str, str], place: str) -> Good:
    if not row.get("code") or not row.get("wording"):
        raise ListUnusable(f"{place}: a category needs its code and its wording")
    return Good(
        code=row["code"],
        wording=row["wording"],
        regime=row.get("regime", ""),
        tier=row.get("tier", ""),
        hs=tuple(_customs(each, place) for each in _several(row.get("hs", ""))),
        terms=tuple(_term(each, place) for each in _several(row.get("terms", ""))),
        place=place,
    )


def _several(cell: str) -> tuple[str, ...]:
    return distinct(re.split(r"[;|]", cell))


def _customs(written: str, place: str) -> str:
    """Digits of a customs code: a heading of four, or a code of six, eight or ten."""
    digits = re.sub(r"[\s.]", "", written)
    if not re.fullmatch(r"\d{4}(?:\d{2}){0,3}", digits):
        raise ListUnusable(f"{place}: “{written[:20]}” is no customs code (four, six, eight or ten digits)")
    return digits


def _term(written: str, place: str) -> str:
    """A term whose words all have letters: an asterisk alone would find every word."""
    if not all(re.search(r"\w\w", word) for word in written.split()):
        raise ListUnusable(f"{place}: the term “{written[:20]}” would find everything or nothing")
    return written
