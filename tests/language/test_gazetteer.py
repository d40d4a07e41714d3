"""A place is found under any of its names, inflected or not, and a surname is none."""

from __future__ import annotations

import pytest

from leakdesk.language.gazetteer import credit, find_place, fold_place, places_named


@pytest.mark.parametrize(
    ("written", "language", "base", "country"),
    [
        ("Минска", "ru", "Минск", "BY"),
        ("Гродне", "be", "Гродна", "BY"),
        ("Києві", "uk", "Київ", "UA"),
        ("Вінниці", "uk", "Вінниця", "UA"),
        ("Оршай", "be", "Орша", "BY"),
        ("Нижнем Тагиле", "ru", "Нижний Тагил", "RU"),
        ("Германии", "ru", "Германия", "DE"),
        ("Польщі", "uk", "Польща", "PL"),
        ("Ростове-на-Дону", "ru", "Ростов-на-Дону", "RU"),
        ("Gomel", "en", "Gomel", "BY"),
    ],
)
def test_places(written: str, language: str, base: str, country: str) -> None:
    found = find_place(written, language)
    assert found is not None
    assert found[0] == base
    assert found[1][0].country == country


def test_surnames_and_nothing_are_no_places() -> None:
    assert find_place("Марчука", "ru") is None
    assert find_place("", "ru") is None
    assert places_named("x" * 10_000) == ()


def test_the_key_folds_writing_and_the_credit_is_there() -> None:
    assert fold_place("Ростов-на-Дону") == fold_place("РОСТОВ на Дону")
    assert "CC BY" in credit()
