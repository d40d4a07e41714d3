"""What may be a slip of the pen, and what is another number or day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.claims.slips import is_slip_of_day, is_slip_of_number


@pytest.mark.parametrize(
    ("one", "other"),
    [(14, 41), (610_000, 510_000), (190, 90), (2.3, 3.2), (27, 127), (1_240, 1_420), (64, 68)],
)
def test_one_digit_or_two_exchanged_are_a_slip(one: float, other: float) -> None:
    assert is_slip_of_number(one, other)
    assert is_slip_of_number(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (8, 4),
        (80, 40),
        (48, 31),
        (240, 240),
        (0, 10),
        (12, 345),
        (2.3, 23),
        (9, 11),
        (400, 400_000),
        (2, 12),
        (7.6, 8.6),
    ],
)
def test_other_numbers_are_no_slip(one: float, other: float) -> None:
    assert not is_slip_of_number(one, other)
    assert not is_slip_of_number(other, one)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("2033-03-08", "2033-03-18", True),
        ("2033-03-12", "2033-03-21", True),
        ("2033-11-15", "2033-12-15", True),
        ("XXXX-11-15", "2033-12-15", True),
        ("2033-11-09", "2033-11-11", False),
        ("2033-03-08", "2034-03-18", False),
        ("2033-03-08", "2033-04-18", False),
        ("2033-03-08", "2033-03-08", False),
        ("2033-03", "2033-04", False),
        ("2033-03-01/2033-03-05", "2033-03-15", False),
    ],
)
def test_days_of_one_year_are_a_slip_apart(one: str, other: str, slip: bool) -> None:
    assert is_slip_of_day(one, other) is slip
    assert is_slip_of_day(other, one) is slip


@given(st.integers(10, 10**9), st.integers(0, 9), st.data())
def test_changing_any_digit_is_a_slip(number: int, digit: int, data: st.DataObject) -> None:
    digits = list(str(number))
    place = data.draw(st.integers(0, len(digits.copy()) - 1))
    digits[place] = str(digit)
    other = int("".join(digits))
    ends_in_one_digit = len(str(number).rstrip("0")) < 2 and len(str(other).rstrip("0")) < 2
    if other != number and other > 0 and not ends_in_one_digit and len(str(other)) == len(str(number)):
        assert is_slip_of_number(number, other)
