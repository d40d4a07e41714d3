"""Which reports are tied by what they state: then words and traces in common say nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leakdesk.model.derivation import Certainty, Derivation


@dataclass(frozen=True, slots=True)
class Ties:
    """Node -> what it states that it rests on."""

    targets: dict[str, frozenset[str]]

    @staticmethod
    def of(edges: Iterable[Derivation]) -> Ties:
        """The stated edges among some."""
        targets: dict[str, set[str]] = {}
        for edge in edges:
            if edge.certainty == Certainty.STATED:
                targets.setdefault(edge.source, set()).add(edge.target)
        return Ties({source: frozenset(found) for source, found in targets.items()})

    def stated(self, a: str, b: str) -> bool:
        """Whether one of two texts states that it rests on the other."""
        return b in self.targets.get(a, ()) or a in self.targets.get(b, ())

    def common_source(self, a: str, b: str) -> bool:
        """Whether both state one source."""
        return bool(self.targets.get(a, frozenset()) & self.targets.get(b, frozenset()))
