"""What a text betrays of where it was taken from, without saying so: errors, names after a detour, turns of phrase of another
language (`traces.toml`), and the order in which it tells its facts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from leakdesk.language.scripts import fold_homoglyphs, script_of
from leakdesk.language.spelling import relation
from leakdesk.language.words import UNHYPHENED
from leakdesk.lineage.texts import ReportText
from leakdesk.model.document import SPEAKING_ROLES, Language
from leakdesk.model.entity import NAMED_TYPES

_DOUBLED = re.compile(r"\b([^\W\d_]{2,}) \1 ([^\W\d_]+)", re.IGNORECASE)
#: Letters that the two words of a detour must share after the first one.
REST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a text and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Detour:
    """A first letter that only a way through Latin letters explains."""

    id: str
    native: str
    wrong: str
    latin: str
    example: tuple[str, str]
    counter_example: tuple[str, str]

    def explains(self, here: str, there: str) -> bool:
        """Whether `here` is `there` after the detour ("Харбуз", "Гарбуз"), endings apart."""
        a, b = here.casefold(), there.casefold()
        if not a.startswith(self.wrong) or not b.startswith(self.native):
            return False
        left, right = a[len(self.wrong) :], b[len(self.native) :]
        shared = min(len(left), len(right))
        if shared < REST or left[0] != right[0]:
            return False
        return left == right or relation("к" + left, "к" + right) == "inflection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """A sign of another language: in texts of `here`, come from one of `came_from`."""

    id: str
    here: frozenset[Language]
    came_from: frozenset[Language]
    pattern: re.Pattern[str]
    example: str
    counter_example: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.lineage").joinpath("traces.toml").read_text("utf-8"))


@cache
def detours() -> tuple[Detour, ...]:
    """The first letters of the table."""
    return tuple(
        Detour(**row | {"example": tuple(row["example"]), "counter_example": tuple(row["counter_example"])})
        for row in _table()["detour"]
    )


@cache
def residues() -> tuple[Residue, ...]:
    """The signs of the table."""
    return tuple(
        Residue(
            id=row["id"],
            here=frozenset(row["here"]),
            came_from=frozenset(row["from"]),
            pattern=re.compile(row["pattern"], re.IGNORECASE),
            example=row["example"],
            counter_example=row["counter_example"],
        )
        for row in _table()["residue"]
    )


def errors(report: ReportText) -> dict[str, Place]:
    """Mistakes that two writers hardly make alike: a letter of the other alphabet inside a word, a word written twice."""
    found: dict[str, Place] = {}
    for start, end in _spoken(report):
        text = report.reading.text[start:end]
        for word in UNHYPHENED.finditer(text):
            if script_of(word[0]) == "mixed" and fold_homoglyphs(word[0]) != word[0]:
                found.setdefault(f"letters {word[0]}", Place(word[0], start + word.start(), start + word.end()))
        for twice in _DOUBLED.finditer(text):
            if twice[1].casefold() not in _table()["doubled"]["may"]:
                place = Place(twice[0], start + twice.start(), start + twice.end())
                found.setdefault(f"twice {twice[0].casefold()}", place)
    return found


def residue(report: ReportText) -> Iterator[tuple[Residue, Place]]:
    """Signs of another language in a text, each rule once."""
    language = report.reading.languages[0] if report.reading.languages else "und"
    for rule in residues():
        if language not in rule.here:
            continue
        for start, end in _spoken(report):
            if match := rule.pattern.search(report.reading.text, start, end):
                yield rule, Place(match[0], match.start(), match.end())
                break


def name_words(report: ReportText) -> dict[str, Place]:
    """The words of all names in a text, each at its first place."""
    found: dict[str, Place] = {}
    for mention in report.reading.mentions:
        if mention.type not in NAMED_TYPES:
            continue
        for word in UNHYPHENED.finditer(mention.text):
            if len(word[0]) > REST and word[0][0].isupper():
                found.setdefault(word[0], Place(word[0], mention.start + word.start(), mention.start + word.end()))
    return found


def spellings(report: ReportText) -> Mapping[str, dict[str, Place]]:
    """Common id of each name's bearer -> the forms that this text writes, folded, each at its first place."""
    found: dict[str, dict[str, Place]] = {}
    for mention in report.reading.mentions:
        common = report.common(mention.entity)
        if common and mention.type in NAMED_TYPES:
            place = Place(mention.text, mention.start, mention.end)
            found.setdefault(common, {}).setdefault(mention.text.casefold(), place)
    return found


def facts(report: ReportText) -> dict[tuple[str, frozenset[str]], int]:
    """What a text tells, in its order: (deed, the named and the counted in it) -> where it is told first. Deeds without
    anybody or anything that another text could name alike are left out."""
    found: dict[tuple[str, frozenset[str]], int] = {}
    for claim in sorted(report.reading.claims, key=lambda each: each.quote.start):
        sides = (claim.subject, claim.object, *claim.others)
        known = {f"{report.common(side.entity)}" for side in sides if side and side.entity}
        known |= {f"{quantity.value:g} {quantity.unit}" for quantity in claim.quantities}
        if claim.predicate.class_ and known:
            found.setdefault((claim.predicate.class_, frozenset(known)), claim.quote.start)
    return found


def longest_rise(numbers: Sequence[int]) -> int:
    """How many of some numbers stand in rising order, at most."""
    best: list[int] = []
    for at, number in enumerate(numbers):
        best.append(1 + max((best[k] for k in range(at) if numbers[k] < number), default=0))
    return max(best, default=0)


def _spoken(report: ReportText) -> Iterator[tuple[int, int]]:
    yield from ((each.start, each.end) for each in report.reading.segments if each.role in SPEAKING_ROLES)
