"""Who has to do with a thing: what claims say of aircraft, engines and machines and of those who use, overhaul or make them.

A tie rests on one claim: its quote names the thing and somebody, and a rule of `tables/ties.toml` knows the words between. It
says that the letters say so. What is denied or only asked makes no tie; what is planned or possible says that it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from leakdesk.model.anchor import Anchor, anchor_at
from leakdesk.model.claim import Modality
from leakdesk.model.entity import Mention

#: What is only asked, or assumed in passing, says nothing of anybody.
TOLD: frozenset[Modality] = frozenset(
    {"asserted", "alleged", "inferred", "planned", "possible", "intended", "predicted"}
)
#: The one meant stands no further behind the words than this (code points).
NEAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim as far as a tie needs it: its quote's place [start, end) in a text, and its subject where that is a body."""

    id: str
    document: str
    start: int
    end: int
    sentence: str
    modality: Modality
    denied: bool
    subject: str = ""
    subject_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """`holder` (an entity of the case) stands in a relation to `thing` (another), as a claim says; `says` is for people."""

    thing: str
    relation: str
    says: str
    holder: str
    name: str
    claim: str
    sentence: str
    modality: Modality
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    id: str
    says: str
    after: re.Pattern[str] | None
    before: re.Pattern[str]


@cache
def tie_table() -> tuple[Mapping[str, str], ...]:
    """The rows of ties.toml as they stand."""
    text = resources.files("leakdesk.screening").joinpath("tables", "ties.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["ties"])


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            id=row["id"],
            says=row["says"],
            after=_words(row["after"]),
            before=_words(row["before"]) or re.compile(r"(?!)"),
        )
        for row in tie_table()
    )


def _words(words: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) if words else None


def ties_of(said: Said, text: str, text_sha256: str, mentions: Sequence[Mention]) -> list[Tie]:
    """The ties that one claim tells. `mentions`: those of its document; things and bodies without an entity are left out."""
    if said.denied or said.modality not in TOLD:
        return []
    inside = [each for each in mentions if said.start <= each.start and each.end <= said.end and each.entity]
    things = [each for each in inside if each.type == "equipment"]
    bodies = [each for each in inside if each.type == "organization"]
    if not things:
        return []
    anchor = anchor_at(text, said.start, said.end, document=said.document, text_sha256=text_sha256)
    found: dict[tuple[str, str, str], Tie] = {}
    for rule, holder, name in _holders(said, text, bodies):
        for thing in things:
            key = (thing.entity or "", rule.id, holder)
            found[key] = Tie(
                thing=key[0], relation=rule.id, says=rule.says, holder=holder, name=name, claim=said.id,
                sentence=said.sentence, modality=said.modality, anchor=anchor,
            )  # fmt: skip
    return list(found.values())


def _holders(said: Said, text: str, bodies: Sequence[Mention]) -> Iterator[tuple[_Rule, str, str]]:
    """(rule, entity, name) of everybody meant by the words of a rule in the claim's quote."""
    behind: set[str] = set()
    for rule in _rules():
        for match in rule.after.finditer(text, said.start, said.end) if rule.after else ():
            one = min(
                (each for each in bodies if 0 <= each.start - match.end() <= NEAR),
                key=lambda each: each.start,
                default=None,
            )
            if one is not None and one.entity:
                behind.add(one.entity)
                yield rule, one.entity, one.text
    for rule in _rules():
        match = rule.before.search(text, said.start, said.end)
        if match is None:
            continue
        one = max(
            (each for each in bodies if each.end <= match.start() and each.entity not in behind),
            key=lambda each: each.end,
            default=None,
        )
        if one is not None and one.entity:
            yield rule, one.entity, one.text
        elif said.subject and said.subject not in behind:
            yield rule, said.subject, said.subject_name
