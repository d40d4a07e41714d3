"""Conflicts inside one letter: two places that do not go together, with the bytes they stand at. Never a score.

Each rule says for which letters it could be looked at (`looked`) and what it found; how often a rule finds something in
this very corpus is its base rate, and stands beside every observation. The limits below are those of ordinary mail:
drafts lie for days, laptops sleep, clocks run a few minutes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from leakdesk.authenticity import products
from leakdesk.authenticity.headers import HeaderFacts, Place, Stamp

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
#: Clocks of servers and computers differ by this much without anybody noticing.
CLOCKS = 15 * MINUTE
#: A letter that waits in an outbox still carries the time at which it was written.
OUTBOX = 26 * HOUR
#: A draft lies this long before it is sent.
DRAFT = 3 * DAY
#: A time whose zone is not known may be this much off.
ZONES = 15 * HOUR
#: A product may be in the hands of testers this long before its first public day.
TESTERS = 30 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One of the places that conflict: bytes of a document's original (or of a part of it), or code points of its text
    (`of` "text"), or a field of its metadata (`of` "field")."""

    document: str
    start: int
    end: int
    text: str
    of: str = "bytes"
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A rule, the values its sentence needs, and the places."""

    rule: str
    values: Mapping[str, str | int]
    spots: tuple[Spot, ...]


@dataclass(slots=True)
class Seen:
    """What was found in one letter, and which rules could be looked at."""

    found: list[Observation] = field(default_factory=list[Observation])
    looked: set[str] = field(default_factory=set[str])


def conflicts(document: str, facts: HeaderFacts) -> Seen:
    """Everything that does not go together within one letter."""
    seen = Seen()
    for rule in RULES:
        for name, observation in rule(document, facts):
            seen.looked.add(name)
            if observation is not None:
                seen.found.append(observation)
    return seen


_Looked = Iterator[tuple[str, Observation | None]]


def shown(seconds: float, offset: int | None = 0) -> str:
    """A time as sentences show it: date, minute and zone."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        if offset is not None:
            moment = moment.astimezone(timezone(timedelta(minutes=offset)))
    except (OverflowError, ValueError):
        return f"{seconds:.0f} s"
    text = f"{moment:%Y-%m-%d %H:%M}"
    return f"{text} {zone(offset)}" if offset is not None else text


def zone(offset: int) -> str:
    """An offset as it is written: +03:00."""
    return f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"


def gap(seconds: float) -> str:
    """A stretch of time in its largest unit."""
    seconds = abs(seconds)
    for unit, size in (("d", DAY), ("h", HOUR)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / MINUTE:.0f} min"


def spot(document: str, place: Place) -> Spot:
    """A place of a letter as a spot."""
    return Spot(document=document, start=place.start, end=place.end, text=place.text, part=place.part)


def pair(rule: str, document: str, first: Place, second: Place, **values: str | int) -> Observation:
    """An observation with two places of one letter."""
    return Observation(rule=rule, values=values, spots=(spot(document, first), spot(document, second)))


def _times(rule: str, document: str, date: Stamp, other: Stamp, *, hours: bool = False) -> Observation:
    values = {"date": shown(date.utc, date.offset), "other": shown(other.utc, other.offset)}
    more = {"gap": gap(date.utc - other.utc)} if hours else {}
    return pair(rule, document, date.place, other.place, **values, **more)


def _slack(*stamps: Stamp) -> float:
    return sum(ZONES for stamp in stamps if not stamp.exact)


# --- the rules ------------------------------------------------------------------------------------------------------------------


def _date_and_servers(document: str, facts: HeaderFacts) -> _Looked:
    date = facts.date
    if date is None or not facts.received:
        return
    first = facts.received[-1]
    later = date.utc - first.utc
    wrong = "date_after_received" if later > CLOCKS + _slack(date, first) else ""
    wrong = "date_before_received" if -later > OUTBOX + _slack(date, first) else wrong
    for name in ("date_after_received", "date_before_received"):
        yield name, _times(name, document, date, first, hours=True) if wrong == name else None


def _servers_in_order(document: str, facts: HeaderFacts) -> _Looked:
    if len(facts.received) < 2:
        return
    for later, earlier in zip(facts.received, facts.received[1:], strict=False):
        if earlier.utc - later.utc > CLOCKS + _slack(later, earlier):
            yield "received_order", _times("received_order", document, later, earlier, hours=True)
            return
    yield "received_order", None


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekday(document: str, facts: HeaderFacts) -> _Looked:
    date = facts.date
    if date is None:
        return
    if facts.weekday is None:
        yield "weekday", None
        return
    local = datetime.fromtimestamp(date.utc, UTC) + timedelta(minutes=date.offset or 0)
    rest = Place(
        start=facts.weekday.end, end=date.place.end, text=date.place.text[len(facts.weekday.text) :].lstrip(", ")
    )
    values = {"said": facts.weekday.text, "date": f"{local:%Y-%m-%d}", "expected": _DAYS[local.weekday()]}
    yield "weekday", pair("weekday", document, facts.weekday, rest, **values)


def _clock_set(document: str, facts: HeaderFacts) -> _Looked:
    date = facts.date
    if date is None:
        return
    year = shown(date.utc)[:4]
    if year.isdigit() and 1981 <= int(year) < 2100:
        yield "clock_unset", None
        return
    others = [stamp.place for stamp in facts.received[-1:]] + [facts.message_id or date.place]
    yield "clock_unset", pair("clock_unset", document, date.place, others[0], date=shown(date.utc, date.offset))


#: Rule -> (seconds the hidden time may be later than Date, seconds it may be earlier).
_HIDDEN: Mapping[str, tuple[float, float]] = {
    "message_id_time": (2 * HOUR, DRAFT),
    "boundary_time": (2 * HOUR, DRAFT),
    "thread_index_time": (2 * HOUR, float("inf")),
    "signed_time": (2 * DAY, 2 * HOUR),
}


#: Hidden times that some programs wrote in local time.
_LOCAL = frozenset({"message_id_time", "boundary_time"})


def _hidden_times(document: str, facts: HeaderFacts) -> _Looked:
    date = facts.date
    if date is None:
        return
    told: set[str] = set()
    for rule, stamp in facts.hidden:
        if rule in told:
            continue
        later, earlier = _HIDDEN[rule]
        slack = _slack(stamp, date)
        # Some programs wrote their local time where the format wants UTC: one reading that fits is enough.
        local = 60.0 * (date.offset or 0) if rule in _LOCAL else 0.0
        readings = (stamp.utc - date.utc, stamp.utc - date.utc - local)
        wrong = all(apart > later + slack or -apart > earlier + slack for apart in readings)
        told |= {rule} if wrong else set()
        yield rule, _times(rule, document, date, stamp) if wrong else None


def _client_newer(document: str, facts: HeaderFacts) -> _Looked:
    if facts.date is None or facts.client is None:
        return
    yield from _newer("client_later", document, facts.date, facts.client, products.program(facts.client.text, "client"))


def _fonts_newer(document: str, facts: HeaderFacts) -> _Looked:
    if facts.date is None:
        return
    for place in facts.fonts:
        yield from _newer("font_later", document, facts.date, place, products.font(place.text))
    for place in facts.generators:
        yield from _newer("product_later", document, facts.date, place, products.program(place.text, "product"))


def _newer(rule: str, document: str, date: Stamp, place: Place, product: products.Product | None) -> _Looked:
    if product is None:
        return
    first = datetime.fromisoformat(product.released).replace(tzinfo=UTC).timestamp()
    if first - TESTERS <= date.utc:
        yield rule, None
        return
    values = {"said": product.name, "other": product.released, "date": shown(date.utc, date.offset)}
    yield rule, pair(rule, document, date.place, place, **values)


RULES: tuple[Callable[[str, HeaderFacts], _Looked], ...] = (
    _date_and_servers,
    _servers_in_order,
    _weekday,
    _clock_set,
    _hidden_times,
    _client_newer,
    _fonts_newer,
)
