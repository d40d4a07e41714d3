"""What a report says of its own making, outside who speaks in it: agency tags, translator's notes, pointers to an earlier
report, corrections and retractions (`marks.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from leakdesk.model.anchor import Span
from leakdesk.model.claim import Reading
from leakdesk.model.document import SPEAKING_ROLES, Language, Role

Kind = Literal["translation", "earlier", "correction"]
Correction = Literal["corrected", "withdrawn"]
#: How far from the start of the first paragraph an agency's tag may stand (code points): "LINDMOOR, 3 March (OSTEN) - ...".
LEAD = 90
_NAME = r"[^\W\d_a-zа-яёіїєґў][\w.&’'-]*(?:[ -][\w.&’'-]+){0,2}"
_TAG = re.compile(rf"[(/]\s*({_NAME})\s*[)/]")
_BEFORE_DASH = re.compile(rf"^[^.!?\n]{{2,{LEAD}}}?[(/]\s*({_NAME})\s*[)/]\s*[—–-]")
_BLANK = re.compile(r"[^\S\n]")
#: A line end inside a sentence.
_WRAPPED = re.compile(r"(?<![\n.!?:»”\"])\n(?!\n)")
_LAST = re.compile(r"(?:^|[.!?»”\"])\s*[(/]\s*([^\W\d_a-zа-яёіїєґў]{2,}(?:[ -][^\W\d_a-zа-яёіїєґў]{2,})?)\s*[)/]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the table. `kind` of a correction: was a claim put right, or the whole text taken back?"""

    id: str
    pattern: re.Pattern[str]
    example: str
    counter_example: str
    kind: Correction = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place that says so, with the rule that found it; `language`: what a text was translated from."""

    span: Span
    rule: str
    language: Language = "und"
    kind: Correction = "corrected"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.lineage").joinpath("marks.toml").read_text("utf-8"))


@cache
def rules(kind: Kind) -> tuple[Rule, ...]:
    """The rules of one kind."""
    return tuple(
        Rule(
            id=row["id"],
            pattern=re.compile(row["pattern"], re.IGNORECASE | re.MULTILINE),
            example=row["example"],
            counter_example=row["counter_example"],
            kind=row.get("kind", "corrected"),
        )
        for row in _table()[kind]
    )


def marks(reading: Reading, kind: Kind) -> tuple[Mark, ...]:
    """Every place of a text where a rule of one kind holds, in order. Boilerplate speaks of the site, not of the text."""
    sheet = _WRAPPED.sub(" ", _BLANK.sub(" ", reading.text))
    found: list[Mark] = []
    for rule in rules(kind):
        for match in rule.pattern.finditer(sheet):
            if role_at(reading, match.start()) == Role.BOILERPLATE and kind != "correction":
                continue
            named = match.groupdict().get("language")
            found.append(
                Mark(
                    span=Span(start=match.start(), end=match.end(), text=reading.text[match.start() : match.end()]),
                    rule=rule.id,
                    language=_language(named) if named else "und",
                    kind=rule.kind,
                )
            )
    return tuple(sorted(found, key=lambda mark: mark.span.start))


def _language(name: str) -> Language:
    names: dict[str, Language] = _table()["languages"]
    for start, code in names.items():
        if name.casefold().startswith(start):
            return code
    return "und"


def agency_tags(reading: Reading) -> tuple[Span, ...]:
    """Names in brackets where agencies put theirs: in the dateline, before the dash of the first paragraph, after the last
    word. Places and words such as "updated" are none."""
    return tuple(span for span in dict.fromkeys(_tags(reading)) if not _no_agency(reading, span))


def _tags(reading: Reading) -> Iterator[Span]:
    spoken = [each for each in reading.segments if each.role in SPEAKING_ROLES and each.role != Role.HEADLINE]
    body = [each for each in spoken if each.role == Role.BODY]
    for segment in reading.segments:
        if segment.role == Role.DATELINE:
            yield from (
                _span(match, segment.start) for match in _TAG.finditer(_text(reading, segment.start, segment.end))
            )
    for segment in spoken[:2]:
        if lead := _BEFORE_DASH.match(_text(reading, segment.start, segment.end)):
            yield _span(lead, segment.start)
    if body and (last := _LAST.search(_text(reading, body[-1].start, body[-1].end).rstrip())):
        yield _span(last, body[-1].start)


def _text(reading: Reading, start: int, end: int) -> str:
    return reading.text[start:end]


def _span(match: re.Match[str], offset: int) -> Span:
    return Span(start=offset + match.start(1), end=offset + match.end(1), text=match[1])


def _no_agency(reading: Reading, span: Span) -> bool:
    if span.text.casefold() in _table()["tag"]["not_tags"] or len(span.text) < 2:
        return True
    return any(
        mention.start < span.end and span.start < mention.end and mention.type in ("place", "date", "person")
        for mention in reading.mentions
    )


def role_at(reading: Reading, offset: int) -> Role | None:
    """The role of the segment around a place."""
    return next((segment.role for segment in reading.segments if segment.start <= offset < segment.end), None)
