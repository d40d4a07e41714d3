"""Heaps of Outlook's stores ([MS-PST] 2.3.1 and 2.3.2): small values and B-trees inside the data of a node."""

from __future__ import annotations

import struct

#: Bytes of data in a block of a heap that spans several.
_BLOCK = 8176


def heap_value(data: bytes, identifier: int) -> bytes:
    """A value of a heap by its id; b"" where there is none. Raises struct.error for a torn heap."""
    index, block = (identifier >> 5) & 0x7FF, identifier >> 16
    page = data[block * _BLOCK : (block + 1) * _BLOCK]
    (table,) = struct.unpack_from("<H", page)
    count = struct.unpack_from("<H", page, table)[0]
    if not 1 <= index <= count:
        return b""
    start, end = struct.unpack_from("<HH", page, table + 4 + 2 * (index - 1))
    return page[start:end]


def leaves(data: bytes, top: int, levels: int, key: int = 2) -> list[bytes]:
    """The leaf records of a B-tree in a heap; `key` is the size of its keys."""
    nodes = [heap_value(data, top)] if top else []
    step = key + 4
    for _ in range(min(levels, 8)):
        nodes = [
            heap_value(data, struct.unpack_from("<I", node, at + key)[0])
            for node in nodes
            for at in range(0, len(node) - step + 1, step)
        ]
    return nodes
