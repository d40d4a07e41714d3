"""Concepts meet across languages: the same act told in four languages has one id."""

from __future__ import annotations

import pytest

from leakdesk.language.concepts import LANGUAGES, concept_of, concept_of_word, concepts, group_of, lemma, related

WORDS = [
    ("sold", "en", "sell"), ("продал", "ru", "sell"), ("продали", "uk", "sell"), ("прадаў", "be", "sell"),
    ("repairs", "en", "repair"), ("ремонтирует", "ru", "repair"), ("ремонтує", "uk", "repair"), ("рамантуе", "be", "repair"),
    ("refused", "en", "refuse"), ("отказался", "ru", "refuse"), ("відмовився", "uk", "refuse"), ("адмовіўся", "be", "refuse"),
    ("factories", "en", "plant"), ("заводом", "ru", "plant"), ("заводів", "uk", "plant"), ("заводаў", "be", "plant"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "language", "concept"), WORDS)
def test_one_concept_in_every_language(word: str, language: str, concept: str) -> None:
    assert concept_of_word(word, language) == concept


def test_the_table_is_whole() -> None:
    verbs = [each for each in concepts().values() if each.verbal]
    things = [each for each in concepts().values() if not each.verbal]
    assert len(verbs) >= 150
    assert len(things) >= 80
    assert all(each.words[language] for each in concepts().values() for language in LANGUAGES)


def test_unknown_words_are_nobody() -> None:
    assert concept_of("brillig", "en") is None
    assert lemma("Brillig", "en") == "brillig"
    assert group_of("no-such-concept") == "no-such-concept"


def test_related_is_wider_than_same_but_not_everything() -> None:
    assert related("sell", "supply")
    assert not related("sell", "repair")
