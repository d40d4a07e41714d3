"""Attribution: who says what, with which word. Claim: something a person could check, with its exact quote.

A Reading is all that was found in one text; its JSON is the contract's "Reading".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from leakdesk.model.anchor import Anchor, Span
from leakdesk.model.document import Language, Segment
from leakdesk.model.entity import Entity, Mention

AttributionType = Literal[
    "direct",
    "indirect",
    "evidential",
    "according_to",
    "label",
    "agentless",
    "document_level",
    "publication",
    "speech_act",
]
Modality = Literal[
    "asserted", "alleged", "presupposed", "inferred", "planned", "possible", "intended", "predicted", "asked"
]
Polarity = Literal["+", "-"]
Origin = Literal["documents", "witness", "opinion", "outlet", "unspecified"]
Stance = Literal["supports", "refutes", "not_enough_info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A claim's smallest clause, verbatim, with 32 code points of context on each side."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not self.exact or len(self.exact) != self.end - self.start:
            raise ValueError("no claim without a quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Subject or object of a claim; its span may lie outside the quote (restored), then offsets are its own."""

    text: str
    start: int
    end: int
    entity: str | None = None
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What happened or holds: the words, the base form of the head, and its concept class (language-free)."""

    text: str
    lemma: str
    class_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A further participant."""

    role: Literal["with", "from", "to", "for", "by"]
    text: str
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSlot:
    """When: the words and the EDTF value with its granularity."""

    text: str
    edtf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How much: value, unit, and the role of the number ("to", "by", "of", "up_to", "at", "count", "total")."""

    text: str
    value: float
    unit: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tie from one claim to another that the text itself makes."""

    relation: Literal["cause", "purpose", "condition"]
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content: who says it, with which word, what. Each may stand alone; the rule that found it is named."""

    id: str
    type: AttributionType
    source: Span | None
    cue: Span | None
    content: Span | None
    resolved_source: str | None
    hedged: bool
    parent: str | None
    rule: str
    cue_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One event or attribute, as somebody says it, with its exact quote."""

    id: str
    quote: Quote
    subject: Slot | None
    predicate: Predicate
    object: Slot | None
    others: tuple[Other, ...] = ()
    place: str | None = None
    place_entity: str | None = None
    time: TimeSlot | None = None
    quantities: tuple[Quantity, ...] = ()
    modality: Modality = "asserted"
    polarity: Polarity = "+"
    origin: Origin = "unspecified"
    attributions: tuple[str, ...] = ()
    hedged: bool = False
    links: tuple[Link, ...] = ()
    sentence: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A pronoun or a definite description ("the plant", "they"): the entity it stands for, or the candidates."""

    start: int
    end: int
    text: str
    entity: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A sentence the reader declined to read, and why: silence is shown, not hidden."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one text layer."""

    text: str
    sha256: str
    languages: tuple[Language, ...]
    segments: tuple[Segment, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    references: tuple[Reference, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """An anchor for or against a claim."""

    anchor: Anchor
    stance: Stance


class FindingState(StrEnum):
    """Where a finding stands."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


#: What a person may do with a finding, as (from, verb) -> to. Anything else is refused.
FINDING_TRANSITIONS: dict[tuple[FindingState, str], FindingState] = {
    (FindingState.DRAFT, "edit"): FindingState.DRAFT,
    (FindingState.DRAFT, "accept"): FindingState.ACCEPTED,
    (FindingState.DRAFT, "reject"): FindingState.REJECTED,
    (FindingState.ACCEPTED, "edit"): FindingState.DRAFT,
    (FindingState.ACCEPTED, "reject"): FindingState.REJECTED,
    (FindingState.REJECTED, "accept"): FindingState.ACCEPTED,
    (FindingState.REJECTED, "edit"): FindingState.DRAFT,
    (FindingState.DRAFT, "grade"): FindingState.DRAFT,
    (FindingState.ACCEPTED, "grade"): FindingState.ACCEPTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A reviewed claim with its support. It keeps its own copy of the claim's sentence and quotes, so that a later
    reading of the same text cannot change what a person accepted. `grade` is one of `claims.review.GRADES` or "";
    `translation`, `right_of_reply` and `open_questions` are written by people."""

    id: str
    state: FindingState
    sentence: str
    claim: str
    document: str
    quotes: tuple[Anchor, ...]
    support: tuple[Support, ...]
    note: str = ""
    grade: str = ""
    translation: str = ""
    right_of_reply: str = ""
    open_questions: tuple[str, ...] = ()
