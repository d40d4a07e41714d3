"""How near the words of two reports' claims are in meaning, where a model of meaning is installed.

A model puts sentences of any language at places of one space (search/meaning.py). What it says of one pair alone is worth
little: all sentences of one story are near each other, and those of one language nearer still. So a pair is seen among all
pairs of the two reports: how much nearer it is than its two claims are to everything else, and than to their next best.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Wording = Callable[[Sequence[str]], NDArray[np.float32]]
"""Sentences as vectors of length 1: (sentences, dimension)."""

#: Cosines of the model lie between about .75 and 1; brought to about -.25 .. 1.
_LOW, _SPREAD = 0.8, 5.0
#: A lead over the next best says no more beyond this.
_CLEAR = 0.2
#: A lead over so many others counts half of what one over very many counts.
_FEW = 3
#: With fewer claims in a report, being nearest means little: then words and deeds decide.
_ENOUGH = 5
#: Claims that have nothing in common but their meaning are held together from here on: so much nearer than all others.
_NEAR_ALONE = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Nearness:
    """For each claim of one report and each of another, (claims, claims): how near, how much nearer than these two are to all
    others, and how much nearer than the next best for the one and for the other."""

    near: Matrix
    beyond: Matrix
    lead_a: Matrix
    lead_b: Matrix

    @property
    def tells(self) -> bool:
        """Whether both reports say enough else for the nearest to mean something."""
        return min(self.near.shape) >= _ENOUGH

    def features(self, i: int, j: int) -> dict[str, float]:
        """What it says of one pair, by the names in likeness.toml."""
        ahead, other = float(self.lead_a[i, j]), float(self.lead_b[i, j])
        return {
            "near beyond others": float(self.beyond[i, j]),
            "near lead a": max(-_CLEAR, min(_CLEAR, ahead)),
            "near lead b": max(-_CLEAR, min(_CLEAR, other)),
            "nearest of both": float(ahead > 0 and other > 0),
        }

    def is_near(self, i: int, j: int) -> bool:
        """Whether two claims may tell one event though they have no word and nobody in common."""
        return bool(self.beyond[i, j] >= _NEAR_ALONE)


def nearness(a: Sequence[str], b: Sequence[str], wording: Wording) -> Nearness | None:
    """How near the claims of two reports are, pair by pair; None where a report has none."""
    if not a or not b:
        return None
    near: Matrix = _SPREAD * (wording(a).astype(np.float64) @ wording(b).astype(np.float64).T - _LOW)
    beyond = near - near.mean(axis=1, keepdims=True) - near.mean(axis=0, keepdims=True) + near.mean()
    return Nearness(near, beyond, _lead(near), _lead(near.T).T)


def _lead(near: Matrix) -> Matrix:
    """By how much each value leads the best other one of its row (negative where it does not): the more others, the more it
    says; beside none it is nothing."""
    others = near.shape[1] - 1
    if not others:
        return np.zeros_like(near)
    ranked = np.sort(near, axis=1)
    best, second = ranked[:, -1:], ranked[:, -2:-1]
    lead = np.where(near < best, near - best, near - second)
    return lead * others / (others + _FEW)
