"""What is looked for in a text: words and their spellings, phrases, words near each other, designations, numbers, broken words.

Each finder belongs to one part of a query and gives the places of one view of a text, with the rule by which each one fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice

from leakdesk.search.codes import codes_in, numbers_in
from leakdesk.search.mended import mended_in
from leakdesk.search.results import TextMatch
from leakdesk.search.words import CAPITAL, LONGEST_TERM, WORD, Words, bare, is_ideograph, term_of, words_of
from leakdesk.search.zones import ZONE_FIELDS, Zone

#: A word of more spellings than this is looked for by taking the text apart.
MOST_QUICK = 120
EXACT = "exact"


@dataclass(slots=True)
class View:
    """A zone of a text, or a window of one. Its words are taken apart when somebody asks for them, once.

    `first`: the zone is the one that the text begins with.
    """

    text: str
    zone: Zone
    first: bool = False
    _words: Words | None = None

    @property
    def words(self) -> Words:
        """The words of the view, with offsets counted in the whole text."""
        if self._words is None:
            self._words = words_of(self.text, self.zone[1], self.zone[2])
        return self._words


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What may stand at one position: terms with their rules, or a test for patterns (the rule, or None).

    `loose` says that other spellings were asked for; `spelled` are the terms without the marks of capitals, made at birth.
    A test does not look at the mark of a capital; `literal` are small letters that stand in every word that passes it.
    """

    rules: Mapping[str, str]
    test: Callable[[str], str | None] | None = None
    loose: bool = False
    literal: str = ""
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

    def settled(self, tokens: Set[str]) -> Alternatives | None:
        """These alternatives among the words of a few texts (in small letters), as terms with rules and without a test;
        None where there are too many of them, or one that is cut."""
        test = self.test
        if test is None:
            return self
        rules = dict(self.rules)
        for token in tokens:
            rule = test(token)
            if rule is not None:
                if len(token) >= LONGEST_TERM or len(rules) > MOST_QUICK:
                    return None
                rules.setdefault(token, rule)
                rules.setdefault(CAPITAL + token, rule)
        return Alternatives(rules, loose=self.loose)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Finds words one after the other; a single word is a sequence of one."""

    term: str
    positions: tuple[Alternatives, ...]
    fields: tuple[str, ...] = ()
    #: Whether the fields are zones; and whether `quick` can find it: the first word has few spellings and is no pattern.
    in_zones: bool = field(init=False, compare=False)
    is_quick: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        first = self.positions[0]
        few = first.test is None and len(first.spelled) <= MOST_QUICK
        short = max(map(len, first.spelled), default=0) < LONGEST_TERM
        object.__setattr__(self, "in_zones", all(name in ZONE_FIELDS for name in self.fields))
        object.__setattr__(self, "is_quick", few and short and self.in_zones)

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

    def settled(self, tokens: Set[str]) -> Sequence | None:
        """This finder among the words of a few texts, so that it is quick; None where that is impossible."""
        first = self.positions[0].settled(tokens)
        made = Sequence(self.term, (first, *self.positions[1:]), self.fields) if first else None
        return made if made and made.is_quick else None

    def matches(self, view: View) -> Iterator[TextMatch]:
        """The places of one view."""
        words = view.words
        for first, last, rule in self.spans(words):
            yield _match(view.text, words.starts[first], words.ends[last], self.term, rule, view.zone[0])

    def quick(self, text: str, small: str, zone: Zone, found: Iterable[tuple[int, int]]) -> Iterator[TextMatch]:
        """As `matches`, by the places where spellings of the first word may stand, instead of taking the whole text apart;
        `small` is `words.small_letters` of the text."""
        rest = self.positions[1:]
        for start, end, rule in _written(text, small, self.positions[0], zone, found):
            if not rest:
                yield _match(text, start, end, self.term, rule, zone[0])
                continue
            following = list(islice(WORD.finditer(text, end, zone[2]), len(rest)))
            rules = [each.rule(term_of(word.group())) for each, word in zip(rest, following, strict=False)]
            kept = [each for each in rules if each is not None]
            if len(kept) == len(rest):
                yield _match(text, start, following[-1].end(), self.term, joined([rule, *kept]), zone[0])


def _written(
    text: str, small: str, first: Alternatives, zone: Zone, found: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    _, start, end = zone
    rules = first.rules
    for at, stop in found:
        if start <= at and stop <= end and _is_word(text, small, at, stop, start, end):
            rule = rules.get(term_of(text[at:stop]))
            if rule is not None:
                yield at, stop, rule


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

    def matches(self, view: View) -> Iterator[TextMatch]:
        """The places of one view."""
        words = view.words
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
            yield _match(view.text, words.starts[first], words.ends[last], term, rule, view.zone[0])


@dataclass(frozen=True, slots=True)
class Designation:
    """Finds designations by their folds."""

    term: str
    folds: frozenset[str]
    fields: tuple[str, ...] = ()

    def matches(self, view: View) -> Iterator[TextMatch]:
        """The places of one view."""
        text, (zone, first, end) = view.text, view.zone
        for start, stop, folds in codes_in(text, first, end):
            if not self.folds.isdisjoint(folds):
                same = text[start:stop].casefold() == self.term.casefold()
                yield _match(text, start, stop, self.term, EXACT if same else "designation", zone)


@dataclass(frozen=True, slots=True)
class NumberBetween:
    """Finds numbers in a range, ends included."""

    term: str
    low: float
    high: float
    fields: tuple[str, ...] = ()

    def matches(self, view: View) -> Iterator[TextMatch]:
        """The places of one view."""
        text, (zone, first, end) = view.text, view.zone
        for start, stop, values in numbers_in(text, first, end):
            if any(self.low <= value <= self.high for value in values):
                yield _match(text, start, stop, self.term, EXACT if text[start:stop] == self.term else "number", zone)


@dataclass(frozen=True, slots=True)
class Broken:
    """Finds words that the text shows broken, as they were meant."""

    term: str
    positions: tuple[Alternatives, ...]
    fields: tuple[str, ...] = ()

    def matches(self, view: View) -> Iterator[TextMatch]:
        """The places of one view."""
        text, (zone, first, end) = view.text, view.zone
        for run in mended_in(text, first, end):
            for at in range(len(run) - len(self.positions) + 1):
                part = run[at : at + len(self.positions)]
                rules = [each.rule(word.term) for each, word in zip(self.positions, part, strict=True)]
                kept = [rule for rule in rules if rule is not None]
                if len(kept) == len(part):
                    yield _match(text, part[0].start, part[-1].end, self.term, joined([part[0].why, *kept]), zone)


Finder = Sequence | Broken | Nearby | Designation | NumberBetween


def joined(rules: Iterable[str]) -> str:
    """The rule of a phrase: exact when every word is, else the others' rules."""
    others = dict.fromkeys(part for rule in rules if rule != EXACT for part in rule.split(" + "))
    return " + ".join(others) or EXACT


def _match(text: str, start: int, end: int, term: str, rule: str, zone: str) -> TextMatch:
    return TextMatch(start=start, end=end, text=text[start:end], term=term, rule=rule, zone=zone)
