"""Items on their way through the parsing processes: handed over in batches, written in the order in which they came.

A document is read once. A second sighting of it, in the same batch or a later one, is a row in the ledger and nothing more,
unless it has contents: these are counted at its second place too, after all of them are read at the first (`second_places`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from leakdesk.store.case import CaseStore
from leakdesk.work.ledgerbook import Known, Ledgerbook, known_documents
from leakdesk.work.pool import Job, Outcome, Pool
from leakdesk.work.run import Telling
from leakdesk.work.sighting import Sighting

#: Items in a batch for one parsing process, and bytes.
_BATCH = 48
_BATCH_BYTES = 4 << 20
#: Batches under way for each parsing process.
_AHEAD = 3

Move = tuple[int, dict[str, Any]]
"""A row of the inbox and what changes in it."""


@dataclass(slots=True)
class _Batch:
    """Sightings handed to the pool together, in order, and what is to be noted when they are written."""

    sightings: list[Sighting]
    fresh: set[int]
    future: Future[dict[int, Outcome]]
    move: Move | None = None
    then: Callable[[], None] | None = None


@dataclass(slots=True)
class Batches:
    """What waits to be handed over, and what is under way in `jobs` processes."""

    store: CaseStore
    book: Ledgerbook
    pool: Pool
    telling: Telling
    jobs: int
    _pending: deque[_Batch] = field(default_factory=deque[_Batch])
    _in_flight: set[str] = field(default_factory=set[str])
    _open: set[str] = field(default_factory=set[str])
    _waiting: list[Sighting] = field(default_factory=list[Sighting])
    _waiting_bytes: int = 0
    _move: Move | None = None

    # --- containers whose contents pass through here -----------------------------------------------------------------------

    def met(self, document: str) -> bool:
        """True for a document that this run has in its hands."""
        return document in self._in_flight

    def meet(self, document: str) -> None:
        """Take a container in hand: its second sighting waits for it."""
        self._in_flight.add(document)

    def opened(self, document: str) -> None:
        """A container stays in hand while what is inside passes through."""
        self._open.add(document)

    def closed(self, document: str) -> None:
        """All that is inside has passed."""
        self._open.discard(document)

    def note(self, seq: int, **changes: Any) -> None:
        """What the next batch notes of a container when it is written; it replaces the note before."""
        self._move = (seq, changes)

    # --- items -------------------------------------------------------------------------------------------------------------

    def queue(self, sighting: Sighting) -> None:
        """One more to be read; handed over when a batch is full."""
        self._waiting.append(sighting)
        self._waiting_bytes += sighting.size
        if len(self._waiting) >= _BATCH or self._waiting_bytes >= _BATCH_BYTES:
            self.dispatch()

    def dispatch(self, then: Callable[[], None] | None = None) -> None:
        """Hand what waits to the pool, only documents that nobody has read yet; `then` is called when all is noted."""
        sightings, self._waiting, self._waiting_bytes = self._waiting, [], 0
        known = known_documents(self.store, [sighting.document for sighting in sightings])
        jobs: list[Job] = []
        for number, sighting in enumerate(sightings):
            document = sighting.document
            if document in known or document in self._in_flight:
                continue
            self._in_flight.add(document)
            assert sighting.source is not None
            jobs.append(Job(number, document, sighting.media_type, sighting.name, sighting.source, sighting.location))
        move, self._move = self._move, None
        fresh = {job.key for job in jobs}
        self._pending.append(_Batch(sightings, fresh, self.pool.submit(jobs), move, then))
        while len(self._pending) > self.jobs * _AHEAD:
            self._record(self._pending.popleft())

    def drain(self) -> None:
        """Write everything that is under way."""
        if self._waiting or self._move:
            self.dispatch()
        while self._pending:
            self._record(self._pending.popleft())
        self.book.write()
        self._in_flight.clear()

    def _record(self, batch: _Batch) -> None:
        outcomes = batch.future.result()
        duplicates = [sighting for number, sighting in enumerate(batch.sightings) if number not in batch.fresh]
        read_before = known_documents(self.store, [s.document for s in duplicates if not self.book.is_new(s.document)])
        # A letter of a mailbox may be sealed as a file of its own already, and wait to be read in its turn.
        sealed = self.store.originals.known([s.sha256 for s in batch.sightings if s.seq == 0])
        for number, sighting in enumerate(batch.sightings):
            if number in batch.fresh:
                outcome = outcomes[number]
                if sighting.seq == 0 and sighting.sha256 not in sealed:
                    self.book.seal_message(sighting)
                self.book.read(sighting, outcome.done, outcome.spools)
            else:
                self._seen_again(sighting, self.book.waiting(sighting.document) or read_before[sighting.document])
            self.telling.step()
        if batch.move is not None:
            seq, changes = batch.move
            self.book.move(seq, **changes)
        if batch.then is not None:
            batch.then()
        if self.book.write_if_due():
            self._forget_written()
            self.telling.tell()

    def _seen_again(self, sighting: Sighting, known: Known) -> None:
        """The same bytes at a second place: with contents, these are counted there too, once all of them are read."""
        if not known.contents:
            self.book.item(sighting, known.media_type, known.outcome, known.listed, copy=True)
        elif sighting.seq:
            self.book.move(sighting.seq, phase="copy")
        else:
            self.book.wait(sighting, phase="copy")

    def _forget_written(self) -> None:
        under_way = {sighting.document for batch in self._pending for sighting in batch.sightings}
        self._in_flight &= under_way | {sighting.document for sighting in self._waiting} | self._open
