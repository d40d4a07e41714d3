"""A parsing process. It lives in the box and assumes that it is lost already: it holds no key, no path, no second document.

It reads items one after another under a clock and a memory limit of its own; what stops it from inside is said in the
answer, what does not is ended from outside by the pool.
"""

from __future__ import annotations

import contextlib
import io
import resource
import signal
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import IO

import msgspec

from leakdesk.documents import readers
from leakdesk.documents.hints import ReaderHints, ReaderLimits
from leakdesk.intake import unpack
from leakdesk.intake.sandbox import read_frame, serve_pipes, write_frame
from leakdesk.model.document import Extract, Kind, Note, Part, State
from leakdesk.search.entry import IndexEntry, index_entry
from leakdesk.search.words import TermLines
from leakdesk.work import protocol, stores


class Stopped(KeyboardInterrupt):
    """The clock ran out inside. An interrupt like the keyboard's: no reader's own safety net swallows it."""

    @property
    def limit(self) -> str:
        """Which limit it was. In the midst of decoding Python raises another of the kind, with words of its own, from ours."""
        return self.__cause__.limit if isinstance(self.__cause__, Stopped) else str(self)


def main() -> None:
    """Serve until the parent closes the pipe."""
    incoming, outgoing = serve_pipes()
    first = read_frame(incoming)
    if first is None:
        return
    serve(protocol.decode_setup(first), incoming, outgoing)


def serve(setup: protocol.Setup, incoming: int, outgoing: int, *, most: int = 0) -> None:
    """Answer requests until the pipe is closed, or `most` of them."""
    _confine(setup)
    worker = Worker(setup, incoming, outgoing)
    answered = 0
    with contextlib.suppress(BrokenPipeError):
        while (frame := read_frame(incoming)) is not None:
            worker.answer(protocol.decode_request(frame))
            answered += 1
            if answered == most:
                return


def _confine(setup: protocol.Setup) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if setup.memory_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (setup.memory_bytes, setup.memory_bytes))
    for clock in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(clock, _stop)


def _stop(number: int, _: object) -> None:
    raise Stopped("wall_seconds" if number == signal.SIGALRM else "cpu_seconds")


def _disarm() -> None:
    """Stop both clocks; one that runs out at this very moment is stopped all the same, and heard."""
    try:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
    except Stopped:
        _disarm()
        raise


class Worker:
    """Answers requests."""

    def __init__(self, setup: protocol.Setup, incoming: int, outgoing: int) -> None:
        self.setup = setup
        self.incoming = incoming
        self.outgoing = outgoing
        self.lines = TermLines()
        limits = setup.limits
        self.hints = ReaderHints(
            passwords=setup.passwords,
            ocr=setup.ocr,
            limits=ReaderLimits(
                depth=64,
                text_chars=limits.text_chars,
                pages=limits.pages,
                pixels=limits.pixels,
                expansion=limits.expansion or 1 << 30,
                expanded_bytes=limits.expanded_bytes or 1 << 40,
                ocr_seconds_per_page=limits.ocr_seconds_per_page,
                ocr_pages=limits.ocr_pages,
                program_seconds=limits.wall_seconds,
            ),
        )

    def answer(self, request: protocol.Request) -> None:
        """Do what one request asks."""
        if isinstance(request, protocol.Read):
            # Everything is taken in before anything is answered, so that the two pipes can never wait for each other.
            tasks = [(task, task.data if task.data is not None else self._incoming()) for task in request.tasks]
            for task, data in tasks:
                self._read(task, data)
        elif isinstance(request, protocol.Unpack):
            self._unpack(request)
        else:
            self._think(request)

    def _incoming(self) -> bytes:
        return b"".join(self._frames())

    def _frames(self) -> Iterator[bytes]:
        while piece := read_frame(self.incoming):
            yield piece

    def _send(self, record: msgspec.Struct) -> None:
        write_frame(self.outgoing, protocol.encode(record))

    # --- reading -------------------------------------------------------------------------------------------------------

    def _read(self, task: protocol.Task, data: bytes) -> None:
        extract, entry = self._timed(task, data)
        reader = readers.reader_for(task.media_type)
        found = tuple(_found(part) for part in extract.parts)
        done = protocol.Done(
            key=task.key,
            extract=replace(extract, parts=()) if extract.parts else extract,
            reader=reader.name if reader else "",
            found=found,
            listed=len(extract.parts),
            entry=entry,
        )
        self._send(done)
        if entry is not None:
            self.lines.told()
        for part, record in zip(extract.parts, found, strict=True):
            if record.opened and record.data is None:
                self._send_pieces(part.data or b"")

    def _send_pieces(self, data: bytes) -> None:
        view = memoryview(data)
        for at in range(0, len(view), protocol.INLINE):
            write_frame(self.outgoing, bytes(view[at : at + protocol.INLINE]))
        write_frame(self.outgoing, b"")

    def _timed(self, task: protocol.Task, data: bytes) -> tuple[Extract, IndexEntry | None]:
        """Read and key one item under the clock. Whatever stops it is said in the extract."""
        try:
            with self._clock():
                extract = readers.read(data, task.media_type, self._hints(task.name))
                entry, extract = _entry(task, extract, self.lines)
                return extract, entry
        except Stopped as stopped:
            return _stopped(task.media_type, stopped.limit, "stopped: it took too long"), None
        except (MemoryError, RecursionError) as error:
            limit = "memory_bytes" if isinstance(error, MemoryError) else "depth"
            return _stopped(task.media_type, limit, "stopped: it needs too much memory"), None

    def _hints(self, name: str) -> ReaderHints:
        return replace(self.hints, name=name) if name else self.hints

    @contextlib.contextmanager
    def _clock(self) -> Generator[None]:
        signal.setitimer(signal.ITIMER_REAL, self.setup.limits.wall_seconds)
        signal.setitimer(signal.ITIMER_PROF, self.setup.limits.cpu_seconds)
        try:
            yield
        finally:
            _disarm()

    # --- archives ------------------------------------------------------------------------------------------------------

    def _unpack(self, request: protocol.Unpack) -> None:
        with tempfile.TemporaryDirectory() as scratch, self._container(request, Path(scratch)) as (file, path):
            budget = unpack.Budget(request.members, request.bytes)
            archive = self._open(file, path, request, budget)
            for number, member in enumerate(archive.members()):
                if number >= request.skip:
                    self._member(member)
            closed = protocol.Closed(
                media_type=archive.media_type,
                listed=archive.listed,
                state=archive.state,
                reason=archive.reason,
                limit=archive.limit,
            )
            self._send(closed)

    def _open(
        self, file: IO[bytes], path: str | None, request: protocol.Unpack, budget: unpack.Budget
    ) -> unpack.Archive:
        if request.volumes:
            from leakdesk.intake.split import Split

            return Split(request.media_type, budget, path=path or "", passwords=self.setup.passwords)
        if request.media_type in stores.STORES:
            return stores.Store(request.media_type, budget, path or "")
        return unpack.open_archive(file, request.media_type, budget, self.setup.passwords, path)

    @contextlib.contextmanager
    def _container(self, request: protocol.Unpack, scratch: Path) -> Generator[tuple[IO[bytes], str | None]]:
        if request.volumes:
            yield io.BytesIO(), str(self._lay_out(request, scratch))
            return
        if request.path is not None:
            with Path(request.path).open("rb") as file:
                yield file, request.path
            return
        data = self._incoming()
        path = None
        if request.media_type in unpack.NATIVE or request.media_type in stores.STORES:
            path = str(scratch / "archive")
            Path(path).write_bytes(data)
        yield io.BytesIO(data), path

    def _lay_out(self, request: protocol.Unpack, scratch: Path) -> Path:
        """All volumes in one folder, under names of ours; the path of the one to be opened."""
        for volume in request.volumes:
            path = scratch / volume.name
            if volume.path is not None:
                path.symlink_to(volume.path)
                continue
            with path.open("wb") as file:
                file.writelines(self._frames())
        return scratch / str(request.path)

    def _member(self, member: unpack.Member) -> None:
        self._send(
            protocol.Opened(
                name=member.name, name_bytes=member.name_bytes, traces=member.traces, notes=tuple(member.notes)
            )
        )
        some = member.pieces is not None
        for piece in member.pieces or ():
            write_frame(self.outgoing, piece)
        write_frame(self.outgoing, b"")
        # A member stopped by a limit is kept as a name only: half of a bomb is of no use to anybody.
        whole = some and not member.limit and member.state is not State.FAILED
        self._send(protocol.Ended(bytes_=whole, state=member.state, reason=member.reason, limit=member.limit))

    # --- thinking ------------------------------------------------------------------------------------------------------

    def _think(self, request: protocol.Think) -> None:
        from leakdesk.work.steps import MissingPart

        module, _, name = request.function.partition(":")
        try:
            with self._clock():
                function = getattr(import_module(module), name)
                result = function(msgspec.json.decode(request.payload))
            thought = protocol.Thought(data=msgspec.json.encode(result))
        except MissingPart as missing:
            thought = protocol.Thought(missing=str(missing))
        except Stopped as stopped:
            thought = protocol.Thought(failed=f"stopped by the limit {stopped.limit}")
        except (MemoryError, RecursionError) as error:
            thought = protocol.Thought(failed=f"gave up ({type(error).__name__})")
        except Exception as error:
            thought = protocol.Thought(failed=f"the step failed ({type(error).__name__})")
        write_frame(self.outgoing, protocol.encode(thought))


_NOT_INDEXED = Note(rule="index", sentence="its text could not be indexed: it is found by its names only")


def _entry(task: protocol.Task, extract: Extract, lines: TermLines) -> tuple[IndexEntry | None, Extract]:
    about = protocol.about_document(
        kind=extract.kind.value,
        title=extract.title,
        languages=extract.languages,
        attachments=[part.name for part in extract.parts],
        location=task.location,
        message=extract.head is not None,
    )
    try:
        return index_entry(task.document, extract.layer, extract.head, about, lines), extract
    except (MemoryError, RecursionError):
        raise
    except Exception:
        # A letter that is read stays read; that searching does not see its text is said on it.
        return None, replace(extract, notes=(*extract.notes, _NOT_INDEXED))


def _found(part: Part) -> protocol.Found:
    size = 0 if part.data is None else len(part.data)
    small = part.data is not None and size <= protocol.INLINE
    return protocol.Found(
        name=_valid(part.name),
        name_bytes=part.name_bytes or _undecodable(part.name),
        media_type=part.media_type,
        size=size,
        data=part.data if small else None,
        opened=part.data is not None,
        inline=part.inline,
        state=part.state,
        reason=part.reason,
        limit=part.limit,
        notes=part.notes,
    )


def _valid(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8") if not name.isascii() and _undecodable(name) else name


def _undecodable(name: str) -> bytes | None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return name.encode(
            "utf-8",
            "surrogateescape"
            if all("\udc80" <= c <= "\udcff" or not "\ud800" <= c <= "\udfff" for c in name)
            else "surrogatepass",
        )
    return None


def _stopped(media_type: str, limit: str, reason: str) -> Extract:
    kind = Kind.MESSAGE if media_type == "message/rfc822" else Kind.DOCUMENT
    return Extract(
        kind=kind,
        schema="Document",
        media_type=media_type,
        state=State.PARTIAL,
        stage="read",
        reason=reason,
        limit=limit,
    )
