"""For each passage that is about to be quoted: in how many of the copies held of its letter does this exact wording stand?

Copies are messages of one sender within three days whose words are largely the same: one letter sent in other words to each of
its recipients is several messages. Numbers only: which copy has which wording is neither shown nor kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from leakdesk.authenticity.variants import SENT_TOGETHER, same_letter
from leakdesk.model.anchor import Anchor
from leakdesk.publish.exposure import account_name
from leakdesk.publish.wordings import Wording, wording
from leakdesk.store import records
from leakdesk.store.case import LEAK
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents, text_layers

_TOGETHER = timedelta(seconds=SENT_TOGETHER)


def wordings(connection: Connection, anchors: Sequence[Anchor]) -> tuple[Wording, ...]:
    """One answer for each passage, in order."""
    known: dict[str, list[str]] = {}
    found: list[Wording] = []
    for anchor in anchors:
        if anchor.document not in known:
            known[anchor.document] = list(_copies(connection, anchor.document))
        found.append(wording(anchor.exact, known[anchor.document]))
    return tuple(found)


def _copies(connection: Connection, document: str) -> Iterator[str]:
    """The texts of all copies held, the document's own first."""
    own = connection.execute(_texts().where(documents.c.id == document)).first()
    if own is None:
        return
    yield own.text
    sender = _sender(own.head)
    if own.date_utc is None or not sender:
        return
    day = datetime.fromisoformat(own.date_utc.replace("Z", "+00:00"))
    low, high = ((day + step).strftime("%Y-%m-%dT%H:%M:%SZ") for step in (-_TOGETHER, _TOGETHER))
    near = _texts().where(documents.c.id != document, documents.c.date_utc.between(low, high))
    for row in connection.execute(near.order_by(documents.c.id)):
        if _sender(row.head) == sender and same_letter(own.text, row.text):
            yield row.text


def _texts():
    return (
        select(documents.c.head, documents.c.date_utc, text_layers.c.text)
        .join(text_layers, text_layers.c.id == documents.c.layer)
        .where(documents.c.dataset == LEAK)
    )


def _sender(head: str | None) -> str:
    message = records.head_of(from_json(head))
    return account_name(message.sender[0].address) if message is not None and message.sender else ""
