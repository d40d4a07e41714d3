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

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Protocol, cast

from leakdesk.intake import aes_zip
from leakdesk.model.document import Note, State

_PIECE = 1 << 18
#: Media types that `open_archive` opens.
ZIP = "application/zip"
TAR = "application/x-tar"
_ENGINES: dict[str, Callable[[], Engine]] = {
    "application/gzip": lambda: _Gunzip(),  # noqa: PLW0108 - defined below
    "application/x-bzip2": lambda: cast("Engine", bz2.BZ2Decompressor()),
    "application/x-xz": lambda: cast("Engine", lzma.LZMADecompressor()),
}
_PROGRAMS = frozenset(
    {
        "application/x-7z-compressed",
        "application/vnd.rar",
        "application/zstd",
        "application/vnd.ms-cab-compressed",
        "application/x-cpio",
    }
)
ARCHIVES = frozenset({ZIP, TAR, *_ENGINES, *_PROGRAMS})
#: Archives that only a program written in C can open: they need the box.
NATIVE = _PROGRAMS
_DAMAGE = (
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
        except _DAMAGE as error:
            member.fail(f"damaged ({type(error).__name__})", state=State.PARTIAL)


def open_archive(
    file: IO[bytes], media_type: str, budget: Budget, passwords: Sequence[str] = (), path: str | None = None
) -> Archive:
    """Open an archive for streaming. `path` is where it lies, for programs that need a file. Never raises for bad input."""
    if media_type == ZIP:
        return Zip(media_type, budget, file=file, passwords=tuple(passwords), path=path)
    if media_type == TAR:
        return Tar(media_type, budget, file=file)
    if media_type in _ENGINES:
        return _open_stream(file, media_type, budget)
    from leakdesk.intake.programs import Program

    return Program(media_type, budget, path=path, passwords=tuple(passwords))


# --- zip -----------------------------------------------------------------------------------------------------------------

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_ENTRY = b"PK\x03\x04"


def count_zip(file: IO[bytes]) -> int | None:
    """Entries of a zip's central directory that are no folders, by walking its records; None without a directory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return None
    length, offset = struct.unpack_from("<LL", tail, at + 12)
    begin = size - len(tail) + at - length
    if 0xFFFFFFFF in (length, offset) and (far := tail.rfind(b"PK\x06\x06")) >= 0 and len(tail) >= far + 56:
        length = struct.unpack_from("<Q", tail, far + 40)[0]
        begin = size - len(tail) + far - length
    if begin < 0 or length > size:
        return None
    file.seek(begin)
    return _count_entries(file.read(length))


def _count_entries(directory: bytes) -> int:
    at = found = 0
    while directory[at : at + 4] == _DIRECTORY_ENTRY and at + 46 <= len(directory):
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        found += directory[at + 46 + name - 1 : at + 46 + name] != b"/"
        at += 46 + name + extra + comment
    return found


@dataclass(slots=True)
class Zip(BaseArchive):
    """A zip, by its central directory in order; a damaged one by its local headers."""

    file: IO[bytes] = field(default_factory=io.BytesIO)
    passwords: tuple[str, ...] = ()
    path: str | None = None

    def members(self) -> Iterator[Member]:
        """Every entry that is no folder."""
        self.listed = count_zip(self.file) or 0
        self.file.seek(0)
        try:
            opened = zipfile.ZipFile(self.file)
        except _DAMAGE:
            yield from self._salvage()
            return
        with opened:
            for info in opened.infolist():
                if not info.is_dir():
                    yield self._member(opened, info)

    def _member(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
        member = Member(*_zip_name(info))
        mode = info.external_attr >> 16
        if info.create_system == 3 and mode:
            member.traces["mode"] = oct(mode)
        hit = self.budget.spend_member()
        if hit:
            member.fail("not opened: too many members", hit)
            self.stop("stopped: too many members", hit)
        elif self.budget.bytes < 0:
            member.fail("not opened: too much came out of this archive before", "expansion")
        else:
            member.pieces = self.guarded(member, self._pieces(opened, info, member))
            if mode & 0o170000 == 0o120000:
                member.notes.append(
                    Note(rule="link", sentence="a symbolic link: its content is where it points, not followed")
                )
        return member

    def _pieces(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo, member: Member) -> Iterator[bytes]:
        if info.flag_bits & 1 and info.compress_type == aes_zip.METHOD:
            yield from aes_zip.pieces(self.file, info, self.passwords)
            return
        with self._open(opened, info) as stream:
            # The checksum is compared here, so that a wrong one costs no bytes.
            stream._expected_crc = None  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
            checksum, size = 0, 0
            while piece := stream.read(_PIECE):
                checksum = zlib.crc32(piece, checksum)
                size += len(piece)
                yield piece
        if checksum != info.CRC or size != info.file_size:
            member.fail("damaged: its checksum or size differs from the archive's directory", state=State.PARTIAL)

    def _open(self, opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
        if not info.flag_bits & 1:
            return opened.open(info)
        for password in self.passwords:
            try:
                with opened.open(info, pwd=password.encode()) as trial:
                    if _intact(trial):
                        return opened.open(info, pwd=password.encode())
            except (RuntimeError, *_DAMAGE):
                continue
        raise RuntimeError("no password opens it")

    def _salvage(self) -> Iterator[Member]:
        """Members of a zip whose directory is missing or wrong, from the local headers in front of each."""
        self.stop("damaged: the archive's directory cannot be read; members were taken from what stands before each")
        self.listed = 0
        at, size = 0, self.file.seek(0, io.SEEK_END)
        while (found := _find(self.file, _LOCAL_ENTRY, at)) is not None:
            self.file.seek(found)
            header = self.file.read(30)
            if len(header) < 30:
                break
            flags, method = struct.unpack_from("<HH", header, 6)
            crc, packed, _, name_size, extra_size = struct.unpack_from("<LLLHH", header, 14)
            raw = self.file.read(name_size)
            at = found + 30 + name_size + extra_size
            if not raw or raw.endswith(b"/"):
                continue
            self.listed += 1
            yield self._salvaged(raw, at, min(packed, size - at), (flags, method, crc, packed))
            at += packed if packed and not flags & 8 else 0

    def _salvaged(self, raw: bytes, start: int, packed: int, header: tuple[int, int, int, int]) -> Member:
        flags, method, crc, declared = header
        member = Member(*decoded_name(raw, utf8=bool(flags & 0x800)))
        hit = self.budget.spend_member()
        if hit:
            member.fail("not opened: too many members", hit)
        elif flags & 1:
            member.fail("locked, in a damaged archive")
        elif method not in (0, 8) or declared != packed:
            member.fail("damaged: the archive ends before this member does" if declared != packed else "damaged")
        else:
            member.pieces = self.guarded(
                member, self._inflate(member, start, packed, method, None if flags & 8 else crc)
            )
        return member

    def _inflate(self, member: Member, start: int, packed: int, method: int, crc: int | None) -> Iterator[bytes]:
        self.file.seek(start)
        engine = zlib.decompressobj(-15) if method == 8 else None
        left = packed if packed else 1 << 62
        checksum = 0
        while left and (data := self.file.read(min(_PIECE, left))):
            left -= len(data)
            while data:
                piece = engine.decompress(data, 4 * _PIECE) if engine else data
                data = engine.unconsumed_tail if engine else b""
                checksum = zlib.crc32(piece, checksum)
                yield piece
            if engine and engine.eof:
                break
        if (crc is not None and checksum != crc) or (engine and not engine.eof):
            member.fail("damaged: its checksum differs", state=State.PARTIAL)


def _intact(stream: IO[bytes]) -> bool:
    while stream.read(_PIECE):
        pass
    return True


def _find(file: IO[bytes], mark: bytes, start: int) -> int | None:
    file.seek(start)
    base, carry = start, b""
    while piece := file.read(_PIECE):
        data = carry + piece
        found = data.find(mark)
        if found >= 0:
            return base - len(carry) + found
        base += len(piece)
        carry = data[-len(mark) + 1 :]
    return None


def _zip_name(info: zipfile.ZipInfo) -> tuple[str, bytes | None]:
    if info.flag_bits & 0x800:
        return decoded_name(info.orig_filename.encode("utf-8", "surrogateescape"), utf8=True)
    return decoded_name(info.orig_filename.encode("cp437", "replace"), utf8=False)


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


# --- tar -----------------------------------------------------------------------------------------------------------------


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
            self.skip = (_tar_number(block[124:136]) + 511) // 512 * 512
        folder = kind == b"\0" and name.endswith(b"/")
        if kind in _TAR_MEMBERS and not folder:
            self.names.append(name)


#: Type flags of headers that are members: files of all kinds, links, devices, pipes.
_TAR_MEMBERS = frozenset({b"\0", b"0", b"1", b"2", b"3", b"4", b"6", b"7", b"S"})


def _tar_number(raw: bytes) -> int:
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
        except _DAMAGE as error:
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
            while piece := stream.read(_PIECE):
                size += len(piece)
                yield piece
        except _DAMAGE:
            pass
        if size < info.size:
            member.fail("truncated: the archive ends before this member does", state=State.PARTIAL)


# --- one compressed stream -------------------------------------------------------------------------------------------------


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


class _Gunzip:
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
        wanted = _PIECE if size < 0 else size
        pieces: list[bytes] = []
        while wanted and not self.ended:
            piece = self._some(wanted)
            pieces.append(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def _some(self, wanted: int) -> bytes:
        try:
            return self._step(wanted)
        except _DAMAGE as error:
            self.ended, self.broken = True, type(error).__name__
            return b""

    def _step(self, wanted: int) -> bytes:
        fresh = b""
        if self.engine is None:
            fresh = self.inner.read(1)
            if not fresh.strip(b"\0"):
                self.ended = not fresh
                return b""
            self.engine = _ENGINES[self.media_type]()
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


def _open_stream(file: IO[bytes], media_type: str, budget: Budget) -> Archive:
    """A compressed tar is one container; any other compressed file is a container of one member."""
    head = Inflated(file, media_type).read(1024)
    file.seek(0)
    if is_tar(head):
        return Tar(media_type, budget, file=cast(IO[bytes], Inflated(file, media_type)))
    return Single(media_type, budget, file=file)


def is_tar(head: bytes) -> bool:
    """True where a tar header stands at the beginning (its checksum is right)."""
    if len(head) < 512 or not head[:512].strip(b"\0"):
        return False
    stored = _tar_number(head[148:156])
    return stored == sum(head[:148]) + 256 + sum(head[156:512])


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
        while piece := stream.read(_PIECE):
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
