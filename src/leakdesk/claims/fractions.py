"""Numbers that are said in words and are no plain numerals: "by half", «на треть», "doubled", «полторы тысячи», «дюжина».

A share becomes a percentage with the role its words give it ("by", "to", of), so that "by half" meets "by 50 %" and stands
against "up to 50 %". A multiple keeps the unit "times". fractions.toml holds the words.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from leakdesk.model.claim import Quantity
from leakdesk.model.document import Language

#: The unit of "doubled".
TIMES = "times"
#: Words that say by how much by themselves.
_BY = re.compile(r"наполовину|напалову|напалавіну|halved?|на половин\w+", re.IGNORECASE)


def shares_in(text: str, start: int, end: int, language: Language) -> tuple[Quantity, ...]:
    """The shares and multiples that words of a stretch of text tell, in order."""
    from leakdesk.claims.figures import role_before

    found: list[tuple[int, int, Quantity]] = []
    for table, unit in (("percent", "percent"), ("times", TIMES)):
        if _any(table).search(text, start, end) is None:
            continue
        for pattern, value in _rows(table):
            for match in pattern.finditer(text, start, end):
                if _is_time(text, match):
                    continue
                role = "by" if unit == TIMES or _BY.match(match[0]) else role_before(text, match.start(), language)
                found.append((*match.span(), Quantity(text=match[0], value=value, unit=unit, role=role)))
    whole = [
        each for each in found if not any(a <= each[0] and each[1] <= b and (a, b) != each[:2] for a, b, _ in found)
    ]
    return tuple(quantity for _, _, quantity in sorted(whole, key=lambda each: each[0]))


@lru_cache(maxsize=1 << 12)
def counts_in(text: str) -> frozenset[float]:
    """The values of words for a number of things ("a dozen", «полторы тысячи»)."""
    return frozenset(value for pattern, value in _rows("counts") if pattern.search(text))


def _is_time(text: str, match: re.Match[str]) -> bool:
    """Whether a share is a stretch of time or one of two parts ("the second half of May")."""
    before, behind = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
    return _edge("not_after").search(before) is not None or _edge("not_before").match(behind) is not None


@cache
def _rows(table: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    flags = re.IGNORECASE
    rows = _table()[table].items()
    return tuple((re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", flags), float(value)) for pattern, value in rows)


@cache
def _any(table: str) -> re.Pattern[str]:
    """All of a table's patterns in one: most sentences tell no share at all."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_table()[table])})(?![\w-])", re.IGNORECASE)


@cache
def _edge(name: str) -> re.Pattern[str]:
    words = "|".join(_table()[name]["words"])
    return re.compile(rf"(?<!\w)(?:{words})\s+$" if name == "not_after" else rf"\s+(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("leakdesk.claims").joinpath("fractions.toml").read_text("utf-8"))
