"""How the German and the French press spell Slavic names, read back: Lesnikow is Лесников or Лезников, Mourachkine is Мурашкин.

Both systems give English letters other sounds (German z is ц, s may be з; French ch is ш, j is ж), so a word is read
their way as a whole, beside its other readings, and only where it bears a mark of the system. These readings serve the
comparison of names; index keys do not hold them.
"""

# ruff: noqa: E501 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
from functools import lru_cache

from leakdesk.language.romanise import Sound, sounds
from leakdesk.language.scripts import script_of

#: At most this many readings of one word in one system.
MOST_READINGS = 8
_LONGEST = 7

#: Letter groups -> Cyrillic readings, the likeliest first. "s+" is s before a vowel or a voiced consonant (and not behind a voiceless one).
_GERMAN: dict[str, tuple[str, ...]] = {
    "schtsch": ("щ",), "stsch": ("щ",), "tsch": ("ч",), "dsch": ("дж",), "sch": ("ш", "ж"), "shch": ("щ",), "sh": ("ж", "ш"), "ch": ("х",), "ck": ("к",), "ss": ("с",),
    "ts": ("ц",), "tz": ("ц",), "ja": ("я",), "jo": ("ё",), "ju": ("ю",), "je": ("е",), "s+": ("с", "з"), "s": ("с",), "z": ("ц",), "w": ("в",),
    "v": ("в",), "x": ("кс",), "j": ("й",), "y": ("ы",), "ß": ("с",), "ä": ("э",), "ö": ("ё",), "ü": ("ю",), "c": ("к",),
}  # fmt: skip
_FRENCH: dict[str, tuple[str, ...]] = {
    "chtch": ("щ",), "tch": ("ч",), "dj": ("дж",), "ch": ("ш",), "kh": ("х",), "ou": ("у",), "j": ("ж",), "gu": ("г",), "ss": ("с",), "ts": ("ц",),
    "ï": ("й",), "y": ("и",), "x": ("кс",), "ë": ("ё",), "é": ("е",), "è": ("е",), "c": ("к",), "w": ("в",), "z": ("з",), "s+": ("с",), "s": ("с",),
    "ia": ("я",), "iou": ("ю",), "io": ("ё",), "ie": ("е",),
}  # fmt: skip
_SINGLE = dict(zip("abdefghiklmnopqrtuv", "абдефггиклмнопкртув", strict=True))
#: Letters before which s may be з; vowels.
_VOICED, _VOWELS = frozenset("aeiouyäöüïéèëbdglmnrwvj"), frozenset("aeiouyäöüïéèë")
_VOICELESS = frozenset("kptfhcs")
_GERMAN_MARK = re.compile(r"sch|w|(?<=[^aeiouy])j|ij$|ej$")
_FRENCH_MARK = re.compile(r"tch|ou(?!$)|ine$|dj|ï")
#: Marks of łacinka, Polish and English spelling, which are not read this way.
_OTHER = re.compile(r"[čšžŝŭłćńśźżęą]|sz|cz|rz|zh|kh|sh|ya|yu|yo|ye|ii")


@lru_cache(maxsize=1 << 16)
def press_sounds(word: str, *, unmarked: bool = False) -> tuple[Sound, ...]:
    """Readings of a Latin word as the German or French press spells it; () for a word without a mark of either.

    `unmarked`: read a word without a mark in the German way too (Sinaida is Зинаида); for words held against a table.
    """
    lower = word.lower()
    if script_of(lower) != "Latin" or _OTHER.search(lower.replace("kh", "") if _FRENCH_MARK.search(lower) else lower):
        return ()
    found: list[Sound] = []
    if "tsch" not in lower and "sch" not in lower and _FRENCH_MARK.search(lower):
        found += _heard(re.sub(r"(?<=.)ine$", "in", lower), _FRENCH)
    elif unmarked or _GERMAN_MARK.search(lower):
        found += _heard(lower, _GERMAN)
    return tuple(dict.fromkeys(found))


def _heard(word: str, table: dict[str, tuple[str, ...]]) -> list[Sound]:
    spelled = [""]
    at = 0
    while at < len(word):
        group, options = _group_at(word, at, table)
        at += len(group)
        spelled = [left + option for option in options for left in spelled][:MOST_READINGS]
    return [reading for each in spelled for reading in sounds(each)[:1]]


def _group_at(word: str, at: int, table: dict[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
    for length in range(min(_LONGEST, len(word) - at), 1, -1):
        group = word[at : at + length]
        if group in table:
            return group, table[group]
    char = word[at]
    if char == "s" and word[at + 1 : at + 2] in _VOICED and not (at and word[at - 1] in _VOICELESS):
        return char, table["s+"]
    if table is _GERMAN and char == "j" and at and word[at - 1] not in _VOWELS:
        return char, ("ь",)  # Kusjmin
    return char, table.get(char) or ((_SINGLE[char],) if char in _SINGLE else ("",))
