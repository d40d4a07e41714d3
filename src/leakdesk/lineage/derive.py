"""Who had it from whom: the graph of reports, publications, documents and witnesses behind some texts.

Edges come in three certainties. *Stated*: the text says so (a source label, "made public by", "citing", a link). *Inferred*:
the texts show it (long aligned word runs). *Possible*: it could be (time order with weak reuse, or reuse that a common source
explains as well). A possible edge is never promoted.

Documents that only their publisher has seen form one chain with the publisher: report → publication → documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from leakdesk.lineage.citing import citations, shown
from leakdesk.lineage.graph import Graph
from leakdesk.lineage.marked import marked
from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.pictures import picture_edges
from leakdesk.lineage.reach import Reach, roots_of
from leakdesk.lineage.resting import Resting, Sourced, claim_nodes
from leakdesk.lineage.reuse_edges import reuse_edges
from leakdesk.lineage.sets import Sets
from leakdesk.lineage.sources import Known
from leakdesk.lineage.speakers import speakers
from leakdesk.lineage.stated import chain_documents, hearsay_leads, stated
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.ties import Ties
from leakdesk.lineage.trace_edges import trace_edges
from leakdesk.lineage.versions import NO_VERSIONS, Versions, versions
from leakdesk.lineage.voices import Voice
from leakdesk.model.derivation import Lineage, Node, NodeKind

__all__ = ["Derived", "ReportText", "derive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """The graph, and for each claim (report name, claim id) the nodes that it rests on; `headlines`: claims of headlines and
    standfirsts, which name no source of their own; `versions`: which texts revise or point to earlier ones of their outlet;
    `reach` and `kinds`: the graph again, for walking; `voices`: who speaks for a claim, where somebody does; `sets`: which sets
    of documents may be one; `quoted`: (report, witness) for the people that a report lets speak for some of its claims."""

    lineage: Lineage
    reach: Reach
    kinds: Mapping[str, NodeKind]
    rests_on: Mapping[tuple[str, str], frozenset[str]]
    headlines: frozenset[tuple[str, str]] = frozenset()
    versions: Versions = NO_VERSIONS
    voices: Mapping[tuple[str, str], tuple[Voice, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[Voice, ...]]
    )
    sets: Sets | None = None
    quoted: frozenset[tuple[str, str]] = frozenset()


def derive(reports: Sequence[ReportText], wrong: Mapping[tuple[str, str], str] | None = None) -> Derived:
    """Build the graph of some reports. `wrong`: (report, claim) -> the number that the letters give instead, where a check has
    shown it: an error that two share ties them. Roots and counts over the whole graph are in the lineage; counts per claim come
    from `corroborate`."""
    graph = Graph()
    for report in reports:
        graph.node(Node(id=report.node_id, kind="report", name=report.meta.name))
    outlets = Outlets.of(reports)
    cited = {report.node_id: citations(report, outlets) for report in reports}
    known = Known(
        graph=graph,
        outlets=outlets,
        spoken=speakers(reports, outlets),
        sets=Sets(graph),
        cited=cited,
        shown={report.node_id: shown(report) for report in reports},
    )
    for report in reports:
        stated(known, report)
    marked(graph, reports, outlets)
    chain_documents(known, reports)
    for report in reports:
        hearsay_leads(known, report)
    followed = versions(graph, reports)
    ties = Ties.of(graph.edges.values())
    for edge in (*reuse_edges(reports, ties), *trace_edges(reports, ties, wrong), *picture_edges(reports, ties)):
        graph.add_shown(edge)
    outside = known.spoken.outside(graph.edges.values())
    groundless = _groundless(graph, reports)
    sourced = Sourced(known=known, spoken=outside, pointers=followed.pointers, groundless=groundless)
    claims = [(report, claim) for report in reports for claim in report.reading.claims]
    resting: dict[tuple[str, str], Resting] = {(r.meta.name, c.id): claim_nodes(r, c, sourced) for r, c in claims}
    return Derived(
        lineage=_lineage(graph, reports),
        reach=Reach.over(graph.edges.values()),
        kinds={node.id: node.kind for node in graph.nodes.values()},
        rests_on={claim: each.nodes for claim, each in resting.items()},
        headlines=frozenset((r.meta.name, c.id) for r, c in claims if r.is_headline(c)),
        versions=followed,
        voices={claim: each.voices for claim, each in resting.items() if each.voices},
        sets=known.sets,
        quoted=frozenset((e.source, e.target) for e in graph.edges.values() if graph.kind(e.target) == "witness"),
    )


def _groundless(graph: Graph, reports: Sequence[ReportText]) -> frozenset[str]:
    """Reports that rest on hearsay or on each other, and on nothing else."""
    reach = Reach.over(graph.edges.values())
    roots = {report.node_id: reach.roots((report.node_id,)) for report in reports}
    return frozenset(node for node, ends in roots.items() if all(graph.kind(end) == "unknown" for end in ends))


def _lineage(graph: Graph, reports: Sequence[ReportText]) -> Lineage:
    edges = tuple(graph.edges.values())
    # A text without a claim says nothing, so nothing rests on it.
    roots = roots_of(edges, [report.node_id for report in reports if report.reading.claims])
    known = [root for root in roots if graph.kind(root) != "unknown"]
    return Lineage(
        nodes=tuple(graph.nodes.values()),
        edges=edges,
        roots=tuple(sorted(roots)),
        at_least=len(known),
        at_most=len(roots),
    )
