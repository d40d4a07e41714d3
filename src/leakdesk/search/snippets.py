"""The passage of a text that a hit shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leakdesk.search.results import TextMatch

#: Length of a snippet in code points, and how far its ends may move to fall between words.
SNIPPET, SLACK = 240, 24
#: Matches after one that are looked at to see what else a passage shows.
_LOOK_AHEAD = 40
_PREFERENCE = {"body": 2, "quoted": 1, "header": 0}
_BLANK = re.compile(r"\s")
_LAST_BLANK = re.compile(r"\s\S*\Z")


def snippet(text: str, found: Sequence[TextMatch], length: int = SNIPPET) -> tuple[int, int]:
    """Code points [start, end) of the passage with the most different terms, body before quoted before header."""
    if not found:
        return 0, _back(text, min(len(text), length), 0)
    best = _best(found, length) if len(found) > 1 else 0
    first = found[best]
    last = first.end
    if len(found) > 1:
        limit = max(first.start + length, first.end)
        last = max(each.end for each in found[best:] if each.end <= limit)
    room = max(0, length - (last - first.start))
    start = max(0, first.start - room // 2)
    end = min(len(text), max(last, start + length))
    return _forward(text, start, first.start), _back(text, min(end, start + max(length, last - start)), last)


def _best(found: Sequence[TextMatch], length: int) -> int:
    """Which match the passage begins with."""
    told = len({each.term for each in found})
    best, most = 0, (0, -1)
    for at, each in enumerate(found):
        preferred = _PREFERENCE.get(each.zone, 0)
        rank = (1, preferred) if told == 1 else (_terms_from(found, at, length), preferred)
        if rank > most:
            best, most = at, rank
            if told == 1 and preferred == _PREFERENCE["body"]:
                break
    return best


def _terms_from(found: Sequence[TextMatch], at: int, length: int) -> int:
    inside = {found[at].term}
    for each in found[at + 1 : at + _LOOK_AHEAD]:
        if each.end > found[at].start + length:
            break
        inside.add(each.term)
    return len(inside)


def _forward(text: str, at: int, limit: int) -> int:
    """The next beginning of a word, no further than `limit`."""
    if at == 0 or text[at - 1].isspace():
        return at
    blank = _BLANK.search(text, at, min(limit, at + SLACK))
    return blank.end() if blank else at


def _back(text: str, at: int, limit: int) -> int:
    """The end of the word before, no further back than `limit`."""
    if at >= len(text) or text[at].isspace():
        return at
    blank = _LAST_BLANK.search(text[max(limit, at - SLACK) : at])
    return max(limit, at - SLACK) + blank.start() if blank else at
