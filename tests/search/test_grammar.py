"""The query language: what is read how, and what is said where it cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.search.grammar import (
    FIELDS,
    And,
    Everything,
    Field,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    QueryError,
    Range,
    Word,
    parse,
)


def test_words_side_by_side_must_all_be_there_and_or_binds_less() -> None:
    match parse("a b OR c NOT d"):
        case Or(
            parts=(And(parts=(Word(text="a"), Word(text="b"))), And(parts=(Word(text="c"), Not(part=Word(text="d")))))
        ):
            pass
        case other:
            pytest.fail(str(other))


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("", Everything),
        ("   ", Everything),
        ("Горбачёв", Word),
        ("=Горбачёв", Word),
        ("Горбачёв~", Word),
        ("and", Word),
        ("Andrew", Word),
        ("12:30", Word),
        ("Re:нет", Word),
        ("http://kiln.example/a", Word),
        ("кто?", Word),
        ('"Горбачёв"', Word),
        ('"два слова"', Phrase),
        ("«два слова»", Phrase),
        ("“два слова”", Phrase),
        ('="два слова"', Phrase),
        ("Горб*", Pattern),
        ("Г?рбачёв", Pattern),
        ("/горб.*/", Pattern),
        ("5..10", Range),
        ("..10", Range),
        ("from:a", Field),
        ("FROM:a", Field),
        ("date:2023..", Field),
        ("a NEAR/3 b", Near),
        ("a NEAR b", Near),
        ("-a", Not),
        ("NOT (a OR b)", Not),
    ],
)
def test_a_query_is_read_as(query: str, kind: type) -> None:
    assert isinstance(parse(query), kind)


@pytest.mark.parametrize(
    ("query", "position", "says"),
    [
        ('a "b c', 2, "never closed"),
        ("(a b", 0, "never closed"),
        ("a b)", 3, "never opened"),
        ("a ()", 2, "empty"),
        ("a OR", 2, "nothing follows OR"),
        ("a OR )", 2, "nothing follows OR"),
        ("AND a", 0, "AND stands where a word should"),
        ("a AND OR b", 2, "nothing follows AND"),
        ("a NEAR/0 b", 2, "NEAR/"),
        ("a NEAR/9999 b", 2, "NEAR/"),
        ("form:a", 0, "Did you mean from:?"),
        ("a subjct:b", 2, "Did you mean subject:?"),
        ("from: a", 0, "nothing follows from:"),
        ("=", 0, "nothing follows ="),
        ("слово *", 6, "wildcard needs"),
        ("а*", 0, "wildcard needs"),
        ("слово~3", 5, "1 or 2 letters"),
        ('"a b"~3', 5, "NEAR/5"),
        ("/abc", 0, "never closed"),
        ("//", 0, "empty"),
        ("/a b/", 0, "matches one word"),
        ('"..."', 0, "no word in it"),
        (" OR ".join(["абв*"] * 101), 800, "more than 100 wildcards"),
        (" OR ".join(["абв~"] * 101), 800, "more than 100 wildcards"),
        (" NEAR ".join(["а"] * 12), 72, "more than 10 NEARs"),
    ],
)
def test_an_error_points_at_the_character_and_suggests(query: str, position: int, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.position == position
    assert says in caught.value.sentence()
    assert f"at character {position + 1}," in caught.value.sentence()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "Ёж",
                " ",
                " ",
                '"',
                "(",
                ")",
                " OR ",
                " AND ",
                " NOT ",
                " NEAR/2 ",
                "-",
                "=",
                "*",
                "~",
                "/",
                "from:",
                "date:",
                "..",
                "5",
                "«",
                "»",
                "\\",
            ]
        ),
        max_size=14,
    )
)
def test_any_line_is_a_query_or_an_error_that_points_into_it(pieces: list[str]) -> None:
    query = "".join(pieces)
    try:
        parse(query)
    except QueryError as error:
        assert error.position is None or 0 <= error.position <= len(query)
        assert error.try_


def test_every_field_is_explained_in_the_guide(guide: str) -> None:
    missing = [name for name in FIELDS if f"`{name}:" not in guide]
    assert not missing
