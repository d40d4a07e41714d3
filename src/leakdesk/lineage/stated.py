"""Edges that a text itself states in words: whom it cites, and which documents it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from leakdesk.lineage.graph import Graph
from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.sources import documents_node, source_node
from leakdesk.lineage.speakers import Spoken
from leakdesk.lineage.texts import WHOLE_TEXT, ReportText
from leakdesk.model.derivation import Certainty, RelationName

#: How each type of attribution states a source.
HOW: Mapping[str, str] = {
    "label": "a source label names it",
    "document_level": "the text rests on it as a whole",
    "publication": "the text says who made it public",
    "direct": "quoted",
    "indirect": "cited",
    "evidential": "the text says what the documents show",
    "according_to": "the text gives it as its source",
    "agentless": "hearsay",
    "speech_act": "spoken inside the material",
}


def stated(graph: Graph, report: ReportText, outlets: Outlets, spoken: Spoken) -> None:
    """Whom one report cites. Documents are left out: they are chained once all publications are known."""
    for attribution in report.reading.attributions:
        node = source_node(graph, report, attribution, outlets, spoken)
        whole = attribution.type in WHOLE_TEXT
        if node is None or graph.kind(node) == "unknown":
            continue
        if graph.kind(node) in ("witness", "documents") and not whole:
            continue
        relation: RelationName = "hadPrimarySource" if whole else "wasDerivedFrom"
        said = attribution.source or attribution.cue
        reason = f"{HOW[attribution.type]}: “{said.text}”" if said else HOW[attribution.type]
        graph.edge(report.node_id, node, relation, Certainty.STATED, reason, report.anchor(said))


def chain_documents(graph: Graph, report: ReportText) -> None:
    """Put the documents of a report behind the publication that showed them, or behind the report where there is none."""
    publications = [
        edge.target
        for edge in graph.leaving(report.node_id)
        if edge.certainty == Certainty.STATED and graph.kind(edge.target) in ("publication", "report", "agency")
    ]
    holders = publications or [report.node_id]
    for attribution in report.reading.attributions:
        source, documents = attribution.source, report.documents_in(attribution.source)
        if source is None or documents is None:
            continue
        node = graph.node(documents_node(documents))
        if not any((holder, node) in graph.edges for holder in holders):
            relation: RelationName = "obtainedVia" if publications else "hadPrimarySource"
            graph.edge(holders[0], node, relation, Certainty.STATED, f"“{source.text}”", report.anchor(source))
