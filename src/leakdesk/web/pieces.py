"""Text for a page: cut where something is marked, with invisible, direction and control characters made visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

#: Spaces that typesetters use and that deceive nobody: shown as they are.
_ORDINARY_SPACES = frozenset("\u00a0\u202f\u2009\u3000")
#: Letters without a shape of their own that are used to hide or to fingerprint: the second block of variation selectors,
#: and the fillers that look like a space.
_NO_SHAPE = re.compile("[\U000e0100-\U000e01ef\u115f\u1160\u3164\uffa0\u034f\u2800]")
_SOFT_HYPHEN = "\u00ad"

MarkKind = Literal["match", "here", "name", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Why a stretch [start, end) of a text is marked: `label` is shown to whoever asks, `number` leads to a list."""

    start: int
    end: int
    kind: MarkKind
    label: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text under the same marks. `opens` is the number of a claim that begins here; `anchor` is a place that
    an address may lead to: the first match, or the passage asked for."""

    text: str
    start: int
    classes: str = ""
    label: str = ""
    opens: int = 0
    marked: bool = False
    anchor: str = ""


def visible(text: str) -> str:
    """Text with invisible, direction and control characters as marks; line ends, tabs and ordinary spaces are kept."""
    if text.isprintable() and not _NO_SHAPE.search(text):
        return text
    return "".join(_shown(text.replace("\r\n", "\n")))


def _shown(text: str) -> Iterator[str]:
    hidden: list[str] = []
    for character in text:
        if _is_hidden(character):
            hidden.append(character)
            continue
        if hidden:
            yield _hidden(hidden)
            hidden = []
        yield _mark(character)
    if hidden:
        yield _hidden(hidden)


def _is_hidden(character: str) -> bool:
    if character == _SOFT_HYPHEN:
        return False
    return unicodedata.category(character) == "Cf" or bool(_NO_SHAPE.match(character))


def _hidden(characters: Sequence[str]) -> str:
    if len(characters) == 1:
        return f"⟦{unicodedata.name(characters[0], f'U+{ord(characters[0]):04X}').lower()}⟧"
    return f"⟦{len(characters)} invisible characters⟧"


def _mark(character: str) -> str:
    if character in "\n\t" or character.isprintable() or character in _ORDINARY_SPACES:
        return character
    if character == _SOFT_HYPHEN:
        return "¬"
    if ord(character) < 32:
        return chr(0x2400 + ord(character))
    return "\u2423" if unicodedata.category(character) == "Zs" else f"⟦U+{ord(character):04X}⟧"


def cut(text: str, start: int, end: int, marks: Iterable[Mark], edges: Iterable[int] = ()) -> list[Piece]:
    """[start, end) of a text as pieces, cut wherever a mark begins or ends, and at `edges`. Marks may overlap."""
    inside = sorted((mark for mark in marks if mark.end > start and mark.start < end), key=lambda mark: mark.start)
    places = {start, end, *(edge for edge in edges if start < edge < end)}
    places.update(max(start, mark.start) for mark in inside)
    places.update(min(end, mark.end) for mark in inside)
    pieces: list[Piece] = []
    active: list[Mark] = []
    coming = 0
    for left, right in pairwise(sorted(places)):
        active = [mark for mark in active if mark.end > left]
        while coming < len(inside) and inside[coming].start <= left:
            if inside[coming].end > left:
                active.append(inside[coming])
            coming += 1
        pieces.append(_piece(text[left:right], left, active))
    return _anchored(pieces)


def _anchored(pieces: list[Piece]) -> list[Piece]:
    for kind in ("match", "here"):
        at = next((at for at, piece in enumerate(pieces) if kind in piece.classes.split()), None)
        if at is not None:
            pieces[at] = replace(pieces[at], anchor=kind)
    return pieces


def _piece(text: str, start: int, active: Sequence[Mark]) -> Piece:
    kinds = {mark.kind for mark in active}
    labels = dict.fromkeys(mark.label for mark in active if mark.label)
    opening = [mark.number for mark in active if mark.kind == "claim" and mark.start == start]
    return Piece(
        text=text,
        start=start,
        classes=" ".join(sorted(kinds)),
        label="; ".join(labels),
        opens=min(opening, default=0),
        marked=bool(kinds & {"match", "here"}),
    )
