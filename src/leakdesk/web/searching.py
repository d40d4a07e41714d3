"""The page of a search: hits folded by copies of the same message, each with the rules by which it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leakdesk.errors import LeakdeskError
from leakdesk.web.contexts import Page, Steps, address, menu, steps, title, when
from leakdesk.web.pieces import Mark, Piece, cut

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.search.results import Hit, Results

HITS_A_PAGE = 20
#: Facet -> (heading, field of a query that narrows to a value).
FACETS = {"kind": ("Kind", "kind"), "year": ("Year", "date"), "language": ("Language", "lang")}
#: Values of one facet that are offered.
MOST_VALUES = 8
LANGUAGES = {"ru": "Russian", "be": "Belarusian", "uk": "Ukrainian", "en": "English", "und": "undetermined"}
#: What one can ask, shown on an empty page: (query, what it does).
EXAMPLES = (
    ("machine*", "words that begin so"),
    ('"repair plant"', "words one after the other"),
    ("contract NOT draft", "with the one, without the other; also OR and brackets"),
    ("from:director since:2023-05", "who wrote, and when; also to: cc: subject: until:"),
    ("kind:report", "only reports; also lang:be has:attachment filename:price"),
    ("engine NEAR/5 sanctions", "at most five words apart"),
)
_LINE_ENDS = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"[ \t\r\f\v]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """A document that was found. `quoted` says that it only quotes an older letter."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrower:
    """A value of a facet with its count and the search that it narrows to."""

    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """Hits of one page, and what is true of all."""

    total: int = 0
    took_ms: float = 0.0
    spelling: str = "variants"
    other_spelling: str = ""
    hits: tuple[ShownHit, ...] = ()
    notes: tuple[str, ...] = ()
    facets: tuple[tuple[str, tuple[Narrower, ...]], ...] = ()
    steps: Steps | None = None
    error: str = ""
    examples: tuple[tuple[str, str, str], ...] = ()


def search(desk: Desk, query: str, *, spelling: str, offset: int) -> SearchPage:
    """The page of a search. A query that cannot be understood gives a page that says where it went wrong."""
    spelling = "exact" if spelling == "exact" else "variants"
    if not query.strip():
        examples = tuple((words, says, address("/search", q=words)) for words, says in EXAMPLES)
        return SearchPage(title="Search", menu=menu("Search"), examples=examples)
    try:
        results = desk.search(query, spelling=spelling, limit=HITS_A_PAGE, offset=offset, facets=FACETS)
    except LeakdeskError as error:
        return SearchPage(title="Search", menu=menu("Search"), query=query, error=error.sentence())
    return SearchPage(
        title="Search",
        menu=menu("Search"),
        query=query,
        unsandboxed=desk.read_without_sandbox,
        total=results.total,
        took_ms=round(results.took_ms),
        spelling=spelling,
        other_spelling=address("/search", q=query, spelling="variants" if spelling == "exact" else "exact"),
        hits=tuple(_folded(desk, results.hits, query)),
        notes=results.notes,
        facets=tuple(_facets(results, query, spelling)),
        steps=steps("/search", offset, results.total, HITS_A_PAGE, q=query, spelling=_kept(spelling)),
    )


def _kept(spelling: str) -> str:
    return spelling if spelling == "exact" else ""


def _facets(results: Results, query: str, spelling: str) -> Iterable[tuple[str, tuple[Narrower, ...]]]:
    """Facets that would narrow the search: those with more than one value."""
    for name, (heading, field) in FACETS.items():
        values = results.facets.get(name, ())
        if len(values) < 2:
            continue
        yield (
            heading,
            tuple(
                Narrower(
                    name=LANGUAGES.get(one.value, one.value) if name == "language" else one.value,
                    count=one.count,
                    href=address("/search", q=f"({query}) {field}:{one.value}", spelling=_kept(spelling)),
                )
                for one in values[:MOST_VALUES]
            ),
        )


def _folded(desk: Desk, hits: Sequence[Hit], query: str) -> Iterable[ShownHit]:
    """Copies of one message (same `group`) as one hit with a count."""
    by_group: dict[str, list[Hit]] = {}
    for hit in hits:
        by_group.setdefault(hit.group or hit.document, []).append(hit)
    for copies in by_group.values():
        yield _hit(desk, copies[0], query, len(copies) - 1)


def _hit(desk: Desk, hit: Hit, query: str, copies: int) -> ShownHit:
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
