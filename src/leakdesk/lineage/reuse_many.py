"""Reuse among very many texts, in one pass and bounded memory: which of 100,000 reports are copies or versions of each other.

Each text becomes a MinHash signature of fixed size; signatures that agree in one of their bands are candidates and are
compared number by number. A band remembers only its first and its latest texts, so that a thousand copies of one agency text
cost a thousand comparisons and not half a million: they meet through their groups. Texts are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from leakdesk.language.reuse import SHINGLE, tokens

#: Numbers in a signature and bands it is cut into: 16 bands of 4 find nearly every pair from .6 similarity on.
NUMBERS, BANDS = 64, 16
#: Texts that a band remembers: the first and the latest ones.
REMEMBERED = 4
#: Estimated similarity of word shingles from which two texts count as versions of one.
SAME_FROM = 0.5

_Signature = np.ndarray[tuple[int], np.dtype[np.uint64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reused:
    """Two texts of which one was made from the other, or both from a third: `similarity` is an estimate, 0..1."""

    later: str
    earlier: str
    similarity: float


@dataclass(slots=True)
class ReuseIndex:
    """Texts are added one by one; `add` says which earlier ones they repeat. Memory: about 3 kB a text."""

    _names: list[str] = field(default_factory=list[str])
    _rows: list[_Signature] = field(default_factory=list[_Signature])
    _bands: dict[int, list[int]] = field(default_factory=dict[int, "list[int]"])
    _group: list[int] = field(default_factory=list[int])

    def add(self, name: str, text: str) -> tuple[Reused, ...]:
        """Add a text; the earlier texts that it repeats, most alike first. A text of too few words repeats nothing."""
        own = len(self._names)
        row = _signature(text)
        self._names.append(name)
        self._group.append(own)
        self._rows.append(row)
        if not row.size:
            return ()
        found: list[Reused] = []
        for other in sorted(self._meet(row, own)):
            alike = float(np.mean(self._rows[other] == row))
            if alike >= SAME_FROM:
                found.append(Reused(later=name, earlier=self._names[other], similarity=round(alike, 2)))
                self._join(own, other)
        return tuple(sorted(found, key=lambda each: -each.similarity))

    def groups(self) -> Iterator[tuple[str, ...]]:
        """Texts that belong together, each group in the order of adding; single texts are left out."""
        members: dict[int, list[str]] = {}
        for index, name in enumerate(self._names):
            members.setdefault(self._root(index), []).append(name)
        yield from (tuple(each) for each in members.values() if len(each) > 1)

    def _meet(self, row: _Signature, own: int) -> set[int]:
        met: set[int] = set()
        width = NUMBERS // BANDS
        for band in range(BANDS):
            key = hash((band, row[band * width : (band + 1) * width].tobytes()))
            known = self._bands.setdefault(key, [])
            met.update(known)
            known.append(own)
            if len(known) > REMEMBERED:
                del known[REMEMBERED // 2]
        return met

    def _root(self, index: int) -> int:
        while self._group[index] != index:
            self._group[index] = self._group[self._group[index]]
            index = self._group[index]
        return index

    def _join(self, a: int, b: int) -> None:
        left, right = self._root(a), self._root(b)
        self._group[max(left, right)] = min(left, right)


def _signature(text: str) -> _Signature:
    words = [token.text for token in tokens(text)]
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    joined = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    hashed = b"".join(blake2b(each.encode(), digest_size=8).digest() for each in joined)
    values = np.frombuffer(hashed, dtype="<u8").astype(np.uint64)
    return (values[None, :] * _FACTORS[:, None] + _TERMS[:, None]).min(axis=1)


def _numbers(seed: bytes) -> _Signature:
    raw = b"".join(blake2b(seed + bytes([n]), digest_size=8).digest() for n in range(NUMBERS))
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64)


_FACTORS, _TERMS = _numbers(b"factor") | np.uint64(1), _numbers(b"term")
