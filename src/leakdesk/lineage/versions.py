"""Texts of one outlet that follow each other: revisions, corrections, and reports that point to an earlier one ("as we
reported").

A revision rests on the version before it. Where it names sources of its own as well, the earlier version is no root beside
them: one outlet that says a thing twice is not two. A pointer holds for the claims of its own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leakdesk.language.reuse import containment, shingles
from leakdesk.lineage.graph import Graph
from leakdesk.lineage.marked import page
from leakdesk.lineage.marks import Mark, marks
from leakdesk.lineage.order import order, ranks
from leakdesk.lineage.outlets import fold
from leakdesk.lineage.texts import ReportText
from leakdesk.model.derivation import Certainty, RelationName

#: Share of the shorter text's word runs that stand in the other: from here on two texts may be versions of one.
VERSION = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """`revised`: (later, earlier) report and the notices that say so; `pointers`: report -> places that point to an earlier
    one, and that one's node."""

    revised: Mapping[tuple[str, str], tuple[Mark, ...]]
    pointers: Mapping[str, tuple[tuple[Mark, str], ...]]


#: Where no text follows another.
NO_VERSIONS = Versions(revised={}, pointers={})


def versions(graph: Graph, reports: Sequence[ReportText]) -> Versions:
    """Add the edges between texts of one outlet."""
    rank = ranks([report.meta for report in reports])
    rows = _rows(reports, rank)
    revised: dict[tuple[str, str], tuple[Mark, ...]] = {}
    pointers: dict[str, tuple[tuple[Mark, str], ...]] = {}
    for later, report in enumerate(reports):
        earlier = [reports[at] for at in rows.get(later, ())]
        notices = marks(report.reading, "correction")
        if notices:
            earlier += [r for r in _unsigned(reports, later, rank) if r not in earlier]
        if version := _version_before(report, earlier, noticed=bool(notices)):
            revised[report.node_id, version.node_id] = notices
            _revision(graph, report, version, notices)
        elif found := marks(report.reading, "earlier"):
            pointers[report.node_id] = tuple(_pointed(graph, report, found, earlier))
    return Versions(revised=revised, pointers=pointers)


def _rows(reports: Sequence[ReportText], rank: Sequence[int]) -> dict[int, list[int]]:
    """For each text of an outlet, those that the outlet published before, the latest first."""
    by_outlet: dict[str, list[int]] = {}
    for number, report in enumerate(reports):
        if key := outlet_of(report):
            by_outlet.setdefault(key, []).append(number)
    found: dict[int, list[int]] = {}
    for numbers in by_outlet.values():
        row = sorted(numbers, key=rank.__getitem__)
        for at, number in enumerate(row):
            found[number] = row[:at][::-1]
    return found


def outlet_of(report: ReportText) -> str:
    """What tells an outlet: its name, else the host of its address."""
    return fold(report.meta.outlet or "") or page(report.meta.url or "").split("/")[0]


def _unsigned(reports: Sequence[ReportText], later: int, rank: Sequence[int]) -> Iterator[ReportText]:
    """Where an outlet is not known, texts that may be versions of one that says that it was put right."""
    own = outlet_of(reports[later])
    for number, report in enumerate(reports):
        if (
            rank[number] < rank[later]
            and not (own and outlet_of(report))
            and order(report.meta, reports[later].meta) <= 0
        ):
            yield report


def _version_before(report: ReportText, earlier: Sequence[ReportText], *, noticed: bool) -> ReportText | None:
    """The version that a text revises: at the same address, or most of all in the same words."""
    own = page(report.meta.url or "")
    at_one = next((each for each in earlier if own and page(each.meta.url or "") == own), None)
    if at_one is not None or not earlier:
        return at_one
    words = shingles(report.reading.text)
    alike = {each.node_id: _alike(words, shingles(each.reading.text)) for each in earlier}
    best = max(earlier, key=lambda each: alike[each.node_id])
    if alike[best.node_id] >= VERSION:
        return best
    # A correction may stand alone, without the text that it puts right: then it is the last one about the same people.
    same = [each for each in earlier if outlet_of(each) and outlet_of(each) == outlet_of(report)]
    return next((each for each in same if _named(each) & _named(report)), None) if noticed else None


def _alike(a: frozenset[int], b: frozenset[int]) -> float:
    return max(containment(a, b), containment(b, a))


def _named(report: ReportText) -> frozenset[str]:
    return frozenset(filter(None, (report.common(mention.entity) for mention in report.reading.mentions)))


def _revision(graph: Graph, report: ReportText, version: ReportText, notices: Sequence[Mark]) -> None:
    relation: RelationName = "wasRevisionOf"
    for notice in notices:
        reason = f"it says that it puts an earlier text right: “{notice.span.text}”"
        anchor = report.anchor(notice.span)
        graph.edge(report.node_id, version.node_id, relation, Certainty.STATED, reason, anchor)
    if not notices:
        own, known = page(report.meta.url or ""), page(version.meta.url or "")
        same = "the same address" if own and own == known else "a later text of one outlet in much the same words"
        graph.edge(report.node_id, version.node_id, relation, Certainty.INFERRED, same)


def _pointed(
    graph: Graph, report: ReportText, found: Sequence[Mark], earlier: Sequence[ReportText]
) -> Iterator[tuple[Mark, str]]:
    """ "As we reported": the latest earlier text of the outlet about the same people."""
    target = next((each for each in earlier if _named(each) & _named(report)), None)
    if target is None:
        return
    alone = not any(edge.certainty == Certainty.STATED for edge in graph.leaving(report.node_id))
    certainty = Certainty.STATED if alone else Certainty.POSSIBLE
    for mark in found:
        reason = f"it points to an earlier report of its own: “{mark.span.text}”"
        if not alone:
            reason += " (for the claims of that sentence only)"
        graph.edge(report.node_id, target.node_id, "wasDerivedFrom", certainty, reason, report.anchor(mark.span))
        yield mark, target.node_id
