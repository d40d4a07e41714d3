"""True counts over all that a query finds: by what the index holds, and by what only the case knows (entities, tags)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from leakdesk.errors import UsageError
from leakdesk.search.asked import Counter
from leakdesk.search.results import Count

if TYPE_CHECKING:
    import tantivy

#: Facet -> field of the index.
FIELDS = {
    "sender": "sender",
    "year": "year",
    "month": "month",
    "day": "date",
    "language": "lang",
    "kind": "kind",
    "container": "container",
}
#: Facets that the case counts.
OF_CASE = ("entity", "place", "tag")
NAMES = (*FIELDS, *OF_CASE)
#: Values of one facet that are shown; counted are all. Times are shown all.
MOST_VALUES, MOST_TIMES = 100, 100_000
_DAY = 86_400


def count(
    name: str, snapshot: tantivy.Searcher, query: tantivy.Query, total: int, counters: Mapping[str, Counter]
) -> tuple[Count, ...]:
    """The counts of one facet, the most frequent first; times in order. Raises UsageError for a facet there is not."""
    if name in OF_CASE and name in counters:
        return tuple(counters[name](_numbers(snapshot, query, total)))[:MOST_VALUES]
    if name not in FIELDS:
        raise UsageError(f"facet {name}", try_=f"Facets are: {', '.join(NAMES)}.")
    if name == "day":
        return _days(snapshot, query)
    chronological = name in ("year", "month")
    order = {"_key": "asc"} if chronological else {"_count": "desc"}
    size = MOST_TIMES if chronological else MOST_VALUES
    # Every segment hands over all its values, so that the counts are true and not estimates.
    terms = {"field": FIELDS[name], "size": size, "segment_size": 1_000_000, "order": order}
    return tuple(
        Count(value=_shown(name, each["key"]), count=int(each["doc_count"]))
        for each in _buckets(snapshot, query, {"terms": terms})
    )


def _numbers(snapshot: tantivy.Searcher, query: tantivy.Query, total: int) -> Sequence[int] | None:
    """The numbers of the documents that a query finds; None for all there are."""
    if total == snapshot.num_docs:
        return None
    if not total:
        return ()
    hits = snapshot.search(query, total, count=False, order_by_field="seq").hits
    return [int(str(number)) for number, _ in hits]


def _days(snapshot: tantivy.Searcher, query: tantivy.Query) -> tuple[Count, ...]:
    days = {"histogram": {"field": "date", "interval": _DAY, "min_doc_count": 1}}
    return tuple(
        Count(
            value=datetime.fromtimestamp(int(float(each["key"])), UTC).date().isoformat(), count=int(each["doc_count"])
        )
        for each in _buckets(snapshot, query, days)
    )


def _buckets(snapshot: tantivy.Searcher, query: tantivy.Query, asked: dict[str, Any]) -> list[dict[str, Any]]:
    answer = cast("dict[str, dict[str, list[dict[str, Any]]]]", snapshot.aggregate(query, {"f": asked}))
    return answer["f"]["buckets"]


def _shown(name: str, key: object) -> str:
    number = str(int(key)) if isinstance(key, float) else str(key)
    return f"{number[:4]}-{number[4:]}" if name == "month" else number
