"""Are these two names the same? Same, possible or different, with the sentences that led there.

`compare(left, right, kind)` is the whole of it; `match_pairs` and `match_all` do it for lists. Each kind of name has its
own comparison: people by roles (agreement, omission and contradiction kept apart), organisations by words of four
languages, places by the gazetteer, equipment by designation. Whatever comes in, an answer comes out: what cannot be
compared is "different", and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args

from leakdesk.entities import (
    candidates,
    compare_organisations,
    compare_people,
    compare_places,
    compare_things,
    org_reasons,
    organisations,
    people,
    people_reasons,
    places,
    things,
)
from leakdesk.errors import UsageError
from leakdesk.language.scripts import look_alike, plain_text, repair_layout, script_of
from leakdesk.model.entity import Match, NameKind, Verdict

KINDS: tuple[NameKind, ...] = get_args(NameKind)

#: Names longer than this are refused comparison: nobody is called that.
LONGEST = 1000


class NotPairs(UsageError):
    """This is no list of pairs. Each line needs two names separated by a tab, and may have a kind as third column."""


def compare(left: str, right: str, kind: NameKind | None = None, *, defined: bool = False) -> Match:
    """Compare two names. `kind` None is guessed from the look of both; `defined`: the text says one abbreviates the other."""
    for text in (left, right):
        if not any(char.isalnum() for char in text):
            return Match(
                left=left, right=right, verdict="different", score=0.0, reasons=("nothing to compare: a name is empty",)
            )
        if len(text) > LONGEST:
            return Match(
                left=left,
                right=right,
                verdict="different",
                score=0.0,
                reasons=(f"nothing to compare: longer than {LONGEST} characters",),
            )
    kind = kind or guess_kind(left, right)
    found = _JUDGES[kind](left, right, defined)
    if found.verdict == "different" and kind in ("person", "organization"):
        found = _repaired(left, right, kind) or found
    return Match(left=left, right=right, verdict=found.verdict, score=round(found.score, 3), reasons=found.reasons)


class Found(NamedTuple):
    """Verdict, score and sentences of one comparison."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


def verdict_of(
    left: str, right: str, kind: NameKind, *, frequent: frozenset[str] = frozenset()
) -> tuple[Verdict, float]:
    """Verdict and score without sentences: the fast way, for all pairs of a list. `frequent`: surnames frequent in the case."""
    if kind == "person":
        judged = compare_people.judge(people.parse(left), people.parse(right), quick=True, frequent=frequent)
        return judged.verdict, judged.score
    if kind == "organization":
        found = compare_organisations.judge(organisations.parse(left), organisations.parse(right))
        return found.verdict, found.score
    verdict, score, _ = _JUDGES[kind](left, right, False)
    return verdict, score


def _people(left: str, right: str, defined: bool) -> Found:
    a, b = people.parse(left), people.parse(right)
    judged = compare_people.judge(a, b)
    return Found(judged.verdict, judged.score, people_reasons.reasons(a, b, judged))


def _organisations(left: str, right: str, defined: bool) -> Found:
    a, b = organisations.parse(left), organisations.parse(right)
    judged = compare_organisations.judge(a, b, defined=defined)
    return Found(judged.verdict, judged.score, org_reasons.reasons(a, b, judged))


def _places(left: str, right: str, defined: bool) -> Found:
    return Found(*compare_places.judge(places.parse(left), places.parse(right)))


def _things(left: str, right: str, defined: bool) -> Found:
    return Found(*compare_things.judge(things.parse(left), things.parse(right)))


_JUDGES = {"person": _people, "organization": _organisations, "place": _places, "equipment": _things}


def _repaired(left: str, right: str, kind: NameKind) -> Found | None:
    """The same once more with a side typed on the wrong keyboard layout, or wholly in look-alike letters."""
    for text, other, order in ((left, right, 1), (right, left, -1)):
        for repaired, how in _repairs(text):
            found = _JUDGES[kind](*((repaired, other) if order == 1 else (other, repaired)), False)
            if found.verdict == "same":
                return Found("possible", min(found.score, 0.7), (f"{how}: {text} reads {repaired}", *found.reasons))
    return None


#: Endings that a name typed on the wrong layout shows once it is put right; anything else is chance.
_LOOKS_LIKE_A_NAME = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ова|ева|ина|ський|ский|ская|ська|скі|енко|энка|анка|ич|іч|ук|юк|ко|оў|аў|еў|ан|ик|ік)$",
    re.IGNORECASE,
)


def _repairs(text: str) -> Iterator[tuple[str, str]]:
    words = plain_text(text).split()
    if not words or len(words) > 4:
        return
    looks = [look_alike(each) for each in words]
    if all(looks):
        yield " ".join(each for each in looks if each), "look-alike letters of the other script"
    if script_of(text) != "Latin":
        return
    columns = [repair_layout(each) for each in words]
    if all(columns):
        for option in range(min(len(each) for each in columns)):
            fixed = [each[option] for each in columns]
            if any(_LOOKS_LIKE_A_NAME.search(each) for each in fixed):
                yield " ".join(fixed), "typed on the wrong keyboard layout"


# ---- kinds

_DESIGNATION = re.compile(r"^[^\W\d_]{1,6}[\s-]?\d+[^\W_]*(?:[\s-]?[^\W_]{1,4})*$")


def guess_kind(left: str, right: str) -> NameKind:
    """What two names are names of, by their look: a designation, an organisation's words or forms, a person, a place."""
    kinds = [_kind_of(each) for each in (left, right)]
    for kind in ("equipment", "organization", "place", "person"):
        if kind in kinds:
            return kind
    return "person"


def _kind_of(text: str) -> NameKind | None:
    plain = plain_text(text)
    if _DESIGNATION.match(plain) or (
        plain.casefold() and things.parse(plain).rows and any(char.isdigit() for char in plain)
    ):
        return "equipment"
    body = organisations.parse(plain)
    if (
        body.legal
        or body.numbers
        or body.heads
        or '"' in plain
        or any(each.capitals for each in body.own if len(plain.split()) == 1)
    ):
        return "organization"
    person = people.parse(plain)
    if person.readings and person.readings[0].given is not None and person.readings[0].given.families:
        return "person"
    if places.country_of(plain) or places.parse(plain).level:
        return "place"
    if len(person.words) == 1 and not re.search(
        r"(?:ов|ев|ёв|ин|оў|аў|ко|ou|ov|ev|in|ко|ich|ич|іч)а?$", plain, re.IGNORECASE
    ):
        return "place" if places.is_place(plain, smallest=5000) else None
    return None


# ---- lists


class Pair(NamedTuple):
    """One line of a list of all pairs: the two names, their 1-based lines, verdict and score."""

    left: str
    right: str
    left_line: int
    right_line: int
    verdict: Verdict
    score: float


def match_pairs(lines: Iterable[str]) -> Iterator[Match]:
    """Compare line by line: `left<TAB>right[<TAB>kind]`, in input order. A first line "left<TAB>right..." is a header.

    Raises NotPairs at a line without a tab or with an unknown kind, naming the line.
    """
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if number == 1:
            line = line.removeprefix("﻿")
        if not line.strip():
            continue
        cells = line.split("\t")
        if number == 1 and [cell.strip().lower() for cell in cells[:2]] == ["left", "right"]:
            continue
        if len(cells) not in (2, 3):
            raise NotPairs(f"line {number} has {len(cells)} column{'s' if len(cells) != 1 else ''}")
        kind = cells[2].strip().lower() if len(cells) == 3 else ""
        yield compare(cells[0], cells[1], as_kind(kind, f"line {number}") if kind else None)


def as_kind(text: str, where: str = "") -> NameKind:
    """A kind by its name; "organisation" is understood too. Raises NotPairs for any other word."""
    wanted = {"organisation": "organization", "org": "organization"}.get(text, text)
    for kind in KINDS:
        if kind == wanted:
            return kind
    raise NotPairs(f"{where + ': ' if where else ''}unknown kind", try_=f"Use one of: {', '.join(KINDS)}.")


def is_usable(name: str) -> bool:
    """Whether a line of a list is compared at all: it has a letter or digit and is not over-long."""
    return 0 < len(name) <= LONGEST and any(char.isalnum() for char in name)


def match_all(names: Iterable[str], kind: NameKind | None = None) -> Iterator[Pair]:
    """Every pair of a list (one name a line) that is same or possible, in order of the lines. Lines that are not
    `is_usable` are left out."""
    texts = [name.rstrip("\r\n") for name in names]
    usable = [number for number, text in enumerate(texts) if is_usable(text)]
    if kind is None:
        kind = _kind_of_list([texts[number] for number in usable])
    distinct: dict[str, list[int]] = {}
    for number in usable:
        distinct.setdefault(texts[number], []).append(number)
    keys = list(distinct)
    found: list[Pair] = []
    for text, numbers in distinct.items():
        found += [
            Pair(text, text, a + 1, b + 1, "same", 1.0) for at, a in enumerate(numbers) for b in numbers[at + 1 :]
        ]
    for left, right in candidates.pairs(keys, kind):
        verdict, score = verdict_of(keys[left], keys[right], kind)
        if verdict == "different":
            continue
        for a in distinct[keys[left]]:
            for b in distinct[keys[right]]:
                first, second = min(a, b), max(a, b)
                found.append(Pair(texts[first], texts[second], first + 1, second + 1, verdict, round(score, 3)))
    return iter(sorted(found, key=lambda pair: (pair.left_line, pair.right_line)))


def _kind_of_list(texts: list[str]) -> NameKind:
    sample = [_kind_of(text) for text in texts[:200]]
    return max(KINDS, key=lambda kind: (sample.count(kind), kind == "person"))
