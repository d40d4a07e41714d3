"""Sentences end where they end: around initials, abbreviations, quotes, list numbers and wrapped lines."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.language.sentences import LONGEST, sentence_spans, sentences


@pytest.mark.parametrize(
    "pieces",
    [
        ["Акт подписал Ковальчук А. В.", "Он живёт в г. Лозовске."],
        ["Акт подписал А. В. Ковальчук.", "Цена 5 тыс. руб.", "Срок прежний."],
        ["В 2031 г. Марчук уехал.", "«Мы всё продадим!» — сказал он."],
        ["Лист надіслано на вул. Зелену, буд. 5, м. Тулин.", "Відповіді немає."],
        ["Ліст дасланы на вул. Зялёную, д. 5.", "Адказу няма."],
        ["We met Mr. Vellin at 5 p.m. in Port Ellwick.", "He said no.", "Then Dr. E. Morrant left."],
        ["He works for Tannick Inc. in Lindmoor.", "It is small."],
        ["Is it done?", "Yes!", "See p. 3 and fig. 4 for details."],
    ],
)
def test_breaks(pieces: list[str]) -> None:
    assert [each.text for each in sentences(" ".join(pieces))] == pieces


def test_lines_of_a_letter_are_sentences_and_wrapped_lines_are_not() -> None:
    text = "Dear Oskar,\n1. Sand\n2. Brakes\nThis line is wrapped by a mail program because it is long and\nJohn reads on.\n\nBye"
    found = [each.text for each in sentences(text)]
    assert found[:3] == ["Dear Oskar,", "1. Sand", "2. Brakes"]
    assert found[3].endswith("John reads on.")
    assert found[4] == "Bye"


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="аБ. \n!?«»\"'—1Aa\r\u00a0", max_size=120))
def test_spans_cover_the_text(text: str) -> None:
    assert "".join(text[a:b] for a, b in sentence_spans(text)) == text


def test_a_paragraph_without_an_end_is_cut_and_linear() -> None:
    text = "слово " * 200_000
    start = time.process_time()
    spans = sentence_spans(text)
    assert time.process_time() - start < 10
    assert max(end - begin for begin, end in spans) <= LONGEST
