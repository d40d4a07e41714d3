"""Small invented situations of reports and their sources: read from data, told by the program, and held against what is right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from leakdesk.lineage.corroborate import Corroboration, corroborate
from leakdesk.lineage.derive import Derived
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import SourceText
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.work.together import Together

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Reports by name, words of one claim in each, and what is right."""

    id: str
    reports: Mapping[str, Mapping[str, str]]
    claims: Mapping[str, str]
    count: tuple[int, int]
    edges: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@cache
def situations(which: str) -> tuple[Situation, ...]:
    """The situations of one file: `open` or `kept`."""
    rows = tomllib.loads((DATA / f"situations_{which}.toml").read_text("utf-8"))["situation"]
    return tuple(_situation(row) for row in rows)


def _situation(row: dict[str, Any]) -> Situation:
    least, most = row["count"]
    return Situation(
        id=row["id"],
        reports={name: row[name] for name in "ABCD" if name in row},
        claims=row["claims"],
        count=(least, most),
        edges=tuple(row.get("edges", ())),
        never=tuple(row.get("never", ())),
    )


@cache
def read(text: str) -> Reading:
    """A report read as text; each text once."""
    return read_text(TextLayer(text=text, extractor="situation"), as_="report")


def together(one: Situation) -> Together:
    """The reports of a situation, held together."""
    return Together.of(
        [
            (read(each["text"]), SourceText(name=name, outlet=each.get("outlet"), published=each.get("published")))
            for name, each in one.reports.items()
        ]
    )


def told(one: Situation, derived: Derived) -> Corroboration:
    """How many sources stand behind the claim of a situation."""
    return corroborate(derived, list(_claims(one)))


def _claims(one: Situation) -> Iterator[tuple[str, str]]:
    for name, words in one.claims.items():
        text = one.reports[name]["text"]
        start = text.index(words)
        found = [
            claim.id
            for claim in read(text).claims
            if claim.quote.start < start + len(words) and start < claim.quote.end
        ]
        assert found, f"{one.id}: nothing was read at “{words}”"
        yield from ((name, claim) for claim in found)


def faults(one: Situation) -> list[str]:
    """What the program tells wrongly; empty where all is right. A count that must be exact may still have room above."""
    derived = together(one).derived
    found = told(one, derived)
    least, most = one.count
    wrong: list[str] = []
    if found.at_least != least or most not in (least, found.at_most):
        wrong.append(f"{found.at_least} to {found.at_most} for {least} to {most}")
    drawn = {f"{_name(e.source)} > {_name(e.target)} {e.certainty}" for e in derived.lineage.edges}
    wrong += [f"no {edge}" for edge in one.edges if edge not in drawn]
    wrong += [f"a {edge}" for edge in drawn for no in one.never if edge.startswith(f"{no} ")]
    return wrong


def _name(node: str) -> str:
    return node.removeprefix("report:")
