"""Conflicts between letters, and how often each kind of conflict occurs in this very corpus.

Everything runs in one pass over light records, sorted once; the text of a letter is asked for only where a quotation or a
copy is compared. Nothing here weighs a sender against another: the base rate of a rule is all that is counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median

from leakdesk.authenticity.clocks import unusual_zones
from leakdesk.authenticity.headers import FieldHash, HeaderFacts, Place, Stamp
from leakdesk.authenticity.observations import (
    CLOCKS,
    OUTBOX,
    Observation,
    Spot,
    conflicts,
    gap,
    shown,
    spot,
)
from leakdesk.authenticity.quotes import altered
from leakdesk.model.document import TextLayer

Layers = Callable[[str], TextLayer | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A time in the metadata of an attachment: its document, "created" or "modified", as written, and in seconds."""

    document: str
    what: str
    text: str
    utc: float
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is looked at across letters: the facts of one, its ids, the mailboxes that hold it, its attachments' times."""

    document: str
    facts: HeaderFacts
    message_id: str | None = None
    answers: str | None = None
    boxes: tuple[str, ...] = ()
    to: frozenset[str] = frozenset()
    inside: tuple[Inside, ...] = ()


@dataclass(slots=True)
class Across:
    """Observations by document, and for each rule the letters that show it and those where it could be looked at."""

    found: dict[str, list[Observation]] = field(default_factory=lambda: defaultdict[str, list[Observation]](list))
    showing: dict[str, set[str]] = field(default_factory=lambda: defaultdict[str, set[str]](set))
    looked: Counter[str] = field(default_factory=Counter[str])

    def put(self, rule: str, document: str, one: Observation | None) -> None:
        """A rule was looked at in a letter, and found this."""
        self.looked[rule] += 1
        if one is not None:
            self.found[document].append(one)
            self.showing[rule].add(document)

    def rates(self) -> dict[str, tuple[int, int]]:
        """Rule -> (letters that show it, letters in which it could be looked at)."""
        return {rule: (len(self.showing[rule]), count) for rule, count in sorted(self.looked.items())}


def look_across(letters: Sequence[Letter], groups: Sequence[Sequence[str]], layers: Layers) -> Across:
    """Every observation about these letters. `groups`: copies of one letter, by document."""
    across = Across()
    by_document = {letter.document: letter for letter in letters}
    by_id: dict[str, Letter] = {}
    for letter in letters:
        if letter.message_id:
            by_id.setdefault(letter.message_id, letter)
    for letter in letters:
        _alone(across, letter)
        _attachments(across, letter)
        _answer(across, letter, by_id, layers)
    _zones(across, letters)
    _identities(across, letters)
    _series(across, letters)
    _volume(across, letters)
    for members in groups:
        _copies(across, [by_document[own] for own in members if own in by_document], layers)
    return across


def _alone(across: Across, letter: Letter) -> None:
    seen = conflicts(letter.document, letter.facts)
    for rule in seen.looked:
        across.looked[rule] += 1
    for one in seen.found:
        across.found[letter.document].append(one)
        across.showing[one.rule].add(letter.document)


def _attachments(across: Across, letter: Letter) -> None:
    date = letter.facts.date
    if date is None or not letter.inside:
        return
    # The later of its two times; one that is later than the letter is told once for each attachment.
    latest = {each.document: each for each in sorted(letter.inside, key=lambda one: one.utc)}
    wrong = [each for each in latest.values() if each.utc - date.utc > OUTBOX + (0 if each.exact else OUTBOX)]
    across.put("attachment_later", letter.document, None)
    for each in wrong:
        values = {"what": each.what, "other": shown(each.utc, 0), "date": shown(date.utc, date.offset)}
        place = Spot(document=each.document, start=0, end=0, text=each.text, of="field", part=each.what)
        one = Observation(rule="attachment_later", values=values, spots=(spot(letter.document, date.place), place))
        across.found[letter.document].append(one)
        across.showing["attachment_later"].add(letter.document)


def _answer(across: Across, letter: Letter, by_id: Mapping[str, Letter], layers: Layers) -> None:
    parent = by_id.get(letter.answers or "")
    if parent is None or parent is letter:
        return
    mine, theirs = letter.facts.date, parent.facts.date
    if mine is not None and theirs is not None:
        early = theirs.utc - mine.utc
        wrong = early > CLOCKS + sum(OUTBOX for stamp in (mine, theirs) if not stamp.exact)
        values = {"date": shown(mine.utc, mine.offset), "other": shown(theirs.utc, theirs.offset), "gap": gap(early)}
        spots = (spot(letter.document, mine.place), spot(parent.document, theirs.place))
        one = Observation(rule="reply_before_parent", values=values, spots=spots)
        across.put("reply_before_parent", letter.document, one if wrong else None)
    own, other = layers(letter.document), layers(parent.document)
    if own is not None and other is not None:
        looked, one = altered(letter.document, own, parent.document, other)
        if looked:
            across.put("quoted_differs", letter.document, one)


def _zones(across: Across, letters: Sequence[Letter]) -> None:
    by_sender: dict[str, list[tuple[str, Stamp]]] = defaultdict(list)
    for letter in letters:
        if letter.facts.date is not None and letter.facts.sender:
            by_sender[letter.facts.sender].append((letter.document, letter.facts.date))
    for sender, dated in by_sender.items():
        for rule, document, one in unusual_zones(sender, sorted(dated, key=lambda pair: (pair[1].utc, pair[0]))):
            across.put(rule, document, one)


# --- how a sender's program names letters ---------------------------------------------------------------------------------------

#: Letters of one sender and program from which on their Message-IDs have a habit.
HABIT = 8
_VERSION = re.compile(r"[\d(\[/].*")


def _identities(across: Across, letters: Sequence[Letter]) -> None:
    groups: dict[tuple[str, str], list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.facts.message_id is not None and letter.facts.sender:
            client = letter.facts.client.text if letter.facts.client else ""
            groups[letter.facts.sender, _VERSION.sub("", client).strip()].append(letter)
    for together in groups.values():
        _habit(across, together, "message_id_host", lambda facts: ".".join(facts.id_host.split(".")[-2:]))
        _habit(across, together, "message_id_shape", lambda facts: re.sub("[wh9H]+", "x", facts.id_shape))


def _habit(across: Across, together: Sequence[Letter], rule: str, key: Callable[[HeaderFacts], str]) -> None:
    counts = Counter(key(letter.facts) for letter in together)
    usual, count = counts.most_common(1)[0]
    if count < HABIT or count < 0.9 * len(together):
        return
    witness = next(letter for letter in together if key(letter.facts) == usual)
    for letter in together:
        said = key(letter.facts)
        if said == usual or letter.facts.message_id is None or witness.facts.message_id is None:
            across.put(rule, letter.document, None)
            continue
        spots = (spot(letter.document, letter.facts.message_id), spot(witness.document, witness.facts.message_id))
        values = {"said": said or "?", "expected": usual, "of": count}
        across.put(rule, letter.document, Observation(rule=rule, values=values, spots=spots))


# --- series of numbers ----------------------------------------------------------------------------------------------

_REPLY = re.compile(r"(?i)^(?:\s*(?:re|fwd?|aw|wg|ответ|на|отв|ha|fw)(?:\[\d+\])?\s*:)+\s*")
_NUMBER = re.compile(r"\d{1,7}")
#: Letters of a series; share of its numbers that must be here; numbers that may be missing in one gap.
SERIES, DENSE, WIDEST_GAP = 8, 0.6, 25


def _series(across: Across, letters: Sequence[Letter]) -> None:
    found: dict[tuple[str, str], dict[int, Letter]] = defaultdict(dict)
    for letter in letters:
        place = letter.facts.subject
        if place is None or letter.facts.date is None or letter.answers or _REPLY.match(place.text):
            continue
        sender = letter.facts.sender.rpartition("@")[2]
        for number in list(_NUMBER.finditer(place.text))[:4]:
            template = f"{place.text[: number.start()]}#{place.text[number.end() :]}".casefold()
            found[sender, " ".join(template.split())].setdefault(int(number[0]), letter)
    for (_, template), numbers in found.items():
        if len(numbers) >= SERIES:
            _gaps(across, template, numbers)


def _gaps(across: Across, template: str, numbers: Mapping[int, Letter]) -> None:
    ordered = sorted(numbers)
    dates = [_utc(numbers[each]) for each in ordered]
    rising = sum(a <= b for a, b in pairwise(dates))
    if len(ordered) < DENSE * (ordered[-1] - ordered[0] + 1) or rising < 0.9 * (len(ordered) - 1):
        return
    across.put("sequence_gap", numbers[ordered[0]].document, None)
    for before, after in pairwise(ordered):
        missing = after - before - 1
        first, second = numbers[before].facts.subject, numbers[after].facts.subject
        if not 0 < missing <= WIDEST_GAP or first is None or second is None:
            across.put("sequence_gap", numbers[after].document, None)
            continue
        values = {"series": f"“{template}”", "count": missing, "before": str(before), "after": str(after)}
        spots = (spot(numbers[before].document, first), spot(numbers[after].document, second))
        one = Observation(rule="sequence_gap", values=values, spots=spots)
        across.put("sequence_gap", numbers[after].document, one)


def _utc(letter: Letter) -> float:
    return letter.facts.date.utc if letter.facts.date else 0.0


# --- the daily volume of a mailbox ----------------------------------------------------------------------------------

#: Letters of a mailbox, working days of a gap, working days looked at around it, letters that the gap should have held.
MAILBOX, LONG_GAP, AROUND_GAP, EXPECTED = 60, 5, 20, 15
_WORKING_DAYS = 5


def _volume(across: Across, letters: Sequence[Letter]) -> None:
    boxes: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        if letter.facts.date is not None and 0 <= _utc(letter) < 4_102_444_800:
            for box in letter.boxes:
                boxes[box].append(letter)
    for held in boxes.values():
        if len(held) >= MAILBOX:
            _quiet_days(across, sorted(held, key=lambda one: (_utc(one), one.document)))


def _quiet_days(across: Across, held: Sequence[Letter]) -> None:
    days = [datetime.fromtimestamp(_utc(letter), UTC).toordinal() for letter in held]
    counts = Counter(days)
    for number, letter in enumerate(held):
        one = _quiet(held, days, counts, number) if number else None
        across.put("volume_gap", letter.document, one)


def _quiet(held: Sequence[Letter], days: Sequence[int], counts: Counter[int], number: int) -> Observation | None:
    first, last = days[number - 1], days[number]
    quiet = _working(first + 1, last)
    if len(quiet) < LONG_GAP or len(quiet) > 4 * AROUND_GAP:
        return None
    before, after = _working(first - 2 * AROUND_GAP, first + 1)[-AROUND_GAP:], _working(last, last + 2 * AROUND_GAP)
    around = [counts[day] for day in (*before, *after[:AROUND_GAP]) if days[0] <= day <= days[-1]]
    if len(around) < AROUND_GAP:
        return None
    usual = median(around)
    if usual * len(quiet) < EXPECTED:
        return None
    earlier, later = held[number - 1].facts.date, held[number].facts.date
    if earlier is None or later is None:
        return None
    values = {
        "count": len(quiet),
        "before": shown(earlier.utc)[:10],
        "after": shown(later.utc)[:10],
        "usual": f"{usual:g}",
    }
    spots = (spot(held[number - 1].document, earlier.place), spot(held[number].document, later.place))
    return Observation(rule="volume_gap", values=values, spots=spots)


def _working(start: int, end: int) -> list[int]:
    """Ordinals of the working days in [start, end)."""
    return [day for day in range(start, min(end, start + 400)) if (day + 6) % 7 < _WORKING_DAYS]


# --- copies of one letter -------------------------------------------------------------------------------------------


def _copies(across: Across, members: Sequence[Letter], layers: Layers) -> None:
    for other in members[1:]:
        across.put("copies_differ", other.document, compare_copies(members[0], other, layers))
    if len(members) > 1:
        across.put("copies_differ", members[0].document, None)


def compare_copies(left: Letter, right: Letter, layers: Layers) -> Observation | None:
    """How two copies differ in what their sender wrote; None where they agree. Lines that servers add are left out."""
    ours, theirs = _by_name(left.facts.fields), _by_name(right.facts.fields)
    same_body = left.facts.body_hash == right.facts.body_hash or _words(layers(left.document)) == _words(
        layers(right.document)
    )
    names = [name for name in dict.fromkeys((*ours, *theirs)) if not _transport(name, name in ours and name in theirs)]
    if same_body:
        names = [name for name in names if not name.startswith(("content-", "mime-"))]
    different = [
        name for name in names if [f.hash for f in ours.get(name, [])] != [f.hash for f in theirs.get(name, [])]
    ]
    if not different and same_body:
        return None
    said = [*different, *([] if same_body else ["body"])]
    values = {"same": len(names) + 1 - len(said), "of": len(names) + 1, "fields": ",".join(said[:12])}
    first = said[0]
    spots = (_field_spot(left, ours.get(first)), _field_spot(right, theirs.get(first)))
    return Observation(rule="copies_differ", values=values, spots=spots)


def _transport(name: str, both: bool) -> bool:
    return not both and name.startswith("x-")


def _by_name(fields: Sequence[FieldHash]) -> dict[str, list[FieldHash]]:
    found: dict[str, list[FieldHash]] = defaultdict(list)
    for each in fields:
        found[each.name].append(each)
    return found


def _field_spot(letter: Letter, fields: Sequence[FieldHash] | None) -> Spot:
    if fields:
        return Spot(document=letter.document, start=fields[0].start, end=fields[0].end, text=fields[0].name)
    place = letter.facts.date.place if letter.facts.date else Place(start=0, end=0, text="")
    return spot(letter.document, place)


def _words(layer: TextLayer | None) -> tuple[str, ...] | None:
    if layer is None:
        return None
    header = next((each.end for each in layer.segments if each.role.value == "header" and each.start == 0), 0)
    return tuple(layer.text[header:].split())
