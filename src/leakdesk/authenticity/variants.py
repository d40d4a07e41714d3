"""Marks and wordings that identify a recipient, found in our own letters before anything of them is published.

Three things: marks a reader does not see (`marks_of`), one letter sent in several wordings (`wording_groups`), and what a
letter would fetch or ask for when it is opened. Groups have numbers and counts. Who received which wording is not worked
out, not ranked and not stored: the reader is told to paraphrase, which protects whoever passed the letters on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from leakdesk.language.canonical import FingerprintMark, fingerprint_marks, plain_text
from leakdesk.language.reuse import shingles, similarity

#: Texts are wordings of one letter if this share of their words stands in both in the same order.
SAME_LETTER = 0.6
#: Words in a run that candidates share; longer runs break at each changed word of a short letter.
RUN = 3
#: Longer letters are compared by their runs (Jaccard), which costs less than aligning them.
LONG, SAME_RUNS = 600, 0.4
#: Wordings of one letter leave within this many seconds of each other.
SENT_TOGETHER = 3 * 86_400.0
#: A letter's smallest hashes of runs: two wordings that share a third of their runs share one of 24 of these in practice always.
SKETCH = 24
#: A stretch that stands in more letters than this at one time is a footer or a form, not a letter.
COMMON = 400
#: Shorter letters are alike by chance.
FEWEST_WORDS = 8
#: Kinds of marks that ordinary programs leave behind all the time: they are counted, but a sentence names them last.
EVERYDAY = frozenset({"double space", "trailing space", "odd space"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A letter as wordings are compared: its document, when it was sent, its own words (without quotation and signature),
    and to whom: two letters to the same people are two letters, not two wordings. Nobody's name leaves the comparison."""

    document: str
    utc: float
    body: str
    to: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingGroup:
    """One letter in several wordings: the number of the group, the letters held, and how many different wordings these
    are. `wording_of`: document -> number of its wording."""

    number: int
    copies: int
    wordings: int
    wording_of: Mapping[str, int]


def marks_of(text: str) -> tuple[FingerprintMark, ...]:
    """Every mark in a text that a reader does not see, with its place."""
    return fingerprint_marks(text)


def mark_kinds(marks: Sequence[FingerprintMark]) -> dict[str, int]:
    """How many marks there are of each kind, those first that no program leaves by itself."""
    counts = Counter(str(mark.kind) for mark in marks)
    return dict(sorted(counts.items(), key=lambda pair: (pair[0] in EVERYDAY, -pair[1], pair[0])))


def wording_groups(letters: Sequence[Sent], first: int = 1) -> tuple[WordingGroup, ...]:
    """The letters of one sender that are one letter in several wordings, numbered from `first` in the order of sending."""
    ordered = sorted(letters, key=lambda one: (one.utc, one.document))
    plain = {one.document: _plain(one.body) for one in ordered}
    leader = {one.document: one.document for one in ordered}
    for left, right in _alike([one for one in ordered if plain[one.document].count(" ") + 1 >= FEWEST_WORDS], plain):
        a, b = _find(leader, left), _find(leader, right)
        leader[max(a, b)] = min(a, b)
    together: dict[str, list[str]] = defaultdict(list)
    for one in ordered:
        together[_find(leader, one.document)].append(one.document)
    groups: list[WordingGroup] = []
    for members in together.values():
        numbers: dict[str, int] = {}
        of = {own: numbers.setdefault(plain[own], len(numbers) + 1) for own in members}
        if len(numbers) > 1:
            groups.append(
                WordingGroup(number=first + len(groups), copies=len(members), wordings=len(numbers), wording_of=of)
            )
    return tuple(groups)


def _plain(body: str) -> str:
    """Words in plain form: invisible marks, odd spaces and look-alikes are the business of `marks_of`."""
    return " ".join(plain_text(body).split())


def _find(leader: dict[str, str], name: str) -> str:
    while leader[name] != name:
        leader[name] = leader[leader[name]]
        name = leader[name]
    return name


def _alike(letters: Sequence[Sent], plain: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs sent together that are similar enough; candidates share one of their smallest shingles."""
    by_run: dict[int, list[Sent]] = defaultdict(list)
    prepared: dict[str, frozenset[int]] = {}
    pairs: list[tuple[str, str]] = []
    for one in letters:
        own = prepared[one.document] = shingles(plain[one.document].split(), RUN)
        near: dict[str, Sent] = {}
        for run in sorted(own)[:SKETCH]:
            held = by_run[run]
            while held and one.utc - held[0].utc > SENT_TOGETHER:
                held.pop(0)
            if len(held) < COMMON:
                near.update({other.document: other for other in held})
                held.append(one)
        seen: set[str] = set()
        for name, other in near.items():
            if plain[name] in seen or (other.to and other.to == one.to and plain[name] != plain[one.document]):
                continue
            if _same_letter(plain[name], plain[one.document], partial(similarity, prepared[name], own)):
                pairs.append((name, one.document))
                seen.add(plain[name])
    return pairs


def same_letter(left: str, right: str) -> bool:
    """Are two letters one letter in two wordings, by their words alone?"""
    a, b = _plain(left), _plain(right)
    return _same_letter(a, b, lambda: similarity(shingles(a.split(), RUN), shingles(b.split(), RUN)))


def _same_letter(left: str, right: str, runs: Callable[[], float]) -> bool:
    if left == right:
        return True
    a, b = left.split(), right.split()
    if max(len(a), len(b)) > LONG:
        return runs() >= SAME_RUNS
    common = sum((Counter(a) & Counter(b)).values())
    if 2 * common < SAME_LETTER * (len(a) + len(b)):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME_LETTER
