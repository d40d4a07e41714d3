"""The page of a document: its facts, its text with matches, names and claims marked, what it says, where it was found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from leakdesk.errors import LeakdeskError, UsageError
from leakdesk.model.document import Role
from leakdesk.model.entity import NAMED_TYPES
from leakdesk.store import records, tables
from leakdesk.web.contexts import MOST_ROWS, Page, address, kind_of, menu, size, title, when, where
from leakdesk.web.marks import ShownNote, ShownTags, notes_of, tags_of
from leakdesk.web.names import question
from leakdesk.web.pieces import Mark, Piece, cut
from leakdesk.web.technical import Technical, technical

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.model.claim import Reading
    from leakdesk.model.document import Segment, TextLayer

#: Code points of a text on one page; longer texts are shown in parts, and the page says so.
PART = 60_000
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")
#: What stands between quoted lines and is nobody's own word: blank lines, angle brackets, somebody's initials before one.
_QUOTE_MARK = re.compile(r"(?:\s|[>|]|\w{1,4}>)*")
_OLDER = frozenset({"quoted", "header"})
#: Notes that are told apart from the others: links of a web page, and the red one.
_LINK, _UNSANDBOXED = "link", "unsandboxed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A segment of the text, cut where something is marked. `block`: it stands on lines of its own."""

    role: str
    language: str
    pieces: tuple[Piece, ...]
    start: int
    end: int
    block: bool
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Zones together. With a summary they are folded away, unless something in them is marked."""

    zones: tuple[Zone, ...]
    summary: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """A claim beside the text."""

    number: int
    sentence: str
    modality: str
    hedged: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownName:
    """A name in this document, with how often it stands here."""

    caption: str
    kind: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment in the list."""

    href: str
    name: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the document was seen, as the ledger has it. `bytes` says which bytes of a mailbox they are."""

    id: str
    location: str
    state: str
    reason: str
    limit: str
    bytes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLink:
    """A part of a long text, with how many matches stand in it."""

    number: int
    href: str
    current: bool
    matches: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Page):
    """A document."""

    id: str
    kind: str
    heading: str
    facts: tuple[tuple[str, str], ...]
    container: tuple[str, str]
    attachments: tuple[Attachment, ...]
    notes: tuple[tuple[str, str], ...]
    technical: Technical | None
    links: tuple[str, ...]
    read_bare: bool
    blocks: tuple[Block, ...]
    parts: tuple[PartLink, ...]
    length: int
    matches: int
    why_no_text: str
    why_no_reading: str
    claims: tuple[ShownClaim, ...]
    more_claims: int
    names: tuple[ShownName, ...]
    places: tuple[Place, ...]
    sha256: str
    tags: ShownTags
    own_notes: tuple[ShownNote, ...]
    like: str
    held: str


def document(desk: Desk, identity: str, query: str, at: str, part: int) -> DocumentPage:
    """The page of a document; `query` marks its matches, `at` ("120-180") a passage. Raises NotFound, UsageError."""
    about = desk.documents.get(identity)
    layer = desk.documents.layer(identity)
    reading, why_no_reading = _reading(desk, about["id"]) if layer else (None, "")
    here = _here(at)
    marks = _marks(desk, about["id"], query, here, reading) if layer else []
    text = layer.text if layer else ""
    number = _part(part, here, text)
    start, end = (number - 1) * PART, min(len(text), number * PART)
    places = tuple(_places(desk, about["id"]))
    heading = _headline(reading) if about["kind"] == "report" else ""
    heading = heading or title(about)
    claims = reading.claims if reading else ()
    notes = [(note["rule"], note["sentence"]) for note in about.get("notes", ())]
    return DocumentPage(
        # The browser keeps titles in its history, outside the case: no word of a document stands in one.
        title=f"{about['kind'].capitalize()} {about['id'][:8]}",
        menu=menu(""),
        query=query,
        unsandboxed=desk.read_without_sandbox,
        id=about["id"],
        kind=about["kind"],
        heading=heading,
        facts=tuple(_facts(about)),
        container=_container(desk, about["parent"]),
        attachments=tuple(_attachments(about)),
        notes=tuple(note for note in notes if note[0] not in (_LINK, _UNSANDBOXED)),
        technical=technical(desk, about["id"]) if about["kind"] == "message" else None,
        links=tuple(sentence for rule, sentence in notes if rule == _LINK),
        read_bare=any(rule == _UNSANDBOXED for rule, _ in notes),
        blocks=tuple(_blocks(layer, _segments(layer, reading), marks, start, end, about["kind"])) if layer else (),
        parts=tuple(_parts(about["id"], text, marks, number, query)),
        length=len(text),
        matches=sum(mark.kind == "match" for mark in marks),
        why_no_text="" if layer else _why(places),
        why_no_reading=why_no_reading,
        claims=tuple(_claims(about["id"], claims, start, end)),
        more_claims=max(0, len(claims) - MOST_ROWS),
        names=tuple(_names(reading)) if reading else (),
        places=places,
        sha256=about["sha256"],
        tags=tags_of(desk, [about["id"]])[about["id"]],
        own_notes=notes_of(desk, about["id"]),
        like=address("/search", q=f"like:{about['id']}"),
        held=address(f"/check/{about['id']}") if about["kind"] == "report" and reading else "",
    )


def _reading(desk: Desk, identity: str) -> tuple[Reading | None, str]:
    try:
        return desk.claims.reading(identity), ""
    except LeakdeskError as error:
        return None, error.sentence()


def _here(at: str) -> tuple[int, int] | None:
    if not at:
        return None
    found = _AT.fullmatch(at)
    if not found or int(found[1]) >= int(found[2]):
        raise UsageError(f"at={at[:40]}", try_="A place in a text is written from-to, such as at=120-180.")
    return int(found[1]), int(found[2])


def _part(asked: int, here: tuple[int, int] | None, text: str) -> int:
    """The part to show: the one asked for, else the one with the passage, else the first."""
    last = max(1, -(-len(text) // PART))
    if asked == 0 and here:
        asked = here[0] // PART + 1
    return min(max(asked, 1), last)


# --- what is marked --------------------------------------------------------------------------------------------------------


def _marks(desk: Desk, identity: str, query: str, here: tuple[int, int] | None, reading: Reading | None) -> list[Mark]:
    marks = [Mark(start=a, end=b, kind="match", label=rule) for a, b, rule in desk.matches(identity, query) if query]
    if here:
        marks.append(Mark(start=here[0], end=here[1], kind="here", label="the passage you came for"))
    if reading:
        captions = {entity.id: entity.caption for entity in reading.entities}
        marks += [
            Mark(
                start=one.start,
                end=one.end,
                kind="name",
                label=f"{one.type}: {captions.get(one.entity or '', one.normal)}",
            )
            for one in reading.mentions
            if one.type in NAMED_TYPES
        ]
        marks += [
            Mark(start=claim.quote.start, end=claim.quote.end, kind="claim", number=number)
            for number, claim in enumerate(reading.claims[:MOST_ROWS], 1)
        ]
    return marks


def _claims(identity: str, claims: Sequence[Any], start: int, end: int) -> Iterator[ShownClaim]:
    for number, claim in enumerate(claims[:MOST_ROWS], 1):
        quote = claim.quote
        shown = start <= quote.start < end
        yield ShownClaim(
            number=number,
            sentence=claim.sentence or quote.exact,
            modality=claim.modality,
            hedged=claim.hedged,
            href=f"#q{number}" if shown else address(f"/d/{identity}", to="here", at=f"{quote.start}-{quote.end}"),
        )


def _names(reading: Reading) -> Iterator[ShownName]:
    counted = Counter(mention.entity for mention in reading.mentions if mention.type in NAMED_TYPES)
    kinds = {mention.entity: mention.type for mention in reading.mentions}
    entities = {entity.id: entity for entity in reading.entities}
    for own, count in counted.most_common(MOST_ROWS):
        entity = entities.get(own or "")
        if entity and entity.shown:
            href = address("/search", q=question((entity.caption, *entity.names)))
            yield ShownName(caption=entity.caption, kind=kinds[own], count=count, href=href)


# --- the text --------------------------------------------------------------------------------------------------------------


def _segments(layer: TextLayer, reading: Reading | None) -> Sequence[Segment]:
    """The layer's own segments; a report's zones are found when it is read deeply."""
    return layer.segments or (reading.segments if reading else ())


def _blocks(
    layer: TextLayer, segments: Sequence[Segment], marks: Sequence[Mark], start: int, end: int, kind: str
) -> Iterator[Block]:
    zones = _zones(layer, segments, marks, start, end)
    if kind != "message":
        yield Block(zones=tuple(zones))
        return
    older = _older(zones, layer.text)
    for fold, group in groupby(zip(zones, older, strict=True), key=lambda pair: pair[1]):
        together = tuple(zone for zone, _ in group)
        yield _folded(together, layer.text) if fold else Block(zones=together)


def _folded(zones: tuple[Zone, ...], text: str) -> Block:
    lines = len(text[zones[0].start : zones[-1].end].strip().splitlines())
    first = zones[0].start == 0
    what = "Header lines of the text" if first else "Older letters quoted here"
    marked = any(piece.marked for zone in zones for piece in zone.pieces)
    return Block(zones=zones, summary=f"{what} ({lines} {'line' if lines == 1 else 'lines'})", open=marked)


def _older(zones: Sequence[Zone], text: str) -> list[bool]:
    """Which zones are folded away: the header block (its facts stand above), quoted mail and the lines that introduce it,
    and stray quotation marks between quoted lines."""
    fold = [zone.role in _OLDER for zone in zones]
    for at in range(1, len(zones) - 1):
        between = fold[at - 1] and zones[at + 1].role in _OLDER and zones[at - 1].start > 0
        if not fold[at] and between and _QUOTE_MARK.fullmatch(text[zones[at].start : zones[at].end]):
            fold[at] = True
    return fold


def _zones(layer: TextLayer, segments: Sequence[Segment], marks: Sequence[Mark], start: int, end: int) -> list[Zone]:
    pages = {page.start: page.number for page in layer.pages if len(layer.pages) > 1}
    edges = sorted({start, *(one.start for one in segments), *pages})
    edges = [edge for edge in edges if start <= edge < end]
    pieces = cut(layer.text, start, end, marks, edges)
    starts = [piece.start for piece in pieces]
    own = [segment.start for segment in segments]
    zones: list[Zone] = []
    for left, right in zip(edges, [*edges[1:], end], strict=True):
        segment = segments[bisect_right(own, left) - 1] if segments else None
        zones.append(
            Zone(
                role=str(segment.role) if segment else "body",
                language=segment.language if segment else "und",
                pieces=tuple(pieces[bisect_left(starts, left) : bisect_left(starts, right)]),
                start=left,
                end=right,
                block=_on_own_lines(layer.text, left, right),
                page=pages.get(left, 0),
            )
        )
    return zones


def _on_own_lines(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] in "\n\f") and (end == len(text) or text[end - 1] in "\n\f")


def _parts(identity: str, text: str, marks: Sequence[Mark], current: int, query: str) -> Iterator[PartLink]:
    if len(text) <= PART:
        return
    counted = Counter(mark.start // PART + 1 for mark in marks if mark.kind == "match")
    for number in range(1, -(-len(text) // PART) + 1):
        yield PartLink(
            number=number,
            href=address(f"/d/{identity}", q=query, part=number),
            current=number == current,
            matches=counted[number],
        )


# --- what is known about it ------------------------------------------------------------------------------------------------


def _facts(about: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, label in (("from", "From"), ("to", "To"), ("cc", "Cc"), ("bcc", "Bcc")):
        if about[name]:
            yield label, ", ".join(map(_person, about[name]))
    if about["date"]:
        yield "Date", when(about["date"])
    for name, label in (("outlet", "Outlet"), ("url", "Address"), ("pages", "Pages")):
        if about.get(name):
            yield label, str(about[name])
    if about.get("published"):
        yield "Published", when(about["published"])
    yield "Kind", kind_of(about["media_type"])


def _headline(reading: Reading | None) -> str:
    """The headline of a report, found when it was read deeply; its page's own title is often the outlet's name."""
    found = next((one for one in reading.segments if one.role == Role.HEADLINE), None) if reading else None
    return reading.text[found.start : found.end].strip() if reading and found else ""


def _person(person: Mapping[str, str]) -> str:
    return f"{person['name']} <{person['address']}>" if person["name"] else person["address"]


def _container(desk: Desk, parent: str | None) -> tuple[str, str]:
    """(name, address) of the document that this one was in; empty for a file that was given."""
    if not parent:
        return "", ""
    return title(desk.documents.get(parent)), address(f"/d/{parent}")


def _attachments(about: Mapping[str, Any]) -> Iterator[Attachment]:
    for part in about["attachments"]:
        yield Attachment(
            href=address(f"/d/{part['id']}"),
            name=part["name"] or "(no name)",
            kind=kind_of(part["media_type"]),
            size=size(part["size"]),
        )


def _places(desk: Desk, identity: str) -> Iterator[Place]:
    with desk.store.connect() as connection:
        for item in records.items(connection, tables.items.c.document == identity):
            raw = item.get("raw")
            yield Place(
                id=item["id"],
                location=where(item["location"]),
                state=item["state"],
                reason=item["reason"] or "",
                limit=item["limit"] or "",
                bytes=f"{raw['length']} bytes from byte {raw['start']} of {raw['container']}" if raw else "",
            )


def _why(places: Sequence[Place]) -> str:
    return next((place.reason for place in places if place.reason), "It is a container or a picture without words.")
