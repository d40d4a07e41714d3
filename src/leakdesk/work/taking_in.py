"""Reading what waits: each row of the table `inbox` is taken in hand, containers are opened, and what is found inside waits
there in turn, until nothing waits.

Each transaction moves the world from one complete state to the next, so that the same command resumes wherever it was
stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from leakdesk.intake import sandbox, unpack
from leakdesk.intake.identify import MBOX
from leakdesk.intake.limits import Limits, limits
from leakdesk.model.document import State
from leakdesk.store.case import CaseStore
from leakdesk.store.originals import Place
from leakdesk.store.tables import inbox
from leakdesk.work import unpacking
from leakdesk.work.batches import Batches
from leakdesk.work.content_types import media_type_at
from leakdesk.work.indexing import Indexing
from leakdesk.work.ledgerbook import Counts, Ledgerbook, known_documents
from leakdesk.work.mailboxes import Mailboxes
from leakdesk.work.pool import Pool, default_jobs
from leakdesk.work.receiving import Receiving
from leakdesk.work.run import Options, Say, Telling, silent
from leakdesk.work.second_places import SecondPlaces
from leakdesk.work.sighting import Sighting, from_inbox
from leakdesk.work.volumes import Cut, Follows, Volumes, noted


class Intake:
    """One run of `add` (or `retry`) over an open case."""

    def __init__(self, store: CaseStore, options: Options, say: Say | None = None, *, ocr: bool = False) -> None:
        self.store = store
        self.options = options
        self.limits: Limits = limits(options.limits)
        self.how = sandbox.tier(unsandboxed=options.unsandboxed)
        self.telling = Telling(say or silent)
        self.index = Indexing(store)
        self.book = Ledgerbook(
            store, self.index.add_written, outlet=options.outlet, published=options.published, url=options.url
        )
        self._jobs = options.jobs or default_jobs()
        self._places: dict[str, Place] = {}
        self._ocr = ocr
        self._volumes = Volumes(store)
        self._second_places = SecondPlaces(store, self.book, self.telling)

    @property
    def counts(self) -> Counts:
        """What this run brought so far."""
        return self.book.counts

    def receive(self, paths: Sequence[Path]) -> list[str]:
        """Seal every given file that is not at its place already; the documents of given reports, known ones too."""
        receiving = Receiving(self.store, self.book, self.telling, self.options.as_)
        receiving.receive(paths)
        return receiving.given

    def read_all(self) -> None:
        """Read everything that waits, and what is found inside, until nothing waits."""
        self.telling.begin("reading", self._left())
        self.index.catch_up()
        with Pool(
            jobs=self._jobs,
            limits=self.limits,
            passwords=self.options.passwords,
            how=self.how,
            originals=self.store.originals,
            ocr=self._ocr,
        ) as pool:
            self.batches = Batches(self.store, self.book, pool, self.telling, self._jobs)
            self.opening = unpacking.Unpacking(self.store, self.book, self.how, pool.setup)
            try:
                while self._round():
                    pass
            finally:
                self.opening.close()
        self.book.write()
        self.index.finish()

    def _round(self) -> bool:
        """One pass over what waits; False when nothing waits any more."""
        some = False
        for row in self._rows("new", "open"):
            some = True
            self._take(row)
        self.batches.drain()
        if some:
            return True
        for row in self._rows("copy"):
            some |= self._second_places.copy(row)
        self.book.write()
        return some

    def _rows(self, *phases: str) -> Iterator[Mapping[Any, Any]]:
        last = 0
        while True:
            with self.store.connect() as connection:
                query = (
                    select(inbox).where(inbox.c.phase.in_(phases), inbox.c.seq > last).order_by(inbox.c.seq).limit(500)
                )
                rows = connection.execute(query).mappings().all()
            if not rows:
                return
            self._places = self.store.originals.places([row["sha256"] for row in rows])
            yield from rows
            last = rows[-1]["seq"]

    def _left(self) -> int:
        with self.store.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(inbox)).scalar() or 0)

    def _take(self, row: Mapping[Any, Any]) -> None:
        """One thing that waits: a container is opened, anything else goes to the readers."""
        sighting = from_inbox(row)
        where = self._places.get(sighting.sha256) or self.store.originals.place(sighting.sha256)
        media_type = media_type_at(where, sighting.name, sighting.media_type)
        sighting = replace(sighting, media_type=media_type)
        self.telling.progress.container = sighting.location[-1]
        cut = self._volumes.of(sighting)
        if isinstance(cut, Follows):
            self._later_volume(sighting, cut)
            return
        if cut is not None:
            sighting = replace(sighting, media_type=cut.media_type)
        if self._too_deep(sighting):
            return
        if cut is not None:
            self.batches.drain()
            self._archive(sighting, row, cut)
        elif media_type == MBOX or media_type in unpacking.CONTAINERS:
            self._container(sighting, row, where)
        else:
            self.batches.queue(replace(sighting, source=where))

    def _container(self, sighting: Sighting, row: Mapping[Any, Any], where: Place) -> None:
        if row["phase"] == "new" and self._same_as_known(sighting):
            return
        self.batches.meet(sighting.document)
        if sighting.media_type == MBOX:
            self.batches.dispatch()
            Mailboxes(self.store, self.book, self.batches, self.telling).take_in(sighting, row, where)
        else:
            self.batches.drain()
            self._archive(sighting, row, where)

    def _too_deep(self, sighting: Sighting) -> bool:
        opens = (
            sighting.media_type == MBOX
            or sighting.media_type in unpacking.CONTAINERS
            or sighting.media_type == "message/rfc822"
        )
        if sighting.depth <= self.limits.depth or not opens:
            return False
        self.book.container(
            sighting,
            sighting.media_type,
            0,
            (State.PARTIAL.value, "unpack", "not opened: too deep inside other containers", "depth"),
        )
        self.telling.step()
        return True

    def _same_as_known(self, sighting: Sighting) -> bool:
        """The same container at another place: its contents are copied in the ledger once the first is read."""
        if (
            not self.batches.met(sighting.document)
            and not self.book.is_new(sighting.document)
            and not known_documents(self.store, [sighting.document])
        ):
            return False
        self.book.move(sighting.seq, phase="copy")
        return True

    def _later_volume(self, sighting: Sighting, cut: Follows) -> None:
        """A volume whose contents stand under another: an item of its own, with nothing inside."""
        self.batches.drain()
        if cut.head:
            self.book.container(noted(sighting, cut), sighting.media_type, 0, (State.READ.value, "", "", ""))
        else:
            why = f"not opened: {cut.missing}, the first volume, is not here"
            self.book.container(sighting, sighting.media_type, 0, (State.FAILED.value, "unpack", why, ""))
        self.telling.step()

    def _archive(self, sighting: Sighting, row: Mapping[Any, Any], where: Place | Cut) -> None:
        self.book.move(sighting.seq, phase="open", media_type=sighting.media_type)
        self.batches.opened(sighting.document)
        budget = self._budget(sighting)
        self.opening.unpack(sighting, where, budget, resumed=row["phase"] == "open")
        self.batches.closed(sighting.document)
        self.book.write()
        self.telling.progress.total = self.telling.progress.done + self._left()
        self.telling.step()
        self.telling.tell()

    def _budget(self, sighting: Sighting) -> unpack.Budget:
        """What may still come out of archives below this sighting's given file, this archive's own members apart."""
        used_members, used_bytes, top_size = unpacking.spent(self.store, sighting)
        return unpack.Budget(
            self.limits.member_allowance() - used_members, self.limits.allowance(top_size) - used_bytes
        )
