"""Receiving: every given file is sealed before anything looks inside, and then waits in the table `inbox`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from errno import EIO
from itertools import chain
from pathlib import Path

from leakdesk.intake import receive
from leakdesk.intake.receive import Arrival
from leakdesk.model.document import State
from leakdesk.store.case import LEAK, REPORTS, CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.originals import Spool
from leakdesk.store.rows import among
from leakdesk.store.tables import inbox, items
from leakdesk.work.ledgerbook import Ledgerbook
from leakdesk.work.run import Telling
from leakdesk.work.sighting import Sighting, given_id

#: Files are read, and small ones sealed, in pieces of this size.
_WHOLE = 1 << 20
#: Files that are acknowledged together, and bytes.
_TOGETHER = 500
_TOGETHER_BYTES = 32 << 20


class _UnreadableError(Exception):
    """A given file that cannot be read, with the number of the system's error."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _pieces(path: str) -> Iterator[bytes]:
    """The bytes of a given file, of which none but the last piece is short. Raises _UnreadableError."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - names need not be valid text
            while piece := file.read(_WHOLE):
                yield piece
    except OSError as error:
        raise _UnreadableError(error.errno or EIO) from None


@dataclass(frozen=True, slots=True)
class Receiving:
    """Takes given files in as a leak or as reports (`as_`); `given` are the documents of given reports, known ones too."""

    store: CaseStore
    book: Ledgerbook
    telling: Telling
    as_: str
    given: list[str] = field(default_factory=list[str])

    def receive(self, paths: Sequence[Path]) -> None:
        """Seal every given file that is not at its place already."""
        files, size = receive.measure(paths, self.store.layout.root)
        self.telling.begin("receiving", size)
        batch: list[tuple[Arrival, str, int]] = []
        for arrival in receive.walk(paths, self.store.layout.root):
            batch.append((arrival, *self._seal(arrival)))
            self.telling.progress.done += arrival.size
            if len(batch) >= _TOGETHER or sum(entry[2] for entry in batch) > _TOGETHER_BYTES:
                self._acknowledge(batch)
                batch = []
                self.telling.tell()
        self._acknowledge(batch)
        self.telling.progress.total = files

    def _seal(self, arrival: Arrival) -> tuple[str, int]:
        """SHA-256 and size; no hash and the error's number, negative, for what cannot be read. Raises OSError if the case's own
        disk fails: no other file would fare better, and the given file is not to blame."""
        if arrival.path is None:
            return "", 0
        pieces, originals = _pieces(arrival.path), self.store.originals
        try:
            head, rest = next(pieces, b""), next(pieces, b"")
            if not rest:
                return originals.add(head), len(head)
            spool = self._copied(chain((head, rest), pieces))
        except _UnreadableError as error:
            return "", -error.number
        size = spool.size
        return originals.adopt(spool), size

    def _copied(self, pieces: Iterator[bytes]) -> Spool:
        spool = self.store.originals.spool()
        try:
            for piece in pieces:
                spool.write(piece)
        except BaseException:
            spool.discard()
            raise
        return spool

    def _acknowledge(self, batch: list[tuple[Arrival, str, int]]) -> None:
        dataset = REPORTS if self.as_ == "report" else LEAK
        sightings = [_given(arrival, sha256, size, dataset) for arrival, sha256, size in batch]
        if self.as_ == "report":
            self.given.extend(sighting.document for sighting in sightings if sighting.sha256)
        known = self._at_place([sighting.id for sighting in sightings])
        custody: list[Entry] = []
        earlier = [given_id(sighting.location[0], None) for sighting in sightings if sighting.sha256]
        for sighting in sightings:
            if sighting.id in known:
                continue
            known.add(sighting.id)
            if sighting.sha256:
                self.book.wait(sighting)
                self.book.counts.bytes += sighting.size
                custody.append(Entry(verb="received", object_id=sighting.id, hash_out=sighting.sha256))
            else:
                self.book.item(
                    sighting, sighting.media_type, (State.FAILED.value, "receive", sighting.reason, ""), None
                )
        self.book.received(custody, sorted(self._at_place(earlier)))
        self.book.write()

    def _at_place(self, ids: Sequence[str]) -> set[str]:
        with self.store.connect() as connection:
            return {row[0] for table in (items, inbox) for row in among(connection, [table.c.id], ids)}


def _given(arrival: Arrival, sha256: str, size: int, dataset: str) -> Sighting:
    reason = arrival.reason or (f"it cannot be read ({os.strerror(-size)})" if size < 0 else "")
    own = given_id(arrival.location, sha256 or None)
    return Sighting(
        id=own,
        parent="",
        top=own,
        location=(arrival.location,),
        location_bytes=arrival.location_bytes,
        sha256=sha256,
        size=max(size, 0),
        name=arrival.location.rsplit("/", 1)[-1],
        media_type="application/octet-stream" if not sha256 else "",
        dataset=dataset,
        depth=0,
        container="",
        reason=reason,
    )
