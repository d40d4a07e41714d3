"""Letters: which script a word is in, letters that only look right, the wrong keyboard layout, broken encodings.

A typist, an OCR engine or somebody who hides from a search puts a Latin `o` into a Russian word. `fold_homoglyphs` puts
such words back into one script; words that are honestly Latin or honestly Cyrillic stay untouched.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Script = Literal["Cyrillic", "Latin", "mixed", "other"]

#: Latin letters and digits with a Cyrillic twin of the same look (capital and small apart: `H` is not `h`).
LATIN_TO_CYRILLIC: dict[str, str] = dict(zip("ABCEHIKMOPTXYaceiopxykïëË", "АВСЕНІКМОРТХУасеіорхукїёЁ", strict=True))
#: The other way; only letters whose look is the same in print.
CYRILLIC_TO_LATIN: dict[str, str] = dict(zip("АВСЕНІКМОРТХУасеіорхуїёЁ", "ABCEHIKMOPTXYaceiopxyïëË", strict=True))
#: Digits read for letters inside a word, by OCR or by a hasty typist; only between letters.
DIGIT_TO_CYRILLIC = {"0": "о", "3": "з", "6": "б", "4": "ч"}

_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
#: The letters of the same keys on the three Cyrillic layouts.
_LAYOUTS = {
    "ru": "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ",
    "uk": "'йцукенгшщзхїфівапролджєячсмитьбюʼЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ",
    "be": "ёйцукенгшўзх'фывапролджэячсмітьбюЁЙЦУКЕНГШЎЗХ'ФЫВАПРОЛДЖЭЯЧСМІТЬБЮ",
}
_TO_LAYOUT = {lang: str.maketrans(_QWERTY, keys) for lang, keys in _LAYOUTS.items()}
_FROM_LAYOUT = {lang: str.maketrans(keys, _QWERTY) for lang, keys in _LAYOUTS.items()}

#: Letters without a twin in the other script; their presence decides where a mixed word belongs.
_ONLY_CYRILLIC = frozenset("бвгґдєжзийклмнптўфцчшщъыьэюяБГҐДЄЖЗИЙЛПЎФЦЧШЩЪЫЬЭЮЯ")
_ONLY_LATIN = frozenset("bdfghjlmnqrstuvwzDFGJLNQRSUVWZ")


@lru_cache(maxsize=1 << 16)
def script_of(word: str) -> Script:
    """The script of a word's letters: "Cyrillic", "Latin", "mixed" (both), or "other" (no letters, or another script)."""
    cyrillic = latin = False
    for char in word:
        if "Ѐ" <= char <= "ԯ":
            cyrillic = True
        elif char.isalpha() and ("a" <= char.lower() <= "z" or "À" <= char <= "ɏ" or "Ḁ" <= char <= "ỿ"):
            latin = True
    if cyrillic and latin:
        return "mixed"
    return "Cyrillic" if cyrillic else "Latin" if latin else "other"


@lru_cache(maxsize=1 << 16)
def fold_homoglyphs(word: str) -> str:
    """Put a word of mixed letters into the one script it was meant in; other words are returned as they are.

    >>> fold_homoglyphs("Гoрбачёв")  # with a Latin o
    'Горбачёв'
    """
    if script_of(word) != "mixed":
        return word
    cyrillic = sum(char in _ONLY_CYRILLIC for char in word)
    latin = sum(char in _ONLY_LATIN for char in word)
    if cyrillic and latin:
        return word
    if latin:
        return "".join(CYRILLIC_TO_LATIN.get(char, char) for char in word)
    return "".join(LATIN_TO_CYRILLIC.get(char, char) for char in word)


@lru_cache(maxsize=1 << 14)
def look_alike(word: str) -> str | None:
    """The same look in the other script, where every letter has a twin ("COBA" in Latin letters -> "СОВА"), else None."""
    table = {"Latin": LATIN_TO_CYRILLIC, "Cyrillic": CYRILLIC_TO_LATIN}.get(script_of(word))
    if table is None:
        return None
    letters = [char for char in word if char.isalpha()]
    if not all(char in table for char in letters):
        return None
    return "".join(table.get(char, char) for char in word)


def repair_layout(word: str) -> tuple[str, ...]:
    """What a word becomes when it was typed on the wrong keyboard layout: one candidate a layout, never the word itself.

    >>> "Иванов" in repair_layout("Bdfyjd")
    True
    """
    tables = _TO_LAYOUT if script_of(word) == "Latin" else _FROM_LAYOUT if script_of(word) == "Cyrillic" else {}
    found = dict.fromkeys(word.translate(table) for table in tables.values())
    return tuple(
        each for each in found if each != word and script_of(each) in ("Cyrillic", "Latin") and _all_letters(each)
    )


def repair_mojibake(text: str) -> str:
    """Undo one or two rounds of a wrong 8-bit decoding, where that leaves clean Cyrillic; else the text as it was.

    >>> repair_mojibake("РџСЂРёРІРµС‚")
    'Привет'
    """
    best = text
    for _ in range(2):
        better = max((_redecoded(best, *pair) for pair in _WRONG_DECODINGS), key=_clean_cyrillic, default=best)
        if _clean_cyrillic(better) <= _clean_cyrillic(best):
            return best
        best = better
    return best


#: (what it was decoded as, what it really was).
_WRONG_DECODINGS = (
    ("cp1251", "utf-8"),
    ("latin-1", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "cp1251"),
    ("cp1252", "cp1251"),
    ("cp1251", "koi8-r"),
    ("koi8-r", "cp1251"),
    ("cp866", "cp1251"),
    ("cp1251", "cp866"),
)
_FREQUENT = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёіїєўґ ")


def _redecoded(text: str, wrong: str, right: str) -> str:
    try:
        return text.encode(wrong).decode(right)
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _clean_cyrillic(text: str) -> float:
    """How much a text looks like Cyrillic prose, 0..1: small Cyrillic letters, few capitals inside words."""
    if not text:
        return 0.0
    good = sum(char in _FREQUENT for char in text)
    odd = sum(1 for a, b in pairwise(text) if a.isalpha() and b.isupper() and not a.isupper())
    return (good - 2 * odd) / len(text)


def _all_letters(word: str) -> bool:
    return all(char.isalpha() or char in "-'ʼ’" for char in word)


#: Marks that steer the direction of writing or have no width: they carry no letter.
INVISIBLE = dict.fromkeys(
    [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        0x00AD,
        0x061C,
        0x180E,
        0xFE0E,
        0xFE0F,
    ]
)
_QUOTES = str.maketrans(
    {**dict.fromkeys("«»„“”‟″〝〞❝❞＂", '"'), **dict.fromkeys("‘’‚‛ʼʹ′`´ˈ", "'"), **dict.fromkeys("‐‑‒–—―−", "-")}
)


@lru_cache(maxsize=1 << 16)
def plain_text(text: str) -> str:
    """NFC, without invisible marks, with one kind of quotes, apostrophes and dashes, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).translate(INVISIBLE).translate(_QUOTES).split())
