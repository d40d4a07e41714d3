"""Reuse among many texts: versions meet, strangers do not, and a thousand copies cost no square."""

from __future__ import annotations

import random

from leakdesk.lineage.reuse_many import REMEMBERED, ReuseIndex

WORDS = [
    f"{a}{b}" for a in ["barge", "lock", "depot", "quay", "ledger", "valve"] for b in ("", "s", "man", "yard", "house")
]


def text(seed: int, length: int = 120) -> list[str]:
    chance = random.Random(seed)
    return [f"{chance.choice(WORDS)}{chance.randrange(40)}" for _ in range(length)]


def test_a_rewritten_text_meets_its_original_and_no_other() -> None:
    index = ReuseIndex()
    for seed in range(50):
        assert index.add(f"t{seed}", " ".join(text(seed))) == ()
    words = text(7)
    words[30] = words[90] = "changed"
    hits = index.add("again", " ".join(words))
    assert [(hit.later, hit.earlier) for hit in hits] == [("again", "t7")]
    assert list(index.groups()) == [("t7", "again")]


def test_many_copies_are_one_group_and_meet_few() -> None:
    index = ReuseIndex()
    for number in range(300):
        hits = index.add(str(number), " ".join(text(1)))
        assert len(hits) <= REMEMBERED
    assert [len(group) for group in index.groups()] == [300]


def test_too_few_words_repeat_nothing() -> None:
    index = ReuseIndex()
    assert index.add("a", "Two words") == ()
    assert index.add("b", "Two words") == ()
    assert index.add("c", "") == ()
