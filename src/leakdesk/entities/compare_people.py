"""Two people's names: do surname, given name and patronymic agree, is one left out, or do they contradict each other?

`judge` gives verdict and score fast (most pairs are rejected by one set operation); `reasons` puts the same comparison into
sentences. The weights stand in `OUTCOMES`: a contradicted patronymic costs more than one left out, a man and a woman are
never one, a shared surname alone is never more than possible.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from leakdesk.entities.given_names import common_surname_keys, families
from leakdesk.entities.name_words import Word, word
from leakdesk.entities.people import SHORTEST_NEAR, Person, Reading
from leakdesk.language.romanise import BELARUSIAN_RULES, exchange
from leakdesk.language.spelling import languages_of
from leakdesk.model.entity import Verdict


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


class Judged(NamedTuple):
    """Verdict, score, and the parts they rest on."""

    verdict: Verdict
    score: float
    why: str
    surname: Part
    given: Part
    patronymic: Part
    left: Reading | None
    right: Reading | None


_NONE = Part(Level.OMITTED)
_CONTRADICTED = Part(Level.CONTRADICTED)

#: (surname, given name, patronymic) -> verdict and score; None stands for any level not named before it. First row that fits.
_A, _S, _I, _N, _D, _O = Level.AGREES, Level.SHORT, Level.INITIAL, Level.NEAR, Level.DOUBTFUL, Level.OMITTED
OUTCOMES: tuple[tuple[tuple[Level, ...], tuple[Level, ...], tuple[Level, ...], Verdict, float], ...] = (
    ((_A,), (_A,), (_A,), "same", 0.98),
    ((_A,), (_A,), (_I,), "same", 0.95),
    ((_A,), (_A,), (_N,), "same", 0.92),
    ((_A,), (_A,), (_O,), "same", 0.93),
    ((_A,), (_S,), (_A, _I, _N), "same", 0.93),
    ((_A,), (_S,), (_O,), "same", 0.84),
    ((_A,), (_I,), (_A, _I, _N), "same", 0.85),
    ((_A,), (_I,), (_O,), "possible", 0.66),
    ((_A,), (_N, _D), (_A,), "same", 0.88),
    ((_A,), (_N, _D), (_I, _N, _O), "possible", 0.66),
    ((_A,), (_O,), (_A, _I, _N, _O), "possible", 0.5),
    ((_D,), (_A, _S), (_A,), "same", 0.86),
    ((_D,), (_A, _S), (_I, _N, _O), "possible", 0.62),
    ((_D,), (_I, _N, _D), (_A, _I, _N, _O), "possible", 0.5),
    ((_N,), (_A, _S), (_A,), "same", 0.82),
    ((_N,), (_A, _S), (_I, _N, _O), "possible", 0.6),
    ((_N,), (_I, _N, _D), (_A,), "possible", 0.5),
    ((_O,), (_A, _S), (_A,), "possible", 0.5),
    ((_O,), (_A, _S), (_I, _N, _O), "possible", 0.35),
)
_BY_LEVELS: dict[tuple[Level, Level, Level], tuple[Verdict, float]] = {}
for _ss, _gs, _ps, _verdict, _score in reversed(OUTCOMES):
    for _s in _ss:
        for _g in _gs:
            for _p in _ps:
                _BY_LEVELS[_s, _g, _p] = (_verdict, _score)

#: Scores of pairs that are different, by what contradicts.
DIFFERENT = {"surname": 0.1, "given name": 0.2, "patronymic": 0.3, "gender": 0.15, "nothing to compare": 0.0}
_REJECTED = Judged("different", DIFFERENT["surname"], "surname", _CONTRADICTED, _NONE, _NONE, None, None)
_EMPTY = Judged("different", 0.0, "nothing to compare", _NONE, _NONE, _NONE, None, None)

#: A possible pair is never above this, a same pair never below.
CEILING_POSSIBLE, FLOOR_SAME = 0.7, 0.72


def judge(left: Person, right: Person, *, quick: bool = False) -> Judged:
    """Compare two parsed names: the best pair of readings counts.

    `quick`: for all pairs of a list, where nobody asks why two names are different: given names that contradict each other
    end the comparison before surnames are looked at. The verdicts are the same.
    """
    if left.surname_keys.isdisjoint(right.surname_keys) and not _any_near(left.long_surnames, right.long_surnames):
        if left.readings and right.readings:
            return _REJECTED
        return _EMPTY if not (left.words and right.words) else _word_by_word(left, right)
    if not left.readings or not right.readings:
        return _EMPTY if not (left.words and right.words) else _word_by_word(left, right)
    best = _REJECTED
    for a in left.readings:
        for b in right.readings:
            if (a.stretched and (b.stretched or b.patronymic)) or (b.stretched and a.patronymic):
                continue  # two fathers are never two halves of surnames
            if quick and _given(a.given, b.given).level is Level.CONTRADICTED:
                continue
            found = _judge_readings(left, right, a, b)
            if (found.score, found.verdict) > (best.score, best.verdict) or best is _REJECTED:
                best = found
    return best


def _any_near(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two surnames may be one sound apart; "" stands for a reading without a surname, which rejects nothing."""
    for a in left:
        for b in right:
            if not a or not b:
                return True
            if (
                -2 < len(a) - len(b) < 2
                and (a[:2] == b[:2] or a[-2:] == b[-2:])
                and OSA.distance(a, b, score_cutoff=1) < 2
            ):
                return True
    return False


def _judge_readings(left: Person, right: Person, a: Reading, b: Reading) -> Judged:
    surname = _surnames(a.surnames, b.surnames, left.languages, right.languages)
    if surname.level is Level.CONTRADICTED:
        return Judged("different", DIFFERENT["surname"], "surname", surname, _NONE, _NONE, a, b)
    given = _given(a.given, b.given)
    patronymic = _patronymic(a.patronymic, b.patronymic)
    if given.level is Level.CONTRADICTED:
        return Judged("different", DIFFERENT["given name"], "given name", surname, given, patronymic, a, b)
    if patronymic.level is Level.CONTRADICTED:
        return Judged("different", DIFFERENT["patronymic"], "patronymic", surname, given, patronymic, a, b)
    verdict, score = _BY_LEVELS.get((surname.level, given.level, patronymic.level), ("different", 0.2))
    why = "parts"
    if verdict == "possible" and _is_slip(a, b, surname, given, patronymic):
        verdict, score, why = "same", 0.76, "slip"
    verdict, score, why = _bare_surnames(verdict, score, why, a, b, surname)
    gender = _gender(left, right)
    if gender == "contradicted":
        return Judged("different", DIFFERENT["gender"], "gender", surname, given, patronymic, a, b)
    if gender == "ambiguous" and verdict == "same":
        verdict, score, why = "possible", min(score, CEILING_POSSIBLE), "ambiguous gender"
    if verdict == "same" and (a.stretched or b.stretched):
        verdict, score, why = "possible", min(score, CEILING_POSSIBLE), "stretched"
    if verdict == "same" and given.level is Level.INITIAL and _is_common(a, b):
        verdict, score, why = "possible", min(score, CEILING_POSSIBLE), "common surname"
    return Judged(verdict, score, why, surname, given, patronymic, a, b)


def _is_slip(a: Reading, b: Reading, surname: Part, given: Part, patronymic: Part) -> bool:
    """A rare long surname with one slip beside a given name that agrees, or a known given name with one beside such a surname."""
    if patronymic.level not in (Level.OMITTED, Level.INITIAL, Level.NEAR) or _is_common(a, b):
        return False
    if surname.level in (Level.NEAR, Level.DOUBTFUL) and "slip" in surname.rules and given.level is Level.AGREES:
        return True
    if surname.level is not Level.AGREES or given.level is not Level.NEAR or a.given is None or b.given is None:
        return False
    known = bool(a.given.families) != bool(b.given.families)
    return known and min(len(a.given.key), len(b.given.key)) >= SHORTEST_GIVEN_SLIP


#: A slip of the pen is believed in given names of so many sounds and more.
SHORTEST_GIVEN_SLIP = 6


def _bare_surnames(
    verdict: Verdict, score: float, why: str, a: Reading, b: Reading, surname: Part
) -> tuple[Verdict, float, str]:
    """Two surnames and nothing else: nothing is left out on either side."""
    if a.given is None and b.given is None and surname.level is Level.AGREES:
        return ("possible", 0.6, why) if _is_common(a, b) else ("same", 0.76, "bare surnames")
    both_initials = a.given is not None and b.given is not None and a.given.is_initial and b.given.is_initial
    if both_initials and surname.level is Level.AGREES and a.patronymic is None and b.patronymic is None:
        return ("same", 0.74, why)
    return verdict, score, why


def _is_common(a: Reading, b: Reading) -> bool:
    common = common_surname_keys()
    return any(not each.keys.isdisjoint(common) for each in (*a.surnames[:1], *b.surnames[:1]))


# ---- parts


def _surnames(
    left: tuple[Word, ...], right: tuple[Word, ...], left_languages: frozenset[str], right_languages: frozenset[str]
) -> Part:
    if not left or not right:
        return _NONE
    best = _CONTRADICTED
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
        return _CONTRADICTED
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
    return _CONTRADICTED


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


def _given(a: Word | None, b: Word | None) -> Part:
    if a is None or b is None:
        return _NONE
    if a.is_initial or b.is_initial:
        return Part(Level.INITIAL) if not a.initials.isdisjoint(b.initials) else _CONTRADICTED
    shared = a.families & b.families
    if shared:
        return Part(Level.SHORT if shared <= (a.short_for | b.short_for) else Level.AGREES)
    return _given_by_sound(a, b)


@lru_cache(maxsize=1 << 18)
def _given_by_sound(a: Word, b: Word) -> Part:
    if a.keys & b.keys:
        return Part(Level.AGREES)
    if a.families and b.families:
        return _CONTRADICTED
    if a.key[:1] != b.key[:1]:
        return _CONTRADICTED  # Рафик and Тофик are brothers
    if min(len(a.key), len(b.key)) >= SHORTEST_NEAR and _near(a, b):
        return Part(Level.NEAR)
    if min(len(a.key), len(b.key)) >= 4 and a.key.rstrip("ai") == b.key.rstrip("ai") and not (a.families or b.families):
        return Part(Level.NEAR)
    return _CONTRADICTED


def _patronymic(a: Word | None, b: Word | None) -> Part:
    if a is None or b is None:
        return _NONE
    if a.is_initial or b.is_initial:
        return Part(Level.INITIAL) if not _patronymic_initials(a).isdisjoint(_patronymic_initials(b)) else _CONTRADICTED
    if a.patronymic_of & b.patronymic_of or a.keys & b.keys:
        return Part(Level.AGREES)
    if a.patronymic_of and b.patronymic_of:
        return _CONTRADICTED
    stem_a, stem_b = a.patronymic_stem, b.patronymic_stem
    if stem_a == stem_b:
        return Part(Level.AGREES)
    if min(len(stem_a), len(stem_b)) >= 4 and OSA.distance(stem_a, stem_b, score_cutoff=1) <= 1:
        return Part(Level.NEAR)
    return _CONTRADICTED


@lru_cache(maxsize=1 << 16)
def _patronymic_initials(each: Word) -> frozenset[str]:
    table = families()
    found = set(each.initials)
    for number in each.patronymic_of:
        found |= table.initials[number]
    return frozenset(found)


def _gender(left: Person, right: Person) -> str:
    """ "fits", "contradicted" (a man and a woman), or "ambiguous" (only if an -а is read as a genitive)."""
    a, b = left.genders, right.genders
    genders_a, genders_b = {g for g, _ in a}, {g for g, _ in b}
    shared = genders_a & genders_b
    if not shared:
        return "contradicted"
    if genders_a == genders_b:
        return "fits"
    for options, other in ((a, genders_b), (b, genders_a)):
        if len(other) == 1:
            (only,) = other
            if (only, True) not in options and any(nominative and g != only for g, nominative in options):
                return "ambiguous"
    return "fits"


def _word_by_word(left: Person, right: Person) -> Judged:
    """Names with too many words for roles: all words of the shorter must stand in the longer."""
    short, long = sorted((left, right), key=lambda each: len(each.words))
    matched = sum(any(not a.keys.isdisjoint(b.keys) for b in long.words) for a in short.words)
    share = matched / len(short.words)
    if share == 1 and len(short.words) == len(long.words):
        return Judged("same", 0.85, "words", _NONE, _NONE, _NONE, None, None)
    if share == 1 and len(short.words) > 1:
        return Judged("possible", 0.6, "words", _NONE, _NONE, _NONE, None, None)
    return Judged("different", 0.2 * share, "surname", _CONTRADICTED, _NONE, _NONE, None, None)
