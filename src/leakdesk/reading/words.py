"""Small word lists of reading (words.toml), loaded once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words.toml."""
    return frozenset(_raw()[name])


@cache
def number_table(name: str) -> dict[str, float]:
    """A table of words.toml that maps words to numbers ("scale")."""
    return {word: float(value) for word, value in _raw()[name].items()}


@cache
def _raw() -> dict[str, dict[str, float]]:
    return tomllib.loads((files("leakdesk.reading") / "words.toml").read_text("utf-8"))
