"""A text as it reads: without what nobody sees, and with the way back to every place of the original.

Soft hyphens, zero-width and direction marks inside words, the carriage returns of other systems and letters written as two
code points cut words apart for every rule. The clean text has none of them; spaces, quotes, dashes and look-alike letters
are written one way each (`canvas`), tabs stay (cells stand between them). What is found in the clean text is said with
the original's offsets, so the same document in other clothes gives the same reading.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from leakdesk.language.canvas import canvas

_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069\u061c\ufe0e\ufe0f"
#: What takes more code points in the original than in the clean text: a line end, a letter with its marks, unseen marks.
_LONGER = re.compile(rf"\r\n|[^\W\d_][\u0300-\u036f]+|[{_UNSEEN}]+")


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean text; `starts` and `ends` hold the original place of each of its code points (None: the same places)."""

    text: str
    length: int
    starts: array[int] | None = None
    ends: array[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original place of [start, end) of the clean text, without unseen marks at its edges."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            return (at := self.edge(start)), at
        return self.starts[start], self.ends[end - 1]

    def edge(self, place: int) -> int:
        """The original place of a boundary between two zones: what is unseen belongs to the zone before it."""
        if self.starts is None:
            return place
        if place <= 0:
            return 0
        return self.starts[place] if place < len(self.starts) else self.length

    def inward(self, place: int) -> int:
        """The clean place of an original boundary."""
        return place if self.starts is None else bisect_left(self.starts, place)


def clean(text: str) -> Clean:
    """The text as it reads.

    >>> made = clean("за\u00adвод")
    >>> made.text, made.span(0, 5)
    ('завод', (0, 6))
    """
    pieces: list[str] = []
    starts: array[int] = array("q")
    ends: array[int] = array("q")
    done = 0
    for match in _LONGER.finditer(text):
        found = match.group()
        shorter = "\n" if found == "\r\n" else "" if not found[0].isalpha() else _letter(found)
        if shorter == found:
            continue
        pieces += (text[done : match.start()], shorter)
        starts.extend(range(done, match.start()))
        ends.extend(range(done + 1, match.start() + 1))
        for number in range(len(shorter)):
            starts.append(match.start() + number)
            ends.append(match.end() if number == len(shorter) - 1 else match.start() + number + 1)
        done = match.end()
    if not done:
        return Clean(_canvas(text), len(text))
    pieces.append(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return Clean(_canvas("".join(pieces)), len(text), starts, ends)


def _letter(written: str) -> str:
    """A letter and its combining marks as one code point where there is one; a stress mark on a letter is left out."""
    made = unicodedata.normalize("NFC", written)
    return made[0] if len(made) > 1 and all(unicodedata.combining(char) for char in made[1:]) else made


def _canvas(text: str) -> str:
    sheet = canvas(text)
    if "\t" not in text:
        return sheet
    pieces = text.split("\t")
    cut: list[str] = []
    at = 0
    for piece in pieces:
        cut.append(sheet[at : at + len(piece)])
        at += len(piece) + 1
    return "\t".join(cut)
