"""Tars as streams of members, with a count of their headers made beside it by code of its own."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from leakdesk.intake.members import DAMAGE, PIECE, BaseArchive, Member, decoded_name
from leakdesk.model.document import State


@dataclass(slots=True)
class TarCount:
    """Names the members of a tar by its 512-byte headers while the bytes flow past: by the headers' own checksums, sizes
    and types, nothing else. Where a header is damaged it goes on block by block until one is right again."""

    names: list[bytes] = field(default_factory=list[bytes])
    skip: int = 0
    _carry: bytes = b""

    def feed(self, data: bytes) -> None:
        """The next bytes."""
        if self.skip >= len(data) and not self._carry:
            self.skip -= len(data)
            return
        data = self._carry + data
        at = 0
        while True:
            step = min(self.skip, len(data) - at)
            at += step
            self.skip -= step
            if self.skip or len(data) - at < 512:
                break
            self._header(data[at : at + 512])
            at += 512
        self._carry = data[at:]

    def _header(self, block: bytes) -> None:
        if not is_tar(block):
            return
        kind, name = block[156:157], block[:100].rstrip(b"\0")
        if kind not in (b"1", b"2", b"3", b"4", b"6"):
            self.skip = (tar_number(block[124:136]) + 511) // 512 * 512
        folder = kind == b"\0" and name.endswith(b"/")
        if kind in _TAR_MEMBERS and not folder:
            self.names.append(name)


#: Type flags of headers that are members: files of all kinds, links, devices, pipes.
_TAR_MEMBERS = frozenset({b"\0", b"0", b"1", b"2", b"3", b"4", b"6", b"7", b"S"})


def tar_number(raw: bytes) -> int:
    if raw[:1] in (b"\x80", b"\xff"):
        return int.from_bytes(raw[1:])
    try:
        return int(raw.strip(b" \0") or b"0", 8)
    except ValueError:
        return 0


@dataclass(slots=True)
class _Watched(io.RawIOBase):
    """A stream that shows what is read from it to a counter, and to the budget."""

    inner: IO[bytes]
    counter: TarCount

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.inner.read(size)
        self.counter.feed(data)
        return data


@dataclass(slots=True)
class Tar(BaseArchive):
    """A tar as a stream of members."""

    file: IO[bytes] = field(default_factory=io.BytesIO)
    empty_is_damage: bool = False

    def members(self) -> Iterator[Member]:
        """Every member that is no folder; last those whose headers stand there and that could not be reached."""
        counter = TarCount()
        watched = _Watched(self.file, counter)
        given = 0
        try:
            with tarfile.open(fileobj=watched, mode="r|", bufsize=65_536, errors="surrogateescape") as opened:
                for info in opened:
                    if info.isdir():
                        continue
                    given += 1
                    yield self._member(opened, info)
                    if self.limit:
                        break
        except RecursionError:
            self.stop("damaged (headers without end)")
        except DAMAGE as error:
            self.stop(f"damaged: it breaks off ({type(error).__name__})")
        self._drain(watched)
        broken = getattr(self.file, "broken", "")
        if broken:
            self.stop(f"damaged: it breaks off ({broken})")
        self.listed = len(counter.names)
        yield from self._unreached(counter.names[given:])

    def _drain(self, watched: _Watched) -> None:
        """Let the counter see the rest, within the budget."""
        while not self.limit and (piece := watched.read(1 << 16)):
            hit = self.budget.spend_bytes(len(piece))
            if hit:
                self.stop("stopped: too much comes out of it", hit)

    def _unreached(self, names: list[bytes]) -> Iterator[Member]:
        if names:
            self.stop("damaged: some members could not be reached")
        for name in names:
            member = Member(*decoded_name(name, utf8=True))
            member.fail("not opened: the archive is damaged before it" if not self.limit else self.reason, self.limit)
            yield member

    def _member(self, opened: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
        raw = info.name.encode("utf-8", "surrogateescape")
        member = Member(*decoded_name(raw, utf8=True))
        member.traces.update(
            {
                "mode": oct(info.mode),
                "uid": str(info.uid),
                "gid": str(info.gid),
                "user": info.uname,
                "group": info.gname,
            }
        )
        hit = self.budget.spend_member()
        if hit:
            member.fail("not opened: too many members", hit)
            self.stop("stopped: too many members", hit)
        elif info.issym() or info.islnk():
            member.fail("a link to another file: not followed")
        elif not info.isreg():
            member.fail("a device or a special file: it has no bytes")
        else:
            member.pieces = self.guarded(member, self._pieces(opened, info, member))
        return member

    def _pieces(self, opened: tarfile.TarFile, info: tarfile.TarInfo, member: Member) -> Iterator[bytes]:
        stream = opened.extractfile(info)
        assert stream is not None
        size = 0
        try:
            while piece := stream.read(PIECE):
                size += len(piece)
                yield piece
        except DAMAGE:
            pass
        if size < info.size:
            member.fail("truncated: the archive ends before this member does", state=State.PARTIAL)


def is_tar(head: bytes) -> bool:
    """True where a tar header stands at the beginning (its checksum is right)."""
    if len(head) < 512 or not head[:512].strip(b"\0"):
        return False
    stored = tar_number(head[148:156])
    return stored == sum(head[:148]) + 256 + sum(head[156:512])
