"""No support for what no letter says: the same people, things, numbers and places in a letter that tells something else."""

from __future__ import annotations

from functools import cache

import pytest

from leakdesk.claims.check import check
from leakdesk.claims.passages import Letter
from leakdesk.model.claim import Reading
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.testing import LettersInMemory

LETTERS = (
    "Dear Mr Kern,\n\nwe asked Korvash Brakes for 14 engines in February and paid 20 000 euros.\n"
    "The hall in Tarnow has no heating, and the gearbox of the second tractor burnt.\n\nIlse Morrant",
    "Dear Ms Morrant,\n\nKorvash Brakes will ship the engines in May. Tickets already paid for will be refunded. "
    "The director visited our works in Brno and promised to return.\n\nP. Kern",
    "Добрый день!\n\nМы просили у завода 14 двигателей и 3 станка. Директор был в Брно и обещал вернуться.\n\nИ. Моррант",
)


@cache
def _letters() -> LettersInMemory:
    return LettersInMemory(
        tuple(
            Letter(
                document=f"l{n}",
                text=text,
                language="ru" if n == 2 else "en",
                reading=_read(text, "message"),
                mentions=_read(text, "message").mentions,
            )
            for n, text in enumerate(LETTERS)
        )
    )


@cache
def _read(text: str, as_: str) -> Reading:
    return read_text(TextLayer(text=text, extractor="test"), as_="message" if as_ == "message" else "report")


def _verdicts(text: str) -> list[str]:
    return [str(each.verdict) for each in check(_read(text, "report"), _letters()).claims]


@pytest.mark.parametrize(
    "sentence",
    [
        "The depot lost 14 engines in February.",
        "Korvash Brakes stole 20,000 euros from the depot.",
        "The director of Korvash Brakes was arrested in Brno.",
        "Korvash Brakes opened a hall in Tarnow.",
        "Завод украл 14 двигателей.",
        "Завод списал 3 станка.",
    ],
)
def test_another_deed_with_the_same_things_is_silence(sentence: str) -> None:
    found = _verdicts(sentence)
    assert found
    assert set(found) <= {"silent", "not_checkable"}


@pytest.mark.parametrize(
    "sentence",
    ["The engines were shipped to Syria in May.", "The depot sold the second tractor to Korvash Brakes."],
)
def test_a_name_or_thing_that_no_letter_has_is_no_full_support(sentence: str) -> None:
    assert "supports" not in _verdicts(sentence)


def test_what_a_letter_says_is_still_supported() -> None:
    assert _verdicts("The depot asked Korvash Brakes for 14 engines.") == ["supports"]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Selwyn Orrick asked Korvash Brakes for 14 engines.", "partly"),  # no letter knows him
        ("Our reporter counted 14 engines in the yard.", "not_checkable"),
    ],
)
def test_a_doer_whom_no_letter_knows_and_what_reporters_saw_are_not_supported(sentence: str, verdict: str) -> None:
    assert set(_verdicts(sentence)) <= {verdict, "silent"}


def test_a_sentence_of_another_language_in_a_letter_keeps_its_negation() -> None:
    text = "Dear Ilse,\n\nour offer is attached, with drawings and the price list for May.\n\nЗавод больше не поставляет двигатели.\n"
    letters = LettersInMemory((Letter(document="l9", text=text, language="en", reading=None, mentions=()),))
    report = _read("The plant supplies engines.", "report")
    assert "supports" not in [str(each.verdict) for each in check(report, letters).claims]
