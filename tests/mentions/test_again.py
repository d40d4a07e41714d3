"""Names that stood in full once, found again by a part; and what a name is of, by the noun beside it."""

from __future__ import annotations

import pytest

from leakdesk.mentions.names import find_mentions
from leakdesk.model.document import TextLayer


def found(text: str) -> list[tuple[str, str]]:
    mentions = find_mentions(TextLayer(text=text, extractor="test")).mentions
    return [(each.text, each.type) for each in mentions if each.type in ("person", "organization", "place")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The sales director, Helen Marsh, knew. On Monday Marsh received a bonus. Marsh left.", ["Helen Marsh", "Marsh", "Marsh"]),
        ("The company belongs to Piers Lanyon, a brother-in-law of the mayor. Lanyon did not reply.", ["Piers Lanyon", "Lanyon"]),
        ("Дружина проректора Юрія Сагайди отримала грант. Сагайда 2 березня звільнився.", ["Юрія Сагайди", "Сагайда"]),
        ("Деньги получал Игорь Верес. Сам Верес на звонки не ответил.", ["Игорь Верес", "Верес"]),
    ],
)  # fmt: skip
def test_a_surname_alone_is_found_wherever_it_stands(text: str, names: list[str]) -> None:
    assert [name for name, kind in found(text) if kind == "person"] == names


def test_a_firm_is_found_by_its_own_word_and_is_one_by_the_noun_before_it() -> None:
    text = "Cameras of the defence supplier Varnholt Optronik were found. Varnholt applied for a licence. Varnholt denies it."
    assert [each for each in found(text) if each[0].startswith("Varnholt")] == [
        ("Varnholt Optronik", "organization"),
        ("Varnholt", "organization"),
        ("Varnholt", "organization"),
    ]
    reading = find_mentions(TextLayer(text=text, extractor="test")).mentions
    assert {each.normal for each in reading if each.text.startswith("Varnholt")} == {"Varnholt Optronik"}


def test_an_ordinary_word_is_no_name_because_somebody_is_called_so() -> None:
    assert ("Price", "person") not in found("Helen Price left. Price lists were sent to all, and the price rose.")
    assert ("Paper", "person") not in found("Martin Paper signed the order. Paper is dear.")


def test_a_town_is_found_where_it_opens_a_sentence() -> None:
    assert [
        name for name, _ in found("It sold brakes to the port of Orskhaven. Orskhaven has been under an embargo.")
    ].count("Orskhaven") == 2


def test_a_town_is_not_the_plant_that_bears_its_name() -> None:
    text = "The Haldovar Repair Plant overhauls engines. Haldovar lies on the Ruvna. The plant in Haldovar is old."
    mentions = find_mentions(TextLayer(text=text, extractor="test")).mentions
    assert {each.normal for each in mentions if each.text == "Haldovar"} == {"Haldovar"}
