"""Sources end where names end: an office goes with the name behind it, and no name is cut."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from leakdesk.reading.attribution_found import Text
from leakdesk.reading.spans import Range

#: Words that may stand between an office and the name of who holds it: «капітан [загону] Борис Корчовий».
_BETWEEN = 4
#: How far behind a source a name may start (code points).
_REACH = 60


def with_name(text: Text, source: Range, cue: Range | None, people: Sequence[Range]) -> Range:
    """The source, longer where a person's name runs on or stands right behind its office. `people` are in order of place."""
    start, end = source
    at = bisect_left(people, (start, start))
    for a, b in people[max(0, at - 1) : at + 6]:
        if b <= start:
            continue
        if a <= end - 1 < b - 1:
            return start, b
        if a < end:
            return source
        return (start, b) if a < end + _REACH and _one_phrase(text, end, a, b, cue) else source
    return source


def _one_phrase(text: Text, end: int, name: int, stop: int, cue: Range | None) -> bool:
    number = text.at(name)
    if number is None or (cue is not None and end <= cue[0] < stop):
        return False
    sentence = text.sentences[number]
    between = [token for token in sentence.tokens if end <= token.start < name]
    named = next((token for token in sentence.tokens if token.start >= name), None)
    before = next((token for token in reversed(sentence.tokens) if token.end <= end), None)
    if named is None or before is None or before.pos not in ("N", "PN") or named.cases == "d":
        return False
    if sentence.language == "en":
        return not between and before.pos == "N"
    return len(between) <= _BETWEEN and all(token.pos in ("N", "A") for token in between)
