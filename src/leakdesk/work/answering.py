"""Which letter a letter answers, as far as the case holds it: the check reads "Agreed." together with what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents, letters

#: Letters of a conversation that are looked through.
LONGEST = 200


def answered(connection: Connection, row: Mapping[Any, Any]) -> str | None:
    """The id of the letter that a document row's letter answers: the one that its head names, else the one before it in its
    conversation by somebody else; None where there is none."""
    head = from_json(row["head"]) or {}
    placed = connection.execute(select(letters.c.thread).where(letters.c.document == row["id"])).scalar()
    if placed is None or not (head.get("in_reply_to") or row["date_utc"]):
        return None
    d = documents.c
    query = select(d.id, d.message_id, d.date_utc, d.head).select_from(
        documents.join(letters, letters.c.document == d.id)
    )
    others = connection.execute(
        query.where(letters.c.thread == placed, d.id != row["id"]).order_by(d.date_utc.desc()).limit(LONGEST)
    ).all()
    named = next((each.id for each in others if each.message_id and each.message_id == head.get("in_reply_to")), None)
    if named:
        return named
    own = _senders(head)
    return next(
        (
            each.id
            for each in others
            if each.date_utc
            and row["date_utc"]
            and each.date_utc < row["date_utc"]
            and _senders(from_json(each.head) or {}) != own
        ),
        None,
    )


def _senders(head: Mapping[str, Any]) -> frozenset[str]:
    return frozenset((each["address"] or each["name"] or "").casefold() for each in head.get("from", ()))
