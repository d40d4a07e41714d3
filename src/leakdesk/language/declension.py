"""Nouns in their cases, by rule: from a listed noun the stems that its forms may have, and which endings go with each.

Ukrainian and Belarusian nouns are declined here (and Russian ones where its dictionary is missing). A stem carries the class
of its noun, so that an ending of another class does not count: «судна» is no form of «суд». Example: «сядзіба» - «сядзіб»
with the endings of nouns in -а; counter-example: «сядзібны» is none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_VOWELS = "аеёиоуыэюяіїє"

#: language -> class -> endings; "-" is the bare stem. m, f, n: hard; ms, fs, ns: soft; "~": a stem that only some endings take.
_TABLE: dict[str, dict[str, str]] = {
    "uk": {
        "m": "- а у ові еві ом ем і и ів ам ами ах ей",
        "ms": "- ь й я ю еві єві ем єм і ї е є ів їв ям ями ях ею єю ей",
        "f": "- а и і у ою ею ам ами ах",
        "fs": "- я і ї ю ею єю ь й ям ями ях ей",
        "n": "- о е а у ом ем і ам ами ах ів",
        "ns": "- е є я ю ем єм і ї ям ями ях ь й ів їв",
        "pl": "- и і ї ів їв ь й ам ям ами ями ах ях ей",
        "adj": "ий ій а я е є і ого ього ому ьому им ім ої ьої у ю ою ьою их іх ими іми",
        "soft~": "і",
        "bare~": "-",
        "bares~": "- ь й",
        "case~": "а у ові ом і и ів ам ами ах",
        "cases~": "я ю еві єві ем єм і ї ів їв ям ями ях ею єю",
    },
    "be": {
        "m": "- а у ам ом ем е ы оў аў ёў амі ах эй",
        "ms": "- ь й я ю ем ём ям і е яў ёў еў ямі ях ей",
        "f": "- а ы у ай ой аю ою е э ам амі ах",
        "fs": "- я і ю яй ёй яю ёю е ь й ям ямі ях яў ей",
        "n": "- о а е э у ом ам ем ы аў оў амі ах",
        "ns": "- е ё я ю ем ём ям і яў ёў ямі ях ь й",
        "pl": "- ы аў оў ам амі ах эй",
        "adj": "ы ая яя ае ое яе ыя ага ога яга аму ому яму ым ай яй ой ёй ую юю аю яю ых ымі",
        "adjs": "і ая яя ае ое яе ія ага ога яга аму ому яму ім ай яй ой ёй ую юю аю яю іх імі",
        "soft~": "е э ы і",
        "back~": "і",
        "softk~": "ы э",
        "bare~": "-",
        "bares~": "- ь й",
        "case~": "а у ам ом ем ы і е оў аў ёў амі ах",
        "cases~": "я ю ям ем ём і яў ёў ямі ях",
        "pls": "- і ы аў оў яў ёў ь й ам ям амі ямі ах ях ей эй",
    },
    "ru": {
        "m": "- а у ом ем е ы и ов ев ей ам ами ах",
        "ms": "- ь й я ю ем ём е и ев ёв ей ям ями ях ью",
        "f": "- а ы и у ой ою ей ею е ам ами ах",
        "fs": "- я и ю ей ею ёй е ь й ям ями ях",
        "n": "- о е а у ом ем ам ами ах",
        "ns": "- е ё я ю ем ём и ям ями ях ь й ев",
        "pl": "- ы и ов ев ь й ам ям ами ями ах ях ей",
        "adj": "ый ий ой ая яя ое ее ые ие ого его ому ему ым им ом ем ой ей ую юю ых их ыми ими",
        "soft~": "",
        "bare~": "-",
        "bares~": "- ь й",
        "case~": "а у ом ем е ы и ов ев ам ами ах",
        "cases~": "я ю ем ём е и ев ей ям ями ях",
    },
}  # fmt: skip
_ENDINGS = {
    language: {name: frozenset("" if each == "-" else each for each in row.split()) for name, row in classes.items()}
    for language, classes in _TABLE.items()
}
_LONGEST = 4
#: Last consonants that soften before some endings: «тэхніка» - «тэхніцы», «штат» - «штаце».
_SOFT = {
    "uk": {"г": "з", "к": "ц", "х": "с"},
    "be": {"г": "з", "к": "ц", "х": "с", "т": "ц", "д": "дз"},
    "ru": {},
}
#: The last vowel of a stem without an ending, and as it is before one: uk «міст» - «моста», be «нож» - «нажа».
_BEFORE_ENDING = {"uk": {"і": "ое"}, "be": {"о": "а", "ё": "я", "э": "а", "е": "я"}, "ru": {}}
#: The other way round, where a noun with an ending loses it: uk «школа» - «шкіл», be «вада» - «вод».
_BARE = {"uk": {"о": "і", "е": "і"}, "be": {"а": "о", "я": "е"}, "ru": {}}
_INSERTED = {"uk": "ое", "be": "аоеё", "ru": "оеё"}
_FLEETING = {"uk": "ое", "be": "аоеёэ", "ru": "оеё"}


def stems_with_class(noun: str, language: str) -> Iterator[tuple[str, str]]:
    """The stems of a listed noun or adjective (lower case), each with the class whose endings it takes."""
    for stem, kind in _plain_stems(noun, language):
        yield stem, kind
        if language == "be" and stem[-1:] in "гкх" and kind in ("m", "f", "n"):
            yield stem, "back~"
        soft = _SOFT[language].get(stem[-1:])
        if soft and kind in ("m", "f", "n"):
            yield stem[:-1] + soft, "softk~" if language == "be" and stem.endswith("к") else "soft~"
        if kind in ("m", "ms") and not noun.endswith(tuple("аяое")):
            further = "case~" if kind == "m" else "cases~"
            yield from ((other, further) for other in _with_ending(stem, language))
        elif kind in ("f", "fs", "n", "ns", "pl", "pls"):
            bare = "bare~" if kind in ("f", "n") else "bares~"
            yield from ((other, bare) for other in _without_ending(stem, language))
            if language == "be" and (at := _last_vowel(stem)) >= 0 and stem[at] in _STRESSED:
                yield stem[:at] + _STRESSED[stem[at]] + stem[at + 1 :], kind  # «сяло» - «сёлаў», «нага» - «ногі»


#: Belarusian vowels that are written otherwise where the stress comes to stand on them (ё is folded to е).
_STRESSED = {"а": "о", "я": "е"}


def _last_vowel(stem: str) -> int:
    return max((at for at, letter in enumerate(stem) if letter in _VOWELS), default=-1)


#: Nouns that look as if they had cases.
_LOANWORDS = (
    "плато метро кино кіно депо дэпо казино казіно пальто паліто радио радіо видео відео авто аўто какао бюро фото"
)
_INDECLINABLE = frozenset(_LOANWORDS.split())
#: A shorter word is no adjective.
_ADJECTIVE = 4
#: A word this short is no feminine adjective («каляя»).
_SHORT = 6


def _plain_stems(noun: str, language: str) -> Iterator[tuple[str, str]]:
    adjectives = {"uk": ("ий", "ій"), "be": ("ы", "і"), "ru": ("ый", "ий", "ой")}[language]
    ending = next((each for each in adjectives if noun.endswith(each)), None)
    if ending and len(noun) >= _ADJECTIVE:
        yield noun[: -len(ending)], "adjs" if language == "be" and ending == "і" else "adj"
    last, stem = noun[-1], noun[:-1]
    if noun in _INDECLINABLE:
        return
    if last in "ьй":
        yield stem, "ms"
    elif language != "uk" and noun.endswith(("ая", "яя")) and len(noun) > _SHORT:
        yield noun[:-2], "adj"
    elif last == "я":
        yield stem, "fs"
        yield stem, "ns"
    elif last == "а":
        yield stem, "f"
        if language == "be":
            yield stem, "n"
    elif last == "о":
        yield stem, "n"
    elif last in "еэёє":
        yield stem, "n"
        yield stem, "ns"
    elif last in "ыиії":
        yield stem, "pls" if language == "be" and last == "і" else "pl"
    elif last not in _VOWELS:
        yield noun, "m"


def _with_ending(stem: str, language: str) -> Iterator[str]:
    """A stem as it is before an ending: «варштаток» - «варштатк», «міст» - «мост», «архіў» - «архів»."""
    if stem.endswith("ў"):
        yield stem[:-1] + "в"
    if len(stem) < 3 or stem[-1] in _VOWELS:
        return
    if stem[-2] in _FLEETING[language] and stem[-3] not in _VOWELS and any(each in _VOWELS for each in stem[:-2]):
        before = stem[:-2] if language != "be" or stem[-3] != "в" else stem[:-3] + "ў"
        yield before + stem[-1]
        yield before + "ь" + stem[-1]
    at = _last_vowel(stem)
    if at >= 0:
        yield from (stem[:at] + other + stem[at + 1 :] for other in _BEFORE_ENDING[language].get(stem[at], ""))
        if language == "uk" and stem[at - 1 : at + 1] == "лі":
            yield stem[:at] + "ьо" + stem[at + 1 :]  # «вертоліт» - «вертольота»


def _without_ending(stem: str, language: str) -> Iterator[str]:
    """A stem as it is without an ending: «лодк» - «лодак», «школ» - «шкіл», «аснов» - «асноў»."""
    if len(stem) < 3:
        return
    if language == "be" and stem.endswith("в"):
        yield stem[:-1] + "ў"
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem[-1] not in _VOWELS and stem[-2] not in _VOWELS:
        before = stem[:-2] if stem[-2] in "ьй" else stem[:-1]
        yield from (before + vowel + stem[-1] for vowel in _INSERTED[language])
    at = _last_vowel(stem)
    if at >= 0 and stem[at] in _BARE[language]:
        yield stem[:at] + _BARE[language][stem[at]] + stem[at + 1 :]


def cuts(form: str, language: str) -> Iterator[tuple[str, str]]:
    """The ways to cut a form into a stem of three letters or more and an ending of up to four; a stem in a vowel has one."""
    for length in range(min(_LONGEST, len(form) - 3) + 1):
        at = len(form) - length
        if length or form[-1:] not in _VOWELS:
            yield form[:at], form[at:]


def takes(kind: str, ending: str, language: str) -> bool:
    """Whether a stem of a class takes an ending."""
    return ending in _ENDINGS[language][kind]


#: English plurals that no rule makes.
_PLURALS = {
    "child": "children", "person": "people", "foot": "feet", "tooth": "teeth", "goose": "geese", "mouse": "mice",
    "ox": "oxen", "leaf": "leaves", "loaf": "loaves", "calf": "calves", "half": "halves", "wolf": "wolves",
    "thief": "thieves", "shelf": "shelves", "knife": "knives", "wife": "wives", "scarf": "scarves",
}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def english_plurals(noun: str) -> tuple[str, ...]:
    """The plural forms of an English noun: "lorry" -> lorries, "midwife" -> midwives, "watchman" -> watchmen."""
    for single, plural in _PLURALS.items():
        if noun == single or (len(single) > 3 and noun.endswith(single)):
            return (
                (noun[: -len(single)] + plural, noun + "s")
                if single in ("scarf",)
                else (noun[: -len(single)] + plural,)
            )
    if noun.endswith("man") and noun not in ("human", "german", "roman", "caiman"):
        return (noun[:-3] + "men",)
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return (noun[:-1] + "ies",)
    if noun.endswith("is") and len(noun) > 4:
        return (noun[:-2] + "es",)
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return (noun + "es",)
    return (noun + "s", noun + "es") if noun.endswith("o") else (noun + "s",)
