"""One word, however it is spelled, has a key in common; other words have none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.language.inflect import base_forms, endings, read_table
from leakdesk.language.romanise import exchange, sound, sounds
from leakdesk.language.scripts import fold_homoglyphs, look_alike, repair_layout, repair_mojibake, script_of
from leakdesk.language.spelling import query_keys, relation, stem_keys, word_keys
from leakdesk.language.standards import belarusian_forms, hop

ONE_NAME = [
    "Горбачёв Горбачев Гарбачоў Harbachou Gorbachev Gorbachyov Harbačoŭ Gorbatschow",
    "Шевченко Шаўчэнка Shauchenka Shevchenko Szewczenko",
    "Кузнецов Кузняцоў Kuzniatsou Kuznetsov Kuznecov",
    "Терещенко Цярэшчанка Tsiareshchanka Tereshchenko",
    "Беляев Бяляеў Belyaev Bialiayeu Beliaev",
    "Островская Астроўская Островська Ostrovskaya Astrouskaya",
    "Хрущёв Хрушчоў Khrushchev Chruščoŭ",
    "Петров Петрів Petrov Petriv",
    "Юрий Юрый Юрій Yuri Iurii Jurij",
    "Мария Марыя Марія Maria Mariya Marija",
]


@pytest.mark.parametrize("names", ONE_NAME)
def test_spellings_of_one_name_share_a_key(names: str) -> None:
    first, *others = names.split()
    for other in others:
        assert set(word_keys(first)) & set(word_keys(other)), other


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Горбачёв", "Горбаченко"),
        ("Горбачёв", "Горбачук"),
        ("Горбачёв", "Горбач"),
        ("Harbachou", "Горбачевский"),
        ("Ковальчук", "Коваленко"),
        ("Белов", "Беляев"),
        ("Минский", "Пинский"),
        ("завод", "заводской"),
        ("Ми-8", "Ми-28"),
    ],
)
def test_other_families_share_none(left: str, right: str) -> None:
    assert not set(word_keys(left)) & set(word_keys(right))
    assert relation(left, right) is None


def test_inflected_surname_meets_the_man_and_the_woman() -> None:
    assert set(word_keys("Горбачёва")) >= {word_keys("Горбачёв")[0], "garbacava"}
    for word in ("Горбачёву", "Горбачёвым", "Гарбачова", "Гарбачовым"):
        assert word_keys("Harbachou")[0] in word_keys(word)


def test_a_common_word_has_only_its_inflections() -> None:
    assert stem_keys("завода") == stem_keys("заводом") == stem_keys("заводзе") == word_keys("завод")
    assert all(key.startswith("=") for key in word_keys("завод"))
    assert any(not key.startswith("=") for key in query_keys("горбачёв"))
    assert query_keys("завод") == word_keys("завод")


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("Горбачёв", "Горбачев", "ё spelled е"),
        ("Гoрбачёв", "Горбачёв", "look-alike letters"),
        ("завода", "заводом", "inflection"),
        ("Горбачёв", "Гарбачоў", "be/ru spelling"),
        ("Ми-8", "Mi-8", "designation"),
    ],
)
def test_the_rule_is_named(left: str, right: str, rule: str) -> None:
    found = relation(left, right)
    assert found is not None and rule in found
    assert relation(right, left) is not None


def test_akanie_relates_languages_not_words_of_one_language() -> None:
    assert relation("Сонин", "Санин") is None
    assert relation("Сонин", "Санін") is not None


def test_each_ending_keeps_its_promise() -> None:
    for row in read_table("endings.tsv"):
        word, base = row["example"].split()
        assert any(form.text == base or sound(form.text).key == sound(base).key for form in base_forms(word)), row["id"]
        odd = {form.rule for form in base_forms(row["counterexample"]) if form.text == base}
        assert row["id"] not in odd
    assert sum(map(len, endings().values())) > 80


def test_letters_are_put_right() -> None:
    assert fold_homoglyphs("Гoрбачёв") == "Горбачёв"
    assert fold_homoglyphs("Gоrbachev") == "Gorbachev"
    assert fold_homoglyphs("Минск") == "Минск"
    assert look_alike("COBA") == "СОВА"
    assert "Иванов" in repair_layout("Bdfyjd")
    assert repair_mojibake("РџСЂРёРІРµС‚") == "Привет"
    assert repair_mojibake("Привет, мир") == "Привет, мир"
    assert script_of("Mi-8") == "Latin"


def test_reasons_name_the_standard() -> None:
    found = hop("Горбачёв", "Harbachou")
    assert found is not None and found.word == "Гарбачоў" and found.standard
    assert "Шаўчэнка" in belarusian_forms("Шевченко")
    assert hop("Горбачёв", "Ivanov") is None


def test_exchange_needs_one_key() -> None:
    assert exchange(sound("Белов"), sound("Петров")) is None
    assert exchange(sound("Белов"), sound("Балов")) is None


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_anything_has_keys_or_none_and_never_crashes(text: str) -> None:
    assert word_keys(text) == word_keys(text)
    sounds(text)
    relation(text, text[::-1])
    query_keys(text)


def test_kept_keys_are_fast() -> None:
    words = [word for names in ONE_NAME for word in names.split()]
    for word in words:
        word_keys(word)
    start = time.perf_counter()
    for _ in range(500):
        for word in words:
            word_keys(word)
    assert 500 * len(words) / (time.perf_counter() - start) > 100_000


def test_the_ending_of_a_dative_is_heard_behind_v() -> None:
    """Belarusian puts в between vowels (Навум is Наум), but a last у is an ending: Чернишову is no Чернишов."""
    assert sounds("Чернишову")[0].key == sounds("Чернишов")[0].key + "u"
    assert sounds("Навум")[0].key == sounds("Наум")[0].key
    assert relation("Чернишову", "Чернишов") is not None
