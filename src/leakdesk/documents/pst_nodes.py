"""The nodes of a PST or OST file by our own reader ([MS-PST] 2.2): for items that libpff stumbles over.

Only what that takes: the two B-trees of the file, blocks of data (plain, or under the fixed substitution that Outlook calls
encryption), subnodes, and the list of a folder's items. Files of Outlook 2003 and later, of Outlook 97 to 2002 with their shorter
numbers, and of Outlook 2013 and later with their larger pages and packed blocks. For all others `Nodes.open` gives None.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from leakdesk.documents.heap import heap_value, leaves

#: [MS-PST] 5.1: the fixed substitution, as data of the format.
_SUBSTITUTION = bytes.fromhex(
    "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a6b1df3fb8f2697ca911701c4322d6e31"
    "95ffd923d1005e79dc443b1a28c5615720903d83b943be67d2464276c06d5b7eb20f16293ca903540dda5ddff6b7c762cd8d06d3695c86d614f7a566"
    "75acb1e94521700c879f74a4224c6fbf1f56aa2eb3783350b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab55904ea40552551e57a89386852"
    "7bfc27aed7bdfa07f4cc8e5fef359c842b15d5773449b6120a7f7188fd9d18417d93d8582ccefe24afdeb836c8a180a69998a82f0e816573e4c2a28a"
    "d4e111d0088b2af2ed9a643fc16cf9ec"
)
_PLAIN, _PERMUTED = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide numbers are in a file, and where things stand that depend on it: in the header the encryption and the offsets of
    the two trees, in a page of which size the number of its entries [from, to) and its level, in a list of subnodes the first
    entry; and whether blocks may be packed."""

    number: str
    width: int
    method: int
    roots: tuple[int, int]
    page: int
    count: tuple[int, int]
    level: int
    listed: int
    packed: bool = False

    def at(self, data: bytes, place: int) -> int:
        """The number that stands `place` numbers from the start."""
        return int(struct.unpack_from(f"<{self.number}", data, place * self.width)[0])


#: By version (wVer).
_LONG = Shape("Q", 8, 513, (0xE0, 0xF0), 512, (488, 489), 491, 8)
_SHORT = Shape("I", 4, 461, (188, 196), 512, (496, 497), 499, 4)
_WIDE = Shape("Q", 8, 513, (0xE0, 0xF0), 4096, (4056, 4058), 4061, 8, packed=True)
_SHAPES = {14: _SHORT, 15: _SHORT, 21: _LONG, 23: _LONG, 36: _WIDE}
_DEEPEST = 8
_LARGEST = 64 << 20
#: Node types: the contents table of a folder.
_CONTENTS = 0x0E
#: ... and an item.
_MESSAGE = 0x04


@dataclass(slots=True)
class Nodes:
    """An opened store."""

    file: IO[bytes]
    shape: Shape
    method: int
    node_root: int
    block_root: int
    _contents: dict[int, list[int]] = field(default_factory=dict[int, list[int]])

    @classmethod
    def open(cls, path: Path | str) -> Nodes | None:
        """Open a store; None where it is of a kind that is not read here."""
        file = Path(path).open("rb")  # noqa: SIM115 - closed by `close`
        head = file.read(564)
        shape = _SHAPES.get(head[10]) if len(head) == 564 and head[:4] == b"!BDN" else None
        if shape is None or head[shape.method] not in (_PLAIN, _PERMUTED):
            file.close()
            return None
        nodes, blocks = (int(struct.unpack_from(f"<{shape.number}", head, at)[0]) for at in shape.roots)
        return cls(file, shape, head[shape.method], nodes, blocks)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def heap_of(self, node: int) -> bytes:
        """The data of a node, b"" where there is none. Raises struct.error or OSError for a damaged file."""
        entry = self._find(self.node_root, node, 4)
        return self._data(self.shape.at(entry, 1)) if entry else b""

    def inside_of(self, node: int) -> int:
        """The block that lists what is inside a node; 0 where there is none."""
        entry = self._find(self.node_root, node, 4)
        return self.shape.at(entry, 2) if entry else 0

    def inside(self, node: int) -> dict[int, tuple[int, int]]:
        """The nodes inside a node: id -> (block of its data, block of what is inside it)."""
        return self.below(self.inside_of(node))

    def below(self, block: int) -> dict[int, tuple[int, int]]:
        """The same, by the block that lists them."""
        found = self._subnodes(block, 0) if block else ()
        return {identity & 0xFFFFFFFF: (data, inner) for identity, data, inner in found}

    def data(self, block: int) -> bytes:
        """The data that a block leads to."""
        return self._data(block)

    def items_of(self, folder: int) -> list[int]:
        """The nodes of a folder's items, in its own order."""
        if folder not in self._contents:
            self._contents[folder] = row_ids(self.heap_of(folder & ~0x1F | _CONTENTS))
        return self._contents[folder]

    def messages(self) -> Iterator[int]:
        """Every node that is an item, whether a folder lists it or not. Raises struct.error or OSError for a damaged file."""
        return (node for node in self._all(self.node_root, 0) if node & 0x1F == _MESSAGE)

    # --- B-trees and blocks ----------------------------------------------------------------------------------------------

    def _read(self, at: int, size: int) -> bytes:
        self.file.seek(at)
        return self.file.read(min(size, _LARGEST))

    def _all(self, at: int, depth: int) -> Iterator[int]:
        """The nodes below a page of the node tree."""
        shape, page = self.shape, self._read(at, self.shape.page)
        count, level = int.from_bytes(page[slice(*shape.count)], "little"), page[shape.level]
        step = (4 if level == 0 else 3) * shape.width
        for number in range(min(count, shape.count[0] // step)):
            entry = page[number * step : (number + 1) * step]
            if level == 0:
                yield shape.at(entry, 0) & 0xFFFFFFFF
            elif depth < _DEEPEST:
                yield from self._all(shape.at(entry, 2), depth + 1)

    def _find(self, root: int, key: int, numbers: int) -> bytes | None:
        """The leaf entry of a key; leaves have entries of so many numbers, inner pages of three."""
        shape, at = self.shape, root
        for _ in range(_DEEPEST):
            page = self._read(at, shape.page)
            count, level = int.from_bytes(page[slice(*shape.count)], "little"), page[shape.level]
            step = (numbers if level == 0 else 3) * shape.width
            entries = [page[n * step : (n + 1) * step] for n in range(count)]
            fitting = [entry for entry in entries if shape.at(entry, 0) <= key]
            if not fitting:
                return None
            if level == 0:
                found = fitting[-1]
                return found if shape.at(found, 0) & ~1 == key & ~1 else None
            at = shape.at(fitting[-1], 2)
        return None

    def _block(self, identity: int) -> tuple[bytes, bool]:
        """The bytes of a block, and whether it is one of the file's own."""
        key = identity & ~1
        entry = self._find(self.block_root, key, 3)
        if entry is None:
            return b"", False
        size, whole = struct.unpack_from("<HH", entry, 2 * self.shape.width)
        raw = self._read(self.shape.at(entry, 1), size)
        if self.shape.packed and whole > size:
            raw = _unpacked(raw, whole)
        return raw, bool(key & 2)

    def _data(self, identity: int, depth: int = 0) -> bytes:
        raw, internal = self._block(identity)
        if not internal:
            return raw.translate(_SUBSTITUTION) if self.method == _PERMUTED else raw
        if len(raw) < 8 or raw[0] != 1 or depth > 2:
            return b""
        (count,) = struct.unpack_from("<H", raw, 2)
        children = struct.unpack_from(f"<{min(count, (len(raw) - 8) // self.shape.width)}{self.shape.number}", raw, 8)
        return b"".join(self._data(child, depth + 1) for child in children)

    def _subnodes(self, identity: int, depth: int) -> Iterator[tuple[int, int, int]]:
        """(node, block of its data, block of what is inside) of the nodes below a block of subnodes."""
        raw, _ = self._block(identity)
        if len(raw) < 8 or raw[0] != 2 or depth > 2:
            return
        (count,) = struct.unpack_from("<H", raw, 2)
        step = (3 if raw[1] == 0 else 2) * self.shape.width
        for number in range(min(count, (len(raw) - self.shape.listed) // step)):
            entry = raw[self.shape.listed + number * step :][:step]
            if raw[1] == 0:
                yield self.shape.at(entry, 0), self.shape.at(entry, 1), self.shape.at(entry, 2)
            else:
                yield from self._subnodes(self.shape.at(entry, 1), depth + 1)


def _unpacked(raw: bytes, size: int) -> bytes:
    """A packed block; b"" for one that is damaged."""
    try:
        return zlib.decompressobj().decompress(raw, size)
    except zlib.error:
        return b""


def row_ids(heap: bytes) -> list[int]:
    """The row ids of a table context, in the order of its rows."""
    if len(heap) < 8:
        return []
    table = heap_value(heap, struct.unpack_from("<I", heap, 4)[0])
    if len(table) < 22 or table[0] != 0x7C:
        return []
    header = heap_value(heap, struct.unpack_from("<I", table, 10)[0])
    if len(header) < 8:
        return []
    # A row's place has two bytes in files of Outlook 97 to 2002, four later.
    size, levels, top = header[2], header[3], struct.unpack_from("<I", header, 4)[0]
    rows = [
        (int.from_bytes(leaf[at : at + 4], "little"), int.from_bytes(leaf[at + 4 : at + 4 + size], "little"))
        for leaf in leaves(heap, top, levels, key=4)
        for at in range(0, len(leaf) - 3 - size, 4 + size)
    ]
    return [node for node, _ in sorted(rows, key=lambda row: row[1])]


#: Property types whose value stands in the row itself; all others stand in the heap or in a node.
_IN_ROW = frozenset({0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0B, 0x14, 0x40})
Values = dict[int, tuple[int, bytes]]


def row_values(heap: bytes, beside: Callable[[int], bytes | None]) -> list[Values]:
    """The rows of a table context as properties: id -> (type, value)."""
    count = len(row_ids(heap))
    if not count:
        return []
    table = heap_value(heap, struct.unpack_from("<I", heap, 4)[0])
    width, place = struct.unpack_from("<H", table, 8)[0], struct.unpack_from("<I", table, 14)[0]
    matrix = (beside(place) or b"") if place & 0x1F else heap_value(heap, place)
    columns = [struct.unpack_from("<HHHBB", table, 22 + 8 * n) for n in range(min(table[1], (len(table) - 22) // 8))]
    bits = struct.unpack_from("<H", table, 6)[0]
    fitting = 8176 // width if width else 0
    rows: list[Values] = []
    for number in range(count if fitting else 0):
        at = number // fitting * 8176 + number % fitting * width
        row = matrix[at : at + width]
        if len(row) == width:
            rows.append(_row_values(heap, beside, row, columns, bits))
    return rows


def _row_values(
    heap: bytes,
    beside: Callable[[int], bytes | None],
    row: bytes,
    columns: list[tuple[int, int, int, int, int]],
    bits: int,
) -> Values:
    found: Values = {}
    for kind, name, start, size, bit in columns:
        if bits + bit // 8 >= len(row) or not row[bits + bit // 8] & (0x80 >> bit % 8):
            continue
        raw = row[start : start + size]
        if kind in _IN_ROW:
            found[name] = (kind, raw.ljust(4, b"\0"))
        elif len(raw) == 4 and (value := struct.unpack("<I", raw)[0]):
            found[name] = (kind, (beside(value) or b"") if value & 0x1F else heap_value(heap, value))
    return found
