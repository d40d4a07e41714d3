"""A person's name taken apart: given name, patronymic, surname, in every reading it allows.

`parse("Горбачёва О. С.")` keeps both readings of the -а: a woman's nominative or a man's genitive. Given names come in
families (`tables/given_names.tsv`): Олег, Алег, Oleh and Aleh are one; patronymics are derived from the families by rule.
A name in no table is read by its place and its endings, and compared by sound.
"""

# ruff: noqa: SIM905 (tables and lists of words read best a row a line)
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from leakdesk.entities.given_names import Gender, titles
from leakdesk.entities.name_words import Word, shape_gender, word
from leakdesk.language.press import press_marks
from leakdesk.language.scripts import plain_text
from leakdesk.language.spelling import languages_of, softens_by_itself

#: Longer texts are no names of people.
LONGEST = 200
#: A name with more words is compared word by word, without roles.
MOST_WORDS = 8


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


_SPLIT = re.compile(r"[\s,;/()\[\]{}<>|\"]+|(?<=\w)\.(?=\w)|\.(?=\s|$)")
_NOT_A_NAME = re.compile(r"^[\W\d_]*$")
_PARTICLES = frozenset("фон von van de der den di da dos del la le ibn bin al el эль аль ибн ван де дер the of".split())
#: Words that make the word before them a patronymic.
_PATRONYMIC_MARKS = frozenset("oglu ogly ogli oglou kyzy kizi qizi gizi uulu ulu оглы оглу кызы кизи улы уулу".split())


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
    if only.families and shape_gender(only.text) == "-":
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
