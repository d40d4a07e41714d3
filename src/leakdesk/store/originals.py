"""Originals: evidentiary copies, written once, never changed.

Three places, one table (`originals`): large files by their SHA-256; small ones end to end in append-only segment files
with a list beside them; and byte ranges of a container that is sealed already (the messages of a mailbox). What is added
is acknowledged only when the transaction that names it is committed, which happens after its bytes are on the disk. What
an interrupted command left beyond that is cut off at the next start, so that a segment holds acknowledged bytes only.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, func, select

from leakdesk.errors import CheckFailed, NotFound
from leakdesk.store.layout import FILE_MODE, SEALED_MODE, CaseLayout, make_folder, sync_folder
from leakdesk.store.rows import Row, Writer, among, chunks
from leakdesk.store.tables import originals

#: Up to here an original goes into a segment file; above, it is a file of its own.
SMALL = 1 << 20
#: A segment is closed at this size.
SEGMENT = 256 << 20
#: Bytes held before they are written to the segment.
_BUFFER = 4 << 20
_PIECE = 1 << 20
#: The one way bytes at a place differ from the original: one level of mailbox quoting (">From ").
MBOX = "mbox"
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)


def unquote_from(data: bytes) -> bytes:
    """Undo one level of mbox quoting."""
    return _QUOTED_FROM.sub(rb"\1", data) if b">From " in data else data


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes stand: a file, an offset, a length, and what must be undone to get the original."""

    path: Path
    start: int
    length: int
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Bytes below originals/ that no table names: [start, start + length) of a file."""

    file: str
    start: int
    length: int


@dataclass(slots=True)
class Spool:
    """A copy in the making: write, then `finish`."""

    path: Path
    handle: int
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> None:
        """Take in some bytes."""
        write_all(self.handle, data)
        self.digest.update(data)
        self.size += len(data)

    def discard(self) -> None:
        """Forget it."""
        os.close(self.handle)
        self.path.unlink(missing_ok=True)


def write_all(handle: int, data: bytes | memoryview) -> None:
    """os.write until all is written."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


@dataclass(slots=True)
class Originals:
    """The evidentiary copies of one case."""

    layout: CaseLayout
    engine: Engine
    _rows: dict[str, Row] = field(default_factory=dict[str, Row])  # added, not committed
    _number: int = 0
    _handle: int | None = None
    _length: int = 0  # of the open segment, buffered bytes included
    _acknowledged: int = 0
    _buffer: list[bytes] = field(default_factory=list[bytes])
    _buffered: int = 0
    _dirty: bool = False
    _spools: int = 0
    _places: dict[str, Place] = field(default_factory=dict[str, Place])
    _reader: Connection | None = None

    # --- adding ----------------------------------------------------------------------------------------------------------

    def add(self, data: bytes, sha256: str = "") -> str:
        """Seal some bytes; their SHA-256. Bytes that are sealed already are not written again."""
        sha256 = sha256 or hashlib.sha256(data).hexdigest()
        if self.has(sha256):
            return sha256
        if len(data) > SMALL:
            spool = self.spool()
            spool.write(data)
            return self.adopt(spool)
        self._open_segment()
        self._rows[sha256] = _row(sha256, len(data), "segment", str(self._number), self._length)
        self._buffer.append(data)
        self._buffered += len(data)
        self._length += len(data)
        if self._buffered > _BUFFER:
            self._drain()
        return sha256

    def add_range(self, sha256: str, size: int, container: str, start: int, length: int, *, undo: str) -> None:
        """Note that an original is a byte range of a sealed container. The caller has looked that it is new."""
        if sha256 not in self._rows:
            self._rows[sha256] = _row(sha256, size, "range", container, start, length, undo)

    def spool(self) -> Spool:
        """Start a copy of unknown size. May be called, and the spool written, from another thread."""
        self._spools += 1
        path = self.layout.arriving / f"{os.getpid()}-{id(self):x}-{self._spools}"
        return Spool(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE))

    def adopt(self, spool: Spool) -> str:
        """Seal a finished copy."""
        sha256 = spool.digest.hexdigest()
        if self.has(sha256):
            spool.discard()
        elif spool.size <= SMALL:
            os.lseek(spool.handle, 0, os.SEEK_SET)
            data = os.read(spool.handle, SMALL + 1)
            spool.discard()
            self.add(data, sha256)
        else:
            self._adopt_large(spool, sha256)
        return sha256

    def _adopt_large(self, spool: Spool, sha256: str) -> None:
        os.fsync(spool.handle)
        os.fchmod(spool.handle, SEALED_MODE)
        os.close(spool.handle)
        target = self.layout.file_of(sha256)
        if not target.parent.exists():
            make_folder(target.parent)
            sync_folder(self.layout.files)
        spool.path.rename(target)
        sync_folder(target.parent)
        self._rows[sha256] = _row(sha256, spool.size, "file", sha256, 0)

    def has(self, sha256: str) -> bool:
        """True if these bytes are sealed, or about to be."""
        return sha256 in self._rows or self._is_known(sha256)

    def _is_known(self, sha256: str) -> bool:
        if self.engine.dialect.name != "sqlite":
            return bool(self.known([sha256]))
        if self._reader is None:
            self._reader = self.engine.connect()
        # Asked once a part, and so of the driver itself: building a statement costs ten times the answer.
        asked = self._reader.connection.cursor()
        asked.execute("SELECT 1 FROM originals WHERE sha256 = ?", (sha256,))
        found = asked.fetchone() is not None
        asked.close()
        return found

    def known(self, hashes: Sequence[str]) -> set[str]:
        """Which of these are sealed (committed)."""
        if not hashes:
            return set()
        with self.engine.connect() as connection:
            return {row[0] for row in among(connection, [originals.c.sha256], hashes)}

    # --- one transaction ---------------------------------------------------------------------------------------------------

    def seal(self, writer: Writer) -> None:
        """Make added bytes durable and write their rows. Called inside the transaction, before it is committed."""
        if self._dirty or self._buffer:
            self._drain()
            assert self._handle is not None
            os.fsync(self._handle)
            self._list_beside()
            self._dirty = False
        writer.insert(originals, list(self._rows.values()))

    def acknowledge(self) -> None:
        """The transaction is committed."""
        self._rows.clear()
        self._acknowledged = self._length
        if self._length >= SEGMENT:
            self._close_segment()

    def abandon(self) -> None:
        """The transaction failed: cut off what it wrote."""
        self._rows.clear()
        self._buffer.clear()
        self._buffered, self._dirty = 0, False
        if self._handle is not None and self._length != self._acknowledged:
            os.ftruncate(self._handle, self._acknowledged)
            os.lseek(self._handle, self._acknowledged, os.SEEK_SET)
        self._length = self._acknowledged

    def _list_beside(self) -> None:
        lines = [
            f"{row['sha256']}\t{row['start']}\t{row['length']}\n"
            for row in self._rows.values()
            if row["store"] == "segment" and row["place"] == str(self._number)
        ]
        handle = os.open(self.layout.segment_index(self._number), os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE)
        try:
            write_all(handle, "".join(lines).encode())
            os.fsync(handle)
        finally:
            os.close(handle)

    def _drain(self) -> None:
        assert self._handle is not None
        write_all(self._handle, b"".join(self._buffer))
        self._buffer.clear()
        self._buffered, self._dirty = 0, True

    def _open_segment(self) -> None:
        if self._handle is not None:
            return
        self._number, self._acknowledged = self._last_segment()
        while not self._continues():
            self._number, self._acknowledged = self._number + 1, 0
        self._handle = os.open(self.layout.segment(self._number), os.O_RDWR | os.O_CREAT, FILE_MODE)
        os.ftruncate(self._handle, self._acknowledged)
        os.lseek(self._handle, self._acknowledged, os.SEEK_SET)
        self._length = self._acknowledged
        sync_folder(self.layout.segments)

    def _continues(self) -> bool:
        """True if the segment may grow: not full, and nothing unacknowledged stands at its end."""
        path = self.layout.segment(self._number)
        size = path.stat().st_size if path.exists() else 0
        return self._number > 0 and size == self._acknowledged < SEGMENT

    def _last_segment(self) -> tuple[int, int]:
        """Number and acknowledged length of the newest segment; (0, 0) if there is none."""
        with self.engine.connect() as connection:
            lengths = _segment_lengths(connection)
        return max(lengths.items(), default=(0, 0))

    def _close_segment(self) -> None:
        if self._handle is None:
            return
        os.close(self._handle)
        self._handle = None
        if self._acknowledged >= SEGMENT:
            self.layout.segment(self._number).chmod(SEALED_MODE)
            self.layout.segment_index(self._number).chmod(SEALED_MODE)

    def close(self) -> None:
        """Let go of the open segment."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    # --- after an interruption --------------------------------------------------------------------------------------------

    def recover(self) -> list[Leftover]:
        """Empty `arriving`, and name what an interrupted command left without acknowledging it.

        Such bytes are never cut off or written over (the table may be the part that is wrong): they stay, noted by the
        caller, and the next segment starts afresh."""
        for path in self.layout.arriving.iterdir():
            path.unlink()
        with self.engine.connect() as connection:
            lengths = _segment_lengths(connection)
            named = set(connection.execute(select(originals.c.sha256).where(originals.c.store == "file")).scalars())
        left: list[Leftover] = []
        for path in sorted(self.layout.segments.glob("*.seg")):
            known, size = lengths.get(int(path.stem), 0), path.stat().st_size
            if size > known:
                left.append(Leftover(f"segments/{path.name}", known, size - known))
        for path in sorted(self.layout.files.glob("*/*")):
            if path.name not in named:
                left.append(Leftover(f"files/{path.parent.name}/{path.name}", 0, path.stat().st_size))
        return left

    # --- reading ---------------------------------------------------------------------------------------------------------

    def place(self, sha256: str) -> Place:
        """Where an original stands. Raises NotFound."""
        found = self.places([sha256])
        if sha256 not in found:
            raise NotFound(f"no sealed original {sha256[:16]}")
        return found[sha256]

    def places(self, hashes: Sequence[str]) -> dict[str, Place]:
        """Where those of these originals stand that are sealed."""
        found: dict[str, Place] = {}
        for some in chunks(hashes, 400):
            with self.engine.connect() as connection:
                rows = connection.execute(select(originals).where(originals.c.sha256.in_(some))).mappings().all()
            found.update({row["sha256"]: self._place_of(row) for row in rows})
        return found

    def _place_of(self, row: Mapping[Any, Any]) -> Place:
        if row["store"] == "file":
            return Place(self.layout.file_of(row["sha256"]), 0, row["length"])
        if row["store"] == "segment":
            return Place(self.layout.segment(int(row["place"])), row["start"], row["length"])
        container = self._places.get(row["place"])
        if container is None:
            container = self._places[row["place"]] = self.place(row["place"])
        return Place(container.path, container.start + row["start"], row["length"], row["undo"])

    def size(self, sha256: str) -> int:
        """Size of an original in bytes."""
        with self.engine.connect() as connection:
            found = connection.execute(select(originals.c.size).where(originals.c.sha256 == sha256)).scalar()
        if found is None:
            raise NotFound(f"no sealed original {sha256[:16]}")
        return int(found)

    def read(self, sha256: str, limit: int | None = None) -> bytes:
        """An original's bytes, or the first `limit` of them."""
        where = self.place(sha256)
        length = where.length if limit is None or where.undo else min(where.length, limit)
        with _open(where) as file:
            file.seek(where.start)
            data = file.read(length)
        if len(data) != length:
            raise CheckFailed(f"the sealed original {sha256[:16]} is cut short", try_="Restore the case from a copy.")
        data = unquote_from(data) if where.undo == MBOX else data
        return data if limit is None else data[:limit]

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """An original's bytes, a megabyte at a time."""
        return pieces_at(self.place(sha256))


def pieces_at(where: Place) -> Iterator[bytes]:
    """The bytes at a place, about a megabyte at a time, with what must be undone undone."""
    raw = _raw_pieces(where)
    return _unquoted(raw) if where.undo == MBOX else raw


def _raw_pieces(where: Place) -> Iterator[bytes]:
    left = where.length
    with _open(where) as file:
        file.seek(where.start)
        while left:
            piece = file.read(min(_PIECE, left))
            if not piece:
                raise CheckFailed(
                    f"the sealed file {where.path.name} is cut short", try_="Restore the case from a copy."
                )
            left -= len(piece)
            yield piece


def _unquoted(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo quoting line by line: a line's beginning is never split between two pieces."""
    carry = b""
    for piece in pieces:
        data = carry + piece
        cut = data.rfind(b"\n") + 1
        carry = data[cut:]
        yield unquote_from(data[:cut])
    if carry:
        yield unquote_from(carry)


def _open(where: Place) -> IO[bytes]:
    try:
        return io.FileIO(where.path, "rb")
    except FileNotFoundError:
        raise CheckFailed(
            f"the sealed file {where.path.parent.name}/{where.path.name} is missing",
            try_="Restore the case from a copy.",
        ) from None


def _row(sha256: str, size: int, store: str, place: str, start: int, length: int | None = None, undo: str = "") -> Row:
    held = size if length is None else length
    return {
        "sha256": sha256,
        "size": size,
        "store": store,
        "place": place,
        "start": start,
        "length": held,
        "undo": undo,
    }


def _segment_lengths(connection: Any) -> dict[int, int]:
    """Acknowledged length of each segment."""
    query = (
        select(originals.c.place, func.max(originals.c.start + originals.c.length))
        .where(originals.c.store == "segment")
        .group_by(originals.c.place)
    )
    return {int(place): int(length) for place, length in connection.execute(query)}
