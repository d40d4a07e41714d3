"""Which message wrote what another one quotes: the one whose own words hold the words around the match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from leakdesk.search.results import TextForSearch, TextMatch
from leakdesk.search.words import Words, words_of
from leakdesk.search.zones import zones

#: Words around a match that are looked for, from the most to the fewest; fewer words prove nothing outside a conversation.
WINDOWS = (12, 7, 4)
FEWEST_ELSEWHERE = 7
#: Messages with the same words that are looked at, characters of each, and how many words a run of theirs has.
MOST, MOST_CHARACTERS, RUN = 20, 20_000, 4
#: Initials before a quoted line.
_INITIALS = re.compile(r"^[ \t>]*([^\W\d_]{1,4})>", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a row (terms of the index), as they are quoted."""

    terms: tuple[str, ...]


def writer_of(
    shown: TextForSearch,
    match: TextMatch,
    written: Callable[[Passage], Sequence[str]],
    about: Callable[[Sequence[str]], dict[str, TextForSearch]],
) -> str | None:
    """The document that wrote a quoted passage. `written` gives the documents whose own words hold it; of several (a
    signature stands under every letter) the one of whose words most are quoted here, then the earliest, is it."""
    for passage in _passages(shown, match):
        found = [document for document in written(passage) if document != shown.document]
        known = about(found[:MOST])
        mates = [each for each in known.values() if shown.thread and each.thread == shown.thread]
        others = [each for each in known.values() if each.group is None or each.group != shown.group]
        chosen = mates or (others if len(passage.terms) >= FEWEST_ELSEWHERE else [])
        if chosen:
            quoted = _runs(shown, "quoted")
            return min(chosen, key=lambda each: (-_share(each, quoted), each.date or "9999", each.document)).document
    return None


def _share(candidate: TextForSearch, quoted: set[tuple[str, ...]]) -> float:
    """Which part of a document's own words stands, in runs, among the quoted ones."""
    own = _runs(candidate, "body")
    return round(len(own & quoted) / len(own), 2) if own else 0.0


def _runs(shown: TextForSearch, zone: str) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for name, start, end in zones(len(shown.text), shown.segments):
        if name == zone:
            terms = _said(shown.text, start, min(end, start + MOST_CHARACTERS)).terms
            found.update(terms[at : at + RUN] for at in range(len(terms) - RUN + 1))
    return found


def _said(text: str, start: int, end: int) -> Words:
    """The words of a passage without the initials that some programs put before each quoted line ("ОГ> Текст договора")."""
    words = words_of(text, start, end)
    marks = {found.start(1) for found in _INITIALS.finditer(text, start, end)}
    if not marks:
        return words
    kept = [at for at, first in enumerate(words.starts) if first not in marks]
    return Words(
        tuple(words.starts[at] for at in kept),
        tuple(words.ends[at] for at in kept),
        tuple(words.terms[at] for at in kept),
    )


def _passages(shown: TextForSearch, match: TextMatch) -> Iterator[Passage]:
    zone = next((each for each in zones(len(shown.text), shown.segments) if each[1] <= match.start < each[2]), None)
    if zone is None:
        return
    words = _said(shown.text, zone[1], zone[2])
    at = next((n for n, start in enumerate(words.starts) if start >= match.start), None)
    if at is None:
        return
    told: set[tuple[str, ...]] = set()
    for width in WINDOWS:
        for start in (at - width // 2, at, at - width + 1):
            first = max(0, min(start, len(words.terms) - width))
            terms = words.terms[first : first + width]
            if terms not in told and (len(terms) == width or width == WINDOWS[-1]):
                told.add(terms)
                yield Passage(terms)
