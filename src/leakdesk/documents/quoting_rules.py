"""The rules by which letters are cut into segments: the table `quoting_rules.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Family = Literal["attribution", "separator", "label", "signature", "device", "closing", "notice"]
FAMILIES: tuple[Family, ...] = ("attribution", "separator", "label", "signature", "device", "closing", "notice")
#: What an introduction has that is believed with a date only.
DATE_OR_TIME = re.compile(r"\d{1,2}[:.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b|\d{1,2}\s+[^\W\d_]{3,9}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the table; its pattern is compiled when it is first tried, because most letters try few of them."""

    id: str
    family: Family
    written: str
    example: str
    counter: str
    requires_date: bool = False
    any_of: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.written)

    def worth_trying(self, lower: str) -> bool:
        """Whether a line (in small letters) holds one of the pieces without which the pattern cannot match."""
        return not self.any_of or any(piece in lower for piece in self.any_of)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def rules() -> dict[Family, tuple[Rule, ...]]:
    """The rules of `quoting_rules.toml`, by family."""
    table = tomllib.loads(
        resources.files("leakdesk.documents").joinpath("quoting_rules.toml").read_text(encoding="utf-8")
    )
    return {family: tuple(_rule(family, row) for row in table[family]) for family in FAMILIES}


def _rule(family: Family, row: Mapping[str, object]) -> Rule:
    pattern = str(row["pattern"])
    if family == "label":
        pattern = rf"[\s*_]*{pattern}[*_]*\s*:[*_]*(?P<value>.*)"
    pieces = row.get("any_of", ())
    return Rule(
        str(row["id"]),
        family,
        pattern,
        str(row["example"]),
        str(row["counter"]),
        bool(row.get("requires_date", False)),
        tuple(str(piece) for piece in pieces) if isinstance(pieces, list) else (),
    )


def fits(family: Family, text: str) -> bool:
    """Whether some rule of a family holds for a whole line."""
    return any(rule.pattern.fullmatch(text) for rule in rules()[family])


def starts(family: Family, line: str) -> bool:
    """Whether some rule of a family holds for the beginning of a line."""
    return any(rule.pattern.match(line) for rule in rules()[family])
