"""What numbers written as words are worth (number_words.toml): the one table for every chapter that counts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def cardinals() -> Mapping[str, int]:
    """Words (small letters) that are numbers wherever they stand."""
    return {word: int(value) for word, value in _raw()["cardinals"].items()}


@cache
def number_words() -> Mapping[str, float]:
    """Words (small letters) that are numbers beside a noun: cardinals, what counts people together, and parts."""
    return {word: float(value) for each in ("cardinals", "counting") for word, value in _raw()[each].items()}


@cache
def _raw() -> dict[str, dict[str, float]]:
    return tomllib.loads((files("leakdesk.language") / "number_words.toml").read_text("utf-8"))
