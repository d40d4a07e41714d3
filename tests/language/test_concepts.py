"""Concepts meet across languages: the same act told in four languages has one id."""

from __future__ import annotations

import pytest

from leakdesk.language.concepts import (
    LANGUAGES,
    concept_of,
    concept_of_word,
    concepts,
    concepts_of_word,
    group_of,
    lemma,
    related,
)

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
    assert len(concepts()) >= 600
    assert len(verbs) >= 200
    assert len(things) >= 350
    assert all(each.words[language] for each in concepts().values() for language in LANGUAGES)


def test_unknown_words_are_nobody() -> None:
    assert concept_of("brillig", "en") is None
    assert lemma("Brillig", "en") == "brillig"
    assert group_of("no-such-concept") == "no-such-concept"


def test_related_is_wider_than_same_but_not_everything() -> None:
    assert related("sell", "supply")
    assert not related("sell", "repair")


@pytest.mark.parametrize("language", LANGUAGES)
def test_concepts_are_met_by_their_own_words(language: str) -> None:
    """A word of two meanings has its first one; that may hide no more than one concept in a hundred."""
    lost = [
        concept.id
        for concept in concepts().values()
        if not any(concept_of(word, language, verbal=concept.verbal) == concept.id for word in concept.words[language])
    ]
    assert len(lost) * 100 <= len(concepts()), lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_concept_lists_a_word_twice(language: str) -> None:
    for concept in concepts().values():
        assert len(set(concept.words[language])) == len(concept.words[language]), concept.id


FORMS = [
    ("boats", "en", "boat"), ("лодок", "ru", "boat"), ("човнів", "uk", "boat"), ("лодак", "be", "boat"),
    ("crates", "en", "crate"), ("ящиков", "ru", "crate"), ("ящиків", "uk", "crate"), ("скрынямі", "be", "crate"),
    ("oaks", "en", "oak"), ("дубы", "ru", "oak"), ("дуби", "uk", "oak"), ("дубоў", "be", "oak"),
    ("drowned", "en", "sink_v"), ("затонула", "ru", "sink_v"), ("затонув", "uk", "sink_v"), ("затануў", "be", "sink_v"),
    ("subsidies", "en", "subsidy"), ("дотации", "ru", "subsidy"), ("дотації", "uk", "subsidy"), ("датацыі", "be", "subsidy"),
    ("daughters", "en", "daughter"), ("дочери", "ru", "daughter"), ("доньки", "uk", "daughter"), ("дачкі", "be", "daughter"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "language", "concept"), FORMS)
def test_a_form_of_a_word_finds_its_concept(word: str, language: str, concept: str) -> None:
    assert concept_of_word(word, language) == concept


#: Further forms of listed verbs: from the list of base forms (uk), by the paradigms (be), and passives of either and of Russian.
VERB_FORMS = [
    ("назове", "uk", "name"), ("підпишу", "uk", "sign"), ("перевезуть", "uk", "transport"), ("користується", "uk", "use"),
    ("адзначу", "be", "say"), ("сочыць", "be", "spy_v"), ("прывязу", "be", "transport"), ("бяру", "be", "take"),
    ("выкарыстаўшы", "be", "use"), ("плаціш", "be", "pay"), ("ляжыш", "be", "be_located"), ("пагляджу", "be", "see"),
    ("продается", "ru", "sell"), ("продаються", "uk", "sell"), ("прадаецца", "be", "sell"), ("прадаваўся", "be", "sell"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "language", "concept"), VERB_FORMS)
def test_a_form_of_a_verb_finds_its_deed(word: str, language: str, concept: str) -> None:
    assert concept in concepts_of_word(word, language)


@pytest.mark.parametrize(("word", "language"), [("относится", "ru"), ("вуся", "uk")])
def test_a_reflexive_that_is_no_passive_tells_no_deed(word: str, language: str) -> None:
    assert not concepts_of_word(word, language)
