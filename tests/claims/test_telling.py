"""What is likely to tell a claim in other words, and what no likeness makes a support."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from leakdesk.claims.check import IN_EVERY_SLOT, IN_OTHER_WORDS, WORD_FOR_WORD, check
from leakdesk.claims.deeds import is_about_another, tells_another
from leakdesk.claims.likeness import WAYS
from leakdesk.claims.nearness import Wording
from leakdesk.claims.passages import Letter, participants
from leakdesk.claims.telling import LOOKED_AT, TURNS, likelihood
from leakdesk.model.comparison import CheckedClaim, Checking
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.testing import LettersInMemory

REPORT = "The Ostrel vaccine centre bought 600,000 doses of Nordavir from Lindqvist Pharma in June 2031."


def checked(report: str, *letters: str) -> CheckedClaim:
    return checked_whole(report, *letters).claims[0]


def checked_whole(report: str, *letters: str, wording: Wording | None = None) -> Checking:
    return check(
        read_text(TextLayer(text=report, extractor="t"), as_="report"),
        LettersInMemory(tuple(_letter(n, each) for n, each in enumerate(letters))),
        wording=wording,
    )


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


@pytest.mark.parametrize("way", WAYS)
def test_weights_stand_for_features_that_there_are(way: str) -> None:
    table = tomllib.loads(files("leakdesk.claims").joinpath("telling.toml").read_text("utf-8"))
    assert set(table[way]["weights"]) >= {"bag", "number", "deed", "object", *TURNS}
    assert ("near beyond others" in table[way]["weights"]) == (way == "wording")
    assert likelihood({}, "slots") < 0.05
    assert likelihood({"bag": 1.0, "number": 1.0, "time equal": 1.0, "object": 1.0, "known": 1.0}, "slots") > 0.7


def test_the_odds_fall_with_the_number_of_sentences_among_which_one_was_found() -> None:
    found = {"bag": 1.0, "number": 1.0, "time equal": 1.0, "object": 1.0, "known": 1.0}
    few, many = likelihood(found, "slots", LOOKED_AT), likelihood(found, "slots", 10 * LOOKED_AT)
    odds = (few / (1 - few)) / (many / (1 - many))
    assert math.isclose(odds, 10)
    assert likelihood(found, "slots", 1) == few  # a small mailbox proves no more


def test_what_letters_do_anyway_tells_of_no_other_event() -> None:
    thanks, theft = frozenset({"@thank_v", "=lamp"}), frozenset({"@steal", "=lamp"})
    assert tells_another("supply", theft) and is_about_another("supply", theft)
    assert not is_about_another("supply", thanks)


REPORTS = (
    "The Ostrel depot sold 40 lamps to Veldran. The guard Ilmar Toss fell ill. The road to Sabrin was closed."
    " The mayor praised the new bridge. The school in Korvash burnt down. Farmers harvested barley."
)


def nearest(*pair: str) -> Wording:
    """A model to which sentences with one of these words are near each other, and all else is equally far."""

    def wording(texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), 4096), dtype=np.float32)
        for row, text in enumerate(texts):
            own = 1 if any(each in text for each in pair) else 2 + crc32(text.encode()) % 4000
            vectors[row, 0], vectors[row, own] = 0.9, math.sqrt(1 - 0.81)
        return vectors

    return wording


def test_a_sentence_near_in_meaning_is_shown_before_one_as_good_by_its_words() -> None:
    letters = ("The guard Ilmar Toss has a new bicycle.", "The guard Ilmar Toss has a warm blanket.",
               "The depot is cold.", "Veldran wrote again.", "The road is wet.", "The bridge is blue.")  # fmt: skip

    def first(wording: Wording | None) -> str:
        claims = checked_whole(REPORTS, *letters, wording=wording).claims
        return next(each for each in claims if "Toss" in each.sentence).passages[0].text

    assert "blanket" in first(nearest("fell ill", "blanket"))
    assert "bicycle" in first(nearest("fell ill", "bicycle"))


def test_the_model_is_asked_for_few_sentences_of_a_whole_report() -> None:
    asked: list[int] = []

    def wording(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.append(len(texts))
        return np.eye(len(texts), 2000, dtype=np.float32)

    letters = [f"The guard {name} at the Ostrel depot saw lamp {n} fall ill." for n, name in enumerate(["Toss"] * 300)]
    checked_whole(REPORTS, *letters, wording=wording)
    assert asked and max(asked) <= 120


# ---------------------------------------------------------------- what stands there, and what is taken back


def test_the_claims_own_words_are_a_support_whatever_tables_say() -> None:
    found = checked("Я подписывать не буду.", "Договор видел. Я подписывать не буду.", "Приказ подписан сегодня.")
    assert (found.verdict, found.reasons) == ("supports", (WORD_FOR_WORD,))


@pytest.mark.parametrize("letter", ["Люди замёрзнут?", "Если не приедете, люди замёрзнут."])
def test_the_claims_own_words_may_still_be_asked_or_tied_to_a_condition(letter: str) -> None:
    assert checked("Люди замёрзнут.", "Люди замёрзнут.").reasons == (WORD_FOR_WORD,)
    assert checked("Люди замёрзнут.", letter).reasons != (WORD_FOR_WORD,)


@pytest.mark.parametrize("letter", ["Он врёт, что люди замёрзнут.", "Если люди замёрзнут, звоните."])
def test_words_inside_another_clause_are_not_the_claims_own(letter: str) -> None:
    assert checked("Люди замёрзнут.", letter).reasons != (WORD_FOR_WORD,)


def test_a_letter_that_says_there_was_no_such_deed_denies_it() -> None:
    report = "Инженер Егор Самлин уволился 2 марта."
    assert checked(report, "Егор Самлин уволился 2 марта.").verdict == "supports"
    assert checked(report, "Егор Самлин в отпуске, заявления об увольнении Самлина не было.").verdict != "supports"


def test_what_the_next_sentence_takes_back_is_no_support() -> None:
    report = "Заступник директора Ігор Самін у січні був звільнений."
    told = "З 16 січня Ігор Самін переходить на посаду радника директора."
    assert checked(report, told).verdict == "supports"
    assert checked(report, f"{told} Він не звільняється й зберігає оклад.").verdict == "contradicts"


def test_a_day_without_its_year_is_another_day_all_the_same() -> None:
    report = "The Ostrel vaccine centre signed the contract with Lindqvist Pharma on 21 November."
    same = "The Ostrel vaccine centre signed the contract with Lindqvist Pharma on 21 November 2030."
    other = "The Ostrel vaccine centre signed the contract with Lindqvist Pharma on 12 November 2030."
    assert (checked(report, same).verdict, checked(report, same).reasons) == ("supports", (IN_EVERY_SLOT,))
    assert checked(report, other).verdict != "supports"


def test_a_letter_about_two_years_does_not_say_by_the_end_of_the_first() -> None:
    report = (
        "By the end of 2031 the Ostrel vaccine centre had received 600,000 doses of Nordavir from Lindqvist Pharma."
    )
    assert checked(report, "Volume for 2031-2032: 600,000 doses of Nordavir, Lindqvist Pharma.").verdict != "supports"


@pytest.mark.parametrize(
    ("report", "letter"),
    [
        ("В августе пятерых членов комиссии уволили.", "В августе уволены три члена комиссии."),
        ("У жніўні пяцярых членаў камісіі звольнілі.", "У жніўні звольнены тры члены камісіі."),
    ],
)
def test_people_counted_together_are_counted_in_every_case(report: str, letter: str) -> None:
    assert checked(report, letter).verdict != "supports"


def test_one_of_several_numbers_only_says_of_what() -> None:
    report = "Одна доза Нордавира обошлась центру в 9,40 евро."
    found = checked(report, "Купили у Lindqvist Pharma 600 000 доз Нордавира по 9,40 евро, так обошлась доза.")
    assert found.verdict != "contradicts"
