"""Dates of every granularity, found by own rules and written as EDTF.

"2024", "2024-Q2", "2024-H1", "2024-07", "2024-07-11"; ranges "2023-06-10/2023-06-15"; open ends "../2026-12-31"; edges
"2024-12~" (around). A day without a year takes the year that lies nearest to the date of the text; without such a date it
stays "XXXX-06-03". Relative words need the date of the text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from leakdesk.mentions.found import Found, table

_YEAR_WORD = r"(?:\s?(?:год(?:а|у|ом|е)?|годзе|гг?\.|рок(?:у|ом|ах)?|році|рік|р\.|гады?))"
_YEAR = r"(?:19|20)\d{2}"
_BY = r"(?:(?:до|да|к|ко|не позднее|не пізніше|не пазней|by|until|till|before)\s(?:the\s)?)"
_UNKNOWN = "XXXX-XX-XX"


@cache
def _words() -> dict[str, str]:
    values = table("values")
    return {
        "moon": values["periods"]["month"],
        **values["edges"],
        **values["periods"],
        "month": "|".join(values["months"].values()),
        "ordinal": "|".join(values["ordinals"].values()),
        "weekday": "|".join(values["weekdays"].values()),
        "relative": "|".join(values["relative"].values()),
    }


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    w = _words()
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    suffix = r"(?:-?(?:st|nd|rd|th|го|е|ого|га|ае|ае))?"
    year = rf"(?P<y>{_YEAR})(?:(?:{_YEAR_WORD})(?!\w)|(?!\w))"
    sources = [
        ("iso", rf"(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?Z?)?"),
        ("numbers", rf"(?P<d>{day})(?P<sep>[./-])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>{_YEAR}|\d\d)(?:{_YEAR_WORD})?"),
        (
            "day range",
            rf"(?:(?:с|со|з|із|from|between|ад|від)\s)?(?P<d>{day}){suffix}\s?(?:-|—|"
            rf"\s(?:по|до|па|да|to|and|і|и)\s)\s?(?P<d2>{day}){suffix}\s(?:of\s)?(?P<mon>{w['month']})"
            rf"(?:,?\s{year})?",
        ),
        ("month day range", rf"(?P<mon>{w['month']})\s(?P<d>{day})\s?(?:-|—|to)\s?(?P<d2>{day})(?:,?\s{year})?"),
        ("day month", rf"(?P<d>{day}){suffix}\s(?:of\s)?(?P<mon>{w['month']})(?:,?\s{year})?"),
        ("month day", rf"(?P<mon>{w['month']})\s(?P<d>{day})(?:st|nd|rd|th)?(?:,?\s{year})?"),
        (
            "quarter",
            rf"(?:(?P<ord>{w['ordinal']})\s(?:{w['quarter']})|(?:Q|К)(?P<q>[1-4])|(?P<q2>[1-4])"
            rf"Q)(?:(?:\sof)?,?\s{year})?",
        ),
        (
            "half",
            rf"(?:(?P<ord>{w['ordinal']})\s(?:{w['half']}|полов\w{{2,4}}|палов\w{{1,3}})"
            rf"|H(?P<h>[12]))(?:(?:\sof)?,?\s(?:года\s|the year\s)?{year})?",
        ),
        (
            "edge",
            rf"(?P<by>{_BY})?(?P<edge>(?:{w['end']})|(?:{w['start']})|(?:{w['middle']})"
            rf")\s(?:of\s)?(?:(?P<mon>{w['month']})\s)?(?:(?P<per>{w['last']}|{w['this']}|{w['next']})"
            rf"\s)?(?:{year}|(?:the\s)?(?P<unit>{w['year']}|{w['moon']}|{w['week']}|{w['quarter']})"
            rf")",
        ),
        (
            "edge month",
            rf"(?P<by>{_BY})?(?P<edge>(?:{w['end']})|(?:{w['start']})|(?:{w['middle']})"
            rf"|mid-?|early|late)[ -](?:of\s)?(?P<mon>{w['month']})(?:,?\s{year})?",
        ),
        ("month year", rf"(?P<mon>{w['month']}),?\s(?:of\s)?{year}"),
        ("year range", rf"(?P<y>{_YEAR})(?:\s?(?:-|—)\s?|\s(?:and|to|по|до|па|да)\s)(?P<y2>{_YEAR}){_YEAR_WORD}?"),
        ("decade", rf"(?P<y>{_YEAR})(?:-?(?:х|ых|s))(?:\s(?:годах|годы|років|роки|гадах|гадоў))?"),
        ("year word", rf"(?P<y>{_YEAR}){_YEAR_WORD}"),
        (
            "year",
            rf"(?:(?<=\bin\s)|(?<=\bIn\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bfrom\s)"
            rf"|(?<=\bof\s)|(?<=\bduring\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bSince\s)"
            rf"|(?<=\bearly\s)|(?<=\blate\s)|(?<=\bmid-)|(?<=[вуўзс]\s)|(?<=[ВУ]\s)|(?<=\bдо\s)"
            rf"|(?<=\bда\s)|(?<=\()|(?<=, ))(?P<y>{_YEAR})(?=[\s.,;:)!?]|$)(?![.,]\d)",
        ),
        (
            "period",
            rf"(?:(?:в|на|у|ў|in|за)\s)?(?:the\s)?(?P<per>{w['last']}|{w['this']}|{w['next']})"
            rf"\s(?P<unit>{w['year']}|{w['moon']}|{w['week']}|{w['quarter']}|{w['half']}|{w['weekday']})",
        ),
        ("weekday", rf"(?:(?:в|во|у|on)\s)?(?P<wd>{w['weekday']})"),
        ("relative", rf"(?P<rel>{w['relative']})"),
        (
            "month alone",
            rf"(?<=\bв\s)(?P<mon>{w['month']})|(?<=\b[уў]\s)(?P<mon2>{w['month']})|(?<=\bin\s)"
            rf"(?P<mon3>(?-i:January|February|March|April|May|June|July|August|September|"
            rf"October|November|December))",
        ),
    ]
    return [
        (name, re.compile(rf"(?<![\w.,/№-])(?={_first(name)})(?:{source})(?!\w)", re.IGNORECASE))
        for name, source in sources
    ]


#: Patterns that begin with a digit; the others begin with a letter or a digit.
_DIGIT_FIRST = frozenset(("iso", "numbers", "day month", "year range", "decade", "year word", "year"))


def _first(name: str) -> str:
    return r"\d" if name in _DIGIT_FIRST else r"\w"


@cache
def _index(kind: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((int(key), re.compile(pattern, re.IGNORECASE)) for key, pattern in table("values")[kind].items())


def _which(kind: str, word: str | None) -> int | None:
    if word is None:
        return None
    return next((key for key, pattern in _index(kind) if pattern.fullmatch(word)), None)


def dates(sheet: str, today: date | None = None) -> Iterator[Found]:
    """Dates in a text; `today` is the date of the text, to which unfinished and relative dates refer."""
    digits = any(map(str.isdigit, sheet))
    for name, pattern in _patterns():
        if name in _DIGIT_FIRST and not digits:
            continue
        for match in pattern.finditer(sheet):
            value = _value(name, match, today)
            if value:
                weight = 0.9 if name not in ("weekday", "month alone", "year") else 0.8
                yield Found(match.start(), match.end(), "date", value, f"date: {name}", weight)


def _value(name: str, match: re.Match[str], today: date | None) -> str:
    fields = {key: value for key, value in match.groupdict().items() if value}
    month = _which("months", fields.get("mon") or fields.get("mon2") or fields.get("mon3"))
    year = _full_year(fields.get("y"))
    if name in ("iso", "numbers"):
        return _day(year, int(fields["m"]), int(fields["d"]))
    if name in ("day range", "month day range", "day month", "month day") and month:
        first = _dated(year, month, int(fields["d"]), today)
        return f"{first}/{_dated(year, month, int(fields['d2']), today)}" if "d2" in fields else first
    if name in ("quarter", "half"):
        return _part(name, fields, year, today)
    if name in ("edge", "edge month"):
        return _edge(fields, year, month, today)
    if name in ("month year", "month alone") and month:
        return f"{year or _nearest_year(month, 1, today)}-{month:02d}"
    if name == "year range":
        return f"{fields['y']}/{fields['y2']}"
    if name == "decade":
        return f"{fields['y'][:3]}X" if fields["y"].endswith("0") else ""
    if name in ("year word", "year"):
        return str(year)
    return _relative(name, fields, today)


def _full_year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _day(year: int | None, month: int, day: int) -> str:
    try:
        return date(year or 2000, month, day).isoformat() if year else f"XXXX-{month:02d}-{day:02d}"
    except ValueError:
        return ""


def _nearest_year(month: int, day: int, today: date | None) -> str:
    if today is None:
        return "XXXX"
    candidates: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    return str(min(candidates, key=lambda each: abs((each - today).days)).year) if candidates else "XXXX"


def _dated(year: int | None, month: int, day: int, today: date | None) -> str:
    near = None if year else _nearest_year(month, day, today)
    if year or near != "XXXX":
        return _day(year or int(near or 0), month, day) or f"XXXX-{month:02d}-{day:02d}"
    return f"XXXX-{month:02d}-{day:02d}"


def _part(name: str, fields: dict[str, str], year: int | None, today: date | None) -> str:
    number = _which("ordinals", fields.get("ord")) or int(fields.get("q") or fields.get("q2") or fields.get("h") or 0)
    shown = year or (today.year if today else "XXXX")
    if not number or (name == "half" and number > 2) or (year is None and "ord" not in fields):
        return ""
    return f"{shown}-{'Q' if name == 'quarter' else 'H'}{number}"


def _edge(fields: dict[str, str], year: int | None, month: int | None, today: date | None) -> str:
    moved = _move(fields.get("per"))
    shown = year or (today.year + moved if today else None)
    unit = fields.get("unit", "")
    stem = "XXXX" if shown is None else str(shown)
    if unit and not re.fullmatch(_words()["year"], unit, re.IGNORECASE) and month is None:
        return f"{today.isoformat()[:7]}~" if today else "XXXX-XX~"
    edge = fields["edge"].lower()
    if month is None:
        month = 12 if _is("end", edge) else 1 if _is("start", edge) else 6
    if "by" in fields and _is("end", edge) and shown is not None:
        last = (date(shown + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()
        return f"../{last}"
    return f"{stem}-{month:02d}~"


def _is(edge: str, word: str) -> bool:
    return re.fullmatch(_words()[edge], word, re.IGNORECASE) is not None


def _move(period: str | None) -> int:
    for step, key in ((-1, "last"), (1, "next")):
        if period and re.fullmatch(_words()[key], period, re.IGNORECASE):
            return step
    return 0


def _relative(name: str, fields: dict[str, str], today: date | None) -> str:
    if name == "relative":
        days = _which("relative", fields["rel"])
        return (today + timedelta(days=days or 0)).isoformat() if today else _UNKNOWN
    if name == "weekday":
        return _weekday(_which("weekdays", fields["wd"]), 0, today)
    if name != "period":
        return ""
    move, unit = _move(fields["per"]), fields["unit"]
    if _which("weekdays", unit):
        return _weekday(_which("weekdays", unit), move, today)
    if today is None:
        return "XXXX" if _is_period("year", unit) else _UNKNOWN
    return _shifted(today, move, unit)


def _is_period(key: str, unit: str) -> bool:
    return re.fullmatch(_words()[key], unit, re.IGNORECASE) is not None


def _shifted(today: date, move: int, unit: str) -> str:
    if _is_period("year", unit):
        return str(today.year + move)
    if _is_period("moon", unit):
        months = today.year * 12 + today.month - 1 + move
        return f"{months // 12}-{months % 12 + 1:02d}"
    if _is_period("week", unit):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=move)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if _is_period("quarter", unit):
        quarters = today.year * 4 + (today.month - 1) // 3 + move
        return f"{quarters // 4}-Q{quarters % 4 + 1}"
    halves = today.year * 2 + (today.month > 6) + move
    return f"{halves // 2}-H{halves % 2 + 1}"


def _weekday(weekday: int | None, move: int, today: date | None) -> str:
    if today is None or weekday is None:
        return _UNKNOWN
    apart = (weekday - 1 - today.weekday()) % 7
    if move < 0 or (move == 0 and apart > 3):
        apart -= 7
    return (today + timedelta(days=apart)).isoformat()
