"""What is likely to tell a claim in other words, and what no likeness makes a support."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from leakdesk.claims.check import IN_OTHER_WORDS, check
from leakdesk.claims.passages import Letter, participants
from leakdesk.claims.telling import TURNS, likelihood
from leakdesk.model.comparison import CheckedClaim
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.testing import LettersInMemory

REPORT = "The Ostrel vaccine centre bought 600,000 doses of Nordavir from Lindqvist Pharma in June 2031."


def checked(report: str, *letters: str) -> CheckedClaim:
    found = check(
        read_text(TextLayer(text=report, extractor="t"), as_="report"),
        LettersInMemory(tuple(_letter(n, each) for n, each in enumerate(letters))),
    )
    return found.claims[0]


def _letter(number: int, text: str) -> Letter:
    read = read_text(TextLayer(text=text, extractor="t"), as_="message")
    return Letter(
        document=f"l{number}",
        text=text,
        language=read.languages[0] if read.languages else "und",
        segments=read.segments,
        mentions=read.mentions,
        people=participants([("Ostrel vaccine centre", "office@ostrel-centre.example"), ("Lindqvist Pharma", "x@lindqvist.example")]),
        date="2031-06-12",
        reading=read,
    )  # fmt: skip


def test_a_row_without_a_verb_is_read_as_telling_in_other_words() -> None:
    found = checked(REPORT, "Nordavir, 600,000 doses, June lot: 5.6 m euros, Lindqvist Pharma.")
    assert (found.verdict, found.reasons) == ("supports", (IN_OTHER_WORDS,))


@pytest.mark.parametrize(
    "letter",
    [
        "Nordavir, 900,000 doses, June lot: 5.6 m euros, Lindqvist Pharma.",
        "We plan Nordavir for June, 600,000 doses, Lindqvist Pharma.",
        "Lindqvist Pharma lost 600,000 doses of Nordavir in June.",
        "If Lindqvist Pharma agrees: Nordavir, 600,000 doses, June lot.",
        "Could you quote Nordavir, 600,000 doses, Lindqvist Pharma, June?",
    ],
)
def test_another_number_a_plan_another_deed_a_condition_and_a_question_are_no_support(letter: str) -> None:
    assert checked(REPORT, letter).verdict != "supports"


def test_what_is_only_likely_gives_way_to_a_letter_that_says_otherwise() -> None:
    likely = "Nordavir, 600,000 doses, June lot: 5.6 m euros, Lindqvist Pharma."
    denial = "The Ostrel vaccine centre did not buy 600,000 doses of Nordavir from Lindqvist Pharma in June 2031."
    assert checked(REPORT, likely, denial).verdict == "contradicts"


def test_weights_stand_for_features_that_there_are() -> None:
    table = tomllib.loads(files("leakdesk.claims").joinpath("telling.toml").read_text("utf-8"))
    assert set(table["weights"]) >= {"bag", "number", "deed", "object", *TURNS}
    assert likelihood({}) < 0.05
    assert likelihood({"bag": 1.0, "number": 1.0, "time equal": 1.0, "object": 1.0, "known": 1.0}) > 0.9
