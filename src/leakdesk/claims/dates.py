"""How one claim's date stands to another's: as intervals of days, or by month and day where a text leaves the year open."""

from __future__ import annotations

import re

from leakdesk.claims.times import Interval
from leakdesk.claims.views import ClaimView
from leakdesk.model.comparison import SlotRelation

#: A date without its year ("on 4 May", "in September").
_YEARLESS = re.compile(r"XXXX-(\d{2})(?:-(\d{2}))?")
#: Winter lies in two years, and which of the two a text means it seldom says.
_WINTER = re.compile(r"(\d{4})-24")
#: December, January and February.
_WINTER_MONTHS = (12, 1, 2)


def compare_times(a: ClaimView, b: ClaimView) -> SlotRelation | None:
    """Two dates as intervals: containment is narrower or broader, no common day is disjoint."""
    left, right = _written(a), _written(b)
    if (_YEARLESS.fullmatch(left) and right) or (_YEARLESS.fullmatch(right) and left):
        return _by_month(_days(left, a.time), _days(right, b.time))
    if a.time is None and b.time is None:
        return None
    if a.time is None or b.time is None:
        return "missing"
    relation = _intervals(a.time, b.time)
    if relation == "disjoint" and (winter := _in_winter(left, right, a.time, b.time)):
        return winter
    return relation


def _written(one: ClaimView) -> str:
    return one.claim.time.edtf.rstrip("~?%") if one.claim.time else ""


def _intervals(a: Interval, b: Interval) -> SlotRelation:
    if a == b:
        return "equal"
    if a[1] < b[0] or b[1] < a[0]:
        return "disjoint"
    if b[0] <= a[0] and a[1] <= b[1]:
        return "narrower"
    return "broader" if a[0] <= b[0] and b[1] <= a[1] else "variant"


def _days(written: str, interval: Interval | None) -> tuple[int, int] | None:
    """Month and day (0 for a whole month) of a date that lies in one month; None for any other."""
    if found := _YEARLESS.fullmatch(written):
        return int(found[1]), int(found[2] or 0)
    if interval is None or (interval[0].year, interval[0].month) != (interval[1].year, interval[1].month):
        return None
    return interval[0].month, interval[0].day if interval[0] == interval[1] else 0


def _by_month(a: tuple[int, int] | None, b: tuple[int, int] | None) -> SlotRelation:
    if a is None or b is None:
        return "variant"
    if a == b:
        return "equal"
    if a[0] != b[0] or (a[1] and b[1]):
        return "disjoint"
    return "narrower" if a[1] else "broader"


def _in_winter(left: str, right: str, a: Interval, b: Interval) -> SlotRelation | None:
    """A month of the other winter that a year's "winter" may mean."""
    for written, days, relation in ((left, b, "broader"), (right, a, "narrower")):
        found = _WINTER.fullmatch(written)
        inside = days[0].month in _WINTER_MONTHS and days[1].month in _WINTER_MONTHS
        if found and inside and abs(days[0].year - int(found[1])) <= 1 and (days[1] - days[0]).days <= _A_SEASON:
            return "broader" if relation == "broader" else "narrower"
    return None


#: Days that a season has at most.
_A_SEASON = 92
