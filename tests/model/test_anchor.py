from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.model.anchor import Anchor, Located, Lost, anchor_at, locate
from leakdesk.model.ids import text_sha256


@given(st.text(max_size=200), st.data())
def test_an_anchor_is_found_again_in_its_own_text(text: str, data: st.DataObject) -> None:
    text = text.encode("utf-8", "ignore").decode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    digest = text_sha256(text)
    anchor = anchor_at(text, start, end, document="d1", text_sha256=digest)
    assert locate(anchor, text, digest) == Located(start=start, end=end, how="same text")


def test_a_moved_quote_is_found_by_its_words() -> None:
    old = "The depot paid nine florins."
    anchor = anchor_at(old, 4, 9, document="d1", text_sha256=text_sha256(old))
    new = "Yesterday: The depot paid nine florins."
    assert locate(anchor, new, text_sha256(new)) == Located(start=15, end=20, how="moved")


def test_one_of_two_equal_quotes_is_chosen_by_its_context() -> None:
    old = "paid nine florins to Tann"
    anchor = anchor_at(old, 5, 9, document="d1", text_sha256=text_sha256(old))
    new = "took nine crates and paid nine florins to Tann"
    assert locate(anchor, new, text_sha256(new)) == Located(start=26, end=30, how="moved, by context")


def test_a_quote_that_is_gone_is_said_to_be_lost() -> None:
    old = "nine florins"
    anchor = anchor_at(old, 0, 4, document="d1", text_sha256=text_sha256(old))
    assert locate(anchor, "ten florins", text_sha256("ten florins")) == Lost(why="quotation absent")


def test_an_ambiguous_quote_is_lost_not_guessed() -> None:
    old = "x nine y"
    anchor = anchor_at(old, 2, 6, document="d1", text_sha256=text_sha256(old))
    assert locate(anchor, "a nine b. a nine b.", text_sha256("a nine b. a nine b.")) == Lost(why="quotation ambiguous")


def test_there_is_no_offset_without_a_text_layer_hash() -> None:
    with pytest.raises(ValueError, match="hash"):
        Anchor(exact="a", prefix="", suffix="", start=0, end=1, document="d", text_sha256="")
