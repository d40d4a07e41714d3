"""Walking the graph: what a node rests on, where that ends, and where it runs in circles.

Every question of this kind is answered here and nowhere else. Possible edges are walked only where somebody asks to see them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leakdesk.model.derivation import Certainty, Derivation


@dataclass(frozen=True, slots=True)
class Reach:
    """The edges of a graph by the node that they begin at."""

    out: Mapping[str, tuple[Derivation, ...]]

    @staticmethod
    def over(edges: Iterable[Derivation], *, possible: bool = False) -> Reach:
        """Stated and inferred edges; with `possible` all of them, to be shown and never to be counted."""
        out: dict[str, list[Derivation]] = {}
        for edge in edges:
            if possible or edge.certainty != Certainty.POSSIBLE:
                out.setdefault(edge.source, []).append(edge)
        return Reach({source: tuple(leaving) for source, leaving in out.items()})

    def nodes(self, starts: Iterable[str]) -> frozenset[str]:
        """Everything that some nodes rest on, themselves included."""
        waiting = list(starts)
        found: set[str] = set()
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += [edge.target for edge in self.out.get(node, ())]
        return frozenset(found)

    def edges(self, starts: Iterable[str]) -> tuple[Derivation, ...]:
        """The edges that are walked on the way."""
        return tuple(edge for node in sorted(self.nodes(starts)) for edge in self.out.get(node, ()))

    def roots(self, starts: Iterable[str]) -> frozenset[str]:
        """The nodes from which no edge leads on. A loop has none. A text is no root beside the sources that its revision
        names: one outlet that says a thing twice is not two."""
        reached = self.nodes(starts)
        ends = frozenset(node for node in reached if node not in self.out)
        return ends - frozenset(self._revised(reached, ends))

    def _revised(self, reached: frozenset[str], ends: frozenset[str]) -> Iterator[str]:
        for node in reached:
            leaving = self.out.get(node, ())
            before = self._versions(node)
            others = self.nodes(edge.target for edge in leaving if edge.target not in before)
            if before and others & (ends - before):
                yield from before

    def _versions(self, node: str) -> frozenset[str]:
        """The versions before a text, and before those."""
        found: set[str] = set()
        waiting = [node]
        while waiting:
            leaving = self.out.get(waiting.pop(), ())
            earlier = {edge.target for edge in leaving if edge.relation == "wasRevisionOf"} - found
            found |= earlier
            waiting += earlier
        return frozenset(found)

    def back(self, node: str) -> tuple[str, ...]:
        """The shortest way from a node back to itself, the node first; empty where there is none."""
        came: dict[str, str] = {}
        waiting = deque([node])
        while waiting:
            at = waiting.popleft()
            for edge in self.out.get(at, ()):
                if edge.target == node:
                    return _path(came, node, at)
                if edge.target not in came:
                    came[edge.target] = at
                    waiting.append(edge.target)
        return ()


def _path(came: Mapping[str, str], first: str, last: str) -> tuple[str, ...]:
    path = [last]
    while path[-1] != first:
        path.append(came[path[-1]])
    return tuple(reversed(path))


def roots_of(edges: Iterable[Derivation], starts: Iterable[str]) -> frozenset[str]:
    """Nodes without outgoing stated or inferred edges that can be reached from `starts`. A loop has no root."""
    return Reach.over(edges).roots(starts)


def loops(edges: Iterable[Derivation]) -> list[tuple[str, ...]]:
    """For each node that stands in a loop of stated or inferred edges, the shortest one through it; each loop once, from its
    smallest node on. Among many texts that cite each other there are more loops than anybody could read."""
    reach = Reach.over(edges)
    found: set[tuple[str, ...]] = set()
    for node in sorted(reach.out):
        if around := reach.back(node):
            at = around.index(min(around))
            found.add(around[at:] + around[:at])
    return sorted(found)
