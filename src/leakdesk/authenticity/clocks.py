"""Which zone a sender's clock should show on a day: by the country of the mail domain, summer time included, and by the
sender's own other letters around that day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leakdesk.authenticity.headers import Stamp
from leakdesk.authenticity.observations import DAY, Observation, spot, zone

#: Letters of a sender around a day: this many days on each side, and this many letters on each side at least.
AROUND, ENOUGH = 60 * DAY, 3


@cache
def _country(label: str) -> tuple[ZoneInfo, ...]:
    for line in (files("leakdesk.authenticity") / "zones.tsv").read_text("utf-8").splitlines():
        if line.startswith(label + "\t"):
            try:
                return tuple(ZoneInfo(name) for name in line.partition("\t")[2].split())
            except (ZoneInfoNotFoundError, ValueError):
                return ()
    return ()


def expected(sender: str, seconds: float) -> tuple[tuple[str, int], ...]:
    """(zone, minutes) of the clocks of the sender's country at a time; () where the country is not known."""
    label = sender.rpartition(".")[2]
    if not label or not 0 <= seconds < 4_102_444_800:
        return ()
    moment = datetime.fromtimestamp(seconds, UTC)
    found: list[tuple[str, int]] = []
    for each in _country(label):
        offset = moment.astimezone(each).utcoffset()
        if offset is not None:
            found.append((each.key, round(offset.total_seconds() / 60)))
    return tuple(found)


def unusual_zones(sender: str, letters: Sequence[tuple[str, Stamp]]) -> Iterator[tuple[str, str, Observation | None]]:
    """(rule, document, observation or None) for the dated letters of one sender, in the order of time."""
    times = [stamp.utc for _, stamp in letters]
    for number, (document, stamp) in enumerate(letters):
        if stamp.offset is None:
            continue
        low, high = bisect_left(times, stamp.utc - AROUND), bisect_right(times, stamp.utc + AROUND)
        # A window of the nearest letters is enough, and keeps a busy mailbox from being read over and over.
        before = letters[max(low, number - 20) : number]
        after = letters[number + 1 : min(high, number + 21)]
        yield "zone_clock", document, _against_clock(sender, document, stamp, (*before, *after))
        if len(before) >= ENOUGH and len(after) >= ENOUGH:
            yield "zone_unusual", document, _against_own(document, stamp, (*before, *after))


def _against_clock(sender: str, document: str, stamp: Stamp, others: Sequence[tuple[str, Stamp]]) -> Observation | None:
    clocks = expected(sender, stamp.utc)
    offsets = {minutes for _, minutes in clocks}
    # Only the summer hour: any other zone is a journey or a server abroad, and many servers write +00:00 everywhere.
    if not clocks or not stamp.offset or stamp.offset in offsets:
        return None
    if 60 not in {abs(stamp.offset - minutes) for minutes in offsets}:
        return None
    same = sum(other.offset == stamp.offset for _, other in others)
    if len(clocks) != 1 or 2 * same > len(others) > 0:
        return None
    witness = next((spot(own, other.place) for own, other in others if other.offset in offsets), None)
    ((name, minutes),) = clocks
    return Observation(
        rule="zone_clock",
        values={
            "zone": zone(stamp.offset),
            "place": name.rpartition("/")[2].replace("_", " "),
            "expected": zone(minutes),
        },
        spots=(spot(document, stamp.place), *([witness] if witness else [])),
    )


def _against_own(document: str, stamp: Stamp, others: Sequence[tuple[str, Stamp]]) -> Observation | None:
    counts = Counter(other.offset for _, other in others)
    usual, count = counts.most_common(1)[0]
    if usual is None or usual == stamp.offset or count != len(others) or stamp.offset is None:
        return None
    witness = spot(others[0][0], others[0][1].place)
    return Observation(
        rule="zone_unusual",
        values={"zone": zone(stamp.offset), "expected": zone(usual), "of": count},
        spots=(spot(document, stamp.place), witness),
    )
