"""Per-recipient wordings: does this exact wording stand in every copy of the letter that we hold?

A sender can give each recipient other words, and whoever publishes the words then publishes the recipient. Copies are
compared word by word. With one copy there is nothing to compare, and that is said too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from leakdesk.language.canonical import fingerprint_marks, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a passage stands in the copies of its letter: in `same` of `copies`; `wordings` counts the different ones;
    `shared`: the longest stretch of the passage that all copies have; `marks`: copies with invisible marks in them."""

    copies: int
    same: int
    wordings: int
    shared: str
    marks: int
    sentence: str


def wording(passage: str, copies: Sequence[str]) -> Wording:
    """Compare a passage with every copy held of its letter (text layers, the quoted one included)."""
    words = _words(passage)
    regions = [_region(words, _words(copy)) for copy in copies]
    same = sum(region == words for region in regions)
    return Wording(
        copies=len(copies),
        same=same,
        wordings=len(set(map(tuple, regions))),
        shared=" ".join(_shared(words, regions)),
        marks=sum(bool(fingerprint_marks(copy)) for copy in copies),
        sentence=_sentence(same, len(copies)),
    )


def _sentence(same: int, copies: int) -> str:
    if copies <= 1:
        return "Only one copy is held: a wording made for one recipient cannot be excluded."
    if same == copies:
        return f"This wording exists in all {copies} copies held; a copy nobody gave us may differ."
    return (
        f"This wording exists in {same} of {copies} copies: quoting it may point to whoever received it. Paraphrase it."
    )


def _region(passage: Sequence[str], copy: Sequence[str]) -> list[str]:
    """The words of a copy that correspond to the passage."""
    blocks = [
        block for block in SequenceMatcher(None, copy, passage, autojunk=False).get_matching_blocks() if block.size
    ]
    if not blocks:
        return []
    first, last = blocks[0], blocks[-1]
    start = max(0, first.a - first.b)
    end = min(len(copy), last.a + last.size + (len(passage) - last.b - last.size))
    exact = _exact(passage, copy)
    return list(exact) if exact is not None else list(copy[start:end])


def _exact(passage: Sequence[str], copy: Sequence[str]) -> Sequence[str] | None:
    for at in range(len(copy) - len(passage) + 1):
        if copy[at : at + len(passage)] == passage:
            return passage
    return None


def _shared(passage: Sequence[str], regions: Sequence[Sequence[str]]) -> Sequence[str]:
    kept = list(passage)
    for region in regions:
        match = SequenceMatcher(None, kept, list(region), autojunk=False).find_longest_match(
            0, len(kept), 0, len(region)
        )
        kept = kept[match.a : match.a + match.size]
    return kept


def _words(text: str) -> list[str]:
    return [word for word in (each.text.strip(" \n").lstrip(">") for each in words_of(text)) if word]
