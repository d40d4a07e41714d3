"""A person's name taken apart: given name, patronymic, surname, in every reading it allows.

`parse("Горбачёва О. С.")` keeps both readings of the -а: a woman's nominative or a man's genitive. Given names come in
families (`tables/given_names.tsv`): Олег, Алег, Oleh and Aleh are one; patronymics are derived from the families by rule.
A name in no table is read by its place and its endings, and compared by sound.
"""

# ruff: noqa: E501, SIM905 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from leakdesk.language.inflect import BaseForm, base_forms
from leakdesk.language.press import press_marks, press_sounds
from leakdesk.language.romanise import Sound, exchange, sounds
from leakdesk.language.scripts import fold_homoglyphs, plain_text, script_of
from leakdesk.language.spelling import languages_of, softens_by_itself

Gender = Literal["m", "f", "-"]

#: Longer texts are no names of people.
LONGEST = 200
#: A name with more words is compared word by word, without roles.
MOST_WORDS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name: its sounds (as written and in its base forms), and what it can be."""

    text: str
    key: str
    keys: frozenset[str]
    forms: tuple[tuple[BaseForm, Sound], ...]
    families: frozenset[int]
    short_for: frozenset[int]
    patronymic_of: frozenset[int]
    patronymic_stem: str
    initials: frozenset[str]
    is_initial: bool
    genders: frozenset[tuple[Gender, bool]]
    surname_genders: frozenset[tuple[Gender, bool]]
    parts: tuple[str, ...]
    soft_l: bool


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One way to take a name apart. `weight` orders readings; the likeliest is first.

    `stretched`: it takes for half of a surname what a likelier reading knows for a patronymic; it never makes two names one.
    """

    given: Word | None
    patronymic: Word | None
    surnames: tuple[Word, ...]
    weight: float
    stretched: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """A parsed name: its readings, and what is needed to reject most pairs at once."""

    text: str
    words: tuple[Word, ...]
    readings: tuple[Reading, ...]
    keys: frozenset[str]
    surname_keys: frozenset[str]
    long_surnames: tuple[str, ...]
    genders: frozenset[tuple[Gender, bool]]
    languages: frozenset[str]


@cache
def titles() -> frozenset[str]:
    """Words that stand beside names and are no part of them."""
    return frozenset(_lines("titles.txt"))


@cache
def common_surname_keys() -> frozenset[str]:
    """Sounds of frequent surnames."""
    words = (word for line in _lines("common_surnames.txt") for word in line.split())
    return frozenset(reading.key for word in words for reading in sounds(word)[:1])


def _lines(name: str) -> list[str]:
    text = resources.files("leakdesk.entities").joinpath("tables", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Families:
    """Given names by sound: key -> families; short forms; patronymic stems -> families; and per family what it shows."""

    by_key: dict[str, frozenset[int]]
    details: dict[tuple[str, int, bool], tuple[Sound, ...]]
    short_keys: dict[str, frozenset[int]]
    by_stem: dict[str, frozenset[int]]
    by_patronymic: dict[str, frozenset[int]]
    genders: tuple[Gender, ...]
    captions: tuple[str, ...]
    initials: tuple[frozenset[str], ...]


@cache
def families() -> Families:
    """The table of given names, compiled once a process (a few milliseconds)."""
    by_key: dict[str, set[int]] = {}
    details: dict[tuple[str, int, bool], tuple[Sound, ...]] = {}
    short: dict[str, set[int]] = {}
    stems: dict[str, set[int]] = {}
    irregular: dict[str, set[int]] = {}
    genders: list[Gender] = []
    captions: list[str] = []
    initials: list[frozenset[str]] = []
    for number, line in enumerate(_lines("given_names.tsv")[1:]):
        gender, ru, be, uk, latin, shorts, patronymics = line.split("\t") + [""] * (6 - line.count("\t"))
        genders.append("m" if gender == "m" else "f")
        slavic, foreign = [*ru.split(), *be.split(), *uk.split()], latin.split()
        captions.append(slavic[0])
        first: set[str] = set()
        for form in (*slavic, *foreign):
            first |= _initial_classes(form)
            for reading in sounds(form)[:2]:
                by_key.setdefault(reading.key, set()).add(number)
                place = (reading.key, number, form in slavic)
                details[place] = (*details.get(place, ()), reading)
                if form in slavic:
                    stems.setdefault(_bare(reading.key), set()).add(number)
        initials.append(frozenset(first))
        for form in shorts.split():
            heard = sounds(form)[0]
            short.setdefault(heard.key, set()).add(number)
            place = (heard.key, number, script_of(form) == "Cyrillic")
            details[place] = (*details.get(place, ()), heard)
        for form in patronymics.split():
            irregular.setdefault(sounds(form)[0].key, set()).add(number)
    return Families(
        {key: frozenset(found) for key, found in by_key.items()},
        details,
        {key: frozenset(found) for key, found in short.items()},
        {key: frozenset(n for n in found if genders[n] == "m") for key, found in stems.items()},
        {key: frozenset(found) for key, found in irregular.items()},
        tuple(genders),
        tuple(captions),
        tuple(initials),
    )


def _bare(key: str) -> str:
    return key.rstrip("ai") or key


# ---- words

_SPLIT = re.compile(r"[\s,;/()\[\]{}<>|\"]+|(?<=\w)\.(?=\w)|\.(?=\s|$)")
_NOT_A_NAME = re.compile(r"^[\W\d_]*$")
_PARTICLES = frozenset("фон von van de der den di da dos del la le ibn bin al el эль аль ибн ван де дер the of".split())
#: Words that make the word before them a patronymic.
_PATRONYMIC_MARKS = frozenset("oglu ogly ogli oglou kyzy kizi qizi gizi uulu ulu оглы оглу кызы кизи улы уулу".split())

#: Patronymic endings on sound keys -> gender; the rest is the father's name. Longest first.
_PATRONYMICS: tuple[tuple[str, Gender], ...] = (
    ("inicna", "f"),
    ("avic", "m"),
    ("avig", "m"),
    ("avna", "f"),
    ("ivna", "f"),
    ("icna", "f"),
    ("ivic", "m"),
    ("ic", "m"),
)
#: What may stand on a patronymic when it is inflected, as sounds.
_SHORTEST_FATHER = 2
_LATIN_INITIALS: dict[str, str] = {
    "A": "aa ay ao", "B": "bb", "C": "cc tc kk xx", "D": "dd", "E": "ae aE", "F": "ff", "G": "gg gh", "H": "gg gh gx", "I": "ii ay uY ae",
    "J": "ii ay uY ae aE jj", "K": "kk gx", "L": "ll", "M": "mm", "N": "nn", "O": "ao", "P": "pp", "Q": "kk", "R": "rr", "S": "ss xx",
    "T": "tt tc", "U": "uu vw", "V": "vv", "W": "vv vw", "X": "kk gx", "Y": "ii ay uY ae aE", "Z": "zz jj dd",
}  # fmt: skip


@lru_cache(maxsize=1 << 15)
def _initial_classes(text: str) -> frozenset[str]:
    """The sounds a word or an initial may begin with, as key and detail letters: О -> {"ao"}."""
    if len(text) == 1 and script_of(text) == "Latin":
        return frozenset(_LATIN_INITIALS.get(text.upper(), "").split())
    found = {reading.key[0] + reading.detail[0] for reading in sounds(text)}
    found = {"uu" if each == "vw" and text[:1].lower() in "уu" else each for each in found}
    if text[:1].lower() in "гh" or "gh" in found:
        found |= {"gg", "gh"}
    if text[:1].lower() in "йy":
        found |= {"ii"}
    return frozenset(found)


_MASCULINE = re.compile(
    r"(?:[оеёєїа]в|[оеёаії]ў|[иыії]н|[сц]ь?к[иіо]й|[сц]к[іы]|[ыо]й)$|"
    r"(?:[oeyi][vw]|[aeo]u|[iy]n|sk[iy]y?i?j?|[tc]k[iy])$",
    re.IGNORECASE,
)
_FEMININE = re.compile(
    r"(?:[оеёєїа]ва|[оеёаії]ўна|[иыії]на|[сц]ь?кая?|[ая]я|овна|евна|івна|їв?на|ична|[аеё]ўна)$|"
    r"(?:[oeayi][vw]a|[iy]na|[sc]kay?i?j?a|[sc]ka|[oe]vna|ivna|[iy]chna|[ae]una)$",
    re.IGNORECASE,
)


def _shape_gender(text: str) -> Gender:
    if _FEMININE.search(text):
        return "f"
    return "m" if _MASCULINE.search(text) else "-"


#: Systems of the press in which a given name is looked up, marked or not.
_PRESS = frozenset(("German", "French", "Spanish"))


@lru_cache(maxsize=1 << 16)
def word(text: str, systems: frozenset[str] = frozenset()) -> Word:
    """What one word of a name can be; `systems` of the press that other words of the name show."""
    clean = fold_homoglyphs(text)
    table = families()
    forms = _forms(clean, systems)
    cyrillic = script_of(clean) == "Cyrillic"
    keys = frozenset(reading.key for _, reading in forms)
    found: set[int] = set()
    short: set[int] = set()
    for _, reading in forms:
        found |= _named(reading, table.by_key, cyrillic)
        short |= _named(reading, table.short_keys, cyrillic)
    if not found and not short and not cyrillic:
        for reading in press_sounds(clean, _PRESS):  # Sinaida, as the German press spells Зинаида
            found |= _named(reading, table.by_key, cyrillic)
    short -= found
    found |= short
    fathers, stem, patronymic_gender = _father(forms)
    is_initial = len(clean.rstrip(".")) <= 1 or (
        len(clean) == 2 and clean[0].isupper() and clean[1].islower() and _digraph(clean)
    )
    initials = _initial_classes(clean.rstrip("."))
    for number in found:
        initials |= table.initials[number]
    return Word(
        text=clean,
        key=forms[0][1].key if forms else "",
        keys=keys,
        forms=forms,
        families=frozenset(found),
        short_for=frozenset(short),
        patronymic_of=fathers,
        patronymic_stem=stem,
        initials=initials,
        is_initial=is_initial,
        genders=_word_genders(clean, forms, frozenset(found), patronymic_gender),
        surname_genders=_word_genders(clean, forms, frozenset(), frozenset()),
        parts=tuple(part for part in re.split(r"[-‐]", clean) if part),
        soft_l=softens_by_itself(clean) or ("Soft l" in systems and "ł" not in clean.lower()),
    )


_DIGRAPHS = frozenset("Ya Yu Ye Yo Zh Kh Ts Ch Sh Ia Iu Ie Io Ja Ju Je Dz Jo".split())


def _digraph(text: str) -> bool:
    return text in _DIGRAPHS


def _named(reading: Sound, keys: dict[str, frozenset[int]], cyrillic: bool) -> frozenset[int]:
    """The families a word's sound names, where a rule of spelling explains each difference to one of their forms.

    A Cyrillic word is held against Cyrillic forms where there are any: Victoria's -ia is less exact than Виктория's -ия.
    """
    details = families().details
    return frozenset(
        number
        for number in keys.get(reading.key, ())
        if any(exchange(reading, each) is not None for each in _details(details, reading.key, number, cyrillic))
    )


def _details(
    details: dict[tuple[str, int, bool], tuple[Sound, ...]], key: str, number: int, cyrillic: bool
) -> tuple[Sound, ...]:
    own, foreign = details.get((key, number, True), ()), details.get((key, number, False), ())
    return (own or foreign) if cyrillic else (*own, *foreign)


def _forms(text: str, systems: frozenset[str]) -> tuple[tuple[BaseForm, Sound], ...]:
    ordered = sorted(base_forms(text), key=lambda form: (form.rule != "as written", form.text, form.gender, form.rule))
    press = tuple((BaseForm(text, "-", "nominative", "as written"), reading) for reading in press_sounds(text, systems))
    return (*((form, reading) for form in ordered for reading in sounds(form.text)), *press)


def _father(forms: tuple[tuple[BaseForm, Sound], ...]) -> tuple[frozenset[int], str, frozenset[tuple[Gender, bool]]]:
    """The families a patronymic names, its stem, and its genders; empty when this is no patronymic."""
    table = families()
    found: set[int] = set()
    stem = ""
    genders: set[tuple[Gender, bool]] = set()
    for form, reading in forms:
        nominative = form.rule == "as written"
        regular = table.by_patronymic.get(reading.key)
        for ending, gender in _PATRONYMICS:
            if not reading.key.endswith(ending):
                continue
            if regular:
                found |= regular
                genders.add((gender, nominative))
                stem = stem or reading.key[: -len(ending)]
                break
            father = _bare(reading.key[: -len(ending)])
            if len(father) < _SHORTEST_FATHER:
                continue
            known = table.by_stem.get(father, frozenset())
            found |= known
            genders.add((gender, nominative))
            stem = stem or father
            if known:
                break
    return frozenset(found), stem, frozenset(genders)


def _word_genders(
    text: str,
    forms: tuple[tuple[BaseForm, Sound], ...],
    found: frozenset[int],
    patronymic: frozenset[tuple[Gender, bool]],
) -> frozenset[tuple[Gender, bool]]:
    """(gender, nominative) as this word allows: "Горбачёва" -> a woman in the nominative, or a man in another case."""
    table = families()
    cyrillic = script_of(text) == "Cyrillic"
    if patronymic:
        return patronymic
    genders: set[tuple[Gender, bool]] = set()
    for form, reading in forms:
        nominative = form.rule == "as written"
        given = (_named(reading, table.by_key, cyrillic) | _named(reading, table.short_keys, cyrillic)) & found
        if given:
            genders |= {(table.genders[number], nominative) for number in given}
        elif nominative and not found:
            genders.add((_shape_gender(text), True))
        elif not nominative and not found and form.gender != "-":
            genders.add((form.gender, form.case == "nominative"))
    return frozenset(genders) or frozenset({("-", True)})


# ---- names


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Person:
    """Take a person's name apart. A text without letters, or one too long for a name, has no words."""
    plain = plain_text(text[: LONGEST * 5])
    before_comma = _before_comma(plain)
    texts = _words_of(plain)
    systems = frozenset[str]().union(*(press_marks(each) for each in texts))
    if any(softens_by_itself(each) for each in texts):
        systems |= {"Soft l"}
    words = tuple(word(each, systems) for each in texts) if len(plain) <= LONGEST else ()
    words = tuple(each for each in words if each.keys)[: MOST_WORDS + 1]
    readings = _readings(words, before_comma) if len(words) <= MOST_WORDS else ()
    surnames = {each for reading in readings for each in reading.surnames}
    surname_keys = frozenset(key for each in surnames for key in (*each.keys, *_part_keys(each)))
    return Person(
        text=plain,
        words=words,
        readings=readings,
        keys=frozenset(key for each in words for key in each.keys),
        surname_keys=surname_keys,
        long_surnames=_long_surnames(readings),
        genders=_person_genders(readings[0]) if readings else frozenset(),
        languages=_person_languages(words),
    )


def _part_keys(each: Word) -> frozenset[str]:
    """The keys of the parts of a double surname."""
    return frozenset(key for part in each.parts for key in word(part).keys) if len(each.parts) > 1 else frozenset()


#: Sound keys shorter than this are compared exactly.
SHORTEST_NEAR = 5


def _long_surnames(readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """The surnames that may differ by one sound, as keys; () where a reading has no surname (then nothing is rejected early)."""
    if any(not reading.surnames for reading in readings):
        return ("",)
    return tuple(
        sorted({each.key for reading in readings for each in reading.surnames if len(each.key) >= SHORTEST_NEAR})
    )


def _before_comma(plain: str) -> int:
    left, comma, right = plain.partition(",")
    if not comma or not any(char.isalpha() for char in right):
        return 0
    return len(_words_of(left))


def _words_of(plain: str) -> list[str]:
    raw = [piece.strip("'-.") for piece in _SPLIT.split(plain) if piece]
    raw = [piece for piece in raw if piece and not _NOT_A_NAME.match(piece)]
    kept = [piece for piece in raw if piece.lower() not in titles()] or raw
    if len(kept) > 2:
        kept = [piece for piece in kept if piece.lower() not in _PARTICLES] or kept
    return kept


def _readings(words: tuple[Word, ...], before_comma: int) -> tuple[Reading, ...]:
    words = _marked_patronymics(words)
    if not words:
        return ()
    if len(words) == 1:
        return _single(words[0])
    found: list[Reading] = []
    for given_at in range(len(words)):
        found += _with_given(words, given_at, before_comma)
    found.sort(key=lambda reading: -reading.weight)
    best = found[0]
    near = [best, *(reading for reading in found[1:] if reading.weight > best.weight - READING_MARGIN)]
    father = best.patronymic if _is_firm(best, words[0]) else None
    return tuple(
        replace(reading, stretched=True) if father in reading.surnames and reading.patronymic is None else reading
        for reading in near[:MOST_READINGS]
    )


def _is_firm(reading: Reading, first: Word) -> bool:
    """Whether the patronymic of a reading cannot well be half of a surname, in a table or not: Роман Гервасиевич Сацюк.

    It stands behind the given name, and a surname stands beside them: not so in "Jan Roman Babkevich", where Jan is no surname.
    """
    if reading.patronymic is None or reading.patronymic.is_initial or not reading.surnames:
        return False
    return reading.given is first or any(not _is_bare_given(each) for each in reading.surnames)


def _is_bare_given(each: Word) -> bool:
    return each.is_initial or (bool(each.families) and not _SURNAME.search(each.text))


#: Readings this much lighter than the best are dropped; at most so many are kept.
READING_MARGIN, MOST_READINGS = 1.5, 2


def _marked_patronymics(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(each for each in words if each.text.lower() not in _PATRONYMIC_MARKS) or words


def _single(only: Word) -> tuple[Reading, ...]:
    surname = Reading(None, None, (only,), 1.0)
    given = Reading(only, None, (), 1.0)
    if only.families and _shape_gender(only.text) == "-":
        return (given, surname)
    return (surname,)


_SURNAME = re.compile(
    r"(?:[оеёєїа][вў]а?|[иыії]на?|[сц]ь?к(?:ий|ій|ая|а|і)|енко|[эе]нка|анка|[уюя]к|ич|іч|ец|ко|ик|ай|ец|ян|дзе|швили|ько|ло|ль|ных|их)$|"
    r"(?:[oeyi]va?|[oea]u|in|yn|ina|sk[iy]y?|tsk[iy]y?|skaya|enko|[ea]nka|[uy]k|ich|ets|ko|ik|ian|yan|dze|shvili)$",
    re.IGNORECASE,
)


def _with_given(words: tuple[Word, ...], at: int, before_comma: int) -> list[Reading]:
    given = words[at]
    rest = [*words[:at], *words[at + 1 :]]
    weight = _given_weight(words, at, before_comma)
    readings: list[Reading] = []
    follower = words[at + 1] if at + 1 < len(words) else None
    if follower is not None and len(words) > 2 and _may_be_patronymic(given, follower):
        surnames = [each for number, each in enumerate(words) if number not in (at, at + 1)]
        gain = _patronymic_weight(given, follower, surnames)
        readings.append(Reading(given, follower, tuple(surnames), weight + gain + _surname_weight(surnames)))
    if follower is not None and len(words) == 2 and follower.patronymic_of and given.families:
        readings.append(Reading(given, follower, (), weight + 0.2))  # "Олег Сергеевич" as one is spoken to
    if len(words) == 3 and at == 0 and _is_last_patronymic(given, words[1], words[2]):
        readings.append(Reading(given, words[2], (words[1],), weight + 1.6 + _surname_weight([words[1]])))
    if rest:
        readings.append(Reading(given, None, tuple(rest), weight + _surname_weight(rest) - 0.6 * (len(rest) - 1)))
    return readings


def _is_last_patronymic(given: Word, between: Word, last: Word) -> bool:
    """Роман Сацюк Гервасиевич, Роман Бабкевич Ильич: a form that asks for given name, surname, patronymic in this order."""
    if given.is_initial or between.is_initial or last.is_initial or not given.families or _is_bare_given(between):
        return False
    if between.patronymic_stem and (between.patronymic_of or not last.patronymic_of):
        return False
    return _may_be_patronymic(given, last)


def _given_weight(words: tuple[Word, ...], at: int, before_comma: int) -> float:
    given = words[at]
    weight = 2.0 if given.families else 0.8 if given.is_initial else 0.0
    weight -= 1.0 if given.patronymic_stem and not given.families else 0.0
    if before_comma:
        weight += 2.0 if at == before_comma else -2.0
    elif at == 0:
        weight += 0.4
    elif at == 1:
        weight += 0.2
    return weight


def _may_be_patronymic(given: Word, follower: Word) -> bool:
    """By its shape and place; a known father is not asked for. A woman has no patronymic in -ович: Анна Матусевич Коваль."""
    if follower.is_initial:
        return True
    if not follower.patronymic_stem:
        return False
    genders, fitting = {gender for gender, _ in given.genders}, {gender for gender, _ in follower.genders}
    return given.is_initial or "-" in genders or not genders.isdisjoint(fitting)


def _patronymic_weight(given: Word, follower: Word, surnames: list[Word]) -> float:
    if follower.is_initial:
        return 1.0
    return 1.6 if follower.patronymic_of else 1.1


def _surname_weight(surnames: list[Word]) -> float:
    weight = 0.0
    for each in surnames:
        weight += 0.5 if _SURNAME.search(each.text) else 0.0
        weight -= 0.8 if each.families and not _SURNAME.search(each.text) else 0.0
        weight -= 1.2 if each.is_initial else 0.0
    return weight


def _person_genders(reading: Reading) -> frozenset[tuple[Gender, bool]]:
    """The (gender, nominative) pairs that every word of a reading allows; "-" goes with anything."""
    options: set[tuple[Gender, bool]] = {("m", True), ("f", True), ("m", False), ("f", False)}
    parts = [(each, each.surname_genders) for each in reading.surnames[:1]]
    parts += [(each, each.genders) for each in (reading.given, reading.patronymic) if each is not None]
    for each, genders in parts:
        if each.is_initial:
            continue
        narrowed = {
            option
            for option in options
            if any((g in ("-", option[0])) and (nominative == option[1] or g == "-") for g, nominative in genders)
        }
        options = narrowed or options
    return frozenset(options)


def _person_languages(words: tuple[Word, ...]) -> frozenset[str]:
    found = frozenset(("ru", "be", "uk"))
    for each in words:
        if not each.is_initial:
            found = (found & languages_of(each.text)) or found
    return found
