"""The letter that is quoted in an answer, beside the letter itself: words that are not the same.

Quoting trims, wraps and marks; so only changes between stretches that do agree are counted: a few words put in, left out or
replaced in the middle. Whole paragraphs that are missing, other charsets and answers between the lines are no alteration.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from leakdesk.authenticity.observations import Observation, Spot
from leakdesk.model.document import Role, TextLayer

_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile(r"(?m)^(?:[ \t]*\w{0,4}>)+")
#: Words compared; words that must agree on both sides of a change; words one change may have; least words in common.
MOST, FIRM, SMALL, ENOUGH = 1_500, 3, 8, 12
#: A quotation that differs in more of its words than this is another text, or went through another charset.
LARGEST_SHARE = 0.25

#: Signs that older charsets do not have, and that programs write with letters instead.
_SIGNS = frozenset({"So", "Sc", "No", "Sm"})

_Words = list[tuple[str, int, int]]


def altered(
    document: str, answer: TextLayer, parent_document: str, parent: TextLayer
) -> tuple[bool, Observation | None]:
    """(whether there was a quotation to look at, what is different in it)."""
    quoted = _words(answer, frozenset({Role.QUOTED}))
    if len(quoted) < ENOUGH:
        return False, None
    original = _words(parent, frozenset(Role) - {Role.HEADER})
    ours, theirs = [word for word, _, _ in quoted], [word for word, _, _ in original]
    if f" {' '.join(ours)} " in f" {' '.join(theirs)} ":
        return True, None
    changes, common = _changes(ours, theirs)
    if common < ENOUGH:
        return False, None
    changes = [each for each in changes if not _lost_in_charset(answer.text, quoted, parent.text, original, each)]
    count = sum(max(a2 - a1, b2 - b1) for a1, a2, b1, b2 in changes)
    if not changes or count > LARGEST_SHARE * common:
        return True, None
    a1, a2, b1, b2 = changes[0]
    spots = (_spot(document, answer, quoted, a1, a2), _spot(parent_document, parent, original, b1, b2))
    return True, Observation(rule="quoted_differs", values={"count": count}, spots=spots)


def _words(layer: TextLayer, roles: frozenset[Role]) -> _Words:
    found: _Words = []
    for segment in layer.segments:
        if segment.role in roles:
            text = _MARKED.sub(lambda match: " " * len(match[0]), layer.text[segment.start : segment.end])
            found += [
                (m[0].casefold(), segment.start + m.start(), segment.start + m.end()) for m in _WORD.finditer(text)
            ]
            if len(found) >= MOST:
                return found[:MOST]
    return found


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[tuple[int, int, int, int]], int]:
    """Small changes between firm stretches: ranges in both, and how many words agree in all."""
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    changes: list[tuple[int, int, int, int]] = []
    for number, (kind, a1, a2, b1, b2) in enumerate(codes[1:-1], 1):
        before, after = codes[number - 1], codes[number + 1]
        firm = all(code[0] == "equal" and code[2] - code[1] >= FIRM for code in (before, after))
        if kind != "equal" and firm and max(a2 - a1, b2 - b1) <= SMALL:
            changes.append((a1, a2, b1, b2))
    return changes, sum(a2 - a1 for kind, a1, a2, _, _ in codes if kind == "equal")


def _lost_in_charset(
    answer: str, quoted: _Words, parent: str, original: _Words, change: tuple[int, int, int, int]
) -> bool:
    """Whether a change is what a charset without some letter makes of it: question marks, or a sign such as № as a letter."""
    a1, a2, b1, b2 = change
    ours = answer[quoted[a1 - 1][2] : quoted[a2][1]]
    theirs = parent[original[b1 - 1][2] : original[b2][1]]
    lost = any(mark in ours and ours.count(mark) > theirs.count(mark) for mark in "?\ufffd")
    return lost or any(unicodedata.category(letter) in _SIGNS for letter in theirs)


def _spot(document: str, layer: TextLayer, words: _Words, low: int, high: int) -> Spot:
    """A run of words; where there is none, the word before it: what is missing stands after it."""
    first, last = (low, high) if low < high else (max(0, low - 1), max(1, low))
    start, end = words[first][1], words[last - 1][2]
    return Spot(document=document, start=start, end=end, text=layer.text[start:end], of="text")
