"""`add`: receive everything, then read until everything is accounted for.

Receiving seals each given file before anything looks inside. What is sealed and not read yet waits in the table `inbox`;
reading takes it from there, container by container, and what is found inside waits there in turn. Each transaction moves
the world from one complete state to the next, so that the same command resumes wherever it was stopped.
"""

from __future__ import annotations

import hashlib
import os
import time
from base64 import b64decode
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from leakdesk.errors import NoSandbox
from leakdesk.intake import mailbox, receive, sandbox, unpack
from leakdesk.intake.identify import MBOX, identify_original
from leakdesk.intake.limits import Limits, limits
from leakdesk.intake.sandbox import Tier
from leakdesk.model.document import State
from leakdesk.store.case import LEAK, REPORTS, CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.originals import MBOX as MBOX_UNDO
from leakdesk.store.originals import Place, pieces_at, unquote_from
from leakdesk.store.rows import among, from_json
from leakdesk.store.tables import inbox, items
from leakdesk.work import unpacking
from leakdesk.work.indexing import Indexing
from leakdesk.work.pool import Job, Outcome, Pool, default_jobs
from leakdesk.work.sighting import Sighting, child_id, from_inbox
from leakdesk.work.volumes import Cut, Follows, Volumes, noted
from leakdesk.work.writing import Counts, Known, Ledgerbook, bytes_step, children_of, given_id, known_documents

#: Items in a batch for one parsing process, and bytes.
_BATCH = 48
_BATCH_BYTES = 4 << 20
#: Batches under way for each parsing process.
_AHEAD = 3
#: Messages up to this size are read whole; larger ones in pieces.
_WHOLE = 1 << 20

Say = Callable[["Progress"], None]


@dataclass(slots=True)
class Progress:
    """Where a run stands, for the progress bar: done and total are items, or bytes while receiving."""

    phase: str = "receiving"
    done: int = 0
    total: int = 0
    container: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `add` was told."""

    as_: str = "leak"
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    passwords: tuple[str, ...] = ()
    jobs: int | None = None
    unsandboxed: bool = False
    limits: str = "default"
    deep: bool = True


@dataclass(slots=True)
class _Batch:
    """Sightings handed to the pool together, in order, and what is to be noted when they are written."""

    sightings: list[Sighting]
    fresh: dict[int, int]
    future: Future[dict[int, Outcome]]
    moves: list[tuple[int, dict[str, Any]]] = field(default_factory=list[tuple[int, dict[str, Any]]])
    then: Callable[[], None] | None = None


class Intake:
    """One run of `add` (or `retry`) over an open case."""

    def __init__(self, store: CaseStore, options: Options, say: Say | None = None, *, ocr: bool = False) -> None:
        self.store = store
        self.options = options
        self.limits: Limits = limits(options.limits)
        self.how = sandbox.tier(unsandboxed=options.unsandboxed)
        self.progress = Progress()
        self._say = say or (lambda _: None)
        self.index = Indexing(store)
        self.book = Ledgerbook(
            store, self.index.add_written, outlet=options.outlet, published=options.published, url=options.url
        )
        self._pending: deque[_Batch] = deque()
        self._in_flight: set[str] = set()
        self._waiting: list[Sighting] = []
        self._waiting_bytes = 0
        self._moves: list[tuple[int, dict[str, Any]]] = []
        self._jobs = options.jobs or default_jobs()
        self._open: set[str] = set()
        self._places: dict[str, Place] = {}
        self._ocr = ocr
        self._volumes = Volumes(store)

    @property
    def counts(self) -> Counts:
        """What this run brought so far."""
        return self.book.counts

    # --- receiving -------------------------------------------------------------------------------------------------------

    def receive(self, paths: Sequence[Path]) -> None:
        """Seal every given file that is not at its place already."""
        files, size = receive.measure(paths, self.store.layout.root)
        self.progress = Progress("receiving", 0, size)
        batch: list[tuple[receive.Arrival, str, int]] = []
        for arrival in receive.walk(paths, self.store.layout.root):
            batch.append((arrival, *self._seal(arrival)))
            self.progress.done += arrival.size
            if len(batch) >= 500 or sum(entry[2] for entry in batch) > 32 << 20:
                self._acknowledge(batch)
                batch = []
                self._say(self.progress)
        self._acknowledge(batch)
        self.progress.total = files

    def _seal(self, arrival: receive.Arrival) -> tuple[str, int]:
        if arrival.path is None:
            return "", 0
        originals = self.store.originals
        try:
            with open(arrival.path, "rb", buffering=0) as file:  # noqa: PTH123 - names need not be valid text
                head = file.read(_WHOLE)
                if len(head) < _WHOLE:
                    rest = file.read(_WHOLE)
                    if not rest:
                        return originals.add(head), len(head)
                    head += rest
                spool = originals.spool()
                spool.write(head)
                while piece := file.read(_WHOLE):
                    spool.write(piece)
        except OSError as error:
            if error.errno in (28, 122):
                raise
            return "", -(error.errno or 5)
        size = spool.size
        return originals.adopt(spool), size

    def _acknowledge(self, batch: list[tuple[receive.Arrival, str, int]]) -> None:
        dataset = REPORTS if self.options.as_ == "report" else LEAK
        sightings = [self._given(arrival, sha256, size, dataset) for arrival, sha256, size in batch]
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

    @staticmethod
    def _given(arrival: receive.Arrival, sha256: str, size: int, dataset: str) -> Sighting:
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

    def _at_place(self, ids: Sequence[str]) -> set[str]:
        with self.store.connect() as connection:
            return {row[0] for table in (items, inbox) for row in among(connection, [table.c.id], ids)}

    # --- reading ---------------------------------------------------------------------------------------------------------

    def read_all(self) -> None:
        """Read everything that waits, and what is found inside, until nothing waits."""
        self.progress = Progress("reading", 0, self._left())
        self.index.catch_up()
        with Pool(
            jobs=self._jobs,
            limits=self.limits,
            passwords=self.options.passwords,
            how=self.how,
            originals=self.store.originals,
            ocr=self._ocr,
        ) as pool:
            self.pool = pool
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
        self._drain()
        if some:
            return True
        for row in self._rows("copy"):
            some |= self._copy(row)
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
        media_type = self._media_type(sighting, where)
        sighting = replace(sighting, media_type=media_type)
        self.progress.container = sighting.location[-1]
        cut = self._volumes.of(sighting)
        if isinstance(cut, Follows):
            self._later_volume(sighting, cut)
            return
        if cut is not None:
            sighting = replace(sighting, media_type=cut.media_type)
        if self._too_deep(sighting):
            return
        if cut is not None:
            self._drain()
            self._archive(sighting, row, cut)
            return
        if media_type == MBOX or media_type in unpacking.CONTAINERS:
            if row["phase"] == "new" and self._same_as_known(sighting):
                return
            self._in_flight.add(sighting.document)
            if media_type == MBOX:
                self._dispatch()
                self._mailbox(sighting, row, where)
            else:
                self._drain()
                self._archive(sighting, row, where)
            return
        self._queue(replace(sighting, source=where))

    def _media_type(self, sighting: Sighting, where: Place) -> str:
        """By content. What a letter declares counts only where the content is nothing known."""
        with where.path.open("rb") as file:

            def read(offset: int, length: int) -> bytes:
                file.seek(where.start + offset)
                return file.read(max(0, min(length, where.length - offset)))

            if where.undo:
                data = unquote_from(read(0, where.length))
                found = identify_original(lambda o, n: data[o : o + n], len(data), sighting.name)
            else:
                found = identify_original(read, where.length, sighting.name)
        return declared_or(found, sighting.media_type)

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
        self._step()
        return True

    def _same_as_known(self, sighting: Sighting) -> bool:
        """The same container at another place: its contents are copied in the ledger once the first is read."""
        if (
            sighting.document not in self._in_flight
            and not self.book.is_new(sighting.document)
            and not known_documents(self.store, [sighting.document])
        ):
            return False
        self.book.move(sighting.seq, phase="copy")
        return True

    def _queue(self, sighting: Sighting) -> None:
        self._waiting.append(sighting)
        self._waiting_bytes += sighting.size
        if len(self._waiting) >= _BATCH or self._waiting_bytes >= _BATCH_BYTES:
            self._dispatch()

    def _dispatch(self, then: Callable[[], None] | None = None) -> None:
        """Hand what waits to the pool: only documents that nobody has read yet are read."""
        sightings, self._waiting, self._waiting_bytes = self._waiting, [], 0
        known = known_documents(self.store, [sighting.document for sighting in sightings])
        fresh: dict[int, int] = {}
        jobs: list[Job] = []
        for number, sighting in enumerate(sightings):
            document = sighting.document
            if document in known or document in self._in_flight:
                continue
            self._in_flight.add(document)
            fresh[number] = number
            assert sighting.source is not None
            jobs.append(Job(number, document, sighting.media_type, sighting.name, sighting.source, sighting.location))
        moves, self._moves = self._moves, []
        self._pending.append(_Batch(sightings, fresh, self.pool.submit(jobs), moves, then))
        while len(self._pending) > self._jobs * _AHEAD:
            self._record(self._pending.popleft())

    def _drain(self) -> None:
        """Write everything that is under way."""
        if self._waiting or self._moves:
            self._dispatch()
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
                self._again(sighting, self.book.waiting(sighting.document) or read_before[sighting.document])
            self._step()
        for seq, changes in batch.moves:
            self.book.move(seq, **changes)
        if batch.then is not None:
            batch.then()
        if self.book.write_if_due():
            self._forget_written()
            self._say(self.progress)

    def _again(self, sighting: Sighting, known: Known) -> None:
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

    def _step(self) -> None:
        self.progress.done += 1
        self.progress.total = max(self.progress.total, self.progress.done)

    # --- containers ------------------------------------------------------------------------------------------------------

    def _mailbox(self, sighting: Sighting, row: Mapping[Any, Any], where: Place) -> None:
        """The messages of an mbox: byte ranges of the sealed file, from where the last run stopped."""
        with where.path.open("rb", buffering=0) as file:

            def read(offset: int, length: int) -> bytes:
                file.seek(where.start + offset)
                return file.read(max(0, min(length, where.length - offset)))

            dialect = mailbox.dialect_of(read, where.length)
            listed = row["listed"] or mailbox.listed(read, where.length, dialect)
            self._moves.append((sighting.seq, {"phase": "open", "listed": listed, "media_type": MBOX}))
            self.progress.total += listed - row["cursor"]
            self._open.add(sighting.document)
            known = children_of(self.store, sighting.id) if sighting.again else set[str]()
            at = {"phase": "open", "listed": listed}
            for message in mailbox.split(
                read, where.length, start=row["cursor_byte"], number=row["cursor"], dialect=dialect
            ):
                letter = self._message(sighting, message, where, quoted=dialect is mailbox.Dialect.QUOTED)
                # Before it is queued: the batch that takes it in also notes that it was taken in.
                self._moves = [(sighting.seq, {**at, "cursor": message.number, "cursor_byte": message.raw_end})]
                if letter.id not in known:
                    self._queue(letter)

        def close() -> None:
            self._open.discard(sighting.document)
            self.book.container(sighting, MBOX, listed, (State.READ.value, "", "", ""))

        self._dispatch(close)

    def _message(self, box: Sighting, message: mailbox.Range, where: Place, *, quoted: bool) -> Sighting:
        length = message.end - message.start
        raw_length = message.raw_end - message.raw_start
        undo = MBOX_UNDO if quoted else ""
        source: bytes | Place
        if message.raw is not None:
            data = message.raw[message.start - message.raw_start : message.end - message.raw_start]
            source = unquote_from(data) if quoted else data
            digest, size = hashlib.sha256(source).hexdigest(), len(source)
            raw_hash = hashlib.sha256(message.raw).hexdigest()
        else:
            source = Place(where.path, where.start + message.start, length, undo)
            digest, size = _measure(pieces_at(source))
            raw_hash, _ = _measure(pieces_at(Place(where.path, where.start + message.raw_start, raw_length)))
        location = (*box.location, str(message.number))
        return Sighting(
            id=child_id(box, location, digest),
            parent=box.id,
            top=box.top,
            location=location,
            location_bytes=None if box.location_bytes is None else bytes_step(box, location[-1], None),
            sha256=digest,
            size=size,
            name="",
            media_type="message/rfc822",
            dataset=box.dataset,
            depth=box.depth + 1,
            container=box.sha256,
            raw={
                "container": box.sha256,
                "start": message.raw_start,
                "length": raw_length,
                "sha256": raw_hash,
                "body": message.start,
                "body_length": length,
                "undo": undo,
            },
            source=source,
        )

    def _later_volume(self, sighting: Sighting, cut: Follows) -> None:
        """A volume whose contents stand under another: an item of its own, with nothing inside."""
        self._drain()
        if cut.head:
            self.book.container(noted(sighting, cut), sighting.media_type, 0, (State.READ.value, "", "", ""))
        else:
            why = f"not opened: {cut.missing}, the first volume, is not here"
            self.book.container(sighting, sighting.media_type, 0, (State.FAILED.value, "unpack", why, ""))
        self._step()

    def _archive(self, sighting: Sighting, row: Mapping[Any, Any], where: Place | Cut) -> None:
        self.book.move(sighting.seq, phase="open", media_type=sighting.media_type)
        self._open.add(sighting.document)
        budget = self._budget(sighting)
        self.opening.unpack(sighting, where, budget, resumed=row["phase"] == "open")
        self._open.discard(sighting.document)
        self.book.write()
        self.progress.total = self.progress.done + self._left()
        self._step()
        self._say(self.progress)

    def _budget(self, sighting: Sighting) -> unpack.Budget:
        """What may still come out of archives below this sighting's given file, this archive's own members apart."""
        used_members, used_bytes, top_size = unpacking.spent(self.store, sighting)
        return unpack.Budget(
            self.limits.member_allowance() - used_members, self.limits.allowance(top_size) - used_bytes
        )

    def _copy(self, row: Mapping[Any, Any]) -> bool:
        """Count the contents of a container at its second place. False if the first is not complete yet."""
        sighting = from_inbox(row)
        with self.store.connect() as connection:
            source = (
                connection.execute(
                    select(items).where(items.c.document == sighting.document).order_by(items.c.seq).limit(1)
                )
                .mappings()
                .first()
            )
            if source is None:
                self.book.move(sighting.seq, phase="new")
                self.book.write()
                return True
            if (
                connection.execute(select(inbox.c.seq).where(inbox.c.parent == source["id"]).limit(1)).first()
                is not None
            ):
                return False
        self._copy_children(sighting, source["id"], row["cursor"])
        outcome = (source["state"], source["stage"], source["reason"], source["limit_"])
        self.book.item(sighting, source["media_type"], outcome, source["listed"], copy=True)
        self.book.write_if_due()
        self._step()
        return True

    def _copy_children(self, sighting: Sighting, source: str, cursor: int) -> None:
        while True:
            with self.store.connect() as connection:
                query = (
                    select(items).where(items.c.parent == source, items.c.seq > cursor).order_by(items.c.seq).limit(500)
                )
                rows = connection.execute(query).mappings().all()
            if not rows:
                return
            for row in rows:
                self._copy_child(sighting, row)
            cursor = rows[-1]["seq"]
            self.book.move(sighting.seq, cursor=cursor)
            if self.book.write_if_due():
                self._say(self.progress)

    def _copy_child(self, parent: Sighting, row: Mapping[Any, Any]) -> None:
        name = from_json(row["location"])[-1]
        location = (*parent.location, name)
        exact = from_json(row["location_bytes"])
        child = Sighting(
            id=child_id(parent, location, row["sha256"]),
            parent=parent.id,
            top=parent.top,
            location=location,
            location_bytes=bytes_step(parent, name, b64decode(exact[-1]) if exact else None),
            sha256=row["sha256"] or "",
            size=row["size"],
            name=name,
            media_type=row["media_type"],
            dataset=parent.dataset,
            depth=parent.depth + 1,
            container=parent.sha256,
            notes=tuple(from_json(row["notes"])),
            raw=from_json(row["raw"]),
        )
        if parent.again and child.id in children_of(self.store, parent.id):
            return
        if row["listed"]:
            self.book.wait(child, phase="copy")
            return
        outcome = (row["state"], row["stage"], row["reason"], row["limit_"])
        self.book.item(child, row["media_type"], outcome, row["listed"], copy=bool(row["sha256"]))


def _measure(pieces: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


#: Declared types that stand where the content is only known to be text, or nothing known.
_BELIEVED_TEXT = frozenset({"text/html", "text/csv", "text/markdown", "text/calendar", "text/vcard", "text/x-vcard"})
_BELIEVED_UNKNOWN = frozenset(
    {
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-encrypted",
        "application/ms-tnef",
    }
)


def declared_or(found: str, declared: str) -> str:
    """The media type by content, and what a letter declared where content cannot tell."""
    declared = declared.partition(";")[0].strip().lower()
    if declared == "message/rfc822" and found in ("text/plain", "text/html", MBOX):
        return declared
    if (
        declared in ("message/delivery-status", "text/rfc822-headers", "message/external-body")
        and found == "message/rfc822"
    ):
        return "text/plain"
    if found == "text/plain" and declared in _BELIEVED_TEXT:
        return declared
    if found == "application/octet-stream" and declared in _BELIEVED_UNKNOWN:
        return declared
    return found


def _after(store: CaseStore, intake: Intake, options: Options, say: Say | None) -> None:
    """Threads and copies; then, unless only searching was asked for, everything else."""
    from leakdesk.work import again, deep, letters

    if letters.due(store, deep=options.deep):
        letters.relate(store, deep=options.deep)
    if not options.deep:
        return
    again.recognise(store, options, say)

    def show(step: str, done: int, total: int) -> None:
        if say is not None:
            say(Progress(step, done, total))

    deep.read_deeply(store, how=intake.how, jobs_at_once=options.jobs or default_jobs(), say=show)


def add(store: CaseStore, paths: Sequence[Path], options: Options, say: Say | None = None) -> dict[str, Any]:
    """Receive, seal, unpack, read and index. Idempotent and resumable; the contract's summary."""
    from leakdesk.store.records import totals

    started = time.monotonic()
    receive.check(paths, store.layout.root)
    intake = Intake(store, options, say)
    try:
        intake.receive(paths)
        intake.read_all()
        _after(store, intake, options, say)
    finally:
        store.mark()
    with store.connect() as connection:
        whole = totals(connection)
    if intake.how is Tier.PLAIN and whole["found"] and not whole["read"] and not whole["partial"]:
        raise NoSandbox()
    return {
        **{name: whole[name] for name in ("found", "read", "partial", "failed")},
        "documents": intake.counts.documents,
        "duplicates": intake.counts.duplicates,
        "bytes": intake.counts.bytes,
        "seconds": round(time.monotonic() - started, 3),
    }
