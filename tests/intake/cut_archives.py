"""Archives in volumes, made by code: no free program writes rar, and few write locked 7z files."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from collections.abc import Sequence

#: A 7z file whose names are locked too (password "kiln"): act.txt and more/b.txt. Written once by another library.
LOCKED_NAMES = b64decode(
    "N3q8ryccAATM9znF4AAAAAAAAAAqAAAAAAAAANoB/nI6Laiot0R+MNWqFdPtOa+YEfKf1V5etFh1p9xV3gJEfLa6AqlXBaewD72O"
    "jbT56X/NxIqYlvV8/eKNGOSSg3Lj3TIWu0V5Q3loTm51ZOxFEwFJSwjQhKMwQffXDNnqcGwwk1lkNH8cqEY8K4qFhlmCM3hlh9CP"
    "4Z43NyeacRZjSqjcCaCJRV512DmtrhsWgezo+74QmCigrdNjqZiUUuXDK871CUTBKFdCn3cNoU7QazQgLc886spVYUPyvGLKUm0d"
    "xQcf76SQYcc6iaBIE3N4u4aGP7mnLhgvBgHQzxaqCBcGQAEJgKAABwsBAAEkBvEHARJTDw2q9LzNR0dVANTKl7OWuF4MgJMAAA=="
)
ACT = b"The furnace stands in the second hall.\n"


def _block(kind: int, flags: int, body: bytes, more: bytes = b"") -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + more


def _file(name: str, data: bytes, chunk: bytes, *, before: bool, after: bool) -> bytes:
    checksum, raw = zlib.crc32(chunk if after else data), name.encode()
    body = struct.pack("<LLBLLBBHL", len(chunk), len(data), 3, checksum, 0x5A213C00, 20, 0x30, len(raw), 0o100644)
    return _block(0x74, 0x8000 | before | (after << 1), body + raw, chunk)


def rar_volumes(files: Sequence[tuple[str, bytes]], size: int, *, new_names: bool = True) -> list[bytes]:
    """Volumes of a rar 4 archive of stored files, each holding `size` bytes of them."""
    parts: list[list[bytes]] = [[]]
    room = size
    for name, data in files:
        at, before = 0, False
        while True:
            chunk = data[at : at + room]
            at, room = at + len(chunk), room - len(chunk)
            parts[-1].append(_file(name, data, chunk, before=before, after=at < len(data)))
            if at >= len(data):
                break
            parts.append([])
            room, before = size, True
    made: list[bytes] = []
    for number, blocks in enumerate(parts):
        flags = 1 | (0x10 if new_names else 0) | (0x100 if number == 0 else 0)
        end = _block(0x7B, 0x4000 | (number < len(parts) - 1), b"")
        made.append(b"Rar!\x1a\x07\x00" + _block(0x73, flags, bytes(6)) + b"".join(blocks) + end)
    return made
