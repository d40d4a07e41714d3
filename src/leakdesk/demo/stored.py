"""Containers whose bytes never depend on a compression library: zip, tar.gz and PNG, all with stored data.

Compressors differ between library versions; a parcel that must be the same bytes on every computer cannot use them.
"""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable

_BLOCK = 0xFFFF  # longest stored block of the deflate format


def stored_deflate(data: bytes) -> bytes:
    """A raw deflate stream that only stores."""
    starts = range(0, len(data), _BLOCK) if data else range(1)
    blocks: list[bytes] = []
    for start in starts:
        piece = data[start : start + _BLOCK]
        last = start + _BLOCK >= len(data)
        blocks.append(struct.pack("<BHH", last, len(piece), len(piece) ^ 0xFFFF) + piece)
    return b"".join(blocks)


def gzip_bytes(data: bytes) -> bytes:
    """A gzip file without name and time."""
    header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return header + stored_deflate(data) + struct.pack("<II", zlib.crc32(data), len(data))


def zlib_bytes(data: bytes) -> bytes:
    """A zlib stream that only stores."""
    return b"\x78\x01" + stored_deflate(data) + struct.pack(">I", zlib.adler32(data))


def zip_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive: members in the given order, no times of this computer."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            info.create_system = 3  # one answer on every system
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return out.getvalue()


def tar_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A tar archive of plain files that belong to nobody."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = len(data), 0o600, 946684800
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def png_bytes(width: int, height: int, rows: Iterable[bytes]) -> bytes:
    """A one-bit PNG from packed rows (0 is black)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = b"".join(b"\0" + row for row in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib_bytes(pixels)) + chunk(b"IEND", b"")
