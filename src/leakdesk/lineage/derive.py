"""Who had it from whom: the graph of reports, publications, documents and witnesses behind some texts.

Edges come in three certainties. *Stated*: the text says so (a source label, "made public by", "citing", a link). *Inferred*:
the texts show it (long aligned word runs). *Possible*: it could be (time order with weak reuse, or reuse that a common source
explains as well). A possible edge is never promoted.

Documents that only their publisher has seen form one chain with the publisher: report → publication → documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leakdesk.lineage.graph import Graph
from leakdesk.lineage.marked import marked
from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.pictures import picture_edges
from leakdesk.lineage.reach import Reach, roots_of
from leakdesk.lineage.resting import Sourced, claim_nodes
from leakdesk.lineage.reuse_edges import reuse_edges
from leakdesk.lineage.speakers import speakers
from leakdesk.lineage.stated import chain_documents, stated
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.ties import Ties
from leakdesk.lineage.trace_edges import trace_edges
from leakdesk.lineage.versions import NO_VERSIONS, Versions, versions
from leakdesk.model.derivation import Lineage, Node, NodeKind

__all__ = ["Derived", "ReportText", "derive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """The graph, and for each claim (report name, claim id) the nodes that it rests on; `headlines`: claims of headlines and
    standfirsts, which name no source of their own; `versions`: which texts revise or point to earlier ones of their outlet;
    `reach` and `kinds`: the graph again, for walking."""

    lineage: Lineage
    reach: Reach
    kinds: Mapping[str, NodeKind]
    rests_on: Mapping[tuple[str, str], frozenset[str]]
    headlines: frozenset[tuple[str, str]] = frozenset()
    versions: Versions = NO_VERSIONS


def derive(reports: Sequence[ReportText]) -> Derived:
    """Build the graph of some reports. Roots and counts over the whole graph are in the lineage; counts per claim come
    from `corroborate`."""
    graph = Graph()
    for report in reports:
        graph.node(Node(id=report.node_id, kind="report", name=report.meta.name))
    outlets = Outlets.of(reports)
    spoken = speakers(reports, outlets)
    for report in reports:
        stated(graph, report, outlets, spoken)
    marked(graph, reports, outlets)
    for report in reports:
        chain_documents(graph, report)
    followed = versions(graph, reports)
    ties = Ties.of(graph.edges.values())
    for edge in (*reuse_edges(reports, ties), *trace_edges(reports, ties), *picture_edges(reports, ties)):
        graph.add_shown(edge)
    sourced = Sourced(outlets=outlets, spoken=spoken.outside(graph.edges.values()), pointers=followed.pointers)
    claims = [(report, claim) for report in reports for claim in report.reading.claims]
    rests_on = {(r.meta.name, c.id): claim_nodes(graph, r, c, sourced) for r, c in claims}
    return Derived(
        lineage=_lineage(graph, reports),
        reach=Reach.over(graph.edges.values()),
        kinds={node.id: node.kind for node in graph.nodes.values()},
        rests_on=rests_on,
        headlines=frozenset((r.meta.name, c.id) for r, c in claims if r.is_headline(c)),
        versions=followed,
    )


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
