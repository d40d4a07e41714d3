"""An organisation's name taken apart: what kind of body it is, its numbers, its legal form, its own words, its acronym.

Words of four languages meet in concepts (`tables/org_words.tsv`): завод, zavod, plant and works are `plant`; a compound is
several (авиаремонтный = aviation + repair). What stands in no table is an own name and is kept by its sound, without the
endings of place adjectives (Минский, Мінскі, Minsk). A number counts as itself: 121st = 121-й = №121.
"""

# ruff: noqa: E501, SIM905 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from leakdesk.language.romanise import Sound, sounds
from leakdesk.language.scripts import fold_homoglyphs, plain_text, script_of

#: Longer texts are cut: no name of a body is longer.
LONGEST = 400


@dataclass(frozen=True, slots=True, eq=False)
class OwnWord:
    """A word in no table: as written, and the sounds it may have without the endings of place adjectives."""

    text: str
    stems: frozenset[str]
    capitals: bool
    letters: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A parsed name of an organisation. `order` keeps concepts and own words as they stand, for acronyms; `words` is all but
    the legal form, as written.
    """

    text: str
    numbers: frozenset[str]
    legal: frozenset[str]
    heads: frozenset[str]
    concepts: frozenset[str]
    own: tuple[OwnWord, ...]
    order: tuple[tuple[str, ...] | OwnWord, ...]
    acronyms: frozenset[str]
    words: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare."""
        return not (self.concepts or self.own or self.numbers)


class _Tables(NamedTuple):
    stems: dict[str, tuple[tuple[str, ...], bool]]
    by_sound: dict[str, tuple[tuple[str, tuple[str, ...], bool], ...]]
    acronyms: dict[str, tuple[str, ...]]
    english: dict[str, tuple[str, ...]]
    heads: frozenset[str]
    initials: dict[str, frozenset[str]]


@cache
def tables() -> _Tables:
    """The word table, compiled once a process: stem -> concepts and whether another stem may follow; concept -> initials."""
    stems: dict[str, tuple[tuple[str, ...], bool]] = {}
    english: dict[str, tuple[str, ...]] = {}
    heads: set[str] = set()
    initials: dict[str, set[str]] = {}
    for line in _lines("org_words.tsv")[1:]:
        cells = line.split("\t")
        concepts = tuple(concept.rstrip("*") for concept in cells[0].split())
        heads |= {concept.rstrip("*") for concept in cells[0].split() if concept.endswith("*")}
        for cell in cells[1:4]:
            for stem in cell.split():
                bare = stem.rstrip("-").replace("ё", "е")
                known, prefix = stems.get(bare, (concepts, False))
                stems[bare] = (known, prefix or stem.endswith("-"))
                if len(concepts) == 1:
                    initials.setdefault(concepts[0], set()).add(bare[0])
        for form in cells[4].split() if len(cells) > 4 else ():
            english[form] = concepts
            if len(concepts) == 1:
                initials.setdefault(concepts[0], set()).add(form[0])
    by_sound: dict[str, tuple[tuple[str, tuple[str, ...], bool], ...]] = {}
    for stem, (concepts, prefix) in sorted(stems.items()):
        heard = _without_last_vowel(sounds(stem)[0])
        if len(heard.key) >= SHORTEST_SOUND or (prefix and len(heard.key) >= SHORTEST_PREFIX_SOUND):
            row = (heard.detail.translate(_PLAIN_DETAIL), concepts, prefix)
            by_sound[heard.key] = (*by_sound.get(heard.key, ()), row)
    acronyms: dict[str, tuple[str, ...]] = {}
    for line in _lines("org_acronyms.tsv")[1:]:
        meaning, short = line.split("\t")
        acronyms.update(dict.fromkeys(short.split(), tuple(meaning.split())))
    return _Tables(
        stems, by_sound, acronyms, english, frozenset(heads), {key: frozenset(found) for key, found in initials.items()}
    )


def _without_last_vowel(heard: Sound) -> Sound:
    """компани is heard in kompaniya without its и, which only softens the next vowel."""
    cut = len(heard.key) - (heard.key[-1:] in ("a", "i", "u") and len(heard.key) > SHORTEST_SOUND)
    return Sound(heard.key[:cut], heard.detail[:cut])


#: A romanised Slavic word (zavod, predpriyatie) is looked up by sound, against stems of at least so many sounds; stems that
#: another stem may follow (kino-studiya, auto-mobile) may be shorter.
SHORTEST_SOUND, SHORTEST_PREFIX_SOUND = 6, 4
#: Stems of fewer sounds must agree in their vowels too: Kazan is not казённ.
SOUND_ALONE = 7
#: Details that Latin letters do not tell apart.
_PLAIN_DETAIL = str.maketrans("EhxwcY", "eggvtu")


@cache
def _two_words() -> re.Pattern[str]:
    """English terms of two words that the table knows with a hyphen: machine tool, power station."""
    terms = sorted(
        {form.replace("-", " ") for form in tables().english if "-" in form}, key=lambda each: (-len(each), each)
    )
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, terms))})(?=s?\b)", re.IGNORECASE)


@cache
def _legal_forms() -> tuple[dict[str, str], re.Pattern[str]]:
    classes: dict[str, str] = {}
    for line in _lines("legal_forms.tsv")[1:]:
        name, forms = line.split("\t")
        for form in forms.split("|"):
            classes[form.lower().replace("ё", "е")] = name
    ordered = sorted(classes, key=lambda form: (-len(form), form))
    # Long forms of the spelled-out kind are inflected in texts: the last letters of each word are free.
    return classes, re.compile(
        r"(?<![\w])(?:" + "|".join(_inflected(form) for form in ordered) + r")(?![\w])", re.IGNORECASE
    )


def _inflected(form: str) -> str:
    words = form.split(" ")
    if len(words) < 2 or script_of(form) != "Cyrillic":
        return re.escape(form)
    return r"\s+".join(re.escape(word[:-2]) + r"\w{0,5}" if len(word) > 5 else re.escape(word) for word in words)


def _lines(name: str) -> list[str]:
    text = resources.files("leakdesk.entities").joinpath("tables", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


_STOP = frozenset(
    """of the and for in at by on to de la le und der die das fur für named after im по и в на с для при имени имя им из о об от при у ў з і й та
    для імя ім імені пры па аб г гор город г. м горад місто місті city""".split()
)
#: Ordinals in words, by stem.
_ORDINAL_WORDS: dict[str, str] = {
    "перв": "1", "перш": "1", "first": "1", "втор": "2", "друг": "2", "second": "2", "трет": "3", "трэц": "3", "третій": "3", "third": "3",
    "четверт": "4", "чацвёрт": "4", "чацверт": "4", "fourth": "4", "пят": "5", "п'ят": "5", "fifth": "5", "шест": "6", "шост": "6",
    "sixth": "6", "седьм": "7", "сём": "7", "сьом": "7", "seventh": "7", "восьм": "8", "eighth": "8", "девят": "9", "дзявят": "9",
    "дев'ят": "9", "ninth": "9", "десят": "10", "дзясят": "10", "tenth": "10",
}  # fmt: skip
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_TOKEN = re.compile(r"\d+(?:[./-]\d+)*|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*", re.UNICODE)
_ORDINAL_ENDING = re.compile(
    r"(?<=\d)-?(?:ый|ий|ой|ая|ое|ые|ого|его|му|ому|ым|м|й|я|е|х|га|ага|мы|ці|ты|ы|і|ї|ій|а|st|nd|rd|th)(?![\w])",
    re.IGNORECASE,
)
_SPACED_NUMBER = re.compile(r"(?:№|#|\bno\.?|\bnr\.?|\bnumber|\bномер|\bнумар)\s*(?=\d)", re.IGNORECASE)


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Body:
    """Take an organisation's name apart."""
    plain = fold_all(plain_text(text[:LONGEST]))
    plain = re.sub(r"\bR&D\b", "research", plain)
    plain = _two_words().sub(lambda term: term.group().replace(" ", "-"), plain)
    rest = _ORDINAL_ENDING.sub(" ", _SPACED_NUMBER.sub(" ", plain))
    classes, pattern = _legal_forms()
    legal: set[str] = set()
    for found in pattern.finditer(rest.replace("ё", "е")):
        legal.add(_legal_class(found.group(), classes))
    stripped = pattern.sub(" ", rest.replace("ё", "е"))
    if _TOKEN.search(stripped):
        rest = stripped
    numbers: set[str] = set()
    order: list[tuple[str, ...] | OwnWord] = []
    shouted = rest.isupper() and len(rest.split()) > 1
    for token in _TOKEN.findall(rest.replace('"', " ")):
        if token[0].isdigit():
            numbers.add(token.lstrip("0") or "0")
            continue
        order += _classified(token, numbers, shouted)
    spelled_out = {
        _LEGAL_WORDS[concept]
        for each in order
        if isinstance(each, tuple)
        for concept in each
        if concept in _LEGAL_WORDS
    }
    order = [kept for each in order if (kept := _without_legal(each, bool(spelled_out)))]
    legal |= spelled_out
    concepts = frozenset(concept for each in order if isinstance(each, tuple) for concept in each)
    own = tuple(each for each in order if isinstance(each, OwnWord))
    return Body(
        text=plain,
        numbers=frozenset(numbers),
        legal=frozenset(legal),
        heads=concepts & tables().heads,
        concepts=concepts,
        own=own,
        order=tuple(order),
        acronyms=frozenset(each.text for each in own if each.capitals),
        words=frozenset(each for each in _TOKEN.findall(rest.casefold()) if each not in _STOP),
    )


#: Words of spelled-out legal forms that were not caught as a phrase, and the class they show.
_LEGAL_WORDS = {"joint-stock~": "joint-stock", "limited~": "limited", "unitary~": "unitary"}


def _without_legal(each: tuple[str, ...] | OwnWord, spelled_out: bool) -> tuple[str, ...] | OwnWord:
    """The concepts that are no part of a legal form; "society" is one where the form is spelled out word by word."""
    if isinstance(each, OwnWord) or (spelled_out and each == ("society",)):
        return each if isinstance(each, OwnWord) else ()
    return tuple(concept for concept in each if not concept.endswith("~"))


def fold_all(text: str) -> str:
    """Look-alike letters put right, word by word."""
    return " ".join(fold_homoglyphs(each) for each in text.split(" "))


def _legal_class(form: str, classes: dict[str, str]) -> str:
    lower = " ".join(form.lower().replace("ё", "е").split())
    if lower in classes:
        return classes[lower]
    words = lower.split(" ")
    for spelled, name in classes.items():
        parts = spelled.split(" ")
        if len(parts) == len(words) and all(a[:3] == b[:3] for a, b in zip(parts, words, strict=True)):
            return name
    return "other"


def _classified(token: str, numbers: set[str], shouted: bool) -> list[tuple[str, ...] | OwnWord]:
    lower = token.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    lower = "у" + lower[1:] if lower.startswith("ў") else lower
    if lower in _STOP or (len(lower) == 1 and script_of(lower) != "other" and (shouted or not token.isupper())):
        return []
    if lower in _ROMAN and token.isupper():
        numbers.add(_ROMAN[lower])
        return []
    if token in tables().acronyms:
        return [tables().acronyms[token]]
    capitals = token.isupper() and 2 <= len(token) <= (4 if shouted else 7)
    found = _concepts(lower) if shouted or not capitals else ()
    capitals = capitals and not found
    if found and found[0].startswith(GEOGRAPHY):
        return [OwnWord(text=token, stems=frozenset(found), capitals=False, letters=frozenset())]
    if found:
        return [found]
    if "-" in token and not capitals:
        return [each for part in token.split("-") if part for each in _classified(part, numbers, shouted)]
    return [_own(token, capitals)]


#: What may follow a Cyrillic stem: an ending of at most this many letters, two more behind a long stem.
LONGEST_ENDING, LONG_STEM = 5, 7


#: Concepts that are names of lands and seas, which languages translate: they count as own names.
GEOGRAPHY = "geo-"


@lru_cache(maxsize=1 << 15)
def _concepts(lower: str) -> tuple[str, ...]:
    """The concepts of one word; () for a word in no table."""
    table = tables()
    if script_of(lower) == "Latin":
        bare = lower.removesuffix("'s")
        return (
            table.english.get(bare)
            or table.english.get(bare.removesuffix("s"))
            or table.english.get(bare.removesuffix("es"))
            or (table.english.get(bare[:-3] + "y") if bare.endswith("ies") else None)
            or _romanised(bare)
        )
    for length in range(len(lower), 1, -1):
        found = table.stems.get(lower[:length])
        if found is None:
            continue
        concepts, prefix = found
        rest = lower[length:].lstrip("-")
        if prefix and len(rest) > 2:
            more = _concepts(rest)
            if more:
                return tuple(dict.fromkeys((*concepts, *more)))
        if (
            len(rest) <= LONGEST_ENDING + 2 * (length >= LONG_STEM or rest.startswith(("ьс", "ьк", "йс")))
            and not (prefix and length < 4)
            and (length >= 3 or not rest)
        ):
            return concepts
    return ()


#: What may stand behind a stem in a word of these languages, as sounds: endings of cases and of adjectives.
_SLAVIC_ENDING = re.compile(
    r"(?:al|it|itil|ital|av|an|in|at|ir|itsi|ati|at)?(?:n|c?sk|tk|sk|v|k|stv|st|nast)?n?[aiu]{0,3}(?:[gmv][aiu]{0,2})?(?:mi)?"
)


def is_ending(rest: str) -> bool:
    """Whether what is left of a word (as sounds) is only an ending of a case or an adjective."""
    return _SLAVIC_ENDING.fullmatch(rest) is not None


@lru_cache(maxsize=1 << 14)
def _romanised(lower: str) -> tuple[str, ...]:
    """The concepts of a Slavic word in Latin letters, by sound; only words that end as Slavic words do."""
    for reading in sounds(lower)[:2]:
        found = _by_sound(reading.key, reading.detail.translate(_PLAIN_DETAIL))
        if found:
            return found
    return ()


def _by_sound(key: str, detail: str) -> tuple[str, ...]:
    table = tables().by_sound
    for length in range(len(key), SHORTEST_PREFIX_SOUND - 1, -1):
        for heard, concepts, prefix in table.get(key[:length], ()):
            if length < SOUND_ALONE and heard != detail[:length]:
                continue
            rest = key[length:]
            more = _by_sound(rest, detail[length:]) if prefix and len(rest) > 2 else ()
            if more:
                return tuple(dict.fromkeys((*concepts, *more)))
            if length >= SHORTEST_SOUND and _SLAVIC_ENDING.fullmatch(rest):
                return concepts
    return ()


#: Endings of place adjectives, as sounds, longest first; then what such an adjective puts between the place and -ski; then place endings.
_ADJECTIVE = (
    "skaga",
    "skamu",
    "skaia",
    "skai",
    "skim",
    "skam",
    "skig",
    "skia",
    "ski",
    "ska",
    "sk",
    "tki",
    "tka",
    "tkai",
    "tk",
)
_LINKS = ("navl", "anav", "an", "in", "av", "iv", "n", "avl")
_PLACE = ("av", "iv", "ava", "iva", "in", "ina", "na", "a", "i", "ia", "u")


#: What only Ukrainian spells: its і may stand where Russian has е or о.
_UKRAINIAN = re.compile(r"^(?=.*(?:[иїєґ]|[сцз]ьк))[^ыэёъў]+$")
#: English endings of words that Slavic languages share: logistics is логистика.
_ENGLISH_ENDINGS = (
    ("ics", "ika"),
    ("tion", "tsiya"),
    ("ance", "ans"),
    ("ence", "ens"),
    ("sis", "z"),
    ("gy", "giya"),
    ("ty", "t"),
)


@lru_cache(maxsize=1 << 15)
def _own(token: str, capitals: bool) -> OwnWord:
    stems: set[str] = set()
    lower = token.lower()
    respelled = [token, *(token[: -len(ending)] + base for ending, base in _ENGLISH_ENDINGS if lower.endswith(ending))]
    if _UKRAINIAN.search(lower) and "і" in lower:
        respelled += [lower.replace("і", "е", 1), lower.replace("і", "е")]  # Річиця is Речица
    for reading in (each for text in respelled for each in sounds(text)):
        stems |= stems_of(reading.key)
    letters = frozenset(reading.key[0] for reading in sounds(token))
    return OwnWord(text=token, stems=frozenset(stems) or frozenset({token.lower()}), capitals=capitals, letters=letters)


#: A stem left after cutting has at least so many sounds.
SHORTEST_STEM = 3


def stems_of(key: str) -> set[str]:
    """A sound key and what is left of it without the endings of place adjectives and cases: minski -> min, harkavski -> hark."""
    found = {key}
    if key.startswith("tacn"):
        found.add("tagn" + key[4:])  # techno- is tekhno-
    adjective = {key[: -len(ending)] for ending in _ADJECTIVE if key.endswith(ending)}
    adjective |= {key[: -len(ending) + 1] for ending in _ADJECTIVE if key.endswith(ending)}  # Брестский, Одесский
    found |= adjective
    found |= {stem[: -len(link)] for stem in adjective for link in _LINKS if stem.endswith(link)}
    found |= {key[:-3] + sound for ending in ("tki", "tka") if key.endswith(ending) for sound in "cgk"}  # Барановицкий
    found |= {stem[:-2] for stem in adjective if stem.endswith("ai")}  # Берестейский
    found |= {key[: -len(ending)] for ending in _PLACE if key.endswith(ending)}
    return {stem for stem in found if len(stem) >= SHORTEST_STEM} or {key}


#: Letters of one acronym in both scripts fold to one: АРЗ and ARZ, ЗАТ and ZAT.
_FOLDED = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "j", "з": "z", "и": "i", "і": "i", "ї": "i",
        "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
        "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ы": "i", "э": "e", "ю": "u", "я": "a", "ь": "", "ъ": "", "y": "i", "w": "v",
    }
)  # fmt: skip


def folded_letters(acronym: str) -> str:
    """An acronym in Latin letters: МТЗ -> mtz."""
    return acronym.lower().translate(_FOLDED)


@lru_cache(maxsize=1 << 14)
def initial_sets(body: Body) -> tuple[frozenset[str], ...]:
    """For each meaningful word of a name, the letters (folded) an acronym may use for it, in any of the four languages."""
    table = tables()
    found: list[frozenset[str]] = []
    for each in body.order:
        if isinstance(each, OwnWord):
            letters = frozenset(folded_letters(each.text[0]))
            found.append(letters)
            continue
        for concept in each:
            found.append(frozenset(folded_letters(letter)[:1] for letter in table.initials.get(concept, frozenset())))
    return tuple(letters for letters in found if letters)


def may_abbreviate(acronym: str, body: Body) -> bool:
    """Whether an acronym's letters are initials of the name's words, in either order, all but at most one used."""
    letters = folded_letters(acronym)
    sets = initial_sets(body)
    if len(letters) < 2 or not sets or len(letters) > len(sets) or len(sets) - len(letters) > 2:
        return False
    return _assign(letters, list(sets))


def _assign(letters: str, sets: list[frozenset[str]]) -> bool:
    if not letters:
        return True
    return any(letters[0] in each and _assign(letters[1:], sets[:at] + sets[at + 1 :]) for at, each in enumerate(sets))


def word_concepts(word: str) -> tuple[str, ...]:
    """What a word of an organisation's name means in any of the languages ("plant", "country-RU"); () for other words."""
    return _concepts(word.casefold())
