"""Dates in queries: `2023`, `2023-07`, `2024-Q2`, `2023-07-11`, `2023-07-11T09:30` as spans of time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

_SHAPE = re.compile(r"(\d{4})(?:-(?:(Q[1-4])|(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2})?)?)?))?")
MONTHS_A_YEAR = 12


def span(written: str, zone: tzinfo = UTC) -> tuple[int, int]:
    """Seconds since 1970, [start, end), of a written date or period in a time zone. Raises ValueError."""
    found = _SHAPE.fullmatch(written.strip())
    if not found:
        raise ValueError(written)
    year, quarter, month, day, hour, minute = found.groups()
    if quarter:
        first = 3 * (int(quarter[1]) - 1) + 1
        return _seconds(int(year), first, zone), _seconds(int(year), first + 3, zone)
    if month and int(month) > MONTHS_A_YEAR:
        raise ValueError(month)
    if month is None:
        return _seconds(int(year), 1, zone), _seconds(int(year) + 1, 1, zone)
    if day is None:
        return _seconds(int(year), int(month), zone), _seconds(int(year), int(month) + 1, zone)
    start = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), tzinfo=zone)
    length = timedelta(minutes=1) if hour else timedelta(days=1)
    return int(start.timestamp()), int((start + length).timestamp())


def _seconds(year: int, month: int, zone: tzinfo) -> int:
    if not 1 <= month <= MONTHS_A_YEAR + 3:
        raise ValueError(month)
    over, within = divmod(month - 1, MONTHS_A_YEAR)
    return int(datetime(year + over, within + 1, 1, tzinfo=zone).timestamp())
