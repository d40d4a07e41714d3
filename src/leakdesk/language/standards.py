"""Romanisation standards by name: which standard turns this Cyrillic word into that Latin one, and by way of which language.

`hop("Горбачёв", "Harbachou")` finds the Belarusian spelling between them: Гарбачоў, romanised by ICAO Doc 9303. Used for
the reasons a person reads, never for the comparison itself (interscript takes half a millisecond a word; answers are kept).
"""

# ruff: noqa: E501 (tables and lists of words read best a row a line)
from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from leakdesk.language.scripts import plain_text

#: interscript map (None: the table below) -> what a reader is told; by language, the everyday ones first.
STANDARDS: dict[str, tuple[tuple[str, str], ...]] = {
    "ru": (
        ("icao", "passport spelling, ICAO 9303"),
        ("bgnpcgn-rus-Cyrl-Latn-1947", "BGN/PCGN 1947"),
        ("odni-rus-Cyrl-Latn-2015", "ODNI 2015"),
        ("bas-rus-Cyrl-Latn-2017-bss", "plain English spelling"),
        ("alalc-rus-Cyrl-Latn-1997", "ALA-LC"),
        ("un-rus-Cyrl-Latn-1987", "UN 1987 (GOST 1983)"),
        ("gost-rus-Cyrl-Latn-16876-71-1983", "GOST 16876"),
        ("iso-rus-Cyrl-Latn-9-1995", "ISO 9"),
    ),
    "be": (
        ("icao", "passport spelling, ICAO 9303"),
        ("by-bel-Cyrl-Latn-2007", "Belarusian state standard 2007"),
        ("mvd-bel-Cyrl-Latn-2010", "Belarusian interior ministry 2010"),
        ("mvd-bel-Cyrl-Latn-2008", "Belarusian interior ministry 2008"),
        ("bgnpcgn-bel-Cyrl-Latn-1979", "BGN/PCGN 1979"),
        ("gki-bel-Cyrl-Latn-1992", "Belarusian geodesy 1992"),
        ("alalc-bel-Cyrl-Latn-1997", "ALA-LC"),
    ),
    "uk": (
        ("ua-ukr-Cyrl-Latn-2010", "Ukrainian state standard 2010"),
        ("icao", "passport spelling, ICAO 9303"),
        ("bgnpcgn-ukr-Cyrl-Latn-1965", "BGN/PCGN 1965"),
        ("bgnpcgn-ukr-Cyrl-Latn-2019", "BGN/PCGN 2019"),
        ("ua-ukr-Cyrl-Latn-1996", "Ukrainian standard 1996"),
        ("ua-ukr-Cyrl-Latn-2007", "Ukrainian passports 2007"),
    ),
}
_ICAO = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуўфхцчшщыэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "g",
            "d",
            "e",
            "e",
            "ie",
            "zh",
            "z",
            "i",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "y",
            "e",
            "iu",
            "ia",
        ],
        strict=True,
    )
)
_ICAO_OF: dict[str, dict[str, str]] = {"ru": {"ъ": "ie"}, "be": {"г": "h", "ё": "io"}, "uk": {"г": "h", "и": "y"}}


class Hop(NamedTuple):
    """How a Latin spelling comes from a Cyrillic word: the word it renders (the same, or its Belarusian form), and the standard."""

    word: str
    language: str
    standard: str


@lru_cache(maxsize=1 << 13)
def hop(cyrillic: str, latin: str) -> Hop | None:
    """The standard that turns a Cyrillic word (or its Belarusian form) into a Latin one; None where no listed standard does."""
    wanted = _bare(latin)
    for language in _languages(cyrillic):
        found = _standard(cyrillic, wanted, language)
        if found:
            return Hop(cyrillic, language, found)
    for form in belarusian_forms(cyrillic):
        found = _standard(form, wanted, "be")
        if found:
            return Hop(form, "be", found)
    return None


def _languages(word: str) -> tuple[str, ...]:
    letters = set(word.lower())
    if letters & set("ў"):
        return ("be",)
    if letters & set("їєґ"):
        return ("uk",)
    if "і" in letters:
        return ("be", "uk")
    return ("ru", "uk", "be") if not letters & set("ыэёъ") else ("ru", "be")


def _standard(cyrillic: str, wanted: str, language: str) -> str:
    for name, label in STANDARDS[language]:
        if _bare(romanised(cyrillic, language, name)) == wanted:
            return label
    return ""


def _bare(word: str) -> str:
    return "".join(char for char in plain_text(word).casefold().replace("͡", "") if char.isalpha())


@lru_cache(maxsize=1 << 14)
def romanised(word: str, language: str, standard: str) -> str:
    """A Cyrillic word in Latin letters by one standard ("icao" is the machine-readable passport's)."""
    if standard == "icao":
        table = {**_ICAO, **_ICAO_OF[language]}
        return "".join(table.get(char, "") for char in word.lower()).capitalize()
    import interscript

    interscript.load_map(standard)
    return str(interscript.transliterate(standard, word))


_VOWELS = "аеёиоуыэюя"
_HARDENED = "шжчщрц"


@lru_cache(maxsize=1 << 13)
def belarusian_forms(russian: str) -> tuple[str, ...]:
    """A Russian word in Belarusian spelling: one candidate for each place the stress may have (ё always has it)."""
    word = russian.lower()
    vowels = [at for at, char in enumerate(word) if char in _VOWELS]
    stressed = [at for at in vowels if word[at] == "ё"] or vowels
    found = dict.fromkeys(_belarusian(word, at, vowels) for at in reversed(stressed))
    # Printed without its dots, ё is е: the last е may be one.
    last = max((at for at, char in enumerate(word) if char == "е"), default=-1)
    if "ё" not in word and last >= 0:
        with_yo = word[:last] + "ё" + word[last + 1 :]
        found[_belarusian(with_yo, last, vowels)] = None
    return tuple(each.capitalize() if russian[:1].isupper() else each for each in found)


def _belarusian(word: str, stress: int, vowels: list[int]) -> str:
    out = "".join(_letter(word, at, stress, vowels) for at in range(len(word)))
    for wrong, right in (("цск", "цк"), ("тск", "цк"), ("скій", "скі"), ("цкій", "цкі"), ("ый", "ы"), ("ій", "і")):
        out = out.replace(wrong, right)
    return out


def _letter(word: str, at: int, stress: int, vowels: list[int]) -> str:
    char = word[at]
    before = word[at - 1] if at else " "
    after = word[at + 1] if at + 1 < len(word) else " "
    hard = before in _HARDENED
    if char == "и":
        return "ы" if hard else "і"
    if char == "о":
        return "о" if at == stress else "а"
    if char in "её":
        return _e(char, at, before, stress, vowels)
    if char == "я":
        return "а" if hard else "я"
    if char in "дт" and after in "еёиюяь":
        return "дз" if char == "д" else "ц"
    if char == "в" and before in _VOWELS and after not in _VOWELS + "ь":
        return "ў"
    if char == "ь":
        return ("'" if after in _VOWELS else "") if before in "бпвмф" else "" if before in "шжчр" else "ь"
    return {"щ": "шч", "ъ": "'"}.get(char, char)


def _e(char: str, at: int, before: str, stress: int, vowels: list[int]) -> str:
    hard = before in _HARDENED
    if at == stress:
        return ("о" if hard else "ё") if char == "ё" else ("э" if hard else "е")
    if hard:
        return "а"
    number = vowels.index(stress)
    pretonic = number > 0 and at == vowels[number - 1]
    return "я" if pretonic and before != " " else "е"
