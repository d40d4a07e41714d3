"""The language of a body by its letters alone: cheap enough for every message of a mailbox.

The careful answer is `leakdesk.language.detect`; this one decides in microseconds and says "und" where letters do not tell.
"""

from __future__ import annotations

import re

from leakdesk.model.document import Language

_LOOKED_AT = 4_000
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_BELARUSIAN = re.compile("[ўЎ]")
_UKRAINIAN = re.compile("[їЇєЄґҐ]")
_SHORT_I = re.compile("[іІ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_WITH_BELARUSIAN = re.compile("[ыэёЫЭЁ]")
_NOT_BELARUSIAN = re.compile("[иИщЩъЪ]")
_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|is|for|you|we|this|that|in|please|with|regards|your|are|be|will)\b", re.IGNORECASE
)


def language_of(text: str) -> Language:
    """The language most of a text is written in, by letters (English by its commonest words)."""
    sample = text[:_LOOKED_AT]
    if sample.isascii():
        return "en" if _ENGLISH.search(sample) else "und"
    cyrillic = len(_CYRILLIC.findall(sample))
    latin = len(_LATIN.findall(sample))
    if cyrillic * 2 < latin:
        return "en" if _ENGLISH.search(sample) else "und"
    if not cyrillic:
        return "und"
    return _slavic(sample)


def _slavic(sample: str) -> Language:
    short_i = len(_SHORT_I.findall(sample))
    belarusian = len(_BELARUSIAN.findall(sample)) * 3
    ukrainian = len(_UKRAINIAN.findall(sample)) * 3
    foreign = len(_NOT_BELARUSIAN.findall(sample))
    if short_i:
        if len(_WITH_BELARUSIAN.findall(sample)) and not foreign:
            belarusian += short_i
        else:
            ukrainian += short_i if foreign else 0
            belarusian += 0 if foreign else 1
    russian = len(_RUSSIAN.findall(sample)) + foreign // 3
    best = max((belarusian, "be"), (ukrainian, "uk"), (russian, "ru"), key=lambda pair: pair[0])
    return best[1] if best[0] else "ru"  # type: ignore[return-value]
