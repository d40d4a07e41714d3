"""Two reports side by side, and a report beside the letters: the results of comparing and checking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leakdesk.model.claim import Reading
from leakdesk.model.derivation import Lineage, Withdrawn
from leakdesk.model.entity import Verdict
from leakdesk.model.pictures import CheckedPicture

SlotRelation = Literal["equal", "narrower", "broader", "disjoint", "missing", "variant"]
"""How A's slot stands to B's: narrower means that A says more exactly the same thing; missing means only one has it."""

Relation = Literal[
    "equivalent", "a_more_specific", "b_more_specific", "overlapping", "conflicting", "updated", "only_a", "only_b"
]
ClaimVerdict = Literal["supports", "partly", "contradicts", "silent", "not_checkable"]
QuotationVerdict = Literal["found", "altered", "truncated", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """What is known about a text besides its words: needed for lineage and updates; every field may be unknown."""

    name: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPair:
    """Entities of A and of B that are, may be or are not the same, with the reasons."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the comparison: claims of A beside claims of B, their relation, and the slots that decide it.

    `facets` are differences that are no conflict (attribution, hedge); `question` puts the difference as a question.
    """

    relation: Relation
    strength: Literal["hard", "soft"] | None
    a: tuple[str, ...]
    b: tuple[str, ...]
    slots: dict[str, SlotRelation]
    reasons: tuple[str, ...]
    facets: tuple[str, ...] = ()
    question: str | None = None
    independent_sources: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """One report ties together, as cause and effect, what the other tells apart."""

    document: Literal["a", "b"]
    claims: tuple[str, ...]
    with_: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The contract's "Comparing"; `notes` are sentences about one of the two texts alone, `withdrawn` their claims that were
    taken back or put right later, and those that others took back and they repeat."""

    a: Reading
    b: Reading
    entities: tuple[EntityPair, ...]
    rows: tuple[Row, ...]
    fusions: tuple[Fusion, ...]
    lineage: Lineage
    notes: tuple[str, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A place in a letter: document id, code points, the words, and how the claim's slots stand to it. `tells`: it tells
    the claim's event, and is not merely the nearest."""

    document: str
    start: int
    end: int
    text: str
    slots: dict[str, SlotRelation]
    tells: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A claim of a report against the letters. Passages come best first; for `silent` they are merely the nearest."""

    claim: str
    sentence: str
    verdict: ClaimVerdict
    passages: tuple[Passage, ...]
    searched: int
    unreadable: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuotation:
    """A direct quotation of a report against the letters; `difference` says what was changed or cut."""

    start: int
    end: int
    text: str
    verdict: QuotationVerdict
    document: str | None
    passage: Passage | None
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmentioned:
    """A letter about the report's own people and things that tells none of its claims: its fullest sentence, and whom it
    names."""

    document: str
    start: int
    end: int
    text: str
    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """The contract's "Checking", and beside it the letters that the report never uses, what its pictures show, and what is to be
    said about it alone."""

    claims: tuple[CheckedClaim, ...]
    quotations: tuple[CheckedQuotation, ...]
    unmentioned: tuple[Unmentioned, ...] = ()
    pictures: tuple[CheckedPicture, ...] = ()
    notes: tuple[str, ...] = ()
