"""Who had it from whom: the graph of reports, publications, documents and witnesses behind some texts.

Edges come in three certainties. *Stated*: the text says so (a source label, "made public by", "citing", a link, a photo
credit). *Inferred*: the texts show it (long aligned word runs). *Possible*: it could be (time order with weak reuse, or reuse
that a common source explains as well). A possible edge is never promoted.

Documents that only their publisher has seen form one chain with the publisher: report → publication → documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from leakdesk.language.spelling import word_keys
from leakdesk.lineage.reuse_edges import reuse_edges
from leakdesk.lineage.words import SourceClass, shows_own_witness, source_classes
from leakdesk.model.anchor import Anchor, Span, anchor_at
from leakdesk.model.claim import Attribution, Claim, Reading
from leakdesk.model.comparison import SourceText
from leakdesk.model.derivation import Certainty, Derivation, Lineage, Node, RelationName
from leakdesk.model.document import Role

#: Types of attribution that speak for the whole text.
WHOLE_TEXT = frozenset({"label", "document_level", "publication"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """A report with what is known about it; `identity` maps its entity ids to ids common to all texts of the graph."""

    reading: Reading
    meta: SourceText
    identity: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def node_id(self) -> str:
        """The report's node in the graph."""
        return f"report:{self.meta.name}"

    def common(self, entity: str | None) -> str | None:
        """The id common to all texts, for a local entity id."""
        return self.identity.get(entity, f"{self.meta.name}:{entity}") if entity else None


@dataclass(slots=True)
class _Graph:
    nodes: dict[str, Node] = field(default_factory=dict[str, Node])
    edges: dict[tuple[str, str], Derivation] = field(default_factory=dict[tuple[str, str], Derivation])

    def node(self, node: Node) -> str:
        self.nodes.setdefault(node.id, node)
        return node.id

    def edge(
        self,
        source: str,
        target: str,
        relation: RelationName,
        certainty: Certainty,
        reason: str,
        anchor: Anchor | None = None,
    ) -> None:
        if source == target:
            return
        known = self.edges.get((source, target))
        anchors = (anchor,) if anchor else ()
        if known is None:
            self.edges[source, target] = Derivation(
                source=source, target=target, relation=relation, certainty=certainty, reasons=(reason,), anchors=anchors
            )
            return
        surer = certainty if _RANK[certainty] < _RANK[known.certainty] else known.certainty
        reasons = known.reasons if reason in known.reasons else (*known.reasons, reason)
        self.edges[source, target] = Derivation(
            source=source,
            target=target,
            relation=known.relation,
            certainty=surer,
            reasons=reasons,
            anchors=known.anchors + anchors,
        )


_RANK = {Certainty.STATED: 0, Certainty.INFERRED: 1, Certainty.POSSIBLE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """The graph, and for each claim (report name, claim id) the nodes that it rests on; `headlines`: claims of headlines and
    standfirsts, which name no source of their own."""

    lineage: Lineage
    rests_on: Mapping[tuple[str, str], frozenset[str]]
    headlines: frozenset[tuple[str, str]] = frozenset()


def derive(reports: Sequence[ReportText]) -> Derived:
    """Build the graph of some reports. Roots and counts over the whole graph are in the lineage; counts per claim come
    from `corroborate`."""
    graph = _Graph()
    for report in reports:
        graph.node(Node(id=report.node_id, kind="report", name=report.meta.name))
    outlets = _outlets(reports)
    spoken = _speakers(reports, outlets)
    for report in reports:
        _stated(graph, report, outlets, reports, spoken)
    for report in reports:
        _chain_documents(graph, report)
    for edge in reuse_edges([(r.node_id, r.reading, r.meta) for r in reports], list(graph.edges.values())):
        graph.edge(
            edge.source,
            edge.target,
            edge.relation,
            edge.certainty,
            edge.reasons[0],
            edge.anchors[0] if edge.anchors else None,
        )
    spoken = spoken.outside(graph)
    rests_on = {
        (report.meta.name, claim.id): _claim_nodes(graph, report, claim, outlets, spoken)
        for report in reports
        for claim in report.reading.claims
    }
    roots = roots_of(list(graph.edges.values()), {report.node_id for report in reports})
    kinds = {node.id: node.kind for node in graph.nodes.values()}
    known = [root for root in roots if kinds[root] != "unknown"]
    lineage = Lineage(
        nodes=tuple(graph.nodes.values()),
        edges=tuple(graph.edges.values()),
        roots=tuple(sorted(roots)),
        at_least=len(known),
        at_most=len(roots),
    )
    headlines = frozenset(
        (report.meta.name, claim.id)
        for report in reports
        for claim in report.reading.claims
        if _is_headline(report, claim)
    )
    return Derived(lineage=lineage, rests_on=rests_on, headlines=headlines)


def _is_headline(report: ReportText, claim: Claim) -> bool:
    return any(
        segment.role in (Role.HEADLINE, Role.STANDFIRST) and segment.start <= claim.quote.start < segment.end
        for segment in report.reading.segments
    )


def roots_of(edges: Sequence[Derivation], starts: set[str] | frozenset[str]) -> set[str]:
    """Nodes without outgoing stated or inferred edges that can be reached from `starts`. A loop has no root."""
    out: dict[str, list[str]] = {}
    for edge in edges:
        if edge.certainty != Certainty.POSSIBLE:
            out.setdefault(edge.source, []).append(edge.target)
    roots: set[str] = set()
    seen: set[str] = set()
    queue = sorted(starts)
    while queue:
        node = queue.pop()
        if node in seen:
            continue
        seen.add(node)
        if node in out:
            queue.extend(out[node])
        else:
            roots.add(node)
    return roots


def loops(edges: Sequence[Derivation]) -> list[tuple[str, ...]]:
    """Every loop of stated or inferred edges, once each, beginning with its smallest node."""
    out: dict[str, list[str]] = {}
    for edge in edges:
        if edge.certainty != Certainty.POSSIBLE:
            out.setdefault(edge.source, []).append(edge.target)
    found: set[tuple[str, ...]] = set()
    for start in sorted(out):
        stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
        while stack:
            node, path = stack.pop()
            for target in out.get(node, []):
                if target == start:
                    found.add(path)
                elif target > start and target not in path:
                    stack.append((target, (*path, target)))
    return sorted(found)


def _outlets(reports: Sequence[ReportText]) -> dict[str, str]:
    """Names under which the reports themselves may be cited -> their nodes."""
    names: dict[str, str] = {}
    for report in reports:
        for name in (report.meta.outlet, *_self_names(report)):
            if name:
                names.setdefault(_fold(name), report.node_id)
    return names


def _self_names(report: ReportText) -> list[str]:
    """Names in the byline: who publishes this text."""
    bylines = [s for s in report.reading.segments if s.role == Role.BYLINE]
    return [
        mention.text
        for mention in report.reading.mentions
        if mention.type == "organization" and any(s.start <= mention.start < s.end for s in bylines)
    ]


def _fold(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _stated(
    graph: _Graph,
    report: ReportText,
    outlets: Mapping[str, str],
    reports: Sequence[ReportText],
    spoken: _Spoken,
) -> None:
    for attribution in report.reading.attributions:
        node = _source_node(graph, report, attribution, outlets, spoken)
        if node is None or (graph.nodes[node].kind == "witness" and attribution.type not in WHOLE_TEXT):
            continue
        if graph.nodes[node].kind == "documents" and attribution.type not in WHOLE_TEXT:
            continue  # chained to the publication below, once all publications are known
        if graph.nodes[node].kind == "unknown":
            continue
        relation: RelationName = "hadPrimarySource" if attribution.type in WHOLE_TEXT else "wasDerivedFrom"
        said = attribution.source or attribution.cue
        reason = f"{_HOW[attribution.type]}: “{said.text}”" if said else _HOW[attribution.type]
        graph.edge(report.node_id, node, relation, Certainty.STATED, reason, _anchor(report, said))
    _links(graph, report, reports)
    _credits(graph, report, outlets)


#: How each type of attribution states a source.
_HOW: Mapping[str, str] = {
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """Whom several reports let speak (with the nodes of these reports), and who spoke with one of the outlets itself: ids
    common to all texts."""

    shared: Mapping[str, frozenset[str]]
    to_an_outlet: frozenset[str]

    def speaks(self, common: str | None) -> bool:
        """Whether somebody is a source of their own and no voice inside the material."""
        return common is not None and (common in self.shared or common in self.to_an_outlet)

    def outside(self, graph: _Graph) -> _Spoken:
        """Without those who speak in reports that all rest on one material: it is there that they speak, and quoting it twice
        makes no second source of them."""
        below = {node: _below(graph, node) for nodes in self.shared.values() for node in nodes}
        kept = {
            common: nodes
            for common, nodes in self.shared.items()
            if not frozenset[str].intersection(*(below[node] for node in nodes))
        }
        return _Spoken(shared=kept, to_an_outlet=self.to_an_outlet)


def _below(graph: _Graph, node: str) -> frozenset[str]:
    """Everything that a node rests on over stated and inferred lines, itself included."""
    found, waiting = {node}, [node]
    while waiting:
        at = waiting.pop()
        for edge in graph.edges.values():
            if edge.source == at and edge.certainty != Certainty.POSSIBLE and edge.target not in found:
                found.add(edge.target)
                waiting.append(edge.target)
    return frozenset(found)


#: Types of attribution that let somebody speak.
_SPEAKING = frozenset({"direct", "indirect", "according_to"})


def _speakers(reports: Sequence[ReportText], outlets: Mapping[str, str]) -> _Spoken:
    """Speakers over all reports. Who only speaks inside letters or files is none, nor is a publisher; a source label may name
    somebody who speaks elsewhere."""
    where: dict[str, set[str]] = {}
    speaking: set[str] = set()
    own: set[str] = set()
    for report in reports:
        for attribution in report.reading.attributions:
            common = report.common(attribution.resolved_source)
            if common is None or attribution.source is None or _is_publisher(report, attribution):
                continue
            if attribution.type not in _SPEAKING | WHOLE_TEXT or _is_inside(report, attribution):
                continue
            if any(_outlet_named(name, outlets) for name in _names_of(report, attribution)):
                continue
            where.setdefault(common, set()).add(report.node_id)
            if attribution.type in _SPEAKING:
                speaking.add(common)
                if _spoke_itself(report, attribution.source):
                    own.add(common)
    shared = {common: frozenset(nodes) for common, nodes in where.items() if len(nodes) > 1 and common in speaking}
    return _Spoken(shared=shared, to_an_outlet=frozenset(own))


def _is_publisher(report: ReportText, attribution: Attribution) -> bool:
    """Whether a source is one that publishes: an outlet, an agency, a centre."""
    words = " ".join((attribution.source.text if attribution.source else "", *_names_of(report, attribution)))
    return any(each.kind in ("agency", "publication") for each in source_classes(words))


def _is_inside(report: ReportText, attribution: Attribution) -> bool:
    """Whether somebody speaks in the documents ("writes the bookkeeper in one of the letters")."""
    source = attribution.source
    if source is None:
        return True
    text = report.reading.text
    start = max(text.rfind(mark, 0, source.start) for mark in (". ", "\n", "! ", "? ")) + 1
    ends = [at for mark in (". ", "\n", "! ", "? ") if (at := text.find(mark, source.end)) >= 0]
    sentence = text[start : min(ends, default=len(text))]
    return any(each.kind == "documents" for each in source_classes(sentence))


def _spoke_itself(report: ReportText, source: Span) -> bool:
    return shows_own_witness(report.reading.text[max(0, source.start - 120) : source.end + 160])


def _source_node(
    graph: _Graph, report: ReportText, attribution: Attribution, outlets: Mapping[str, str], spoken: _Spoken
) -> str | None:
    """The node that an attribution's source stands for; None where it is a speaker of no consequence to lineage."""
    source = attribution.source
    if source is None:
        # Hearsay in a text that names a source for the whole is taken from there.
        return None if attribution.resolved_source or attribution.type != "agentless" else _hearsay(graph, report)
    names = _names_of(report, attribution)
    for name in (*names, source.text, *_named_in(report, source)):
        if (cited := _outlet_named(name, outlets)) and cited != report.node_id:
            return cited
    common = report.common(attribution.resolved_source)
    if spoken.speaks(common) and not _is_inside(report, attribution):
        return graph.node(Node(id=f"witness:{common}", kind="witness", name=names[0] if names else source.text))
    kinds = _kinds(report, source)
    publisher = _publisher_in(report, source, kinds, attribution, names)
    if publisher:
        node = graph.node(publisher)
        _documents_in(graph, node, kinds, report, source)
        return node
    documents = next((each for each in kinds if each.kind == "documents"), None)
    if documents:
        return graph.node(_documents_node(documents))
    if any(each.kind == "unknown" for each in kinds) and not names:
        return graph.node(
            Node(id=f"unknown:{report.meta.name}:{source.text.casefold()}", kind="unknown", name=source.text)
        )
    return _witness(graph, report, attribution, source, names)


def _named_in(report: ReportText, source: Span) -> list[str]:
    """Names of bodies inside a source ("the daily Harbour Post, citing letters")."""
    return [
        mention.text
        for mention in report.reading.mentions
        if mention.type == "organization" and source.start <= mention.start < source.end
    ]


def _kinds(report: ReportText, source: Span) -> tuple[SourceClass, ...]:
    """What kind of thing a source is. The name of a body ("Workshop of Open Archives") makes it no set of documents."""
    words = source.text
    for name in _named_in(report, source):
        words = words.replace(name, " ")
    shown = source_classes(words)
    return tuple(each for each in source_classes(source.text) if each.kind != "documents" or each in shown)


def _outlet_named(name: str, outlets: Mapping[str, str]) -> str | None:
    """The report that appeared in an outlet of this name, in whatever spelling."""
    exact = outlets.get(_fold(name))
    if exact:
        return exact
    keys = _name_keys(name)
    return next((node for other, node in outlets.items() if keys and _one_name(keys, _name_keys(other))), None)


@lru_cache(maxsize=1 << 14)
def _name_keys(name: str) -> tuple[frozenset[str], ...]:
    words = re.findall(r"\w+(?:[-’'ʼ]\w+)*", _fold(name))
    return tuple(frozenset(word_keys(word.capitalize(), name=True)) for word in words if len(word) > 1)


def _one_name(a: tuple[frozenset[str], ...], b: tuple[frozenset[str], ...]) -> bool:
    return len(a) == len(b) and all(left & right for left, right in zip(a, b, strict=True))


def _hearsay(graph: _Graph, report: ReportText) -> str:
    return graph.node(Node(id=f"unknown:{report.meta.name}:hearsay", kind="unknown", name="hearsay"))


def _names_of(report: ReportText, attribution: Attribution) -> tuple[str, ...]:
    entity = next((e for e in report.reading.entities if e.id == attribution.resolved_source), None)
    return entity.names if entity else ()


def _publisher_in(
    report: ReportText, source: Span, kinds: tuple[SourceClass, ...], attribution: Attribution, names: tuple[str, ...]
) -> Node | None:
    """An organisation inside the source that publishes: named by its kind, or by the way it is cited."""
    entity_of = {e.id: e for e in report.reading.entities}
    for mention in report.reading.mentions:
        if mention.type != "organization" or not (source.start <= mention.start < source.end):
            continue
        own_kinds = [each.kind for each in source_classes(mention.text)]
        if any(each.kind == "documents" for each in kinds) and not {"agency", "publication"} & set(own_kinds):
            continue  # "the plant's correspondence": whose documents they are, not who published them
        if attribution.type not in WHOLE_TEXT and not {"agency", "publication", "documents"} & {
            *own_kinds,
            *(k.kind for k in kinds),
        }:
            continue
        entity = entity_of.get(mention.entity or "")
        common = report.common(mention.entity) or mention.text.casefold()
        kind = "agency" if "agency" in own_kinds else "publication"
        return Node(id=f"{kind}:{common}", kind=kind, name=entity.caption if entity else mention.text)
    if attribution.type in WHOLE_TEXT and names and not any(k.kind == "documents" for k in kinds):
        common = report.common(attribution.resolved_source) or names[0].casefold()
        return Node(id=f"publication:{common}", kind="publication", name=names[0])
    return None


def _documents_node(kind: SourceClass) -> Node:
    # One set of documents per class of words: "the letters" and "leaked e-mails" of two reports are one set, "the ledgers"
    # and "court records" are not. Nothing in the texts can tell two leaks of letters apart; the editor can.
    return Node(id=f"documents:{kind.id}", kind="documents", name=kind.id)


def _documents_in(
    graph: _Graph, publication: str, kinds: tuple[SourceClass, ...], report: ReportText, source: Span
) -> None:
    documents = next((each for each in kinds if each.kind == "documents"), None)
    if documents:
        node = graph.node(_documents_node(documents))
        graph.edge(publication, node, "obtainedVia", Certainty.STATED, f"“{source.text}”", _anchor(report, source))


def _witness(
    graph: _Graph, report: ReportText, attribution: Attribution, source: Span, names: tuple[str, ...]
) -> str | None:
    """Somebody whom the outlet spoke with itself; anybody else speaks inside the material that the report rests on."""
    if not _spoke_itself(report, source):
        return None
    common = report.common(attribution.resolved_source) or f"{report.meta.name}:{source.text.casefold()}"
    return graph.node(Node(id=f"witness:{common}", kind="witness", name=names[0] if names else source.text))


def _links(graph: _Graph, report: ReportText, reports: Sequence[ReportText]) -> None:
    """A link to another text of the set states it. Where the report names one publication and links to one page, the page
    is that publication's."""
    linked = [other for other in reports if other.node_id != report.node_id and _links_to(report, other)]
    named = [
        edge.target
        for edge in graph.edges.values()
        if edge.source == report.node_id and graph.nodes[edge.target].kind == "publication"
    ]
    for other in linked:
        graph.edge(report.node_id, other.node_id, "wasDerivedFrom", Certainty.STATED, f"links to {other.meta.url}")
    if len(linked) == 1 and len(named) == 1:
        reason = "a report that names it as its source links to this page"
        graph.edge(named[0], linked[0].node_id, "obtainedVia", Certainty.INFERRED, reason)


def _links_to(report: ReportText, other: ReportText) -> bool:
    url = (other.meta.url or "").rstrip("/")
    return bool(url) and any(link.rstrip("/") == url for link in report.meta.links)


def _credits(graph: _Graph, report: ReportText, outlets: Mapping[str, str]) -> None:
    """A photo credit that names a publication which the text cites anyway is a further reason; alone it shows only the
    picture's way, so the derivation of the text from it is merely possible."""
    text = report.reading.text
    for segment in report.reading.segments:
        if segment.role != Role.CREDIT:
            continue
        credit = Span(start=segment.start, end=segment.end, text=text[segment.start : segment.end])
        named = {_fold(name): node for name, node in outlets.items() if node != report.node_id}
        named |= {_fold(n.name): n.id for n in graph.nodes.values() if n.kind in ("publication", "agency")}
        for name, node in named.items():
            if name and name in _fold(credit.text):
                graph.edge(
                    report.node_id,
                    node,
                    "wasDerivedFrom",
                    Certainty.POSSIBLE,
                    "a photo credit names it",
                    _anchor(report, credit),
                )


def _chain_documents(graph: _Graph, report: ReportText) -> None:
    """Put the documents of a report behind the publication that showed them, or behind the report where there is none."""
    publications = [
        edge.target
        for edge in graph.edges.values()
        if edge.source == report.node_id
        and edge.certainty == Certainty.STATED
        and graph.nodes[edge.target].kind in ("publication", "report", "agency")
    ]
    for attribution in report.reading.attributions:
        source = attribution.source
        documents = next((k for k in _kinds(report, source) if k.kind == "documents"), None) if source else None
        if source is None or documents is None:
            continue
        node = graph.node(_documents_node(documents))
        holders = publications or [report.node_id]
        already = any(edge.target == node for edge in graph.edges.values() if edge.source in holders)
        if not already:
            relation: RelationName = "obtainedVia" if publications else "hadPrimarySource"
            graph.edge(holders[0], node, relation, Certainty.STATED, f"“{source.text}”", _anchor(report, source))


def _claim_nodes(
    graph: _Graph, report: ReportText, claim: Claim, outlets: Mapping[str, str], spoken: _Spoken
) -> frozenset[str]:
    """The nodes that a claim rests on: its own witness or hearsay where it has one, else the report as a whole."""
    by_id = {each.id: each for each in report.reading.attributions}
    own: set[str] = set()
    for identity in claim.attributions:
        attribution = by_id.get(identity)
        node = _source_node(graph, report, attribution, outlets, spoken) if attribution else None
        if node and graph.nodes[node].kind in ("witness", "unknown"):
            own.add(node)
            graph.edge(
                report.node_id,
                node,
                "hadPrimarySource",
                Certainty.POSSIBLE,
                "for single claims only",
                _anchor(report, attribution.source if attribution else None),
            )
    if not own and _seen_by_the_outlet(report, claim):
        own.add(_own_visit(graph, report))
    if own and not _rests_on_nothing(graph, report, own, spoken):
        return frozenset(own)
    return frozenset({report.node_id})


def _rests_on_nothing(graph: _Graph, report: ReportText, own: set[str], spoken: _Spoken) -> bool:
    """Whether a report has no stated source, and these witnesses are its own alone: then it is one source, however many
    people it spoke with."""
    stated = any(e.source == report.node_id and e.certainty != Certainty.POSSIBLE for e in graph.edges.values())
    shared = any(e.target in own and e.source != report.node_id for e in graph.edges.values())
    shared = shared or any(f"witness:{common}" in own for common in spoken.shared)
    unknown = any(graph.nodes[node].kind == "unknown" for node in own)
    return not (stated or shared or unknown)


def _seen_by_the_outlet(report: ReportText, claim: Claim) -> bool:
    if claim.origin != "witness":
        return False
    return shows_own_witness(report.reading.text[max(0, claim.quote.start - 160) : claim.quote.end + 120])


def _own_visit(graph: _Graph, report: ReportText) -> str:
    return graph.node(
        Node(id=f"witness:{report.meta.name}:visit", kind="witness", name=f"{report.meta.name}, own visit")
    )


def _anchor(report: ReportText, span: Span | None) -> Anchor | None:
    if span is None:
        return None
    return anchor_at(
        report.reading.text, span.start, span.end, document=report.meta.name, text_sha256=report.reading.sha256
    )
