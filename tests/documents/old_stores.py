"""A store of Outlook 2003 rewritten in the format of Outlook 97 to 2002 ([MS-PST] 2.2, "ANSI"), for want of a real one.

Pages, blocks, trees and header are made anew with their 32-bit fields; what stands in the blocks of data is the same. So the
items must be the same too.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_NODES, _BLOCKS = 0x81, 0x80


def as_old(data: bytes) -> bytes:
    """The same store in the old format."""
    node_root, block_root = struct.unpack_from("<Q8xQ", data, 0xE0)
    out = bytearray(512)
    placed: list[tuple[int, bytes]] = []
    for entry in _leaves(data, block_root, 24):
        bid, at, size = struct.unpack_from("<QQH", entry)
        block = _narrow(data[at : at + size]) if bid & 2 else data[at : at + size]
        placed.append((bid, struct.pack("<IIHH", bid, len(out), len(block), 2)))
        out += _closed(block, bid, len(out))
    nodes: list[tuple[int, bytes]] = []
    for entry in _leaves(data, node_root, 32):
        nid, held, inside, parent = struct.unpack_from("<QQQI", entry)
        nodes.append((nid & 0xFFFFFFFF, struct.pack("<IIII", nid & 0xFFFFFFFF, held, inside, parent)))
    roots = [_tree(out, _NODES, nodes, 16), _tree(out, _BLOCKS, placed, 12)]
    out[:512] = _header(data, len(out), roots)
    return bytes(out)


def _leaves(data: bytes, at: int, size: int) -> Iterator[bytes]:
    page = data[at : at + 512]
    count, level = page[488], page[491]
    step = size if level == 0 else 24
    for number in range(count):
        entry = page[number * step : (number + 1) * step]
        if level == 0:
            yield entry
        else:
            yield from _leaves(data, struct.unpack_from("<Q", entry, 16)[0], size)


def _narrow(block: bytes) -> bytes:
    """A block that lists blocks or nodes, with numbers of four bytes."""
    kind, level, count = struct.unpack_from("<BBH", block)
    if kind == 1:
        numbers = struct.unpack_from(f"<{count}Q", block, 8)
        return block[:8] + struct.pack(f"<{count}I", *numbers)
    width = 3 if level == 0 else 2
    numbers = struct.unpack_from(f"<{count * width}Q", block, 8)
    return block[:4] + struct.pack(f"<{count * width}I", *(number & 0xFFFFFFFF for number in numbers))


def _closed(block: bytes, bid: int, at: int) -> bytes:
    room = -(len(block) + 12) % 64
    sign = (at ^ bid) >> 16 ^ (at ^ bid) & 0xFFFF
    return block + bytes(room) + struct.pack("<HHII", len(block), sign & 0xFFFF, bid, _sum(block))


def _tree(out: bytearray, kind: int, entries: list[tuple[int, bytes]], size: int) -> tuple[int, int]:
    """Append a B-tree; (number, offset) of its root page."""
    level, step = 0, size
    rows = sorted(entries)
    while True:
        most = 496 // step
        above: list[tuple[int, bytes]] = []
        for first in range(0, len(rows), most):
            some = rows[first : first + most]
            out += bytes(-len(out) % 512)
            at, number = len(out), 0x10000 + len(out) // 512 * 4
            body = b"".join(row for _, row in some).ljust(496, b"\0") + bytes((len(some), most, step, level))
            sign = (at ^ number) >> 16 ^ (at ^ number) & 0xFFFF
            out += body + struct.pack("<BBHII", kind, kind, sign & 0xFFFF, number, _sum(body))
            above.append((some[0][0], struct.pack("<III", some[0][0], number, at)))
        if len(above) == 1:
            return struct.unpack_from("<II", above[0][1], 4)
        rows, level, step = above, level + 1, 12


def _sum(data: bytes) -> int:
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _header(data: bytes, size: int, roots: list[tuple[int, int]]) -> bytes:
    root = struct.pack("<IIIII", 0, size, 0, 0, 0) + struct.pack("<IIII", *roots[0], *roots[1]) + bytes((0, 0, 0, 0))
    rest = struct.pack("<HHBBII", 14, 19, 1, 1, 0, 0) + struct.pack("<III", 0x1000, 0x20000, 1) + bytes(128) + root
    made = b"!BDN" + bytes(4) + b"SM" + rest + b"\xff" * 256 + bytes((0x80, data[513]))
    made = made.ljust(512, b"\0")
    return made[:4] + struct.pack("<I", _sum(made[8:479])) + made[8:]
