"""Parsing processes: fed in batches, watched by the clock, killed for good, and each item of a broken batch retried alone.

One thread drives one child. Results come back in the order in which batches were handed in, so that what is written is
the same whatever the number of jobs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock, get_ident
from typing import TypeVar

import msgspec

from leakdesk.documents.readers import reader_for
from leakdesk.intake import sandbox
from leakdesk.intake.limits import Limits
from leakdesk.intake.sandbox import Child, ChildGone, ChildLate, Tier
from leakdesk.model.document import Extract, Kind, Note, State
from leakdesk.store.originals import Originals, Place, Spool, pieces_at
from leakdesk.work import protocol
from leakdesk.work.protocol import Done, Found

T = TypeVar("T")
WORKER = "leakdesk.work.worker"
NURSERY = "leakdesk.work.nursery"
#: Native readers that stay in the long-lived child, box or no box: the parser of HTML is reached from letters anyway.
_AT_HOME = frozenset({"text/html", "application/xhtml+xml"})
#: Items that one native process reads before it is replaced.
NATIVE_BATCH = 16
#: Seconds in which a box must be rid of all that a batch started.
_SETTLE = 5.0
#: Seconds that the outer clock gives beyond the inner one; and for a child to come up and take in its batch.
_GRACE = 4.0
_TAKE_IN = 60.0
UNSANDBOXED = Note(rule="unsandboxed", sentence="read without a sandbox, because somebody said --unsandboxed")


@dataclass(frozen=True, slots=True)
class Job:
    """One item for the pool: what the child is told, and where its bytes are."""

    key: int
    document: str
    media_type: str
    name: str
    source: bytes | Place
    location: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What came of one item. `spools` holds the copies of large parts, by their place in `done.found`."""

    done: Done
    spools: dict[int, Spool] = field(default_factory=dict[int, Spool])


def is_native(media_type: str) -> bool:
    """True where the reader is to be run in a fresh process, and only in a box."""
    reader = reader_for(media_type)
    return reader is not None and reader.native and media_type not in _AT_HOME


class Pool:
    """`jobs` parsing processes."""

    def __init__(
        self, *, jobs: int, limits: Limits, passwords: Sequence[str], how: Tier, originals: Originals, ocr: bool = False
    ) -> None:
        self.how = how
        self.limits = limits
        self.originals = originals
        self.setup = protocol.Setup(
            limits=limits, passwords=tuple(passwords), memory_bytes=limits.memory_bytes, ocr=ocr
        )
        self._threads = ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="parser")
        self._children: dict[tuple[int, bool], Child] = {}
        self._lock = Lock()
        self._closing = False

    def submit(self, batch: Sequence[Job]) -> Future[dict[int, Outcome]]:
        """Hand in a batch; its outcomes by key, one for every job, whatever happens."""
        return self._threads.submit(self._run, list(batch))

    def close(self) -> None:
        """End all children at once; nothing survives."""
        self._closing = True
        with self._lock:
            for child in self._children.values():
                child.kill()
            self._children.clear()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- one batch -----------------------------------------------------------------------------------------------------

    def _run(self, batch: list[Job]) -> dict[int, Outcome]:
        outcomes: dict[int, Outcome] = {}
        native = [job for job in batch if is_native(job.media_type)]
        self._ask_all([job for job in batch if not is_native(job.media_type)], outcomes, native=False)
        if native and self.how is Tier.PLAIN:
            outcomes.update({job.key: Outcome(failed(job, "failed: needs bubblewrap")) for job in native})
        else:
            for at in range(0, len(native), NATIVE_BATCH):
                self._ask_all(native[at : at + NATIVE_BATCH], outcomes, native=True)
        return outcomes

    def _ask_all(self, jobs: list[Job], outcomes: dict[int, Outcome], *, native: bool) -> None:
        try:
            self._ask(jobs, outcomes, native=native)
        except (ChildGone, ChildLate):
            for job in [job for job in jobs if job.key not in outcomes]:
                self._alone(job, outcomes, native=native)

    def _alone(self, job: Job, outcomes: dict[int, Outcome], *, native: bool) -> None:
        """Retry one item of a broken batch in a process of its own."""
        self._retire(native=native)
        try:
            self._ask([job], outcomes, native=native)
        except ChildLate:
            self._retire(native=native)
            outcomes[job.key] = Outcome(failed(job, "stopped: it took too long", "wall_seconds", State.PARTIAL))
        except ChildGone:
            self._retire(native=native)
            outcomes[job.key] = Outcome(failed(job, "the reader crashed"))

    def _ask(self, jobs: list[Job], outcomes: dict[int, Outcome], *, native: bool) -> None:
        if not jobs:
            return
        child = self._child(native)
        try:
            self._hand_over(child, jobs)
            for job in jobs:
                outcomes[job.key] = self._take(child, job)
        except (ChildGone, ChildLate):
            self._retire(native=native)
            raise
        if native and not child.settled(_SETTLE):
            self._retire(native=True)

    def _hand_over(self, child: Child, jobs: list[Job]) -> None:
        inline = {job.key: inline_bytes(job.source) for job in jobs}
        tasks = tuple(
            protocol.Task(
                key=job.key,
                document=job.document,
                media_type=job.media_type,
                name=job.name,
                data=inline[job.key],
                location=job.location,
            )
            for job in jobs
        )
        if child.control is not None:
            types = tuple(dict.fromkeys(job.media_type for job in jobs))
            child.send(protocol.encode(protocol.Next(types)), _TAKE_IN)
        child.send(protocol.encode(protocol.Read(tasks)), _TAKE_IN)
        for job in jobs:
            if inline[job.key] is None:
                send_pieces(child, job.source)

    def _take(self, child: Child, job: Job) -> Outcome:
        seconds = self.limits.wall_seconds + _GRACE
        done = checked(child.receive(seconds), protocol.decode_done)
        if done.key != job.key or done.listed != len(done.found):
            raise ChildGone("the parsing process answered for another item")
        if self.how is Tier.UNSANDBOXED:
            done = msgspec.structs.replace(done, extract=_stamped(done.extract))
        outcome = Outcome(done)
        for number, part in enumerate(done.found):
            if part.opened and part.data is None:
                outcome.spools[number] = self._spool(child, part)
        return outcome

    def _spool(self, child: Child, part: Found) -> Spool:
        spool = self.originals.spool()
        try:
            while piece := child.receive(_TAKE_IN, protocol.INLINE):
                spool.write(piece)
                if spool.size > part.size:
                    raise ChildGone("the parsing process sent more than it announced")
        except BaseException:
            spool.discard()
            raise
        return spool

    # --- children ------------------------------------------------------------------------------------------------------

    def _child(self, native: bool) -> Child:
        key = (get_ident(), native)
        with self._lock:
            if self._closing:
                raise ChildGone("closing")
            child = self._children.get(key)
            if child is None or not child.alive:
                if child is not None:
                    child.kill()
                forks = native and self.how is Tier.BOX
                child = self._children[key] = start_nursery(self.setup) if forks else start_child(self.how, self.setup)
        return child

    def _retire(self, *, native: bool) -> None:
        with self._lock:
            child = self._children.pop((get_ident(), native), None)
        if child is not None:
            child.kill()


def start_child(how: Tier, setup: protocol.Setup, binds: Sequence[tuple[str, str]] = ()) -> Child:
    """A fresh parsing process that knows how to read."""
    return _told(Child.start(sandbox.command(WORKER, how=how, binds=binds)), setup)


def start_nursery(setup: protocol.Setup) -> Child:
    """A fresh box in which each batch is read by a process of its own."""
    return _told(Child.start_nursery(NURSERY), setup)


def _told(child: Child, setup: protocol.Setup) -> Child:
    try:
        child.send(protocol.encode(setup), _TAKE_IN)
    except (ChildGone, ChildLate):
        child.kill()
        raise
    return child


def inline_bytes(source: bytes | Place) -> bytes | None:
    """The bytes, if they are few enough to travel inside a record."""
    if isinstance(source, bytes):
        return source if len(source) <= protocol.INLINE else None
    return b"".join(pieces_at(source)) if source.length <= protocol.INLINE else None


def send_pieces(child: Child, source: bytes | Place) -> None:
    """The bytes as frames, ended by an empty one."""
    for piece in _cut(source) if isinstance(source, bytes) else pieces_at(source):
        if piece:
            child.send(piece, _TAKE_IN)
    child.send(b"", _TAKE_IN)


def _cut(data: bytes) -> Iterator[bytes]:
    return (data[at : at + protocol.INLINE] for at in range(0, len(data), protocol.INLINE))


def checked(frame: bytes, decode: Callable[[bytes], T]) -> T:
    """Decode a frame; what does not fit its type is treated as the end of the child."""
    try:
        return decode(frame)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise ChildGone("the parsing process sent something else than an answer") from error


def failed(job: Job, reason: str, limit: str = "", state: State = State.FAILED) -> Done:
    """The outcome of an item that no process brought back."""
    kind = Kind.MESSAGE if job.media_type == "message/rfc822" else Kind.DOCUMENT
    extract = Extract(
        kind=kind, schema="Document", media_type=job.media_type, state=state, stage="read", reason=reason, limit=limit
    )
    reader = reader_for(job.media_type)
    return Done(key=job.key, extract=extract, reader=reader.name if reader else "")


def _stamped(extract: Extract) -> Extract:
    return replace(extract, notes=(*extract.notes, UNSANDBOXED))


def default_jobs() -> int:
    """One parsing process for each processor this process may use."""
    return max(1, len(os.sched_getaffinity(0)))
