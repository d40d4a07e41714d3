"""Archives that only programs written in C open: 7z, rar, zst, cab, cpio. Runs inside the box.

bsdtar turns them into a tar stream. What is locked is left to unar, which knows passwords: it writes into a folder of the
box, from which the members are taken. An archive whose program reports an error is never called whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from leakdesk.intake.members import PIECE, BaseArchive, Member, decoded_name
from leakdesk.intake.tars import Tar
from leakdesk.model.document import State

#: Media types that `Program` opens.
PROGRAMS = frozenset(
    {
        "application/x-7z-compressed",
        "application/vnd.rar",
        "application/zstd",
        "application/vnd.ms-cab-compressed",
        "application/x-cpio",
    }
)
_SECONDS = 3600.0


@dataclass(slots=True)
class Program(BaseArchive):
    """An archive that a program opens."""

    path: str | None = None
    passwords: tuple[str, ...] = ()

    def members(self) -> Iterator[Member]:
        """Every member that is no folder, in the archive's order."""
        tool = shutil.which("bsdtar")
        if tool is None or self.path is None:
            self.stop("needs bsdtar", state=State.FAILED)
            return
        names = self._names(tool)
        if names is None and self.media_type == "application/zstd":
            yield from self._plain_zstd(tool)
            return
        locked = self._locked_names()
        if locked is not None or names is None:
            yield from self._unlocked(locked or names or [])
            return
        self.listed = len(names)
        given = 0
        for member in self._stream(tool):
            given += 1
            yield member
        yield from self._lost(names[given:], "locked or damaged: it could not be opened")

    def _lost(self, names: list[bytes], why: str) -> Iterator[Member]:
        for name in names:
            lost = Member(*decoded_name(name, utf8=False))
            lost.fail(self.reason or why, self.limit)
            yield lost

    def _names(self, tool: str) -> list[bytes] | None:
        listing = run_program([tool, "-tf", str(self.path)])
        names = [name for name in listing.stdout.split(b"\n") if name and not name.endswith(b"/")]
        return None if listing.returncode and not names else names

    def _stream(self, tool: str) -> Iterator[Member]:
        argv = [tool, "-cf", "-", "--format=pax", f"@{self.path}"]
        with subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        ) as program:
            assert program.stdout is not None
            inner = Tar(self.media_type, self.budget, file=cast(IO[bytes], program.stdout))
            yield from inner.members()
            if inner.limit:
                program.kill()
            elif program.wait(_SECONDS):
                self.stop("damaged: the program that opens it reported an error; some members may be incomplete")
        if inner.state is not State.READ:
            self.stop(inner.reason, inner.limit, inner.state)

    def _plain_zstd(self, tool: str) -> Iterator[Member]:
        self.listed = 1
        member = Member("")
        argv = [tool, "-xOf", str(self.path), "--format=raw"]
        with subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        ) as program:
            assert program.stdout is not None
            stream = cast(IO[bytes], program.stdout)
            member.pieces = self.guarded(member, iter(lambda: stream.read(PIECE), b""))
            yield member
            program.kill()

    # --- behind a password ---------------------------------------------------------------------------------------------

    def _locked_names(self, password: str | None = None) -> list[bytes] | None:
        """The names of all members where one of them is locked, None where none is (or nobody here can tell). Where the names
        are locked too, the password tells them."""
        tool = shutil.which("lsar")
        if tool is None:
            return None
        given = () if password is None else ("-p", password)
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            listed = json.loads(run_program([tool, "-j", *given, str(self.path)]).stdout)
            entries = [each for each in listed["lsarContents"] if not each.get("XADIsDirectory")]
            if any(each.get("XADIsEncrypted") for each in entries):
                return [str(each["XADFileName"]).encode() for each in entries]
        return None

    def _unlocked(self, names: list[bytes]) -> Iterator[Member]:
        self.listed = len(names)
        tool = shutil.which("unar")
        for password in self.passwords if tool else ():
            with tempfile.TemporaryDirectory() as folder:
                done = run_program([str(tool), "-q", "-f", "-D", "-p", password, "-o", folder, str(self.path)])
                found = sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
                if done.returncode == 0 and found:
                    self.listed = max(len(names or self._locked_names(password) or ()), len(found))
                    yield from self._written(Path(folder), found)
                    return
        why = "locked: no password opens it" if tool else "locked: needs unar and a password"
        if not names:
            self.stop(f"{why} (or its directory is damaged)", state=State.FAILED)
        yield from self._lost(names, why)

    def _written(self, folder: Path, found: list[Path]) -> Iterator[Member]:
        for path in found:
            member = Member(*decoded_name(os.fsencode(path.relative_to(folder)), utf8=True))
            hit = self.budget.spend_member()
            if hit:
                member.fail("not opened: too many members", hit)
                self.stop("stopped: too many members", hit)
            else:
                with path.open("rb") as stream:
                    member.pieces = self.guarded(member, iter(lambda file=stream: file.read(PIECE), b""))
                    yield member
                continue
            yield member


def run_program(argv: list[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end, its output kept."""
    return subprocess.run(argv, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
