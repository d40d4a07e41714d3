"""What a report puts between marks, held against letters: whole quotations, few words, and translations."""

from __future__ import annotations

import pytest

from leakdesk.claims.passages import Letter
from leakdesk.claims.quotations import checked_quotations
from leakdesk.language.detect import detect
from leakdesk.model.comparison import CheckedQuotation
from leakdesk.model.document import Role, Segment, TextLayer
from leakdesk.reading.read import read_text
from leakdesk.testing import LettersInMemory


def letter(text: str, identity: str = "d1") -> Letter:
    language = detect(text)
    return Letter(
        document=identity,
        text=text,
        language=language,
        segments=(Segment(start=0, end=len(text), role=Role.BODY, language=language),),
    )


def checked(report: str, *letters: str) -> list[CheckedQuotation]:
    reading = read_text(TextLayer(text=report, extractor="test"), as_="report", parser_free=True)
    held = tuple(letter(text, f"d{number}") for number, text in enumerate(letters, 1))
    return checked_quotations(reading, LettersInMemory(held))


@pytest.mark.parametrize(
    ("report", "text", "expected", "said"),
    [
        (
            "«Отправим насосы на склад, если придёт лицензия», — написал начальник склада.",
            "We will send the pumps to the warehouse if the licence comes.",
            "altered",
            "translation",
        ),
        (
            "“We will send the pumps to the warehouse,” the storekeeper wrote.",
            "Отправим насосы на склад, только если придёт лицензия.",
            "truncated",
            "a condition",
        ),
        (
            "«Склад згорів уночі, і сторож нічого не бачив», — сказав сусід.",
            "We will send the pumps to the warehouse if the licence comes.",
            "absent",
            "not found",
        ),
    ],
)
def test_a_translated_quotation_is_held_against_what_the_letter_means(
    report: str, text: str, expected: str, said: str
) -> None:
    (found,) = checked(report, text)
    assert (found.verdict, said in found.difference) == (expected, True)


def test_words_set_apart_are_answered_only_where_a_letter_has_them() -> None:
    report = "The crates went out as “garden tools” and cost a fortune, a “royal gift” to the broker."
    found = checked(report, "On the label write garden tools, nothing else.")
    assert [(each.text, each.verdict) for each in found] == [("garden tools", "found")]
    assert report[found[0].start : found[0].end] == "garden tools"


def test_two_words_must_stand_as_they_are_and_lose_no_condition() -> None:
    report = "The mill “could deliver” the beams, its letters show."
    (found,) = checked(report, "We could deliver the beams only if the bank agrees.")
    assert (found.verdict, "only" in found.difference) == ("truncated", True)
    assert checked(report, "Could you deliver the beams?") == []


def test_a_name_between_marks_may_stand_in_another_case() -> None:
    report = "В ведомости значится «П. Лукич»."
    (found,) = checked(report, "Выдать П. Лукичу сто рублей.")
    assert found.verdict == "found"


def test_a_quotation_is_not_put_together_from_far_places() -> None:
    scattered = "Машины пришли. " + "Потом был обед и долгий разговор о погоде и рыбе. " * 3 + "Всё без пошлины."
    report = "«Машины пропускали без пошлины всегда», — рассказал водитель."
    (found,) = checked(report, scattered)
    assert found.verdict == "absent"


def test_who_wrote_to_whom_is_no_part_of_what_was_written() -> None:
    head = "From: Harbour Board Office\nTo: Crane Crew\n\n"
    text = head + "Lunch at noon."
    held = Letter(
        document="d1",
        text=text,
        language="en",
        segments=(
            Segment(start=0, end=len(head), role=Role.HEADER, language="en"),
            Segment(start=len(head), end=len(text), role=Role.BODY, language="en"),
        ),
    )
    report = "“Harbour Board Office to Crane Crew,” the foreman said."
    reading = read_text(TextLayer(text=report, extractor="test"), as_="report", parser_free=True)
    assert [each.verdict for each in checked_quotations(reading, LettersInMemory((held,)))] == ["absent"]


def test_the_month_of_may_is_no_word_for_a_possibility() -> None:
    letter_ = "The pumps left Karsk for Novy Bor on 5 May 2023."
    (found,) = checked('"The pumps left Karsk for Novy Bor", she wrote.', letter_)
    assert found.verdict == "found"
    (cut,) = checked(
        '"The pumps left Karsk for Novy Bor", she wrote.', "The pumps left Karsk for Novy Bor or may leave today."
    )
    assert cut.verdict == "truncated"
