"""CaseStore: one case folder, opened for reading by many and for writing by one.

    with CaseStore.open(path) as store:
        with store.connect() as connection: ...      # reading
        with store.writing() as writer: ...          # one transaction: all of it or nothing

`writing` needs the case lock. Rows, tallies and custody lines of one transaction are committed together
(SQLite, WAL, synchronous=FULL), and only after the originals they speak of have reached the disk.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sqlite3
import uuid
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import OperationalError

from leakdesk.errors import (
    CaseBusy,
    CaseMissing,
    CaseReadOnly,
    CaseTooNew,
    CheckFailed,
    DiskFull,
    UsageError,
    disk_error,
)
from leakdesk.store import custody, medium
from leakdesk.store.layout import FILE_MODE, CaseLayout, make_folder, sync_folder, write_durably
from leakdesk.store.rows import Writer, to_json
from leakdesk.store.tables import METADATA, datasets, sealed_log
from leakdesk.version import __version__

if TYPE_CHECKING:
    from leakdesk.store.originals import Originals

FORMAT = 1
TOOL = f"leakdesk {__version__}"
#: The dataset of everything that is received without `--as`.
LEAK = "leak"
#: The dataset of published reports.
REPORTS = "reports"
#: Key in the sealed log: bytes below originals/ that an interrupted command left without acknowledging them.
LEFTOVER = "unacknowledged"


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """leakdesk.json."""

    format: int
    case: str
    created: str
    zone: str = "UTC"
    custody_length: int = 0
    custody_head: str = custody.FIRST


def today() -> str:
    """The day in UTC: receipt is kept by day, never more exactly."""
    return datetime.now(UTC).date().isoformat()


@dataclass(slots=True)
class CaseStore:
    """One open case."""

    layout: CaseLayout
    config: Config
    engine: Engine
    _lock: int | None = None
    _originals: Originals | None = None

    # --- opening ---------------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path) -> CaseStore:
        """Create a case folder and open it for writing. Refuses a folder that is a case or holds anything else."""
        layout = CaseLayout(path)
        if layout.config.exists():
            raise UsageError(f"{path.name} is a case already", try_="Add to it with: leakdesk add CASE PATH")
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise UsageError(f"{path.name} exists and is not empty", try_="Choose a name that does not exist yet.")
        with _disk_errors():
            _make_folders(layout)
            os.umask(0o077)
            engine = _engine(layout.database)
            METADATA.create_all(engine)
            config = Config(format=FORMAT, case=uuid.uuid4().hex, created=today())
            write_durably(layout.config, _encode(config))
            sync_folder(layout.root)
        store = cls(layout, config, engine)
        store.acquire()
        with store.writing() as writer:
            writer.insert(datasets, [_dataset(LEAK, "leak"), _dataset(REPORTS, "reports")])
        return store

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> CaseStore:
        """Open a case; with `write`, take its lock and tidy up what an interrupted command left."""
        layout = CaseLayout(path)
        try:
            config = msgspec.json.decode(layout.config.read_bytes(), type=Config)
        except (FileNotFoundError, NotADirectoryError):
            raise CaseMissing(str(path)) from None
        except PermissionError:
            raise CaseMissing(str(path), try_="You may not read it: look at who owns the folder.") from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise CheckFailed(
                f"{path.name}/leakdesk.json is damaged", try_="Restore it from a copy of the case."
            ) from None
        if config.format > FORMAT:
            raise CaseTooNew(f"format {config.format}, this leakdesk knows {FORMAT}")
        if not layout.database.exists():
            raise CheckFailed(f"{path.name}/case.db is missing", try_="Restore it from a copy of the case.")
        store = cls(layout, config, _engine(layout.database))
        if write:
            os.umask(0o077)  # whatever this process makes from now on is its owner's alone, the search index too
            store.acquire()
            store._note_leftovers()
        return store

    def _note_leftovers(self) -> None:
        with _disk_errors():
            left = self.originals.recover()
        if not left:
            return
        with self.connect() as connection:
            noted = set(connection.execute(select(sealed_log.c.value).where(sealed_log.c.key == LEFTOVER)).scalars())
        values = [value for value in map(to_json, left) if value not in noted]
        if values:
            with self.writing() as writer:
                writer.insert(sealed_log, [{"item": "", "key": LEFTOVER, "value": value} for value in values])

    def acquire(self) -> None:
        """Become the one that writes, or raise CaseBusy or CaseReadOnly at once."""
        if self._lock is not None:
            return
        try:
            handle = os.open(self.layout.lock, os.O_RDWR | os.O_CREAT, FILE_MODE)
        except OSError as error:
            if error.errno in READ_ONLY:
                raise CaseReadOnly(self.layout.root.name) from None
            raise
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise CaseBusy(self.layout.root.name) from None
        self._lock = handle

    @property
    def writable(self) -> bool:
        """True for the one that holds the lock."""
        return self._lock is not None

    def close(self) -> None:
        """Let go of files and lock."""
        if self._originals is not None:
            self._originals.close()
        self.engine.dispose()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> CaseStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- using -----------------------------------------------------------------------------------------------------------

    @property
    def originals(self) -> Originals:
        """The evidentiary copies."""
        if self._originals is None:
            from leakdesk.store.originals import Originals

            self._originals = Originals(self.layout, self.engine)
        return self._originals

    def connect(self) -> Connection:
        """A connection for reading; use it as a context manager."""
        return self.engine.connect()

    @contextlib.contextmanager
    def writing(self, entries: Sequence[custody.Entry] = ()) -> Generator[Writer]:
        """One transaction: rows, tallies, originals and custody lines together, or nothing of it.

        Originals added before or inside are made durable first. Raises DiskFull when there is no room."""
        if self._lock is None:
            raise CaseBusy("opened for reading only", try_="This is a mistake in leakdesk: please report it.")
        with _disk_errors():
            try:
                with self.engine.begin() as connection:
                    writer = Writer(connection)
                    yield writer
                    self.originals.seal(writer)
                    if entries:
                        self.log(writer, entries)
                    writer.flush()
            except BaseException:
                self.originals.abandon()
                raise
            self.originals.acknowledge()

    def log(self, writer: Writer, entries: Sequence[custody.Entry]) -> None:
        """Append custody lines within a transaction."""
        head = custody.head_of(writer.connection)
        custody.append(writer, head, entries, day=today(), tool=TOOL)

    def mark(self) -> None:
        """Write head and length of the custody log into leakdesk.json (at the end of each command that writes)."""
        with self.connect() as connection:
            head = custody.head_of(connection)
        if (head.length, head.hash) == (self.config.custody_length, self.config.custody_head):
            return
        self.config = msgspec.structs.replace(self.config, custody_length=head.length, custody_head=head.hash)
        with _disk_errors():
            write_durably(self.layout.config, _encode(self.config))

    @property
    def marked_head(self) -> custody.Head:
        """The custody head that leakdesk.json names."""
        return custody.Head(self.config.custody_length, self.config.custody_head)


def _make_folders(layout: CaseLayout) -> None:
    try:
        for folder in layout.folders():
            make_folder(folder)
            folder.chmod(0o700)
    except OSError as error:
        if error.errno in READ_ONLY:
            raise UsageError(
                f"{layout.root.name} cannot be made there", try_="Choose a folder that you may write to."
            ) from None
        raise


def _dataset(name: str, kind: str) -> dict[str, object]:
    return {"id": name, "kind": kind, "label": name, "format": None, "date": None, "sha256": None, "count": 0}


def _encode(config: Config) -> bytes:
    return msgspec.json.format(msgspec.json.encode(config), indent=2) + b"\n"


def _engine(database: Path) -> Engine:
    protected = medium.is_protected(database.parent)
    to_write = () if protected else ("journal_mode=WAL", "synchronous=FULL")

    def _connect() -> sqlite3.Connection:
        where = medium.address(database) if protected else str(database)
        return sqlite3.connect(where, uri=protected, timeout=30, check_same_thread=False)

    engine = create_engine("sqlite:///case.db", creator=_connect)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        for pragma in (*to_write, "cache_size=-16000", "temp_store=MEMORY", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


@contextlib.contextmanager
def _disk_errors() -> Generator[None]:
    try:
        yield
    except OperationalError as error:
        if "disk is full" in str(error.orig) or "disk I/O error" in str(error.orig):
            raise DiskFull("writing to case.db failed") from error
        raise
    except OSError as error:
        if (full := disk_error(error)) is not None:
            raise full from error
        raise


#: The medium, or who owns the folder, lets nobody write.
READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
