"""Edges that a text itself states: whom it cites, what it links to, whose picture it shows, which documents it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leakdesk.lineage.graph import Graph
from leakdesk.lineage.outlets import Outlets, fold
from leakdesk.lineage.sources import documents_node, source_node
from leakdesk.lineage.speakers import Spoken
from leakdesk.lineage.texts import WHOLE_TEXT, ReportText
from leakdesk.model.anchor import Span
from leakdesk.model.derivation import Certainty, RelationName
from leakdesk.model.document import Role

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


def stated(graph: Graph, report: ReportText, reports: Sequence[ReportText], outlets: Outlets, spoken: Spoken) -> None:
    """Everything that one report states, documents left out: they are chained once all publications are known."""
    _cited(graph, report, outlets, spoken)
    _links(graph, report, reports)
    _credits(graph, report, outlets)


def _cited(graph: Graph, report: ReportText, outlets: Outlets, spoken: Spoken) -> None:
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


def _links(graph: Graph, report: ReportText, reports: Sequence[ReportText]) -> None:
    """A link to another text of the set states it. Where the report names one publication and links to one page, the page
    is that publication's."""
    links = {link.rstrip("/") for link in report.meta.links}
    if not links:
        return
    linked = [other for other in reports if other is not report and (other.meta.url or "").rstrip("/") in links - {""}]
    named = [edge.target for edge in graph.leaving(report.node_id) if graph.kind(edge.target) == "publication"]
    for other in linked:
        graph.edge(report.node_id, other.node_id, "wasDerivedFrom", Certainty.STATED, f"links to {other.meta.url}")
    if len(linked) == 1 and len(named) == 1:
        reason = "a report that names it as its source links to this page"
        graph.edge(named[0], linked[0].node_id, "obtainedVia", Certainty.INFERRED, reason)


def _credits(graph: Graph, report: ReportText, outlets: Outlets) -> None:
    """A photo credit that names a publication which the text cites anyway is a further reason; alone it shows only the
    picture's way, so the derivation of the text from it is merely possible."""
    text = report.reading.text
    for segment in report.reading.segments:
        if segment.role != Role.CREDIT:
            continue
        credit = Span(start=segment.start, end=segment.end, text=text[segment.start : segment.end])
        named = {name: node for name, node in outlets.nodes.items() if node != report.node_id}
        named |= {fold(n.name): n.id for n in graph.nodes.values() if n.kind in ("publication", "agency")}
        for name, node in named.items():
            if name and name in fold(credit.text):
                graph.edge(
                    report.node_id,
                    node,
                    "wasDerivedFrom",
                    Certainty.POSSIBLE,
                    "a photo credit names it",
                    report.anchor(credit),
                )


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
