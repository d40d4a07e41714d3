"""What a single claim rests on: the source that its own words name, else the report as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leakdesk.lineage.graph import Graph
from leakdesk.lineage.marks import Mark
from leakdesk.lineage.sources import PUBLISHING, Known, source_node
from leakdesk.lineage.speakers import SPEAKING, Spoken
from leakdesk.lineage.stated import publications
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.voices import Voice, voice
from leakdesk.lineage.words import is_hearsay, shows_own_witness
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution, Claim
from leakdesk.model.derivation import Certainty, Node, RelationName

#: Code points around a claim in which the outlet says that it saw something itself.
BEFORE, AFTER = 160, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """The nodes that a claim rests on, and who speaks for it where somebody does."""

    nodes: frozenset[str]
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What has to be known to tell what a claim rests on: whom sources stand for, who speaks outside the material, which
    sentences point to an earlier text of the outlet, and which reports have no known source at all."""

    known: Known
    spoken: Spoken
    pointers: Mapping[str, Sequence[tuple[Mark, str]]]
    groundless: frozenset[str] = frozenset()


def claim_nodes(report: ReportText, claim: Claim, sourced: Sourced) -> Resting:
    """The nodes that a claim rests on."""
    graph = sourced.known.graph
    pointed = {node for mark, node in sourced.pointers.get(report.node_id, ()) if _in_its_sentence(report, claim, mark)}
    if pointed:
        return Resting(nodes=frozenset(pointed))
    by_id = {each.id: each for each in report.reading.attributions}
    told = [by_id[each] for each in claim.attributions if each in by_id]
    speaking = tuple(v for each in told if each.type in SPEAKING and (v := voice(report, each)))
    own = _named(report, claim, told, sourced)
    if any(graph.kind(node) in PUBLISHING for node in own):
        # What others tell of documents and people is told at second hand.
        return Resting(nodes=frozenset(node for node in own if graph.kind(node) in PUBLISHING))
    if not own and _seen_by_the_outlet(report, claim):
        own[_own_visit(graph, report)] = None
    if own and not _rests_on_nothing(graph, report, frozenset(own), sourced.spoken):
        return Resting(nodes=frozenset(own), voices=speaking)
    if report.node_id in sourced.groundless and (people := _speakers(graph, report, told)):
        return Resting(nodes=people, voices=speaking)
    whole = _labels(graph, report)
    return Resting(nodes=whole or frozenset({report.node_id}), voices=speaking)


def _named(
    report: ReportText, claim: Claim, told: Sequence[Attribution], sourced: Sourced
) -> dict[str, Attribution | None]:
    """The nodes that a claim's own attributions and its own sentence name."""
    known, graph = sourced.known, sourced.known.graph
    found: dict[str, Attribution | None] = {}
    for attribution in told:
        node = source_node(known, report, attribution)
        if node is None or node == report.node_id:
            continue
        kind = graph.kind(node)
        if kind == "witness" and not _speaks_for_itself(node, sourced.spoken, known.spoken):
            continue
        if kind == "documents" and publications(known, report):
            continue
        found[node] = attribution
        if kind in ("witness", "unknown") or (kind == "documents" and (report.node_id, node) not in graph.edges):
            reason, said = "for single claims only", report.anchor(attribution.source)
            quoted: RelationName = "wasQuotedFrom" if kind == "witness" else "hadPrimarySource"
            graph.edge(report.node_id, node, quoted, Certainty.POSSIBLE, reason, said)
    at = report.sentence_span(Span(start=claim.quote.start, end=claim.quote.end, text=claim.quote.exact))
    for cited in known.others(report):
        if cited.start == at[0] and not cited.whole:
            found[cited.node] = None
    return found


def _speakers(graph: Graph, report: ReportText, told: Sequence[Attribution]) -> frozenset[str]:
    """Who speaks for a claim of a report that has all else from nobody known: they are no voices inside its material."""
    found: set[str] = set()
    for attribution in told:
        source = attribution.source
        if source is None or attribution.type not in SPEAKING or is_hearsay(source.text):
            continue
        common = report.common(attribution.resolved_source) or f"{report.meta.name}:{source.text.casefold()}"
        found.add(graph.node(Node(id=f"witness:{common}", kind="witness", name=source.text)))
    return frozenset(found)


def _speaks_for_itself(node: str, outside: Spoken, before: Spoken) -> bool:
    """Whether a witness is no voice inside the material that several reports rest on."""
    common = node.removeprefix("witness:")
    return common not in before.shared or outside.speaks(common)


def _labels(graph: Graph, report: ReportText) -> frozenset[str]:
    """Several sources that a label names for the whole text: each stands behind all of it."""
    whole = [
        edge.target
        for edge in graph.leaving(report.node_id)
        if edge.certainty == Certainty.STATED and edge.relation == "hadPrimarySource"
    ]
    return frozenset(whole) if len(whole) > 1 and all(graph.kind(node) in PUBLISHING for node in whole) else frozenset()


def _has_no_source(graph: Graph, report: ReportText) -> bool:
    return not any(edge.certainty != Certainty.POSSIBLE for edge in graph.leaving(report.node_id))


def _in_its_sentence(report: ReportText, claim: Claim, mark: Mark) -> bool:
    start, end = report.sentence_span(mark.span)
    return start <= claim.quote.start < end


def _rests_on_nothing(graph: Graph, report: ReportText, own: frozenset[str], spoken: Spoken) -> bool:
    """Whether a report has no stated source, and these witnesses are its own alone: then it is one source, however many
    people it spoke with."""
    stated = not _has_no_source(graph, report)
    shared = any(edge.source != report.node_id for edge in graph.arriving(own))
    shared = shared or any(f"witness:{common}" in own for common in spoken.shared)
    other = any(graph.kind(node) != "witness" for node in own)
    return not (stated or shared or other)


def _seen_by_the_outlet(report: ReportText, claim: Claim) -> bool:
    if claim.origin != "witness":
        return False
    quote = claim.quote
    return shows_own_witness(report.reading.text[max(0, quote.start - BEFORE) : quote.end + AFTER])


def _own_visit(graph: Graph, report: ReportText) -> str:
    return graph.node(
        Node(id=f"witness:{report.meta.name}:visit", kind="witness", name=f"{report.meta.name}, own visit")
    )
