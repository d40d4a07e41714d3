"""Where in a text a query matches, with exact code points and the rule; and the snippet around the best place.

The same words and positions as in the index, recomputed from the text of the few documents that are shown: so a hit by another
spelling is shown as exactly as a literal one. Long texts are read in overlapping windows until there are matches enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from leakdesk.search.codes import codes_in, numbers_in
from leakdesk.search.mended import mended_in
from leakdesk.search.results import TextForSearch, TextMatch
from leakdesk.search.words import LONGEST_TERM, WORD, Words, bare, is_ideograph, small_letters, term_of, words_of
from leakdesk.search.zones import ZONE_FIELDS, Zone, zones

#: Matches shown of one document, at most; the hit says when there are more.
MOST_MATCHES = 100
#: Windows of a long text, in code points, and how far they overlap (more than any phrase or NEAR is long).
WINDOW, OVERLAP = 40_000, 4_000
#: A word of more spellings than this is looked for by taking the text apart.
MOST_QUICK = 120
#: Length of a snippet in code points, and how far its ends may move to fall between words.
SNIPPET, SLACK = 240, 24

_LINE = re.compile(r"^(From|To|Cc|Bcc|Subject|Attachments?):", re.MULTILINE)
_LINE_OF_FIELD = {
    "from": ("From",),
    "to": ("To",),
    "cc": ("Cc", "Bcc"),
    "subject": ("Subject",),
    "filename": ("Attachment", "Attachments"),
}
_ZONE_OF_FIELD = {"body": "body", "quoted": "quoted", "header": "header", **dict.fromkeys(_LINE_OF_FIELD, "header")}
EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What may stand at one position: terms with their rules, or a test for patterns (the rule, or None).

    `loose` says that other spellings were asked for; `spelled` are the terms without the marks of capitals, made at birth.
    """

    rules: Mapping[str, str]
    test: Callable[[str], str | None] | None = None
    loose: bool = False
    spelled: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "spelled", tuple(dict.fromkeys(map(bare, self.rules))))

    def rule(self, term: str) -> str | None:
        """Why a term fits here, or None."""
        found = self.rules.get(term)
        return found if found is not None or self.test is None else self.test(term)

    def places(self, words: Words) -> list[tuple[int, str]]:
        """Indexes of the words that fit, with their rules."""
        if self.test is None:
            rules = self.rules
            return [(at, rules[term]) for at, term in enumerate(words.terms) if term in rules]
        return [(at, rule) for at, term in enumerate(words.terms) if (rule := self.rule(term)) is not None]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Finds words one after the other; a single word is a sequence of one."""

    term: str
    positions: tuple[Alternatives, ...]
    fields: tuple[str, ...] = ()
    #: Whether `quick` can find it: the first word has few spellings and is no pattern, and the fields are zones.
    is_quick: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        first = self.positions[0]
        few = first.test is None and len(first.spelled) <= MOST_QUICK
        short = max(map(len, first.spelled), default=0) < LONGEST_TERM
        object.__setattr__(self, "is_quick", few and short and all(name in ZONE_FIELDS for name in self.fields))

    def spans(self, words: Words) -> Iterator[tuple[int, int, str]]:
        """(index of the first word, index of the last, rule) of each place."""
        rest = self.positions[1:]
        for at, rule in self.positions[0].places(words):
            rules = [rule]
            for offset, alternatives in enumerate(rest, start=1):
                found = alternatives.rule(words.terms[at + offset]) if at + offset < len(words.terms) else None
                if found is None:
                    break
                rules.append(found)
            else:
                yield at, at + len(rest), joined(rules)

    def matches(self, text: str, words: Words, zone: Zone) -> Iterator[TextMatch]:
        """The places of one zone or window."""
        for first, last, rule in self.spans(words):
            yield _match(text, words.starts[first], words.ends[last], self.term, rule, zone[0])

    def quick(self, text: str, small: str, zone: Zone) -> Iterator[TextMatch]:
        """As `matches`, by looking for the spellings themselves instead of taking the whole text apart; `small` is
        `words.small_letters` of the text."""
        rest = self.positions[1:]
        for start, end, rule in _written(text, small, self.positions[0], zone[1], zone[2]):
            if not rest:
                yield _match(text, start, end, self.term, rule, zone[0])
                continue
            following = list(islice(WORD.finditer(text, end, zone[2]), len(rest)))
            rules = [each.rule(term_of(word.group())) for each, word in zip(rest, following, strict=False)]
            kept = [each for each in rules if each is not None]
            if len(kept) == len(rest):
                yield _match(text, start, following[-1].end(), self.term, joined([rule, *kept]), zone[0])


def _written(text: str, small: str, first: Alternatives, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    rules = first.rules
    for form in first.spelled:
        at = small.find(form, start, end)
        while at >= 0:
            stop = at + len(form)
            rule = rules.get(term_of(text[at:stop])) if _is_word(text, small, at, stop, start, end) else None
            if rule is not None:
                found.append((at, stop, rule))
            at = small.find(form, at + 1, end)
    found.sort()
    yield from found


def _is_word(text: str, small: str, start: int, stop: int, first: int, end: int) -> bool:
    before = small[start - 1] if start > first else " "
    after = small[stop] if stop < end else " "
    if before.isalnum() or after.isalnum():
        return (is_ideograph(before) or is_ideograph(after)) and _alone(text, start, stop, first, end)
    return (before != "'" and after != "'") or _alone(text, start, stop, first, end)


def _alone(text: str, start: int, stop: int, first: int, end: int) -> bool:
    """Whether [start, stop) is a word of its own when its neighbourhood is taken apart (apostrophes, ideographs)."""
    low = start
    while low > first and not text[low - 1].isspace() and start - low < 2 * LONGEST_TERM:
        low -= 1
    return any(word.span() == (start, stop) for word in WORD.finditer(text, low, min(end, stop + LONGEST_TERM)))


@dataclass(frozen=True, slots=True)
class Nearby:
    """Finds two sequences at most `distance` words apart, in either order: both places are shown."""

    left: tuple[Sequence, ...]
    right: tuple[Sequence, ...]
    distance: int
    fields: tuple[str, ...] = ()

    def matches(self, text: str, words: Words, zone: Zone) -> Iterator[TextMatch]:
        """The places of one zone or window."""
        lefts = [(span, each.term) for each in self.left for span in each.spans(words)]
        rights = [(span, each.term) for each in self.right for span in each.spans(words)]
        kept: dict[tuple[int, int], tuple[str, str]] = {}
        for left, left_term in lefts:
            for right, right_term in rights:
                apart = right[0] - left[1] if right[0] > left[1] else left[0] - right[1]
                if 1 <= apart <= self.distance:
                    kept[left[:2]] = (left_term, left[2])
                    kept[right[:2]] = (right_term, right[2])
        for (first, last), (term, rule) in sorted(kept.items()):
            yield _match(text, words.starts[first], words.ends[last], term, rule, zone[0])


@dataclass(frozen=True, slots=True)
class Designation:
    """Finds designations by their folds."""

    term: str
    folds: frozenset[str]
    fields: tuple[str, ...] = ()

    def matches(self, text: str, words: Words, zone: Zone) -> Iterator[TextMatch]:
        """The places of one zone or window."""
        if not words.starts:
            return
        for start, end, folds in codes_in(text, words.starts[0], words.ends[-1]):
            if not self.folds.isdisjoint(folds):
                same = text[start:end].casefold() == self.term.casefold()
                yield _match(text, start, end, self.term, EXACT if same else "designation", zone[0])


@dataclass(frozen=True, slots=True)
class NumberBetween:
    """Finds numbers in a range, ends included."""

    term: str
    low: float
    high: float
    fields: tuple[str, ...] = ()

    def matches(self, text: str, words: Words, zone: Zone) -> Iterator[TextMatch]:
        """The places of one zone or window."""
        if not words.starts:
            return
        for start, end, values in numbers_in(text, words.starts[0], words.ends[-1]):
            if any(self.low <= value <= self.high for value in values):
                yield _match(text, start, end, self.term, EXACT if text[start:end] == self.term else "number", zone[0])


@dataclass(frozen=True, slots=True)
class Broken:
    """Finds words that the text shows broken, as they were meant."""

    term: str
    positions: tuple[Alternatives, ...]
    fields: tuple[str, ...] = ()

    def matches(self, text: str, words: Words, zone: Zone) -> Iterator[TextMatch]:
        """The places of one zone or window."""
        for run in mended_in(text, zone[1], zone[2]):
            for at in range(len(run) - len(self.positions) + 1):
                part = run[at : at + len(self.positions)]
                rules = [each.rule(word.term) for each, word in zip(self.positions, part, strict=True)]
                kept = [rule for rule in rules if rule is not None]
                if len(kept) == len(part):
                    yield _match(text, part[0].start, part[-1].end, self.term, joined([part[0].why, *kept]), zone[0])


Finder = Sequence | Broken | Nearby | Designation | NumberBetween


def joined(rules: Iterable[str]) -> str:
    """The rule of a phrase: exact when every word is, else the others' rules."""
    others = dict.fromkeys(part for rule in rules if rule != EXACT for part in rule.split(" + "))
    return " + ".join(others) or EXACT


def _match(text: str, start: int, end: int, term: str, rule: str, zone: str) -> TextMatch:
    return TextMatch(start=start, end=end, text=text[start:end], term=term, rule=rule, zone=zone)


@dataclass(slots=True)
class Found:
    """The matches of one document in order of place; `more` when there are further ones."""

    matches: list[TextMatch] = field(default_factory=list[TextMatch])
    more: bool = False


def matches_in(shown: TextForSearch, finders: Iterable[Finder], most: int = MOST_MATCHES) -> Found:
    """Every place of a text where the query's parts match, up to `most`; overlapping places are told once, the longest."""
    finders = tuple(finders)
    places: dict[tuple[int, int], TextMatch] = {}
    small = small_letters(shown.text)
    quick: list[Sequence] = []
    slow: list[Finder] = []
    for each in finders:
        if small is not None and isinstance(each, Sequence) and each.is_quick:
            quick.append(each)
        else:
            slow.append(each)
    for zone in zones(len(shown.text), shown.segments):
        for finder in quick:
            if small is not None and (not finder.fields or zone[0] in finder.fields):
                for match in islice(finder.quick(shown.text, small, zone), 4 * most):
                    places.setdefault((match.start, match.end), match)
        for words, window in _windows(shown.text, zone) if slow else ():
            for finder in slow:
                part = _limited(finder.fields, words, window, shown.text, own_head=zone[1] == 0)
                if part is None:
                    continue
                for match in islice(finder.matches(shown.text, part, window), most + 1):
                    places.setdefault((match.start, match.end), match)
            if len(places) > 4 * most:
                break
    kept = _without_overlaps(places.values())
    return Found(matches=kept[:most], more=len(kept) > most)


def _windows(text: str, zone: Zone) -> Iterator[tuple[Words, Zone]]:
    name, start, end = zone
    while True:
        stop = min(start + WINDOW, end)
        if stop < end:
            stop = _between_words(text, stop, end)
        yield words_of(text, start, stop), (name, start, stop)
        if stop >= end:
            return
        start = _between_words(text, max(start + 1, stop - OVERLAP), stop)


def _between_words(text: str, at: int, end: int) -> int:
    limit = min(end, at + SLACK * 8)
    while at < limit and not text[at].isspace():
        at += 1
    return at


def _limited(fields: tuple[str, ...], words: Words, zone: Zone, text: str, *, own_head: bool) -> Words | None:
    """The words of a zone that a finder may look at: all, or those of its fields. The lines of a quoted head are nobody's."""
    if not fields:
        return words
    wanted = {_ZONE_OF_FIELD.get(name) for name in fields}
    if zone[0] not in wanted:
        return None
    if zone[0] in fields or zone[0] != "header":
        return words
    if not own_head:
        return None
    labels = {label for name in fields for label in _LINE_OF_FIELD.get(name, ())}
    return _of_lines(words, zone, text, labels)


def _of_lines(words: Words, zone: Zone, text: str, labels: set[str]) -> Words:
    lines = [(found.start(), found.end(), found.group(1)) for found in _LINE.finditer(text, zone[1], zone[2])]
    ends = [start for start, _, _ in lines[1:]] + [zone[2]]
    kept = [
        at
        for (_, start, label), end in zip(lines, ends, strict=False)
        if label in labels
        for at in words.between(start, end)
    ]
    # Words of other lines keep their place, so that positions stay; they match nothing.
    inside = set(kept)
    masked = tuple(term if at in inside else "" for at, term in enumerate(words.terms))
    return Words(words.starts, words.ends, masked)


def _without_overlaps(places: Iterable[TextMatch]) -> list[TextMatch]:
    found = list(places)
    if len(found) < 2:
        return found
    kept: list[TextMatch] = []
    for match in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


_PREFERENCE = {"body": 2, "quoted": 1, "header": 0}


def snippet(text: str, matches: Iterable[TextMatch], length: int = SNIPPET) -> tuple[int, int]:
    """Code points [start, end) of the passage with the most different terms, body before quoted before header."""
    found = list(matches)
    if not found:
        return 0, _back(text, min(len(text), length), 0)
    best = 0
    if len(found) > 1:
        best = max(
            range(len(found)), key=lambda at: (_terms_from(found, at, length), _PREFERENCE.get(found[at].zone, 0), -at)
        )
    first = found[best]
    last = max(each.end for each in found[best:] if each.end <= max(first.start + length, first.end))
    room = max(0, length - (last - first.start))
    start = max(0, first.start - room // 2)
    end = min(len(text), max(last, start + length))
    return _forward(text, start, first.start), _back(text, min(end, start + max(length, last - start)), last)


def _terms_from(found: list[TextMatch], at: int, length: int) -> int:
    inside = {found[at].term}
    for each in found[at + 1 : at + 40]:
        if each.end > found[at].start + length:
            break
        inside.add(each.term)
    return len(inside)


def _forward(text: str, at: int, limit: int) -> int:
    """The next beginning of a word, no further than `limit`."""
    if at == 0 or text[at - 1].isspace():
        return at
    for step in range(at, min(limit, at + SLACK)):
        if text[step].isspace():
            return step + 1
    return at


def _back(text: str, at: int, limit: int) -> int:
    """The end of the word before, no further back than `limit`."""
    if at >= len(text) or text[at].isspace():
        return at
    for step in range(at, max(limit, at - SLACK), -1):
        if text[step - 1].isspace():
            return step - 1
    return at
