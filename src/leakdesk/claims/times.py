"""EDTF values as intervals of days, so that dates of different granularity can be held side by side.

Understood (level 0 and the parts of level 1 that the readers write): "2023", "2024-07", "2024-07-11", "2024-Q2" and
"2024-34" (quarters), "2024-21..24" (seasons), "A/B", "../B", "A/..", and the suffixes "~", "?" and "%".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

Interval = tuple[date, date]

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-(?:Q([1-4])|3([3-6]))")
_SEASON = re.compile(r"(\d{4})-2([1-4])")
_YEAR = re.compile(r"\d{4}")
#: First month of each EDTF season code's last digit (21 spring ... 24 winter), three months each.
_SEASON_START = {"1": 3, "2": 6, "3": 9, "4": 12}


def interval(edtf: str) -> Interval | None:
    """First and last day that an EDTF value allows, or None where it is not understood."""
    value = edtf.strip().rstrip("~?%")
    if "/" in value:
        return _range(value)
    try:
        return _single(value)
    except ValueError:
        return None


def _range(value: str) -> Interval | None:
    left, _, right = value.partition("/")
    start = date.min if left in ("", "..") else _edge(left, first=True)
    end = date.max if right in ("", "..") else _edge(right, first=False)
    if start is None or end is None or start > end:
        return None
    return start, end


def _edge(value: str, *, first: bool) -> date | None:
    both = interval(value)
    if both is None:
        return None
    return both[0] if first else both[1]


def _single(value: str) -> Interval | None:
    if match := _DAY.fullmatch(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _MONTH.fullmatch(value):
        return _months(int(match[1]), int(match[2]), 1)
    if match := _QUARTER.fullmatch(value):
        quarter = int(match[2]) if match[2] else int(match[3]) - 2
        return _months(int(match[1]), 3 * quarter - 2, 3)
    if match := _SEASON.fullmatch(value):
        return _months(int(match[1]), _SEASON_START[match[2]], 3)
    if _YEAR.fullmatch(value):
        return date(int(value), 1, 1), date(int(value), 12, 31)
    return None


def _months(year: int, month: int, count: int) -> Interval:
    last = month + count - 1
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
