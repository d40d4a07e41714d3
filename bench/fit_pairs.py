"""Fits the network that reads a claim and a sentence together (search/pair_weights.npz).

    python bench/fit_pairs.py [--from WEIGHTS] [--epochs N] [--groups SHARE] [--minutes N] [--write WEIGHTS]

Low-rank changes to the matrices of multilingual-e5-small (Hu and others 2021), its norms and a linear head, learned by Adam from
invented claims and letters in four languages (bench/pairs; their authors knew no rule of ours and read no story of the tests):

    bench/pairs/groups/*.tsv    a claim (C) and nine sentences: s tells it, p tells a part, c speaks against it, n does neither
    bench/pairs/stories/*.tsv   letters (L, number, language, sentence) and a report's claims (C) with the numbers that s, p, c it

A claim of a story is read beside what is marked and beside some of the other sentences, half of them those that share most words
with it. Printed at the end is how files that were kept away are read (groups 02 and 03 of some writers, stories 07 of all).
Needs jax and optax (`pip install jax optax`: for this bench alone), two cores and half an hour.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax  # pyright: ignore[reportMissingImports]
import jax.numpy as jnp  # pyright: ignore[reportMissingImports]
import numpy as np
import optax  # pyright: ignore[reportMissingImports]

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from leakdesk.search.e5_pack import Floats, Pack  # noqa: E402
from leakdesk.search.pair_reader import BETWEEN, KINDS, both, loaded, packed  # noqa: E402

LETTERS = {letter: number for number, letter in enumerate("spcn")}
KEPT_GROUPS = ("town_02", "med_02", "bank_03", "mine_03")
KEPT_STORIES = "_07"
RANK, BATCH, NEGATIVES = 16, 32, 6
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")

Weights = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """A claim, a sentence, and the number of what the one is to the other (`KINDS`)."""

    claim: str
    sentence: str
    kind: int


def groups(path: Path, chance: random.Random | None) -> Iterator[Sample]:
    """The pairs of one file; with `chance` also each claim beside a sentence of another group."""
    told: list[tuple[str, list[tuple[str, str]]]] = []
    for line in path.read_text("utf-8").splitlines():
        label, _, text = [*line.split("\t"), "", ""][:3]
        if label == "C":
            told.append((text, []))
        elif label in LETTERS and told:
            told[-1][1].append((label, text))
    for claim, sentences in told:
        yield from (Sample(claim, text, LETTERS[label]) for label, text in sentences)
        other = chance.choice(told) if chance else None
        if chance and other and other[0] != claim and other[1]:
            yield Sample(claim, chance.choice(other[1])[1], LETTERS["n"])


def stories(path: Path, chance: random.Random | None) -> Iterator[Sample]:
    """The pairs of one file; with `chance` only some of those that tell nothing."""
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        fields = [line.split("\t") for line in block.splitlines()]
        letters = {int(each[1]): each[3] for each in fields if each[0] == "L" and len(each) > 3}
        for claim in (each for each in fields if each[0] == "C" and len(each) > 2):
            marks = _marks(claim[3] if len(claim) > 3 else "")
            yield from (Sample(claim[2], letters[k], kind) for k, kind in marks.items() if k in letters)
            rest = sorted((k for k in letters if k not in marks), key=lambda k: -_in_common(claim[2], letters[k]))
            if chance:
                half = NEGATIVES // 2
                rest = rest[:half] + chance.sample(rest[half:], min(half, len(rest[half:])))
            yield from (Sample(claim[2], letters[k], LETTERS["n"]) for k in rest)


def _marks(said: str) -> dict[int, int]:
    parts = (part.split(":", 1) for part in said.split() if ":" in part)
    return {
        int(k): LETTERS[label]
        for label, numbers in parts
        if label in LETTERS
        for k in numbers.split(",")
        if k.isdigit()
    }


def _in_common(a: str, b: str) -> int:
    one, other = ({word[:5] for word in re.findall(r"\w{4,}|\d+", text.lower())} for text in (a, b))
    return len(one & other)


class Reader:
    """The network in JAX, so that it can learn; what it makes of a pair is what `search.pair_reader` makes of it."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.fixed: dict[str, jax.Array] = {}
        for layer in range(pack.layers):
            for name in _MATRICES:
                self.fixed[f"{layer}.{name}.w"] = jnp.asarray(pack.matrix(f"l{layer}.{name}.w").T)
                self.fixed[f"{layer}.{name}.b"] = jnp.asarray(pack.vector(f"l{layer}.{name}.b"))
            for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
                self.fixed[f"{layer}.{name}"] = jnp.asarray(pack.vector(f"l{layer}.{name}"))
        self.first = pack.vector("emb.ln.w"), pack.vector("emb.ln.b")
        self.places = pack.vector("emb.pos").reshape(-1, pack.width) + pack.vector("emb.type")[: pack.width]
        self._read: dict[str, list[int]] = {}

    def begin(self) -> Weights:
        """Changes that change nothing yet."""
        chance, width, inner = np.random.default_rng(0), self.pack.width, self.pack.inner
        made: dict[str, Floats] = {}
        for layer in range(self.pack.layers):
            for name in _MATRICES:
                going_in, out = (inner if name == "fo" else width), (inner if name == "fi" else width)
                made[f"{layer}.{name}.a"] = chance.normal(0, going_in**-0.5, (going_in, RANK)).astype(np.float32)
                made[f"{layer}.{name}.c"] = np.zeros((RANK, out), np.float32)
            made |= {f"{layer}.{name}": np.zeros(width, np.float32) for name in ("aln.w", "aln.b", "oln.w", "oln.b")}
        head = chance.normal(0, 0.02, (3 * width, len(KINDS))).astype(np.float32)
        return made | {"seg": np.zeros(width, np.float32), "head.w": head, "head.b": np.zeros(len(KINDS), np.float32)}

    def batch(self, samples: Sequence[Sample]) -> tuple[Floats, Floats, Floats, Any]:
        """(texts, pieces, width) as the pieces go in, what is a piece, what is one of the second sentence, and the kinds."""
        rows = [self.pieces(each) for each in samples]
        longest = -(-max(len(pieces) for pieces, _ in rows) // 16) * 16  # few shapes, few compilations
        numbers = np.full((len(rows), longest), self.pack.end)
        seen, second = np.zeros((2, len(rows), longest), np.float32)
        for row, (pieces, at) in enumerate(rows):
            numbers[row, : len(pieces)], seen[row, : len(pieces)], second[row, at : len(pieces)] = pieces, 1, 1
        known, back = np.unique(numbers, return_inverse=True)
        x = self.pack.matrix("emb.word", known)[back.reshape(numbers.shape)] + self.places[:longest]
        return x, seen, second, np.array([each.kind for each in samples])

    def pieces(self, sample: Sample) -> tuple[list[int], int]:
        for text in (sample.claim, sample.sentence):
            if text not in self._read:
                self._read[text] = self.pack.pieces(text)
        return both(self.pack, self._read[sample.claim], self._read[sample.sentence])

    def said(self, changes: Weights, fixed: dict[str, jax.Array], x: Any, seen: Any, second: Any) -> jax.Array:
        """The log odds of each kind: (texts, kinds)."""
        x = _normed(x + second[..., None] * changes["seg"], *self.first)
        blind = jnp.where(seen[:, None, None, :] > 0, 0.0, -1e9)
        for layer in range(self.pack.layers):
            x = self._layer(changes, fixed, layer, x, blind)
        one, other = seen * (1 - second), seen * second
        left, right = ((x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True) for mask in (one, other))
        return jnp.concatenate([left, right, left * right * BETWEEN], -1) @ changes["head.w"] + changes["head.b"]

    def _layer(self, changes: Weights, fixed: dict[str, jax.Array], layer: int, x: Any, blind: Any) -> Any:
        def through(x: Any, name: str) -> Any:
            key = f"{layer}.{name}"
            return x @ fixed[f"{key}.w"] + fixed[f"{key}.b"] + (x @ changes[f"{key}.a"]) @ changes[f"{key}.c"]

        def norm(x: Any, name: str) -> Any:
            return _normed(x, *(fixed[f"{layer}.{name}.{each}"] + changes[f"{layer}.{name}.{each}"] for each in "wb"))

        texts, pieces, width = x.shape
        query, key, value = (through(x, each).reshape(texts, pieces, self.pack.heads, -1) for each in "qkv")
        looks = jnp.einsum("bthd,bshd->bhts", query, key) / np.sqrt(query.shape[-1]) + blind
        met = jnp.einsum("bhts,bshd->bthd", jax.nn.softmax(looks, -1), value).reshape(texts, pieces, width)
        x = norm(x + through(met, "ao"), "aln")
        return norm(x + through(jax.nn.gelu(through(x, "fi"), approximate=True), "fo"), "oln")


def _normed(x: Any, weight: Any, bias: Any) -> Any:
    x = x - x.mean(-1, keepdims=True)
    return x / jnp.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * weight + bias


def learn(reader: Reader, changes: Weights, samples: list[Sample], rounds: int, minutes: float, rate: float) -> Weights:
    """Changes that read the samples better: `rounds` steps at most, the rate falling as a cosine."""
    falling = optax.warmup_cosine_decay_schedule(0, rate, max(10, rounds // 12), rounds, rate / 20)
    adam = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(falling, weight_decay=0.01))

    def off(changes: Weights, fixed: Any, x: Any, seen: Any, second: Any, kinds: Any) -> Any:
        likely = jax.nn.log_softmax(reader.said(changes, fixed, x, seen, second))
        return -likely[jnp.arange(len(kinds)), kinds].mean()

    def step(changes: Weights, state: Any, fixed: Any, x: Any, seen: Any, second: Any, kinds: Any) -> Any:
        loss, slope = jax.value_and_grad(off)(changes, fixed, x, seen, second, kinds)
        moved, state = adam.update(slope, state, changes)
        return optax.apply_updates(changes, moved), state, loss

    stepping = jax.jit(step)
    state, began, losses = adam.init(changes), time.monotonic(), list[float]()
    for number, some in enumerate(_batches(reader, samples, random.Random(7)), 1):
        changes, state, loss = stepping(changes, state, reader.fixed, *reader.batch(some))
        losses.append(float(loss))
        if number % 50 == 0:
            print(
                f"{number} of {rounds}: loss {np.mean(losses[-50:]):.3f}, {time.monotonic() - began:.0f} s", flush=True
            )
        if number >= rounds or time.monotonic() - began > 60 * minutes:
            break
    return changes


def _batches(reader: Reader, samples: list[Sample], chance: random.Random) -> Iterator[list[Sample]]:
    """Samples of like length together, in an order of chance, over and over."""
    while True:
        pool = chance.sample(samples, len(samples))
        for k in range(0, len(pool), 16 * BATCH):
            near = sorted(pool[k : k + 16 * BATCH], key=lambda each: len(reader.pieces(each)[0]))
            some = [near[i : i + BATCH] for i in range(0, len(near) - BATCH + 1, BATCH)]
            yield from chance.sample(some, len(some))


def show(reader: Reader, changes: Weights, name: str, samples: Sequence[Sample]) -> None:
    """How many are read as their writers meant them, kind by kind."""
    said = jax.jit(reader.said)
    order = sorted(samples, key=lambda each: len(reader.pieces(each)[0]))
    table = np.zeros((len(KINDS), len(KINDS)), int)
    for k in range(0, len(order), BATCH):
        some = order[k : k + BATCH]
        x, seen, second, kinds = reader.batch([*some, *[some[-1]] * (BATCH - len(some))])
        for kind, row in zip(
            kinds[: len(some)], np.asarray(said(changes, reader.fixed, x, seen, second)), strict=False
        ):
            table[kind, row.argmax()] += 1
    print(f"{name}: {table.trace()} of {table.sum()} = {table.trace() / max(1, table.sum()):.2f}")
    for kind, row in zip(KINDS, table, strict=True):
        print(f"  {kind:8s}" + "".join(f"{count:7d}" for count in row))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--from", dest="begin", type=Path, help="go on from these weights")
    options.add_argument("--epochs", type=float, default=1.0)
    options.add_argument("--groups", type=float, default=1.0, help="which share of the groups")
    options.add_argument("--minutes", type=float, default=60.0)
    options.add_argument("--rate", type=float, default=1e-3)
    options.add_argument("--write", type=Path)
    chosen = options.parse_args()
    chance, folder, reader = random.Random(1), ROOT / "bench/pairs", Reader(packed())
    learned: list[Sample] = []
    kept: dict[str, list[Sample]] = {"groups kept away": [], "stories kept away, every sentence": []}
    for path in sorted((folder / "groups").glob("*.tsv")):
        if path.stem in KEPT_GROUPS:
            kept["groups kept away"] += groups(path, None)
        else:
            learned += groups(path, chance)
    learned = chance.sample(learned, int(len(learned) * chosen.groups))
    for path in sorted((folder / "stories").glob("*.tsv")):
        if path.stem.endswith(KEPT_STORIES):
            kept["stories kept away, every sentence"] += stories(path, None)
        else:
            learned += stories(path, chance)
    print(f"{len(learned):,} pairs")
    changes: Weights = dict(loaded(chosen.begin)) if chosen.begin else reader.begin()
    rounds = int(len(learned) * chosen.epochs / BATCH)
    if rounds:
        changes = learn(reader, changes, learned, rounds, chosen.minutes, chosen.rate)
    for name, samples in kept.items():
        show(reader, changes, name, samples)
    if chosen.write:
        made: dict[str, Any] = {name: np.asarray(each, np.float16) for name, each in changes.items()}
        np.savez_compressed(chosen.write, **made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
