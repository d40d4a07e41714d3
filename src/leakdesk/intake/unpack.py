"""The members of an archive, streamed and counted. Runs inside the box; nothing is ever written where a name says.

    opened = open_archive(file, "application/zip", budget, passwords)
    for member in opened.members():          # in the archive's own order
        for piece in member.pieces: ...      # None where it could not be opened; then `reason` says why
    opened.listed, opened.state, opened.reason, opened.limit

`listed` comes from the archive's own directory by code of its own (`count_zip`, `TarCount`), not from the code that hands
out members, so that a member lost on the way breaks the ledger's equation. Folders are no members. Links, devices and
names that point outside are data: a row, never a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, cast

from leakdesk.intake.members import Archive, Budget, Member
from leakdesk.intake.programs import PROGRAMS, Program
from leakdesk.intake.streams import ENGINES, Inflated, Single
from leakdesk.intake.tars import Tar, is_tar
from leakdesk.intake.zips import Zip

__all__ = ["ARCHIVES", "NATIVE", "TAR", "ZIP", "Archive", "Budget", "Member", "open_archive"]

#: Media types that `open_archive` opens.
ZIP = "application/zip"
TAR = "application/x-tar"
ARCHIVES = frozenset({ZIP, TAR, *ENGINES, *PROGRAMS})
#: Archives that only a program written in C can open: they need the box.
NATIVE = PROGRAMS


def open_archive(
    file: IO[bytes], media_type: str, budget: Budget, passwords: Sequence[str] = (), path: str | None = None
) -> Archive:
    """Open an archive for streaming. `path` is where it lies, for programs that need a file. Never raises for bad input."""
    if media_type == ZIP:
        return Zip(media_type, budget, file=file, passwords=tuple(passwords), path=path)
    if media_type == TAR:
        return Tar(media_type, budget, file=file)
    if media_type in ENGINES:
        return _open_stream(file, media_type, budget)
    return Program(media_type, budget, path=path, passwords=tuple(passwords))


def _open_stream(file: IO[bytes], media_type: str, budget: Budget) -> Archive:
    """A compressed tar is one container; any other compressed file is a container of one member."""
    head = Inflated(file, media_type).read(1024)
    file.seek(0)
    if is_tar(head):
        return Tar(media_type, budget, file=cast(IO[bytes], Inflated(file, media_type)))
    return Single(media_type, budget, file=file)
