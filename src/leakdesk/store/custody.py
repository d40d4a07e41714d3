"""The custody log: append-only, each line holding the hash of the line before.

Lines say who (a role), did what, to what, on which day, with hashes in and out. Head and length also stand in
leakdesk.json. Who rewrites both is out of scope; who changes either is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from leakdesk.model.evidence import CustodyEvent, CustodyVerb, line_hash
from leakdesk.store.rows import Row, Writer
from leakdesk.store.tables import custody

FIRST = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a caller says about an event; number, day and chain are added when it is written."""

    verb: CustodyVerb
    object_id: str
    hash_in: str = ""
    hash_out: str = ""
    note: str = ""
    actor: str = "leakdesk"
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Length of the log and the hash of its last line."""

    length: int
    hash: str


def head_of(connection: Connection) -> Head:
    """Where the log stands."""
    row = connection.execute(
        select(custody.c.number, custody.c.hash).order_by(custody.c.number.desc()).limit(1)
    ).first()
    return Head(0, FIRST) if row is None else Head(row.number, row.hash)


def append(writer: Writer, head: Head, entries: Sequence[Entry], *, day: str, tool: str) -> Head:
    """Write events after `head`; the new head."""
    rows: list[Row] = []
    number, previous = head.length, head.hash
    for each in entries:
        number += 1
        line = (
            *(day, each.actor, each.verb, each.object_id, each.hash_in, each.hash_out),
            *(each.tool or tool, each.note, previous),
        )
        previous = line_hash(number, line)
        rows.append(dict(zip(_COLUMNS, (number, *line, previous), strict=True)))
    writer.insert(custody, rows)
    return Head(number, previous)


_COLUMNS = (
    *("number", "day", "actor", "verb", "object_id", "hash_in", "hash_out", "tool", "note", "previous"),
    "hash",
)


def events(connection: Connection, object_id: str | None = None) -> Iterator[CustodyEvent]:
    """The log in order, or the lines about one object."""
    query = select(*[column for column in custody.c if column.name not in ("hash", "row_sha256")]).order_by(
        custody.c.number
    )
    if object_id is not None:
        query = query.where(custody.c.object_id == object_id)
    for row in connection.execute(query.execution_options(yield_per=1000)).mappings():
        yield CustodyEvent(**row)


def first_broken(connection: Connection, marked: Head) -> str | None:
    """Why the chain is not whole, or None. `marked` is the head written in leakdesk.json."""
    previous, number, seen_mark = FIRST, 0, marked.length == 0
    for event in events(connection):
        number += 1
        if event.number != number or event.previous != previous:
            return f"line {number} of the custody log does not follow the line before"
        previous = event.hash()
        if number == marked.length:
            seen_mark = previous == marked.hash
    stored = head_of(connection)
    if number and stored.hash != previous:
        return f"line {number} of the custody log differs from its hash"
    if not seen_mark:
        return "the custody log is not the one that leakdesk.json names"
    return None
