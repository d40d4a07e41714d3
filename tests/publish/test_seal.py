"""The sealed tree: repeatable, hiding, and opened only where it is meant to be."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.publish.disclosure import Masked, ShownText, opened, parts_of, shown_leaves
from leakdesk.publish.merkle import included
from leakdesk.publish.seal import HeaderField, SealedTree, case_tree, header_fields, seal_document
from tests.publish.house import head, key_of

TEXT = "The second lathe left Minsk on 4 May by the road through Gomel."


def test_the_same_text_and_key_give_the_same_seal_and_any_other_another() -> None:
    fields = header_fields(head())
    sealed = seal_document(TEXT, fields, (), key_of("a"))
    assert sealed == seal_document(TEXT, fields, (), key_of("a"))
    others = [
        seal_document(TEXT + " Yes.", fields, (), key_of("a")),
        seal_document(TEXT, fields[:-1], (), key_of("a")),
        seal_document(TEXT, fields, ("00" * 32,), key_of("a")),
        seal_document(TEXT, fields, (), key_of("b")),
    ]
    assert len({each.commitment for each in (sealed, *others)}) == 5


def test_small_and_empty_texts_have_trees_of_one_size() -> None:
    assert {seal_document(text, (), (), key_of("a")).depth for text in ("", "one", "one two three")} == {6}


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal_document(TEXT, (), (), b"short")


def test_the_case_tree_proves_each_document_and_hides_their_number() -> None:
    commitments = [seal_document(f"text {number}", (), (), key_of(str(number))).commitment for number in range(5)]
    tree = case_tree(commitments, key_of("case"))
    assert tree.depth == 10
    for commitment in commitments:
        index, proof = tree.proof(commitment)
        assert included(commitment, index, 1 << tree.depth, proof, tree.root)
    with pytest.raises(KeyError):
        tree.proof(b"\x00" * 32)


def test_the_order_of_arrival_does_not_matter_and_a_new_document_shuffles_anew() -> None:
    commitments = [seal_document(f"text {number}", (), (), key_of(str(number))).commitment for number in range(9)]
    tree = case_tree(commitments[:8], key_of("case"))
    assert tree.root == case_tree(reversed(commitments[:8]), key_of("case")).root
    grown = case_tree(commitments, key_of("case"))
    moved = [tree.proof(each)[0] != grown.proof(each)[0] for each in commitments[:8]]
    assert sum(moved) >= 7


@given(st.integers(0, 2**32))
def test_what_is_opened_is_exactly_what_was_asked_for(seed: int) -> None:
    chance = random.Random(seed)
    words = [chance.choice(["alpha", "beta", "гамма", "d"]) for _ in range(chance.randint(1, 90))]
    tree = SealedTree(" ".join(words), (HeaderField("day", "2021-05-06"),), (), key_of(str(seed)))
    first = chance.randrange(len(words))
    last = chance.randint(first + 1, len(words))
    masks = {number: "[masked]" for number in range(first, last) if chance.random() < 0.3}
    parts = parts_of(first, last, masks)
    items = opened(tree, shown_leaves(tree, [parts], [0]))
    shown = [item[2] for item in items if item[0] == "word"]
    assert shown == [tree.words[number].text for number in range(first, last) if number not in masks]
    assert sum(2 ** item[1] if item[0] == "hide" else 1 for item in items) == 1 << tree.sealed.depth
    assert ["field", tree.salt(0).hex(), "day", "2021-05-06"] in items


def test_neighbouring_masks_are_one_label() -> None:
    assert parts_of(0, 5, {1: "[masked]", 2: "[masked]", 3: "[masked]"}) == (
        ShownText(first=0, last=1),
        Masked(),
        ShownText(first=4, last=5),
    )
