"""Nodes joined to clusters without transitive nonsense: judgements first, then the surest pairs, complete link."""

from __future__ import annotations

from leakdesk.entities.graph import Graph
from leakdesk.entities.judgements import Decided
from leakdesk.entities.nodes import Node, is_partial, pair_of, verdict_between


def clustered(ordered: list[Node], graph: Graph, decided: Decided) -> tuple[list[list[Node]], list[tuple[Node, Node]]]:
    cluster_of: dict[Node, int] = {node: number for number, node in enumerate(ordered)}
    members: dict[int, list[Node]] = {number: [node] for number, node in enumerate(ordered)}
    conflicts: list[tuple[Node, Node]] = []

    def join(a: Node, b: Node) -> None:
        keep, drop = sorted((cluster_of[a], cluster_of[b]))
        for node in members[drop]:
            cluster_of[node] = keep
        members[keep] += members.pop(drop)

    for a, b in sorted(decided.together):
        if cluster_of[a] == cluster_of[b]:
            continue
        if _kept_apart(members[cluster_of[a]], members[cluster_of[b]], decided.apart):
            conflicts.append((a, b))
        else:
            join(a, b)
    judged = {pair_of(a, b) for a, b in decided.together}
    for a, b in sorted(graph.same, key=lambda pair: (-graph.same[pair], pair)):
        left, right = cluster_of[a], cluster_of[b]
        if left == right or pair_of(a, b) in decided.unsure:
            continue
        if _kept_apart(members[left], members[right], decided.apart) or _vetoed(
            members[left], members[right], judged, graph
        ):
            continue
        join(a, b)
    return [sorted(found) for _, found in sorted(members.items())], conflicts


def _kept_apart(left: list[Node], right: list[Node], apart: set[tuple[Node, Node]]) -> bool:
    return bool(apart) and any(pair_of(a, b) in apart for a in left for b in right)


def _vetoed(left: list[Node], right: list[Node], judged: set[tuple[Node, Node]], graph: Graph) -> bool:
    """Complete link: no name of one side may be different from a name of the other, unless a person or the text said so."""
    return any(
        pair_of(a, b) not in judged
        and pair_of(a, b) not in graph.reasons
        and verdict_between(a.text, b.text, a.kind)[0] == "different"
        and not _bridged(a, b)
        for a in left
        for b in right
    )


def _bridged(a: Node, b: Node) -> bool:
    """An acronym is different from most words; only numbers and own names of full names veto."""
    return a.kind == "organization" and (is_partial(a.text, a.kind) or is_partial(b.text, b.kind))
