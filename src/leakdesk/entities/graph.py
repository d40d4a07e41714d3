"""Which nodes are the same, which may be, and why: compared, defined by the text, attached, or dropped as ambiguous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from leakdesk.entities import candidates, people
from leakdesk.entities.match import compare
from leakdesk.entities.nodes import MentionKey, Node, is_partial, pair_of, verdict_between
from leakdesk.entities.rarity import frequent_surnames
from leakdesk.model.entity import Mention, NameKind, Verdict


class Graph(NamedTuple):
    same: dict[tuple[Node, Node], float]
    possible: dict[tuple[Node, Node], float]
    reasons: dict[tuple[Node, Node], str]


def compared(
    ordered: list[Node],
    nodes: dict[Node, list[MentionKey]],
    mentions: Mapping[str, Sequence[Mention]],
    where: Mapping[MentionKey, Node],
) -> Graph:
    graph = Graph({}, {}, {})
    by_kind: dict[NameKind, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for node in ordered:
        by_kind[node.kind][node.text].append(node)
    for kind, texts in by_kind.items():
        names = sorted(texts)
        frequent = frequent_surnames(names) if kind == "person" else frozenset[str]()
        pairs = [*((at, at) for at in range(len(names))), *candidates.pairs(names, kind)]
        for a, b in pairs:
            verdict, score = verdict_between(names[a], names[b], kind, frequent)
            if verdict != "different":
                _link(graph, texts[names[a]], texts[names[b]], verdict, score)
    _define_acronyms(graph, mentions, where)
    _attach_partials(graph, ordered, nodes)
    _drop_ambiguous(graph)
    return graph


def _link(graph: Graph, left: list[Node], right: list[Node], verdict: Verdict, score: float) -> None:
    for a in left:
        for b in right:
            if a == b:
                continue
            partial = is_partial(a.text, a.kind) or is_partial(b.text, b.kind)
            one_text_here = a.scope == b.scope and verdict == "same"
            table = graph.same if verdict == "same" and (not partial or one_text_here) else graph.possible
            if partial and a.scope and b.scope and a.scope != b.scope and a.kind == "person" and verdict == "possible":
                continue
            pair = pair_of(a, b)
            table[pair] = max(score, table.get(pair, 0.0))


#: An acronym stands at most so many code points behind the name it abbreviates: " (".
_NEAREST = 3


def _define_acronyms(graph: Graph, mentions: Mapping[str, Sequence[Mention]], where: Mapping[MentionKey, Node]) -> None:
    """A name followed at once by its acronym in brackets defines it, in that document."""
    for document, found in mentions.items():
        bodies = sorted((each for each in found if each.type == "organization"), key=lambda each: each.start)
        for left, right in pairwise(bodies):
            if not 0 < right.start - left.end <= _NEAREST:
                continue
            a, b = where[document, left.id], where[document, right.id]
            if a != b and compare(a.text, b.text, "organization", defined=True).verdict == "same":
                graph.same[pair_of(a, b)] = 0.9
                graph.reasons[pair_of(a, b)] = f"the text introduces {right.text} as the short name of {left.text}"


def _attach_partials(graph: Graph, ordered: list[Node], nodes: dict[Node, list[MentionKey]]) -> None:
    """A short form joins the only full name of its document that it fits."""
    documents = {node: {document for document, _ in keys} for node, keys in nodes.items()}
    near: dict[Node, list[Node]] = defaultdict(list)
    for a, b in (*graph.possible, *graph.same):
        near[a].append(b)
        near[b].append(a)
    for node in ordered:
        if not is_partial(node.text, node.kind):
            continue
        full = {each for each in near[node] if not is_partial(each.text, each.kind) and node.scope in documents[each]}
        fitting = sorted(each for each in full if _fits(node, each))
        if not fitting or any(verdict_between(a.text, b.text, node.kind)[0] != "same" for a in fitting for b in full):
            continue
        for each in fitting:
            pair = pair_of(node, each)
            score = graph.possible.pop(pair, graph.same.get(pair, 0.6))
            graph.same[pair] = max(score, 0.75)
            graph.reasons[pair] = f"the only full name in this document that {node.text} fits"


def _fits(partial: Node, full: Node) -> bool:
    if partial.kind != "person":
        return True
    from leakdesk.entities.compare_people import judge
    from leakdesk.entities.name_parts import Level

    found = judge(people.parse(partial.text), people.parse(full.text))
    if found.why == "ambiguous gender":  # Горбачёва may be his wife
        return False
    return found.surname.level is Level.AGREES and found.given.level in (
        Level.OMITTED,
        Level.INITIAL,
        Level.AGREES,
        Level.SHORT,
    )


def _drop_ambiguous(graph: Graph) -> None:
    """A name that is the same as two names which contradict each other is neither; both become suggestions."""
    near: dict[Node, set[Node]] = defaultdict(set)
    for a, b in graph.same:
        near[a].add(b)
        near[b].add(a)
    for node in sorted(near):
        others = sorted(near[node])
        if not any(_contradict(a, b) for at, a in enumerate(others) for b in others[at + 1 :]):
            continue
        less_said = [each for each in others if _says_more(each, node)]
        for each in less_said if len(less_said) > 1 else []:
            pair = pair_of(node, each)
            if pair in graph.same:
                graph.possible[pair] = min(graph.same.pop(pair), 0.7)
                graph.reasons[pair] = f"{node.text} fits several names that contradict each other"


def _contradict(a: Node, b: Node) -> bool:
    return verdict_between(a.text, b.text, a.kind)[0] == "different"


def _says_more(a: Node, b: Node) -> bool:
    """Whether a name has more parts than another: a full name with patronymic says more than one without."""
    return len(a.text.split()) > len(b.text.split())
