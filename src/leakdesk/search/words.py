"""Words of a text: where they stand, and the term each one is indexed by.

A word is a run of letters and digits; combining marks, soft hyphens and apostrophes inside it belong to it. Hyphens, full
stops, `@` and spaces of every kind (NO-BREAK SPACE too) end it, so `Брест-Литовск` and an e-mail address are several words
in a row, found again as a phrase.

The term is the word in small letters, composed (NFC), without soft hyphens, ligatures and stress marks; ё and е stay apart.
A capital first letter of a word outside ASCII is kept as a leading `^`: `Мороз` (a surname) is `^мороз`, `мороз` (frost) is
`мороз`. Searching for what is written asks for both; searching in every spelling knows which of them can be a name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

#: The mark of a capital first letter; never part of a word.
CAPITAL = "^"
#: Longer terms are cut here, in the index and in the query alike (hashes and keys of 64 digits still fit).
LONGEST_TERM = 100

_MARKS = "\u0300-\u036f\u0483-\u0487"
_SOFT = "\u00ad\u200b-\u200d\u2060\ufeff"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff"
_LETTERS = rf"[^\W_{_IDEOGRAPHS}]+"
_APOSTROPHES = "'’ʼ"
# In both cases by hand: IGNORECASE would fold every ideograph of the pattern, which takes longer than all other modules load.
_CONTRACTED = r"(?:[sSſ]|[tT]|[dD]|[mM]|[lL][lL]|[rR][eE]|[vV][eE])(?![^\W_])"
WORD = re.compile(
    rf"[{_IDEOGRAPHS}]"
    rf"|{_LETTERS}(?:(?:[{_MARKS}{_SOFT}]+(?:\r?\n)?|(?<=[^\W\d_])[{_APOSTROPHES}](?=[^\W\d_])(?!{_CONTRACTED})){_LETTERS})*[{_MARKS}]*"
)
_SPECIAL = re.compile(rf"[{_MARKS}{_SOFT}’ʼ\n\r\ufb00-\ufb06\uff00-\uffef]")
#: Characters inside words that make a word look other than its term, apostrophes and line ends apart.
UNUSUAL = re.compile(rf"[{_MARKS}{_SOFT}\ufb00-\ufb06\uff00-\uffef]")
_DROPPED = re.compile(rf"[{_MARKS}{_SOFT}\r\n]")
_COMPATIBLE = re.compile("[\ufb00-\ufb06\uff00-\uffef]+")


@lru_cache(maxsize=1 << 16)
def term_of(word: str) -> str:
    """The index term of one word as it stands in the text."""
    clean = word if word.isascii() or not _SPECIAL.search(word) else _cleaned(word)
    small = clean.lower()[:LONGEST_TERM]
    if clean[:1].isupper() and not clean.isascii():
        return CAPITAL + small
    return small


def _cleaned(word: str) -> str:
    composed = unicodedata.normalize("NFC", word)
    composed = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), composed)
    return _DROPPED.sub("", composed).replace("’", "'").replace("ʼ", "'")


def terms(text: str) -> list[str]:
    """The index terms of a text, in order."""
    return [term_of(word) for word in WORD.findall(text)]


#: Most texts fit into this one-byte alphabet, and are cut into words many times faster in it.
_NARROW = "cp1251"
_NARROW_APOSTROPHES = (b"'", b"\x92")
_NARROW_SOFT = b"\xad"
#: A new word more than this, and what was seen is forgotten.
_REMEMBERED = 1 << 16


def _kept(byte: int) -> bool:
    char = bytes((byte,)).decode(_NARROW, "replace")
    return char.isalnum() or char in _APOSTROPHES


_BLANKED = bytes(byte if _kept(byte) else 0x20 for byte in range(256))


class TermLines:
    """Lines of terms, as `" ".join(terms(text))` makes them, for a process that makes many.

    `fresh` holds the terms that were not in it before; whoever has passed them on calls `told`.
    """

    def __init__(self) -> None:
        self.fresh: list[str] = []
        self._seen = _Seen(self.fresh)

    def line(self, text: str) -> str:
        """The terms of a text, a blank between them."""
        try:
            narrow = text.encode("latin-1" if text.isascii() else _NARROW)
        except UnicodeEncodeError:
            return " ".join(map(self._seen.__getitem__, WORD.findall(text)))
        if _NARROW_SOFT in narrow:
            return " ".join(map(self._seen.__getitem__, WORD.findall(text)))
        found = map(self._seen.__getitem__, narrow.translate(_BLANKED).split())
        if any(mark in narrow for mark in _NARROW_APOSTROPHES):
            return " ".join(filter(None, found))
        return " ".join(found)

    def told(self) -> None:
        """What is fresh has been passed on."""
        self.fresh.clear()
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()


class _Seen(dict[str | bytes, str]):
    """The term of each word seen; a run of letters and apostrophes may hold several words, or none."""

    def __init__(self, fresh: list[str]) -> None:
        super().__init__()
        self._fresh = fresh

    def __missing__(self, word: str | bytes) -> str:
        made = [term_of(word)] if isinstance(word, str) else terms(word.decode(_NARROW))
        self._fresh += made
        self[word] = " ".join(made)
        return self[word]


def surface(term: str) -> str:
    """A term as a word again, with its capital: what the spelling rules are asked about."""
    return term[1:].capitalize() if term.startswith(CAPITAL) else term


def bare(term: str) -> str:
    """A term without the mark of its capital."""
    return term.removeprefix(CAPITAL)


def small_letters(text: str) -> str | None:
    """A text in small letters with plain apostrophes, of the same length, in which terms stand as they are; None where
    soft hyphens, combining marks and the like make that impossible."""
    small = text.lower().replace("’", "'").replace("ʼ", "'")
    return small if len(small) == len(text) and not UNUSUAL.search(small) else None


def is_ideograph(char: str) -> bool:
    """Whether a character is a word by itself, whatever stands beside it."""
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"


def both_cases(term: str) -> tuple[str, ...]:
    """The terms of one word in small letters and with a capital."""
    small = bare(term)
    return (small,) if small.isascii() else (small, CAPITAL + small)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one zone of a text layer: code points, and terms."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    terms: tuple[str, ...]

    def between(self, start: int, end: int) -> range:
        """Indexes of the words that start in [start, end)."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


def words_of(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of text[start:end], with offsets counted in the whole text."""
    spans = [found.span() for found in WORD.finditer(text, start, len(text) if end is None else end)]
    return Words(
        starts=tuple([span[0] for span in spans]),
        ends=tuple([span[1] for span in spans]),
        terms=tuple([term_of(text[first:last]) for first, last in spans]),
    )
