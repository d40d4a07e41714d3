"""Letters that a scanner misreads: digits inside words, `rn` for `m`. What was meant is only a candidate, and says so.

Гор6ачев -> Горбачев      Harbach0u -> Harbachou      Rornanov -> Romanov
"""

from __future__ import annotations

import re
from functools import lru_cache

from leakdesk.language.scripts import DIGIT_TO_CYRILLIC, script_of

RULE = "OCR look-alike"
#: Digits read for Latin letters, and letters that together look like one (in words of so many letters or more).
DIGIT_TO_LATIN = {"0": "o", "1": "l", "5": "s", "8": "b"}
PAIRS = (("rn", "m"), ("vv", "w"))
SHORTEST_WITH_PAIR = 6
_INSIDE = re.compile(r"(?<=[^\W\d_])\d(?=[^\W\d_])")


@lru_cache(maxsize=1 << 15)
def meant(word: str) -> str | None:
    """A word as it may have been meant, or None for a word without such marks. At most every fourth character is a digit."""
    digits = len(_INSIDE.findall(word))
    if digits:
        if digits * 4 > len(word) or sum(char.isdigit() for char in word) != digits:
            return None
        table = DIGIT_TO_CYRILLIC if script_of(word) == "Cyrillic" else DIGIT_TO_LATIN
        if any(char.isdigit() and char not in table for char in word):
            return None
        return "".join(table.get(char, char) for char in word)
    if len(word) < SHORTEST_WITH_PAIR or not word.isascii():
        return None
    found = word
    for pair, letter in PAIRS:
        found = found.replace(pair, letter)
    return found if found != word else None


def has_digit_inside(word: str) -> bool:
    """Whether digits stand between letters."""
    return _INSIDE.search(word) is not None
