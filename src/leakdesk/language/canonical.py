"""A text layer made plain, for sealing and publishing; and the positions of everything in it that could be a
fingerprint.

A leaked letter can carry its recipient in marks no reader sees: zero-width characters, odd spaces, look-alike letters,
a dash instead of a hyphen. The commitment is made over the plain text, so that the exact marks never have to be shown.
The original stays sealed. The rules have a name (`RULES`) which stands in every pack; a changed rule gets a new name.

Rules, in this order: (1) NFC, cluster by cluster; (2) ignorable and control characters removed; (3) compatibility
letters (full width, ligatures, mathematical) as ordinary ones; (4) look-alike letters of the other script folded in
words that mix Latin and Cyrillic; (5) quotation marks, apostrophes, hyphens, dashes and the ellipsis in their plain
ASCII form; (6) white space as one separator: an empty line where it holds two or more line breaks, else one space;
none at either end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

RULES = "leakdesk-canonical-1"

MarkKind = Literal[
    "zero-width",
    "bidi",
    "tag",
    "variation selector",
    "control",
    "odd space",
    "mixed script",
    "double space",
    "trailing space",
]

_SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_VARIATION = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAG = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_IGNORED = re.compile(f"[{_BIDI}{_ZERO}{_VARIATION}{_TAG}{_CONTROL}]")
_SPACES = re.compile(f"[{_SPACE}]+")
_WORDS = re.compile(f"[^{_SPACE}]+")
_LINE_BREAK = re.compile("\r\n|[\n\x0b\x0c\r\x85\u2028\u2029]")
_LETTERS = re.compile(r"[^\W\d_]+")
_COMPATIBILITY = re.compile("[\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]")

#: Latin letters that look like Cyrillic ones, pair by pair (Latin first).
_LOOKALIKES = (
    "aа",
    "cс",
    "eе",
    "iі",
    "jј",
    "oо",
    "pр",
    "sѕ",
    "xх",
    "yу",
    "ëё",
    "ïї",
    "hһ",
    "AА",
    "BВ",
    "CС",
    "EЕ",
    "HН",
    "IІ",
    "JЈ",
    "KК",
    "MМ",
    "OО",
    "PР",
    "SЅ",
    "TТ",
    "XХ",
    "YУ",
    "ËЁ",
    "ÏЇ",
    "kк",
)
_TO_CYRILLIC = {ord(pair[0]): pair[1] for pair in _LOOKALIKES}
_TO_LATIN = {ord(pair[1]): pair[0] for pair in _LOOKALIKES}
_LATIN = re.compile("[A-Za-z\xc0-\u024f]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_PLAIN_MARKS = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼʹ′`´＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("…"): "...",
}
#: One look decides whether a stretch between spaces needs any of the rules 1-5.
_ODD = re.compile(
    f"[{_BIDI}{_ZERO}{_VARIATION}{_TAG}{_CONTROL}‘’‚‛ʼʹ′`´“”„‟«»″‐‑‒–—―−…\uff01-\uff5e\ufb00-\ufb06\U0001d400-\U0001d7ff]"
)
_MARK_KINDS: tuple[tuple[re.Pattern[str], MarkKind], ...] = (
    (re.compile(f"[{_BIDI}]+"), "bidi"),
    (re.compile(f"[{_ZERO}]+"), "zero-width"),
    (re.compile(f"[{_VARIATION}]+"), "variation selector"),
    (re.compile(f"[{_TAG}]+"), "tag"),
    (re.compile(f"[{_CONTROL}]+"), "control"),
    (re.compile("[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"), "odd space"),
    (re.compile(r"(?<=[^\s>|])[ ]{2,}(?=[^\s])"), "double space"),
    (re.compile(r"(?<!^--)(?<!\n--)[ \t]+(?=\r?\n|$)"), "trailing space"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the plain text with the separator that follows it, and where it stands in the text layer (its separator
    included, so that the spans of all words touch each other)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintMark:
    """Something in a text layer that a reader does not see and a sender could have put there: code points [start,
    end)."""

    start: int
    end: int
    kind: MarkKind


def words_of(text: str) -> list[Word]:
    """The words of a text layer in plain form, in order; joined they are the canonical text."""
    found = [(match.start(), plain_word(match.group())) for match in _WORDS.finditer(text)]
    kept = [(start, word) for start, word in found if word]
    words: list[Word] = []
    for number, (start, word) in enumerate(kept):
        last = number == len(kept) - 1
        end = len(text) if last else kept[number + 1][0]
        words.append(Word(word if last else word + _separator(text[start:end]), start, end))
    return words


def plain_text(text: str) -> str:
    """The canonical text of a text layer."""
    return "".join(word.text for word in words_of(text))


def plain_word(word: str) -> str:
    """Rules 1 to 5 on a stretch without white space; may come out empty."""
    if word.isascii() and not _ODD.search(word):
        return word
    word = unicodedata.normalize("NFC", word)
    if _ODD.search(word):
        word = _IGNORED.sub("", word)
        word = _COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match.group()), word)
        word = unicodedata.normalize("NFC", word.translate(_PLAIN_MARKS))
    if _LATIN.search(word) and _CYRILLIC.search(word):
        word = _LETTERS.sub(lambda match: _fold_mixed(match.group()), word)
    return word


def fingerprint_marks(text: str) -> tuple[FingerprintMark, ...]:
    """Every invisible or look-alike mark of a text layer with its position, in order."""
    found = [
        FingerprintMark(start=match.start(), end=match.end(), kind=kind)
        for pattern, kind in _MARK_KINDS
        for match in pattern.finditer(text)
    ]
    found.extend(_mixed_words(text))
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind)))


def _mixed_words(text: str) -> Iterator[FingerprintMark]:
    for match in _LETTERS.finditer(text):
        word = match.group()
        if not word.isascii() and _fold_mixed(word) != word:
            yield FingerprintMark(start=match.start(), end=match.end(), kind="mixed script")


def _fold_mixed(letters: str) -> str:
    # The script with fewer letters is the stranger; it is folded only if every one of its letters is a look-alike.
    latin, cyrillic = _LATIN.findall(letters), _CYRILLIC.findall(letters)
    if not latin or not cyrillic:
        return letters
    to_cyrillic = all(ord(letter) in _TO_CYRILLIC for letter in latin)
    to_latin = all(ord(letter) in _TO_LATIN for letter in cyrillic)
    if to_cyrillic and (len(latin) <= len(cyrillic) or not to_latin):
        return letters.translate(_TO_CYRILLIC)
    return letters.translate(_TO_LATIN) if to_latin else letters


def _separator(stretch: str) -> str:
    # A word may be followed by white space that holds dropped words (made of invisible marks only): all of it counts.
    gaps = "".join(_SPACES.findall(stretch))
    return "\n\n" if len(_LINE_BREAK.findall(gaps)) > 1 else " "
