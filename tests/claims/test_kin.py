"""What tells a deed without being its verb: every row of kin.toml tells what its example says, and not what its counter-example says."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from leakdesk.claims.deeds import akin, akin_keys, kin_keys
from leakdesk.claims.fractions import shares_in
from leakdesk.claims.passages import keys_of
from leakdesk.language.concepts import all_concepts, concepts_of_word
from leakdesk.language.wider import wider_rows
from leakdesk.model.document import Language


@cache
def _kin() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.claims").joinpath("kin.toml").read_text("utf-8"))


def _tells(row: dict[str, Any], text: str) -> bool:
    _, letter = text.split(" - ")
    keys = keys_of(letter, "en")
    told = {key for deed in row["deeds"] for key in (f"@{deed}", *kin_keys(deed, certain=row["certain"]))}
    return bool(keys & told)


@pytest.mark.parametrize("row", _kin()["row"], ids=lambda row: row["id"])
def test_a_row_tells_its_example_and_not_its_counter_example(row: dict[str, Any]) -> None:
    assert _tells(row, row["example"])
    assert not _tells(row, row["counter"])


def test_every_concept_of_the_tables_is_known() -> None:
    known = all_concepts()
    rows = [each for row in _kin()["row"] for each in (*row["deeds"], *row["told_by"])]
    families = [each for family in _kin()["wide"]["families"] for each in family]
    roles = [each for pair in _kin()["roles"].items() for each in pair]
    assert [each for each in (*rows, *families, *roles) if each not in known] == []
    assert [each for each, (kind, _, _) in wider_rows().items() if not kind and each not in known] == []


def test_deeds_of_a_wide_class_tell_one_another_only_in_their_family() -> None:
    assert akin("damage", "break")
    assert not akin("poison_v", "break")
    assert not akin("arrest", "inspection_n")
    assert "@paint_v" not in akin_keys("repair")


@pytest.mark.parametrize(
    ("word", "language", "concept"),
    [
        ("підписуватиму", "uk", "sign"),  # the future in one word
        ("згубленых", "be", "lose"),  # a participle in a case
        ("закриється", "uk", "close"),  # a verb that keeps its vowel
        ("Беритесь", "ru", "take_on"),  # an order
        ("rusty", "en", "spoiled"),
    ],
)
def test_forms_that_plain_paradigms_leave_out(word: str, language: Language, concept: str) -> None:
    assert concept in concepts_of_word(word, language)


@pytest.mark.parametrize(
    ("text", "language", "value", "unit", "role"),
    [
        ("cut the shift by half", "en", 50, "percent", "by"),
        ("two-thirds of the workers", "en", 66.666667, "percent", ""),
        ("exports doubled", "en", 2, "times", "by"),
        ("сократили смену наполовину", "ru", 50, "percent", "by"),
        ("довели до половины", "ru", 50, "percent", "to"),
        ("выросла на треть", "ru", 33.333333, "percent", "by"),
        ("скоротили утричі", "uk", 3, "times", "by"),
        ("павялічылі на чвэрць", "be", 25, "percent", "by"),
    ],
)
def test_shares_in_words(text: str, language: Language, value: float, unit: str, role: str) -> None:
    (found,) = shares_in(text, 0, len(text), language)
    assert (found.value, found.unit, found.role) == (value, unit, role)


@pytest.mark.parametrize(("text", "language"), [("the second half of May", "en"), ("вторая половина мая", "ru")])
def test_a_stretch_of_time_is_no_share(text: str, language: Language) -> None:
    assert shares_in(text, 0, len(text), language) == ()
