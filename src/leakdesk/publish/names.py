"""Every form of a name that a mask must know, and the near forms that stop a pack because no mask knows them.

Two circles are drawn round a person's name. The inner one (`forms`) is masked: the name in any inflection, script and
romanisation, by the shared keys of `language.spelling`, with tender forms and initials. The outer one (`near`) is not
masked but noticed: a word with the same consonants in the same order, or one slip of the pen away. If one stands in
what is about to be published, a person has to look; the machine does not guess.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from leakdesk.language.canonical import plain_word
from leakdesk.language.concepts import LANGUAGES, concept_of_word
from leakdesk.language.gazetteer import find_place
from leakdesk.language.inflect import base_forms, is_common_word
from leakdesk.language.spelling import name_keys
from leakdesk.mentions.persons import given
from leakdesk.publish.inputs import CasePerson

_WORD = re.compile(r"[^\W\d_]+(?:['\u02bc\u2019][^\W\d_]+)*")
_VOWELS = str.maketrans("", "", "aeiouy")
#: Parts of names that are no name: titles and particles.
_NOT_NAMES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sir",
        "de",
        "da",
        "di",
        "von",
        "van",
        "der",
        "den",
        "la",
        "le",
        "al",
        "bin",
        "г",
        "гр",
        "тов",
        "пан",
        "пани",
        "спадар",
        "і",
        "и",
        "й",
        "та",
        "and",
        "the",
        "jr",
        "sr",
    ]
)
_DAMAGED = re.compile(r"[?\ufffd*#_]")
#: A near form needs so many consonants: shorter skeletons meet by chance in ordinary words.
_NEAR_CONSONANTS = 4
_NEAR_LETTERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """A word that belongs to somebody's name: code points [start, end), the persons it may be, the whole of the
    word."""

    start: int
    end: int
    people: frozenset[str]


def forms_of(name: str) -> frozenset[str]:
    """Keys of every form of one part of a name: inflected, in other scripts and spellings, and its tender forms."""
    keys = set(_keys(name))
    for tender in _tender_forms().get(_main(name), ()):
        keys.update(_keys(tender))
    return frozenset(keys)


class NameIndex:
    """The names of many people, looked up word by word."""

    def __init__(self, people: Iterable[CasePerson]) -> None:
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._parts: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._values: dict[str, str] = {}
        self._written: set[str] = set()
        for person in people:
            for part in sorted({part for name in person.names for part in name_parts(name)}):
                self._written.add(part.casefold())
                keys = forms_of(part)
                self._parts[person.entity].append(keys)
                for key in keys:
                    self._forms[key].add(person.entity)
                for key in _near_keys(part):
                    self._near[key].add(person.entity)
            for value in person.values:
                self._values[squeezed(value)] = person.entity

    def hits(self, text: str) -> Iterator[NameHit]:
        """Words of the text that are part of somebody's name in a known form."""
        for match in _WORD.finditer(text):
            word = match.group()
            # Somebody called Will is masked in "will" too; that "more" sounds like Marina is no reason.
            ordinary = is_ordinary(word) and word.casefold() not in self._written
            people = frozenset[str]() if ordinary else self.people_of(word)
            if people:
                yield NameHit(start=match.start(), end=match.end(), people=people)

    def people_of(self, word: str) -> frozenset[str]:
        """Who may be meant by one word."""
        found: set[str] = set()
        for key in _keys(word):
            found.update(self._forms.get(key, ()))
        return frozenset(found)

    def near(self, text: str) -> Iterator[NameHit]:
        """Words that are close to somebody's name without being a known form of it."""
        for match in _WORD.finditer(text):
            word = match.group()
            # A town that only sounds like somebody is a town; somebody named like it has a known form, and a mask.
            if is_ordinary(word) or self.people_of(word) or find_place(word) or _is_country(word):
                continue
            people = frozenset(person for key in _near_keys(word) for person in self._near.get(key, ()))
            if people:
                yield NameHit(start=match.start(), end=match.end(), people=people)


def _is_country(word: str) -> bool:
    """Whether a word is a country's name in some case («Кіпры»); a town only in cases that the gazetteer has."""
    found = (find_place(form.text) for form in base_forms(word))
    return any(place is not None and place[1][0].kind == "country" for place in found)


def name_parts(name: str) -> list[str]:
    """The words of a name that can be recognised alone: no initials, titles or particles. Of a name with damaged letters
    ("Gr??en") only pieces of three letters and more: shorter ones would meet half the dictionary."""
    shortest = 2 if not _DAMAGED.search(name) else 3
    return [
        word
        for word in _WORD.findall(plain_word_of(name))
        if len(word) >= shortest and word.casefold() not in _NOT_NAMES
    ]


def plain_word_of(text: str) -> str:
    """Text in plain form, word by word."""
    return " ".join(filter(None, (plain_word(word) for word in text.split())))


def squeezed(text: str) -> str:
    """A value without spaces, hyphens, brackets and case: how telephones and account numbers are compared."""
    return re.sub(r"[\W_]+", "", text).casefold()


@lru_cache(maxsize=1 << 16)
def _keys(word: str) -> tuple[str, ...]:
    word = plain_word(word)
    found = [key for key in name_keys(word[:1].upper() + word[1:].lower()) if key]
    return (*found, "=" + word.casefold().replace("ё", "е"))


def _main(word: str) -> str:
    return _keys(word)[0]


@lru_cache(maxsize=1 << 16)
def is_ordinary(word: str) -> bool:
    """A word of the language in small letters ("machine", «выполняет»), or a little word that opens a sentence ("It"): no name
    is written so, and masking it would tell readers nothing but hide the sentence."""
    if word in _ordinary_words("en", "ru", "uk", "be") or (word.lower() in _ordinary_words("capital")):
        return True
    if not word.islower() or given(word.capitalize()):
        return False  # «вера» and «надежда» are words, and women
    return is_common_word(word) or any(concept_of_word(word, language) for language in LANGUAGES)


@cache
def _ordinary_words(*lists: str) -> frozenset[str]:
    table = tomllib.loads(files("leakdesk.publish").joinpath("ordinary_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for name in lists for word in table[name].split())


@lru_cache(maxsize=1 << 16)
def _near_keys(word: str) -> tuple[str, ...]:
    """The consonants in order; and the letters with one left out, which meet in two words that differ by one slip."""
    sound = _main(word)
    keys: list[str] = []
    skeleton = re.sub(r"(.)\1+", r"\1", sound.translate(_VOWELS)).lstrip("v")
    if len(skeleton) >= _NEAR_CONSONANTS:
        keys.append("~" + skeleton)
    if len(sound) >= _NEAR_LETTERS and not sound.startswith("="):
        keys.append("-" + sound)
        keys.extend("-" + sound[:at] + sound[at + 1 :] for at in range(len(sound)))
    return tuple(dict.fromkeys(keys))


@cache
def _tender_forms() -> dict[str, tuple[str, ...]]:
    table = files("leakdesk.publish").joinpath("diminutives.tsv").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            name, _, tender = line.partition("\t")
            found[_main(name)] = tuple(tender.split())
    return found
