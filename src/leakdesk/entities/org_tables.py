"""The tables of organisations' words, compiled once a process: what a word means, what translations exchange, legal forms.

`tables/org_words.tsv` and `tables/org_trades.tsv` hold concepts in four languages; `org_kin.tsv` which concepts translations
exchange; `org_phrases.tsv` which neighbours mean one thing; `org_acronyms.tsv` common abbreviations; `legal_forms.tsv` forms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from leakdesk.language.romanise import Sound, sounds
from leakdesk.language.scripts import script_of

#: The files of concepts; a word that stands in two rows means the first, and its meanings are kin.
WORD_TABLES = ("org_words.tsv", "org_trades.tsv")
#: Words of spelled-out legal forms that were not caught as a phrase, and the class they show.
LEGAL_WORDS = {"joint-stock~": "joint-stock", "limited~": "limited", "unitary~": "unitary"}
#: A romanised Slavic word (zavod, predpriyatie) is looked up by sound, against stems of at least so many sounds; stems that
#: another stem may follow (kino-studiya, auto-mobile) may be shorter.
SHORTEST_SOUND, SHORTEST_PREFIX_SOUND = 6, 4
#: Details that Latin letters do not tell apart.
PLAIN_DETAIL = str.maketrans("EhxwcY", "eggvtu")

Concepts = tuple[str, ...]


class Tables(NamedTuple):
    """Stem -> concepts and whether another stem may follow; the same by sound; acronyms; English words; kinds of bodies;
    concept -> its initials; concept -> concepts that translations exchange it for; phrases."""

    stems: dict[str, tuple[Concepts, bool]]
    by_sound: dict[str, tuple[tuple[str, Concepts, bool], ...]]
    acronyms: dict[str, Concepts]
    english: dict[str, Concepts]
    heads: frozenset[str]
    initials: dict[str, frozenset[str]]
    kin: dict[str, frozenset[str]]
    phrases: dict[Concepts, Concepts]


class _Words:
    """The rows of the word tables, gathered."""

    def __init__(self) -> None:
        self.stems: dict[str, tuple[Concepts, bool]] = {}
        self.english: dict[str, Concepts] = {}
        self.heads: set[str] = set()
        self.initials: dict[str, set[str]] = defaultdict(set)
        self.kin: dict[str, set[str]] = defaultdict(set)

    def add(self, line: str) -> None:
        """One row: concepts, then stems of three languages, then English words."""
        cells = line.split("\t")
        concepts = tuple(concept.rstrip("*") for concept in cells[0].split())
        self.heads |= {concept.rstrip("*") for concept in cells[0].split() if concept.endswith("*")}
        for stem in " ".join(cells[1:4]).split():
            bare = stem.rstrip("-").replace("ё", "е")
            known, prefix = self.stems.get(bare, (concepts, False))
            self._meanings(known, concepts)
            self.stems[bare] = (known, prefix or stem.endswith("-"))
            self._initial(concepts, bare)
        for form in cells[4].split() if len(cells) > 4 else ():
            self._meanings(self.english.setdefault(form, concepts), concepts)
            self._initial(concepts, form)

    def _initial(self, concepts: Concepts, form: str) -> None:
        if len(concepts) == 1:
            self.initials[concepts[0]].add(form[0])

    def _meanings(self, one: Concepts, other: Concepts) -> None:
        for a in set(one) - set(other):
            for b in set(other) - set(one):
                self.relate(a, b)

    def relate(self, a: str, b: str) -> None:
        """Note that translations may exchange two concepts."""
        self.kin[a].add(b)
        self.kin[b].add(a)


@cache
def tables() -> Tables:
    """All of it, compiled."""
    words = _Words()
    for name in WORD_TABLES:
        for line in lines(name)[1:]:
            words.add(line)
    for line in lines("org_kin.tsv")[1:]:
        concept, others = line.split("\t")
        for other in others.split():
            words.relate(concept, other)
    phrases: dict[Concepts, Concepts] = {}
    for line in lines("org_phrases.tsv")[1:]:
        phrase, meaning = line.split("\t")
        phrases[tuple(sorted(phrase.split()))] = tuple(meaning.split())
    acronyms: dict[str, Concepts] = {}
    for line in lines("org_acronyms.tsv")[1:]:
        meaning, short = line.split("\t")
        acronyms.update(dict.fromkeys(short.split(), tuple(meaning.split())))
    return Tables(
        stems=words.stems,
        by_sound=_by_sound(words.stems),
        acronyms=acronyms,
        english=words.english,
        heads=frozenset(words.heads),
        initials={key: frozenset(found) for key, found in words.initials.items()},
        kin={key: frozenset(found) for key, found in words.kin.items()},
        phrases=phrases,
    )


def _by_sound(stems: dict[str, tuple[Concepts, bool]]) -> dict[str, tuple[tuple[str, Concepts, bool], ...]]:
    found: dict[str, tuple[tuple[str, Concepts, bool], ...]] = {}
    for stem, (concepts, prefix) in sorted(stems.items()):
        heard = _without_last_vowel(sounds(stem)[0])
        if len(heard.key) >= SHORTEST_SOUND or (prefix and len(heard.key) >= SHORTEST_PREFIX_SOUND):
            row = (heard.detail.translate(PLAIN_DETAIL), concepts, prefix)
            found[heard.key] = (*found.get(heard.key, ()), row)
    return found


def _without_last_vowel(heard: Sound) -> Sound:
    """компани is heard in kompaniya without its и, which only softens the next vowel."""
    cut = len(heard.key) - (heard.key[-1:] in ("a", "i", "u") and len(heard.key) > SHORTEST_SOUND)
    return Sound(heard.key[:cut], heard.detail[:cut])


def lines(name: str) -> list[str]:
    """The rows of a table, its header first."""
    text = resources.files("leakdesk.entities").joinpath("tables", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def two_words() -> re.Pattern[str]:
    """English terms of several words that the table knows with hyphens: machine tool, power station."""
    terms = sorted(
        {form.replace("-", " ") for form in tables().english if "-" in form}, key=lambda each: (-len(each), each)
    )
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})(?=s?\b)", re.IGNORECASE)


# ---- legal forms


@cache
def _legal_forms() -> tuple[dict[str, frozenset[str]], re.Pattern[str]]:
    classes: dict[str, set[str]] = defaultdict(set)
    for line in lines("legal_forms.tsv")[1:]:
        name, forms = line.split("\t")
        for form in forms.split("|"):
            classes[form.lower().replace("ё", "е")].add(name)
    ordered = sorted(classes, key=lambda form: (-len(form), form))
    # Long forms of the spelled-out kind are inflected in texts: the last letters of each word are free.
    return {form: frozenset(names) for form, names in classes.items()}, re.compile(
        r"(?<![\w])(?:" + "|".join(_inflected(form) for form in ordered) + r")(?![\w])", re.IGNORECASE
    )


def _inflected(form: str) -> str:
    words = form.split(" ")
    if len(words) < 2 or script_of(form) != "Cyrillic":
        return re.escape(form)
    return r"\s+".join(re.escape(word[:-2]) + r"\w{0,5}" if len(word) > 5 else re.escape(word) for word in words)


def legal_classes(text: str) -> Iterator[str]:
    """The classes of the legal forms that a name (without ё) holds."""
    classes, pattern = _legal_forms()
    for found in pattern.finditer(text):
        lower = " ".join(found.group().lower().split())
        yield from classes.get(lower) or _class_of_inflected(lower, classes)


def without_legal(text: str) -> str:
    """A name (without ё) without its legal forms."""
    return _legal_forms()[1].sub(" ", text)


def _class_of_inflected(form: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    words = form.split(" ")
    for spelled, names in classes.items():
        parts = spelled.split(" ")
        if len(parts) == len(words) and all(a[:3] == b[:3] for a, b in zip(parts, words, strict=True)):
            return names
    return frozenset(("other",))
