"""Models load when first asked, words are aligned back, and a missing part says so."""

from __future__ import annotations

import importlib.util

import pytest

from leakdesk.language import apertium, syntax
from leakdesk.language.syntax import MissingPart, align, to_russian

UK = "Завод відремонтував гелікоптер. Лист надіслав Олег Марчук, директор з Тулина."
BE = "Завод адрамантаваў верталёт. Ліст даслаў Алег Марчук, дырэктар з Туліна."


def need(language: apertium.Pivot) -> None:
    if not apertium.available(language):
        pytest.skip(apertium.needs(language))


def test_words_are_aligned_in_order() -> None:
    assert align(["завод", "вертолет", "купил"], ["завод", "верталет", "новы", "купіў"]) == [0, 1, 3]
    assert align([], ["а"]) == []
    assert align(["а", "б"], []) == [None, None]


@pytest.mark.parametrize(("text", "language", "name"), [(UK, "uk", "Олег Марчук"), (BE, "be", "Алег Марчук")])
def test_a_name_comes_back_to_its_own_place(text: str, language: apertium.Pivot, name: str) -> None:
    need(language)
    turned = to_russian(text, language)
    start = turned.text.index("Марчук")
    origin = turned.back(start - len("Олег "), start + len("Марчук"))
    assert origin is not None
    assert text[origin[0] : origin[1]] == name


@pytest.mark.parametrize("odd", ["", "   ", "^$/[]{}\\@<>|", "\x00\x01", "😀 ١٢٣", "слово" * 3000])
def test_odd_text_neither_hangs_nor_crashes(odd: str) -> None:
    need("uk")
    turned = to_russian(odd, "uk")
    assert all(origin is None or odd[origin[0] : origin[1]].strip() for _, _, origin in turned.words)


def test_words_are_analysed_with_their_places() -> None:
    need("be")
    words = apertium.analyse(BE, "be")
    assert any("np" in word.tags and BE[word.start : word.end] == "Алег" for word in words)


def test_a_missing_pair_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("LEAKDESK_APERTIUM", str(tmp_path))
    apertium._chain.cache_clear()
    try:
        with pytest.raises(MissingPart, match="needs apertium-rus-ukr"):
            to_russian("Лист надіслано.", "uk")
    finally:
        apertium._chain.cache_clear()


def test_a_missing_english_model_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAKDESK_SPACY_EN", "/nowhere/model")
    syntax.english.cache_clear()
    try:
        with pytest.raises(MissingPart, match="English model"):
            syntax.english()
    finally:
        syntax.english.cache_clear()


@pytest.mark.skipif(importlib.util.find_spec("natasha") is None, reason="needs natasha")
def test_russian_names_are_found() -> None:
    document = syntax.russian().document("Письмо подписал Олег Марчук.", morphology=False, names=True)
    assert [(span.type, span.text) for span in document.spans] == [("PER", "Олег Марчук")]
