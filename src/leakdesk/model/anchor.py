"""Anchor: an exact place in a frozen text (W3C Web Annotation text quote and text position selectors).

An anchor always carries the hash of the text layer it was made on. `locate` finds it again, also in a later layer of the
same document, or says why it cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Code points of context kept on each side of a quote.
CONTEXT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a text layer: code points [start, end) and the string that stands there."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end or len(self.text) != self.end - self.start:
            raise ValueError(f"not a span: [{self.start}, {self.end}) over {len(self.text)} code points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A rectangle on a page, in points from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An exact quotation with its place: document id, text-layer hash, code points, 32 code points of context each side."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    document: str
    text_sha256: str
    page: int | None = None
    rects: tuple[Rect, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end or len(self.exact) != self.end - self.start:
            raise ValueError("an anchor's offsets must span its quotation")
        if not self.text_sha256:
            raise ValueError("no offset without a text-layer hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where an anchor stands now, and how it was found."""

    start: int
    end: int
    how: Literal["same text", "moved", "moved, by context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Why an anchor was not found again."""

    why: Literal["quotation absent", "quotation ambiguous"]


def span_of(text: str, start: int, end: int) -> Span:
    """The span [start, end) of `text`."""
    return Span(start=start, end=end, text=text[start:end])


def anchor_at(text: str, start: int, end: int, *, document: str, text_sha256: str) -> Anchor:
    """Anchor the code points [start, end) of a text layer."""
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
        document=document,
        text_sha256=text_sha256,
    )


def locate(anchor: Anchor, text: str, text_sha256: str) -> Located | Lost:
    """Find an anchor in a text layer: at its own offsets if the layer is the same, else by its quotation and context."""
    if text_sha256 == anchor.text_sha256 and text[anchor.start : anchor.end] == anchor.exact:
        return Located(start=anchor.start, end=anchor.end, how="same text")
    places = _occurrences(text, anchor.exact)
    if not places:
        return Lost(why="quotation absent")
    if len(places) == 1:
        return _found(anchor, places[0], "moved")
    return _by_context(anchor, text, places)


def _found(anchor: Anchor, start: int, how: Literal["moved", "moved, by context"]) -> Located:
    return Located(start=start, end=start + len(anchor.exact), how=how)


def _by_context(anchor: Anchor, text: str, places: list[int]) -> Located | Lost:
    scored = sorted(((_context_score(anchor, text, at), at) for at in places), reverse=True)
    if scored[0][0] == scored[1][0]:
        return Lost(why="quotation ambiguous")
    return _found(anchor, scored[0][1], "moved, by context")


def _context_score(anchor: Anchor, text: str, at: int) -> int:
    before = text[max(0, at - len(anchor.prefix)) : at]
    after = text[at + len(anchor.exact) : at + len(anchor.exact) + len(anchor.suffix)]
    return _common(anchor.prefix[::-1], before[::-1]) + _common(anchor.suffix, after)


def _common(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length


def _occurrences(text: str, needle: str) -> list[int]:
    places: list[int] = []
    if not needle:
        return places
    at = text.find(needle)
    while at >= 0:
        places.append(at)
        at = text.find(needle, at + 1)
    return places
