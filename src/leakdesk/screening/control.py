"""A table of controlled goods: `code`, `wording`, and perhaps `regime`, `tier`, `hs` (customs codes) and `terms`.

`terms` are words that goods of the category go by, divided by semicolons; an ending * is open (станк* finds станками).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from leakdesk.screening.entry import Good, ListHead, ListUnusable, Record, distinct
from leakdesk.screening.streams import ListFile, table_of


def read_table(files: Sequence[ListFile], *, delimiter: str = ",") -> Iterator[Record | ListHead]:
    """Categories in order; a row without code or wording ends the reading."""
    file, regimes, dated = files[0], set[str](), ""
    for line, row in table_of(file, delimiter=delimiter):
        good = _good(row, f"{file.name}, line {line}")
        regimes.add(good.regime)
        dated = max(dated, row.get("date", "")[:10])
        yield good
    yield ListHead(format="goods.csv", title=regimes.pop() if len(regimes) == 1 else "", date=dated)


def _good(row: Mapping[str, str], place: str) -> Good:
    if not row.get("code") or not row.get("wording"):
        raise ListUnusable(f"{place}: a category needs its code and its wording")
    return Good(
        code=row["code"],
        wording=row["wording"],
        regime=row.get("regime", ""),
        tier=row.get("tier", ""),
        hs=tuple(
            re.sub(r"\D", "", each) for each in distinct(re.split(r"[;|]", row.get("hs", ""))) if re.search(r"\d", each)
        ),
        terms=distinct(re.split(r"[;|]", row.get("terms", ""))),
        place=place,
    )
