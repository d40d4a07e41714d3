"""Dates of header lines: in order, in several wrong orders, and with zones that nobody knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
#: Zones by name: RFC 5322's obsolete ones, and those of Europe's East and West that mail programs write. Hours.
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4,
}  # fmt: skip
_DATE = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s*)?(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{2,4}),?(?:\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(am|pm)?\s*(?:\(?([A-Za-z]{1,5})\)?)?\s*([+-]\d{1,2}:?\d{2}|[+-]\d{4,6})?",
    re.IGNORECASE,
)
_ASCTIME = re.compile(
    r"(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3,9})\s+(\d{1,2}),?\s+(?:(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([A-Z]{2,5}|[+-]\d{4})?\s+)?(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*([+-]\d{2}:?\d{2})?")


@dataclass(frozen=True, slots=True)
class HeaderDate:
    """A date: ISO 8601 with its own offset (none where the zone is unknown), the same in UTC, and what was odd."""

    date: str | None
    date_utc: str | None
    oddity: str = ""


NO_DATE = HeaderDate(None, None)


def header_date(raw: bytes) -> HeaderDate:
    """The date of a Date header. Unreadable dates give (None, None) and say so; `-0000` or no zone is "zone unknown",
    and sorts as if it were UTC."""
    text = " ".join(raw.decode("latin-1").split())
    if not text:
        return HeaderDate(None, None, "date empty")
    for pattern, build in _FORMS:
        match = pattern.match(text)
        if match is None:
            continue
        made = build(match)
        if made is not None:
            rest = text[match.end() :].strip()
            odd = "" if pattern is _DATE else "date in an unusual form"
            return _dated(*made, odd="something stands after the date" if rest and rest[0] != "(" else odd)
    return HeaderDate(None, None, "date unreadable")


_When = tuple[datetime, str | None]


def _from_rfc(match: re.Match[str]) -> _When | None:
    day, month, year, hour, minute, second, half, name, offset = match.groups()
    number = _MONTHS.get(month[:3].lower())
    if number is None:
        return None
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    return _built(_full_year(int(year), len(year)), number, int(day), hours, minute, second, offset or name)


def _full_year(year: int, digits: int) -> int:
    # RFC 5322, 4.3: two digits up to 49 are 20xx, others 19xx; three digits add 1900.
    if digits == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if digits == 3 else year


def _from_asctime(match: re.Match[str]) -> _When | None:
    month, day, hour, minute, second, zone, year, late_hour, late_minute, late_second = match.groups()
    number = _MONTHS.get(month[:3].lower())
    if number is None:
        return None
    if hour is None:
        hour, minute, second = late_hour, late_minute, late_second
    return _built(int(year), number, int(day), int(hour or 0), minute, second, zone)


def _from_iso(match: re.Match[str]) -> _When | None:
    year, month, day, hour, minute, second, zone = match.groups()
    return _built(int(year), int(month), int(day), int(hour or 0), minute, second, zone)


def _from_dotted(match: re.Match[str]) -> _When | None:
    day, month, year, hour, minute, second, zone = match.groups()
    return _built(int(year), int(month), int(day), int(hour or 0), minute, second, zone)


_FORMS = ((_DATE, _from_rfc), (_ASCTIME, _from_asctime), (_ISO, _from_iso), (_DOTTED, _from_dotted))


def _built(
    year: int, month: int, day: int, hour: int, minute: str | None, second: str | None, zone: str | None
) -> _When | None:
    seconds = int(second or 0)
    try:
        when = datetime(year, month, day, hour, int(minute or 0), min(seconds, 59))
    except ValueError:
        return None
    return when, zone


def _dated(when: datetime, zone: str | None, *, odd: str) -> HeaderDate:
    minutes = _zone_minutes(zone)
    if minutes is None:
        return HeaderDate(when.isoformat(), when.isoformat() + "Z", odd or "zone unknown")
    try:
        local = when.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        utc = when - timedelta(minutes=minutes)
    except (ValueError, OverflowError):
        return HeaderDate(when.isoformat(), when.isoformat() + "Z", "zone unreadable")
    return HeaderDate(local.isoformat(), utc.isoformat() + "Z", odd)


def _zone_minutes(zone: str | None) -> int | None:
    if not zone:
        return None
    named = _ZONES.get(zone.lower())
    if named is not None:
        return named * 60
    digits = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})", zone)
    if digits is None or zone in ("-0000", "-00:00"):
        return None
    minutes = int(digits[2]) * 60 + int(digits[3])
    if minutes >= 24 * 60 or int(digits[3]) > 59:
        return None
    return -minutes if digits[1] == "-" else minutes
