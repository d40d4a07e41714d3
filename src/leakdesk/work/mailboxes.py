"""A mailbox in the mbox format: its messages are byte ranges of the sealed file, taken in one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leakdesk.intake import mailbox
from leakdesk.intake.identify import MBOX
from leakdesk.model.document import State
from leakdesk.store.case import CaseStore
from leakdesk.store.originals import MBOX as MBOX_UNDO
from leakdesk.store.originals import Place, pieces_at, unquote_from
from leakdesk.work.batches import Batches
from leakdesk.work.ledgerbook import Ledgerbook, children_of
from leakdesk.work.run import Telling
from leakdesk.work.sighting import Sighting, bytes_step, child_id


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Takes one mailbox after another in."""

    store: CaseStore
    book: Ledgerbook
    batches: Batches
    telling: Telling

    def take_in(self, sighting: Sighting, row: Mapping[Any, Any], where: Place) -> None:
        """The messages of an mbox, from where the last run stopped."""
        with where.path.open("rb", buffering=0) as file:

            def read(offset: int, length: int) -> bytes:
                file.seek(where.start + offset)
                return file.read(max(0, min(length, where.length - offset)))

            dialect = mailbox.dialect_of(read, where.length)
            listed = row["listed"] or mailbox.listed(read, where.length, dialect)
            self.batches.note(sighting.seq, phase="open", listed=listed, media_type=MBOX)
            self.telling.progress.total += listed - row["cursor"]
            self.batches.opened(sighting.document)
            known = children_of(self.store, sighting.id) if sighting.again else set[str]()
            for message in mailbox.split(
                read, where.length, start=row["cursor_byte"], number=row["cursor"], dialect=dialect
            ):
                letter = _letter(sighting, message, where, quoted=dialect is mailbox.Dialect.QUOTED)
                # Before it is queued: the batch that takes it in also notes that it was taken in.
                self.batches.note(
                    sighting.seq, phase="open", listed=listed, cursor=message.number, cursor_byte=message.raw_end
                )
                if letter.id not in known:
                    self.batches.queue(letter)

        def close() -> None:
            self.batches.closed(sighting.document)
            self.book.container(sighting, MBOX, listed, (State.READ.value, "", "", ""))

        self.batches.dispatch(close)


@dataclass(frozen=True, slots=True)
class _Bytes:
    """A message's bytes or their place, with their SHA-256 and size, and the SHA-256 of its raw range."""

    source: bytes | Place
    sha256: str
    size: int
    raw_sha256: str


def _letter(box: Sighting, message: mailbox.Range, where: Place, *, quoted: bool) -> Sighting:
    undo = MBOX_UNDO if quoted else ""
    own = _bytes_of(message, where, undo)
    location = (*box.location, str(message.number))
    return Sighting(
        id=child_id(box, location, own.sha256),
        parent=box.id,
        top=box.top,
        location=location,
        location_bytes=None if box.location_bytes is None else bytes_step(box, location[-1], None),
        sha256=own.sha256,
        size=own.size,
        name="",
        media_type="message/rfc822",
        dataset=box.dataset,
        depth=box.depth + 1,
        container=box.sha256,
        raw={
            "container": box.sha256,
            "start": message.raw_start,
            "length": message.raw_end - message.raw_start,
            "sha256": own.raw_sha256,
            "body": message.start,
            "body_length": message.end - message.start,
            "undo": undo,
        },
        source=own.source,
    )


def _bytes_of(message: mailbox.Range, where: Place, undo: str) -> _Bytes:
    if message.raw is not None:
        data = message.raw[message.start - message.raw_start : message.end - message.raw_start]
        source = unquote_from(data) if undo else data
        return _Bytes(source, hashlib.sha256(source).hexdigest(), len(source), hashlib.sha256(message.raw).hexdigest())
    place = Place(where.path, where.start + message.start, message.end - message.start, undo)
    raw = Place(where.path, where.start + message.raw_start, message.raw_end - message.raw_start)
    return _Bytes(place, *_measure(pieces_at(place)), _measure(pieces_at(raw))[0])


def _measure(pieces: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
