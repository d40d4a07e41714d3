"""What a search can be narrowed to: facets as links, and a histogram of time as bars that are links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leakdesk.search.results import Count, Results
from leakdesk.web.contexts import address

#: Facet -> (heading, field of a query that narrows to a value).
FACETS = {
    "sender": ("From", "sender"),
    "entity": ("Names", "entity"),
    "place": ("Places", "place"),
    "kind": ("Kind", "kind"),
    "language": ("Language", "lang"),
    "year": ("Year", "date"),
    "tag": ("Tags", "tag"),
    "container": ("In", "in"),
}
#: Values of one facet that are offered; the rest can be asked for by its field.
MOST_VALUES = 8
LANGUAGES = {"ru": "Russian", "be": "Belarusian", "uk": "Ukrainian", "en": "English", "und": "undetermined"}
#: The histogram: its size in units, and how many bars of days, else months, else years are drawn.
WIDTH, HEIGHT = 640, 64
MOST_BARS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrower:
    """A value of a facet with its count and the search that it narrows to."""

    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet: the most frequent values, and how many more there are."""

    heading: str
    values: tuple[Narrower, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of the histogram: where it stands (units from the top left), and what it leads to."""

    label: str
    href: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How many documents of each day, month or year; `first` and `last` stand under the ends."""

    unit: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    most: int


def narrowed(query: str, field: str, value: str, spelling: str) -> str:
    """The address of a search narrowed to a value."""
    part = f"{field}:{value}" if value.replace("-", "").isalnum() else f'{field}:"{value}"'
    return address("/search", q=f"({query}) {part}" if query.strip() else part, spelling=spelling)


def facets(results: Results, query: str, spelling: str) -> Iterator[Facet]:
    """Facets that would narrow the search: those with a value that not every document found has."""
    for name, (heading, field) in FACETS.items():
        values = [one for one in results.facets.get(name, ()) if '"' not in one.value]
        if not any(one.count < results.total for one in values):
            continue
        yield Facet(
            heading=heading,
            values=tuple(
                Narrower(
                    name=one.label or _called(name, one.value),
                    count=one.count,
                    href=narrowed(query, field, one.value, spelling),
                )
                for one in values[:MOST_VALUES]
            ),
            more=max(0, len(values) - MOST_VALUES),
        )


def _called(facet: str, value: str) -> str:
    """A value in words; a letter of a mailbox that holds others is known there by its number alone."""
    if facet == "language":
        return LANGUAGES.get(value, value)
    return f"letter {value}" if facet == "container" and value.isdecimal() else value


def histogram(counts: Mapping[str, Sequence[Count]], query: str, spelling: str) -> Histogram | None:
    """Bars of days if there are few, else of months, else of years; None where everything has one date or none."""
    for unit, name in (("day", "day"), ("month", "month"), ("year", "year")):
        series = _without_gaps(unit, counts.get(name, ()))
        if 1 < len(series) <= MOST_BARS or (series and unit == "year"):
            break
    else:
        return None
    if len(series) < 2:
        return None
    series = series[-MOST_BARS:]
    most = max(count for _, count in series)
    step = WIDTH / len(series)
    bars = tuple(
        Bar(
            label=f"{value}: {count}",
            href=narrowed(query, "date", value, spelling),
            x=round(at * step, 2),
            y=round(HEIGHT - height, 2),
            width=round(max(step - 1, step * 0.7), 2),
            height=round(height, 2),
        )
        for at, (value, count) in enumerate(series)
        if count and (height := max(2.0, HEIGHT * count / most))
    )
    return Histogram(unit=unit, bars=bars, first=series[0][0], last=series[-1][0], most=most)


def _without_gaps(unit: str, counts: Sequence[Count]) -> list[tuple[str, int]]:
    """Times in a row, those without a document too; [] where that would be too many."""
    known = {one.value: one.count for one in counts}
    if not known:
        return []
    first, last = min(known), max(known)
    found: list[tuple[str, int]] = []
    at = first
    while at <= last:
        found.append((at, known.get(at, 0)))
        if len(found) > MOST_BARS and unit != "year":
            return []
        at = _after(unit, at)
    return found


def _after(unit: str, value: str) -> str:
    if unit == "day":
        from datetime import date, timedelta

        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    year, _, month = value.partition("-")
    if unit == "year":
        return f"{int(year) + 1:04d}"
    return f"{int(year) + (month == '12'):04d}-{int(month) % 12 + 1:02d}"
