"""Labelled fields of letters: "payer: the school", «покупець Лелека О.», "The buyer is V. Busel".

A statement, an invoice or a list has no verb: the label is the deed and what stands behind it the doer. labels.toml holds the
labels.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from leakdesk.claims.keys import keys_of
from leakdesk.claims.passages import Window
from leakdesk.claims.quotes import meaning_words
from leakdesk.claims.views import converse
from leakdesk.claims.wanted import Wanted
from leakdesk.claims.wanted_slots import STANDS, WantedSlot, even
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD
from leakdesk.model.document import Language

#: The end of a field's value: no comma or full stop behind an initial.
_VALUE = re.compile(r"(?:(?<=\b\w)\.|[^,.;:\n()])+")
_NAMED = re.compile(r"[A-ZА-ЯЁЄІЇҐЎ«“\"]")


@dataclass(frozen=True, slots=True)
class Field:
    """A label's deeds, and whoever stands behind it."""

    deeds: frozenset[str]
    value: str
    keys: frozenset[str]


Doer = Literal["same", "other"]


def doer_of(wish: Wanted, window: Window) -> tuple[Doer, str] | None:
    """Whether a label of the claim's deed names the claim's doer or somebody else, and whom; None without such a label."""
    fields = [each for each in fields_of(window.text, window.language) if wish.predicate in each.deeds]
    doer = wish.object if _is_turned(wish) else wish.subject
    if doer is None or not fields:
        return None
    for each in fields:
        same = doer.share(each.keys, even) >= STANDS or doer.surname & each.keys
        if same or doer.name_in(each.keys) or _first_name(doer) & each.keys:
            return "same", each.value
    # "The authorities paid" may well be told by the name of a ministry.
    other = doer.named or doer.proper or not _NAMED.search(fields[0].value)
    return ("other", fields[0].value) if other else None


def _is_turned(wish: Wanted) -> bool:
    """Whether the claim's verb has the owner as its object ("belongs to")."""
    return wish.claim.predicate.lemma.casefold() in converse()["flips"].get(wish.language, ())


def _first_name(slot: WantedSlot) -> frozenset[str]:
    """A person whom a letter calls by the first name ("the owner is your son Kirill") is nobody else."""
    first, _, rest = slot.name.partition(" ")
    return frozenset(word_keys(first, name=True)) if rest else frozenset()


@lru_cache(maxsize=1 << 12)
def fields_of(text: str, language: Language) -> tuple[Field, ...]:
    """The labelled fields of a sentence, in order."""
    found: list[Field] = []
    for match in _labels().finditer(text):
        value = _VALUE.match(text, match.end())
        said = value[0].strip() if value else ""
        # Running text ("the owner came") has neither a colon nor a copula, nor a name right behind the word.
        marked = match["mark"].strip() or ":" in text[: match.start()] or _NAMED.match(said)
        keys = keys_of(said, language)  # none behind "paid by us": that is whoever writes
        before = [word.casefold() for word in WORD.findall(text[: match.start()])[-1:]]
        # "Contractor: Customer:": two columns that nobody has filled, and no name.
        unfilled = _parties().match(said) or _labels().match(said)
        if said and marked and keys and not unfilled and not meaning_words(before, language, ("negation",)):
            found.append(Field(_deeds(match["label"].casefold()), said, keys))
    return tuple(found)


@cache
def _parties() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern(_table()['parties'])})(?!\w)", re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.claims").joinpath("labels.toml").read_text("utf-8"))


def _pattern(words: list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(each.removesuffix("*")) + (r"\w*" if each.endswith("*") else "") for each in ordered)


@cache
def _labels() -> re.Pattern[str]:
    words = _pattern([word for row in _table()["label"] for word in row["words"]])
    return re.compile(rf"(?<!\w)(?P<label>{words})(?!\w)(?P<mark>\s*[:=–—-]\s|\s+(?:is|was)\s|\s+)", re.IGNORECASE)


@lru_cache(maxsize=1 << 10)
def _deeds(label: str) -> frozenset[str]:
    rows = (row for row in _table()["label"] if re.fullmatch(_pattern(row["words"]), label))
    return frozenset(each for row in rows for each in row["deeds"])
