"""Words as they were meant, where a text shows them broken: cut by a hyphen at the end of a line, or wrongly decoded.

The text itself is never touched: a mended word points at what stands there. Only a search in every spelling looks at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from leakdesk.language.scripts import repair_mojibake
from leakdesk.search.words import WORD, term_of

#: Lines longer than this are not looked at, and no more than so many words of one text are mended.
LONGEST_LINE = 4_000
MOST_WORDS = 5_000
LINE_BREAK = "broken at a line end"
DECODING = "wrongly decoded"

_CUT = re.compile(r"[-‐]\r?\n[ \t]*([^\W\d_]{2,})")
#: Letters of a cut word before the hyphen.
_FEWEST, _MOST = 2, 30
#: The second bytes of Cyrillic in UTF-8 (80 to BF), as windows-1251 shows them.
_SECOND = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї\u0098"
#: What wrong decodings leave: UTF-8 read as windows-1251 or as Latin-1, windows-1251 as Latin-1, KOI8-R as windows-1251.
_SUSPECTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[РС][{_SECOND}][РС][{_SECOND}]",
        r"[ÐÑ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ][ÐÑ]",
        r"[À-ÿ][À-ÿ¨¸]{3}",
        r"[А-ЯЁ]{3}(?<=[а-яё].{3})",
    )
)
_CHUNK = re.compile(r"[^ \t\r\n]+")


class Mended(NamedTuple):
    """A word as it was meant, at what stands there; words of one run follow each other."""

    start: int
    end: int
    term: str
    why: str


def mended_in(text: str, start: int = 0, end: int | None = None) -> Iterator[list[Mended]]:
    """The runs of mended words of text[start:end]."""
    stop = len(text) if end is None else end
    if "-" in text:
        yield from _joined(text, start, stop)
    if not text.isascii() and any(pattern.search(text, start, stop) for pattern in _worth_trying(text)):
        yield from _decoded_lines(text, start, stop)


def _worth_trying(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns that may match, by signs that are looked for faster than a pattern is."""
    narrow, wide, latin, capitals = _SUSPECTS
    if "Р" in text or "С" in text:
        yield narrow
    if "Ð" in text or "Ñ" in text:
        yield wide
    yield latin
    yield capitals


def _joined(text: str, start: int, stop: int) -> Iterator[list[Mended]]:
    for cut in _CUT.finditer(text, start, stop):
        at = cut.start()
        while at > start and text[at - 1].isalpha() and cut.start() - at <= _MOST:
            at -= 1
        if _FEWEST <= cut.start() - at <= _MOST and cut.group(1)[0].islower():
            yield [Mended(at, cut.end(), term_of(text[at : cut.start()] + cut.group(1)), LINE_BREAK)]


def _decoded_lines(text: str, start: int, stop: int) -> Iterator[list[Mended]]:
    left, first = MOST_WORDS, start
    while first < stop and left > 0:
        last = text.find("\n", first, stop)
        last = stop if last < 0 else last
        if last - first <= LONGEST_LINE and any(pattern.search(text, first, last) for pattern in _SUSPECTS):
            run = _decoded(text, first, last)
            left -= len(run)
            if run:
                yield run
        first = last + 1


def _decoded(text: str, first: int, last: int) -> list[Mended]:
    line = text[first:last]
    chunks = list(_CHUNK.finditer(line))
    meant = _CHUNK.findall(repair_mojibake(line))
    if len(meant) != len(chunks):
        meant = [repair_mojibake(chunk.group()) for chunk in chunks]
    return [
        Mended(first + chunk.start(), first + chunk.end(), term_of(word), DECODING)
        for chunk, repaired in zip(chunks, meant, strict=True)
        if repaired != chunk.group()
        for word in WORD.findall(repaired)
    ]
