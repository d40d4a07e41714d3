"""Edges that a text itself states in words: whom it cites, and which documents it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leakdesk.lineage.citing import cues
from leakdesk.lineage.sets import Named
from leakdesk.lineage.sources import PUBLISHING, Known, owners, release, source_node
from leakdesk.lineage.speakers import CONTRACT
from leakdesk.lineage.texts import WHOLE_TEXT, ReportText
from leakdesk.lineage.words import SourceClass
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


def stated(known: Known, report: ReportText) -> None:
    """Whom one report cites. Documents are left out: they are chained once all publications are known."""
    graph = known.graph
    for attribution in report.reading.attributions:
        node = source_node(known, report, attribution)
        whole = attribution.type in WHOLE_TEXT
        if node is None or graph.kind(node) == "unknown":
            continue
        if graph.kind(node) in ("witness", "documents") and not whole:
            continue
        relation: RelationName = "hadPrimarySource" if whole else "wasDerivedFrom"
        said = attribution.source or attribution.cue
        reason = f"{HOW[attribution.type]}: “{said.text}”" if said else HOW[attribution.type]
        graph.edge(report.node_id, node, relation, Certainty.STATED, reason, report.anchor(said))
    for cited in known.others(report):
        relation = "hadPrimarySource" if cited.whole else "wasDerivedFrom"
        anchor = report.anchor(cited.span)
        graph.edge(report.node_id, cited.node, relation, Certainty.STATED, cited.reason(), anchor)
    for one in known.shown.get(report.node_id, ()):
        if one.by:
            _released(known, report, one.by, one.kind, one.span)


def _released(known: Known, report: ReportText, by: Span, kind: SourceClass, at: Span) -> None:
    """A body that made documents public, as the text says without attributing anything to it."""
    node = known.outlets.named(by.text)
    if node == report.node_id:
        return
    if node is None:
        entity = next((m.entity for m in report.reading.mentions if m.start == by.start), None)
        node = known.graph.publisher("publication", report.common(entity) or by.text.casefold(), by.text)
    anchor = report.anchor(by)
    reason = f"the text says who made it public: “{by.text}”"
    known.graph.edge(report.node_id, node, "wasDerivedFrom", Certainty.STATED, reason, anchor)
    if known.graph.kind(node) != "report":
        release(known, node, kind, f"“{at.text}”", report, at)


def chain_documents(known: Known, reports: Sequence[ReportText]) -> None:
    """Put the documents of each report behind the publication that showed them, or behind the report where there is none.
    Reports that cite nobody come first: what others tell of their documents is told at second hand."""
    citing = {report.node_id: publications(known, report) for report in reports}
    for report in sorted(reports, key=lambda each: bool(citing[each.node_id])):
        for source, kind in _documents(known, report):
            _chain(known, report, citing[report.node_id], source, kind)


def hearsay_leads(known: Known, report: ReportText) -> None:
    """A report that begins with what "media reports" say rests on these, whoever they are."""
    spoken = [each for each in report.reading.segments if each.role in (Role.STANDFIRST, Role.BODY)]
    text = report.reading.text
    first = next((at for each in spoken[:1] for at in range(each.start, each.end) if not text[at].isspace()), None)
    if first is None:
        return
    lead = report.sentence_span(Span(start=first, end=first + 1, text=text[first]))
    for attribution in report.reading.attributions:
        source = attribution.source
        if source is None or report.sentence_span(source) != lead:
            continue
        node = source_node(known, report, attribution)
        if node and known.graph.kind(node) == "unknown":
            reason = f"the text begins with what nobody known says: “{source.text}”"
            known.graph.edge(report.node_id, node, "hadPrimarySource", Certainty.STATED, reason, report.anchor(source))


def publications(known: Known, report: ReportText) -> list[str]:
    """Who published what a report tells, by its own words."""
    return [
        edge.target
        for edge in known.graph.leaving(report.node_id)
        if edge.certainty == Certainty.STATED
        and edge.relation != "wasRevisionOf"
        and known.graph.kind(edge.target) in PUBLISHING
    ]


def _documents(known: Known, report: ReportText) -> Iterator[tuple[Span, SourceClass]]:
    """The documents that a report rests on; a contract tells of itself, and of nothing else in the text."""
    for attribution in report.reading.attributions:
        kind = report.documents_in(attribution.source)
        if attribution.source is None or kind is None:
            continue
        if kind.id != CONTRACT or attribution.type in WHOLE_TEXT:
            yield attribution.source, kind
    yield from (
        (one.span, one.kind)
        for one in known.shown.get(report.node_id, ())
        if one.by is None and one.kind.id != CONTRACT
    )


def _chain(known: Known, report: ReportText, holders: Sequence[str], source: Span, kind: SourceClass) -> None:
    """The documents of a report that cites somebody are those of the one it cites, unless it has them itself."""
    graph = known.graph
    start, end = report.sentence_span(source)
    own = cues("own_copy").search(report.reading.text[start:end]) is not None
    anchor, reason = report.anchor(source), f"“{source.text}”"
    named = owners(report, source)
    if not holders or own:
        node = known.sets.node(kind, named)
        graph.edge(report.node_id, node, "hadPrimarySource", Certainty.STATED, reason, anchor)
        return
    if any(_has_documents(known, holder) for holder in holders):
        return
    holder = holders[0]
    if graph.kind(holder) != "report":
        named = (*named, Named(tie="publisher", common=holder, name=graph.nodes[holder].name))
    node = known.sets.node(kind, named)
    graph.edge(holder, node, "obtainedVia", Certainty.STATED, reason, anchor)


def _has_documents(known: Known, holder: str) -> bool:
    """Whether a publication, or a report that is cited, has a source already: then the documents are of that."""
    return any(edge.certainty == Certainty.STATED for edge in known.graph.leaving(holder))
