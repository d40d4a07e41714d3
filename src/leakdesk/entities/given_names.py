"""Given names in families (`tables/given_names.tsv`): Олег, Алег, Oleh and Aleh are one; and other tables of people's names.

Short forms belong to their family, patronymics are derived from it by rule, and an initial may stand for any of its forms.
"""

# ruff: noqa: E501 (tables and lists of words read best a row a line)
from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from leakdesk.language.romanise import Sound, sounds
from leakdesk.language.scripts import script_of

Gender = Literal["m", "f", "-"]


@cache
def titles() -> frozenset[str]:
    """Words that stand beside names and are no part of them."""
    return frozenset(table_lines("titles.txt"))


@cache
def common_surname_keys() -> frozenset[str]:
    """Sounds of frequent surnames."""
    words = (word for line in table_lines("common_surnames.txt") for word in line.split())
    return frozenset(reading.key for word in words for reading in sounds(word)[:1])


def table_lines(name: str) -> list[str]:
    text = resources.files("leakdesk.entities").joinpath("tables", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Families:
    """Given names by sound: key -> families; short forms; patronymic stems -> families; and per family what it shows."""

    by_key: dict[str, frozenset[int]]
    details: dict[tuple[str, int, bool], tuple[Sound, ...]]
    short_keys: dict[str, frozenset[int]]
    by_stem: dict[str, frozenset[int]]
    by_patronymic: dict[str, frozenset[int]]
    genders: tuple[Gender, ...]
    captions: tuple[str, ...]
    initials: tuple[frozenset[str], ...]


@cache
def families() -> Families:
    """The table of given names, compiled once a process (a few milliseconds)."""
    by_key: dict[str, set[int]] = {}
    details: dict[tuple[str, int, bool], tuple[Sound, ...]] = {}
    short: dict[str, set[int]] = {}
    stems: dict[str, set[int]] = {}
    irregular: dict[str, set[int]] = {}
    genders: list[Gender] = []
    captions: list[str] = []
    initials: list[frozenset[str]] = []
    for number, line in enumerate(table_lines("given_names.tsv")[1:]):
        gender, ru, be, uk, latin, shorts, patronymics = line.split("\t") + [""] * (6 - line.count("\t"))
        genders.append("m" if gender == "m" else "f")
        slavic, foreign = [*ru.split(), *be.split(), *uk.split()], latin.split()
        captions.append(slavic[0])
        first: set[str] = set()
        for form in (*slavic, *foreign):
            first |= initial_classes(form)
            for reading in sounds(form)[:2]:
                by_key.setdefault(reading.key, set()).add(number)
                place = (reading.key, number, form in slavic)
                details[place] = (*details.get(place, ()), reading)
                if form in slavic:
                    stems.setdefault(bare_key(reading.key), set()).add(number)
        initials.append(frozenset(first))
        for form in shorts.split():
            heard = sounds(form)[0]
            short.setdefault(heard.key, set()).add(number)
            place = (heard.key, number, script_of(form) == "Cyrillic")
            details[place] = (*details.get(place, ()), heard)
        for form in patronymics.split():
            irregular.setdefault(sounds(form)[0].key, set()).add(number)
    return Families(
        {key: frozenset(found) for key, found in by_key.items()},
        details,
        {key: frozenset(found) for key, found in short.items()},
        {key: frozenset(n for n in found if genders[n] == "m") for key, found in stems.items()},
        {key: frozenset(found) for key, found in irregular.items()},
        tuple(genders),
        tuple(captions),
        tuple(initials),
    )


def bare_key(key: str) -> str:
    return key.rstrip("ai") or key


_LATIN_INITIALS: dict[str, str] = {
    "A": "aa ay ao", "B": "bb", "C": "cc tc kk xx", "D": "dd", "E": "ae aE", "F": "ff", "G": "gg gh", "H": "gg gh gx", "I": "ii ay uY ae",
    "J": "ii ay uY ae aE jj", "K": "kk gx", "L": "ll", "M": "mm", "N": "nn", "O": "ao", "P": "pp", "Q": "kk", "R": "rr", "S": "ss xx",
    "T": "tt tc", "U": "uu vw", "V": "vv", "W": "vv vw", "X": "kk gx", "Y": "ii ay uY ae aE", "Z": "zz jj dd",
}  # fmt: skip


@lru_cache(maxsize=1 << 15)
def initial_classes(text: str) -> frozenset[str]:
    """The sounds a word or an initial may begin with, as key and detail letters: О -> {"ao"}."""
    if len(text) == 1 and script_of(text) == "Latin":
        return frozenset(_LATIN_INITIALS.get(text.upper(), "").split())
    found = {reading.key[0] + reading.detail[0] for reading in sounds(text)}
    found = {"uu" if each == "vw" and text[:1].lower() in "уu" else each for each in found}
    if text[:1].lower() in "гh" or "gh" in found:
        found |= {"gg", "gh"}
    if text[:1].lower() in "йy":
        found |= {"ii"}
    return frozenset(found)
