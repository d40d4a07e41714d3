"""A claim and a sentence read at once, where a model of meaning is installed that can (search/pair_reader.py).

Vectors tell what sentences are about; read together, they also show whether one tells what the other says. What a model says of
one pair is worth more beside what it says of the others: a sentence tells a claim if it does so rather than its neighbours, and
that claim rather than the report's others. All of it is weighed beside slots and words (claims/telling.py), and decides nothing
alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from leakdesk.claims.nearness import Wording

Together = Callable[[Sequence[tuple[str, str]]], NDArray[np.float32]]
"""Pairs of a claim and a sentence, and how likely the sentence tells the claim, tells a part of it, speaks against it, or does
none of these: (pairs, 4), each row sums to 1."""

#: Nothing is surer than this, whatever a model says (log odds of 7).
SUREST = 0.999
#: Log odds of telling something below which a sentence surely tells nothing.
NOTHING = -4.0
#: A lead over the next best says no more beyond this (log odds).
CLEAR = 2.0

Place = TypeVar("Place", bound=Hashable)


def reader_of(wording: Wording | None) -> Together | None:
    """What reads two sentences together: a model that can offers it beside its vectors."""
    return getattr(wording, "together", None)


def features(said: Mapping[tuple[int, Place], NDArray[np.float32]]) -> dict[tuple[int, Place], dict[str, float]]:
    """What a model says of each pair, by the names in telling.toml (log odds). `said`: of a claim, by its number, and a sentence,
    by its place, as `Together` says it."""
    telling = {pair: -_odds(row[3]) for pair, row in said.items()}
    of_claim, of_sentence = (
        _ranked((i, odds) for (i, _), odds in telling.items()),
        _ranked((at, odds) for (_, at), odds in telling.items()),
    )
    return {
        (i, at): {
            "read": 1.0,
            "read tells": _odds(row[0]),
            "read partly": _odds(row[1]),
            "read against": _odds(row[2]),
            "read something": telling[i, at],
            "read lead of sentences": _lead(telling[i, at], of_claim[i]),
            "read lead of claims": _lead(telling[i, at], of_sentence[at]),
        }
        for (i, at), row in said.items()
    }


def rank_of(read: Mapping[str, float]) -> float:
    """What the reading of a sentence adds to its rank among those shown for a claim: 0 for what it takes for surely nothing."""
    return max(0.0, read.get("read something", NOTHING) - NOTHING)


def _odds(likely: float) -> float:
    kept = min(SUREST, max(1 - SUREST, float(likely)))
    return math.log(kept / (1 - kept))


def _ranked(told: Iterable[tuple[Hashable, float]]) -> Mapping[Hashable, list[float]]:
    found: dict[Hashable, list[float]] = defaultdict(list)
    for of, odds in told:
        found[of].append(odds)
    return {of: sorted(all_, reverse=True) for of, all_ in found.items()}


def _lead(odds: float, ranked: list[float]) -> float:
    """By how much a value leads the best other one (negative where it does not); over none it leads as far as counts."""
    if len(ranked) == 1:
        return CLEAR
    best_other = ranked[1] if odds == ranked[0] else ranked[0]
    return max(-CLEAR, min(CLEAR, odds - best_other))
