"""The reader of an index: takes a query, gives results with exact places. Any number of readers beside the one writer."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, cast

from leakdesk.errors import UsageError
from leakdesk.search import grammar
from leakdesk.search.highlight import Finder, matches_in, snippet
from leakdesk.search.index import IndexDamagedError, check_format, is_empty, new_terms, open_terms
from leakdesk.search.query import Asked, Asker, Resolver, Spelling
from leakdesk.search.results import Count, Hit, Results, TextForSearch
from leakdesk.search.spellings import Spellings
from leakdesk.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    import tantivy

#: How many hits a page has at most, and how deep one may page.
LARGEST_PAGE, DEEPEST_PAGE = 10_000, 100_000
#: Frequencies of terms that are remembered, at most.
MOST_COUNTS = 100_000
#: Values of one facet that are shown; counted are all.
MOST_VALUES = 100
FACETS = {
    "sender": "sender",
    "year": "year",
    "month": "month",
    "language": "lang",
    "kind": "kind",
    "container": "container",
}
NOTHING_YET = "Nothing is indexed here yet. If documents were added, make the index anew with: leakdesk rebuild CASE"
ORDERS = ("relevance", "newest", "oldest")


class Searcher:
    """Searches an index. `fetch_text` gives the text of a document from the store; `resolvers` answer thread:, tag:, entity: ...

    `fetch_texts` may give the texts of a page at once (a document it does not know is left out of the page). `zone` is the
    case's time zone, for dates in queries.
    """

    def __init__(
        self,
        folder: Path | str,
        fetch_text: Callable[[str], TextForSearch],
        *,
        fetch_texts: Callable[[Sequence[str]], Mapping[str, TextForSearch]] | None = None,
        resolvers: Mapping[str, Resolver] | None = None,
        zone: tzinfo = UTC,
    ) -> None:
        self.folder = Path(folder)
        self._fetch = fetch_text
        self._fetch_texts = fetch_texts or (
            lambda documents: {document: fetch_text(document) for document in documents}
        )
        self._resolvers = resolvers or {}
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
        self._counts: dict[tuple[str, str], int] = {}
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
            self._counts = {}

    def __len__(self) -> int:
        """How many documents are searchable."""
        return self._snapshot.num_docs

    def search(  # noqa: PLR0913 - the options are the contract's
        self,
        query: str,
        *,
        spelling: Spelling = "variants",
        limit: int = 20,
        offset: int = 0,
        lang: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        facets: Iterable[str] = (),
        sort: str = "relevance",
    ) -> Results:
        """One page of hits. Raises QueryError for a query that cannot be read; never takes long over one."""
        began = time.perf_counter()
        self._check_page(limit, offset, sort)
        asker = self._asker(spelling)
        asked = self._filtered(
            asker, asker.ask(grammar.parse(query)), lang=lang, from_=from_, to=to, kind=kind, since=since, until=until
        )
        total, found = self._page(asked.query, limit, offset, sort)
        texts = self._fetch_texts([document for document, _ in found])
        hits = tuple(_hit(texts[document], score, asked.finders) for document, score in found if document in texts)
        counted = {name: self._facet(name, asked.query) for name in facets}
        took = (time.perf_counter() - began) * 1000
        notes = (*asker.notes, *((NOTHING_YET,) if self._empty else ()))
        return Results(query=query, total=total, took_ms=round(took, 3), hits=hits, facets=counted, notes=notes)

    __call__ = search

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
        import tantivy

        self.refresh()
        asker = self._asker(spelling)
        weights = terms if isinstance(terms, Mapping) else dict.fromkeys(terms, 1.0)
        parts: list[tantivy.Query] = []
        for term, weight in list(weights.items())[: grammar.MOST_LEAVES]:
            words = tuple(grammar.Word(text=word, at=0) for word in term.split() if any(map(str.isalnum, word)))
            if words:
                node = words[0] if len(words) == 1 else grammar.Phrase(words=words[: grammar.LONGEST_PHRASE], at=0)
                parts.append(tantivy.Query.boost_query(asker.ask(node).query, weight))
        if not parts:
            return []
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
        if within:
            narrowed = tantivy.Query.const_score_query(asker.ask(grammar.parse(within)).query, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, narrowed)])
        return self._page(query, limit, 0, "relevance")[1]

    def count(self, query: str, *, spelling: Spelling = "variants") -> int:
        """How many documents a query finds."""
        self.refresh()
        return int(
            getattr(self._snapshot.search(self._asker(spelling).ask(grammar.parse(query)).query, 1), "count", 0) or 0
        )

    # ---- the parts of a search

    def _asker(self, spelling: Spelling) -> Asker:
        self.refresh()
        if spelling not in ("variants", "exact"):
            raise UsageError(f"spelling {spelling}", try_="It is either variants or exact.")
        if len(self._counts) > MOST_COUNTS:
            self._counts = {}
        return Asker(
            self._schema,
            self._snapshot,
            self._spellings,
            spelling,
            self._zone,
            self._resolvers,
            counts=self._counts,
        )

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

    def _filtered(self, asker: Asker, asked: Asked, **wanted: str | None) -> Asked:
        import tantivy

        parts = [asked]
        for option, name in (("lang", "lang"), ("kind", "kind"), ("from_", "from"), ("to", "to")):
            if value := wanted[option]:
                parts.append(asker.ask(_option(name, value)))
        clauses = [(tantivy.Occur.Must, part.query) for part in parts]
        if wanted["since"] or wanted["until"]:
            clauses.append((tantivy.Occur.Must, asker.between_dates(wanted["since"] or "", wanted["until"] or "")))
        if len(clauses) == 1:
            return asked
        return Asked(tantivy.Query.boolean_query(clauses), tuple(finder for part in parts for finder in part.finders))

    def _page(self, query: tantivy.Query, limit: int, offset: int, sort: str) -> tuple[int, list[tuple[str, float]]]:
        import tantivy

        order = tantivy.Order.Asc if sort == "oldest" else tantivy.Order.Desc
        by = None if sort == "relevance" else "date"
        try:
            result = self._snapshot.search(
                query, max(1, limit), count=True, order_by_field=by, offset=offset, order=order
            )
        except ValueError:
            raise IndexDamagedError("terms") from None
        hits = [] if limit == 0 else result.hits
        rows = [
            (str(self._snapshot.doc(address).get_first("id")), 0.0 if by else round(float(score or 0.0), 4))
            for score, address in hits
        ]
        return int(getattr(result, "count", 0) or 0), rows

    def matches(self, document: str, query: str, *, spelling: Spelling = "variants") -> list[tuple[int, int, str]]:
        """Where a query matches in one document: (start, end, rule). Raises QueryError."""
        asked = self._asker(spelling).ask(grammar.parse(query))
        return [(each.start, each.end, each.rule) for each in matches_in(self._fetch(document), asked.finders).matches]

    def _facet(self, name: str, query: tantivy.Query) -> tuple[Count, ...]:
        if name not in FACETS:
            raise UsageError(f"facet {name}", try_=f"Facets are: {', '.join(FACETS)}.")
        chronological = name in ("year", "month")
        order = {"_key": "asc"} if chronological else {"_count": "desc"}
        size = 2_000 if chronological else MOST_VALUES
        # Every segment hands over all its values, so that the counts are true and not estimates.
        terms = {"field": FACETS[name], "size": size, "segment_size": 1_000_000, "order": order}
        answer = cast(
            "dict[str, dict[str, list[dict[str, object]]]]", self._snapshot.aggregate(query, {name: {"terms": terms}})
        )
        return tuple(
            Count(value=_shown(name, each["key"]), count=int(str(each["doc_count"])))
            for each in answer[name]["buckets"]
        )


def _hit(shown: TextForSearch, score: float, finders: Sequence[Finder]) -> Hit:
    found = matches_in(shown, finders)
    start, end = snippet(shown.text, found.matches)
    quoted = bool(found.matches) and all(match.zone == "quoted" for match in found.matches)
    return Hit(
        document=shown.document,
        title=shown.title,
        date=shown.date,
        score=score,
        matches=tuple(found.matches),
        snippet=shown.text[start:end],
        snippet_start=start,
        snippet_end=end,
        kind=shown.kind,
        group=shown.group,
        in_quoted=quoted,
        written_in=_written_in(shown, found.matches[0].start) if quoted else None,
        more=found.more,
    )


def _option(name: str, value: str) -> grammar.Node:
    """A filter given as an option is one value, not a query: every word of it must stand in the field."""
    if grammar.FIELDS[name][0] == "text":
        words = tuple(grammar.Word(text=word, at=0) for word in value.split() if any(map(str.isalnum, word)))
        if not words:
            raise UsageError(f"--{name} {value}", try_="Give a name or an address.")
        return grammar.And(parts=tuple(grammar.Field(name=name, part=word, at=0) for word in words))
    return grammar.Field(name=name, part=grammar.Word(text=value, at=0, exact=True), at=0)


def _written_in(shown: TextForSearch, at: int) -> str | None:
    return next((document for start, end, document in shown.written_in if start <= at < end), None)


def _shown(name: str, key: object) -> str:
    number = str(int(key)) if isinstance(key, float) else str(key)
    return f"{number[:4]}-{number[4:]}" if name == "month" else number
