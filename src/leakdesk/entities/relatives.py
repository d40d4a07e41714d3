"""Whether a name stands beside a word of family: such people get the role `protected` from the start."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources


@cache
def _family() -> tuple[str, ...]:
    text = resources.files("leakdesk.entities").joinpath("tables", "family_words.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


#: A word of family counts up to so many code points before a name, or right behind it.
FAMILY_BEFORE, FAMILY_AFTER = 40, 24


def is_beside_family_word(text: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) stands beside a word such as wife, сын, дачка, дружина, in the same sentence."""
    before = text[max(0, start - FAMILY_BEFORE) : start]
    for stop in (". ", "! ", "? ", "\n", ";"):
        before = before.rpartition(stop)[2]
    after = text[end : end + FAMILY_AFTER]
    for stop in (".", "!", "?", "\n", ";"):
        after = after.partition(stop)[0]
    words = _plain_words(before)[-3:] + (
        _plain_words(after)[:2] if after.lstrip()[:1] in (",", "(", "—", "–", "-") else []
    )
    return any(_is_family(word) for word in words)


def _plain_words(text: str) -> list[str]:
    return ["".join(char for char in word if char.isalpha() or char == "-") for word in text.lower().split()]


@lru_cache(maxsize=1 << 14)
def _is_family(word: str) -> bool:
    if not word:
        return False
    plural = word.removesuffix("s") if word.isascii() else word
    return any(
        each in {word, plural} or (len(each) >= 5 and not each.isascii() and word.startswith(each))
        for each in _family()
    )
