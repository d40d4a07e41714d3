"""Two people's names: do surname, given name and patronymic agree, is one left out, or do they contradict each other?

`judge` gives verdict and score fast (most pairs are rejected by one set operation); `reasons` puts the same comparison into
sentences. The weights stand in `OUTCOMES`: a contradicted patronymic costs more than one left out, a man and a woman are
never one, a shared surname alone is never more than possible.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import OSA

from leakdesk.entities import name_parts
from leakdesk.entities.given_names import common_surname_keys
from leakdesk.entities.name_parts import CONTRADICTED, NONE, Level, Part
from leakdesk.entities.people import Person, Reading
from leakdesk.model.entity import Verdict


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
_REJECTED = Judged("different", DIFFERENT["surname"], "surname", CONTRADICTED, NONE, NONE, None, None)
_EMPTY = Judged("different", 0.0, "nothing to compare", NONE, NONE, NONE, None, None)

#: A possible pair is never above this.
CEILING_POSSIBLE = 0.7


def judge(left: Person, right: Person, *, quick: bool = False, frequent: frozenset[str] = frozenset()) -> Judged:
    """Compare two parsed names: the best pair of readings counts.

    `quick`: for all pairs of a list, where nobody asks why two names are different: given names that contradict each other
    end the comparison before surnames are looked at. The verdicts are the same. `frequent`: surnames (as sounds) that several
    people of the case bear (`rarity.frequent_surnames`), beside those that are frequent everywhere.
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
            if quick and name_parts.given(a.given, b.given).level is Level.CONTRADICTED:
                continue
            found = _judge_readings(left, right, a, b, frequent)
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


def _judge_readings(left: Person, right: Person, a: Reading, b: Reading, frequent: frozenset[str]) -> Judged:
    surname = name_parts.surnames(a.surnames, b.surnames, left.languages, right.languages)
    if surname.level is Level.CONTRADICTED:
        return Judged("different", DIFFERENT["surname"], "surname", surname, NONE, NONE, a, b)
    given = name_parts.given(a.given, b.given)
    patronymic = name_parts.patronymic(a.patronymic, b.patronymic)
    if given.level is Level.CONTRADICTED:
        return Judged("different", DIFFERENT["given name"], "given name", surname, given, patronymic, a, b)
    if patronymic.level is Level.CONTRADICTED:
        return Judged("different", DIFFERENT["patronymic"], "patronymic", surname, given, patronymic, a, b)
    common = _is_common(a, b, frequent)
    verdict, score = _BY_LEVELS.get((surname.level, given.level, patronymic.level), ("different", 0.2))
    why = "parts"
    if verdict == "possible" and _is_slip(a, b, surname, given, patronymic, common=common):
        verdict, score, why = "same", 0.76, "slip"
    verdict, score, why = _bare_surnames(verdict, score, why, a, b, surname, common=common)
    gender = _gender(left, right)
    if gender == "contradicted":
        return Judged("different", DIFFERENT["gender"], "gender", surname, given, patronymic, a, b)
    if gender == "ambiguous" and verdict == "same":
        verdict, score, why = "possible", min(score, CEILING_POSSIBLE), "ambiguous gender"
    if verdict == "same" and (a.stretched or b.stretched):
        verdict, score, why = "possible", min(score, CEILING_POSSIBLE), "stretched"
    if verdict == "same" and given.level is Level.INITIAL and common:
        verdict, score, why = "possible", min(score, CEILING_POSSIBLE), "common surname"
    return Judged(verdict, score, why, surname, given, patronymic, a, b)


def _is_slip(a: Reading, b: Reading, surname: Part, given: Part, patronymic: Part, *, common: bool) -> bool:
    """A rare long surname with one slip beside a given name that agrees, or a known given name with one beside such a surname."""
    if patronymic.level not in (Level.OMITTED, Level.INITIAL, Level.NEAR) or common:
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
    verdict: Verdict, score: float, why: str, a: Reading, b: Reading, surname: Part, *, common: bool
) -> tuple[Verdict, float, str]:
    """Two surnames and nothing else: nothing is left out on either side."""
    if a.given is None and b.given is None and surname.level is Level.AGREES:
        return ("possible", 0.6, why) if common else ("same", 0.76, "bare surnames")
    both_initials = a.given is not None and b.given is not None and a.given.is_initial and b.given.is_initial
    if both_initials and surname.level is Level.AGREES and a.patronymic is None and b.patronymic is None:
        return ("same", 0.74, why)
    return verdict, score, why


def _is_common(a: Reading, b: Reading, frequent: frozenset[str]) -> bool:
    """Whether a surname is frequent everywhere, or in the case."""
    common = common_surname_keys()
    first = (*a.surnames[:1], *b.surnames[:1])
    return any(not each.keys.isdisjoint(common) or not each.keys.isdisjoint(frequent) for each in first)


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
        return Judged("same", 0.85, "words", NONE, NONE, NONE, None, None)
    if share == 1 and len(short.words) > 1:
        return Judged("possible", 0.6, "words", NONE, NONE, NONE, None, None)
    return Judged("different", 0.2 * share, "surname", CONTRADICTED, NONE, NONE, None, None)
