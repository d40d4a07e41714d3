"""A store of Outlook 2003 rewritten in the formats of other years, for want of real ones: `as_old` in that of Outlook 97 to
2002 ([MS-PST] 2.2, "ANSI", 32-bit fields), `as_new` in that of Outlook 2013 (pages of 4,096 bytes, blocks that may be packed).

Pages, blocks, trees and header are made anew; what stands in the blocks of data is the same. So the items must be the same.
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


def as_new(data: bytes, *, packed: bool = False) -> bytes:
    """The same store in the format of Outlook 2013, with larger blocks packed or not."""
    node_root, block_root = struct.unpack_from("<Q8xQ", data, 0xE0)
    out = bytearray(4096)
    placed: list[tuple[int, bytes]] = []
    for entry in _leaves(data, block_root, 24):
        bid, at, size = struct.unpack_from("<QQH", entry)
        whole = data[at : at + size]
        block = zlib.compress(whole) if packed and not bid & 2 and size > 200 else whole
        out += bytes(-len(out) % 512)
        placed.append((bid, struct.pack("<QQHHHH", bid, len(out), len(block), size, 2, 0)))
        sign, room = _sign(len(out), bid), -(len(block) + 24) % 512
        out += block + bytes(room) + struct.pack("<HHIQHHI", len(block), sign, _sum(block), bid, 0, size, 0)
    nodes = [
        (struct.unpack_from("<Q", entry)[0], entry[:28].ljust(32, b"\0")) for entry in _leaves(data, node_root, 32)
    ]
    roots = [_wide_tree(out, _NODES, nodes, 32), _wide_tree(out, _BLOCKS, placed, 24)]
    head = bytearray(data[:564])
    head[10] = 36
    struct.pack_into("<Q", head, 184, len(out))
    struct.pack_into("<QQQQ", head, 216, *roots[0], *roots[1])
    struct.pack_into("<I", head, 4, _sum(head[8:479]))
    struct.pack_into("<I", head, 524, _sum(head[8:524]))
    out[:564] = head
    return bytes(out)


def _wide_tree(out: bytearray, kind: int, entries: list[tuple[int, bytes]], size: int) -> tuple[int, int]:
    level, step, rows = 0, size, sorted(entries)
    while True:
        most = 4056 // step
        above: list[tuple[int, bytes]] = []
        for first in range(0, len(rows), most):
            some = rows[first : first + most]
            out += bytes(-len(out) % 4096)
            at, number = len(out), 0x10000 + len(out) // 4096 * 4
            counts = struct.pack("<HHBBHQ", len(some), most, step, level, 0, 0)
            body = b"".join(row for _, row in some).ljust(4056, b"\0") + counts
            out += body + struct.pack("<BBHIQQ", kind, kind, _sign(at, number), _sum(body), number, 0)
            above.append((some[0][0], struct.pack("<QQQ", some[0][0], number, at)))
        if len(above) == 1:
            return struct.unpack_from("<QQ", above[0][1], 8)
        rows, level, step = above, level + 1, 24


def _sign(at: int, number: int) -> int:
    return ((at ^ number) >> 16 ^ (at ^ number) & 0xFFFF) & 0xFFFF


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
    return block + bytes(room) + struct.pack("<HHII", len(block), _sign(at, bid), bid, _sum(block))


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
            out += body + struct.pack("<BBHII", kind, kind, _sign(at, number), number, _sum(body))
            above.append((some[0][0], struct.pack("<III", some[0][0], number, at)))
        if len(above) == 1:
            return struct.unpack_from("<II", above[0][1], 4)
        rows, level, step = above, level + 1, 12


def _sum(data: bytes | bytearray) -> int:
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _header(data: bytes, size: int, roots: list[tuple[int, int]]) -> bytes:
    root = struct.pack("<IIIII", 0, size, 0, 0, 0) + struct.pack("<IIII", *roots[0], *roots[1]) + bytes((0, 0, 0, 0))
    rest = struct.pack("<HHBBII", 14, 19, 1, 1, 0, 0) + struct.pack("<III", 0x1000, 0x20000, 1) + bytes(128) + root
    made = b"!BDN" + bytes(4) + b"SM" + rest + b"\xff" * 256 + bytes((0x80, data[513]))
    made = made.ljust(512, b"\0")
    return made[:4] + struct.pack("<I", _sum(made[8:479])) + made[8:]
