"""What an extractor from outside may propose: names and claims, each with words of one numbered sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A sentence as an extractor sees it: its number, its place in the text, and its words."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMention:
    """A name or value: words of a sentence, and their type as the contract names types."""

    sentence: int
    text: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedClaim:
    """An event: the clause that carries it and the words of its slots, all of one sentence; "" for an empty slot."""

    sentence: int
    quote: str
    predicate: str
    subject: str = ""
    object: str = ""
    modality: str = "asserted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Everything an extractor proposes for some sentences; `unusable` counts what was no proposal at all."""

    mentions: tuple[ProposedMention, ...] = ()
    claims: tuple[ProposedClaim, ...] = ()
    unusable: int = 0


class NoAnswer(Exception):
    """An extractor could not be asked; the message says why, without text of a document."""


class Extractor(Protocol):
    """Something that reads sentences and proposes. It never sees more than these, and nothing it says is believed."""

    @property
    def name(self) -> str:
        """The label of everything that comes from it: letters, digits, hyphens."""
        ...

    def propose(self, sentences: Sequence[Numbered]) -> Proposed:
        """Names and claims in these sentences. Raises NoAnswer."""
        ...
