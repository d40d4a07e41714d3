"""How something is done, where two ways exclude each other: orally or on paper, secretly or openly (manner.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=1 << 14)
def ways_in(text: str) -> frozenset[tuple[str, bool]]:
    """The ways that words tell, each with which of its two ends."""
    return frozenset((way, end) for way, end, pattern in _ways() if pattern.search(text))


def exclude(one: str, other: str) -> str:
    """The way in which two texts exclude each other ("spoken or written"), or ""."""
    left, right = ways_in(one), ways_in(other)
    return next((way for way, end in sorted(left) if (way, not end) in right and (way, end) not in right), "")


@cache
def _ways() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("manner.toml").read_text("utf-8"))["way"]
    return tuple(
        (row["id"], end, re.compile(r"(?<!\w)(?:" + "|".join(row[name]) + r")(?!\w)", re.IGNORECASE))
        for row in table
        for end, name in ((True, "one"), (False, "other"))
    )
