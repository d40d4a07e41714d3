"""What an export may show: the nouns that every format arranges. Fields that may not be shown are empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from leakdesk.exports.roads import SeenRoad
from leakdesk.model.anchor import Anchor
from leakdesk.model.document import Language, MailAddress

#: What every file of an internal export says.
INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMention:
    """A mention that may be shown."""

    id: str
    document: str
    name: str
    type: str
    entity: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenClaim:
    """A claim that may be shown, with its quotation."""

    id: str
    document: str
    sentence: str
    quote: Anchor | None
    exact: str
    predicate: str
    modality: str
    polarity: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDocument:
    """A document that may be shown; fields that may not are empty. `body`: the text without its header block."""

    id: str
    schema: str
    text: str
    body: str
    title: str
    date: str
    sender: tuple[MailAddress, ...]
    to: tuple[MailAddress, ...]
    cc: tuple[MailAddress, ...]
    bcc: tuple[MailAddress, ...]
    media_type: str
    languages: tuple[Language, ...]
    file_name: str
    sha256: str
    message_id: str
    in_reply_to: str
    parent: str | None
    is_message: bool
    mentions: tuple[SeenMention, ...]
    claims: tuple[SeenClaim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntity:
    """An entity that may be shown; a private person has no names."""

    id: str
    schema: str
    names: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFinding:
    """A finding that may be shown: sentence, state, and its quotations as (document, words, stance). `contexts`: the words
    before and after each quotation. `told`: the lines of its dossier and what people wrote, by part."""

    id: str
    sentence: str
    state: str
    grade: str
    quotes: tuple[tuple[str, str, str], ...]
    contexts: tuple[tuple[str, str], ...] = ()
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


class SeenDocuments(Protocol):
    """Documents that may be shown, one after another."""

    def __iter__(self) -> Iterator[SeenDocument]:
        """All of them, in the order of their numbers."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that the formats arrange. `documents` can be gone through more than once, at the cost of masking them again."""

    internal: bool
    documents: SeenDocuments
    entities: tuple[SeenEntity, ...]
    findings: tuple[SeenFinding, ...]
    nodes: tuple[tuple[str, str, str], ...]
    edges: tuple[tuple[str, str, str, str, tuple[str, ...]], ...]
    roads: tuple[SeenRoad, ...] = ()
    hits: tuple[Mapping[str, Any], ...] = ()
