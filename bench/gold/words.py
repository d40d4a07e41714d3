"""Words to offsets: where a marked word stands in its text, and the options behind a mark."""

from __future__ import annotations

import re
from typing import Any

Record = dict[str, Any]


class GoldError(Exception):
    """A mark that does not fit its text."""


def find(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """Place of `words` in text[start:end]; `a ~~ b` runs from a to b (b may lie beyond end); `#2` is the second one.

    A place where the words are whole goes before one inside another word ("he" is not in "They" while a "he" follows).
    """
    if " ~~ " in words:
        first, last = words.split(" ~~ ", 1)
        begin, after = find(text, first, start, end)
        try:
            return begin, find(text, last, after, end)[1]
        except GoldError:
            return begin, find(text, last, after, len(text))[1]
    words, _, number = words.partition("#") if re.search(r"#\d$", words) else (words, "", "1")
    places = [hit.start() for hit in re.finditer(f"(?={re.escape(words)})", text[:end]) if hit.start() >= start]
    places = [each for each in places if each + len(words) <= end]
    whole = [each for each in places if not _inside_word(text, each, each + len(words))]
    chosen = (whole or places)[int(number) - 1 : int(number)] or places[int(number) - 1 : int(number)]
    if not chosen:
        raise GoldError(f"{words!r} is not in {text[start:end][:120]!r}")
    return chosen[0], chosen[0] + len(words)


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins or ends in the middle of a word."""
    return any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))


def options(part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in filter(None, (each.strip() for each in part.split(";"))):
        name, _, value = item.partition("=")
        found[name.strip()] = value.strip() or "yes"
    return found
