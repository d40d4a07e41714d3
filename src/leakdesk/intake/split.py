"""An archive in volumes, opened from a folder of the box in which all of them lie. Runs inside the box.

unar knows all four ways of cutting and finds the other volumes by their names. What it lists and what it writes are compared
member by member, so that one that breaks off where a volume is missing is called incomplete.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leakdesk.intake.members import PIECE, BaseArchive, Member, decoded_name
from leakdesk.intake.programs import run_program
from leakdesk.model.document import State

#: What the box of this archive shows as /etc/passwd, one line about nobody: unar finds other volumes only as a known user.
PASSWD = Path(__file__).with_name("box_passwd.txt")


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    size: int
    locked: bool


@dataclass(slots=True)
class Split(BaseArchive):
    """The members of a set of volumes; `path` is the head's."""

    path: str = ""
    passwords: tuple[str, ...] = ()

    def members(self) -> Iterator[Member]:
        """Every member that is no folder, in the archive's order."""
        if shutil.which("lsar") is None or shutil.which("unar") is None:
            self.stop("needs unar", state=State.FAILED)
            return
        listed = self._list(None)
        locked = not listed or any(each.locked for each in listed)
        for password in self.passwords if locked else (None,):
            names = self._list(password)
            with tempfile.TemporaryDirectory() as folder:
                torn = self._write(password, Path(folder))
                if locked and not _some_whole(names, Path(folder), torn):
                    continue
                self.listed = len(names)
                yield from (self._member(each, Path(folder), torn) for each in names)
                return
        self.listed = len(listed)
        if not listed:
            self.stop("locked: no password opens it (or its directory is damaged)", state=State.FAILED)
        for each in listed:
            member = Member(each.name)
            member.fail("locked: no password opens it")
            yield member

    def _list(self, password: str | None) -> list[_Listed]:
        argv = ["lsar", "-j", *(() if password is None else ("-p", password)), self.path]
        try:
            contents = json.loads(run_program(argv).stdout)["lsarContents"]
            return [
                _Listed(str(each["XADFileName"]), int(each.get("XADFileSize", -1)), bool(each.get("XADIsEncrypted")))
                for each in contents
                if not each.get("XADIsDirectory")
            ]
        except (ValueError, KeyError, TypeError):
            return []

    def _write(self, password: str | None, folder: Path) -> str:
        """Write the members into a folder of the box; what the program said of those that failed."""
        given = () if password is None else ("-p", password)
        done = run_program(["unar", "-q", "-f", "-D", *given, "-o", str(folder), self.path])
        return "" if done.returncode == 0 else (done.stdout + done.stderr).decode("utf-8", "replace") or "failed"

    def _member(self, listed: _Listed, folder: Path, torn: str) -> Member:
        member = Member(*decoded_name(listed.name.encode("utf-8", "surrogateescape"), utf8=True))
        path = folder / listed.name
        hit = self.budget.spend_member()
        if hit:
            member.fail("not opened: too many members", hit)
            self.stop("stopped: too many members", hit)
        elif not _inside(path, folder) or _breaks_off(listed, path):
            # Its name only: once the volume is here, the whole member must not stand beside its half.
            member.fail("not opened: it goes on in a volume that is not here, or is damaged")
            self.stop("some members are incomplete: a volume is not here, or is damaged")
        else:
            member.pieces = self.guarded(member, _pieces(path))
            if f" {listed.name} " in torn:
                member.fail("damaged: the program that opens it reported an error", state=State.PARTIAL)
                self.stop("damaged: the program that opens it reported an error")
        return member


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def _inside(path: Path, folder: Path) -> bool:
    """A file that the program wrote, not a link that it made, not elsewhere."""
    return path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(folder.resolve())


def _breaks_off(listed: _Listed, path: Path) -> bool:
    return listed.size >= 0 and path.stat().st_size != listed.size


def _some_whole(names: list[_Listed], folder: Path, torn: str) -> bool:
    """Whether a password opened anything: a wrong one leaves every member broken."""
    written = [(each, folder / each.name) for each in names if _inside(folder / each.name, folder)]
    return any(not _breaks_off(each, path) and f" {each.name} " not in torn for each, path in written)
