"""The cross-spelling key: one word, however it is spelled; and the sentence that says why two words are one.

Three kinds of keys, never to be confused because their letters differ:

- *name keys*: how a name sounds (small ASCII letters). `Горбачёва`, `Гарбачоў`, `Harbachou` and `Gorbachev` share `garbacav`.
  Every base form gives a key, so a Cyrillic -а gives two: the man's and the woman's.
- *stem keys*: a common noun in its inflections and nothing else (`=` and a stem): `завода` and `заводом` give `=завод`,
  `заводской` does not.
- *code keys*: words with digits (`#` and the letters of both scripts folded): `Ми-8`, `Mi-8` and `Мі-8` give `#mi8`.

What is indexed and what is asked get their keys from the same function. A small-letter Cyrillic word is a common word and
has stem keys only; capitals and Latin letters may be a name and have both. Somebody who asks for `горбачёв` in small
letters gets the name keys too (`query_keys`), unless the dictionary knows the word as a common one.
"""

# ruff: noqa: E501 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
from functools import lru_cache

from leakdesk.language.inflect import base_forms, is_common_word, lemmas
from leakdesk.language.romanise import BELARUSIAN_RULES, Sound, exchange, sounds
from leakdesk.language.scripts import fold_homoglyphs, plain_text, script_of

#: Words longer than this are no names (a file name, a key, an attack); they are their own key.
LONGEST_NAME = 60
#: A word has at most this many keys, the likeliest first.
MOST_KEYS = 8


@lru_cache(maxsize=1 << 18)
def word_keys(word: str, *, name: bool | None = None) -> tuple[str, ...]:
    """Keys under which every spelling of a word is found; the first is the main one. () for a word without letters or digits.

    `name`: whether name keys are wanted; None decides by the word's look (capitals or Latin letters).
    """
    plain = fold_homoglyphs(plain_text(word))
    if len(plain) > LONGEST_NAME:
        return (f"={plain.lower()[:LONGEST_NAME]}",)
    if any(char.isdigit() for char in plain):
        return code_keys(plain)
    script = script_of(plain)
    if script == "other":
        return (f"={plain.casefold()}",) if any(char.isalnum() for char in plain) else ()
    wanted = name if name is not None else (script == "Latin" or plain[:1].isupper())
    keys = [*(name_keys(plain) if wanted else ()), *stem_keys(plain)]
    return tuple(dict.fromkeys(keys))[:MOST_KEYS]


def query_keys(word: str) -> tuple[str, ...]:
    """Keys of a word somebody asks for: as `word_keys`, and name keys for a small-letter word that is no common word."""
    plain = fold_homoglyphs(plain_text(word))
    small = script_of(plain) == "Cyrillic" and plain.islower()
    return word_keys(word, name=True if small and not is_common_word(plain) else None)


@lru_cache(maxsize=1 << 18)
def name_keys(word: str) -> tuple[str, ...]:
    """How a name sounds, in each of its possible base forms and readings; the word as written comes first."""
    as_written = [reading.key for reading in sounds(word)]
    others = sorted({reading.key for form in base_forms(word) for reading in sounds(form.text)[:1]})
    return tuple(dict.fromkeys([*as_written[:1], *others, *as_written[1:]]))


_ORDINAL = re.compile(
    r"(\d)-?(?:ый|ий|ой|ая|ое|ые|ого|его|му|ому|ым|м|й|я|е|х|га|ага|ы|і|ї|st|nd|rd|th)$", re.IGNORECASE
)
_CODE_LETTERS: dict[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z", "и": "i", "і": "i",
    "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def code_keys(word: str) -> tuple[str, ...]:
    """The key of a designation or a numbered thing: letters of both scripts folded, signs gone, ordinal endings cut."""
    plain = _ORDINAL.sub(r"\1", fold_homoglyphs(plain_text(word)).lower())
    folded = "".join(_CODE_LETTERS.get(char, char) for char in plain if char.isalnum())
    return (f"#{folded}",) if folded else ()


# ---- common words

#: Endings of common words, longest first, cut once; Russian, Belarusian and Ukrainian together.
_NOUN_ENDINGS = tuple(
    sorted(
        [
            "а",
            "я",
            "о",
            "е",
            "э",
            "ё",
            "у",
            "ю",
            "ы",
            "и",
            "і",
            "ї",
            "й",
            "ь",
            "ам",
            "ям",
            "ом",
            "ем",
            "ём",
            "ою",
            "ею",
            "єю",
            "ой",
            "ей",
            "ай",
            "яй",
            "ах",
            "ях",
            "ами",
            "ями",
            "амі",
            "ямі",
            "ов",
            "ев",
            "ёв",
            "аў",
            "яў",
            "оў",
            "еў",
            "ів",
            "їв",
            "ові",
            "еві",
            "єві",
            "ия",
            "ие",
            "ию",
            "ий",
            "ии",
            "ией",
            "ием",
            "иям",
            "иях",
            "иями",
            "ія",
            "іі",
            "ію",
            "ію",
            "ією",
            "їв",
            "иев",
            "ый",
            "ая",
            "ое",
            "ые",
            "ого",
            "его",
            "ому",
            "ему",
            "ым",
            "им",
            "ых",
            "их",
            "ыми",
            "ими",
            "ую",
            "юю",
            "ої",
            "ій",
            "ый",
            "ага",
            "яга",
            "аму",
            "яму",
            "ымі",
            "імі",
            "ых",
            "іх",
            "ым",
            "ім",
            "ыя",
            "ія",
            "ае",
            "яе",
            "ые",
            "ие",
            "ья",
            "ье",
            "ью",
            "ьи",
            "ьев",
            "ьям",
            "ьями",
            "ьях",
            "ця",
            "цю",
            "ці",
        ],
        key=lambda ending: (-len(ending), ending),
    )
)
#: What is cut from a dictionary form, so that it meets the cut forms of words that the dictionary does not know.
_NOMINATIVE = ("ый", "ий", "ой", "ия", "ие", "ая", "ое", "а", "я", "о", "е", "ь", "й")
_ENGLISH_ENDINGS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""))
_VOWELS = frozenset("аеёиоуыэюяіїє")


@lru_cache(maxsize=1 << 17)
def stem_keys(word: str) -> tuple[str, ...]:
    """Keys of a common word in its inflections: dictionary forms where the dictionary knows it, else a cut ending."""
    lower = plain_text(word).lower().replace("ё", "е")
    script = script_of(lower)
    if script == "Latin":
        return (f"={_english_stem(lower)}",)
    if script != "Cyrillic":
        return (f"={lower}",)
    known = lemmas(lower)
    stems = sorted({_stem(each.replace("ё", "е"), _NOMINATIVE) for each in known} or {_stem(lower, _NOUN_ENDINGS)})
    return tuple(f"={stem}" for stem in stems)


def _stem(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not _VOWELS.isdisjoint(word[: -len(ending)]):
            return _hardened(word[: -len(ending)], ending)
    return word


def _hardened(stem: str, ending: str) -> str:
    """Undo what an ending does to the consonant before it: be заводзе -> завод, брыгадзе -> брыгад, uk на дорозі is left."""
    if ending[0] in "еі" and stem.endswith("дз"):
        return stem[:-1]
    return stem


def _english_stem(word: str) -> str:
    for mark in ("'s", "s'"):
        if word.endswith(mark):
            word = word[: -len(mark)] + ("s" if mark == "s'" else "")
    for ending, instead in _ENGLISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            return word[: len(word) - len(ending)] + instead
    return word


# ---- why two words are one

_SENTENCES = {
    "belarusian": "be/ru spelling",
    "yo": "ё spelled е or о",
    "h": "г, х and h",
    "u-short": "в and ў",
    "soft": "у and ю",
    "ikavism": "uk/ru і and о",
}


@lru_cache(maxsize=1 << 16)
def relation(left: str, right: str) -> str | None:
    """The rule by which two surface words are one, or None: "same", "look-alike letters", "ё spelled е", "inflection",
    "be/ru spelling", "romanisation", "designation" ..., several joined by " + ".
    """
    a, b = plain_text(left), plain_text(right)
    if a.casefold() == b.casefold():
        return "same" if a else None
    homoglyph = fold_homoglyphs(a) != a or fold_homoglyphs(b) != b
    a, b = fold_homoglyphs(a), fold_homoglyphs(b)
    if a.casefold() == b.casefold():
        return "look-alike letters"
    rule = _relation_of_clean(a, b)
    return f"look-alike letters + {rule}" if rule and homoglyph else rule


def _relation_of_clean(a: str, b: str) -> str | None:
    if a.casefold().replace("ё", "е") == b.casefold().replace("ё", "е"):
        return "ё spelled е"
    if not (a.isalpha() and b.isalpha()) and any(char.isdigit() for char in a + b):
        return "designation" if set(code_keys(a)) & set(code_keys(b)) else None
    if script_of(a) == script_of(b) and set(stem_keys(a)) & set(stem_keys(b)):
        return "inflection"
    if a.islower() and b.islower() and script_of(a) == script_of(b) == "Cyrillic":
        return None
    return _name_relation(a, b)


def _name_relation(a: str, b: str) -> str | None:
    best: tuple[int, str] | None = None
    for form_a, inflected_a in _forms(a):
        for form_b, inflected_b in _forms(b):
            rules = spelling_rules(form_a, form_b)
            if rules is None:
                continue
            words = [*rules, *(["inflection"] if inflected_a or inflected_b else [])]
            text = " + ".join(dict.fromkeys(words)) or "spelling"
            if best is None or (len(words), text) < best:
                best = (len(words), text)
    return best[1] if best else None


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[tuple[str, bool], ...]:
    forms = {(form.text, form.text != word) for form in base_forms(word)}
    return tuple(sorted(forms, key=lambda each: (each[1], each[0])))


@lru_cache(maxsize=1 << 17)
def spelling_rules(left: str, right: str) -> tuple[str, ...] | None:
    """Why two nominatives are one name: the rules, () when they sound and are spelled alike, None when they are not one."""
    for a in sounds(left):
        for b in sounds(right):
            found = exchange(a, b)
            if found is not None and not _same_language_forbids(left, right, found.rules, found.belarusian):
                return _worded(found.rules, left, right, a, b)
    return None


def _worded(rules: frozenset[str], left: str, right: str, a: Sound, b: Sound) -> tuple[str, ...]:
    words: list[str] = []
    if rules & BELARUSIAN_RULES:
        words.append(_SENTENCES["belarusian"])
    if script_of(left) != script_of(right) or script_of(left) == "Latin":
        words.append("romanisation")
    else:
        words += [_SENTENCES[rule] for rule in sorted(rules - BELARUSIAN_RULES)]
        if not words and a.detail == b.detail:
            words.append("uk/be/ru letters")
    return tuple(dict.fromkeys(words))


def _same_language_forbids(left: str, right: str, rules: frozenset[str], belarusian: str) -> bool:
    """о and а are one only between languages: Сонин and Санин, both in Russian letters, are two people."""
    if "soft l" in rules and not (softens_by_itself(left) or softens_by_itself(right)):
        return True
    if not rules & BELARUSIAN_RULES or belarusian == "":
        return False
    a, b = languages_of(left), languages_of(right)
    if belarusian == "both":
        return False
    first, second = (a, b) if belarusian == "left" else (b, a)
    return "be" not in first or not second & {"ru", "uk"}


_SOFT_SYSTEMS = re.compile(r"[włčšžŭćńśźż]|cz|sz|j", re.IGNORECASE)


def softens_by_itself(word: str) -> bool:
    """Whether a Latin word is spelled as Polish or łacinka spell: there l is soft and ł is hard, so that la is ля."""
    return script_of(word) == "Latin" and "ł" not in word.lower() and _SOFT_SYSTEMS.search(word) is not None


_NOT = {
    "be": re.compile(r"[иъщїєґ]|[оеё]в$|[сц]ьк", re.IGNORECASE),
    "uk": re.compile(r"[ыэёъў]", re.IGNORECASE),
    "ru": re.compile(r"[іїєґў]|[а-яё]'[яюеєї]|дз[ьія]|ц[ьяю]", re.IGNORECASE),
}
_NOT_LATIN = {
    "be": re.compile(r"g(?!h)|(?:ov|ev)$|[gkh]yi$", re.IGNORECASE),
    "uk": re.compile(r"(?:[ae]u|ou)$|dzi|ły|łu|au[^aeiouy]", re.IGNORECASE),
    "ru": re.compile(r"(?<![kcszg])h|(?:[aei]u|ou)$|ŭ|dzi|kyi$|[ct]hyk$|[nt]yk$|ivsk", re.IGNORECASE),
}


@lru_cache(maxsize=1 << 16)
def languages_of(word: str) -> frozenset[str]:
    """The languages (of ru, be, uk) whose spelling rules a word does not break; all three where nothing speaks."""
    table = _NOT_LATIN if script_of(word) == "Latin" else _NOT
    fitting = frozenset(language for language, breaks in table.items() if not breaks.search(word))
    return fitting or frozenset(table)
