"""What two organisations' names share and what is left over on either side: concepts, own names, towns and brands."""

# ruff: noqa: E501, SIM905 (lists of words read best as words)
from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from leakdesk.entities.org_acronyms import folded_letters
from leakdesk.entities.org_tables import tables
from leakdesk.entities.org_towns import is_home_town, towns_of
from leakdesk.entities.org_words import OwnWord, is_ending
from leakdesk.entities.organisations import Body
from leakdesk.language.scripts import script_of

#: What a shared word weighs: an own name most, a kind of body or a trade less, words that every second name has least.
WEIGHT_OWN, WEIGHT_CONCEPT, WEIGHT_COMMON, WEIGHT_NUMBER = 2.0, 1.0, 0.4, 2.0
#: Words that tell bodies of one kind apart by rank; a national university is not the state university.
RANKS = frozenset("state federal national republic general central international first".split())
#: Concepts so frequent in names that sharing or missing them says little.
COMMON = RANKS | frozenset("company enterprise group joint main holding corporation concern association produce industry technology united society city".split())  # fmt: skip
#: Heads of firms, that names add and drop freely.
FIRMS = frozenset("company enterprise holding corporation concern group plant-works trust".split())
#: Heads that names add and drop freely; they contradict nothing.
LOOSE_HEADS = FIRMS | frozenset("association society centre directorate section service agency unit base fund government office".split())  # fmt: skip
#: Words that translations put in or leave out, though they say something: машиностроительный завод, machine works.
LIGHT = frozenset(
    "build managed-branch situation body state-of process work-up refine activity social-organisation".split()
)
#: What the name of a kind of body, or of a trade, may leave out: a port is a sea port and a trade port.
IMPLIED = {
    "port": frozenset(("navy", "trade", "commerce", "name-sea")),
    "university": frozenset(("education",)),
    "bank": frozenset(("trade",)),
    "research": frozenset(("science",)),
    "helicopter": frozenset(("aviation",)),
    "aircraft": frozenset(("aviation",)),
    "regiment": frozenset(("unit",)),
    "brigade": frozenset(("unit",)),
    "committee": frozenset(("executive",)),
    "punishment": frozenset(("execute-law",)),
}


class Tally(NamedTuple):
    """Weights shared and left over; own names shared and left over; concepts shared and left over."""

    shared: float
    only_left: float
    only_right: float
    own_shared: tuple[tuple[OwnWord, OwnWord | None], ...]
    own_left: tuple[OwnWord, ...]
    own_right: tuple[OwnWord, ...]
    concepts: frozenset[str]
    concepts_left: frozenset[str]
    concepts_right: frozenset[str]

    @property
    def score(self) -> float:
        """The share of weighted words that both have, 0..1."""
        total = 2 * self.shared + self.only_left + self.only_right
        return 2 * self.shared / total if total else 0.0


def weight_of(concept: str) -> float:
    """What a concept weighs in the share of words."""
    if concept in COMMON or concept in LIGHT or concept.startswith("country-"):
        return WEIGHT_COMMON
    return WEIGHT_CONCEPT


def tally(left: Body, right: Body) -> Tally:
    """Count what two names share."""
    shared, only_left, only_right = _concepts(left.concepts, right.concepts)
    pairs: list[tuple[OwnWord, OwnWord | None]] = []
    free = list(right.own)
    over: list[OwnWord] = []
    for each in left.own:
        match = next((other for other in free if same_own(each, other)), None)
        if match is None:
            over.append(each)
        else:
            free.remove(match)
            pairs.append((each, match))
    over, only_right = _translated(over, only_right, pairs)
    free, only_left = _translated(free, only_left, pairs)
    weights = [sum(map(weight_of, each)) for each in (shared, only_left, only_right)]
    if left.numbers == right.numbers:
        weights[0] += WEIGHT_NUMBER * bool(left.numbers)
    else:
        weights[1] += WEIGHT_NUMBER * bool(left.numbers - right.numbers) / 2
        weights[2] += WEIGHT_NUMBER * bool(right.numbers - left.numbers) / 2
    return Tally(
        weights[0] + WEIGHT_OWN * len(pairs),
        weights[1] + WEIGHT_OWN * len(over),
        weights[2] + WEIGHT_OWN * len(free),
        tuple(pairs),
        tuple(over),
        tuple(free),
        shared,
        only_left,
        only_right,
    )


def _concepts(left: frozenset[str], right: frozenset[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Concepts shared, and left over on either side; what translations exchange is shared too."""
    shared = left & right
    only_left, only_right = left - shared, right - shared
    kin = tables().kin
    met_left = {each for each in only_left if kin.get(each, frozenset()) & right}
    met_right = {each for each in only_right if kin.get(each, frozenset()) & left}
    only_left, only_right = only_left - met_left, only_right - met_right
    implied = frozenset(word for head in shared for word in IMPLIED.get(head, ()))
    return shared | met_left | met_right, only_left - implied, only_right - implied


def _translated(
    over: list[OwnWord], concepts: frozenset[str], pairs: list[tuple[OwnWord, OwnWord | None]]
) -> tuple[list[OwnWord], frozenset[str]]:
    """Brands that are common nouns, beside the same noun on the other side that stands there as a plain word."""
    kin = tables().kin
    rest: list[OwnWord] = []
    for each in over:
        met = {
            concept for concept in concepts if concept in each.meaning or kin.get(concept, frozenset()) & each.meaning
        }
        if (
            each.meaning
            and met
            and all(meaning in met or kin.get(meaning, frozenset()) & met for meaning in each.meaning)
        ):
            pairs.append((each, None))
            concepts -= met
        else:
            rest.append(each)
    return rest, concepts


@lru_cache(maxsize=1 << 18)
def same_own(a: OwnWord, b: OwnWord) -> bool:
    """Whether two own words are one name: by sound, as the adjective of a town, as a translated word of brands."""
    if a.capitals and b.capitals:
        return folded_letters(a.text) == folded_letters(b.text)
    if a.stems & b.stems or (a.meaning and a.meaning == b.meaning):
        return True
    longest_a, longest_b = max(a.stems, key=len), max(b.stems, key=len)
    if towns_of(a) & towns_of(b):
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


def may_translate(left: tuple[OwnWord, ...], right: tuple[OwnWord, ...]) -> bool:
    """Whether what is left over on either side may be words the table lacks, in two languages: no towns, not two names."""
    if any(each.capitals or is_home_town(each) for each in (*left, *right)):
        return False
    return (_unknown(left) and (_unknown(right) or not right)) or (_unknown(right) and not left)


def _unknown(words: tuple[OwnWord, ...]) -> bool:
    return bool(words) and (
        all(each.common for each in words) or all(script_of(each.text) == "Latin" for each in words)
    )


# ---- brands

#: An own name of so many letters is distinctive.
SHORTEST_BRAND = 5
#: Capitals of at most so many letters beside a brand (VO, PF) are marks of a kind of body.
SHORT_MARK = 3


def has_brand(found: Tally) -> bool:
    """Whether the two share an own name that is no town: such a name says more than the trade beside it."""
    return any(len(a.text) >= SHORTEST_BRAND and not is_home_town(a) for a, _ in found.own_shared)


def is_mark(each: OwnWord) -> bool:
    """Whether an own word is a short mark beside a brand (VO, PF), not a name."""
    return each.capitals and len(each.text) <= SHORT_MARK
