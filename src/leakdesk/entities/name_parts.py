"""How the parts of two people's names compare: surnames, given names and patronymics, each agreeing, near, left out or against."""

# ruff: noqa: E501 (a pattern reads best in one line)
from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from leakdesk.entities.given_names import families
from leakdesk.entities.name_words import Word, word
from leakdesk.entities.people import SHORTEST_NEAR
from leakdesk.language.romanise import BELARUSIAN_RULES, exchange
from leakdesk.language.spelling import languages_of


class Level(IntEnum):
    """How two parts of a name compare; higher is better."""

    CONTRADICTED = 0
    OMITTED = 1
    DOUBTFUL = 2
    NEAR = 3
    INITIAL = 4
    SHORT = 5
    AGREES = 6


class Part(NamedTuple):
    """The comparison of one part: its level and the rules that explain a difference in spelling."""

    level: Level
    rules: frozenset[str] = frozenset()


NONE = Part(Level.OMITTED)
CONTRADICTED = Part(Level.CONTRADICTED)


def surnames(
    left: tuple[Word, ...], right: tuple[Word, ...], left_languages: frozenset[str], right_languages: frozenset[str]
) -> Part:
    if not left or not right:
        return NONE
    best = CONTRADICTED
    for a in left:
        for b in right:
            found = _surname(a, b, left_languages, right_languages)
            if found.level > best.level:
                best = found
    if len(left) > 1 and len(right) > 1 and best.level is Level.AGREES:
        shared = sum(
            any(_surname(a, b, left_languages, right_languages).level >= Level.NEAR for b in right) for a in left
        )
        if shared < min(len(left), len(right)):
            return Part(Level.DOUBTFUL, best.rules)
    return best


@lru_cache(maxsize=1 << 18)
def _surname(a: Word, b: Word, left_languages: frozenset[str], right_languages: frozenset[str]) -> Part:
    if a.is_initial != b.is_initial:
        return CONTRADICTED
    shared = a.keys & b.keys
    if shared:
        found = _spelled(a, b, left_languages, right_languages)
        if found is not None:
            return Part(Level.AGREES, found)
        return Part(Level.DOUBTFUL, frozenset({"slip"}) if _one_vowel(a, b) else frozenset())
    if len(a.parts) > 1 or len(b.parts) > 1:
        joined = _double_surname(a, b)
        if joined is not None:
            return joined
    if min(len(a.key), len(b.key)) >= SHORTEST_NEAR and _near(a, b):
        ukrainian = _yat(a, b, left_languages, right_languages) or _yat(b, a, right_languages, left_languages)
        if ukrainian:
            return Part(Level.AGREES, frozenset({"ikavism"}))
        return Part(Level.NEAR, frozenset({"slip" if _slip(a.key, b.key) else "one sound"}))
    return CONTRADICTED


#: A slip of the pen is believed in surnames of so many sounds and more.
SHORTEST_SLIP = 8
#: What surnames end in, as sounds: a difference there, or right before it, makes another surname (Захаренко, Захарченко).
_SURNAME_ENDINGS = re.compile(
    r"(?:(?:av|iv|in|an|al)?s?[kt]i|ski|[tgd]ski|cuk|ank[ai]|cank[ai]|uk|avic|ivic|ic|nik|cik|ik|ak|nikav|kin|ank|av|iv|in|an|gak|ait|dza|xvili)?a?$"
)
_VOWEL_SOUNDS = frozenset("aiu")


def _slip(a: str, b: str) -> bool:
    """Whether two long surnames differ by one slip in the stem: a sound dropped, doubled, swapped or mistaken.

    Not the first sound, not one near the ending, and not one vowel for another (Мартынов, Мартьянов).
    """
    if min(len(a), len(b)) < SHORTEST_SLIP:
        return False
    same = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tail = next((at for at, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b)))
    ending = max(len(_ending(a)), len(_ending(b)))
    if not same or tail <= ending:
        return False
    substituted = len(a) == len(b) and a[same + 1 :] == b[same + 1 :]
    return not (substituted and a[same] in _VOWEL_SOUNDS and b[same] in _VOWEL_SOUNDS)


def _one_vowel(a: Word, b: Word) -> bool:
    """Whether long surnames of one sound are spelled with another letter at one place, before their ending."""
    if a.key != b.key or len(a.key) < SHORTEST_SLIP:
        return False
    x, y = a.forms[0][1].detail, b.forms[0][1].detail
    places = [at for at, (left, right) in enumerate(zip(x, y, strict=True)) if left != right]
    return len(places) == 1 and 0 < places[0] < len(a.key) - len(_ending(a.key))


def _ending(key: str) -> str:
    found = _SURNAME_ENDINGS.search(key)
    return found.group() if found else ""


_UKRAINIAN = frozenset({"uk"})


def _yat(a: Word, b: Word, a_languages: frozenset[str], b_languages: frozenset[str]) -> bool:
    """Білецький beside Белецкий: а Ukrainian і where the other language has е, in a name that is Ukrainian beyond doubt."""
    if "uk" not in a_languages or "ru" in a_languages or b_languages == _UKRAINIAN:
        return False
    if len(a.key) != len(b.key):
        return a.key == b.key.replace("ai", "i")
    return all(x == y or (x == "i" and y == "a") for x, y in zip(a.key, b.key, strict=True))


def _spelled(
    a: Word, b: Word, left_languages: frozenset[str], right_languages: frozenset[str]
) -> frozenset[str] | None:
    """The spelling rules between two words of one sound, the fewest; None where no rule explains the difference."""
    best: frozenset[str] | None = None
    for form_a, sound_a in a.forms:
        for form_b, sound_b in b.forms:
            found = exchange(sound_a, sound_b)
            if found is None or ("soft l" in found.rules and not (a.soft_l or b.soft_l)):
                continue
            if _forbidden(found.rules, found.belarusian, form_a.text, form_b.text, left_languages, right_languages):
                continue
            rules = found.rules | (
                {"inflection"}
                if "as written" not in (form_a.rule, form_b.rule) or form_a.rule != form_b.rule
                else set()
            )
            if best is None or len(rules) < len(best):
                best = frozenset(rules)
    return best


def _forbidden(
    rules: frozenset[str],
    side: str,
    left: str,
    right: str,
    left_languages: frozenset[str],
    right_languages: frozenset[str],
) -> bool:
    """A Belarusian spelling needs a name that can be Belarusian on its side and one that can be something else on the other."""
    if not rules & BELARUSIAN_RULES or side in ("", "both"):
        return False
    a = (languages_of(left) & left_languages) or languages_of(left)
    b = (languages_of(right) & right_languages) or languages_of(right)
    first, second = (a, b) if side == "left" else (b, a)
    return "be" not in first or not second & {"ru", "uk"}


def _near(a: Word, b: Word) -> bool:
    return OSA.distance(a.key, b.key, score_cutoff=1) <= 1


def _double_surname(a: Word, b: Word) -> Part | None:
    parts_a, parts_b = [word(each) for each in a.parts], [word(each) for each in b.parts]
    shared = sum(any(not x.keys.isdisjoint(y.keys) for y in parts_b) for x in parts_a)
    if not shared:
        return None
    if len(parts_a) == len(parts_b) == shared:
        return Part(Level.AGREES, frozenset({"double surname"}))
    if shared == min(len(parts_a), len(parts_b)):
        return Part(Level.DOUBTFUL, frozenset({"double surname"}))
    return None


def given(a: Word | None, b: Word | None) -> Part:
    if a is None or b is None:
        return NONE
    if a.is_initial or b.is_initial:
        return Part(Level.INITIAL) if not a.initials.isdisjoint(b.initials) else CONTRADICTED
    shared = a.families & b.families
    if shared:
        return Part(Level.SHORT if shared <= (a.short_for | b.short_for) else Level.AGREES)
    return _given_by_sound(a, b)


@lru_cache(maxsize=1 << 18)
def _given_by_sound(a: Word, b: Word) -> Part:
    if a.keys & b.keys:
        return Part(Level.AGREES)
    if a.families and b.families:
        return CONTRADICTED
    if a.key[:1] != b.key[:1]:
        return CONTRADICTED  # Рафик and Тофик are brothers
    if min(len(a.key), len(b.key)) >= SHORTEST_NEAR and _near(a, b):
        return Part(Level.NEAR)
    if min(len(a.key), len(b.key)) >= 4 and a.key.rstrip("ai") == b.key.rstrip("ai") and not (a.families or b.families):
        return Part(Level.NEAR)
    return CONTRADICTED


def patronymic(a: Word | None, b: Word | None) -> Part:
    if a is None or b is None:
        return NONE
    if a.is_initial or b.is_initial:
        return Part(Level.INITIAL) if not _patronymic_initials(a).isdisjoint(_patronymic_initials(b)) else CONTRADICTED
    if a.patronymic_of & b.patronymic_of or a.keys & b.keys:
        return Part(Level.AGREES)
    if a.patronymic_of and b.patronymic_of:
        return CONTRADICTED
    stem_a, stem_b = a.patronymic_stem, b.patronymic_stem
    if stem_a == stem_b:
        return Part(Level.AGREES)
    if min(len(stem_a), len(stem_b)) >= 4 and OSA.distance(stem_a, stem_b, score_cutoff=1) <= 1:
        return Part(Level.NEAR)
    return CONTRADICTED


@lru_cache(maxsize=1 << 16)
def _patronymic_initials(each: Word) -> frozenset[str]:
    table = families()
    found = set(each.initials)
    for number in each.patronymic_of:
        found |= table.initials[number]
    return frozenset(found)
