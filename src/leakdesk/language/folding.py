"""Words folded for looking them up in tables."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case, ё as е in Russian spelling, one apostrophe."""
    return word.casefold().replace("’", "'").replace("ʼ", "'").replace("ё", "е")
