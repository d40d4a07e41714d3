"""Text cut into pieces for a page: marked or not, with control and direction characters made visible."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: Characters that change how what follows is shown; on a page each stands as a mark.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text; `number` counts the marks of a page, `rule` says why it is marked."""

    text: str
    marked: bool = False
    rule: str = ""
    number: int = 0


def visible(text: str) -> str:
    """Text with control and direction characters as marks, line feeds and tabs kept."""
    return "".join(map(_mark, text)) if not text.isprintable() else text


def _mark(character: str) -> str:
    if character in "\n\t" or (character.isprintable() and character not in _BIDI):
        return character
    if character in _BIDI:
        return f"⟦{unicodedata.name(character, 'mark').lower()}⟧"
    code = ord(character)
    return (
        chr(0x2400 + code)
        if code < 32
        else ""
        if character == "\u00ad"
        else "\u2423"
        if unicodedata.category(character) == "Zs"
        else "·"
    )


def cut(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """[start, end) of a text as pieces; `marks` are (start, end, rule), overlapping ones are joined to the earlier."""
    pieces: list[Piece] = []
    at = start
    for number, (first, last, rule) in enumerate(sorted(marks)):
        left, right = max(first, at), min(last, end)
        if right <= left:
            continue
        if left > at:
            pieces.append(Piece(text=visible(text[at:left])))
        pieces.append(Piece(text=visible(text[left:right]), marked=True, rule=rule, number=number))
        at = right
    if at < end:
        pieces.append(Piece(text=visible(text[at:end])))
    return pieces
