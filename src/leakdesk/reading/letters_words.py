"""The words of letters.toml, and what the ending of a verb says of its person."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from leakdesk.language.concepts import fold
from leakdesk.reading.sentence import Token

Person = Literal["author", "reader"]


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("leakdesk.reading") / "letters.toml").read_text("utf-8"))


@cache
def words(table: str, key: str) -> frozenset[str]:
    """A list of letters.toml, folded."""
    return frozenset(fold(word) for word in _table()[table][key])


@cache
def _forms() -> dict[str, str]:
    raw: dict[str, str] = tomllib.loads((files("leakdesk.reading") / "letters.toml").read_text("utf-8"))["forms"]
    return {fold(form): base for form, base in raw.items()}


def base_of(token: Token) -> str:
    """The base form of a verb of a speech act, else the lemma the reader gave it."""
    return _forms().get(fold(token.low), token.lemma)


def is_act_form(token: Token) -> bool:
    """Whether a word is one of the forms that dictionaries miss («просимо»)."""
    return fold(token.low) in _forms()


def is_act(token: Token, language: str) -> bool:
    """Whether a verb does what it says: offers, asks, confirms ..."""
    return language in _table()["acts"] and fold(base_of(token)) in words("acts", language)


def asks(token: Token) -> bool:
    """Whether a verb asks the other side to act."""
    return fold(base_of(token)) in words("asking", "words")


def owner(word: str) -> Person | None:
    """Whose a possessive says a thing is."""
    low = fold(word)
    if low in words("possessive", "author"):
        return "author"
    return "reader" if low in words("possessive", "reader") else None


#: Endings of the present and future by person; the longest that fits decides.
_ENDINGS: dict[str, dict[Person, tuple[str, ...]]] = {
    "ru": {
        "author": ("ю", "у", "юсь", "усь", "ем", "им", "ём", "емся", "имся", "ёмся"),
        "reader": ("ете", "ите", "ёте", "етесь", "итесь", "ёшь", "ешь", "ишь", "ешься", "ишься"),
    },
    "uk": {
        "author": ("ю", "у", "юся", "уся", "емо", "имо", "їмо", "ємо", "емося", "имося", "ємося", "їмося"),
        "reader": ("ете", "ите", "єте", "їте", "етеся", "итеся", "єтеся", "еш", "иш", "єш", "їш"),
    },
    "be": {
        "author": ("ю", "у", "юся", "уся", "ем", "ім", "ым", "ём", "емся", "імся", "ымся"),
        "reader": ("еце", "яце", "аце", "ецеся", "еш", "іш", "ыш"),
    },
}


def verb_person(token: Token, language: str) -> Person | None:
    """First or second person by the ending of a verb in the present or future; None for any other form."""
    if token.pos != "V" or token.tense == "past" or token.passive:
        return None
    low = token.low
    for person, endings in _ENDINGS.get(language, {}).items():
        if low.endswith(endings) and len(low) > 2:
            return person
    return None
