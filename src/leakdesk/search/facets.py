"""True counts over all that a query finds: by what the index holds, and by what only the case knows (entities, tags)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def count_all(
    names: Iterable[str],
    snapshot: tantivy.Searcher,
    query: tantivy.Query,
    total: int,
    counters: Mapping[str, Counter],
) -> dict[str, tuple[Count, ...]]:
    """The counts of facets, the most frequent value first; times in order. Raises UsageError for a facet there is not.

    Whatever the index holds is counted in one walk over what the query finds.
    """
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in FIELDS and not (name in OF_CASE and name in counters):
            raise UsageError(f"facet {name}", try_=f"Facets are: {', '.join(NAMES)}.")
    of_index = [name for name in wanted if name in FIELDS]
    found = _of_index(of_index, snapshot, query) if of_index else {}
    numbers = _numbers(snapshot, query, total) if len(of_index) < len(wanted) else ()
    return {name: found[name] if name in found else tuple(counters[name](numbers))[:MOST_VALUES] for name in wanted}


def _of_index(names: Sequence[str], snapshot: tantivy.Searcher, query: tantivy.Query) -> dict[str, tuple[Count, ...]]:
    asked = {name: _asked(name) for name in names}
    answer = cast("dict[str, dict[str, list[dict[str, Any]]]]", snapshot.aggregate(query, asked))
    return {
        name: tuple(
            Count(value=_shown(name, each["key"]), count=int(each["doc_count"])) for each in answer[name]["buckets"]
        )
        for name in names
    }


def _asked(name: str) -> dict[str, Any]:
    if name == "day":
        return {"histogram": {"field": FIELDS[name], "interval": _DAY, "min_doc_count": 1}}
    chronological = name in ("year", "month")
    order = {"_key": "asc"} if chronological else {"_count": "desc"}
    size = MOST_TIMES if chronological else MOST_VALUES
    # Every segment hands over all its values, so that the counts are true and not estimates.
    return {"terms": {"field": FIELDS[name], "size": size, "segment_size": 1_000_000, "order": order}}


def _numbers(snapshot: tantivy.Searcher, query: tantivy.Query, total: int) -> Sequence[int] | None:
    """The numbers of the documents that a query finds; None for all there are."""
    if total == snapshot.num_docs:
        return None
    if not total:
        return ()
    hits = snapshot.search(query, total, count=False, order_by_field="seq").hits
    return [int(str(number)) for number, _ in hits]


def _shown(name: str, key: object) -> str:
    if name == "day":
        return datetime.fromtimestamp(int(float(str(key))), UTC).date().isoformat()
    number = str(int(key)) if isinstance(key, float) else str(key)
    return f"{number[:4]}-{number[4:]}" if name == "month" else number
