"""Logistic regression for the two tables of fitted weights (fit_rows.py, fit_telling.py): a ridge, fitted by Newton's method; and
how such a table is written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
#: How strongly large weights are held down.
HELD_DOWN = 3.0


def fitted(x: Matrix, y: Matrix, counts: Matrix, marked: float) -> Matrix:
    """Weights of the columns of `x`, the last one the bias. `counts`: of each row; what is `y` counts `marked` times that."""
    weights = np.zeros(x.shape[1])
    held = np.append(np.full(x.shape[1] - 1, HELD_DOWN), 0.0)
    counts = counts * np.where(y == 1, marked, 1.0)
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (counts * (p - y)) + held * weights
        curve = (x * (counts * p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(held + 1e-6)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def write(table: Path, says: Sequence[str], ways: Sequence[str], fits: Mapping[str, Mapping[str, float]]) -> None:
    """Put weights, by way and feature ("" is the bias), into a table; a way that was not fitted stays as it stands there."""
    kept = tomllib.loads(table.read_text("utf-8"))
    lines = [f"# {line}" for line in says]
    for way in ways:
        weights = dict(fits[way]) if way in fits else {**kept[way]["weights"], "": kept[way]["bias"]}
        lines += ["", f"[{way}]", f"bias = {weights.pop(''):.3f}", "", f"[{way}.weights]"]
        lines += [f'"{name}" = {weight:.3f}' for name, weight in weights.items()]
    table.write_text("\n".join(lines) + "\n", "utf-8")
