"""Sentences without an end, cut where a breath would be: text without punctuation must not take time by its square."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.reading.parse import Piece

#: No stretch is read as one sentence beyond this many code points.
LONGEST = 1000
_BREATH = re.compile(r"[,;:—)]\s|\s(?=(?:and|but|и|а|но|й|та|але|і|ды)\s)|\n")


def within_reach(sheet: str, found: list[Piece]) -> list[Piece]:
    """The same pieces, those beyond LONGEST cut at a comma or a joining word, else at a blank."""
    cut: list[Piece] = []
    for piece in found:
        start = piece.start
        while piece.end - start > LONGEST:
            stop = _breath(sheet, start + LONGEST // 2, start + LONGEST)
            if sheet[start:stop].strip():
                cut.append(replace(piece, start=start, end=start + len(sheet[start:stop].rstrip())))
            start = stop
            while start < piece.end and sheet[start].isspace():
                start += 1
        if start < piece.end:
            cut.append(replace(piece, start=start))
    return cut


def _breath(sheet: str, low: int, high: int) -> int:
    last = None
    for last in _BREATH.finditer(sheet, low, high):  # noqa: B007
        pass
    if last is not None:
        return last.end()
    blank = sheet.rfind(" ", low, high)
    return blank + 1 if blank > 0 else high
