"""Nouns in four languages: the table is sound, each entry is found the way comparing finds it, and kinds stay kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leakdesk.language.concepts import LANGUAGES, all_concepts, concepts_of_phrases, concepts_of_word
from leakdesk.language.things import narrower, things, wider_than

#: What may not stand in a column: letters of another alphabet, or of a neighbour's.
FOREIGN = {
    "en": re.compile(r"[^A-Za-z0-9 '\-é]"),
    "ru": re.compile(r"[^А-Яа-яЁё '\-]"),
    "uk": re.compile(r"[^А-Яа-яІіЇїЄєҐґ '\-]|[ЫыЭэЁёЪъ]"),
    "be": re.compile(r"[^А-Яа-яЁёІіЎў '\-]|[ИиЩщЪъ]"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_column_holds_its_own_letters(language: str) -> None:
    wrong = [word for each in things().values() for word in each.words[language] if FOREIGN[language].search(word)]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_a_word_and_none_twice(language: str) -> None:
    for each in things().values():
        assert each.words[language] or not each.kind, each.id
        folded = [word.casefold() for word in each.words[language]]
        assert len(set(folded)) == len(folded), each.id


def test_rows_stand_for_known_concepts() -> None:
    known = all_concepts()
    for each in things().values():
        assert each.id in known, each.id
        assert all(wider in known for wider in each.is_a), each.id
        assert each.id not in wider_than(each.id), f"{each.id} is a kind of itself"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_found(language: str) -> None:
    lost = [
        (each.id, entry)
        for each in things().values()
        for entry in each.words[language]
        if each.id
        not in (
            set(concepts_of_phrases(entry.split(), language)) if " " in entry else concepts_of_word(entry, language)
        )
    ]
    assert not lost


FORMS = [
    ("country estate", "estates", "имением", "маєтку", "маёнтках", "estate"),
    ("a dispatcher", "dispatchers", "диспетчеру", "диспетчерів", "дыспетчараў", "dispatcher"),
    ("a widow", "widow’s", "вдове", "вдовою", "удавой", "widow"),
    ("a barge captain's friend", "stevedores", "докеров", "вантажників", "грузчыкаў", "loader"),
    ("adjectives", "former", "бывшего", "колишнього", "былога", "former_person"),
    ("uk і as ьо", "helicopter", "вертолётов", "вертольотів", "верталётамі", "helicopter"),
    ("power", "substations", "подстанции", "підстанцією", "падстанцый", "substation"),
]  # fmt: skip


@pytest.mark.parametrize("row", FORMS, ids=[row[-1] for row in FORMS])
def test_forms_meet_across_languages(row: tuple[str, ...]) -> None:
    _, *forms, concept = row
    for form, language in zip(forms, LANGUAGES, strict=True):
        assert concept in concepts_of_word(form, language), (form, language)


APART = [
    ("engine", "gearbox", "en"), ("двигатель", "редуктор", "ru"), ("helicopter", "aircraft", "en"),
    ("вдова", "невеста", "ru"), ("підстанція", "електростанція", "uk"), ("тёща", "мачеха", "ru"),
    ("субпідрядник", "роботодавець", "uk"), ("удава", "нявеста", "be"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "language"), APART)
def test_neighbours_stay_apart(one: str, other: str, language: str) -> None:
    assert not concepts_of_word(one, language) & concepts_of_word(other, language)


@pytest.mark.parametrize(("low", "language"), [("гэс", "ru"), ("hr", "en")])
def test_an_abbreviation_is_met_in_capitals_only(low: str, language: str) -> None:
    assert not concepts_of_word(low, language)
    assert concepts_of_word(low.upper(), language)


def test_a_surname_is_no_animal() -> None:
    assert concepts_of_word("вовком", "uk")
    assert not concepts_of_word("Вовком", "uk")


def test_a_noun_that_readers_know_may_begin_with_a_capital() -> None:
    assert "aircraft" in concepts_of_word("Літаками", "uk")
    assert "equipment" in concepts_of_word("Тэхніцы", "be")


NARROWER = [("mother", "relative"), ("hydro_plant", "power_station"), ("widow", "woman")]


@pytest.mark.parametrize(("low", "high"), NARROWER)
def test_a_kind_is_narrower_and_not_the_other_way_round(low: str, high: str) -> None:
    assert narrower(low, high)
    assert not narrower(high, low)
    assert not narrower(low, low)


#: Nouns of press and letters in some form, four languages a row, written down before the table was.
OWN = [line.split("\t") for line in (Path(__file__).parent / "data/nouns.tsv").read_text("utf-8").splitlines()[1:]]


def test_most_nouns_are_known_and_meet_in_all_four_languages() -> None:
    told = [[concepts_of_word(word, language) for word, language in zip(row, LANGUAGES, strict=True)] for row in OWN]
    for at, language in enumerate(LANGUAGES):
        assert sum(bool(row[at]) for row in told) >= 0.92 * len(told), language
    assert sum(bool(frozenset[str].intersection(*row)) for row in told) >= 0.78 * len(told)
