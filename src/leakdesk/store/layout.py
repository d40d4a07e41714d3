"""The case folder, drawn. No other file joins these names.

    CASE/leakdesk.json            format version, case id, created (a day), zone; head and length of the custody log
    CASE/lock                     held by the one command that writes
    CASE/originals/files/ab/...   large originals, named by their SHA-256
    CASE/originals/segments/      small ones: 000001.seg (bytes end to end) and 000001.idx (sha256, offset, length a line)
    CASE/originals/arriving/      copies that are not complete yet; emptied when the next command resumes
    CASE/case.db                  SQLite: everything that is said about the originals
    CASE/index/  CASE/derived/    rebuildable: leakdesk rebuild CASE
    CASE/index.new/               a rebuild in the making; it takes the place of index/ when it is whole
    CASE/vectors/                 only if asked for: leakdesk meaning CASE; may be deleted at any time
    CASE/packs/  CASE/keys/

Folders are 0700, files 0600, originals 0400 once closed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
SEALED_MODE = 0o400


@dataclass(frozen=True, slots=True)
class CaseLayout:
    """Every path of one case."""

    root: Path

    @property
    def config(self) -> Path:
        """The case's own description; its presence makes a folder a case."""
        return self.root / "leakdesk.json"

    @property
    def lock(self) -> Path:
        """Locked by the one command that writes."""
        return self.root / "lock"

    @property
    def database(self) -> Path:
        """Everything that is said about the originals."""
        return self.root / "case.db"

    @property
    def originals(self) -> Path:
        """The evidentiary copies."""
        return self.root / "originals"

    @property
    def files(self) -> Path:
        """Large originals, one file each."""
        return self.originals / "files"

    @property
    def segments(self) -> Path:
        """Small originals, end to end."""
        return self.originals / "segments"

    @property
    def arriving(self) -> Path:
        """Copies in the making."""
        return self.originals / "arriving"

    @property
    def index(self) -> Path:
        """The full-text index."""
        return self.root / "index"

    @property
    def index_beside(self) -> Path:
        """An index in the making, beside the one that is in use."""
        return self.root / "index.new"

    @property
    def vectors(self) -> Path:
        """What search by meaning goes by."""
        return self.root / "vectors"

    @property
    def derived(self) -> Path:
        """Page pictures and the like."""
        return self.root / "derived"

    @property
    def lists(self) -> Path:
        """Searchable snapshots of the lists of this case."""
        return self.derived / "lists"

    @property
    def packs(self) -> Path:
        """Publications made from this case."""
        return self.root / "packs"

    @property
    def keys(self) -> Path:
        """Signing keys."""
        return self.root / "keys"

    def file_of(self, sha256: str) -> Path:
        """Where a large original lies."""
        return self.files / sha256[:2] / sha256

    def segment(self, number: int) -> Path:
        """A segment file."""
        return self.segments / f"{number:06d}.seg"

    def segment_index(self, number: int) -> Path:
        """The list beside a segment file."""
        return self.segments / f"{number:06d}.idx"

    def folders(self) -> tuple[Path, ...]:
        """All folders of a case, parents first."""
        return (
            self.root,
            self.originals,
            self.files,
            self.segments,
            self.arriving,
            self.index,
            self.derived,
            self.packs,
            self.keys,
        )


def make_folder(path: Path) -> None:
    """Create a folder for its owner alone (parents too), if it is not there."""
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Replace a small file so that after a crash it is either the old or the new one."""
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    beside.replace(path)
    sync_folder(path.parent)
