"""Mention: a name in a text, not yet someone. Entity: someone or something. Match: whether two are the same, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

MentionType = Literal[
    "person",
    "organization",
    "place",
    "equipment",
    "date",
    "percent",
    "money",
    "quantity",
    "identifier",
    "email",
    "phone",
    "url",
]
NAMED_TYPES: frozenset[str] = frozenset({"person", "organization", "place", "equipment"})
Confidence = Literal["likely", "check"]
NameKind = Literal["person", "organization", "place", "equipment"]
Verdict = Literal["same", "possible", "different"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name or a value in a text: code points [start, end), its type, its normal form, the rules that found it.

    `normal` is the base form of a name, or a value: EDTF for dates, "12.5" for percent, "240000 EUR" for money.
    """

    id: str
    start: int
    end: int
    text: str
    type: MentionType
    normal: str
    rules: tuple[str, ...]
    confidence: Confidence
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposal that an entity may be another one, for a person to judge."""

    with_: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Someone or something that mentions refer to. `schema` is FollowTheMoney's; ids are local ("e1") outside a case."""

    id: str
    schema: str
    caption: str
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    shown: bool = True
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sourced value about an entity (FollowTheMoney): a changed value is a new statement, never an overwrite."""

    entity_id: str
    schema: str
    prop: str
    value: str
    dataset: str
    origin: str


class Judgement(StrEnum):
    """A person's answer to "are these the same?"."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"
    NO_JUDGEMENT = "no_judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Are two names the same? A verdict, a score between 0 and 1, and the sentences that led to it."""

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError("a score lies between 0 and 1")
        if not self.reasons:
            raise ValueError("no score without its sentence")
