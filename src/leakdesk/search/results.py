"""What a search gives: hits with exact places, total, facets. Attributes are named like the JSON of `leakdesk search`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from leakdesk.model.document import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForSearch:
    """What the store hands over to show a hit."""

    document: str
    text: str
    title: str | None = None
    date: str | None = None
    kind: str = ""
    segments: tuple[Segment, ...] = ()
    group: str | None = None
    thread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMatch:
    """A place in the text layer: code points [start, end), what stands there, which part of the query asked for it, and why
    it matches ("exact", "inflection", "be/ru spelling + romanisation", "designation", "wildcard", ...)."""

    start: int
    end: int
    text: str
    term: str
    rule: str
    zone: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document. `in_quoted`: every match stands in quoted older mail; `written_in` is the message that wrote it, if known.

    `snippet` is text[snippet_start:snippet_end] of the text layer, verbatim. `more` says that the text has further matches.
    """

    document: str
    title: str | None
    date: str | None
    score: float
    matches: tuple[TextMatch, ...]
    snippet: str
    snippet_start: int = 0
    snippet_end: int = 0
    kind: str = ""
    group: str | None = None
    thread: str | None = None
    in_quoted: bool = False
    written_in: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many documents have a value. `label` is what a person calls it, where that is something else."""

    value: str
    count: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The hits of one page, and what is true of all: `total` and `facets` are never estimates and never folded."""

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Count, ...]] = field(default_factory=dict[str, tuple[Count, ...]])
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
