"""Text reuse: shingles, near-duplicates, aligned word runs. The one place for copies, variants, quoting and lineage.

Three questions, each with its own function:

- are two texts nearly the same?        `similarity` (Jaccard of word shingles), `containment` for a part of a larger one
- which of many texts are near copies?  `signature` (MinHash) and `near_duplicates` (bands of it, then exact similarity)
- which passages do they share?         `aligned_runs`: the longest common runs of words, each word used once

Hashes are BLAKE2 of the words, so every computer gives the same numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

#: Words in a shingle. Five is the usual length for news and mail: shorter ones meet by chance, longer ones break at each edit.
SHINGLE = 5
#: Numbers in a MinHash signature, and how they are cut into bands: 32 bands of 4 find pairs from about .42 similarity on.
PERMUTATIONS, BANDS = 128, 32
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")


class Token(NamedTuple):
    """A word of a text: lower case, ё as е, and its code points [start, end)."""

    text: str
    start: int
    end: int


class Run(NamedTuple):
    """A passage two texts share: token positions in each, and its length in tokens."""

    left: int
    right: int
    length: int


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text with their places; punctuation and letter case do not count."""
    return tuple(
        Token(each.group().lower().replace("ё", "е"), each.start(), each.end()) for each in _WORD.finditer(text)
    )


def shingles(text: str | Sequence[str], size: int = SHINGLE) -> frozenset[int]:
    """64-bit hashes of all runs of `size` words; a shorter text is one shingle, an empty one has none."""
    words = [token.text for token in tokens(text)] if isinstance(text, str) else list(text)
    if not words:
        return frozenset()
    last = max(1, len(words) - size + 1)
    return frozenset(_hash(" ".join(words[at : at + size])) for at in range(last))


def similarity(left: str | frozenset[int], right: str | frozenset[int]) -> float:
    """Jaccard similarity of two texts (or of their shingles), 0..1; two empty texts are 0: nothing speaks for a copy."""
    a, b = _as_shingles(left), _as_shingles(right)
    return len(a & b) / len(a | b) if a and b else 0.0


def containment(part: str | frozenset[int], whole: str | frozenset[int]) -> float:
    """The share of the part's shingles that stand in the whole, 0..1."""
    a, b = _as_shingles(part), _as_shingles(whole)
    return len(a & b) / len(a) if a else 0.0


def signature(text: str | frozenset[int]) -> tuple[int, ...]:
    """MinHash of a text: 128 numbers; the share of equal ones estimates the similarity. () for an empty text."""
    found = _as_shingles(text)
    if not found:
        return ()
    values = np.fromiter(sorted(found), dtype=np.uint64, count=len(found))
    factors, terms = _permutations()
    # Multiply and add modulo 2^64 (numpy wraps around): a cheap permutation of the hashes for each odd factor.
    hashed = values[None, :] * factors[:, None] + terms[:, None]
    return tuple(int(value) for value in hashed.min(axis=1))


def near_duplicates(
    texts: Mapping[str, str | frozenset[int]], threshold: float = 0.8
) -> tuple[tuple[str, str, float], ...]:
    """All pairs of ids whose texts are at least `threshold` similar, with the exact similarity; in order of ids."""
    prepared = {name: _as_shingles(text) for name, text in texts.items()}
    rows = PERMUTATIONS // BANDS
    buckets: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for name in sorted(prepared):
        numbers = signature(prepared[name])
        for band in range(BANDS if numbers else 0):
            buckets[band, numbers[band * rows : (band + 1) * rows]].append(name)
    pairs = {(a, b) for names in buckets.values() for at, a in enumerate(names) for b in names[at + 1 :]}
    scored = ((a, b, similarity(prepared[a], prepared[b])) for a, b in sorted(pairs))
    return tuple(pair for pair in scored if pair[2] >= threshold)


def aligned_runs(left: Sequence[str], right: Sequence[str], min_len: int = 4) -> tuple[Run, ...]:
    """Greedy string tiling: the longest common runs of at least `min_len` tokens, no token used twice, in order of the left.

    >>> aligned_runs("a b c d e".split(), "x b c d y".split(), 3)
    (Run(left=1, right=1, length=3),)
    """
    if min_len < 1:
        raise ValueError("a run has at least one token")
    candidates = sorted(_maximal_runs(left, right, min_len), key=lambda run: (-run.length, run.left, run.right))
    used_left, used_right = bytearray(len(left)), bytearray(len(right))
    chosen: list[Run] = []
    for run in candidates:
        for piece in _free_pieces(run, used_left, used_right):
            if piece.length >= min_len:
                chosen.append(piece)
                used_left[piece.left : piece.left + piece.length] = b"\1" * piece.length
                used_right[piece.right : piece.right + piece.length] = b"\1" * piece.length
    return tuple(sorted(chosen))


#: A run of words that stands in a text more often than this is boilerplate; only its first places are aligned.
_MOST_PLACES = 50


def _maximal_runs(left: Sequence[str], right: Sequence[str], min_len: int) -> Iterable[Run]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(right) - min_len + 1):
        places[tuple(right[at : at + min_len])].append(at)
    for at in range(len(left) - min_len + 1):
        for other in places.get(tuple(left[at : at + min_len]), ())[:_MOST_PLACES]:
            if at and other and left[at - 1] == right[other - 1]:
                continue  # the run began earlier
            length = min_len
            while (
                at + length < len(left) and other + length < len(right) and left[at + length] == right[other + length]
            ):
                length += 1
            yield Run(at, other, length)


def _free_pieces(run: Run, used_left: bytearray, used_right: bytearray) -> list[Run]:
    pieces: list[Run] = []
    start = 0
    for step in range(run.length + 1):
        taken = step == run.length or used_left[run.left + step] or used_right[run.right + step]
        if taken:
            if step > start:
                pieces.append(Run(run.left + start, run.right + start, step - start))
            start = step + 1
    return pieces


def _as_shingles(text: str | frozenset[int]) -> frozenset[int]:
    return shingles(text) if isinstance(text, str) else text


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    raw = np.frombuffer(
        b"".join(blake2b(b"leakdesk minhash %d" % n, digest_size=8).digest() for n in range(2 * PERMUTATIONS)),
        dtype=">u8",
    )
    return raw[:PERMUTATIONS].astype(np.uint64) | np.uint64(1), raw[PERMUTATIONS:].astype(np.uint64)
