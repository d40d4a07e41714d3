"""The page of a search: hits folded by copies of the same message, each with the rules by which it was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leakdesk.errors import LeakdeskError
from leakdesk.model.plain import to_plain
from leakdesk.search.orders import ORDERS
from leakdesk.web.contexts import Page, Steps, address, menu, steps, title, when
from leakdesk.web.marks import ShownTags, tags_of
from leakdesk.web.narrowing import FACETS, Facet, Histogram, facets, histogram
from leakdesk.web.pieces import Mark, Piece, cut

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.search.results import Count, Hit

HITS_A_PAGE = 20
#: Format -> where all hits of a search can be taken along.
TAKE_ALONG = {"CSV": "/search.csv", "JSON lines": "/search.jsonl"}
#: What is counted beside the hits, for the facets and the histogram; names only where there are not too many hits, since
#: the tables count them and not the index.
NAMED, MOST_NAMED = ("entity", "place"), 20_000
COUNTED = (*(name for name in FACETS if name not in NAMED), "month", "day")
#: What one can ask, shown on an empty page: (query, what it does).
EXAMPLES = (
    ("machine*", "words that begin so"),
    ('"repair plant"', "words one after the other"),
    ("contract NOT draft", "with the one, without the other; also OR and brackets"),
    ("from:director since:2023-05", "who wrote, and when; also to: cc: subject: until:"),
    ("kind:report", "only reports; also lang:be has:attachment filename:price"),
    ("engine NEAR/5 sanctions", "at most five words apart"),
    ("tag:relevant -tag:read", "what is marked; also note: entity: place: like:"),
)
_LINE_ENDS = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"[ \t\r\f\v]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """A document that was found. `quoted`: it only quotes an older letter; `written_in` leads to that, if it is here."""

    href: str
    title: str
    date: str
    kind: str
    snippet: tuple[Piece, ...]
    rules: tuple[str, ...]
    copies: int
    places: int
    more: bool
    quoted: bool
    written_in: str
    like: str
    tags: ShownTags


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSearch:
    """A saved search. `new` documents came in since somebody last looked at it."""

    name: str
    query: str
    href: str
    total: int
    new: int
    href_new: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """Hits of one page, and what is true of all."""

    total: int = 0
    took_ms: float = 0.0
    spelling: str = "variants"
    other_spelling: str = ""
    hits: tuple[ShownHit, ...] = ()
    notes: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    histogram: Histogram | None = None
    sort: str = "relevance"
    orders: tuple[tuple[str, str], ...] = ()
    saved: tuple[ShownSearch, ...] = ()
    take_along: tuple[tuple[str, str], ...] = ()
    steps: Steps | None = None
    error: str = ""
    examples: tuple[tuple[str, str, str], ...] = ()


def search(desk: Desk, query: str, *, spelling: str, offset: int, sort: str = "") -> SearchPage:
    """The page of a search. A query that cannot be understood gives a page that says where it went wrong."""
    spelling = "exact" if spelling == "exact" else "variants"
    sort = sort if sort in ORDERS else "relevance"
    if not query.strip():
        examples = tuple((words, says, address("/search", q=words)) for words, says in EXAMPLES)
        return SearchPage(title="Search", menu=menu("Search"), examples=examples, saved=tuple(_saved(desk)))
    try:
        results = desk.search(query, spelling=spelling, limit=HITS_A_PAGE, offset=offset, facets=COUNTED, sort=sort)
    except LeakdeskError as error:
        return SearchPage(title="Search", menu=menu("Search"), query=query, error=error.sentence())
    if results.total <= MOST_NAMED:
        results = replace(results, facets=results.facets | _named(desk, query, spelling))
    asked = {"q": query, "spelling": _kept(spelling), "sort": sort if sort != "relevance" else ""}
    return SearchPage(
        title="Search",
        menu=menu("Search"),
        query=query,
        unsandboxed=desk.read_without_sandbox,
        total=results.total,
        took_ms=round(results.took_ms),
        spelling=spelling,
        other_spelling=address("/search", **{**asked, "spelling": "variants" if spelling == "exact" else "exact"}),
        hits=tuple(_folded(desk, results.hits, query)),
        notes=results.notes,
        facets=tuple(facets(results, query, _kept(spelling))),
        histogram=histogram(results.facets, query, _kept(spelling)),
        sort=sort,
        orders=tuple((name, address("/search", **{**asked, "sort": name})) for name in ORDERS),
        take_along=tuple((name, address(path, **asked)) for name, path in TAKE_ALONG.items()),
        steps=steps("/search", offset, results.total, HITS_A_PAGE, **asked),
    )


def _named(desk: Desk, query: str, spelling: str) -> dict[str, tuple[Count, ...]]:
    return desk.search(query, spelling=spelling, limit=0, facets=NAMED).facets


def _kept(spelling: str) -> str:
    return spelling if spelling == "exact" else ""


def _saved(desk: Desk) -> Iterable[ShownSearch]:
    for one in desk.saved.list():
        asked = f'saved:"{one["name"]}"'
        yield ShownSearch(
            name=one["name"],
            query=one["query"],
            href=address("/search", q=asked),
            total=one["total"] or 0,
            new=one["new"] or 0,
            href_new=address("/search", q=f'{asked} new:"{one["name"]}"', sort="newest"),
            error=one.get("error", ""),
        )


def taken_along(desk: Desk, query: str, format_: str, *, spelling: str, sort: str) -> Iterator[str]:
    """All hits of a search as lines of a CSV table or of JSON. Raises QueryError."""
    from leakdesk.search.batch import as_csv, rows

    spelling = "exact" if spelling == "exact" else "variants"
    total, hits = desk.every(query, spelling=spelling, sort=sort if sort in ORDERS else "relevance")
    if format_ == "csv":
        return as_csv(rows(query, total, hits))
    return (json.dumps(to_plain(hit), ensure_ascii=False) + "\n" for hit in hits)


def _folded(desk: Desk, hits: Sequence[Hit], query: str) -> Iterable[ShownHit]:
    """Copies of one message (same `group`) as one hit with a count."""
    by_group: dict[str, list[Hit]] = {}
    for hit in hits:
        by_group.setdefault(hit.group or hit.document, []).append(hit)
    tags = tags_of(desk, [copies[0].document for copies in by_group.values()])
    for copies in by_group.values():
        yield _hit(desk, copies[0], query, len(copies) - 1, tags[copies[0].document])


def _hit(desk: Desk, hit: Hit, query: str, copies: int, tags: ShownTags) -> ShownHit:
    return ShownHit(
        href=address(f"/d/{hit.document}", to="match", q=query),
        title=hit.title or title(desk.documents.get(hit.document)),
        date=when(hit.date),
        kind=hit.kind,
        snippet=tuple(_snippet(hit)),
        rules=tuple(dict.fromkeys(match.rule for match in hit.matches if match.rule)),
        copies=copies,
        places=len(hit.matches),
        more=hit.more,
        quoted=hit.in_quoted,
        written_in=address(f"/d/{hit.written_in}", to="match", q=query) if hit.written_in else "",
        like=address("/search", q=f"like:{hit.document}"),
        tags=tags,
    )


def _snippet(hit: Hit) -> Iterable[Piece]:
    """The snippet on one line: white space is folded, and a line end shows as a quiet sign."""
    marks = [
        Mark(start=match.start - hit.snippet_start, end=match.end - hit.snippet_start, kind="match", label=match.rule)
        for match in hit.matches
    ]
    end = len(hit.snippet.rstrip())
    start = len(hit.snippet) - len(hit.snippet.lstrip())
    for piece in cut(hit.snippet, start, end, marks):
        text = _SPACES.sub(" ", _LINE_ENDS.sub(" ↵ ", piece.text))
        yield Piece(text=text, start=piece.start, classes=piece.classes, label=piece.label, marked=piece.marked)
