"""Members of a zip file whose directory is missing or cut off, read from the local headers that are still there."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from leakdesk.documents.hints import ReaderLimits

_LOCAL = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_LARGEST = 64 << 20


def members(data: bytes, limits: ReaderLimits) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each member that can still be read, at least in its beginning."""
    at = data.find(_LOCAL)
    count = 0
    while 0 <= at <= len(data) - 30 and count < limits.members:
        flags, method, size, name_length, extra = struct.unpack("<4x2xHH8xI4xHH", data[at : at + 30])
        start = at + 30 + name_length + extra
        name = data[at + 30 : at + 30 + name_length].decode("utf-8" if flags & 0x800 else "cp437", "replace")
        content, used = _content(data, start, method, size)
        if content is not None:
            yield name, content
        count += 1
        at = data.find(_LOCAL, max(start + used, at + 4))


def _content(data: bytes, start: int, method: int, size: int) -> tuple[bytes | None, int]:
    if method == _STORED:
        return data[start : start + size], size
    if method != _DEFLATED:
        return None, 0
    inflater = zlib.decompressobj(-15)
    try:
        content = inflater.decompress(data[start:], _LARGEST)
    except zlib.error:
        return None, 0
    return content, len(data) - start - len(inflater.unused_data) if inflater.eof else 0
