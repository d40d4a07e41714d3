"""Copies are found, chance is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.language.reuse import (
    Run,
    aligned_runs,
    containment,
    near_duplicates,
    shingles,
    signature,
    similarity,
    tokens,
)

TEXT = "the harbour office opened the new line of trams to the northern district on the first day of the warm season this year"


def test_a_copy_with_one_changed_word_is_near() -> None:
    copy = TEXT.replace("northern", "southern")
    assert 0.4 < similarity(TEXT, copy) < 1
    assert [
        pair[:2]
        for pair in near_duplicates({"a": TEXT, "b": copy, "c": "nothing of that kind stands in here at all"}, 0.4)
    ] == [("a", "b")]


def test_signatures_estimate_the_similarity() -> None:
    copy = TEXT + " and the year after that one"
    same = sum(a == b for a, b in zip(signature(TEXT), signature(copy), strict=True)) / 128
    assert abs(same - similarity(TEXT, copy)) < 0.2


def test_a_part_is_contained() -> None:
    assert containment(" ".join(TEXT.split()[3:12]), TEXT) == 1.0
    assert similarity("", "") == 0.0 and shingles("") == frozenset() and signature("") == ()


def test_runs_are_maximal_and_use_each_word_once() -> None:
    assert aligned_runs(["a", "b", "c", "d", "e"], ["x", "b", "c", "d", "y"], 3) == (Run(1, 1, 3),)
    assert aligned_runs(["a", "b", "a", "b"], ["a", "b"], 2) == (Run(0, 0, 2),)
    with pytest.raises(ValueError, match="token"):
        aligned_runs([], [], 0)


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30))
@settings(max_examples=80, deadline=None)
def test_every_run_is_really_shared(left: list[str], right: list[str]) -> None:
    used: set[int] = set()
    for run in aligned_runs(left, right, 2):
        assert left[run.left : run.left + run.length] == right[run.right : run.right + run.length]
        places = set(range(run.right, run.right + run.length))
        assert not used & places
        used |= places


def test_tokens_keep_their_places() -> None:
    assert all(TEXT[token.start : token.end] == token.text for token in tokens(TEXT))


def test_signatures_of_texts_with_little_in_common_differ() -> None:
    half = " ".join([*TEXT.split()[:12], *(f"word{n}" for n in range(12))])
    same = sum(a == b for a, b in zip(signature(TEXT), signature(half), strict=True)) / 128
    assert 0.05 < same < 0.45
