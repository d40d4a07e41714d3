"""What a text says in plain sight of where it has things from, whoever reads its sentences: the name of another outlet beside a
word of telling, a list of references, "the newspaper" after an outlet was named, documents that a body made public.

It stands beside the attributions of a reading and finds what these miss; it looks for nothing but names of outlets among the
reports, and for words of `citing.toml` and `words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from leakdesk.lineage.marks import role_at
from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.words import SourceClass, classes, pattern, points_back
from leakdesk.model.anchor import Span
from leakdesk.model.document import SPEAKING_ROLES, Role

List = Literal["cites", "refers", "shows", "released", "own_copy"]
#: Roles of lines that belong to a picture, to the site or to a letter's head.
_BESIDE = frozenset({Role.CREDIT, Role.CAPTION, Role.BYLINE, Role.HEADER})
#: Code points between a word of showing and the word for documents, at most.
NEAR = 45
_WORDS = re.compile(r"[\w’'-]+")
_OWN = re.compile(r"(?:\bthis|\bour|\b(?:наш|эт|ц|гэт)\w*)\s+$", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:\[\d+\]|\d+[.)]|\*)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place where a text names another one as its source; `whole`: in a list of sources, for all that it tells. Where it
    names its own outlet, the node is its own: somebody told it to them."""

    node: str
    span: Span
    start: int
    end: int
    whole: bool = False
    back: bool = False

    def reason(self) -> str:
        """The sentence for the edge."""
        if self.back:
            return f"“{self.span.text}”: the outlet that was named before"
        return f"a list of sources names it: “{self.span.text}”" if self.whole else f"cited by name: “{self.span.text}”"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.lineage").joinpath("citing.toml").read_text("utf-8"))


@cache
def cues(which: List) -> re.Pattern[str]:
    """The words of one list."""
    return pattern(_table()[which]["stems"])


def examples() -> dict[str, tuple[str, str]]:
    """List -> its example and counter-example."""
    return {name: (row["example"], row["counter_example"]) for name, row in _table().items()}


def citations(report: ReportText, outlets: Outlets) -> tuple[Citation, ...]:
    """Every place where a text cites another report, or its own outlet, in order."""
    mentioned = list(outlets.mentioned(report))
    found = [
        cited for span, node in mentioned if not outlets.is_own(report, node) and (cited := _cited(report, span, node))
    ]
    own = [
        Citation(node=report.node_id, span=span, start=start, end=end)
        for span, node in mentioned
        if outlets.is_own(report, node)
        for start, end in (report.sentence_span(span),)
    ]
    return tuple(sorted((*found, *own, *_back(report, found)), key=lambda each: each.span.start))


def _cited(report: ReportText, span: Span, node: str) -> Citation | None:
    role = role_at(report.reading, span.start)
    start, end = report.sentence_span(span)
    before = report.reading.text[start : span.start]
    line = report.reading.text[report.reading.text.rfind("\n", 0, span.start) + 1 : span.start]
    listed = cues("refers").match(line.strip()) is not None or _NUMBERED.match(line) is not None
    if listed and role != Role.CREDIT:
        return Citation(node=node, span=span, start=start, end=end, whole=True)
    if role in _BESIDE or role == Role.BOILERPLATE:
        return None
    rest = before + " " + report.reading.text[span.end : end]
    return Citation(node=node, span=span, start=start, end=end) if cues("cites").search(rest) else None


def _back(report: ReportText, found: Sequence[Citation]) -> Iterator[Citation]:
    """ "The newspaper", beside a word of telling, in a sentence that names no outlet: the one that was named last."""
    text = report.reading.text
    named = [each for each in found if not each.whole]
    taken = {each.start for each in found}
    for match in _WORDS.finditer(text) if named else ():
        if not points_back(match[0]) or role_at(report.reading, match.start()) in (*_BESIDE, Role.BOILERPLATE):
            continue
        before = [each for each in named if each.span.end < match.start()]
        span = Span(start=match.start(), end=match.end(), text=match[0])
        start, end = report.sentence_span(span)
        own = _OWN.search(text[max(start, match.start() - 12) : match.start()])
        if before and start not in taken and not own and cues("cites").search(text[start:end]):
            taken.add(start)
            yield Citation(node=before[-1].node, span=span, start=start, end=end, back=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Documents beside a word of showing or of making public; `by`: the body that made them public."""

    kind: SourceClass
    span: Span
    start: int
    end: int
    by: Span | None = None


def shown(report: ReportText) -> tuple[Shown, ...]:
    """Documents that a text names in sentences in which the reading found no source at all."""
    told = {report.sentence_span(each.source) for each in report.reading.attributions if each.source}
    found: dict[int, Shown] = {}
    for kind in classes():
        if kind.kind != "documents":
            continue
        for match in kind.pattern.finditer(report.reading.text):
            end = _word_end(report.reading.text, match.end())
            span = Span(start=match.start(), end=end, text=report.reading.text[match.start() : end])
            place = report.sentence_span(span)
            role = role_at(report.reading, span.start)
            if place in told or place[0] in found or role not in (*SPEAKING_ROLES, None):
                continue
            if one := _shown(report, kind, span, place):
                found[place[0]] = one
    return tuple(found[start] for start in sorted(found))


def _word_end(text: str, at: int) -> int:
    while at < len(text) and (text[at].isalnum() or text[at] in "-’'"):
        at += 1
    return at


def _shown(report: ReportText, kind: SourceClass, span: Span, place: tuple[int, int]) -> Shown | None:
    text = report.reading.text
    named = [m for m in report.reading.mentions if m.start < span.end and span.start < m.end]
    if named:
        return None  # a word of somebody's name
    sentence = text[place[0] : place[1]]
    if cues("released").search(sentence):
        by = _releaser(report, place)
        return Shown(kind=kind, span=span, start=place[0], end=place[1], by=by) if by else None
    near = text[max(place[0], span.start - NEAR) : min(place[1], span.end + NEAR)]
    return Shown(kind=kind, span=span, start=place[0], end=place[1]) if cues("shows").search(near) else None


def _releaser(report: ReportText, place: tuple[int, int]) -> Span | None:
    """The last body that a sentence names."""
    bodies = [m for m in report.reading.mentions if m.type == "organization" and place[0] <= m.start < place[1]]
    return Span(start=bodies[-1].start, end=bodies[-1].end, text=bodies[-1].text) if bodies else None
