"""A mask is worth nothing if the same passage can be read without it somewhere else.

For each mask the words around it are looked for in everything the public will have or has: the other passages of the
pack and the published reports of the case. If the same words stand there with something readable where the mask
would be, the pack stops: the passage has to go, or the mask is pointless.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leakdesk.language.canonical import plain_text

#: Words on one side of a mask that must agree, together on both sides, and the widest gap that can be what was masked.
_ONE_SIDE, _BOTH_SIDES, _GAP = 4, 4, 8
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableText:
    """A text the public can read: a name for the editor, and the text with labels where masks are."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskContext:
    """A mask with the words before and after it in its document, as far as they are shown, and what it hides."""

    document: str
    before: str
    after: str
    hidden: str


def readable_elsewhere(mask: MaskContext, index: ReadableIndex) -> str | None:
    """The name of a text in which the masked passage can be read, or None."""
    before, after = _words(mask.before)[-_ONE_SIDE:], _words(mask.after)[:_ONE_SIDE]
    hidden = _words(mask.hidden)
    if len(before) + len(after) < _BOTH_SIDES:
        return index.holds([*before, *hidden, *after]) if len(before) + len(hidden) + len(after) > 2 else None
    return index.between(before, after) or index.holds([*before[-2:], *hidden, *after[:2]])


class ReadableIndex:
    """All readable texts, by pairs of neighbouring words."""

    def __init__(self, texts: Iterable[ReadableText]) -> None:
        self._names: list[str] = []
        self._words: list[list[str]] = []
        self._pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for each in texts:
            words = _words(each.text)
            for at in range(len(words) - 1):
                self._pairs[words[at], words[at + 1]].append((len(self._words), at))
            self._names.append(each.name)
            self._words.append(words)

    def holds(self, run: Sequence[str]) -> str | None:
        """A text that holds these words in a row."""
        if len(run) < 2:
            return None
        for number, at in self._pairs.get((run[0], run[1]), ()):
            if self._words[number][at : at + len(run)] == list(run):
                return self._names[number]
        return None

    def between(self, before: Sequence[str], after: Sequence[str]) -> str | None:
        """A text where readable words stand between these two runs (or beside the one that is not empty)."""
        anchor = before if len(before) >= 2 else after
        for number, at in self._pairs.get((anchor[0], anchor[1]), ()):
            words = self._words[number]
            if words[at : at + len(anchor)] != list(anchor):
                continue
            after_it = anchor is before
            gap = _gap_after(words, at + len(before), after) if after_it else _gap_before(words, at, before)
            if gap and LABEL_WORD not in gap:
                return self._names[number]
        return None


#: What a label becomes when a readable text is cut into words.
LABEL_WORD = "\x00label"


def _gap_after(words: Sequence[str], at: int, after: Sequence[str]) -> Sequence[str]:
    if not after:
        return words[at : at + 1]
    for width in range(1, _GAP + 1):
        if list(words[at + width : at + width + len(after)]) == list(after):
            return words[at : at + width]
    return ()


def _gap_before(words: Sequence[str], at: int, before: Sequence[str]) -> Sequence[str]:
    if not before:
        return words[max(0, at - 1) : at]
    for width in range(1, _GAP + 1):
        start = at - width - len(before)
        if start >= 0 and list(words[start : start + len(before)]) == list(before):
            return words[at - width : at]
    return ()


def _words(text: str) -> list[str]:
    marked = re.sub(r"\[(?:masked|person \d{2,4})\]", " \uf8ff ", text)
    found = re.findall(r"\uf8ff|[^\W_]+", plain_text(marked))
    return [LABEL_WORD if word == "\uf8ff" else word.casefold().replace("ё", "е") for word in found]
