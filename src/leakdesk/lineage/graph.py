"""The graph while it is built: nodes, and between two of them one edge that gathers its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from leakdesk.model.anchor import Anchor
from leakdesk.model.derivation import Certainty, Derivation, Node, NodeKind, RelationName

_RANK = {Certainty.STATED: 0, Certainty.INFERRED: 1, Certainty.POSSIBLE: 2}


@dataclass(slots=True)
class Graph:
    """Nodes by id, edges by (source, target) in the order in which they were found."""

    nodes: dict[str, Node] = field(default_factory=dict[str, Node])
    edges: dict[tuple[str, str], Derivation] = field(default_factory=dict[tuple[str, str], Derivation])
    _publishers: dict[str, str] = field(default_factory=dict[str, str])
    _targets: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])

    def node(self, node: Node) -> str:
        """Add a node unless it is known; its id."""
        self.nodes.setdefault(node.id, node)
        return node.id

    def publisher(self, kind: NodeKind, common: str, name: str) -> str:
        """Add a publication or agency; its id. Two of one name are one, also where nothing else ties the two entities: an
        agency is named by its letters alone, and short names are kept apart by document otherwise."""
        folded = " ".join(name.casefold().removeprefix("the ").strip("«»“”\"' ").split())
        if folded not in self._publishers:
            self._publishers[folded] = self.node(Node(id=f"{kind}:{common}", kind=kind, name=name))
        return self._publishers[folded]

    def kind(self, node: str) -> NodeKind:
        """What kind of node it is."""
        return self.nodes[node].kind

    def edge(
        self,
        source: str,
        target: str,
        relation: RelationName,
        certainty: Certainty,
        reason: str,
        anchor: Anchor | None = None,
    ) -> None:
        """Add an edge, or a further reason to the one that is there: the surest reason says how certain it is."""
        self.add(
            Derivation(
                source=source,
                target=target,
                relation=relation,
                certainty=certainty,
                reasons=(reason,),
                anchors=(anchor,) if anchor else (),
            )
        )

    def add(self, edge: Derivation) -> None:
        """Add an edge as it is. Nothing rests on itself."""
        if edge.source == edge.target:
            return
        known = self.edges.get((edge.source, edge.target))
        if known is None:
            self._targets.setdefault(edge.source, []).append(edge.target)
            self.edges[edge.source, edge.target] = edge
            return
        surer = min(edge.certainty, known.certainty, key=_RANK.__getitem__)
        reasons = dict.fromkeys((*known.reasons, *edge.reasons))
        self.edges[edge.source, edge.target] = replace(
            known, certainty=surer, reasons=tuple(reasons), anchors=known.anchors + edge.anchors
        )

    def add_shown(self, edge: Derivation) -> None:
        """Add an edge that the texts show and nobody states. It never closes a loop: who rests on somebody as it is cannot be
        their source, so then it is merely possible."""
        if edge.certainty == Certainty.INFERRED and self._rests_on(edge.target, edge.source):
            reason = f"{self.nodes[edge.target].name} rests on {self.nodes[edge.source].name} already"
            edge = replace(edge, certainty=Certainty.POSSIBLE, reasons=(*edge.reasons, reason))
        self.add(edge)

    def _rests_on(self, node: str, source: str) -> bool:
        waiting, seen = [node], {node}
        while waiting:
            at = waiting.pop()
            if at == source:
                return True
            for target in self._targets.get(at, ()):
                if target not in seen and self.edges[at, target].certainty != Certainty.POSSIBLE:
                    seen.add(target)
                    waiting.append(target)
        return False

    def leaving(self, source: str) -> list[Derivation]:
        """The edges that begin at a node."""
        return [self.edges[source, target] for target in self._targets.get(source, ())]

    def arriving(self, targets: frozenset[str]) -> list[Derivation]:
        """The edges that end at one of some nodes."""
        return [edge for edge in self.edges.values() if edge.target in targets]
