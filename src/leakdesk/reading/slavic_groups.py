"""What Slavic verbs of saying govern, as data (slavic_groups.toml): groups of verbs with the constructions of their contents."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from leakdesk.language.concepts import fold
from leakdesk.language.paradigms import slavic_forms
from leakdesk.reading.sentence import Token

LANGUAGES = ("ru", "uk", "be")


@dataclass(frozen=True, slots=True)
class Group:
    """Verbs (or, with `words`, forms of predicates) that share their constructions; fields as in slavic_groups.toml."""

    id: str
    cue_class: str
    type: str
    frames: tuple[str, ...]
    negated: bool
    nobody: bool
    restored: bool
    written: bool
    any: bool
    paper: bool
    words: bool
    things: frozenset[str]
    members: dict[str, tuple[str, ...]]
    language: str
    example: str
    expect: tuple[str, str, str]
    counter: str


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """The groups of slavic_groups.toml, in order."""
    raw: list[dict[str, Any]] = tomllib.loads((files("leakdesk.reading") / "slavic_groups.toml").read_text("utf-8"))[
        "group"
    ]
    return tuple(
        Group(
            id=each["id"],
            cue_class=each["class"],
            type=each.get("type", "indirect"),
            frames=tuple(each["frames"]),
            negated=each.get("negated", False),
            nobody=each.get("nobody", False),
            restored=each.get("restored", False),
            written=each.get("written", False),
            any=each.get("any", False),
            paper=each.get("type", "indirect") != "speech_act" and each["class"] != "think",
            words=each.get("words", False),
            things=frozenset(fold(word) for word in each.get("things", ())),
            members={language: tuple(each[language]) for language in LANGUAGES},
            language=each["language"],
            example=each["example"],
            expect=tuple(each["expect"]),
            counter=each["counter"],
        )
        for each in raw
    )


@lru_cache(maxsize=64)
def listed(name: str) -> frozenset[str]:
    """A word list of slavic_groups.toml."""
    raw = tomllib.loads((files("leakdesk.reading") / "slavic_groups.toml").read_text("utf-8"))["words"]
    return frozenset(raw[name])


@lru_cache(maxsize=8)
def _table(language: str) -> dict[str, tuple[Group, ...]]:
    """Form or base form -> groups."""
    table: dict[str, list[Group]] = {}
    for group in groups():
        for member in group.members[language]:
            forms = {member} if group.words else {member, *slavic_forms(member, language)}
            for form in forms:
                rows = table.setdefault(fold(form), [])
                if not any(group is each for each in rows):
                    rows.append(group)
    return {form: tuple(rows) for form, rows in table.items()}


def plain(word: str) -> str:
    """A word folded, Belarusian «ў» at its start as «у»."""
    return fold("у" + word[1:] if word.startswith("ў") else word)


def groups_of(token: Token, language: str) -> tuple[Group, ...]:
    """Groups that a word may belong to, by its form or its base form, in the order of the file."""
    if language not in LANGUAGES:
        return ()
    table = _table(language)
    found = (*table.get(plain(token.low), ()), *table.get(plain(token.lemma), ()))
    return tuple(group for group in groups() if any(group is each for each in found)) if len(found) > 1 else found
