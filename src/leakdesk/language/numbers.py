"""What numbers written as words are worth (number_words.toml): the one table for every chapter that counts.

`spelled` reads numbers of several words: «двести сорок тысяч», "two hundred and forty", «полтора миллиона».
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """A number in words: the places of its first word and behind its last one, its value, and whether one word of it alone would
    have another value."""

    first: int
    behind: int
    value: float
    is_compound: bool


@cache
def cardinals() -> Mapping[str, int]:
    """Words (small letters) that are numbers wherever they stand."""
    return {word: int(value) for word, value in _raw()["cardinals"].items()}


@cache
def number_words() -> Mapping[str, float]:
    """Words (small letters) that are numbers beside a noun: cardinals, hundreds, what counts people together, and parts."""
    parts = ("cardinals", "counting", "hundreds", "wholes")
    return {word: float(value) for each in parts for word, value in _raw()[each].items()}


@cache
def scales() -> Mapping[str, float]:
    """Words (small letters, no full stop) that multiply the number before them."""
    return {word: float(value) for word, value in _raw()["scales"].items()}


def spelled(words: Sequence[str]) -> list[Spelled]:
    """The numbers among the words of a sentence, each as long as it goes; what multiplies needs a number (or "a") before it."""
    low = [word.casefold().replace("’", "'").replace("ʼ", "'").rstrip(".") for word in words]
    found: list[Spelled] = []
    at = 0
    while at < len(low):
        number = _number_at(low, at)
        found += [number] if number else []
        at = number.behind if number else at + 1
    return found


def _number_at(words: Sequence[str], first: int) -> Spelled | None:
    total, group, room, scale_room = 0.0, None, float("inf"), float("inf")
    at, behind = first, first
    while at < len(words):
        word = words[at]
        if word == "and" and behind == at and _goes_on(total, group, scale_room):
            at += 1
            continue
        if (scale := scales().get(word)) is not None and (group is not None or _is_article(words, first, at)):
            if scale >= scale_room:
                break
            total, group, room, scale_room = (
                total + (1.0 if group is None else group) * scale,
                None,
                float("inf"),
                scale,
            )
        elif (
            word == "hundred" and (group is None or group < 10) and (group is not None or _is_article(words, first, at))
        ):
            group, room = (1.0 if group is None else group) * HUNDRED, HUNDRED
        elif (value := _part(word)) is not None and value < room and value < scale_room:
            group, room = (group or 0.0) + value, _room(value)
        elif not (at == first and word in ARTICLES):
            break
        at += 1
        behind = at if not _is_article(words, first, at) else behind
    if group is None and not total:
        return None
    long = sum(word not in ARTICLES for word in words[first:behind]) > 1
    return Spelled(first=first, behind=behind, value=total + (group or 0.0), is_compound=long)


def _goes_on(total: float, group: float | None, last_scale: float) -> bool:
    """Whether "and" may stand inside a number: behind a hundred or a thousand."""
    if group is None:
        return total > 0 and last_scale == THOUSAND
    return group >= HUNDRED and group % HUNDRED == 0


#: "a million", "a hundred".
ARTICLES = frozenset({"a", "an"})
HUNDRED, THOUSAND = 100.0, 1000.0


def _is_article(words: Sequence[str], first: int, at: int) -> bool:
    return at == first + 1 and words[first] in ARTICLES


@cache
def _part(word: str) -> float | None:
    """What one word adds to a number: "forty", «двести», "twenty-five", «полтора», «полмиллиона»."""
    for each in ("cardinals", "hundreds", "halves", "wholes"):
        if word in _raw()[each] and word != "hundred":
            return float(_raw()[each][word])
    tens, hyphen, ones = word.partition("-")
    if hyphen and cardinals().get(tens, 0) >= 20 and 0 < cardinals().get(ones, 0) < 10:
        return float(cardinals()[tens] + cardinals()[ones])
    return None


def _room(value: float) -> float:
    """What may still follow is smaller than the last nought: behind "forty" comes less than ten, behind "fourteen" nothing."""
    if value % 100 == 0:
        return 100.0
    return 10.0 if value % 10 == 0 and value > 10 else 0.0


@cache
def _raw() -> dict[str, dict[str, float]]:
    return tomllib.loads((files("leakdesk.language") / "number_words.toml").read_text("utf-8"))
