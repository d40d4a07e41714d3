"""A screenshot of a letter: which letter, and what of it is missing."""

from __future__ import annotations

import random

import pytest

from leakdesk.claims.passages import Letter
from leakdesk.claims.screenshots import said_of, screenshot
from leakdesk.documents import ocr
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.pictures import read
from leakdesk.model.document import Role, Segment
from leakdesk.testing import LettersInMemory
from tests.support.drawn import encoded
from tests.support.drawn import screenshot as drawn

SENTENCES = (
    "Dear colleague, thank you for the list of yesterday.",
    "We could ship these valves to the Lindmoor depot in March.",
    "This holds only if the licence comes before the new year.",
    "Otherwise the crates stay where they are and nobody is paid.",
    "Please tell the foreman of the night shift about it.",
)
OTHER = (
    "The harbour master counted eleven barges on Friday. Two of them carried oak, the others gravel for the new quay."
)


def letter(name: str, text: str) -> Letter:
    return Letter(document=name, text=text, language="en", segments=(Segment(start=0, end=len(text), role=Role.BODY),))


LETTERS = LettersInMemory((letter("other", OTHER), letter("valves", " ".join(SENTENCES))))


def test_the_letter_is_found_and_what_is_cut_is_named() -> None:
    found = screenshot(" ".join((SENTENCES[1], SENTENCES[3])), LETTERS)
    assert found is not None
    assert found.document == "valves"
    assert [(each.where, each.text) for each in found.left_out] == [
        ("above", SENTENCES[0]),
        ("between", SENTENCES[2]),
        ("below", SENTENCES[4]),
    ]
    whole = " ".join(SENTENCES)
    assert all(whole[each.start : each.end] == each.text for each in found.left_out)
    assert whole[found.start : found.end].startswith(SENTENCES[1])
    assert said_of(found).count("1 ") == 3
    assert "3 sentences" in said_of(found)


def test_a_sentence_that_breaks_off_is_not_shown() -> None:
    found = screenshot(f"{SENTENCES[0]} {SENTENCES[1]} This holds only", LETTERS)
    assert found is not None
    assert [each.text for each in found.left_out] == list(SENTENCES[2:])


def test_a_whole_letter_lacks_nothing_and_wrong_letters_are_forgiven() -> None:
    chance = random.Random(3)
    misread = "".join("1" if char == "l" and chance.random() < 0.3 else char for char in " ".join(SENTENCES))
    found = screenshot(misread, LETTERS)
    assert found is not None
    assert found.left_out == ()
    assert said_of(found) == "The picture shows this letter whole."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lindmoor depot",
        "The weather in the valley was fine all week and the depot held its summer feast in the yard.",
    ],
)
def test_what_shows_no_letter_is_none(text: str) -> None:
    assert screenshot(text, LETTERS) is None


def test_headers_and_older_mail_are_not_missed() -> None:
    text = f"From: A\n{SENTENCES[1]} {SENTENCES[2]}\n> {OTHER}"
    cut = text.index(">")
    segments = (
        Segment(start=0, end=8, role=Role.HEADER),
        Segment(start=8, end=cut, role=Role.BODY),
        Segment(start=cut, end=len(text), role=Role.QUOTED),
    )
    one = Letter(document="one", text=text, language="en", segments=segments)
    found = screenshot(" ".join(SENTENCES[1:3]), LettersInMemory((one,)))
    assert found is not None
    assert found.left_out == ()


@pytest.mark.skipif("eng" not in ocr.installed_languages(), reason="needs tesseract with English")
def test_a_drawn_screenshot_is_recognised_and_matched() -> None:
    extract = read(encoded(drawn([SENTENCES[1], SENTENCES[2]])), ReaderHints(languages=("eng",)))
    assert extract.layer is not None
    found = screenshot(extract.layer.text, LETTERS)
    assert found is not None
    assert (found.document, [each.where for each in found.left_out]) == ("valves", ["above", "below", "below"])
