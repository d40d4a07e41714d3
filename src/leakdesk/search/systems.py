"""By which system a Latin spelling was made: passport, BGN, national, ISO 9 ... said beside a match, never used to find one.

Small tables in place of a library's maps, since every hit shown asks: a system is letters and a few endings, and a spelling
that none of them gives is "romanisation" and nothing more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from leakdesk.language.inflect import base_forms
from leakdesk.language.scripts import fold_homoglyphs, plain_text, script_of
from leakdesk.language.standards import belarusian_forms

ROMANISATION = "romanisation"
_PLAIN = dict(zip("абвгдезиклмнопрстуфыэ", "abvgdeziklmnoprstufye", strict=True))
_HUSHING = {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "'": ""}
_BASE = {
    **_PLAIN,
    **_HUSHING,
    "і": "i",
    "й": "y",
    "ў": "w",
    "ґ": "g",
    "ї": "yi",
    "є": "ye",
    "ё": "yo",
    "ю": "yu",
    "я": "ya",
}
_BE = {**_BASE, "г": "h", "и": "i"}
_ISO = {**_BASE, "ж": "z", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "й": "j", "э": "e", "ё": "e", "ю": "u", "я": "a",
        "ў": "u", "є": "e", "ї": "i"}  # fmt: skip
_LACINKA = {**_ISO, "г": "h", "х": "ch", "е": "ie", "ё": "io", "ю": "iu", "я": "ia"}
_RU_PASSPORT = {**_BASE, "ё": "e", "й": "i", "ъ": "ie", "ю": "iu", "я": "ia"}
_BE_PASSPORT = {**_BE, "ё": "io", "й": "i", "ў": "u", "ю": "iu", "я": "ia"}
_UK_2010 = {**_BASE, "г": "h", "и": "y", "й": "i", "ї": "i", "є": "ie", "ю": "iu", "я": "ia"}
_YOT = {"е": "ye", "ё": "yo", "ю": "yu", "я": "ya"}
_PRESS = (("ский", "sky"), ("цкий", "tsky"), ("ый", "y"), ("ий", "y"))
#: (name, languages, letters, letters at the beginning of a word or after a vowel or sign, endings (Cyrillic, Latin)).
_SYSTEMS: tuple[tuple[str, tuple[str, ...], dict[str, str], dict[str, str], tuple[tuple[str, str], ...]], ...] = (
    ("BGN", ("ru",), {**_BASE, "ё": "e"}, {"е": "ye", "ё": "ye"}, ()),
    ("BGN", ("be",), _BE, {"е": "ye"}, ()),
    ("passport", ("ru",), _RU_PASSPORT, {}, ()),
    ("passport", ("be",), _BE_PASSPORT, _YOT, ()),
    ("passport", ("be",), _BE_PASSPORT, {}, ()),
    ("passport", ("be",), {**_BE_PASSPORT, "е": "ie"}, _YOT, ()),
    ("Ukrainian 2010", ("uk",), _UK_2010, {"й": "y", "ї": "yi", "є": "ye", "ю": "yu", "я": "ya"}, (("ий", "yi"),)),
    ("BGN", ("uk",), {**_BASE, "г": "h", "и": "y"}, {}, ()),
    ("press", ("ru",), _BASE, {}, _PRESS),
    ("press", ("ru",), {**_BASE, "ё": "e"}, {}, _PRESS),
    ("łacinka", ("be",), _LACINKA, {"е": "je", "ё": "jo", "ю": "ju", "я": "ja"}, ()),
    ("ISO 9", ("ru", "be", "uk"), _ISO, {}, ()),
)
#: How German, Polish and French newspapers write names: (letters, letters at the beginning or after a vowel or sign).
#: Шевченко is Schewtschenko, Szewczenko, Chevtchenko. Only asked for (`abroad`): their sounds are not ours.
_ABROAD = {
    "German": (
        {**_PLAIN, "в": "w", "з": "s", "ж": "sch", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ъ": "",
         "ь": "", "'": "", "й": "j", "ё": "jo", "ю": "ju", "я": "ja", "і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "u"},
        {"е": "je"},
    ),
    "Polish": (
        {**_PLAIN, "в": "w", "ж": "ż", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz", "щ": "szcz", "ъ": "", "ь": "", "'": "",
         "л": "ł", "й": "j", "ё": "io", "ю": "iu", "я": "ia", "і": "i", "ї": "ji", "є": "ie", "ґ": "g", "ў": "u"},
        {"е": "je", "ё": "jo", "ю": "ju", "я": "ja"},
    ),
    "French": (
        {**_PLAIN, "ж": "j", "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "ъ": "", "ь": "", "'": "", "у": "ou",
         "й": "ï", "ё": "io", "ю": "iou", "я": "ia", "і": "i", "ї": "ï", "є": "ie", "ґ": "g", "ў": "ou"},
        {"е": "ie"},
    ),
}  # fmt: skip
_VOWELS = frozenset("аеёиоуыэюяіїє'ьъ")


def system_of(left: str, right: str) -> str | None:
    """The system by which one word is the other in Latin letters; None where none of the tables gives it."""
    if script_of(left) == "Latin":
        left, right = right, left
    if script_of(left) != "Cyrillic" or script_of(right) != "Latin":
        return None
    return _system_of(left.lower(), right.lower())


@lru_cache(maxsize=1 << 14)
def _system_of(cyrillic: str, latin: str) -> str | None:
    wanted = _bare(latin)
    for word, languages in _nominatives(cyrillic):
        for name, own, letters, first, endings in _SYSTEMS:
            if not languages.isdisjoint(own) and _written(word, letters, first, endings) == wanted:
                return name
    return None


def _nominatives(cyrillic: str) -> Iterator[tuple[str, frozenset[str]]]:
    plain = fold_homoglyphs(plain_text(cyrillic))
    forms = dict.fromkeys((plain, *(form.text.lower() for form in base_forms(plain.capitalize()))))
    for form in forms:
        yield form, _languages(form)
    for form in forms:
        for belarusian in belarusian_forms(form):
            yield belarusian, frozenset({"be"})


def _languages(word: str) -> frozenset[str]:
    letters = set(word)
    if "ў" in letters:
        return frozenset({"be"})
    if letters & set("їєґ"):
        return frozenset({"uk"})
    if "і" in letters:
        return frozenset({"be", "uk"})
    fitting = {"ru", "be"} if letters & set("ыэё") else {"ru", "uk", "be"}
    return frozenset(fitting - {"be"} if letters & set("ищъ") else fitting)


def _written(word: str, letters: dict[str, str], first: dict[str, str], endings: tuple[tuple[str, str], ...]) -> str:
    tail = ""
    for ending, instead in endings:
        if word.endswith(ending):
            word, tail = word[: -len(ending)], instead
            break
    out = [
        first[char] if char in first and (at == 0 or word[at - 1] in _VOWELS) else letters.get(char, char)
        for at, char in enumerate(word)
    ]
    return "".join(out) + tail


@lru_cache(maxsize=1 << 12)
def abroad(cyrillic: str) -> dict[str, str]:
    """How a name in the nominative is written in German, Polish and French, in small letters -> the language."""
    word = fold_homoglyphs(plain_text(cyrillic)).lower()
    if script_of(word) != "Cyrillic":
        return {}
    found: dict[str, str] = {}
    for name, (letters, first) in _ABROAD.items():
        # The second spelling is looser: what stands at the beginning or after a vowel is written as anywhere.
        for beginnings in (first, {}):
            written = _written(word, letters, beginnings, ())
            if name == "Polish":
                written = written.replace("łi", "li").replace("łe", "le")
            found.setdefault(written, name)
    return found


def _bare(latin: str) -> str:
    """Small letters without marks and signs: ž is z, ' is nothing."""
    decomposed = unicodedata.normalize("NFD", plain_text(latin).lower())
    return "".join(char for char in decomposed if char.isalpha())


def told(rule: str, asked: str, written: str) -> str:
    """A rule with the system named, if it speaks of romanisation and the words are one each."""
    if ROMANISATION not in rule:
        return rule
    return _told(rule, asked, written)


@lru_cache(maxsize=1 << 12)
def _told(rule: str, asked: str, written: str) -> str:
    pairs = list(zip(asked.split(), written.split(), strict=False))
    names = {
        system_of(a.strip('"«»“”.,;:!?()'), b.strip('"«»“”.,;:!?()')) for a, b in pairs if a.casefold() != b.casefold()
    }
    if len(asked.split()) != len(written.split()) or len(names) != 1 or None in names:
        return rule
    return rule.replace(ROMANISATION, f"{ROMANISATION} {names.pop()}", 1)
