"""The order of hits: by relevance (BM25), by relevance and age, by time, or conversation by conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from leakdesk.errors import UsageError
from leakdesk.search import clauses
from leakdesk.search.index import IndexDamagedError
from leakdesk.search.tree import QueryError

if TYPE_CHECKING:
    import tantivy

Conversations = Callable[[Sequence[str]], Mapping[str, tuple[str, str]]]
"""Documents -> (conversation, date) of those that belong to one."""

ORDERS = ("relevance", "recent", "newest", "oldest", "thread")
#: `recent`: a hit gains this share of the best score for each of these ages (days before the newest hit) that it is
#: younger than.
RECENCY, RECENCY_SHARE = (30, 90, 365, 1100), 0.12
#: `thread`: so many of the best hits are put together by conversation; those after them stay in their order.
MOST_TOGETHER = 2_000
_DAY = 86_400
Rows = list[tuple[str, float]]


def page(
    snapshot: tantivy.Searcher,
    query: tantivy.Query,
    limit: int,
    offset: int,
    sort: str,
    *,
    conversations: Conversations | None = None,
) -> tuple[int, Rows]:
    """How many documents a query finds, and `limit` of them from `offset` on: (document, score)."""
    if sort == "thread" and conversations is None:
        raise UsageError("sort thread", try_="Conversations are known in a case only; sort by newest.")
    if sort == "thread" and conversations is not None and offset < MOST_TOGETHER:
        total, rows = _page(snapshot, query, max(MOST_TOGETHER, offset + limit), 0, "relevance")
        best = together(rows[:MOST_TOGETHER], conversations)
        return total, [*best, *rows[MOST_TOGETHER:]][offset : offset + limit]
    if sort == "recent":
        query = _with_recency(snapshot, query)
    return _page(snapshot, query, limit, offset, sort)


def _page(snapshot: tantivy.Searcher, query: tantivy.Query, limit: int, offset: int, sort: str) -> tuple[int, Rows]:
    import tantivy

    order = tantivy.Order.Asc if sort == "oldest" else tantivy.Order.Desc
    by = "date" if sort in ("newest", "oldest") else None
    try:
        result = snapshot.search(query, max(1, limit), count=True, order_by_field=by, offset=offset, order=order)
    except ValueError as problem:
        if "expansions" in str(problem):
            raise QueryError(
                "a phrase or NEAR with a wildcard or regular expression fits too many words",
                try_="Write more letters of it.",
            ) from None
        raise IndexDamagedError("terms") from None
    hits = [] if limit == 0 else result.hits
    rows = [
        (str(snapshot.doc(address).get_first("id")), 0.0 if by else round(float(str(score or 0.0)), 4))
        for score, address in hits
    ]
    return int(getattr(result, "count", 0) or 0), rows


def _with_recency(snapshot: tantivy.Searcher, query: tantivy.Query) -> tantivy.Query:
    import tantivy

    best = snapshot.search(query, 1, count=False).hits
    newest = snapshot.search(query, 1, count=False, order_by_field="date").hits
    if not best or not newest or newest[0][0] is None:
        return query
    gain = max(float(str(best[0][0])), 1.0) * RECENCY_SHARE
    parts = [(tantivy.Occur.Must, query)]
    for days in RECENCY:
        young = clauses.between(snapshot_schema(snapshot), "date", int(str(newest[0][0])) - days * _DAY, None)
        parts.append((tantivy.Occur.Should, tantivy.Query.const_score_query(young, gain)))
    return tantivy.Query.boolean_query(parts)


def snapshot_schema(_: tantivy.Searcher) -> tantivy.Schema:
    """The schema of every index of this format."""
    from leakdesk.search.index import schema

    return schema()


def together(rows: Rows, conversations: Conversations) -> Rows:
    """Hits conversation by conversation, oldest first within one; conversations by their best hit."""
    known = conversations([document for document, _ in rows])
    of = [known.get(document, (document, "")) for document, _ in rows]
    place: dict[str, int] = {}
    for at, (conversation, _) in enumerate(of):
        place.setdefault(conversation, at)
    return [rows[at] for at in sorted(range(len(rows)), key=lambda at: (place[of[at][0]], of[at][1], at))]
