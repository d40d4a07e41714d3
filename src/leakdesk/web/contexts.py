"""What each page shows: typed, so that a template can use nothing else. Built from a Desk, without HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from leakdesk.model.plain import to_plain
from leakdesk.web.pieces import Piece, cut, visible

if TYPE_CHECKING:
    from leakdesk.desk import Desk

#: Rows of one table on a page; the rest is counted and named.
MOST_ROWS = 200
HITS_A_PAGE = 20

#: Chapters of the desk, in the order of the work: (name, address).
MENU = (("Parcel", "/"), ("Search", "/search"), ("Names", "/names"), ("Findings", "/findings"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A chapter in the menu."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    title: str
    menu: tuple[MenuItem, ...]
    query: str = ""
    unsandboxed: bool = False


def menu(current: str) -> tuple[MenuItem, ...]:
    """The menu with the current chapter marked."""
    return tuple(MenuItem(name=name, href=href, current=name == current) for name, href in MENU)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An item of the ledger that is not read."""

    location: str
    document: str | None
    state: str
    reason: str
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A container and what became of what is in it."""

    location: str
    found: int
    read: int
    partial: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPage(Page):
    """The ledger."""

    totals: Mapping[str, int]
    holds: bool
    shares: tuple[tuple[str, float, float], ...]
    kinds: tuple[tuple[str, int], ...]
    items: tuple[Row, ...]
    containers: tuple[Box, ...]
    more_containers: int
    deep: str


def parcel(desk: Desk) -> ParcelPage:
    """The page of the parcel."""
    ledger = desk.ledger()
    whole = ledger["totals"]
    boxes = sorted(ledger["containers"], key=lambda box: -box["found"])
    return ParcelPage(
        title="The parcel",
        menu=menu("Parcel"),
        unsandboxed=desk.read_without_sandbox,
        totals=whole,
        holds=ledger["equation_holds"],
        shares=tuple(_shares(whole)),
        kinds=tuple(desk.documents.kinds().items()),
        items=tuple(_row(item) for item in ledger["items"][:MOST_ROWS]),
        containers=tuple(_box(box) for box in boxes[:40]),
        more_containers=max(0, len(boxes) - 40),
        deep=_deep(desk.reading_states()),
    )


def _shares(whole: Mapping[str, int]) -> Iterable[tuple[str, float, float]]:
    """(state, where its bar begins, how wide it is) in per cent of all that was found."""
    start = 0.0
    for name in ("read", "partial", "failed"):
        width = 100 * whole[name] / max(1, whole["found"])
        if width:
            yield name, round(start, 2), round(width, 2)
        start += width


def _row(item: Mapping[str, Any]) -> Row:
    return Row(
        location=_where(item["location"]),
        document=item.get("document"),
        state=item["state"],
        reason=visible(item["reason"] or ""),
        limit=item["limit"] or "",
    )


def _box(box: Mapping[str, Any]) -> Box:
    return Box(
        location=_where(box["location"]),
        found=box["found"],
        read=box["read"],
        partial=box["partial"],
        failed=box["failed"],
    )


def _where(location: Sequence[str]) -> str:
    return visible(" › ".join(location))


def _deep(states: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that was found."""

    href: str
    title: str
    date: str
    kind: str
    snippet: tuple[Piece, ...]
    rules: tuple[str, ...]
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """Hits, folded by copies of the same message."""

    total: int = 0
    took_ms: float = 0.0
    spelling: str = "variants"
    other_spelling: str = ""
    hits: tuple[Hit, ...] = ()
    previous: str = ""
    next: str = ""
    error: str = ""


def search(desk: Desk, query: str, *, spelling: str, offset: int) -> SearchPage:
    """The page of a search. A query that cannot be understood gives a page that says where it went wrong."""
    from leakdesk.errors import LeakdeskError

    spelling = "exact" if spelling == "exact" else "variants"
    if not query.strip():
        return SearchPage(title="Search", menu=menu("Search"))
    try:
        results = desk.search(query, spelling=spelling, limit=HITS_A_PAGE, offset=offset)
    except LeakdeskError as error:
        return SearchPage(title="Search", menu=menu("Search"), query=query, error=error.sentence())
    plain = to_plain(results)
    other = "variants" if spelling == "exact" else "exact"
    later = offset + HITS_A_PAGE
    return SearchPage(
        title="Search",
        menu=menu("Search"),
        query=query,
        total=plain["total"],
        took_ms=round(plain["took_ms"], 1),
        spelling=spelling,
        other_spelling=_address("/search", q=query, spelling=other),
        hits=tuple(_folded(plain["hits"], query)),
        previous=_address("/search", q=query, spelling=spelling, offset=max(0, offset - HITS_A_PAGE)) if offset else "",
        next=_address("/search", q=query, spelling=spelling, offset=later) if later < plain["total"] else "",
    )


def _folded(hits: Iterable[Mapping[str, Any]], query: str) -> Iterable[Hit]:
    """Copies of one message (same `group`) as one hit with a count."""
    by_group: dict[str, list[Mapping[str, Any]]] = {}
    for hit in hits:
        by_group.setdefault(hit.get("group") or hit["document"], []).append(hit)
    for copies in by_group.values():
        yield _hit(copies[0], query, len(copies) - 1)


def _hit(hit: Mapping[str, Any], query: str, copies: int) -> Hit:
    rules = tuple(dict.fromkeys(match["rule"] for match in hit["matches"] if match["rule"]))
    terms = {match["text"] for match in hit["matches"]}
    return Hit(
        href=_address(f"/d/{hit['document']}", q=query),
        title=visible(hit["title"] or ""),
        date=(hit["date"] or "")[:16].replace("T", " "),
        kind=hit.get("kind", ""),
        snippet=tuple(_marked(hit["snippet"], terms)),
        rules=rules,
        copies=copies,
    )


def _marked(snippet: str, terms: set[str]) -> list[Piece]:
    spans: list[tuple[int, int, str]] = []
    for term in sorted(terms, key=len, reverse=True):
        at = snippet.find(term)
        while at >= 0:
            spans.append((at, at + len(term), ""))
            at = snippet.find(term, at + len(term))
    return cut(snippet, 0, len(snippet), spans)


def _address(path: str, **query: object) -> str:
    return f"{path}?{urlencode({name: str(value) for name, value in query.items()})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A segment of the text, cut where something is marked."""

    role: str
    language: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """A claim on a document's page."""

    sentence: str
    quote: str
    modality: str
    hedged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment in the list."""

    id: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Page):
    """A document: its facts, its text with what was searched for, what it says."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    segments: tuple[Zone, ...] = ()
    why_no_text: str = ""
    claims: tuple[ShownClaim, ...] = field(default=())


def document(desk: Desk, identity: str, query: str) -> DocumentPage:
    """The page of a document; `query` marks its matches. Raises NotFound."""
    about = desk.documents.get(identity)
    layer = desk.documents.layer(identity)
    marks = desk.matches(identity, query) if query and layer else []
    title = visible(about["title"] or "(no subject)")
    return DocumentPage(
        title=title,
        menu=menu(""),
        query=query,
        heading=title,
        facts=tuple(_facts(about)),
        attachments=tuple(
            Attachment(id=part["id"], name=visible(part["name"]), media_type=part["media_type"], size=part["size"])
            for part in about["attachments"]
        ),
        notes=tuple(visible(note["sentence"]) for note in about.get("notes", ())),
        segments=tuple(_zones(layer.text, layer.segments, marks)) if layer else (),
        why_no_text="" if layer else f"State: {about['state']}.",
        claims=tuple(
            ShownClaim(
                sentence=visible(claim.sentence or claim.quote.exact),
                quote=claim.quote.exact,
                modality=claim.modality,
                hedged=claim.hedged,
            )
            for claim in desk.claims.of(identity)
        ),
    )


def _facts(about: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, label in (("from", "From"), ("to", "To"), ("cc", "Cc"), ("bcc", "Bcc")):
        if about[name]:
            yield label, ", ".join(visible(_person(each)) for each in about[name])
    for name, label in (
        ("date", "Date"),
        ("kind", "Kind"),
        ("media_type", "Type"),
        ("pages", "Pages"),
        ("outlet", "Outlet"),
    ):
        if about.get(name):
            yield label, visible(str(about[name]))
    if about["languages"]:
        yield "Languages", ", ".join(about["languages"])
    yield "Seen at", "; ".join(_where(place) for place in about["locations"])
    yield "SHA-256 of the original", about["sha256"]


def _person(person: Mapping[str, str]) -> str:
    return f"{person['name']} <{person['address']}>" if person["name"] else person["address"]


def _zones(text: str, segments: Sequence[Any], marks: list[tuple[int, int, str]]) -> Iterable[Zone]:
    if not segments:
        yield Zone(role="body", language="und", pieces=tuple(cut(text, 0, len(text), marks)))
    for segment in segments:
        pieces = tuple(cut(text, segment.start, segment.end, marks))
        yield Zone(role=str(segment.role), language=segment.language, pieces=pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An entity in the list."""

    caption: str
    spellings: str
    role: str
    mentions: int
    documents: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """Entities of one schema."""

    title: str
    names: tuple[Name, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesPage(Page):
    """Who and what is named."""

    groups: tuple[NameGroup, ...]


#: Schema -> heading; other schemata stand under their own name.
HEADINGS = {
    "Person": "People",
    "Organization": "Organisations",
    "Company": "Companies",
    "PublicBody": "Public bodies",
    "Address": "Places",
}


def names(desk: Desk) -> NamesPage:
    """The page of names, the most mentioned first."""
    by_schema: dict[str, list[Mapping[str, Any]]] = {}
    for entity in desk.names.list():
        if entity.get("shown", True):
            by_schema.setdefault(entity["schema"], []).append(entity)
    roles = desk.names.roles()
    order = sorted(by_schema, key=lambda schema: (list(HEADINGS).index(schema) if schema in HEADINGS else 99, schema))
    return NamesPage(
        title="Names",
        menu=menu("Names"),
        groups=tuple(_group(schema, by_schema[schema], roles) for schema in order),
    )


def _group(schema: str, entities: list[Mapping[str, Any]], roles: Mapping[str, str]) -> NameGroup:
    entities.sort(key=lambda entity: (-entity["mentions"], entity["caption"]))
    shown = tuple(
        Name(
            caption=visible(entity["caption"]),
            spellings=visible(", ".join(name["text"] for name in entity["names"][:8])),
            role=roles.get(entity["id"], ""),
            mentions=entity["mentions"],
            documents=entity["documents"],
            query=urlencode({"q": f'"{entity["caption"]}"'})[2:],
        )
        for entity in entities[:MOST_ROWS]
    )
    return NameGroup(title=HEADINGS.get(schema, schema), names=shown, more=max(0, len(entities) - MOST_ROWS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation with its context."""

    before: str
    exact: str
    after: str
    document: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """A passage for or against a finding."""

    stance: str
    exact: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A finding on the page."""

    sentence: str
    state: str
    sources: str
    quotes: tuple[Quoted, ...]
    support: tuple[Backing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage(Page):
    """What a person accepted, rejected or has not decided yet."""

    findings: tuple[ShownFinding, ...]


def findings(desk: Desk) -> FindingsPage:
    """The page of findings."""
    shown = [
        ShownFinding(
            sentence=visible(one.sentence),
            state=one.state.value,
            sources=desk.findings.sources(one),
            quotes=tuple(
                Quoted(before=a.prefix, exact=a.exact, after=a.suffix, document=a.document, start=a.start)
                for a in one.quotes
            ),
            support=tuple(
                Backing(stance=s.stance, exact=s.anchor.exact, document=s.anchor.document) for s in one.support
            ),
        )
        for one in desk.findings.list()
    ]
    return FindingsPage(title="Findings", menu=menu("Findings"), findings=tuple(shown))


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """Something that could not be shown, in one sentence."""

    sentence: str
