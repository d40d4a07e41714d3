"""What a part of a query becomes, and what only the case can answer: tags, threads, entities, saved searches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING, Literal, Protocol

from leakdesk.search import tree
from leakdesk.search.finders import Finder
from leakdesk.search.results import Count

if TYPE_CHECKING:
    import tantivy

#: Frequencies of terms, and parts of queries, that are remembered at most.
MOST_COUNTS, MOST_ASKED = 100_000, 1_000

Spelling = Literal["exact", "variants"]
Resolver = Callable[[str], Iterable[str]]
"""A case's answer to tag:, entity: or place: -> the ids of the documents that have it."""
Counter = Callable[[Sequence[int] | None], Iterable[Count]]
"""A case's answer to a facet that the index does not have -> the counts over documents (by number; None: over all)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One part of a query: what the index is asked, and the finders for the texts of the hits."""

    query: tantivy.Query
    finders: tuple[Finder, ...] = ()


@dataclass(slots=True)
class Remembered:
    """What is remembered for one state of the index: in how many documents a term of a field stands, and what words and
    phrases became."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    asked: dict[object, Asked] = field(default_factory=dict[object, Asked])

    def tidy(self) -> None:
        """Forget what has grown too large."""
        if len(self.counts) > MOST_COUNTS:
            self.counts.clear()
        if len(self.asked) > MOST_ASKED:
            self.asked.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search that somebody keeps. `seen` is the number of the last document there was when it was last looked at."""

    name: str
    query: str
    spelling: Spelling = "variants"
    seen: int = 0
    day: str = ""


SavedSearches = Callable[[str], SavedSearch | None]


class Asking(Protocol):
    """What the fields of a query need to know of whoever asks the whole of it (`query.Asker`)."""

    schema: tantivy.Schema
    spelling: Spelling
    zone: tzinfo
    notes: list[str]
    saved: SavedSearches | None
    resolvers: Mapping[str, Resolver]
    telling_words: Callable[[str], Mapping[str, float] | None] | None
    depth: int

    def ask(self, node: tree.Node, fields: tuple[str, ...] = ()) -> Asked:
        """The question for a node of a query's tree."""
        ...
