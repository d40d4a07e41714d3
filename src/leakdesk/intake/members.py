"""What every opened archive gives: members with their bytes as pieces, counted against a budget."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from leakdesk.model.document import Note, State

#: Bytes of a member that are handed out at once.
PIECE = 1 << 18
#: What libraries raise at damaged input.
DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    struct.error,
    NotImplementedError,
    ValueError,
    UnicodeError,
    OverflowError,
)


@dataclass(slots=True)
class Budget:
    """What may still come out of archives below one given file. `spend` says which limit is hit, or ""."""

    members: int
    bytes: int

    def spend_member(self) -> str:
        """One member more."""
        self.members -= 1
        return "members" if self.members < 0 else ""

    def spend_bytes(self, size: int) -> str:
        """Some bytes more."""
        self.bytes -= size
        return "expansion" if self.bytes < 0 else ""


@dataclass(slots=True)
class Member:
    """One member. `pieces` is None where it has no bytes; state, reason and limit are final once `pieces` is used up."""

    name: str
    name_bytes: bytes | None = None
    pieces: Iterator[bytes] | None = None
    state: State = State.READ
    reason: str = ""
    limit: str = ""
    notes: list[Note] = field(default_factory=list[Note])
    traces: dict[str, str] = field(default_factory=dict[str, str])

    def fail(self, reason: str, limit: str = "", state: State = State.FAILED) -> None:
        """Say what went wrong."""
        self.state, self.reason, self.limit = state, reason, limit


class Archive(Protocol):
    """An opened archive."""

    media_type: str
    listed: int
    state: State
    reason: str
    limit: str

    def members(self) -> Iterator[Member]:
        """The members, once."""
        ...


@dataclass(slots=True)
class BaseArchive:
    media_type: str
    budget: Budget
    listed: int = 0
    state: State = State.READ
    reason: str = ""
    limit: str = ""

    def stop(self, reason: str, limit: str = "", state: State = State.PARTIAL) -> None:
        if self.state is State.READ:
            self.state, self.reason, self.limit = state, reason, limit

    def guarded(self, member: Member, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """A member's pieces, stopped by the budget and by damage; either is written on the member."""
        try:
            for piece in pieces:
                hit = self.budget.spend_bytes(len(piece))
                if hit:
                    member.fail("stopped: too much comes out of this archive", hit)
                    self.stop("stopped: too much comes out of it", hit)
                    return
                yield piece
        except RuntimeError:
            member.fail("locked: no password opens it")
        except DAMAGE as error:
            member.fail(f"damaged ({type(error).__name__})", state=State.PARTIAL)


def decoded_name(raw: bytes, *, utf8: bool) -> tuple[str, bytes | None]:
    """A member's name as text, and its bytes where the text is not exactly what they say."""
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if not utf8:
        # Windows programs of this material's countries write names in the DOS code page without saying so.
        guess = raw.decode("cp866", "replace")
        letters = [c for c in guess if ord(c) > 127]
        if letters and all("Ѐ" <= c <= "ӿ" or c in "№" for c in letters):
            return guess, raw
    return raw.decode("utf-8", "replace"), raw
