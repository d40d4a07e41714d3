"""Edges that a text states outside its sentences: agency tags, links, photo credits, translator's notes.

They are told in the order of their weight, so that a weaker one finds the nodes that a stronger one has named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from leakdesk.lineage.graph import Graph
from leakdesk.lineage.marks import Mark, agency_tags, marks
from leakdesk.lineage.order import order
from leakdesk.lineage.outlets import Outlets, fold
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.words import source_classes
from leakdesk.model.anchor import Span
from leakdesk.model.derivation import Certainty, Node
from leakdesk.model.document import Role

_PUBLISHERS = frozenset({"publication", "agency"})


def marked(graph: Graph, reports: Sequence[ReportText], outlets: Outlets) -> None:
    """What all reports state outside their sentences."""
    for report in reports:
        _tags(graph, report, outlets)
    for report in reports:
        _links(graph, report, reports)
    for report in reports:
        _credits(graph, report, outlets)
    for report in reports:
        for mark in marks(report.reading, "translation"):
            _translated(graph, report, mark, reports)


# --- agency tags -----------------------------------------------------------------------------------------------------------


def _tags(graph: Graph, report: ReportText, outlets: Outlets) -> None:
    """ "LINDMOOR, 3 March (OSTEN)": the text is the agency's."""
    for tag in agency_tags(report.reading):
        node = outlets.named(tag.text) or _known(graph, tag.text)
        if node is None:
            node = graph.publisher("agency", fold(tag.text), tag.text)
        reason = f"an agency's tag: “{tag.text}”"
        graph.edge(report.node_id, node, "wasDerivedFrom", Certainty.STATED, reason, report.anchor(tag))


def _known(graph: Graph, name: str) -> str | None:
    """A publication or agency in whose name this one stands as whole words."""
    wanted = fold(name).split()
    for node in graph.nodes.values():
        words = fold(node.name).split()
        if node.kind in _PUBLISHERS and any(words[at : at + len(wanted)] == wanted for at in range(len(words))):
            return node.id
    return None


# --- links -----------------------------------------------------------------------------------------------------------------


def _links(graph: Graph, report: ReportText, reports: Sequence[ReportText]) -> None:
    """A link to another text of the set states it. Where the report names one publication and links to one page, the page
    is that publication's."""
    links = {page(link): None for link in report.meta.links}
    written = {
        page(mention.text): mention
        for mention in report.reading.mentions
        if mention.type == "url" and page(mention.text)
    }
    if not links and not written:
        return
    linked: list[ReportText] = []
    for other in reports:
        own = page(other.meta.url or "")
        if other is report or not own or (own not in links and own not in written):
            continue
        linked.append(other)
        at = written.get(own)
        anchor = report.anchor_at(at.start, at.end) if at else None
        reason = f"links to {other.meta.url}"
        graph.edge(report.node_id, other.node_id, "wasDerivedFrom", Certainty.STATED, reason, anchor)
    named = [edge.target for edge in graph.leaving(report.node_id) if graph.kind(edge.target) == "publication"]
    if len(linked) == 1 and len(named) == 1:
        reason = "a report that names it as its source links to this page"
        graph.edge(named[0], linked[0].node_id, "obtainedVia", Certainty.INFERRED, reason)


def page(address: str) -> str:
    """An address without what differs between two links to one page: scheme, "www.", a closing slash, the place on the
    page, and marks of where the reader came from."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = parts.netloc.casefold().removeprefix("www.")
    asked = "&".join(each for each in parts.query.split("&") if each and not each.startswith(_CAME_FROM))
    return f"{host}{parts.path.rstrip('/')}{'?' + asked if asked else ''}" if host else ""


_CAME_FROM = ("utm_", "fbclid=", "gclid=", "yclid=")


# --- photo credits ---------------------------------------------------------------------------------------------------------


def _credits(graph: Graph, report: ReportText, outlets: Outlets) -> None:
    """A photo credit that names a publication which the text cites anyway is a further reason; alone it shows only the
    picture's way, so the derivation of the text from it is merely possible."""
    text = report.reading.text
    for segment in report.reading.segments:
        if segment.role != Role.CREDIT:
            continue
        credit = Span(start=segment.start, end=segment.end, text=text[segment.start : segment.end])
        for node in dict.fromkeys(_credited(graph, report, credit, outlets)):
            reason = "a photo credit names it"
            graph.edge(report.node_id, node, "wasDerivedFrom", Certainty.POSSIBLE, reason, report.anchor(credit))


def _credited(graph: Graph, report: ReportText, credit: Span, outlets: Outlets) -> Iterable[str]:
    named = {name: node for name, node in outlets.nodes.items() if node != report.node_id}
    named |= {fold(n.name): n.id for n in graph.nodes.values() if n.kind in _PUBLISHERS}
    known = [node for name, node in named.items() if name and name in fold(credit.text)]
    yield from known
    if known:
        return
    for mention in report.reading.mentions:
        kinds = {each.kind for each in source_classes(credit.text)} & _PUBLISHERS
        if mention.type != "organization" or not credit.start <= mention.start < credit.end:
            continue
        if kinds and outlets.named(mention.text) != report.node_id:
            kind = "agency" if "agency" in kinds else "publication"
            common = report.common(mention.entity) or mention.text.casefold()
            yield graph.publisher(kind, common, mention.text)


# --- translations ----------------------------------------------------------------------------------------------------------


def _translated(graph: Graph, report: ReportText, mark: Mark, reports: Sequence[ReportText]) -> None:
    """ "Translated from Ukrainian". Where the text names its source, that is what was translated; else the original is not
    known, and a text in that language that did not appear later is merely a possible one."""
    reason, anchor = f"a translator's note: “{mark.span.text}”", report.anchor(mark.span)
    stated = [
        edge.target
        for edge in graph.leaving(report.node_id)
        if edge.certainty == Certainty.STATED and graph.kind(edge.target) in (*_PUBLISHERS, "report")
    ]
    originals = [
        other.node_id
        for other in reports
        if other is not report and mark.language in other.reading.languages[:1] and order(other.meta, report.meta) != 1
    ]
    named = [node for node in stated if node in originals] or stated
    if named:
        graph.edge(report.node_id, named[0], "wasDerivedFrom", Certainty.STATED, reason, anchor)
        return
    unknown = Node(id=f"unknown:{report.meta.name}:original", kind="unknown", name="an original that is not named")
    graph.edge(report.node_id, graph.node(unknown), "wasDerivedFrom", Certainty.STATED, reason, anchor)
    for node in originals:
        graph.edge(report.node_id, node, "wasDerivedFrom", Certainty.POSSIBLE, reason, anchor)
