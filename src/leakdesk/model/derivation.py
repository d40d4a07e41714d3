"""Who had it from whom: nodes, derivations and how certain each is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from leakdesk.model.anchor import Anchor

NodeKind = Literal["report", "publication", "documents", "witness", "agency", "unknown"]
RelationName = Literal["hadPrimarySource", "wasQuotedFrom", "wasRevisionOf", "wasDerivedFrom", "obtainedVia"]


Withdrawal = Literal["updated", "corrected", "withdrawn"]


class Certainty(StrEnum):
    """How we know: the text says so, the texts show it, or it merely could be."""

    STATED = "stated"
    INFERRED = "inferred"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A report, a publication, a set of documents, a witness, an agency, or an unknown source."""

    id: str
    kind: NodeKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """`source` (the later or derived node) rests on `target`. Names follow PROV-O; JSON calls them `from` and `to`."""

    source: str
    target: str
    relation: RelationName
    certainty: Certainty
    reasons: tuple[str, ...]
    anchors: tuple[Anchor, ...] = ()

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError("no derivation without its reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The graph, its roots, and how many independent sources it comes to; `reasons`: why that is a span, where it is one."""

    nodes: tuple[Node, ...]
    edges: tuple[Derivation, ...]
    roots: tuple[str, ...]
    at_least: int
    at_most: int
    reasons: tuple[str, ...] = ()

    @property
    def independent_sources(self) -> int:
        """Equals `at_least`: only what is stated or inferred counts."""
        return self.at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAt:
    """A claim of a report."""

    document: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A claim that its own outlet brought up to date, put right or took back in a later text (`by`); `replaced_by`: the claim
    that stands there instead, where one does; `repeated`: claims of other reports that still tell it."""

    document: str
    claim: str
    how: Withdrawal
    by: str
    replaced_by: str | None
    reason: str
    repeated: tuple[ClaimAt, ...] = ()
