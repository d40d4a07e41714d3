"""A part that is missing makes a note that names it, and the path without parsers reads on: in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leakdesk.language import apertium, syntax
from leakdesk.language.apertium import MissingPart
from leakdesk.model.claim import Reading
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from tests.reading.test_robust import LETTERS, REPORTS

#: What each language is read with, and what the note must name when it is gone.
NEEDED = {"en": "spacy", "ru": "natasha", "uk": "apertium-rus-ukr", "be": "apertium-bel-rus"}


def gone(name: str) -> Callable[..., object]:
    """What stands in a part's place when it is not installed."""

    def missing(*_: object, **__: object) -> object:
        raise MissingPart(f"needs {name}")

    return missing


@pytest.fixture
def without_apertium(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without Apertium's programs or pairs."""

    def never(_: str) -> bool:
        return False

    def absent(_: str, language: apertium.Pivot) -> object:
        raise MissingPart(apertium.needs(language))

    monkeypatch.setattr(apertium, "available", never)
    for name in ("analyse", "russian_of"):
        monkeypatch.setattr(apertium, name, absent)


@pytest.fixture
def without_parts(monkeypatch: pytest.MonkeyPatch, without_apertium: None) -> None:
    """A computer on which nothing optional is installed."""
    for module in ("leakdesk.language.syntax", "leakdesk.reading.parse", "leakdesk.mentions.models"):
        for name, needed in (("english", "spacy"), ("russian", "natasha"), ("to_russian", "apertium")):
            monkeypatch.setattr(f"{module}.{name}", gone(needed), raising=False)


def read(text: str, kind: str) -> Reading:
    return read_text(TextLayer(text=text, extractor="test"), as_=kind)  # type: ignore[arg-type]


@pytest.mark.usefixtures("without_parts")
@pytest.mark.parametrize("language", NEEDED)
@pytest.mark.parametrize("kind", ["report", "message"])
def test_a_missing_part_is_named_and_the_rest_is_read(kind: str, language: str) -> None:
    text = (REPORTS if kind == "report" else LETTERS)[language]
    reading = read(text, kind)
    notes = "\n".join(reading.notes)
    assert "needs" in notes
    assert any(name in notes for name in (NEEDED[language], NEEDED[language].split("-")[0]))
    assert language in notes or "without" in notes
    assert len(reading.claims) >= 2
    assert reading.attributions
    assert reading.mentions
    assert all(text[each.quote.start : each.quote.end] == each.quote.exact for each in reading.claims)


@pytest.mark.usefixtures("without_apertium")
@pytest.mark.parametrize("language", ["uk", "be"])
def test_a_missing_pair_is_named(language: str) -> None:
    reading = read(REPORTS[language], "report")
    assert any(NEEDED[language] in note for note in reading.notes)
    assert len(reading.claims) >= 2


@pytest.mark.parametrize("language", NEEDED)
def test_with_everything_installed_nothing_is_missed(language: str) -> None:
    try:
        syntax.english()
        syntax.russian()
    except MissingPart as missing:
        pytest.skip(str(missing))
    if not (apertium.available("uk") and apertium.available("be")):
        pytest.skip("needs apertium")
    assert read(REPORTS[language], "report").notes == ()
