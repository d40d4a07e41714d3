"""The node that an attribution's source stands for: another report, a publication, documents, a witness, or nobody known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leakdesk.lineage.citing import Citation, Shown
from leakdesk.lineage.graph import Graph
from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.sets import Named, Sets
from leakdesk.lineage.speakers import Spoken, is_inside
from leakdesk.lineage.texts import WHOLE_TEXT, ReportText
from leakdesk.lineage.voices import is_unnamed
from leakdesk.lineage.words import SourceClass, is_hearsay, points_back, says_there, source_classes
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution
from leakdesk.model.derivation import Certainty, Node

#: Kinds of nodes that publish.
PUBLISHING = frozenset({"report", "publication", "agency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What has to be known to tell whom a source stands for: the graph, who may be cited, who speaks, sets of documents, where
    each report (by node) cites another one, and which documents it names where no source was read."""

    graph: Graph
    outlets: Outlets
    spoken: Spoken
    sets: Sets
    cited: Mapping[str, tuple[Citation, ...]]
    shown: Mapping[str, tuple[Shown, ...]]

    def others(self, report: ReportText) -> tuple[Citation, ...]:
        """Where a report cites another one."""
        return tuple(each for each in self.cited.get(report.node_id, ()) if each.node != report.node_id)


def source_node(known: Known, report: ReportText, attribution: Attribution) -> str | None:
    """The node that an attribution's source stands for; None where it is a speaker of no consequence to lineage."""
    source = attribution.source
    if source is None or (points_back(source.text) and not report.names_of(attribution)):
        return _without_a_name(known, report, attribution)
    names = report.names_of(attribution)
    cited = [node for name in (*names, source.text, *report.named_in(source)) if (node := known.outlets.named(name))]
    if cited:
        return next((node for node in cited if node != report.node_id), None)
    inside = (each for each in known.others(report) if source.start <= each.span.start < source.end)
    if within := next(inside, None):
        return within.node
    common = report.common(attribution.resolved_source)
    hearsay = _nobody(report, source)
    if known.spoken.speaks(common) and not hearsay and not is_inside(report, source):
        name = names[0] if names else source.text
        return known.graph.node(Node(id=f"witness:{common}", kind="witness", name=name))
    if hearsay:
        return _unknown(known.graph, report, source.text)
    return _published(known, report, attribution, source, names) or _person(known, report, attribution, source)


def _without_a_name(known: Known, report: ReportText, attribution: Attribution) -> str | None:
    """ "The newspaper", "as is noted there": the one that published last before that place. Else hearsay, where a text does not
    name a source for the whole."""
    said = attribution.source or attribution.cue or attribution.content
    back = attribution.source is not None or (said is not None and says_there(report.sentence_at(said)))
    if back and said and (before := _named_before(known, report, attribution, said.start)):
        return before
    if attribution.source is not None or attribution.resolved_source or attribution.type != "agentless":
        return None
    start, _ = report.sentence_span(said) if said else (-1, -1)
    shown = next((each for each in known.shown.get(report.node_id, ()) if each.start == start and not each.by), None)
    if shown:
        return known.sets.node(shown.kind, owners(report, shown.span))
    return _unknown(known.graph, report, "hearsay")


def _named_before(known: Known, report: ReportText, attribution: Attribution, at: int) -> str | None:
    """The report or publication that a text named last before a place."""
    found = {each.span.start: each.node for each in known.others(report)}
    for other in report.reading.attributions:
        named = other.source is not None and other is not attribution and not points_back(other.source.text)
        if other.source and named and other.source.start < at and other.source.start not in found:
            node = source_node(known, report, other)
            if node and known.graph.kind(node) in PUBLISHING:
                found[other.source.start] = node
    before = [place for place in found if place < at]
    if before:
        return found[max(before)]
    return next(iter(found.values())) if len(set(found.values())) == 1 else None


def _nobody(report: ReportText, source: Span) -> bool:
    """Whether a source is hearsay: "media reports", «СМИ», and no name beside it."""
    if not is_hearsay(source.text):
        return False
    return not any(not is_hearsay(name) for name in report.named_in(source))


def _unknown(graph: Graph, report: ReportText, words: str) -> str:
    return graph.node(Node(id=f"unknown:{report.meta.name}:{words.casefold()}", kind="unknown", name=words))


def _published(
    known: Known, report: ReportText, attribution: Attribution, source: Span, names: tuple[str, ...]
) -> str | None:
    """A publication, with the documents that it showed, or the documents alone."""
    kinds = report.kinds(source)
    node = _publisher_in(known.graph, report, source, kinds, attribution, names)
    documents = next((each for each in kinds if each.kind == "documents"), None)
    if node is None:
        return known.sets.node(documents, owners(report, source)) if documents else None
    if documents:
        release(known, node, documents, f"“{source.text}”", report, source)
    return node


def release(known: Known, node: str, documents: SourceClass, reason: str, report: ReportText, at: Span) -> None:
    """Put documents behind the body that published them. One release is one set, whatever it is called."""
    graph = known.graph
    has = [edge.target for edge in graph.leaving(node) if graph.kind(edge.target) == "documents"]
    name = Named(tie="publisher", common=node, name=graph.nodes[node].name)
    shown = has[0] if has else known.sets.node(documents, (name,))
    graph.edge(node, shown, "obtainedVia", Certainty.STATED, reason, report.anchor(at))


def owners(report: ReportText, source: Span) -> tuple[Named, ...]:
    """Whose documents they are, where a body is named with them."""
    return tuple(
        Named(tie="owner", common=report.common(mention.entity) or mention.text.casefold(), name=mention.text)
        for mention in report.reading.mentions
        if mention.type == "organization" and source.start <= mention.start < source.end
    )


def _person(known: Known, report: ReportText, attribution: Attribution, source: Span) -> str | None:
    """Somebody who is not named, or somebody whom the outlet spoke with itself; anybody else speaks inside the material that
    the report rests on."""
    own = f"{report.meta.name}:{source.text.casefold()}"
    names = report.names_of(attribution)
    if is_unnamed(source.text) and not report.mentions_in(source):
        return known.graph.node(Node(id=f"witness:{own}", kind="witness", name=source.text))
    if not report.spoke_itself(source):
        return None
    common = report.common(attribution.resolved_source) or own
    return known.graph.node(Node(id=f"witness:{common}", kind="witness", name=names[0] if names else source.text))


def _publisher_in(
    graph: Graph,
    report: ReportText,
    source: Span,
    kinds: tuple[SourceClass, ...],
    attribution: Attribution,
    names: tuple[str, ...],
) -> str | None:
    """An organisation inside the source that publishes: named by its kind, or by the way it is cited."""
    entity_of = {e.id: e for e in report.reading.entities}
    kinds_said = {each.kind for each in kinds}
    for mention in report.reading.mentions:
        if mention.type != "organization" or not (source.start <= mention.start < source.end):
            continue
        own_kinds = {each.kind for each in source_classes(mention.text)}
        if "documents" in kinds_said and not {"agency", "publication"} & own_kinds:
            continue  # "the plant's correspondence": whose documents they are, not who published them
        publishes = {"agency", "publication", "documents"} & (own_kinds | kinds_said)
        if attribution.type not in WHOLE_TEXT and not publishes:
            continue
        entity = entity_of.get(mention.entity or "")
        common = report.common(mention.entity) or mention.text.casefold()
        kind = "agency" if "agency" in own_kinds | kinds_said else "publication"
        return graph.publisher(kind, common, entity.caption if entity else mention.text)
    if attribution.type in WHOLE_TEXT and names and "documents" not in kinds_said:
        common = report.common(attribution.resolved_source) or names[0].casefold()
        return graph.publisher("publication", common, names[0])
    return None
