"""The reader of an index: takes a query, gives results with exact places. Any number of readers beside the one writer."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from leakdesk.errors import UsageError
from leakdesk.search import clauses, likeness, orders, tree, values
from leakdesk.search.asked import Asked, Counter, Remembered, Resolver, SavedSearches, Spelling
from leakdesk.search.facets import count_all
from leakdesk.search.finders import Finder
from leakdesk.search.grammar import parse
from leakdesk.search.highlight import Found, matches_in, matches_of_page
from leakdesk.search.index import IndexDamagedError, check_format, is_empty, new_terms, open_terms
from leakdesk.search.orders import ORDERS, Conversations
from leakdesk.search.origins import MOST, Passage, writer_of
from leakdesk.search.query import Asker
from leakdesk.search.results import Hit, Results, TextForSearch, TextMatch
from leakdesk.search.snippets import snippet
from leakdesk.search.spellings import Spellings
from leakdesk.search.systems import told
from leakdesk.search.taken_as_words import taken_as_words
from leakdesk.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    import tantivy

#: How many hits a page has at most, and how deep one may page.
LARGEST_PAGE, DEEPEST_PAGE = 10_000, 100_000
NOTHING_YET = "Nothing is indexed here yet. If documents were added, make the index anew with: leakdesk rebuild CASE"
#: Hits whose texts are fetched at once when all are taken along.
AT_ONCE = 200


class Filters(TypedDict, total=False):
    """Options that narrow a search: one value each, as on the command line; None narrows nothing."""

    lang: str | None
    from_: str | None
    to: str | None
    kind: str | None
    since: str | None
    until: str | None


class Searcher:
    """Searches an index. `fetch_text` gives the text of a document from the store; `resolvers` answer thread:, tag:, entity: ...

    `fetch_texts` may give the texts of a page at once (a document it does not know is left out of the page). `counters` count
    facets that only the case knows, `saved` knows the saved searches, `conversations` who belongs to which. `zone` is the
    case's time zone, for dates in queries.
    """

    def __init__(
        self,
        folder: Path | str,
        fetch_text: Callable[[str], TextForSearch],
        *,
        fetch_texts: Callable[[Sequence[str]], Mapping[str, TextForSearch]] | None = None,
        resolvers: Mapping[str, Resolver] | None = None,
        counters: Mapping[str, Counter] | None = None,
        saved: SavedSearches | None = None,
        conversations: Conversations | None = None,
        zone: tzinfo = UTC,
    ) -> None:
        self.folder = Path(folder)
        self._fetch = fetch_text
        self._fetch_texts = fetch_texts or (
            lambda documents: {document: fetch_text(document) for document in documents}
        )
        self._resolvers = resolvers or {}
        self._counters = counters or {}
        self._saved = saved
        self._conversations = conversations
        self._zone = zone
        self._open()

    def _open(self) -> None:
        self._empty = is_empty(self.folder)
        if self._empty:
            self._index, vocabulary = new_terms(), Vocabulary(None)
        else:
            check_format(self.folder)
            self._index, vocabulary = open_terms(self.folder), Vocabulary(self.folder / "words.db")
        self._schema = self._index.schema
        try:
            self._spellings = Spellings(vocabulary)
        except sqlite3.DatabaseError:
            raise IndexDamagedError("words.db") from None
        self._state: tuple[int, int] = (0, 0)
        self._remembered = Remembered()
        self._snapshot = self._index.searcher()
        self.refresh()

    def refresh(self) -> None:
        """See what was committed since; every search does this first. Raises IndexDamagedError where it was taken away."""
        if self._empty:
            if not is_empty(self.folder):
                self._open()
            return
        try:
            stat = (self.folder / "terms" / "meta.json").stat()
        except OSError:
            raise IndexDamagedError("it is gone") from None
        state = (stat.st_mtime_ns, stat.st_ino)
        if state != self._state:
            self._index.reload()
            self._snapshot = self._index.searcher()
            self._state = state
            self._remembered = Remembered()

    def __len__(self) -> int:
        """How many documents are searchable."""
        return self._snapshot.num_docs

    def search(
        self,
        query: str,
        *,
        spelling: Spelling = "variants",
        limit: int = 20,
        offset: int = 0,
        facets: Iterable[str] = (),
        sort: str = "relevance",
        **filters: Unpack[Filters],
    ) -> Results:
        """One page of hits. Raises QueryError for a query that cannot be read; never takes long over one."""
        began = time.perf_counter()
        self._check_page(limit, offset, sort)
        asker = self._asker(spelling)
        asked = self._asked(asker, query, filters)
        total, found = self._page(asker, asked.query, limit, offset, sort)
        hits = self._hits(asker, found, asked.finders)
        counted = count_all(facets, asker.searcher, asked.query, total, self._counters)
        took = (time.perf_counter() - began) * 1000
        notes = (*dict.fromkeys(asker.notes), *((NOTHING_YET,) if self._empty else ()))
        return Results(query=query, total=total, took_ms=round(took, 3), hits=hits, facets=counted, notes=notes)

    __call__ = search

    def every(
        self, query: str, *, spelling: Spelling = "variants", sort: str = "relevance", **filters: Unpack[Filters]
    ) -> tuple[int, Iterator[Hit]]:
        """How many there are, and all of them, not a page: read from the store as they are asked for, to take them along."""
        self._check_page(0, 0, sort)
        asker = self._asker(spelling)
        asked = self._asked(asker, query, filters)
        total, _ = self._page(asker, asked.query, 0, 0, "relevance")
        _, found = self._page(asker, asked.query, max(1, total), 0, sort)
        some = (found[at : at + AT_ONCE] for at in range(0, len(found), AT_ONCE))
        return total, (hit for rows in some for hit in self._hits(asker, rows, asked.finders))

    def any_of(
        self,
        terms: Mapping[str, float] | Iterable[str],
        limit: int = 50,
        *,
        spelling: Spelling = "variants",
        within: str = "",
    ) -> list[tuple[str, float]]:
        """Documents with any of the weighted words or phrases, best first: (document, score). No texts are fetched.

        `within` is a query that narrows where to look, such as `-kind:report`. Terms without letters are left out.
        """
        asker = self._asker(spelling)
        weights = terms if isinstance(terms, Mapping) else dict.fromkeys(terms, 1.0)
        parts: list[tantivy.Query] = []
        for term, weight in list(weights.items())[: tree.MOST_LEAVES]:
            words = tuple(tree.Word(text=word, at=0) for word in term.split() if any(map(str.isalnum, word)))
            if words:
                node = words[0] if len(words) == 1 else tree.Phrase(words=words[: tree.LONGEST_PHRASE], at=0)
                parts.append(clauses.boosted(asker.ask(node).query, weight))
        if not parts:
            return []
        query = clauses.any_of(parts)
        if within:
            query = clauses.all_of([query, clauses.scoreless(asker.ask(parse(within)).query)])
        return self._page(asker, query, limit, 0, "relevance")[1]

    def narrowed(self, documents: Sequence[str], query: str, **filters: Unpack[Filters]) -> set[str]:
        """Which of the documents a query and options let through."""
        if not documents:
            return set()
        asker = self._asker("variants")
        own = clauses.one_of_ids(asker.schema, documents)
        asked = clauses.all_of([own, clauses.scoreless(self._asked(asker, query, filters).query)])
        return {document for document, _ in self._page(asker, asked, len(documents), 0, "relevance")[1]}

    def shown(
        self, found: Sequence[tuple[str, float]], query: str, *, spelling: Spelling = "variants"
    ) -> tuple[Hit, ...]:
        """Documents that something else chose, with their scores, as hits: with the places where a query matches, if any."""
        asker = self._asker(spelling)
        return self._hits(asker, found, asker.ask(parse(query)).finders)

    def count(self, query: str, *, spelling: Spelling = "variants") -> int:
        """How many documents a query finds."""
        asker = self._asker(spelling)
        return self._page(asker, asker.ask(parse(query)).query, 0, 0, "relevance")[0]

    def matches(self, document: str, query: str, *, spelling: Spelling = "variants") -> list[tuple[int, int, str]]:
        """Where a query matches in one document: (start, end, rule). Raises QueryError."""
        asked = self._asker(spelling).ask(parse(query))
        return [
            (each.start, each.end, _told(each).rule)
            for each in matches_in(self._fetch(document), asked.finders).matches
        ]

    # ---- the parts of a search

    def _asker(self, spelling: Spelling) -> Asker:
        self.refresh()
        if spelling not in ("variants", "exact"):
            raise UsageError(f"spelling {spelling}", try_="It is either variants or exact.")
        self._remembered.tidy()
        return Asker(
            self._schema,
            self._snapshot,
            self._spellings,
            spelling,
            self._zone,
            self._resolvers,
            remembered=self._remembered,
            saved=self._saved,
            telling_words=self._telling_words,
        )

    def _telling_words(self, document: str) -> Mapping[str, float] | None:
        shown = self._fetch_texts([document]).get(document)
        if shown is None:
            return None
        return likeness.telling_words(shown, lambda term: self._snapshot.doc_freq("body", term), len(self))

    def _check_page(self, limit: int, offset: int, sort: str) -> None:
        if not 0 <= limit <= LARGEST_PAGE:
            raise UsageError(f"limit {limit}", try_=f"A page has 0 to {LARGEST_PAGE:,} hits.")
        if offset < 0 or offset + limit > DEEPEST_PAGE:
            raise UsageError(
                f"offset {offset}",
                try_=f"One can page to hit {DEEPEST_PAGE:,}; narrow the search, by date for example.",
            )
        if sort not in ORDERS:
            raise UsageError(f"sort {sort}", try_=f"It is one of: {', '.join(ORDERS)}.")

    def _asked(self, asker: Asker, query: str, filters: Filters) -> Asked:
        """The question for a query and the options that narrow it."""
        parsed = parse(query)
        asker.notes.extend(taken_as_words(query, parsed))
        parts = [asker.ask(parsed)]
        for name, value in (
            ("lang", filters.get("lang")),
            ("kind", filters.get("kind")),
            ("from", filters.get("from_")),
            ("to", filters.get("to")),
        ):
            if value:
                parts.append(asker.ask(_option(name, value)))
        since, until = filters.get("since") or "", filters.get("until") or ""
        if since or until:
            parts.append(Asked(values.between_dates(asker, since, until)))
        query_of_all = clauses.all_of([part.query for part in parts])
        return Asked(query_of_all, tuple(finder for part in parts for finder in part.finders))

    def _page(
        self, asker: Asker, query: tantivy.Query, limit: int, offset: int, sort: str
    ) -> tuple[int, list[tuple[str, float]]]:
        return orders.page(asker.searcher, query, limit, offset, sort, conversations=self._conversations)

    def _hits(self, asker: Asker, found: Sequence[tuple[str, float]], finders: Sequence[Finder]) -> tuple[Hit, ...]:
        texts = self._fetch_texts([document for document, _ in found])
        there = [(texts[document], score) for document, score in found if document in texts]
        hits: list[Hit] = []
        for (shown, score), places in zip(there, matches_of_page([shown for shown, _ in there], finders), strict=True):
            hit = _hit(shown, score, places)
            writer = self._writer_of(asker, shown, hit) if hit.in_quoted else None
            hits.append(replace(hit, written_in=writer) if writer else hit)
        return tuple(hits)

    def _writer_of(self, asker: Asker, shown: TextForSearch, hit: Hit) -> str | None:
        def written(passage: Passage) -> list[str]:
            query = clauses.in_a_row(asker.schema, "body", passage.terms)
            return [document for document, _ in orders.page(asker.searcher, query, MOST, 0, "oldest")[1]]

        def about(documents: Sequence[str]) -> dict[str, TextForSearch]:
            return dict(self._fetch_texts(documents)) if documents else {}

        return writer_of(shown, hit.matches[0], written, about)


def _hit(shown: TextForSearch, score: float, found: Found) -> Hit:
    start, end = snippet(shown.text, found.matches)
    return Hit(
        document=shown.document,
        title=shown.title,
        date=shown.date,
        score=score,
        matches=tuple([_told(match) for match in found.matches]),
        snippet=shown.text[start:end],
        snippet_start=start,
        snippet_end=end,
        kind=shown.kind,
        group=shown.group,
        thread=shown.thread,
        in_quoted=bool(found.matches) and all(match.zone == "quoted" for match in found.matches),
        more=found.more,
    )


def _told(match: TextMatch) -> TextMatch:
    """A match whose rule names the system of romanisation, if it is known."""
    rule = told(match.rule, match.term, match.text)
    return match if rule == match.rule else replace(match, rule=rule)


def _option(name: str, value: str) -> tree.Node:
    """A filter given as an option is one value, not a query: every word of it must stand in the field."""
    if tree.FIELDS[name][0] == "text":
        words = tuple(tree.Word(text=word, at=0) for word in value.split() if any(map(str.isalnum, word)))
        if not words:
            raise UsageError(f"--{name} {value}", try_="Give a name or an address.")
        return tree.And(parts=tuple(tree.Field(name=name, part=word, at=0) for word in words))
    return tree.Field(name=name, part=tree.Word(text=value, at=0, exact=True), at=0)
