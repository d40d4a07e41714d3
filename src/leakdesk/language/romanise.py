"""How a word sounds, whichever alphabet and standard it was written in; and the standards by name.

`sound(word)` folds a Cyrillic word, or one of its many Latin spellings, to two strings of equal length:

- the *key*: one small letter a sound, with everything merged that spellings of one name exchange: о=а=е=ё=я=э (a), и=ы=і=й (i),
  г=ґ=х=h (g), в=ў (v), ц=т=тс (t), дз=д (d), щ=шч; soft signs, double letters and glides before vowels gone;
- the *detail*: what stood there (о or а or я, г or х, т or ц). `exchange` compares two details and names the rules that
  explain every difference, or says that there is no such rule. So keys find and details judge.

A Latin spelling can be read in more ways than one (`ch` is ч in English, х in German and in Belarusian łacinka), so
`sounds` gives all readings, the likeliest first.
"""

# ruff: noqa: E501 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from leakdesk.language.scripts import fold_homoglyphs, script_of


class Sound(NamedTuple):
    """A word's key and its detail, of equal length."""

    key: str
    detail: str


#: Cyrillic letter -> sounds as (key letter, detail letter) pairs written together: "ao" is key a, detail o. "." is a glide.
_CYRILLIC: dict[str, str] = {
    "а": "aa", "о": "ao", "е": "ae", "ё": "aE", "э": "ae", "є": "ae", "я": "ay",
    "и": "ii", "ы": "ii", "і": "ii", "ї": "ii", "й": "..", "ј": "..", "у": "uu", "ю": "uY", "ў": "vw",
    "б": "bb", "в": "vv", "г": "gg", "ґ": "gg", "д": "dd", "ж": "jj", "з": "zz", "к": "kk", "л": "ll", "м": "mm",
    "н": "nn", "п": "pp", "р": "rr", "с": "ss", "т": "tt", "ф": "ff", "х": "gx", "ц": "tc", "ч": "cc", "ш": "xx",
    "щ": "xxcc", "ь": "", "ъ": "", "'": "", "ʼ": "", "’": "",
    # letters that old or damaged texts bring
    "ѣ": "ae", "ѳ": "ff", "ѵ": "ii", "ѕ": "zz", "џ": "jj", "ђ": "jj", "љ": "ll", "њ": "nn", "ћ": "cc",
}  # fmt: skip

#: Latin letter groups, longest first; a tuple lists alternative readings, the likeliest first.
_LATIN: dict[str, tuple[str, ...]] = {
    "schtsch": ("xxcc",), "shtch": ("xxcc",), "stsch": ("xxcc",), "shch": ("xxcc",), "szcz": ("xxcc",), "tsch": ("cc",),
    "sch": ("xxcc", "xx"), "tch": ("cc",), "shh": ("xxcc",),
    "sh": ("xx",), "ch": ("cc", "gx"), "zh": ("jj",), "kh": ("gx",), "gh": ("gg",), "ts": ("tc",), "tz": ("tc",), "cz": ("cc", "tc"),
    "sz": ("xx", "sszz"), "rz": ("rrzz", "jj"), "rzh": ("rrjj",), "ck": ("kk", "tckk"), "gue": ("ggae",), "gui": ("ggii",), "dzh": ("ddjj",), "tsh": ("ttxx", "tcgh"), "ph": ("ff",), "th": ("tt",), "dj": ("ddjj",), "dz": ("dd",), "ff": ("ff",), "ou": ("ao uu", "uu"),
    "a": ("aa",), "b": ("bb",), "c": ("tc", "kk"), "d": ("dd",), "e": ("ae",), "f": ("ff",), "g": ("gg",), "h": ("gh",), "i": ("i?",),
    "j": ("..",), "k": ("kk",), "l": ("ll",), "m": ("mm",), "n": ("nn",), "o": ("ao",), "p": ("pp",), "q": ("kk",), "r": ("rr",),
    "s": ("ss",), "t": ("tt",), "u": ("uu",), "v": ("vv",), "w": ("vv",), "x": ("kkss",), "y": ("i?",), "z": ("zz",),
    # diacritics of ISO 9, ALA-LC, łacinka and scholarly romanisation
    "č": ("cc",), "š": ("xx",), "ž": ("jj",), "ŝ": ("xxcc",), "ŭ": ("vw",), "ł": ("ll",), "ě": ("ae",), "ė": ("ae",), "ë": ("aE",),
    "â": ("ay",), "û": ("uY",), "è": ("ae",), "é": ("ae",), "ê": ("ae",), "ï": ("ii",), "ì": ("ii",), "í": ("ii",), "î": ("ii",),
    "ĭ": ("..",), "ĵ": ("..",), "ż": ("jj",), "ç": ("cc",), "ş": ("xx",), "ä": ("ae",), "ö": ("aE",), "ü": ("uY",), "ǎ": ("aa",),
    "ð": ("dd",), "đ": ("dd",), "þ": ("tt",), "æ": ("ae",), "ø": ("aE",), "ß": ("ss",), "ı": ("ii",),
}  # fmt: skip

#: Letters that show ISO 9, scholarly romanisation or łacinka, where `c` is ц and `ch` is х.
_SCHOLARLY = frozenset("čšžŝŭłěâûćńśźĺ")
_LONGEST = 7
_VOWELS = frozenset("aiu")
#: At most this many readings of one Latin word are kept.
_MOST_READINGS = 4


@lru_cache(maxsize=1 << 18)
def sounds(word: str) -> tuple[Sound, ...]:
    """All readings of a word, the likeliest first; () for a word without letters."""
    plain = unicodedata.normalize("NFC", fold_homoglyphs(word)).lower()
    if script_of(plain) == "Latin":
        readings = [_settle(raw) for raw in _latin_readings(plain)]
    else:
        plain = _SOFT_O.sub("ё", plain)
        readings = [_settle([group for char in plain if (group := _letter(char))])]
    readings += [_with_y(each) for each in readings if each.detail.endswith("oi") and len(each.key) > SHORTEST_WITH_Y]
    readings += [
        _with_ov(each) for each in readings if each.key.endswith("iv") and len(each.key) > SHORTEST_WITH_ENDING
    ]
    return tuple(dict.fromkeys(each for each in readings if each.key))


#: Ukrainian -ів beside Russian -ов is read in surnames with more sounds than this.
SHORTEST_WITH_ENDING = 3
#: Russian -ой beside Ukrainian -ий: in surnames with more sounds than this.
SHORTEST_WITH_Y = 5


#: Ukrainian spells ё after a consonant as ьо.
_SOFT_O = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[ьй]о")


def _with_y(reading: Sound) -> Sound:
    """Russian -ой beside Ukrainian -ий and Belarusian -ы: Мозговой, Мозговий."""
    return Sound(reading.key[:-2] + "i", reading.detail[:-2] + "i")


def _with_ov(reading: Sound) -> Sound:
    """Ukrainian і where Russian kept о: Петрів is Петров in Russian papers."""
    return Sound(reading.key[:-2] + "av", reading.detail[:-2] + "Iv")


def sound(word: str) -> Sound:
    """The likeliest reading of a word; ("", "") without letters."""
    found = sounds(word)
    return found[0] if found else Sound("", "")


def _letter(char: str) -> str:
    if char in _CYRILLIC:
        return _CYRILLIC[char]
    return _LATIN.get(char, ("",))[0].replace(" ", "")


def _latin_readings(word: str) -> list[list[str]]:
    scholarly = not _SCHOLARLY.isdisjoint(word)
    readings: list[list[str]] = [[]]
    at = 0
    while at < len(word):
        group, options = _group_at(word, at)
        at += len(group)
        if not options:
            continue
        if scholarly and group == "ch":
            options = ("gx",)
        elif scholarly and group == "c":
            options = ("tc",)
        elif group == "c":
            options = ("tc", "kk") if word[at : at + 1] in ("e", "i", "y") else ("kk", "tc")
        elif group == "sch" and word[at : at + 1] not in ("a", "e", "i", "o", "u", "y"):
            options = ("xx",)
        elif group == "ck" and word[at : at + 1] in ("i", "y", "a"):
            options = ("tckk", "kk")  # -cki, -ckij, -ckaja
        elif group == "ou" and at >= len(word):
            options = ("ao uu",)
        readings = [[*reading, *option.split()] for option in options for reading in readings][:_MOST_READINGS]
    return readings


def _group_at(word: str, at: int) -> tuple[str, tuple[str, ...]]:
    for length in range(min(_LONGEST, len(word) - at), 0, -1):
        group = word[at : at + length]
        if group in _LATIN:
            return group, _LATIN[group]
    bare = unicodedata.normalize("NFD", word[at])[0]
    return word[at], _LATIN.get(bare, ())


def _settle(groups: list[str]) -> Sound:
    """Apply the rules that look at neighbours: glides, ў, тс, double letters, endings."""
    pairs = [(group[i], group[i + 1]) for group in groups for i in range(0, len(group), 2)]
    out: list[tuple[str, str]] = []
    for number, (key, detail) in enumerate(pairs):
        after = pairs[number + 1][0] if number + 1 < len(pairs) else ""
        if after in ("i", ".") and number + 2 < len(pairs) and pairs[number + 2][0] in "au" and key == "u":
            after = ""  # Salauyou: у before й and a vowel is ў
        _add(out, key, detail, after)
    if len(out) > 1 and out[0] == ("u", "u") and out[1][0] not in _VOWELS:
        out[0] = ("v", "w")
    key, detail = "".join(k for k, _ in out), "".join(d for _, d in out)
    if key.endswith("f") and len(key) > 2:
        key, detail = key[:-1] + "v", detail[:-1] + "v"
    if key.endswith("kaa"):  # -ская and -ська, -кая
        key, detail = key[:-1], detail[:-2] + "a"
    return Sound(key, detail)


def _add(out: list[tuple[str, str]], key: str, detail: str, after: str) -> None:
    before = out[-1] if out else ("", "")
    if key in {".", "i"}:
        _add_glide(out, key, detail, after)
    elif before[0] == "'":
        out[-1] = (key, _iotated(detail, full=before[1] == "i"))
    elif key in _VOWELS:
        _add_vowel(out, key, detail, after)
    else:
        _add_consonant(out, key, detail, before)


def _add_glide(out: list[tuple[str, str]], key: str, detail: str, after: str) -> None:
    """и, ы, й and their Latin letters: before a vowel they only soften it ("'"), a run of them is one."""
    before = out[-1][0] if out else ""
    if after in ("a", "u") and (key == "." or before != "i"):
        out.append(("'", detail))  # the next vowel is iotated
        return
    if after == "." or (after == "i" and key == ".") or before == "i":
        return
    if key == "i" and before == "'":
        out.pop()
    if not out or out[-1][0] != "i":
        out.append(("i", "i"))


def _add_vowel(out: list[tuple[str, str]], key: str, detail: str, after: str) -> None:
    if out and out[-1][0] == "i":
        out.pop()  # Мария = Марья: и before a vowel sounds as a glide
        detail = _iotated(detail, full=True)
    before = out[-1][0] if out else ""
    consonant_follows = after not in _VOWELS and after != "."
    if key == "u" and detail == "u" and before == "a" and consonant_follows:
        out.append(("v", "w"))
    elif key == "u" and before == "v" and len(out) > 1 and out[-2][0] in _VOWELS and after and consonant_follows:
        return  # Навум = Наум: Belarusian puts в between vowels; the у of Чернишову is an ending
    else:
        out.append((key, detail))


def _add_consonant(out: list[tuple[str, str]], key: str, detail: str, before: tuple[str, str]) -> None:
    if key == "c" and before[0] == "t":
        out[-1] = (key, detail)  # Тютчев: тч sounds as ч
    elif before[0] == key:
        out[-1] = (key, "c" if "c" in (before[1], detail) and key == "t" else before[1])
    elif key == "s" and before[0] == "t":
        out[-1] = ("t", "c")
    elif not (key == "z" and before == ("d", "d")):
        out.append((key, detail))


def _iotated(detail: str, *, full: bool) -> str:
    """A vowel behind a glide; "J" where a full и stood before it (Мария), so that Виктора is not Виктория."""
    found = _IOTATED.get(detail, detail)
    return "J" if full and found == "y" else found


_IOTATED = {"a": "y", "o": "E", "u": "Y", "e": "e", "y": "y", "E": "E", "Y": "Y"}

#: Sounds after which Belarusian hardens е, я, ё to э, а, о, and after which ё and о are mere spellings.
_HARD = frozenset("cxjrt")

#: (details in alphabetical order, needs a hard consonant before) -> the rule that explains the exchange.
_EXCHANGES: dict[tuple[str, str, bool], str] = {}
#: Behind an l, which Polish and łacinka spell soft by itself (la is ля, ła is ла). Only for words spelled that way.
_SOFT_L = frozenset({("a", "y"), ("Y", "u"), ("E", "o"), ("E", "a")})
for _pair, _hard_only, _rule in (
    ("ao", False, "akanie"),
    ("ey", False, "yakanie"),
    ("Ee", False, "yo"),
    ("Eo", False, "yo"),
    ("eo", True, "yo"),
    ("ae", True, "hardening"),
    ("ay", True, "hardening"),
    ("Ea", True, "hardening"),
    ("uY", False, "soft"),
    ("Jy", False, "soft"),
    ("Io", False, "ikavism"),
    ("IE", False, "ikavism"),
    ("Ie", False, "ikavism"),
    ("ct", False, "tsekanie"),
    ("gh", False, "h"),
    ("hx", False, "h"),
    ("vw", False, "u-short"),
):
    for _hard in (True,) if _hard_only else (True, False):
        _EXCHANGES[(min(_pair), max(_pair), _hard)] = _rule

#: Rules that turn a Russian or Ukrainian spelling into a Belarusian one; the side with the Belarusian letter follows.
BELARUSIAN_RULES = frozenset({"akanie", "yakanie", "hardening", "tsekanie"})
_BELARUSIAN_SIDE = {"akanie": "a", "yakanie": "y", "hardening": "ay", "tsekanie": "c"}


class Exchange(NamedTuple):
    """The rules that explain how two details differ; which side is spelled the Belarusian way ("left", "right", "")."""

    rules: frozenset[str]
    belarusian: str


@lru_cache(maxsize=1 << 18)
def exchange(left: Sound, right: Sound) -> Exchange | None:
    """Why two sounds with one key are spelled differently; None where no rule of spelling explains it."""
    if left.key != right.key:
        return None
    if left.detail == right.detail:
        return Exchange(frozenset(), "")
    rules: set[str] = set()
    sides: set[str] = set()
    before = ""
    for key, a, b in zip(left.key, left.detail, right.detail, strict=True):
        if a != b:
            rule = _EXCHANGES.get((min(a, b), max(a, b), before in _HARD))
            if rule is None and before == "l" and (min(a, b), max(a, b)) in _SOFT_L:
                rule = "soft l"
            if rule is None:
                return None
            rules.add(rule)
            mark = _BELARUSIAN_SIDE.get(rule)
            if mark:
                sides.add("left" if a in mark else "right")
        before = key
    side = sides.pop() if len(sides) == 1 else "both" if sides else ""
    return Exchange(frozenset(rules), side)
