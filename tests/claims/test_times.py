from __future__ import annotations

from datetime import date

import pytest

from leakdesk.claims.times import interval


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-07-11", date(2024, 7, 11), date(2024, 7, 11)),
        ("2024-Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024-34", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024-24", date(2024, 12, 1), date(2025, 2, 28)),
        ("2023/2024-06", date(2023, 1, 1), date(2024, 6, 30)),
        ("../2031-06", date.min, date(2031, 6, 30)),
        ("2031~", date(2031, 1, 1), date(2031, 12, 31)),
    ],
)
def test_a_value_spans_the_days_it_allows(edtf: str, first: date, last: date) -> None:
    assert interval(edtf) == (first, last)


@pytest.mark.parametrize("edtf", ["", "soon", "2024-13", "2024-02-31", "2025/2024", "20231"])
def test_what_is_not_understood_is_no_interval(edtf: str) -> None:
    assert interval(edtf) is None
