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
def _raw() -> dict[str, list[str]]:
    return tomllib.loads((files("leakdesk.reading") / "words.toml").read_text("utf-8"))
