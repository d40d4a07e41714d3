"""What numbers written as words are worth (number_words.toml): the one table for every chapter that counts.

`spelled` reads numbers of several words: «двести сорок тысяч», "two hundred and forty", «полтора миллиона», «три с половиной
миллиона», "half a million".
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


@cache
def often() -> Mapping[str, float]:
    """Words (small letters) for how often something is done: "twice", «трижды»."""
    return _raw()["often"]


@cache
def portions() -> Mapping[str, float]:
    """Words (small letters) for a part of a whole: "half", «треть»."""
    return _raw()["portions"]


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
    group, start = _beginning(words, first)
    number = _Making(group=group)
    at = behind = start
    while at < len(words):
        part, length = _part_behind(words, at) if behind == at else (None, 0)
        if part is not None and number.add_part(part):
            behind = at = at + length
            continue
        if number.add(words[at]):
            behind = at + 1
        elif words[at] != "and" or behind != at or not number.goes_on():
            break
        at += 1
    if behind == start:
        return None
    return Spelled(
        first=first, behind=behind, value=number.value, is_compound=behind - first - (words[first] in ARTICLES) > 1
    )


def _beginning(words: Sequence[str], first: int) -> tuple[float | None, int]:
    """What is there of a number before its first word is read, and where that word stands: "a million" is one of them, «миллион»
    by itself as well, "half a million" half of one. Before anything else an article is no part of a number."""
    word, behind = words[first], words[first + 1 : first + 3]
    if word in ARTICLES and behind and _multiplies(behind[0]):
        return 1.0, first + 1
    if word in portions():
        skipped = int(bool(behind) and behind[0] in ("a", "of"))
        if skipped < len(behind) and behind[skipped] in scales():
            return float(portions()[word]), first + 1 + skipped
    if word in _raw()["ones"] and not (first and words[first - 1][:1].isdigit()):
        return 1.0, first
    return None, first


def _part_behind(words: Sequence[str], at: int) -> tuple[float | None, int]:
    """The part that words add to a number before them ("and a half"), and how many words say it."""
    for phrase, value in _raw()["behind"].items():
        length = phrase.count(" ") + 1
        if " ".join(words[at : at + length]) == phrase:
            return float(value), length
    return None, 0


ARTICLES = frozenset({"a", "an"})
HUNDRED, THOUSAND = 100.0, 1000.0


def _multiplies(word: str) -> bool:
    return word == "hundred" or word in scales()


@dataclass(slots=True, kw_only=True)
class _Making:
    """A number in the making: its thousands and millions, the hundreds and less behind them, and what must be greater than
    anything that still follows."""

    total: float = 0.0
    group: float | None = None
    room: float = float("inf")
    last_scale: float = float("inf")

    @property
    def value(self) -> float:
        return self.total + (self.group or 0.0)

    def add(self, word: str) -> bool:
        """Add what a word is worth; False, and nothing, where it does not go on with this number."""
        if self.group is not None and _multiplies(word):
            return self._multiply(word, self.group)
        value = _part(word)
        if value is None or value >= self.room or value >= self.last_scale:
            return False
        self.group, self.room = (self.group or 0.0) + value, _room(value)
        return True

    def add_part(self, part: float) -> bool:
        """Add a half or a quarter of what was last counted: of one ("three and a half"), or of a million behind it."""
        if self.group is not None:
            self.group, self.room = self.group + part, 0.0
        elif self.total:
            self.total, self.last_scale = self.total + part * self.last_scale, 0.0
        else:
            return False
        return True

    def _multiply(self, word: str, group: float) -> bool:
        if word == "hundred":
            if group >= 10:
                return False
            self.group, self.room = group * HUNDRED, HUNDRED
            return True
        scale = scales()[word]
        if scale >= self.last_scale:
            return False
        self.total += group * scale
        self.group, self.room, self.last_scale = None, float("inf"), scale
        return True

    def goes_on(self) -> bool:
        """Whether "and" may stand here: behind a hundred or a thousand."""
        if self.group is None:
            return self.total > 0 and self.last_scale == THOUSAND
        return self.group >= HUNDRED and self.group % HUNDRED == 0


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
