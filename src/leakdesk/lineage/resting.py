"""What a single claim rests on: its own witness or hearsay where it has one, else the report as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leakdesk.lineage.graph import Graph
from leakdesk.lineage.marks import Mark
from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.sources import source_node
from leakdesk.lineage.speakers import Spoken
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.words import shows_own_witness
from leakdesk.model.claim import Claim
from leakdesk.model.derivation import Certainty, Node, RelationName

#: Code points around a claim in which the outlet says that it saw something itself.
BEFORE, AFTER = 160, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What has to be known to tell what a claim rests on: who may be cited, who speaks, which sentences point to an earlier
    text of the outlet."""

    outlets: Outlets
    spoken: Spoken
    pointers: Mapping[str, Sequence[tuple[Mark, str]]]


def claim_nodes(graph: Graph, report: ReportText, claim: Claim, known: Sourced) -> frozenset[str]:
    """The nodes that a claim rests on."""
    pointed = {node for mark, node in known.pointers.get(report.node_id, ()) if _in_its_sentence(report, claim, mark)}
    if pointed:
        return frozenset(pointed)
    by_id = {each.id: each for each in report.reading.attributions}
    own: set[str] = set()
    for identity in claim.attributions:
        attribution = by_id.get(identity)
        node = source_node(graph, report, attribution, known.outlets, known.spoken) if attribution else None
        if attribution and node and graph.kind(node) in ("witness", "unknown"):
            own.add(node)
            reason, said = "for single claims only", report.anchor(attribution.source)
            quoted: RelationName = "wasQuotedFrom" if graph.kind(node) == "witness" else "hadPrimarySource"
            graph.edge(report.node_id, node, quoted, Certainty.POSSIBLE, reason, said)
    if not own and _seen_by_the_outlet(report, claim):
        own.add(_own_visit(graph, report))
    if own and not _rests_on_nothing(graph, report, frozenset(own), known.spoken):
        return frozenset(own)
    return frozenset({report.node_id})


def _in_its_sentence(report: ReportText, claim: Claim, mark: Mark) -> bool:
    start, end = report.sentence_span(mark.span)
    return start <= claim.quote.start < end


def _rests_on_nothing(graph: Graph, report: ReportText, own: frozenset[str], spoken: Spoken) -> bool:
    """Whether a report has no stated source, and these witnesses are its own alone: then it is one source, however many
    people it spoke with."""
    stated = any(edge.certainty != Certainty.POSSIBLE for edge in graph.leaving(report.node_id))
    shared = any(edge.source != report.node_id for edge in graph.arriving(own))
    shared = shared or any(f"witness:{common}" in own for common in spoken.shared)
    unknown = any(graph.kind(node) == "unknown" for node in own)
    return not (stated or shared or unknown)


def _seen_by_the_outlet(report: ReportText, claim: Claim) -> bool:
    if claim.origin != "witness":
        return False
    quote = claim.quote
    return shows_own_witness(report.reading.text[max(0, quote.start - BEFORE) : quote.end + AFTER])


def _own_visit(graph: Graph, report: ReportText) -> str:
    return graph.node(
        Node(id=f"witness:{report.meta.name}:visit", kind="witness", name=f"{report.meta.name}, own visit")
    )
