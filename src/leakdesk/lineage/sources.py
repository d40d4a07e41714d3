"""The node that an attribution's source stands for: another report, a publication, documents, a witness, or nobody known."""

from __future__ import annotations

from leakdesk.lineage.graph import Graph
from leakdesk.lineage.outlets import Outlets
from leakdesk.lineage.speakers import Spoken, is_inside
from leakdesk.lineage.texts import WHOLE_TEXT, ReportText
from leakdesk.lineage.words import SourceClass, source_classes
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution
from leakdesk.model.derivation import Certainty, Node


def source_node(
    graph: Graph, report: ReportText, attribution: Attribution, outlets: Outlets, spoken: Spoken
) -> str | None:
    """The node that an attribution's source stands for; None where it is a speaker of no consequence to lineage."""
    source = attribution.source
    if source is None:
        # Hearsay in a text that names a source for the whole is taken from there.
        return None if attribution.resolved_source or attribution.type != "agentless" else _hearsay(graph, report)
    names = report.names_of(attribution)
    for name in (*names, source.text, *report.named_in(source)):
        if (cited := outlets.named(name)) and cited != report.node_id:
            return cited
    common = report.common(attribution.resolved_source)
    if spoken.speaks(common) and not is_inside(report, source):
        return graph.node(Node(id=f"witness:{common}", kind="witness", name=names[0] if names else source.text))
    return _published(graph, report, attribution, source, names) or _person(graph, report, attribution, source, names)


def _published(
    graph: Graph, report: ReportText, attribution: Attribution, source: Span, names: tuple[str, ...]
) -> str | None:
    """A publication, with the documents that it showed, or the documents alone."""
    kinds = report.kinds(source)
    node = _publisher_in(graph, report, source, kinds, attribution, names)
    documents = next((each for each in kinds if each.kind == "documents"), None)
    if node is None:
        return graph.node(documents_node(documents)) if documents else None
    if documents:
        shown = graph.node(documents_node(documents))
        graph.edge(node, shown, "obtainedVia", Certainty.STATED, f"“{source.text}”", report.anchor(source))
    return node


def _person(
    graph: Graph, report: ReportText, attribution: Attribution, source: Span, names: tuple[str, ...]
) -> str | None:
    """Somebody who is not named, or somebody whom the outlet spoke with itself; anybody else speaks inside the material that
    the report rests on."""
    if any(each.kind == "unknown" for each in report.kinds(source)) and not names:
        return graph.node(
            Node(id=f"unknown:{report.meta.name}:{source.text.casefold()}", kind="unknown", name=source.text)
        )
    if not report.spoke_itself(source):
        return None
    common = report.common(attribution.resolved_source) or f"{report.meta.name}:{source.text.casefold()}"
    return graph.node(Node(id=f"witness:{common}", kind="witness", name=names[0] if names else source.text))


def _hearsay(graph: Graph, report: ReportText) -> str:
    return graph.node(Node(id=f"unknown:{report.meta.name}:hearsay", kind="unknown", name="hearsay"))


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


def documents_node(kind: SourceClass) -> Node:
    """One set of documents per class of words: "the letters" and "leaked e-mails" of two reports are one set, "the ledgers"
    and "court records" are not. Nothing in the texts can tell two leaks of letters apart; the editor can."""
    return Node(id=f"documents:{kind.id}", kind="documents", name=kind.id)
