"""Numbers of several words, in four languages; what is no number, or another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.language.numbers import spelled


def values(text: str) -> list[float]:
    return [number.value for number in spelled(text.split())]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and forty thousand people", 240_000),
        ("five million three hundred thousand crowns", 5_300_000),
        ("two thousand and thirty-three", 2_033),
        ("a million crowns", 1_000_000),
        ("двести сорок тысяч рублей", 240_000),
        ("полтора миллиона евро", 1_500_000),
        ("сто двадцать пять вагонов", 125),
        ("четырёхсот вагонов", 400),
        ("полмиллиона рублей", 500_000),
        ("дві тисячі гектарів", 2_000),
        ("п’ятсот верстатів", 500),
        ("дзве тысячы трыста сорак два", 2_342),
        ("паўтара мільёна", 1_500_000),
        ("eight and a half million crowns", 8_500_000),
        ("two and a quarter million", 2_250_000),
        ("two million and a half", 2_500_000),
        ("half a million crowns", 500_000),
        ("two dozen engines", 24),
        ("half a dozen", 6),
        ("три с половиной миллиона рублей", 3_500_000),
        ("чотири з половиною мільйони", 4_500_000),
        ("тры з паловай тысячы", 3_500),
        ("четверть миллиона", 250_000),
        ("мільён восемсот тысяч рублёў", 1_800_000),
        ("миллион рублей", 1_000_000),
        ("три десятка вагонов", 30),
        ("дві сотні гектарів", 200),
    ],
)
def test_words_that_belong_together_are_one_number(text: str, value: float) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("тысячи людей", []),
        ("десятки людей", []),
        ("3,5 миллиона евро", []),
        ("half of the fleet", []),
        ("million people", []),
        ("in a factory", []),
        ("two , three", [2, 3]),
        ("two and three", [2, 3]),
        ("forty forty", [40, 40]),
        ("two million and three people", [2_000_000, 3]),
    ],
)
def test_words_that_stand_apart_are_none_or_several(text: str, several: list[float]) -> None:
    assert values(text) == several


_ONES = ["один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
_TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
_HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]


@given(st.integers(0, 9), st.sampled_from([0, *range(2, 10)]), st.integers(0, 9), st.booleans())
def test_every_number_below_a_thousand_is_read_in_russian(hundreds: int, tens: int, ones: int, thousands: bool) -> None:
    words = [_HUNDREDS[hundreds - 1]] if hundreds else []
    words += [_TENS[tens - 2]] if tens else []
    words += [_ONES[ones - 1]] if ones else []
    if words:
        value = 100 * hundreds + 10 * tens + ones
        assert values(" ".join([*words, *(["тысяч"] if thousands else []), "тонн"])) == [
            value * (1000 if thousands else 1)
        ]
