"""The keys under which a name of a list is found, and those that a name of the case asks for.

A list may have a quarter of a million names, a case some thousands. So a listed name gets what is cheap: the sounds of its
words as they stand (lists write base forms), and for bodies the numbers, word concepts and acronyms besides. Who asks pays:
every reading of a surname, every base form. What shares a key is only a candidate; `entities.match` decides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from leakdesk.entities import organisations, people, things
from leakdesk.entities.given_names import families
from leakdesk.entities.org_acronyms import folded_letters, initial_sets
from leakdesk.language.romanise import sounds
from leakdesk.language.scripts import fold_homoglyphs, plain_text
from leakdesk.model.entity import NameKind

#: FollowTheMoney schema -> how its names are compared; schemata that may be people or bodies have both.
KINDS: dict[str, tuple[NameKind, ...]] = {
    "Person": ("person",),
    "Organization": ("organization",),
    "Company": ("organization",),
    "PublicBody": ("organization",),
    "LegalEntity": ("person", "organization"),
    "Vessel": ("equipment",),
    "Airplane": ("equipment",),
    "Vehicle": ("equipment",),
    "Asset": ("equipment",),
}
_WORD = re.compile(r"[^\W\d_]+")
#: Words of a name beyond this are not keyed (a paragraph in the wrong column).
MOST_WORDS = 12
#: Concepts that most bodies share ("plant", "company") find nobody alone: keys of two of them together do.
_PAIR = "+{}+{}"


def kinds_of(schema: str) -> tuple[NameKind, ...]:
    """How names of a schema are compared; an unknown schema may be anybody."""
    return KINDS.get(schema, ("person", "organization"))


def listed_keys(name: str, kind: NameKind) -> frozenset[str]:
    """Keys of a name on a list."""
    if kind == "person":
        words = _WORD.findall(plain_text(name))[:MOST_WORDS]
        return frozenset(key for word in words if len(word) > 1 for key in _heard(word))
    return body_keys(name, asked=False) if kind == "organization" else thing_keys(name)


def asked_keys(name: str, kind: NameKind) -> frozenset[str]:
    """Keys that a name of the case asks for; every reading and base form of a surname."""
    if kind == "person":
        person = people.parse(name)
        return person.surname_keys or person.keys
    return body_keys(name, asked=True) if kind == "organization" else thing_keys(name)


@lru_cache(maxsize=1 << 17)
def _heard(word: str) -> tuple[str, ...]:
    return tuple(reading.key for reading in sounds(fold_homoglyphs(word)) if reading.key)


#: Sounds that two bodies' own words must share to be worth comparing: as stems without endings, and as whole words.
LONG_STEM, LONG_OWN = 5, 4


def body_keys(name: str, *, asked: bool) -> frozenset[str]:
    """Own words by long stem and by whole sound, numbers with what is numbered, acronyms and what may make them, and pairs of
    word concepts where a body has no word of its own. An acronym asks for words and words for an acronym, never like for like."""
    body = organisations.parse(name)
    own = {stem for each in body.own for stem in each.stems if len(stem) >= LONG_STEM} | own_sounds(body)
    short, long = ("~", "*") if asked else ("*", "~")
    letters = {short + "".join(sorted(folded_letters(each.text))) for each in body.own if each.capitals}
    letters |= {f"^{each.text.upper()}" for each in body.own if each.capitals}
    letters |= {long + "".join(sorted(choice)) for choice in _spelled_out(body)}
    known = sorted(body.concepts)
    numbers = {f"#{number}+{concept}" for number in body.numbers for concept in known or [""]}
    pairs = {_PAIR.format(a, b) for at, a in enumerate(known) for b in known[at + 1 :]} if not body.own else set[str]()
    return frozenset(own | numbers | {each for each in letters if len(each) > 3} | pairs)


def own_sounds(body: organisations.Body) -> frozenset[str]:
    """The whole sounds of a body's own words; a short word counts only where it is the only one."""
    shortest = LONG_OWN if len(body.own) > 1 else 2
    return frozenset(f"={key}" for each in body.own for key in _heard(each.text) if len(key) >= shortest)


class GivenFilter:
    """Whether a listed name can have the given name that is asked for: by its words' sounds alone, before it is taken apart.

    A quarter of a million names hold hundreds of one surname; taking each apart costs a hundred times this look."""

    def __init__(self, name: str) -> None:
        person = people.parse(name)
        given = [each.given for each in person.readings if each.given is not None]
        self._any = not given or any(word.is_initial for word in given)
        self._keys = {key for word in given for key in (*word.keys, *_family_keys(word.families | word.short_for))}
        self._starts = {key[:SAME_START] for key in self._keys}

    def lets(self, listed: str) -> bool:
        """True where a word of the listed name sounds like the given name, begins like it, or is an initial."""
        if self._any:
            return True
        words = _WORD.findall(plain_text(listed))[:MOST_WORDS]
        if len(words) < 2:
            return True
        for word in words:
            heard = _heard(word)
            if len(word) == 1 or any(key in self._keys or key[:SAME_START] in self._starts for key in heard):
                return True
        return False


#: Sounds at the beginning that make a misspelt given name worth a look.
SAME_START = 3


@lru_cache(maxsize=1 << 12)
def _family_keys(numbers: frozenset[int]) -> frozenset[str]:
    """Every sound under which the given names of some families go."""
    tables = families()
    named = {key for key, found in tables.by_key.items() if found & numbers}
    return frozenset(named | {key for key, found in tables.short_keys.items() if found & numbers})


#: An acronym has one of so many spellings at most: each word may be named by several letters.
_MOST_ACRONYMS = 16


def _spelled_out(body: organisations.Body) -> list[str]:
    """The acronyms that a body's words may make, folded."""
    sets = initial_sets(body)
    if not 3 <= len(sets) <= 7:
        return []
    made = [""]
    for letters in sets:
        made = [each + folded_letters(letter) for each in made for letter in sorted(letters)[:2]]
        if len(made) > _MOST_ACRONYMS:
            return made[:_MOST_ACRONYMS]
    return made


def thing_keys(name: str) -> frozenset[str]:
    """A designation's type and full key, and the sounds of the words of a ship's name."""
    thing = things.parse(name)
    words = {key for word in _WORD.findall(name)[:MOST_WORDS] if len(word) > 3 for key in _heard(word)[:1]}
    return thing.keys | {f"@{thing.type}"} | words
