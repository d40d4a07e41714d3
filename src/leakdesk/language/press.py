"""How the German, the French and the Spanish press spell Slavic names, read back: Lesnikow is Лесников or Лезников,
Mourachkine is Мурашкин, Ajmédov is Ахмедов.

These systems give English letters other sounds (German z is ц, s may be з; French ch is ш, j is ж; Spanish j is х), so a
word is read their way as a whole, beside its other readings: where it bears a mark of the system, or where another word of
the same name does (`systems`). These readings serve the comparison of names; index keys do not hold them.
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
    "schtsch": ("щ",), "stsch": ("щ",), "tsch": ("ч", "тш"), "dsch": ("дж",), "sch": ("ш", "ж"), "shch": ("щ",), "sh": ("ж", "ш"), "ch": ("х",), "ck": ("к",), "ss": ("с",),
    "ts": ("ц",), "tz": ("ц",), "ja": ("я",), "jo": ("ё",), "ju": ("ю",), "je": ("е",), "s+": ("с", "з"), "s": ("с",), "z": ("ц",), "w": ("в",),
    "v": ("в",), "x": ("кс",), "j": ("й",), "y": ("ы",), "ß": ("с",), "ä": ("э",), "ö": ("ё",), "ü": ("ю",), "c": ("к",), "ds": ("дз", "дс"),
}  # fmt: skip
_FRENCH: dict[str, tuple[str, ...]] = {
    "chtch": ("щ",), "tch": ("ч", "тш"), "dj": ("дж",), "ch": ("ш",), "kh": ("х",), "ou": ("у",), "j": ("ж",), "gu": ("г",), "ss": ("с",), "ts": ("ц",),
    "ï": ("й",), "y": ("и",), "x": ("кс",), "ë": ("ё",), "é": ("е",), "è": ("е",), "c": ("к",), "w": ("в",), "z": ("з",), "s+": ("с",), "s": ("с",),
    "ia": ("я",), "iou": ("ю",), "io": ("ё",), "ie": ("е",), "aou": ("аў", "ау"), "eou": ("еў",), "oou": ("оў",), "ioou": ("ёў",), "ieou": ("еў",),
}  # fmt: skip
_SPANISH: dict[str, tuple[str, ...]] = {
    "shch": ("щ",), "sch": ("щ",), "ch": ("ч",), "sh": ("ш",), "zh": ("ж",), "kh": ("х",), "j": ("х",), "gu": ("г",), "ts": ("ц",), "tz": ("ц",), "ya": ("я",), "yo": ("ё",),
    "yu": ("ю",), "ye": ("е",), "ia": ("я",), "iu": ("ю",), "io": ("ё",), "ie": ("е",), "y": ("ы",), "x": ("кс",), "s+": ("с",), "s": ("с",), "z": ("з",),
    "á": ("а",), "é": ("е",), "í": ("и",), "ó": ("о",), "ú": ("у",), "c": ("к",), "w": ("в",), "h": ("г",),
}  # fmt: skip
_SINGLE = dict(zip("abdefghiklmnopqrtuv", "абдефггиклмнопкртув", strict=True))
#: Letters before which s may be з; vowels.
_VOICED, _VOWELS = frozenset("aeiouyäöüïéèëbdglmnrwvj"), frozenset("aeiouyäöüïéèë")
_VOICELESS = frozenset("kptfhcs")
#: What only one system writes. example: Lesnikow, Sluzki, Darja; Iouri, Sergueï, Bajanov; Mijaíl, Ajmedov, Tijonov.
_MARKS = {
    "German": re.compile(r"sch|w|(?<=[^aeiouy])j|i[jy]$|ej$|zk(?:[iy]|aj)|ija$|aja$"),
    "French": re.compile(r"tch|ou(?!$)|(?<=[aeio])ou$|[^w]+ine$|dj|ï|ë|^(?:jb|jm|jd|jv)|gueni|^ie|(?<=[aeiou])j(?=[aeiou].*v[ae]?$)|^j(?=[aeiou].*v[ae]?$)|rj|[aeiou]ss[aeiou]"),
    "Spanish": re.compile(r"[áéíóú]|(?:^|[aeiou])j(?=[vrlmntaeiou])(?!.*[wčšž])(?!a(?:ja)?$)"),
}  # fmt: skip
_TABLES = {"German": _GERMAN, "French": _FRENCH, "Spanish": _SPANISH}
#: Marks of łacinka, Polish and English spelling, which are not read in a system that the word itself does not mark beyond doubt.
_OTHER = re.compile(r"[čšžŝŭłćńśźżęą]|(?:sz|cz|rz)(?!j)|zh|kh|sh|ya|yu|yo|ye|ii")
_BEYOND_DOUBT = {"German": re.compile(r"t?sch"), "French": re.compile(r"tch|ou|ï"), "Spanish": re.compile(r"[áéíóú]|j")}
_INNER_S = re.compile(r"(?<=[aeiouylrnmvbdg])s(?=[aeioubdglmnrv])")


@lru_cache(maxsize=1 << 16)
def press_marks(word: str) -> frozenset[str]:
    """The systems whose marks a Latin word bears: "German", "French", "Spanish"."""
    lower = word.lower()
    if script_of(lower) != "Latin":
        return frozenset()
    return frozenset(
        name
        for name, mark in _MARKS.items()
        if mark.search(lower) and (not _OTHER.search(lower) or _BEYOND_DOUBT[name].search(lower))
    )


@lru_cache(maxsize=1 << 16)
def press_sounds(word: str, systems: frozenset[str] = frozenset()) -> tuple[Sound, ...]:
    """Readings of a Latin word as the press spells it: in the systems it marks itself and in those asked for.

    A word without any mark is read with з for an s between voiced sounds, as German papers have it (Kusmin, Losinski).
    """
    lower = word.lower()
    if script_of(lower) != "Latin":
        return ()
    found: list[Sound] = []
    marked = press_marks(word)
    for name in sorted((marked | systems) & _TABLES.keys()):
        if name not in marked and _OTHER.search(lower):
            continue
        text = re.sub(r"(?<=.)ine$", "in", lower) if name == "French" else lower
        found += _heard(text, _TABLES[name])
    if "German" not in marked | systems and _INNER_S.search(lower) and not _OTHER.search(lower):
        found += sounds(_INNER_S.sub("z", lower))[:1]
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
