"""The language of a body by its letters alone: cheap enough for every message of a mailbox.

The careful answer is `leakdesk.language.detect`; this one decides in microseconds and says "und" where letters do not tell.
"""

from __future__ import annotations

import re

from leakdesk.model.document import Language

_LOOKED_AT = 1_500
_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|is|for|you|we|this|that|in|please|with|regards|your|are|be|will)\b", re.IGNORECASE
)


def language_of(text: str) -> Language:
    """The language most of a text is written in, by letters (English by its commonest words)."""
    sample = text[:_LOOKED_AT]
    if sample.isascii():
        return "en" if _ENGLISH.search(sample) else "und"
    # Letters beyond ASCII take two bytes in UTF-8, blanks and digits one: counted without looking at each.
    beyond = len(sample.encode("utf-8", "replace")) - len(sample)
    if beyond * 3 < len(sample) or not _is_cyrillic(sample):
        return "en" if _ENGLISH.search(sample) else "und"
    return _slavic(sample.lower())


def _is_cyrillic(sample: str) -> bool:
    return sum(map(sample.count, "оаеинОАЕИ")) * 8 >= len(sample) // 4


def _slavic(sample: str) -> Language:
    count = sample.count
    short_i = count("і")
    foreign = count("и") + count("щ") + count("ъ")
    belarusian = 3 * count("ў")
    ukrainian = 3 * (count("ї") + count("є") + count("ґ"))
    if short_i:
        if foreign:
            ukrainian += short_i
        else:
            belarusian += short_i if count("ы") + count("э") + count("ё") else 1
    russian = count("ы") + count("э") + count("ъ") + count("ё") + foreign // 3
    if max(belarusian, ukrainian, russian) == 0:
        return "ru"
    if belarusian >= ukrainian and belarusian >= russian:
        return "be"
    return "uk" if ukrainian >= russian else "ru"
