"""Two organisations' names: numbers, kind of body and legal form first, then the words they share.

A differing number is a veto (the 121st plant is not the 558th), so is a differing kind of body (a plant is no institute).
An acronym alone is possible, never the same: many bodies share one. `define` raises it where a text defines it.
"""

# ruff: noqa: E501, SIM905 (lists of words read best as words)
from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from leakdesk.entities.organisations import Body, OwnWord, folded_letters, is_ending, may_abbreviate, tables
from leakdesk.model.entity import Verdict

#: What a shared word weighs: an own name most, a kind of body or a trade less, words that every second name has least.
WEIGHT_OWN, WEIGHT_CONCEPT, WEIGHT_HEAD, WEIGHT_COMMON, WEIGHT_NUMBER = 2.0, 1.0, 1.0, 0.4, 2.0
#: Concepts so frequent in names that sharing or missing them says little.
COMMON = frozenset(
    """state federal national republic company enterprise group general joint main central holding corporation concern association
    produce industry technology international united society city""".split()
)
#: Words that translations put in or leave out, though they say something: machine-building plant, machine works.
LIGHT = frozenset(("build", "managed-branch", "situation"))
#: Heads that names add and drop freely; they contradict nothing.
LOOSE_HEADS = frozenset(
    "company enterprise holding corporation concern group association society centre plant-works trust directorate section service agency unit "
    "base fund government office".split()
)
#: Pairs of kinds of body that are one in practice.
SAME_HEADS = frozenset(
    {
        frozenset(("plant", "factory-repair")),
        frozenset(("ministry", "department")),
        frozenset(("plant", "depot")),
        frozenset(("plant", "farm")),
    }
)


#: Words that translations and short names add and drop without meaning another body.
FREE = frozenset(
    "build managed-branch situation body state-of research science aviation armour special experimental regional district machine tank".split()
)
#: A group or a holding is not the company of the same name.
UMBRELLAS = frozenset("group holding concern trust fund bank manage".split())
#: What the name of a kind of body may leave out: a port is a sea port and a trade port.
IMPLIED = {
    "port": frozenset(("navy", "trade", "commerce")),
    "university": frozenset(("education",)),
    "bank": frozenset(("trade",)),
}


class Judged(NamedTuple):
    """Verdict, score, and what led there as (code, detail) pairs."""

    verdict: Verdict
    score: float
    notes: tuple[tuple[str, str], ...]


def judge(left: Body, right: Body, *, defined: bool = False) -> Judged:
    """Compare two parsed names. `defined`: the text itself says that one abbreviates the other."""
    if left.empty or right.empty:
        return Judged("different", 0.0, (("nothing", ""),))
    veto = _vetoes(left, right)
    if veto is not None:
        return veto
    acronym = _acronyms(left, right, defined)
    if acronym is not None:
        return acronym
    return _words(left, right)


def _vetoes(left: Body, right: Body) -> Judged | None:
    if (
        left.numbers
        and right.numbers
        and left.numbers != right.numbers
        and not (left.numbers < right.numbers or right.numbers < left.numbers)
    ):
        return Judged("different", 0.05, (("numbers", f"{_list(left.numbers)} / {_list(right.numbers)}"),))
    countries = [frozenset(each for each in body.concepts if each.startswith("country-")) for body in (left, right)]
    if all(countries) and not countries[0] & countries[1]:
        return Judged(
            "different", 0.1, (("countries", f"{_list(countries[0])} / {_list(countries[1])}".replace("country-", "")),)
        )
    heads_left, heads_right = left.heads - LOOSE_HEADS, right.heads - LOOSE_HEADS
    if heads_left and heads_right and not heads_left & heads_right and not _loosely_same(heads_left, heads_right):
        return Judged("different", 0.1, (("heads", f"{_list(heads_left)} / {_list(heads_right)}"),))
    return None


def _loosely_same(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(frozenset((a, b)) in SAME_HEADS for a in left for b in right)


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _acronyms(left: Body, right: Body, defined: bool) -> Judged | None:
    for short, long in ((left, right), (right, left)):
        for acronym in short.own:
            if not acronym.capitals or any(_same_own(acronym, each) for each in long.own):
                continue
            if not may_abbreviate(acronym.text, long):
                continue
            others_short = [each for each in short.own if each is not acronym]
            if any(not any(_same_own(a, b) for b in long.own) for a in others_short):
                continue
            if short.numbers != long.numbers and (short.numbers or len(acronym.text) < 3):
                continue
            if defined:
                return Judged("same", 0.9, (("defined", acronym.text),))
            return Judged("possible", 0.64 if short.numbers else 0.6, (("acronym", acronym.text),))
    return None


class _Tally(NamedTuple):
    shared: float
    only_left: float
    only_right: float
    own_left: int
    own_right: int
    own_shared: int


def _words(left: Body, right: Body) -> Judged:
    tally = _count(left, right)
    notes: list[tuple[str, str]] = []
    total = 2 * tally.shared + tally.only_left + tally.only_right
    score = 2 * tally.shared / total if total else 0.0
    if left.numbers != right.numbers:
        notes.append(("number omitted", _list(left.numbers ^ right.numbers)))
    elif left.numbers:
        notes.append(("number", _list(left.numbers)))
    shared_concepts = left.concepts & right.concepts
    if shared_concepts:
        notes.append(("words", _list(shared_concepts)))
    verdict = _verdict(left, right, tally, score)
    if left.words == right.words and left.numbers == right.numbers and _says_anything(left):
        verdict, score = "same", 1.0
    if verdict == "same" and (_own_left_over(left, right) or _says_more(left, right)):
        notes.append(("umbrella", ""))
        verdict = "possible"
    if verdict == "same" and left.legal and right.legal and not left.legal & right.legal:
        notes.append(("legal", f"{_list(left.legal)} / {_list(right.legal)}"))
        verdict = "possible"
    if verdict == "same":
        score = max(score, 0.75)
    elif verdict == "possible":
        score = min(max(score, 0.45), 0.7)
    else:
        score = min(score, 0.4)
    if not notes:
        notes.append(("words", "") if verdict != "different" else ("nothing shared", ""))
    return Judged(verdict, round(score, 3), tuple(notes))


#: From this share of weighted words on, names are the same / possibly the same.
SAME_SHARE, POSSIBLE_SHARE = 0.78, 0.55


def _verdict(left: Body, right: Body, tally: _Tally, score: float) -> Verdict:
    if tally.shared == 0:
        return "different"
    own_contradicted = tally.own_left > tally.own_shared and tally.own_right > tally.own_shared
    if own_contradicted:
        return "different" if score < SAME_SHARE or tally.own_shared == 0 else "possible"
    identified = tally.own_shared > 0 or (left.numbers and left.numbers == right.numbers) or _specific(left, right)
    if not identified:
        return "possible" if score >= SAME_SHARE else "different"
    words_contradicted = tally.only_left - 2.0 * (tally.own_left - tally.own_shared) >= 1.0 and (
        tally.only_right - 2.0 * (tally.own_right - tally.own_shared) >= 1.0
    )
    if bool(left.numbers) != bool(right.numbers) or left.numbers != right.numbers:
        return "possible" if score >= POSSIBLE_SHARE else "different"
    if score >= SAME_SHARE and not words_contradicted:
        return "same"
    if _same_but_for_common(left, right, tally):
        return "same"
    if (
        tally.own_shared
        and not words_contradicted
        and not tally.own_left > tally.own_shared
        and score >= 0.62
        and _no_own_missing(tally)
    ):
        return "same"
    return "possible" if score >= POSSIBLE_SHARE else "different"


def _says_anything(body: Body) -> bool:
    """Whether a name has a word that is neither a kind of body nor one that every second name has."""
    return bool(body.own or body.concepts - COMMON - tables().heads)


def _same_but_for_common(left: Body, right: Body, tally: _Tally) -> bool:
    """The same own names, and nothing else but words that names add and drop (state, company, association)."""
    return tally.own_left == tally.own_right == tally.own_shared > 0 and not {
        c
        for c in left.concepts ^ right.concepts
        if c not in COMMON and c not in LOOSE_HEADS and not c.startswith("country-")
    }


def _says_more(left: Body, right: Body) -> bool:
    """Whether one side has a trade or an umbrella that the other lacks: a technical university is not the state university."""
    only = left.concepts ^ right.concepts
    specific = {
        each for each in only if each not in COMMON and each not in LOOSE_HEADS and not each.startswith("country-")
    }
    if only & UMBRELLAS:
        return True
    for head in left.heads & right.heads:
        specific -= IMPLIED.get(head, frozenset())
    return bool(specific - FREE) and not _brand(left, right)


def _brand(left: Body, right: Body) -> bool:
    """Whether the two share an own name that is no city: such a name says more than the trade beside it."""
    return any(
        len(a.text) >= SHORTEST_BRAND and not _is_home_town(a)
        for a in left.own
        if any(_same_own(a, b) for b in right.own)
    )


#: An own name of so many letters is distinctive.
SHORTEST_BRAND = 5


def _own_left_over(left: Body, right: Body) -> bool:
    """Whether one side has an own name more (a branch, a person's name); short capitals beside a brand are legal or trade marks."""
    over = [a for a in left.own if not any(_same_own(a, b) for b in right.own)]
    over += [b for b in right.own if not any(_same_own(a, b) for a in left.own)]
    return bool(over) and not (
        _brand(left, right) and all(each.capitals and len(each.text) <= SHORT_MARK for each in over)
    )


#: Capitals of at most so many letters beside a brand (VO, PF) are marks of a kind of body.
SHORT_MARK = 3


def _no_own_missing(tally: _Tally) -> bool:
    return tally.own_left == tally.own_right == tally.own_shared


def _specific(left: Body, right: Body) -> bool:
    """Whether the shared words name one body without an own name: a ministry of defence, an institute of nuclear physics."""
    shared = left.concepts & right.concepts
    return bool(shared & tables().heads) and len(shared - COMMON) >= 2


def _count(left: Body, right: Body) -> _Tally:
    shared = only_left = only_right = 0.0
    for concept in left.concepts | right.concepts:
        weight = (
            WEIGHT_COMMON
            if concept in COMMON or concept in LIGHT or concept.startswith("country-")
            else WEIGHT_HEAD
            if concept in tables().heads
            else WEIGHT_CONCEPT
        )
        if concept in left.concepts and concept in right.concepts:
            shared += weight
        elif concept in left.concepts:
            only_left += weight
        else:
            only_right += weight
    if left.numbers == right.numbers:
        shared += WEIGHT_NUMBER * bool(left.numbers)
    else:
        only_left += WEIGHT_NUMBER * bool(left.numbers - right.numbers) / 2
        only_right += WEIGHT_NUMBER * bool(right.numbers - left.numbers) / 2
    free = list(right.own)
    own_shared = 0
    for each in left.own:
        match = next((other for other in free if _same_own(each, other)), None)
        if match is None:
            only_left += WEIGHT_OWN
        else:
            free.remove(match)
            own_shared += 1
            shared += WEIGHT_OWN
    only_right += WEIGHT_OWN * len(free)
    return _Tally(shared, only_left, only_right, len(left.own), len(right.own), own_shared)


@lru_cache(maxsize=1 << 18)
def _same_own(a: OwnWord, b: OwnWord) -> bool:
    if a.capitals and b.capitals:
        return folded_letters(a.text) == folded_letters(b.text)
    if a.stems & b.stems:
        return True
    longest_a, longest_b = max(a.stems, key=len), max(b.stems, key=len)
    if _town(a) and _town(a) == _town(b):
        return True
    shared = _common_prefix(longest_a, longest_b)
    if shared >= max(PREFIX, PREFIX_SHARE * max(len(longest_a), len(longest_b))):
        return is_ending(longest_a[shared:]) and is_ending(longest_b[shared:])
    near = min(len(longest_a), len(longest_b)) >= SHORTEST_NEAR and longest_a[0] == longest_b[0]
    if longest_a[-2:] != longest_b[-2:]:
        return False  # Агрокомплект is no Агрокомплекс
    return near and OSA.distance(longest_a, longest_b, score_cutoff=1) <= 1


#: Own words this long may differ by one sound; words that share so many first sounds and such a share are one (автоматичних).
SHORTEST_NEAR, PREFIX, PREFIX_SHARE = 7, 7, 0.6


def _common_prefix(a: str, b: str) -> int:
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length


_SENTENCES = {
    "nothing": "nothing to compare",
    "numbers": "different numbers: {}",
    "heads": "different kinds of bodies: {}",
    "acronym": "{} may be the acronym of the other name; an acronym alone proves nothing",
    "defined": "the text itself introduces {} as the short name",
    "number": "the same number: {}",
    "number omitted": "a number stands on one side only: {}",
    "words": "shared words: {}",
    "legal": "different legal forms: {}",
    "nothing shared": "no shared words",
    "countries": "different countries: {}",
    "umbrella": "one name says more than the other, so it may be a part, a group or a branch",
}


def reasons(left: Body, right: Body, judged: Judged) -> tuple[str, ...]:
    """The comparison in sentences; at least one."""
    lines = [
        _SENTENCES[code].format(detail)
        for code, detail in judged.notes
        if detail or code in ("nothing", "nothing shared", "umbrella")
    ]
    if judged.verdict == "same" and left.text.casefold() == right.text.casefold():
        lines.insert(0, "the same text")
    for each in left.own:
        other = next((b for b in right.own if _same_own(each, b)), None)
        if other is not None:
            lines.append(
                f"the same own name: {each.text} = {other.text}"
                if each.text != other.text
                else f"the same own name: {each.text}"
            )
        elif judged.notes and judged.notes[0][0] in ("words", "nothing shared", "number", "number omitted"):
            lines.append(f"only on one side: {each.text}")
    lines += [
        f"only on one side: {each.text}" for each in right.own if not any(_same_own(a, each) for a in left.own)
    ] * (judged.notes[0][0] in ("words", "nothing shared", "number", "number omitted"))
    return tuple(dict.fromkeys(lines)) or ("compared word by word",)


#: Own words are one city from so many inhabitants on (Kyiv, Киевский), the largest of a name only; cities of CITY are no brands.
CITY, TOWN, SMALL_TOWN = 100_000, 20_000, 3_000
#: Countries whose towns stand in the names of plants.
HOME = frozenset("BY UA RU KZ MD GE AM AZ LT LV EE UZ TM KG TJ PL".split())


@lru_cache(maxsize=1 << 14)
def _place(each: OwnWord) -> tuple[int, int, str]:
    """GeoNames id, people and country of the town an own word names or is an adjective of; (0, 0, "") for none."""
    from leakdesk.entities.places import find

    if each.capitals:
        return 0, 0, ""
    spelled = {stem + ending for stem in each.stems for ending in ("", "a", "i")}
    best = max(
        (place for stem in spelled for place in find(stem)[:1]), key=lambda place: place.population, default=None
    )
    return (best.id, best.population, best.country) if best is not None else (0, 0, "")


def _is_home_town(each: OwnWord) -> bool:
    """Whether an own word names a town of the region the names are from, or a large city: such a word is no brand."""
    found, people, country = _place(each)
    return found != 0 and people >= (TOWN if country in HOME else CITY)


def _town(each: OwnWord) -> int:
    """GeoNames id of the town or city an own word names; 0 for none."""
    found, people, country = _place(each)
    return found if people >= (SMALL_TOWN if country in HOME else TOWN) else 0
