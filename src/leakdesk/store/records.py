"""What is in the case, as questions with names. Everything here reads; nothing writes.

Each function takes a connection (`store.connect()`) and gives plain values in the contract's field names, or nouns of the
model where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, func, select

from leakdesk.errors import NotFound, NothingThere
from leakdesk.model.document import Language, MailAddress, MessageHead, Page, Role, Segment, State, TextLayer
from leakdesk.store import tables as t
from leakdesk.store.rows import HASH, chunks, from_json
from leakdesk.store.tables import JSON_COLUMNS

Plain = dict[str, Any]
_STATES = tuple(state.value for state in State)


# --- the ledger --------------------------------------------------------------------------------------------------------


def totals(connection: Connection) -> dict[str, int]:
    """found, read, partial, failed of the whole case. `found` is counted apart from the rows of the ledger."""
    states = dict.fromkeys(_STATES, 0)
    counted = connection.execute(select(t.items.c.state, func.count()).group_by(t.items.c.state))
    states.update({str(state): int(number) for state, number in counted})
    listed = connection.execute(select(func.coalesce(func.sum(t.items.c.listed), 0))).scalar_one()
    return {"found": int(listed) + given(connection), **states}


def given(connection: Connection) -> int:
    """Files that were given: the custody log's lines of receipt, and those that could not be taken in."""
    received = select(func.count()).where(t.custody.c.verb == "received", t.custody.c.hash_in == "")
    refused = select(func.count()).where(t.items.c.parent == "", t.items.c.sha256.is_(None))
    return int(connection.execute(received).scalar_one()) + int(connection.execute(refused).scalar_one())


def waiting(connection: Connection) -> int:
    """Sealed and not read yet: more than 0 only while `add` runs, or after it was interrupted."""
    return int(connection.execute(select(func.count()).select_from(t.inbox)).scalar_one())


@dataclass(slots=True)
class _Count:
    listed: int
    parent: str
    states: dict[str, int]


def containers(connection: Connection) -> list[Plain]:
    """Every container with what was found in it and below it (itself apart), and what became of that."""
    wanted = t.items.c.listed.is_not(None)
    counts = {
        row.id: _Count(row.listed, row.parent, dict.fromkeys(_STATES, 0))
        for row in connection.execute(select(t.items.c.id, t.items.c.listed, t.items.c.parent).where(wanted))
    }
    by_parent = select(t.items.c.parent, t.items.c.state, func.count().label("n")).group_by(
        t.items.c.parent, t.items.c.state
    )
    direct = [(row.parent, row.state, int(row.n)) for row in connection.execute(by_parent)]
    whole = {own: (count.listed, dict(count.states)) for own, count in counts.items()}
    for parent, state, number in direct:
        for above in _upwards(counts, parent):
            whole[above][1][state] += number
    for count in counts.values():
        for above in _upwards(counts, count.parent):
            whole[above] = (whole[above][0] + count.listed, whole[above][1])
    query = select(t.items.c.id, t.items.c.location, t.items.c.media_type).where(wanted).order_by(t.items.c.seq)
    return [
        {
            "id": row.id,
            "location": from_json(row.location),
            "media_type": row.media_type,
            "found": whole[row.id][0],
            **whole[row.id][1],
        }
        for row in connection.execute(query)
    ]


def _upwards(counts: Mapping[str, _Count], own: str) -> Iterator[str]:
    while own in counts:
        yield own
        own = counts[own].parent


def ledger(connection: Connection) -> Plain:
    """The contract's ledger: the equation, whole and per container, and every item that is not read."""
    whole, boxes, left = totals(connection), containers(connection), waiting(connection)
    holds = left == 0 and all(_equal(count) for count in (whole, *boxes))
    made: Plain = {"totals": whole, "equation_holds": holds, "containers": boxes, "items": list(not_read(connection))}
    return made | ({"waiting": left} if left else {})


def _equal(count: Mapping[Any, Any]) -> bool:
    return count["found"] == count["read"] + count["partial"] + count["failed"]


def not_read(connection: Connection) -> Iterator[Plain]:
    """Every item that is not `read`, in the order of arrival."""
    return items(connection, t.items.c.state != State.READ.value)


def items(connection: Connection, where: ColumnElement[bool] | None = None) -> Iterator[Plain]:
    """Rows of the ledger as the contract prints them."""
    query = select(t.items).order_by(t.items.c.seq)
    for row in _stream(connection, query if where is None else query.where(where)):
        item: Plain = {"id": row["id"], "location": from_json(row["location"])}
        if row["location_bytes"]:
            item["location_bytes"] = from_json(row["location_bytes"])
        for name in ("sha256", "media_type", "state", "stage", "reason"):
            item[name] = row[name]
        item["limit"] = row["limit_"] or None
        if row["raw"]:
            raw = from_json(row["raw"])
            item["raw"] = {name: raw[name] for name in ("container", "start", "length", "sha256")}
        yield item


def item(connection: Connection, own: str) -> Mapping[Any, Any] | None:
    """One row of the ledger by its item id."""
    return connection.execute(select(t.items).where(t.items.c.id == own)).mappings().first()


# --- documents -----------------------------------------------------------------------------------------------------------


def documents(connection: Connection, *, kind: str | None = None, dataset: str | None = None) -> Iterator[Plain]:
    """The documents as `list` prints them: dated ones first, by date."""
    d = t.documents.c
    query = select(t.documents).order_by(d.date_utc.is_(None), d.date_utc, d.id)
    if kind is not None:
        query = query.where(d.kind == kind)
    if dataset is not None:
        query = query.where(d.dataset == dataset)
    chunk: list[Mapping[Any, Any]] = []
    for row in _stream(connection, query):
        chunk.append(row)
        if len(chunk) == 400:
            yield from _described(connection, chunk)
            chunk = []
    yield from _described(connection, chunk)


def document(connection: Connection, own: str) -> Plain:
    """One document as `list` prints it. Raises NotFound."""
    row = connection.execute(select(t.documents).where(t.documents.c.id == own)).mappings().first()
    if row is None:
        raise NotFound(own)
    return _described(connection, [row])[0]


def _described(connection: Connection, rows: Sequence[Mapping[Any, Any]]) -> list[Plain]:
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    seen = sightings(connection, ids)
    letters = {row.document: row for row in connection.execute(select(t.letters).where(t.letters.c.document.in_(ids)))}
    attachments = {row["id"]: from_json(row["attachments"]) for row in rows}
    types = _media_types(connection, [part["id"] for parts in attachments.values() for part in parts])
    return [_line(row, seen.get(row["id"], []), letters.get(row["id"]), attachments[row["id"]], types) for row in rows]


def _line(
    row: Mapping[Any, Any], seen: list[Plain], letter: Any, attachments: list[Plain], types: Mapping[str, str]
) -> Plain:
    head = from_json(row["head"]) or {}
    parents = sorted({place["parent"] for place in seen if place["parent"]})
    line: Plain = {name: row[name] for name in ("id", "kind", "schema", "title")}
    line |= {name: head.get(name, []) for name in ("from", "to", "cc", "bcc")}
    line |= {
        "date": row["date"],
        "date_utc": row["date_utc"],
        "message_id": row["message_id"],
        "in_reply_to": head.get("in_reply_to"),
        "thread": letter.thread if letter else None,
        "group": letter.group_ if letter else None,
        "languages": from_json(row["languages"]),
        "sha256": row["sha256"],
        "locations": [place["location"] for place in seen],
        "parent": parents[0] if parents else None,
        "parents": parents,
        "attachments": [part | {"media_type": types.get(part["id"], part["media_type"])} for part in attachments],
        "media_type": row["media_type"],
        "pages": row["pages"],
        "state": row["state"],
        "copies": len(seen),
        "created": row["created"],
        "modified": row["modified"],
    }
    line |= {name: row[name] for name in ("outlet", "published", "url") if row[name] is not None}
    exact = [place["location_bytes"] for place in seen]
    if any(exact):
        line["location_bytes"] = exact
    notes = from_json(row["notes"])
    if notes:
        line["notes"] = notes
    return line


def _media_types(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in chunks(ids, 400):
        query = select(t.documents.c.id, t.documents.c.media_type).where(t.documents.c.id.in_(some))
        found.update({str(own): str(media_type) for own, media_type in connection.execute(query)})
    return found


def sightings(connection: Connection, ids: Sequence[str]) -> dict[str, list[Plain]]:
    """Where each document was seen: item id, location, and the document it was in."""
    above = t.items.alias("above")
    i = t.items.c
    seen: dict[str, list[Plain]] = {}
    for some in chunks(ids, 400):
        query = (
            select(i.id, i.document, i.location, i.location_bytes, above.c.document.label("parent"))
            .select_from(t.items.outerjoin(above, above.c.id == i.parent))
            .where(i.document.in_(some))
            .order_by(i.location, i.id)
        )
        for row in connection.execute(query):
            place = {
                "id": row.id,
                "location": from_json(row.location),
                "location_bytes": from_json(row.location_bytes),
                "parent": row.parent,
            }
            seen.setdefault(row.document, []).append(place)
    return seen


def document_of(connection: Connection, own: str) -> str:
    """The document id of a document or item id. Raises NotFound; for an item without bytes it names the container."""
    known = connection.execute(select(t.documents.c.id).where(t.documents.c.id == own)).scalar()
    if known is not None:
        return str(known)
    found = item(connection, own)
    if found is None:
        raise NotFound(own)
    if found["document"] is None:
        above = item(connection, found["parent"])
        where = f"{'/'.join(from_json(above['location']))} ({above['id']})" if above else "its folder"
        raise NothingThere(
            f"{own} has no bytes: it stands in {where} and could not be opened", try_="Look at: leakdesk ledger CASE"
        )
    return str(found["document"])


def sha256_of(connection: Connection, own: str) -> str:
    """The hash of the sealed bytes of a document or item. Raises NotFound."""
    document_id = document_of(connection, own)
    found = connection.execute(select(t.documents.c.sha256).where(t.documents.c.id == document_id)).scalar()
    return str(found)


# --- text ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLayer:
    """A text layer with the document it belongs to."""

    id: str
    document: str
    layer: TextLayer


def layer(connection: Connection, document_id: str) -> StoredLayer | None:
    """The current text layer of a document, or None."""
    row = connection.execute(_LAYER, {"document": document_id}).mappings().first()
    return None if row is None else stored_layer(row)


#: Put together once: a check asks for a thousand letters.
_LAYER = (
    select(t.text_layers)
    .join(t.documents, t.documents.c.layer == t.text_layers.c.id)
    .where(t.documents.c.id == bindparam("document"))
)


def layers(connection: Connection, document_id: str) -> list[StoredLayer]:
    """All text layers of a document, oldest first."""
    query = select(t.text_layers).where(t.text_layers.c.document == document_id).order_by(t.text_layers.c.seq)
    return [stored_layer(row) for row in connection.execute(query).mappings()]


def stored_layer(row: Mapping[Any, Any]) -> StoredLayer:
    """A row of text_layers as a noun."""
    made = TextLayer(
        text=row["text"],
        extractor=row["extractor"],
        pages=tuple(Page(number=n, start=a, end=b) for n, a, b in from_json(row["pages"])),
        segments=tuple(
            Segment(start=a, end=b, role=Role(role), language=lang) for a, b, role, lang in from_json(row["segments"])
        ),
        sha256=row["sha256"],
    )
    return StoredLayer(id=row["id"], document=row["document"], layer=made)


def text(connection: Connection, own: str) -> Plain:
    """The text layer of a document as `text` prints it. Raises NotFound."""
    document_id = document_of(connection, own)
    found = layer(connection, document_id)
    if found is None:
        why = connection.execute(select(t.documents.c.reason).where(t.documents.c.id == document_id)).scalar()
        raise NothingThere(
            f"{own} has no text ({why or 'it is a container or a picture'})", try_="Its bytes: leakdesk raw CASE ITEM"
        )
    made = found.layer
    return {
        "id": document_id,
        "text": made.text,
        "sha256": made.sha256,
        "extractor": made.extractor,
        "pages": [{"number": p.number, "start": p.start, "end": p.end} for p in made.pages],
        "segments": [
            {"start": s.start, "end": s.end, "role": s.role.value, "language": s.language} for s in made.segments
        ],
    }


def head_of(plain: Mapping[Any, Any] | None) -> MessageHead | None:
    """A message's head from its stored JSON."""
    if plain is None:
        return None

    def people(name: str) -> tuple[MailAddress, ...]:
        return tuple(MailAddress(name=each["name"], address=each["address"]) for each in plain.get(name, ()))

    return MessageHead(
        subject=plain.get("subject"),
        sender=people("from"),
        to=people("to"),
        cc=people("cc"),
        bcc=people("bcc"),
        date=plain.get("date"),
        date_utc=plain.get("date_utc"),
        message_id=plain.get("message_id"),
        in_reply_to=plain.get("in_reply_to"),
        references=tuple(plain.get("references", ())),
    )


def languages(row: Mapping[Any, Any]) -> tuple[Language, ...]:
    """A document row's languages."""
    return tuple(from_json(row["languages"]))


# --- everything else, by table ------------------------------------------------------------------------------------------


def rows(connection: Connection, table: Table, **equal: Any) -> Iterator[Plain]:
    """Rows of a table with these values, in key order, JSON columns opened, hashes left out.

    The later chapters' tables (mentions, entities, claims, findings, ...) are read through this.
    """
    query = select(table).order_by(*table.primary_key.columns)
    for name, value in equal.items():
        column = table.c[name]
        query = query.where(column.in_(value) if isinstance(value, list | tuple | set) else column == value)
    for row in _stream(connection, query):
        yield opened(row)


def one(connection: Connection, table: Table, **equal: Any) -> Plain | None:
    """The first such row, or None."""
    return next(rows(connection, table, **equal), None)


def opened(row: Mapping[Any, Any]) -> Plain:
    """A row as plain values: JSON columns opened, the hash left out, trailing underscores dropped."""
    return {
        name.rstrip("_"): from_json(value) if name in JSON_COLUMNS and isinstance(value, str) else value
        for name, value in row.items()
        if name != HASH
    }


def count(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Mapping[Any, Any]]:
    yield from connection.execute(query.execution_options(yield_per=500)).mappings()


def kinds(connection: Connection) -> dict[str, int]:
    """How many documents there are of each kind, most first."""
    query = select(t.documents.c.kind, func.count().label("n")).group_by(t.documents.c.kind)
    found = [(str(row.kind), int(row.n)) for row in connection.execute(query)]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def any_unsandboxed(connection: Connection) -> bool:
    """Whether anything in this case was parsed without a sandbox."""
    stamped = select(t.items.c.id).where(t.items.c.notes.contains('"unsandboxed"')).limit(1)
    return connection.execute(stamped).first() is not None
