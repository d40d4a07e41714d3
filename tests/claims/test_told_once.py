"""What two reports about one matter tell in one place each is the same thing; two matters have their own sums and signings."""

from __future__ import annotations

from functools import cache

from leakdesk.model.claim import Reading
from leakdesk.model.comparison import Row, SourceText
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.work.comparing import compare_readings

MILL = "Saltmere Mill and its owner Orvin Halsk have a new contract, papers from Dunmarsh show. "
FERRY = "Brackwater Ferries and its owner Telda Roon have a new contract, papers from Ostvik show. "


@cache
def _read(text: str) -> Reading:
    return read_text(TextLayer(text=text, extractor="test"), as_="report")


def _joined(a: str, b: str) -> list[Row]:
    rows = compare_readings(_read(a), _read(b), SourceText(name="A"), SourceText(name="B")).rows
    return [row for row in rows if row.a and row.b]


def _said(a: str, row: Row) -> str:
    claims = {claim.id: claim.quote.exact for claim in _read(a).claims}
    return " ".join(claims[each] for each in row.a)


def test_the_one_sum_in_both_is_the_same_sum() -> None:
    first, second = MILL + "The price was 9.40 euros a sack.", MILL + "Each sack cost the town 9.40 euros."
    assert any("9.40" in _said(first, row) for row in _joined(first, second))


def test_two_matters_may_have_the_same_price() -> None:
    first, second = MILL + "The price was 9.40 euros a sack.", FERRY + "Each ticket cost the town 9.40 euros."
    assert not any("9.40" in _said(first, row) for row in _joined(first, second))


def test_a_year_is_no_sum() -> None:
    first, second = MILL + "The mill burnt in 2031.", MILL + "The town bought a pump in 2031."
    assert not any("burnt" in _said(first, row) for row in _joined(first, second))
