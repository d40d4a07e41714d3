"""Found: one extractor's answer, before extractors are weighed against each other; and how tables are read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from leakdesk.model.entity import MentionType

#: Capitals and small letters of the four languages (and the accents of their neighbours in Latin letters).
UPPER = "A-ZА-ЯЁІЇЄҐЎÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻČŠŽŪ"
LOWER = "a-zа-яёіїєґўß-öø-ÿąćęłńóśźżčšžėūı"
#: A capitalised word; inner apostrophes and hyphens belong to it.
CAP = rf"(?:[{UPPER}](?:'[{UPPER}{LOWER}]|[{LOWER}]|\u00ad)+(?:-[{UPPER}{LOWER}][{LOWER}']*)*)"


@dataclass(frozen=True, slots=True)
class Found:
    """Code points [start, end), type, base form or value, rule id, and how much the rule is to be believed (0 to 1)."""

    start: int
    end: int
    type: MentionType
    normal: str
    rule: str
    weight: float


@cache
def table(name: str) -> dict[str, Any]:
    """A data table of this chapter, as TOML gives it."""
    return tomllib.loads(files("leakdesk.mentions").joinpath(f"tables/{name}.toml").read_text("utf-8"))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of these, longest first."""
    return "|".join(sorted((word.replace(" ", r"\s+") for word in words), key=len, reverse=True))


class Mask:
    """Which code points are taken already: later extractors leave them alone. Sorted spans, linear to build."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing in [start, end) is taken."""
        return self._taken.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        """Take [start, end)."""
        self._taken[start:end] = b"\x01" * (end - start)

    def keep_free(self, candidates: Iterable[Found]) -> list[Found]:
        """Those candidates that are still free, each taken as it is kept, in the order given."""
        kept: list[Found] = []
        for each in candidates:
            if each.end > each.start and self.free(each.start, each.end):
                self.take(each.start, each.end)
                kept.append(each)
        return kept
