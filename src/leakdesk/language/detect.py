"""Which of the four languages is this? Letters first, then little words, then (rarely) a statistical model.

Most lines carry a letter that one language has and another has not (ў, ї, ы, и, щ, ъ ...): counting letters that a
language does *not* write decides them at once. Only lines without such a letter, or with a tie, ask lingua, which is
loaded at its first use and limited to the four languages. Lines of one short word stay "und" and inherit.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from leakdesk.language.canvas import canvas
from leakdesk.model.document import Language

if TYPE_CHECKING:
    from lingua import LanguageDetector

#: Letters that never occur in the words of a language.
FOREIGN: dict[Language, str] = {"ru": "іїєґў", "uk": "ыэёъў", "be": "ищъїєґ"}
_WORD = re.compile(r"[^\W\d_]+(?:['][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_APOSTROPHE = re.compile(r"[бпвмфгкхжчшрдтзснл]'[яюєїеё]")


@cache
def _little() -> dict[str, frozenset[str]]:
    raw = tomllib.loads(files("leakdesk.language").joinpath("data/little_words.toml").read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in raw.items()}


#: A single Cyrillic word shorter than this stays "und".
_FEW = 12
#: A line of so many letters without a single і is neither Ukrainian nor Belarusian (5.5 % of their letters are one).
_LONG = 60


def detect(text: str) -> Language:
    """The language of a text ("ru", "be", "uk", "en"), or "und": no words, one short word, or any other language."""
    return _detect(canvas(text[:20000]))


def detect_spans(text: str) -> list[tuple[int, int, Language]]:
    """The language of each run of lines, as [start, end) without gaps; undetermined lines inherit from their neighbours.

    >>> detect_spans("Добрый день!\\nДзень добры, спадары!\\n")
    [(0, 13, 'ru'), (13, 35, 'be')]
    """
    sheet = canvas(text)
    pieces: list[tuple[int, int, Language]] = []
    at = 0
    for line in sheet.splitlines(keepends=True):
        pieces.append((at, at + len(line), _detect(line[:4000])))
        at += len(line)
    return _merged(_inherited(pieces))


def _inherited(pieces: list[tuple[int, int, Language]]) -> list[tuple[int, int, Language]]:
    told: list[Language] = [language for _, _, language in pieces if language != "und"]
    known: Language = told[0] if told else "und"
    settled: list[tuple[int, int, Language]] = []
    for start, end, language in pieces:
        if language != "und":
            known = language
        settled.append((start, end, known))
    return settled


def _merged(pieces: list[tuple[int, int, Language]]) -> list[tuple[int, int, Language]]:
    runs: list[tuple[int, int, Language]] = []
    for start, end, language in pieces:
        if runs and runs[-1][2] == language:
            runs[-1] = (runs[-1][0], end, language)
        else:
            runs.append((start, end, language))
    return runs


def _detect(sheet: str) -> Language:
    return _short(sheet) if len(sheet) < 160 else _decide(sheet)


@lru_cache(maxsize=8192)
def _short(sheet: str) -> Language:
    return _decide(sheet)


def _decide(sheet: str) -> Language:
    cyrillic, latin = len(_CYRILLIC.findall(sheet)), len(_LATIN.findall(sheet))
    if cyrillic + latin < 2:
        return "und"
    if cyrillic * 2 >= latin:
        return _cyrillic(sheet.lower())
    return _latin(sheet, latin)


def _latin(sheet: str, letters: int) -> Language:
    words = [word.lower() for word in _WORD.findall(sheet) if word[0] < "\u0250"]
    own, others = _little()["en"], _little()["other"]
    english, other = sum(word in own for word in words), sum(word in others for word in words)
    accents = sum(letter > "\u00bf" for letter in sheet if letter < "\u0250")
    if other > english or accents * 20 > letters:
        return "und"
    if english or len(words) >= 2:
        return "en"
    return "und"


def _cyrillic(lower: str) -> Language:
    counts: dict[Language, int] = {
        language: sum(lower.count(letter) for letter in letters) for language, letters in FOREIGN.items()
    }
    if sum(map(str.isalpha, lower)) >= _LONG and "і" not in lower:
        counts["uk"] += 1
        counts["be"] += 1
    if _APOSTROPHE.search(lower):
        counts["ru"] += 1
    best = min(counts.values())
    left: list[Language] = [language for language, count in counts.items() if count == best]
    if len(left) == 1:
        return left[0]
    words = _WORD.findall(lower)
    if len(words) < 2 and len(lower.strip()) < _FEW:
        return "und"
    return _by_words(words, left) or _by_model(lower, left)


def _by_words(words: list[str], left: list[Language]) -> Language | None:
    hits: dict[Language, int] = {language: sum(word in _little()[language] for word in words) for language in left}
    best = max(hits.values())
    winners: list[Language] = [language for language, count in hits.items() if count == best]
    return winners[0] if best and len(winners) == 1 else None


def _by_model(lower: str, left: list[Language]) -> Language:
    ranked = [
        each.language.iso_code_639_1.name.lower() for each in _lingua().compute_language_confidence_values(lower[:400])
    ]
    return min(left, key=ranked.index)


@cache
def _lingua() -> LanguageDetector:
    from lingua import Language as Named
    from lingua import LanguageDetectorBuilder

    four = (Named.RUSSIAN, Named.BELARUSIAN, Named.UKRAINIAN, Named.ENGLISH)
    return LanguageDetectorBuilder.from_languages(*four).build()
