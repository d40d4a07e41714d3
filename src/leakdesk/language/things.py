"""Nouns that reports and letters speak of, in four languages, and what is a kind of what.

concepts_things.tsv has the columns of concepts.tsv and, before the words, `is_a`: the wider concepts that the thing is a kind
of ("lorry" of vehicles, "mother" of relatives). A row without a kind adds words, or wider concepts, to a concept of another
table. As in concepts_wider.tsv only comparing and checking meet through these words; readers do not know them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from leakdesk.language.declension import cuts, english_plurals, stems_with_class, takes
from leakdesk.language.folding import fold

_COLUMNS = ("en", "ru", "uk", "be")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One line of the table. `kind` and `group` are "" where it adds to a concept of another table."""

    id: str
    kind: str
    group: str
    is_a: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def things() -> dict[str, Thing]:
    """All lines by concept id, in table order."""
    lines = (files("leakdesk.language") / "concepts_things.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table: dict[str, Thing] = {}
    for line in lines:
        name, kind, group, is_a, *columns = line.split("\t")
        words = {
            language: tuple(filter(None, column.split(","))) for language, column in zip(_COLUMNS, columns, strict=True)
        }
        wider = tuple(filter(None, is_a.split(",")))
        table[name] = Thing(id=name, kind=kind, group=group, is_a=wider, words=words)
    return table


@lru_cache(maxsize=1)
def _wider() -> dict[str, frozenset[str]]:
    """Concept -> everything that it is a kind of, near or far."""
    table = {each.id: each.is_a for each in things().values() if each.is_a}
    found: dict[str, frozenset[str]] = {}
    for name, near in table.items():
        reached: set[str] = set()
        waiting = list(near)
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += table.get(one, ())
        found[name] = frozenset(reached - {name})
    return found


def narrower(a: str, b: str) -> bool:
    """Whether concept `a` is a kind of concept `b`, near or far: narrower("mother", "relative"). Nothing is a kind of itself."""
    return b in _wider().get(a, ())


def wider_than(concept: str) -> frozenset[str]:
    """Every concept that this one is a kind of; () for one that the table does not place."""
    return _wider().get(concept, frozenset())


def things_of_word(word: str, bases: tuple[str, ...], language: str) -> frozenset[str]:
    """The concepts that a noun may tell, given as it is written: "HR" is no "hr". `bases` are its base forms where a
    dictionary gives them; then no rule guesses."""
    concepts = _concepts_of_listed(language)
    found = frozenset(each for listed in _listed(word, bases, language) for each in concepts.get(listed, ()))
    if found and word[:1].isupper() and not word.isupper():
        return frozenset(each for each in found if each not in things() or things()[each].group not in SURNAMES)
    return found


#: Groups whose words are surnames too, where they begin with a capital: «Вовк», «Голуб», "Onion".
SURNAMES = frozenset({"nature", "food"})


def things_of_phrases(words: Sequence[tuple[str, tuple[str, ...]]], language: str) -> Iterator[str]:
    """Concepts told in several words («выпіска з рахунку»), each word given as `things_of_word` takes it."""
    phrases = _phrases(language)
    listed = [_listed(word, bases, language) for word, bases in words]
    for at, here in enumerate(listed):
        for rest, concept in (each for first in here for each in phrases.get(first, ())):
            following = listed[at + 1 : at + 1 + len(rest)]
            if len(following) == len(rest) and all(a in b for a, b in zip(rest, following, strict=True)):
                yield concept


@lru_cache(maxsize=100_000)
def _listed(word: str, bases: tuple[str, ...], language: str) -> frozenset[str]:
    """The listed words that a form may be a form of."""
    exact, stems = _index(language)
    folded = _as_listed(word.casefold())
    found = {listed for each in (word, folded, *bases) for listed in exact.get(each, ())}
    if language == "en" or bases:
        return frozenset(found)
    for stem, ending in cuts(folded, language):
        found |= {listed for kind, listed in stems.get(stem, ()) if takes(kind, ending, language)}
    return frozenset(found)


@lru_cache(maxsize=4)
def _index(language: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[tuple[str, str], ...]]]:
    """Form -> listed words, and stem -> (class, listed word). Abbreviations have no other form."""
    exact: dict[str, dict[str, None]] = {}
    stems: dict[str, dict[tuple[str, str], None]] = {}
    for _, entry in _entries(language):
        for part in entry.split():
            listed = _as_listed(part)
            forms = english_plurals(listed) if language == "en" and " " not in entry else ()
            for form in (listed, *forms):
                exact.setdefault(form, {})[listed] = None
            if language != "en" and not part.isupper():
                for stem, kind in stems_with_class(listed, language):
                    stems.setdefault(stem, {})[kind, listed] = None
    return {form: tuple(found) for form, found in exact.items()}, {stem: tuple(found) for stem, found in stems.items()}


@lru_cache(maxsize=4)
def _concepts_of_listed(language: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, dict[str, None]] = {}
    for name, entry in _entries(language):
        if " " not in entry:
            table.setdefault(_as_listed(entry), {})[name] = None
    return {listed: tuple(found) for listed, found in table.items()}


@lru_cache(maxsize=4)
def _phrases(language: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for thing in things().values():
        for entry in thing.words[language]:
            first, *rest = map(_as_listed, entry.split())
            if rest:
                table.setdefault(first, []).append((tuple(rest), thing.id))
    return {first: tuple(found) for first, found in table.items()}


def _as_listed(word: str) -> str:
    """Folded, but for an abbreviation, which is met only in capitals; with у where Belarusian writes ў after a vowel."""
    folded = word if word.isupper() else fold(word)
    return "у" + folded[1:] if folded.startswith("ў") else folded


def _entries(language: str) -> Iterator[tuple[str, str]]:
    """(concept, word) of the table, and of the nouns of concepts.tsv where their forms are made by rule."""
    for thing in things().values():
        yield from ((thing.id, word) for word in thing.words[language])
    if language in ("uk", "be"):
        yield from _nouns_of_readers(language)


def _nouns_of_readers(language: str) -> Iterator[tuple[str, str]]:
    lines = (files("leakdesk.language") / "concepts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for name, kind, _, *columns in (line.split("\t") for line in lines):
        if kind in ("thing", "actor", "event"):
            words = columns[_COLUMNS.index(language)].split(",")
            yield from ((name, word) for word in words if len(word) >= LONG and " " not in word)


#: Shorter nouns of readers have forms that are other words: «стала» is no desk.
LONG = 6
