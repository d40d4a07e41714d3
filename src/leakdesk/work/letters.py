"""Threads and groups of copies, worked out over all letters whenever letters came in.

Two speeds. While only searching is asked for, header lines alone decide (In-Reply-To and References, by the very rules of
`documents.threads`), in one pass that keeps a few dozen bytes a letter. Reading deeply also looks at subjects and quoted
text; that takes memory, so it runs in a process of its own (`python -m leakdesk.work.letters CASE`) that prints one line a
letter. Groups of copies compare the bodies only of letters that share a Message-ID, or sender and second, with another.
"""

from __future__ import annotations

import subprocess
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, func, select

from leakdesk.documents import copies, threads
from leakdesk.model.document import Role
from leakdesk.model.ids import sha256_hex
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import among, chunks, from_json
from leakdesk.store.tables import documents, letters, settings, text_layers

_SPOKEN = frozenset({Role.BODY.value})
_ROWS = 2_000
#: Letters compared for copies at a time; those that may be copies of each other always stay together.
_TOGETHER = 400


class Line(msgspec.Struct, frozen=True):
    """A letter in its thread."""

    id: str
    thread: str
    reason: str


class _Sender(msgspec.Struct, frozen=True):
    name: str
    address: str


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What header-only threading needs of a stored head."""

    from_: tuple[_Sender, ...] = msgspec.field(name="from", default=())
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


_head = msgspec.json.Decoder(_Head).decode
_line = msgspec.json.Decoder(Line).decode


def relate(store: CaseStore, *, deep: bool) -> int:
    """Write a row for each letter: its thread, its group of copies, and why. How many letters there are."""
    with store.connect() as connection:
        groups = {own: (name, why) for own, name, why in _groups(connection)}
    with store.writing() as writer:
        writer.delete(letters, {})
    placed = _in_a_process_of_its_own(store.layout.root) if deep else by_headers(store)
    count = 0
    while some := list(islice(placed, _ROWS)):
        with store.writing() as writer:
            writer.insert(letters, [_row(line, groups.get(line.id)) for line in some])
        count += len(some)
    with store.writing() as writer:
        writer.put(settings, {"name": _MARK}, {"value": _mode(deep=deep)})
    return count


#: Setting that says by what threads were worked out last.
_MARK = "threads"


def _mode(*, deep: bool) -> str:
    return "everything" if deep else "headers"


def _row(line: Line, group: tuple[str, str] | None) -> dict[str, object]:
    reason = f"{line.reason}; {group[1]}" if group else line.reason
    return {"document": line.id, "thread": line.thread, "group_": group[0] if group else None, "reason": reason}


def due(store: CaseStore, *, deep: bool) -> bool:
    """True if letters came in since threads were last worked out, or only their header lines were looked at."""
    with store.connect() as connection:
        messages = select(func.count()).select_from(documents).where(documents.c.head.is_not(None))
        wanted = connection.execute(messages).scalar_one()
        known = records.one(connection, settings, name=_MARK)
        if wanted != records.count(connection, letters):
            return True
    return deep and wanted > 0 and (known is None or known["value"] != _mode(deep=True))


# --- by header lines alone ----------------------------------------------------------------------------------------------


def by_headers(store: CaseStore) -> Iterator[Line]:
    """Threads by In-Reply-To and References: the same threads as `documents.threads.thread` gives where headers decide."""
    ids: list[str] = []
    numbers: dict[int, int] = {}  # hash of a Message-ID -> the first letter that carries it
    with store.connect() as connection:
        for own, message_id in _in_time(connection):
            if message_id:
                numbers.setdefault(hash(message_id), len(ids))
            ids.append(own)
        parents, ghosts, replies = array("i", [-1]) * len(ids), dict[int, str](), bytearray(len(ids))
        for number, head in enumerate(_heads(connection, ids)):
            _place(number, _head(head), numbers, parents, ghosts, replies)
    for number, own in enumerate(ids):
        root = _root(parents, number)
        key = f"ghost {ghosts[root]}" if root in ghosts else ids[root]
        yield Line(own, "t" + sha256_hex(key.encode("utf-8", "surrogatepass"))[:16], _REASONS[replies[number]])


_REASONS = ("first letter", "In-Reply-To", "References", "answers a letter that is not here")


def _in_time(connection: Connection) -> Iterator[tuple[str, str | None]]:
    """Each letter's id and Message-ID, the oldest letter first."""
    d = documents.c
    query = select(d.id, d.message_id).where(d.head.is_not(None)).order_by(d.date_utc.is_(None), d.date_utc, d.id)
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield row[0], row[1]


def _heads(connection: Connection, ids: Sequence[str]) -> Iterator[str]:
    """The heads of these letters in this order: fetched by the batch, because sorting them all would hold them all."""
    for some in chunks(ids, 500):
        heads = dict(among(connection, [documents.c.id, documents.c.head], some))
        yield from (heads[own] for own in some)


def _place(
    number: int, head: _Head, numbers: dict[int, int], parents: array[int], ghosts: dict[int, str], replies: bytearray
) -> None:
    named = [*([head.in_reply_to] if head.in_reply_to else []), *reversed(head.references)]
    for each in named:
        found = numbers.get(hash(each), -1)
        if found not in (-1, number) and _root(parents, found) != number:
            parents[number] = found
            replies[number] = 1 if each == head.in_reply_to else 2
            return
    if named:
        ghosts[number] = head.references[0] if head.references else named[0]
        replies[number] = 3


def _root(parents: array[int], number: int) -> int:
    while parents[number] >= 0:
        number = parents[number]
    return number


# --- by everything -------------------------------------------------------------------------------------------------------


def _in_a_process_of_its_own(case: Path) -> Iterator[Line]:
    argv = [sys.executable, "-m", "leakdesk.work.letters", str(case)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            for line in process.stdout or ():
                yield _line(line)
        finally:
            process.kill() if sys.exc_info()[0] else None
        if process.wait():
            raise RuntimeError("threads could not be worked out")


def by_everything(connection: Connection) -> Iterator[Line]:
    """Threads by headers, subjects, people and quoted text."""
    for each in threads.thread(list(_letters(connection))):
        yield Line(each.id, each.thread, each.reason)


def _letters(connection: Connection) -> Iterator[threads.Letter]:
    joined = documents.outerjoin(text_layers, documents.c.layer == text_layers.c.id)
    columns = [documents.c.id, documents.c.head, text_layers.c.text, text_layers.c.segments]
    query = select(*columns).select_from(joined).where(documents.c.head.is_not(None))
    for row in connection.execute(query.execution_options(yield_per=500)).mappings():
        head = records.head_of(from_json(row["head"]))
        if head is None:
            continue
        quoted = body = ""
        # Text is only looked at where headers do not say what a letter answers.
        if not head.in_reply_to and not head.references and row["text"] is not None:
            quoted = _spoken(row["text"], row["segments"], {Role.QUOTED.value})
            body = _spoken(row["text"], row["segments"], _SPOKEN)
        yield threads.Letter(id=row["id"], head=head, quoted=quoted, body=body)


# --- copies --------------------------------------------------------------------------------------------------------------


def _groups(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """(document, group, reason) of every letter that is a copy of another."""
    for together in _batches(_alike(connection)):
        for group in copies.group(list(_copies(connection, together))):
            for own in group.members:
                yield own, group.id, group.reason


def _alike(connection: Connection) -> Iterable[list[str]]:
    """Letters that share a Message-ID, or sender and second, with another: those that hang together, together.

    Only such letters are held, a handful in most cases; all others pass by in the order of what they might share."""
    ids: dict[int, str] = {}
    joined: dict[int, int] = {}
    for together in (*_sharing(connection, documents.c.message_id), *_same_second(connection)):
        ids |= together
        first, *others = together
        for each in others:
            joined[_end(joined, each)] = _end(joined, first)
    families: dict[int, list[str]] = {}
    for number in ids:
        families.setdefault(_end(joined, number), []).append(ids[number])
    return families.values()


def _sharing(connection: Connection, column: Column[str], *more: Column[str]) -> Iterator[dict[int, Any]]:
    """Letters with the same value of a column, by number: their ids, or the other columns asked for."""
    d = documents.c
    wanted = more or (d.id,)
    twice = column.in_(select(column).where(column != "").group_by(column).having(func.count() > 1))
    query = select(column, d.seq, *wanted).where(d.head.is_not(None), twice).order_by(column, d.seq)
    rows = map(tuple[Any, ...], connection.execute(query.execution_options(yield_per=500)))
    for _, some in groupby(rows, itemgetter(0)):
        made = {row[1]: row[2] if not more else row[2:] for row in some}
        if len(made) > 1:
            yield made


def _same_second(connection: Connection) -> Iterator[dict[int, str]]:
    """Letters of one sender and one second."""
    d = documents.c
    for together in _sharing(connection, d.date_utc, d.id, d.head):
        by_sender: dict[str, dict[int, str]] = {}
        for number, (own, head) in together.items():
            if sender := _head(head).from_:
                by_sender.setdefault(sender[0].address.lower(), {})[number] = own
        yield from (each for each in by_sender.values() if len(each) > 1)


def _end(joined: dict[int, int], number: int) -> int:
    while joined.get(number, number) != number:
        number = joined[number]
    return number


def _batches(families: Iterable[list[str]]) -> Iterator[list[str]]:
    batch: list[str] = []
    for family in families:
        batch += family
        if len(batch) >= _TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch


def _copies(connection: Connection, ids: Sequence[str]) -> Iterator[copies.Copy]:
    joined = documents.outerjoin(text_layers, documents.c.layer == text_layers.c.id)
    columns = [documents.c.id, documents.c.head, documents.c.attachments, text_layers.c.text, text_layers.c.segments]
    for some in chunks(ids, 400):
        query = select(*columns).select_from(joined).where(documents.c.id.in_(some)).order_by(documents.c.id)
        for row in connection.execute(query).mappings():
            head = records.head_of(from_json(row["head"]))
            if head is not None:
                body = _spoken(row["text"] or "", row["segments"], _SPOKEN)
                parts = tuple(part["id"] for part in from_json(row["attachments"]))
                yield copies.Copy(id=row["id"], head=head, body=body, attachments=parts)


def _spoken(text: str, segments: str | None, roles: set[str] | frozenset[str]) -> str:
    return "\n".join(text[start:end] for start, end, role, _ in from_json(segments) or [] if role in roles)


def main() -> None:
    """Print the threads of a case, one JSON line a letter."""
    with CaseStore.open(Path(sys.argv[1])) as store, store.connect() as connection:
        for line in by_everything(connection):
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")


if __name__ == "__main__":
    main()
