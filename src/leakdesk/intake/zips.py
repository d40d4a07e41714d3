"""Zips: by the central directory in its order; damaged ones by the header in front of each member."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from leakdesk.intake import aes_zip
from leakdesk.intake.members import DAMAGE, PIECE, BaseArchive, Member, decoded_name
from leakdesk.model.document import Note, State

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
        except DAMAGE:
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
            while piece := stream.read(PIECE):
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
            except (RuntimeError, *DAMAGE):
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
        while left and (data := self.file.read(min(PIECE, left))):
            left -= len(data)
            while data:
                piece = engine.decompress(data, 4 * PIECE) if engine else data
                data = engine.unconsumed_tail if engine else b""
                checksum = zlib.crc32(piece, checksum)
                yield piece
            if engine and engine.eof:
                break
        if (crc is not None and checksum != crc) or (engine and not engine.eof):
            member.fail("damaged: its checksum differs", state=State.PARTIAL)


def _intact(stream: IO[bytes]) -> bool:
    while stream.read(PIECE):
        pass
    return True


def _find(file: IO[bytes], mark: bytes, start: int) -> int | None:
    file.seek(start)
    base, carry = start, b""
    while piece := file.read(PIECE):
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
