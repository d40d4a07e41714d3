"""How much one query may hold, so that reading and answering it takes bounded time and memory; each limit says what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from leakdesk.search.tree import DEEPEST, MOST_LEAVES, MOST_NEAR, MOST_PATTERNS, QueryError

_Made = TypeVar("_Made")
_BATCH = "Search a list of terms with a CSV file instead (batch search)."


@dataclass(slots=True)
class Limits:
    """What was counted so far in one query. Everything here raises QueryError beyond its limit."""

    leaves: int = 0
    patterns: int = 0
    nears: int = 0
    depth: int = 0

    def leaf(self, at: int) -> None:
        """A word, phrase or field."""
        self.leaves += 1
        if self.leaves > MOST_LEAVES:
            raise QueryError(f"the query has more than {MOST_LEAVES} words", at, try_=_BATCH)

    def pattern(self, at: int, weight: int = 1) -> None:
        """A wildcard, a regular expression, or a word with ~; a word with ~2 weighs as much as four."""
        self.patterns += weight
        if self.patterns > MOST_PATTERNS:
            raise QueryError(
                f"the query has more than {MOST_PATTERNS} wildcards, regular expressions and words with ~"
                + (f" (~2 counts {weight})" if weight > 1 else ""),
                at,
                try_=_BATCH,
            )

    def near(self, at: int) -> None:
        """A NEAR."""
        self.nears += 1
        if self.nears > MOST_NEAR:
            raise QueryError(
                f"the query has more than {MOST_NEAR} NEARs",
                at,
                try_="Write words that may stand for each other as: word NEAR (word OR word).",
            )

    def nested(self, rule: Callable[[], _Made], at: int) -> _Made:
        """Something inside something else: what `rule` reads."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError(f"parentheses are nested deeper than {DEEPEST}", at, try_="Write the query flatter.")
        made = rule()
        self.depth -= 1
        return made
