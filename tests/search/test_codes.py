"""Designations and numbers are found however they are written, and nothing else is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leakdesk.search.codes import CODE, asked_folds, codes_in, folds, number_values, numbers_in


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("МХ-14М", "MX-14M"),
        ("МХ-14М", "мх14м"),
        ("МХ–14М", "MX14M"),
        ("Су-27", "Su-27"),
        ("С-300", "S-300"),
        ("Ми-8МТВ-5", "Mi-8MTV-5"),
        ("121-й", "121st"),
        ("М.12/4", "M-12-4"),
    ],
)
def test_two_writings_of_one_designation_share_a_fold(left: str, right: str) -> None:
    assert set(asked_folds(left)) & set(folds(right))
    assert set(asked_folds(right)) & set(folds(left))


@pytest.mark.parametrize(
    ("left", "right"),
    [("Су-27", "Су-27УБ"), ("МХ-14М", "МХ-15М"), ("Су-27", "Ту-27"), ("121-й", "122-й"), ("В-1", "Б-1")],
)
def test_a_differing_number_or_letter_keeps_designations_apart(left: str, right: str) -> None:
    assert not set(asked_folds(left)) & set(folds(right))
    assert not set(asked_folds(right)) & set(folds(left))


def test_designations_stand_where_they_are_written() -> None:
    text = "Акт на МХ 14М от 11.07.2023, см. MX 14 M, тел. 5-10 и a@b1.example, С 300 рублями."
    assert [text[start:end] for start, end, _ in codes_in(text)] == ["МХ 14М", "MX 14 M"]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("5000", (5000.0,)),
        ("5 000", (5000.0,)),
        ("5\u00a0000,50", (5000.5,)),
        ("5,000", (5000.0, 5.0)),
        ("12.5", (12.5,)),
        ("1,234,567.89", (1234567.89,)),
        ("1.234.567", (1234567.0,)),
        ("11.07.2023", ()),
        ("1.2.3", ()),
    ],
)
def test_a_written_number_means_these_values(written: str, values: tuple[float, ...]) -> None:
    assert number_values(written) == values


def test_numbers_inside_designations_are_none() -> None:
    text = "Су-27, x86, 5-10 и 7."
    assert [text[start:end] for start, end, _ in numbers_in(text)] == ["5", "10", "7"]


@pytest.mark.parametrize(
    "junk", ["a1" * 100_000, "1-" * 100_000, "1 000 " * 30_000, "A " * 100_000, "-" * 300_000, "1" * 300_000]
)
def test_hostile_runs_take_time_in_proportion(junk: str) -> None:
    began = time.process_time()
    list(codes_in(junk))
    list(numbers_in(junk))
    assert time.process_time() - began < 5


@given(st.text("МХaZ149²_@-–./ \u00a0\n:", max_size=30))
@example("МХ 14 5@a 5- 6 a/5")
def test_no_designation_is_missed_because_its_digits_seem_to_stand_alone(text: str) -> None:
    """Whatever the pattern finds at the beginning of a word is found, digits by themselves apart."""
    found = [(start, end) for start, end, _ in codes_in(text)]
    for match in re.finditer(rf"(?<![\w@./–-])(?:{CODE.pattern})", text):
        if folds(match.group()):
            assert any(start <= match.start() < end for start, end in found), match.group()
