"""Forms of known words, made by rule: enough inflection to find a listed word in running text without a dictionary.

English, Ukrainian and Belarusian verbs are conjugated by their endings, with an exception table (irregular.tsv). Nouns
are matched by stem and ending. Russian has a dictionary (pymorphy3); these rules stand in where it is missing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_VOWELS_EN = "aeiou"
_VOWELS = "аеёиоуыэюяіїє"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("leakdesk.language") / "paradigms.toml").read_text(encoding="utf-8"))


@cache
def _verb_endings(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(infinitive ending, the tails that take its place), the first that fits counts."""
    return tuple((ending, tuple(tails.split())) for ending, tails in _table()["verbs"][language].items())


@lru_cache(maxsize=1)
def irregular() -> dict[str, dict[str, str]]:
    """language -> form -> lemma, from irregular.tsv."""
    table: dict[str, dict[str, str]] = {}
    for line in (files("leakdesk.language") / "irregular.tsv").read_text(encoding="utf-8").splitlines():
        language, base, forms = line.split("\t")
        entries = table.setdefault(language, {})
        for form in forms.split(","):
            entries.setdefault(form, base)
    return table


def english_forms(verb: str) -> set[str]:
    """Regular forms of an English verb or noun: "supply" -> supplies, supplied, supplying."""
    forms = {verb, verb + "s", verb + "ed", verb + "ing"}
    if verb.endswith("e"):
        forms |= {verb + "d", verb[:-1] + "ing"}
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(verb + "es")
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS_EN:
        forms |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    if (
        len(verb) > 2
        and verb[-1] not in "aeiouywx"
        and verb[-2] in _VOWELS_EN
        and verb[-3] not in _VOWELS_EN
        and len(verb) <= 5
    ):
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


def slavic_forms(verb: str, language: str) -> set[str]:
    """Finite forms, participles in -но and converbs of a regular Ukrainian, Belarusian or Russian verb."""
    suffix, tails = _table()["reflexive"][language]
    stem, reflexive = verb, False
    if verb.endswith(suffix):
        reflexive = True
        stem = verb[: -len(suffix)] + ("ць" if language == "be" else "")
    forms = {stem}
    for ending, tails_of in _verb_endings(language):
        if stem.endswith(ending):
            root = stem[: -len(ending)]
            forms |= {root + tail for tail in tails_of}
            forms |= _softened(root, ending, language) | _stressed(root, ending, language)
            break
    if not reflexive:
        return forms
    return {verb} | {_reflex(form, tail, language) for form in forms for tail in tails.split()}


@cache
def _changing(what: str, language: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Infinitive endings, what changes in a stem of theirs, and before which tails."""
    row = _table()[what].get(language)
    if row is None:
        return (), (), ()
    changes = (each.partition(">") for each in row["changes"].split())
    return tuple(row["endings"].split()), tuple((a, b) for a, _, b in changes), tuple(row["tails"].split())


def _softened(stem: str, ending: str, language: str) -> set[str]:
    endings, changes, tails = _changing("softening", language)
    if ending not in endings:
        return set()
    hard = next((each for each, _ in changes if stem.endswith(each)), None)
    return {stem[: -len(a)] + b + tail for a, b in changes if a == hard for tail in tails}


def _stressed(stem: str, ending: str, language: str) -> set[str]:
    """Forms whose last stem vowel bears the stress, where that is written otherwise."""
    endings, changes, tails = _changing("stressed", language)
    at = max((place for place, letter in enumerate(stem) if letter in _VOWELS), default=-1)
    if ending not in endings or at < 0:
        return set()
    return {stem[:at] + b + stem[at + 1 :] + tail for a, b in changes if a == stem[at] for tail in tails}


def _reflex(form: str, tail: str, language: str) -> str:
    if language == "be" and tail == "цца":
        return form[:-2] + "цца" if form.endswith("ць") else form + "цца"
    return form + tail


def noun_stem(noun: str, language: str) -> str:
    """A noun without its nominative ending: "компанія" -> "компані"."""
    return noun[:-1] if len(noun) > 3 and noun[-1] in _table()["final"].get(language, "") else noun


@cache
def _noun_endings(language: str) -> tuple[str, ...]:
    """The shortest first, the bare stem among them."""
    return tuple(sorted(("", *_table()["nouns"].get(language, "").split()), key=len))


def stems_of(form: str, language: str) -> Iterable[str]:
    """Possible stems of a noun form, longest stem first."""
    for ending in _noun_endings(language):
        if form.endswith(ending) and len(form) - len(ending) >= 2:
            yield form[: len(form) - len(ending)] if ending else form
