"""One compressed stream (gzip, bzip2, xz): a file that gives all it can, and the one member that it holds."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Protocol, cast

from leakdesk.intake.members import DAMAGE, PIECE, BaseArchive, Member, decoded_name
from leakdesk.model.document import State


class Engine(Protocol):
    """A decompressor as the standard library's are."""

    @property
    def eof(self) -> bool:
        """True after the end of one stream."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What came after it."""
        ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most `max_length` bytes more."""
        ...


class Gunzip:
    """zlib's decompressor, with the two other engines' way of keeping input that was not used yet."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._engine.decompress(self._engine.unconsumed_tail + data, max(max_length, 0))


ENGINES: dict[str, Callable[[], Engine]] = {
    "application/gzip": Gunzip,
    "application/x-bzip2": lambda: cast("Engine", bz2.BZ2Decompressor()),
    "application/x-xz": lambda: cast("Engine", lzma.LZMADecompressor()),
}


@dataclass(slots=True)
class Inflated(io.RawIOBase):
    """A compressed file as a stream that gives all it can: where the input breaks off, it ends, and `broken` says why."""

    inner: IO[bytes]
    media_type: str
    broken: str = ""
    engine: Engine | None = None
    ended: bool = False

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes (a piece if negative); b"" at the end."""
        wanted = PIECE if size < 0 else size
        pieces: list[bytes] = []
        while wanted and not self.ended:
            piece = self._some(wanted)
            pieces.append(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def _some(self, wanted: int) -> bytes:
        try:
            return self._step(wanted)
        except DAMAGE as error:
            self.ended, self.broken = True, type(error).__name__
            return b""

    def _step(self, wanted: int) -> bytes:
        fresh = b""
        if self.engine is None:
            fresh = self.inner.read(1)
            if not fresh.strip(b"\0"):
                self.ended = not fresh
                return b""
            self.engine = ENGINES[self.media_type]()
        piece = self.engine.decompress(fresh, wanted)
        if piece or self.engine.eof:
            return self._after(piece)
        data = self.inner.read(16_384)
        if not data:
            self.ended, self.broken = True, "truncated"
            return b""
        return self._after(self.engine.decompress(data, wanted))

    def _after(self, piece: bytes) -> bytes:
        assert self.engine is not None
        if self.engine.eof:
            rest = self.engine.unused_data
            self.engine = None
            if rest:
                self.inner.seek(-len(rest), io.SEEK_CUR)
        return piece


@dataclass(slots=True)
class Single(BaseArchive):
    """One compressed file. Its member's name is the one stored in a gzip header, else "" (the caller derives one)."""

    file: IO[bytes] = field(default_factory=io.BytesIO)

    def members(self) -> Iterator[Member]:
        """The one member."""
        self.listed = 1
        raw = _gzip_name(self.file) if self.media_type == "application/gzip" else b""
        member = Member(*decoded_name(raw, utf8=False))
        self.budget.spend_member()
        member.pieces = self.guarded(member, self._pieces(member))
        yield member
        if member.state is not State.READ:
            self.stop(member.reason, member.limit)

    def _pieces(self, member: Member) -> Iterator[bytes]:
        stream = Inflated(self.file, self.media_type)
        some = False
        while piece := stream.read(PIECE):
            some = True
            yield piece
        if stream.broken:
            member.fail(f"damaged: it breaks off ({stream.broken})", state=State.PARTIAL if some else State.FAILED)


def _gzip_name(file: IO[bytes]) -> bytes:
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if len(head) < 10 or not head[3] & 8:
        return b""
    at = 10
    if head[3] & 4 and len(head) > 12:
        at += 2 + int.from_bytes(head[10:12], "little")
    end = head.find(b"\0", at)
    return head[at:end] if end > at else b""
