"""Sentences with places to fill: names, numbers, dates and made-up numbers of papers.

    {dir.full.g}          the director, full name, genitive, in the language of the letter
    {^town.adj@be}        first letter capital; language said
    {d:2023-05-11.day}    a date, written as that language writes it
    {n:2380000}           a number, thousands apart; {n:14.word} in letters (English)
    {n:3*760+40}          figures that add up in every telling; {n:14-9} too
    {x:17/AR-44}          a number of a paper, a telephone: only its digits are invented

A telling with a seed moves every date by the same number of weeks, and every number, so that the story still adds up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import prod
from random import Random

from leakdesk.demo.cast import CASES, Cast, dice_for
from leakdesk.demo.sources import calendar_words

_PLACE = re.compile(r"\{(?P<capital>\^?)(?P<kind>[dnx]:)?(?P<what>[^{}@]+)(?:@(?P<language>[a-z]+))?\}")
_YEAR_MARK = {"ru": " года", "be": " года", "uk": " року", "en": ""}


@dataclass(frozen=True, slots=True)
class Use:
    """One filled place that named somebody or something: which slot, how, in which language."""

    slot: str
    text: str
    language: str


@dataclass(slots=True)
class Wording:
    """Fills places for one cast; `uses` remembers which spellings were really written."""

    cast: Cast
    uses: list[Use] = field(default_factory=list[Use])

    def fill(self, text: str, language: str) -> str:
        """The text with every place filled; a place nobody knows raises KeyError."""
        return _PLACE.sub(lambda place: self._one(place, language), text)

    def _one(self, place: re.Match[str], language: str) -> str:
        spoken = place["language"] or language
        makers: dict[str | None, Callable[[str, str], str]] = {
            "d:": self._date,
            "n:": self._number,
            "x:": lambda what, _language: self.scramble(what),
            None: self._name,
        }
        text = makers[place["kind"]](place["what"], spoken)
        return text[0].upper() + text[1:] if place["capital"] else text

    def _name(self, what: str, language: str) -> str:
        slot, *rest = what.split(".")
        case = rest.pop() if rest and rest[-1] in tuple(CASES) else "n"
        text = self.cast.form(slot, language, rest[0] if rest else "", case)
        self.uses.append(Use(slot, text, language))
        return text

    def _date(self, what: str, language: str) -> str:
        iso, _, style = what.partition(".")
        padded = iso + {4: "-07-01", 7: "-15", 10: ""}[len(iso)]
        return _date_text(self.shift(datetime.fromisoformat(padded)).date(), style, language[:2])

    def _number(self, what: str, language: str) -> str:
        digits, _, style = what.partition(".")
        terms = digits.replace("-", "+-").split("+")
        value = sum(self._product(term) for term in terms)
        if style == "word":
            return calendar_words("counting", "en")[value]
        if style == "mln":
            text = f"{value / 1_000_000:.2f}".rstrip("0").rstrip(".")
            return text if language.startswith("en") else text.replace(".", ",")
        return f"{value:,}" if language.startswith("en") else f"{value:,}".replace(",", " ")

    def _product(self, term: str) -> int:
        sign = -1 if term.startswith("-") else 1
        return sign * prod(self.scale(int(factor)) for factor in term.removeprefix("-").split("*"))

    def shift(self, moment: datetime) -> datetime:
        """The moment in this telling: whole weeks away, near a whole number of years, so weekday and season hold."""
        if self.cast.seed is None:
            return moment
        years = dice_for("years", self.cast.seed).choice((-9, -8, -7, -6, -5, -4, 3, 4, 5))
        return moment + timedelta(weeks=round(years * 365.2425 / 7))

    def scale(self, value: int) -> int:
        """The number in this telling; larger stays larger, and small counts keep their grammar."""
        if self.cast.seed is None:
            return value
        dice = dice_for("numbers", self.cast.seed)
        step, factor = dice.choice((-3, -2, -1, 1, 2, 3, 4)), dice.choice((0.55, 0.65, 0.7, 0.8, 1.2, 1.3, 1.4))
        if value < 5:
            return max(1, value - 1)
        if value <= 20:
            return value + step
        zeros = len(str(value)) - len(str(value).rstrip("0"))
        unit = 10**zeros
        return round(value * factor / unit) * unit

    def scramble(self, text: str) -> str:
        """A number of a paper or a telephone in this telling: other digits, same look, country code kept."""
        if self.cast.seed is None:
            return text
        head = re.match(r"\+\d+ ", text)
        kept = head.group() if head else ""
        dice = dice_for("digits", self.cast.seed)
        swap = dict(zip("0123456789", _deranged(dice), strict=True))
        return kept + "".join(swap.get(char, char) for char in text[len(kept) :])


def _deranged(dice: Random) -> str:
    """The ten digits in an order where none stands at its own place."""
    turn = dice.randrange(1, 10)
    return "".join(str((digit + turn) % 10) for digit in range(10))


def _date_text(day: date, style: str, language: str) -> str:
    long_months = calendar_words("of_month", language)[day.month - 1]
    mark = _YEAR_MARK[language]
    styles: dict[str, Callable[[], str]] = {
        "": lambda: f"{day.day} {long_months} {day.year}{mark}",
        "day": lambda: f"{day.day} {long_months}",
        "short": lambda: f"{day.day:02}.{day.month:02}.{day.year}",
        "iso": day.isoformat,
        "isomonth": lambda: f"{day.year}-{day.month:02}",
        "year": lambda: str(day.year),
        "yy": lambda: f"{day.year % 100:02}",
        "month": lambda: _month(day, "month", language),
        "ofmonth": lambda: f"{long_months} {day.year}{mark}",
        "inmonth": lambda: _month(day, "in_month", language) + mark,
        "bareinmonth": lambda: _month(day, "in_month", language).rpartition(" ")[0],
    }
    return styles[style]()


def _month(day: date, kind: str, language: str) -> str:
    return f"{calendar_words(kind, language)[day.month - 1]} {day.year}"
