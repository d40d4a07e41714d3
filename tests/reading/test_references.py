"""What pronouns and nouns stand for, who "I" is in a quotation, and whom a phrase names."""

from __future__ import annotations

import pytest

from leakdesk.model.claim import Reading
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text


def read(text: str) -> Reading:
    return read_text(TextLayer(text=text, extractor="test"), as_="report")


def stands_for(text: str, word: str) -> str | tuple[str, ...] | None:
    """The caption of the entity that the first reference of this wording stands for; the captions it may stand for."""
    reading = read(text)
    captions = {each.id: each.caption for each in reading.entities}
    found = next((each for each in reading.references if each.text.casefold() == word.casefold()), None)
    if found is None:
        return None
    return captions[found.entity] if found.entity else tuple(captions[each] for each in found.candidates)


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("The radar firm Quillmar sold it. Edda Kroll, its director, told Piers Hesk that she had left.", "she", "Edda Kroll"),
        ("Maria Kroll met Martin Hesk on Monday. He paid for the lathes.", "he", "Martin Hesk"),
        ("Quillmar Optics sold ten lathes to Martin Hesk. It never asked who they were for.", "it", "Quillmar Optics"),
        ("Фірма «Ветра» не платила. Інженерка Ольга Дзюба сказала, що вона бачила рахунок.", "вона", "Ольга Дзюба"),
        ("Радиозавод «Ветра» купил станки. Он не заплатил за них.", "он", "Радиозавод «Ветра»"),
        ("Фирма «Ветра» купила станки у завода «Ротор». Она не заплатила за них.", "она", "Фирма «Ветра»"),
        ("Інжынер Канрад Вяроўка пайшоў у маі. Фірма звольніла яго без тлумачэнняў.", "яго", "Канрад Вяроўка"),
    ],
)  # fmt: skip
def test_a_pronoun_is_the_one_that_agrees_and_acted(text: str, word: str, who: str) -> None:
    assert stands_for(text, word) == who


def test_two_that_fit_equally_are_both_listed() -> None:
    assert stands_for("Edda Kroll and Maria Lund met. She paid for the lathes.", "she") in {
        ("Edda Kroll", "Maria Lund"),
        ("Maria Lund", "Edda Kroll"),
    }


def test_nobody_acts_on_himself_under_a_plain_pronoun() -> None:
    """ "Kroll told her": another woman."""
    assert stands_for("Maria Lund called. Edda Kroll told her to wait.", "her") == "Maria Lund"


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("The supplier Varnholt Optronik sold cameras. Varnholt Optronik has denied it. The company left the fair.",
         "the company", "Varnholt Optronik"),
        ("Завод «Ротор» закупил пять станков. Директор завода молчит.", "завода", "Завод «Ротор»"),
        ("Director Edda Kroll bought the lathes. Martin Hesk paid. The director then left the town.", "the director", "Edda Kroll"),
    ],
)  # fmt: skip
def test_a_noun_is_the_one_that_was_called_so(text: str, word: str, who: str) -> None:
    assert stands_for(text, word) == who


def subject_entities(text: str) -> dict[str, str | None]:
    """What the subjects say -> the caption of whom they name."""
    reading = read(text)
    captions = {each.id: each.caption for each in reading.entities}
    return {each.subject.text: captions.get(each.subject.entity or "") for each in reading.claims if each.subject}


@pytest.mark.parametrize(
    ("text", "phrase", "who"),
    [
        ("The mill's owner, Lev Bohdan, sold the oaks.", "The mill's owner, Lev Bohdan", "Lev Bohdan"),
        ("Ведущий инженер Павел Завьялов отказался подписать акт.", "Ведущий инженер Павел Завьялов", "Павел Завьялов"),
        ("Намеснік дырэктара Сяргей Ляўковіч падпісаў дагавор.", "Намеснік дырэктара Сяргей Ляўковіч", "Сяргей Ляўковіч"),
        ("Гідростанцію «Дубрава» продали минулого року. Гідростанція «Дубрава» стоїть на річці.", "Гідростанція «Дубрава»", "«Дубрава»"),
    ],
)  # fmt: skip
def test_a_phrase_names_whom_it_calls_by_name(text: str, phrase: str, who: str) -> None:
    assert subject_entities(text)[phrase] == who


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Склад фирмы «Агровита» сгорел ночью.", "Склад фирмы «Агровита»"),
        ("The wife of Martin Hesk bought a villa in May.", "The wife of Martin Hesk"),
        ("Martin Hesk's wife bought a villa in May.", "Martin Hesk's wife"),
    ],
)
def test_of_whom_something_is_it_is_not(text: str, phrase: str) -> None:
    assert subject_entities(text)[phrase] is None


def test_i_is_the_speaker_and_we_the_organisation_that_speaks() -> None:
    said = subject_entities(
        '"I never signed the contract," Edda Kroll said. "We bought the lathes in May," the firm Varnholt said.'
    )
    assert said["I"] == "Edda Kroll"
    assert subject_entities('"We bought the lathes in May," said Edda Kroll.')["We"] is None
    statement = 'Quillmar Group bought lathes. "We bought the lathes in May," Quillmar Group said in a statement.'
    assert subject_entities(statement)["We"] == "Quillmar Group"
