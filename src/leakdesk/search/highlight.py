"""Where in a text a query matches, with exact code points and the rule.

The same words and positions as in the index, recomputed from the text of the few documents that are shown: so a hit by another
spelling is shown as exactly as a literal one. The texts of a page are read together: spellings are looked for in all of them at
once, and only what cannot be found so takes a text apart, in overlapping windows where it is long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice

from leakdesk.search.finders import Finder, View
from leakdesk.search.finders import Sequence as Words
from leakdesk.search.results import TextForSearch, TextMatch
from leakdesk.search.words import WORD, small_letters
from leakdesk.search.words import Words as TextWords
from leakdesk.search.zones import Zone, zones

#: Matches shown of one document, at most; the hit says when there are more.
MOST_MATCHES = 100
#: Windows of a long text, in code points, how far they overlap (more than any phrase or NEAR is long), and how far an end
#: may move to fall between words.
WINDOW, OVERLAP, SLACK = 40_000, 4_000, 192
#: Characters that are read together.
TOGETHER = 100_000
#: Between texts that are read together: no letter, and no part of a word.
_BETWEEN = "\0"

_LINE = re.compile(r"^(From|To|Cc|Bcc|Subject|Attachments?):", re.MULTILINE)
_LINE_OF_FIELD = {
    "from": ("From",),
    "to": ("To",),
    "cc": ("Cc", "Bcc"),
    "subject": ("Subject",),
    "filename": ("Attachment", "Attachments"),
}
_ZONE_OF_FIELD = {"body": "body", "quoted": "quoted", "header": "header", **dict.fromkeys(_LINE_OF_FIELD, "header")}


@dataclass(slots=True)
class Found:
    """The matches of one document in order of place; `more` when there are further ones."""

    matches: list[TextMatch] = field(default_factory=list[TextMatch])
    more: bool = False


def matches_in(shown: TextForSearch, finders: Iterable[Finder], most: int = MOST_MATCHES) -> Found:
    """Every place of a text where the query's parts match, up to `most`; overlapping places are told once, the longest."""
    return matches_of_page([shown], finders, most)[0]


def matches_of_page(page: Sequence[TextForSearch], finders: Iterable[Finder], most: int = MOST_MATCHES) -> list[Found]:
    """What `matches_in` finds in each text of a page; the texts are read together as far as they can be."""
    finders = tuple(finders)
    found: list[Found] = []
    for some in _bundles(page):
        found += _of_bundle(some, finders, most)
    return found


def _bundles(page: Sequence[TextForSearch]) -> Iterator[Sequence[TextForSearch]]:
    first = size = 0
    for at, shown in enumerate(page):
        if at > first and size + len(shown.text) > TOGETHER:
            yield page[first:at]
            first, size = at, 0
        size += len(shown.text)
    if first < len(page):
        yield page[first:]


def _of_bundle(page: Sequence[TextForSearch], finders: tuple[Finder, ...], most: int) -> list[Found]:
    small = small_letters(_BETWEEN.join([shown.text for shown in page])) if finders else None
    if small is None and len(page) > 1 and finders:
        return [each for shown in page for each in _of_bundle([shown], finders, most)]
    quick, slow = _sorted(finders, small)
    written = _Written(page, small or "")
    for finder in quick:
        written.look_for(finder)
    return [_of_text(shown, number, written, slow, most) for number, shown in enumerate(page)]


def _sorted(finders: tuple[Finder, ...], small: str | None) -> tuple[list[Words], list[Finder]]:
    """The finders that look for spellings, and those that take texts apart. Patterns become the words that fit them."""
    if small is None:
        return [], list(finders)
    quick: list[Words] = []
    settled: list[Words] = []
    slow: list[Finder] = []
    tokens: Set[str] | None = None
    for each in finders:
        if isinstance(each, Words) and each.is_quick:
            quick.append(each)
        elif isinstance(each, Words) and each.in_zones and each.positions[0].test is not None:
            literal = each.positions[0].literal
            if not literal:
                tokens = set(WORD.findall(small)) if tokens is None else tokens
            made = each.settled(_around(literal, small) if literal else tokens or set())
            settled.append(made) if made else slow.append(each)
        else:
            slow.append(each)
    return quick + settled, slow


def _around(literal: str, small: str) -> set[str]:
    """The words with these letters in them (and perhaps others)."""
    words: set[str] = set()
    at = small.find(literal)
    while at >= 0:
        low, high = at, at + len(literal)
        while low > 0 and (small[low - 1].isalnum() or small[low - 1] == "'"):
            low -= 1
        while high < len(small) and (small[high].isalnum() or small[high] == "'"):
            high += 1
        words.update(WORD.findall(small, low, high))
        at = small.find(literal, high)
    return words


@dataclass(slots=True)
class _Written:
    """Where spellings may stand in texts that are read together: for each text, finders with places in it."""

    page: Sequence[TextForSearch]
    small: str
    starts: list[int] = field(init=False)
    places: list[list[tuple[Words, list[tuple[int, int]]]]] = field(init=False)

    def __post_init__(self) -> None:
        self.starts, at = [], 0
        for shown in self.page:
            self.starts.append(at)
            at += len(shown.text) + len(_BETWEEN)
        self.places = [[] for _ in self.page]

    def look_for(self, finder: Words) -> None:
        """Note where the first word of a finder may stand."""
        of_text: dict[int, list[tuple[int, int]]] = {}
        find, starts = self.small.find, self.starts
        for form in finder.positions[0].spelled:
            at, length = find(form), len(form)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                here = at - starts[number]
                of_text.setdefault(number, []).append((here, here + length))
                at = find(form, at + 1)
        for number, found in of_text.items():
            found.sort()
            self.places[number].append((finder, found))

    def small_of(self, number: int) -> str:
        """The small letters of one text."""
        start = self.starts[number]
        return self.small[start : start + len(self.page[number].text)]


def _of_text(shown: TextForSearch, number: int, written: _Written, slow: Sequence[Finder], most: int) -> Found:
    places: dict[tuple[int, int], TextMatch] = {}
    quick = written.places[number]
    if not quick and not slow:
        return Found()
    small = written.small_of(number) if quick else ""
    for zone in zones(len(shown.text), shown.segments):
        for finder, found in quick:
            if not finder.fields or zone[0] in finder.fields:
                for match in islice(finder.quick(shown.text, small, zone, found), 4 * most):
                    places.setdefault((match.start, match.end), match)
        for view in _views(shown.text, zone) if slow else ():
            for finder in slow:
                part = _limited(finder.fields, view)
                if part is None:
                    continue
                for match in islice(finder.matches(part), most + 1):
                    places.setdefault((match.start, match.end), match)
            if len(places) > 4 * most:
                break
    kept = _without_overlaps(places.values())
    return Found(matches=kept[:most], more=len(kept) > most)


def _views(text: str, zone: Zone) -> Iterator[View]:
    name, start, end = zone
    while True:
        stop = min(start + WINDOW, end)
        if stop < end:
            stop = _between_words(text, stop, end)
        yield View(text, (name, start, stop), zone[1] == 0)
        if stop >= end:
            return
        start = _between_words(text, max(start + 1, stop - OVERLAP), stop)


def _between_words(text: str, at: int, end: int) -> int:
    limit = min(end, at + SLACK)
    while at < limit and not text[at].isspace():
        at += 1
    return at


def _limited(fields: tuple[str, ...], view: View) -> View | None:
    """The part of a view that a finder may look at: all, or what its fields say. The lines of a quoted head are nobody's."""
    if not fields:
        return view
    name = view.zone[0]
    wanted = {_ZONE_OF_FIELD.get(each) for each in fields}
    if name not in wanted:
        return None
    if name in fields or name != "header":
        return view
    if not view.first:
        return None
    labels = {label for each in fields for label in _LINE_OF_FIELD.get(each, ())}
    return View(view.text, view.zone, view.first, _of_lines(view.words, view.zone, view.text, labels))


def _of_lines(words: TextWords, zone: Zone, text: str, labels: set[str]) -> TextWords:
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
    return TextWords(words.starts, words.ends, masked)


def _without_overlaps(places: Iterable[TextMatch]) -> list[TextMatch]:
    found = list(places)
    if len(found) < 2:
        return found
    kept: list[TextMatch] = []
    for match in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
