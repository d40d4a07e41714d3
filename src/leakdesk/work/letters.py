"""Threads and groups of copies: worked out again over all letters whenever letters came in.

Heads alone decide threads while only searching is asked for; reading deeply also looks at quoted text. Groups need bodies
only of letters that share a Message-ID, or a sender and a second, with another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from leakdesk.documents import copies, threads
from leakdesk.model.document import Role
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import chunks, from_json
from leakdesk.store.tables import documents, letters, text_layers

_SPOKEN = frozenset({Role.BODY.value})


def relate(store: CaseStore, *, deep: bool) -> int:
    """Write a row for each letter: its thread, its group of copies, and why. How many letters there are."""
    with store.connect() as connection:
        placed = threads.thread(list(_letters(connection, deep=deep)))
        groups = copies.group(list(_twins(connection)))
    member = {own: group for group in groups for own in group.members}
    rows = [
        {
            "document": each.id,
            "thread": each.thread,
            "group_": member[each.id].id if each.id in member else None,
            "reason": "; ".join(filter(None, [each.reason, member[each.id].reason if each.id in member else ""])),
        }
        for each in placed
    ]
    with store.writing() as writer:
        writer.delete(letters, {})
        writer.insert(letters, rows)
    return len(rows)


def due(store: CaseStore) -> bool:
    """True if letters came in since threads were last worked out."""
    with store.connect() as connection:
        messages = select(func.count()).select_from(documents).where(documents.c.head.is_not(None))
        return connection.execute(messages).scalar_one() != records.count(connection, letters)


def _letters(connection: Connection, *, deep: bool) -> Iterator[threads.Letter]:
    columns = [documents.c.id, documents.c.head]
    query = select(*columns).where(documents.c.head.is_not(None))
    if deep:
        joined = documents.outerjoin(text_layers, documents.c.layer == text_layers.c.id)
        query = (
            select(*columns, text_layers.c.text, text_layers.c.segments)
            .select_from(joined)
            .where(documents.c.head.is_not(None))
        )
    for row in connection.execute(query.execution_options(yield_per=500)).mappings():
        head = records.head_of(from_json(row["head"]))
        if head is None:
            continue
        quoted = body = ""
        # Text is only looked at where headers do not say what a letter answers.
        if deep and not head.in_reply_to and not head.references and row["text"] is not None:
            quoted = _spoken(row["text"], row["segments"], {Role.QUOTED.value})
            body = _spoken(row["text"], row["segments"], _SPOKEN)
        yield threads.Letter(id=row["id"], head=head, quoted=quoted, body=body)


def _twins(connection: Connection) -> Iterator[copies.Copy]:
    d = documents.c
    twice: set[str] = set()
    shared = select(d.message_id).where(d.message_id.is_not(None)).group_by(d.message_id).having(func.count() > 1)
    twice.update(connection.execute(select(d.id).where(d.message_id.in_(shared))).scalars())
    seconds = (
        select(d.date_utc)
        .where(d.date_utc.is_not(None), d.head.is_not(None))
        .group_by(d.date_utc)
        .having(func.count() > 1)
    )
    twice.update(connection.execute(select(d.id).where(d.head.is_not(None), d.date_utc.in_(seconds))).scalars())
    for some in chunks(sorted(twice), 200):
        yield from _copies(connection, some)


def _copies(connection: Connection, ids: Sequence[str]) -> Iterator[copies.Copy]:
    joined = documents.outerjoin(text_layers, documents.c.layer == text_layers.c.id)
    columns = [documents.c.id, documents.c.head, documents.c.attachments, text_layers.c.text, text_layers.c.segments]
    query = select(*columns).select_from(joined).where(documents.c.id.in_(ids)).order_by(documents.c.id)
    for row in connection.execute(query).mappings():
        head = records.head_of(from_json(row["head"]))
        if head is not None:
            body = _spoken(row["text"] or "", row["segments"], _SPOKEN)
            parts = tuple(part["id"] for part in from_json(row["attachments"]))
            yield copies.Copy(id=row["id"], head=head, body=body, attachments=parts)


def _spoken(text: str, segments: str | None, roles: set[str] | frozenset[str]) -> str:
    return "\n".join(text[start:end] for start, end, role, _ in from_json(segments) or [] if role in roles)
