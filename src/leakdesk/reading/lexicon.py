"""The words that introduce what somebody says, per language: read from lexicons/*.toml, looked up by form or base form."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from leakdesk.language.concepts import concept_of, concepts, fold, lemmas
from leakdesk.language.paradigms import english_forms, irregular, noun_stem, slavic_forms, stems_of

#: Classes whose words take a clause as content ("say that"); the others need a frame of their own.
CLAUSAL = ("say", "admit", "show", "learn", "think", "deny", "promise")
LANGUAGES = ("en", "ru", "uk", "be")


Phrases = dict[str, tuple[tuple[str, ...], ...]]
"""First word -> phrases that start with it, longest first."""


#: Shortest stem that may stand for its noun.
_STEM = 4


@lru_cache(maxsize=16)
def _stems(members: frozenset[str], language: str) -> frozenset[str]:
    return frozenset(stem for each in members if len(stem := noun_stem(each, language)) >= _STEM)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's cue words: `classes` maps a base form to its classes, `forms` a form to base forms."""

    language: str
    classes: dict[str, frozenset[str]]
    frames: dict[str, frozenset[str]]
    factive: frozenset[str]
    forms: dict[str, tuple[str, ...]]
    idioms: Phrases
    according: Phrases
    document: frozenset[str]
    saying: frozenset[str]
    people: frozenset[str]
    hearsay: Phrases
    doubt: tuple[tuple[str, ...], ...]
    connective: tuple[tuple[str, ...], ...]
    modality: dict[str, frozenset[str]]
    light: dict[str, dict[str, str]]
    examples: dict[str, str]
    closed: dict[str, frozenset[str]] = field(default_factory=lambda: {})

    def bases(self, word: str) -> tuple[str, ...]:
        """Base forms of a word, cue words of this lexicon first."""
        return _bases(self.language, word)

    def classes_of(self, word: str, base: str = "") -> frozenset[str]:
        """Cue classes of a word form (and of the base form a parser gave it); empty when it introduces nothing."""
        return _classes(self.language, word, base)

    def look_up(self, word: str, base: str) -> frozenset[str]:
        """`classes_of` without its memory."""
        found: set[str] = set()
        for each in (fold(base), fold(word), *map(fold, self.bases(word))):
            found |= self.classes.get(each, frozenset())
        if not found and self.language != "en":
            for each in self.forms.get(_active(fold(word)), ()):
                found |= self.classes.get(each, frozenset()) & {"say", "think", "show", "learn"}
        return frozenset(found)

    def speaks(self, word: str, base: str = "") -> bool:
        """Whether a noun names a person or a body that can speak."""
        return self.is_people(word, base) or any(
            concept is not None and concepts()[concept].kind == "actor"
            for concept in (
                concept_of(each, self.language, verbal=False) for each in (base, word, *self.bases(word)) if each
            )
        )

    def _among(self, members: frozenset[str], word: str, base: str) -> bool:
        if any(fold(each) in members for each in (word, base, *self.bases(word)) if each):
            return True
        if self.language == "en":
            return False
        stems = _stems(members, self.language)
        return any(stem in stems for stem in stems_of(fold(word), self.language) if len(stem) >= _STEM)

    def is_document(self, word: str, base: str = "") -> bool:
        """Whether a noun names something written: its "saying" is evidence."""
        return self._among(self.document, word, base)

    def is_people(self, word: str, base: str = "") -> bool:
        """Whether a noun names someone who can speak."""
        return self._among(self.people, word, base)

    def is_saying(self, word: str, base: str = "") -> bool:
        """Whether a noun holds a saying: "the claim that", "an accusation"."""
        return any(fold(each) in self.saying for each in (word, base, *self.bases(word)) if each)

    def has_modality(self, kind: str, word: str, base: str = "") -> bool:
        """Whether a verb or adjective is of a modality class (planned, intended, possible, asked, phase, negative)."""
        members = self.modality.get(kind, frozenset())
        return any(fold(each) in members for each in (base, word, *self.bases(word)) if each)


@lru_cache(maxsize=50_000)
def _bases(language: str, word: str) -> tuple[str, ...]:
    own = lexicon(language).forms.get(fold(word), ())
    return tuple(dict.fromkeys((*own, *lemmas(word, language))))


@lru_cache(maxsize=50_000)
def _classes(language: str, word: str, base: str) -> frozenset[str]:
    return lexicon(language).look_up(word, base)


#: Endings of reflexive verbs that may have no subject.
_IMPERSONAL = (
    "ється",
    "еться",
    "иться",
    "ється",
    "ится",
    "ется",
    "ецца",
    "іцца",
    "ыцца",
    "лось",
    "лося",
    "ося",
    "ться",
)


def _active(form: str) -> str:
    """An impersonal reflexive form without its ending: "мяркуецца" -> "мяркуе"; «розраховувався» is another verb."""
    if not form.endswith(_IMPERSONAL):
        return form
    for ending in ("цца", "ться", "ся", "сь"):
        if form.endswith(ending) and len(form) > len(ending) + 3:
            return form[: -len(ending)] + ("ть" if ending == "ться" else "")
    return form


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; English for any other."""
    name = language if language in LANGUAGES else "en"
    raw: dict[str, Any] = tomllib.loads((files("leakdesk.reading") / "lexicons" / f"{name}.toml").read_text("utf-8"))
    classes: dict[str, set[str]] = {}
    frames: dict[str, frozenset[str]] = {}
    factive: set[str] = set()
    for kind, entry in raw["cue"].items():
        frames[kind] = frozenset(entry["frames"])
        for word in entry["lemmas"]:
            classes.setdefault(fold(word), set()).add(kind)
            if entry.get("factive"):
                factive.add(fold(word))
    nouns = {key: frozenset(fold(word) for word in words) for key, words in raw["nouns"].items()}
    return Lexicon(
        language=name,
        classes={word: frozenset(kinds) for word, kinds in classes.items()},
        frames=frames,
        factive=frozenset(factive),
        forms=_forms(name, list(classes) + [fold(each) for words in raw["modality"].values() for each in words]),
        idioms=_by_first(_phrases(raw["idioms"]["phrases"])),
        according=_by_first(_phrases(raw["prepositions"]["according"])),
        document=nouns["document"],
        saying=nouns["saying"],
        people=nouns["people"],
        hearsay=_by_first(_phrases(raw["hedge"]["hearsay"])),
        doubt=_phrases(raw["hedge"]["doubt"]),
        connective=_phrases(raw["hedge"]["connective"]),
        modality={key: frozenset(fold(word) for word in words) for key, words in raw["modality"].items()},
        light={
            fold(verb): {fold(noun): meant for noun, meant in nouns_.items()} for verb, nouns_ in raw["light"].items()
        },
        examples=raw["examples"],
        closed={key: frozenset(fold(word) for word in words) for key, words in raw["closed"].items()},
    )


def _phrases(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases as word tuples, longest first, so that "according to" is tried before "according"."""
    return tuple(sorted({tuple(fold(phrase).split()) for phrase in phrases}, key=lambda each: (-len(each), each)))


def _by_first(phrases: tuple[tuple[str, ...], ...]) -> Phrases:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(each) for first, each in table.items()}


def _forms(language: str, words: list[str]) -> dict[str, tuple[str, ...]]:
    """form -> base forms, for the verbs of the lexicon."""
    table: dict[str, list[str]] = {}
    exceptions = irregular().get(language, {})
    inverse: dict[str, list[str]] = {}
    for form, base in exceptions.items():
        inverse.setdefault(base, []).append(form)
    for word in dict.fromkeys(words):
        if " " in word:
            continue
        made = english_forms(word) if language == "en" else slavic_forms(word, language)
        for form in {*made, *inverse.get(word, ())}:
            table.setdefault(fold(form), []).append(word)
    return {form: tuple(bases) for form, bases in table.items()}
