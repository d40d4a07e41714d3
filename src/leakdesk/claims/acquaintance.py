"""How much of whom two reports name they have in common: whether they tell of one affair.

A share of the names says little of long reports, where each names people whom the other leaves out. What counts beside it is how
much they share that hardly meets by chance: somebody by given name and surname, a firm, a sum, but no country or city.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from leakdesk.claims.who import NAMED, identities, name_key
from leakdesk.language.gazetteer import find_place
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD_OF_LETTERS
from leakdesk.mentions.persons import given
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import EntityPair
from leakdesk.model.entity import Entity

#: So much says a name that both reports hold, by what it names, and so much a name of somebody in full.
_SAYS = {"Person": 1.0, "Company": 1.0, "Organization": 1.0, "LegalEntity": 1.0, "PublicBody": 0.5, "Address": 0.5}
_IN_FULL, _ON_THE_MAP = 2.0, 0.3
#: So much says a number of so many and more that is not round; and a smaller one ("64 crates").
_SUM, _COUNT, _LARGE, _LEAST = 1.5, 0.5, 1000, 13
#: What says so much together tells of one affair, as surely as this share of all names does.
_ENOUGH, _AS_SHARE = 3.0, 0.6


def acquaintance(a: Reading, b: Reading, entities: Sequence[EntityPair]) -> float:
    """The share, 0..1, of what the report with fewer names that the other names as well; more where the names in common hardly
    meet by chance. Countries do not count (any two reports from one country name it); 1 where one of them names nothing."""
    ids_a, ids_b = _telling(a), _telling(b)
    if not ids_a or not ids_b:
        return 1.0
    common = sum(map(_says, _in_both(a, b, entities))) + sum(map(_number_says, _numbers(a) & _numbers(b)))
    return max(_share(a, b, ids_a, ids_b, entities), min(_AS_SHARE, _AS_SHARE * common / _ENOUGH))


def _in_both(a: Reading, b: Reading, entities: Sequence[EntityPair]) -> list[Entity]:
    """What both reports name, once each, as the first names it; among them what, in two languages, only
    one reader took for a name."""
    left, right = identities(entities, a, b)
    there = set(right.values())
    abroad = a.languages[:1] != b.languages[:1]
    found = {left[each.id]: each for each in a.entities if left.get(each.id) in there and each.schema in NAMED}
    unseen = {
        name_key(each.caption): each
        for one, known, other in ((a, left, b), (b, right, a))
        for each in one.entities
        if abroad and each.schema in NAMED and each.id not in known and _stands_in(each, other)
    }
    return [*found.values(), *unseen.values()]


def _says(entity: Entity) -> float:
    """How much it says that two reports hold one name."""
    place = find_place(entity.caption) if entity.schema == "Address" else None
    if place is not None:
        return 0.0 if place[1][0].kind == "country" else _ON_THE_MAP
    if entity.schema == "Person" and any(given(word) for name in entity.names for word in name.split()[:-1]):
        return _IN_FULL
    return _SAYS.get(entity.schema, 0.0)


@lru_cache(maxsize=256)
def _numbers(reading: Reading) -> frozenset[float]:
    """The sums and counts of a text, in whatever unit."""
    told = (each.normal.split(" ")[0] for each in reading.mentions if each.type in ("money", "quantity", "percent"))
    return frozenset(float(each) for each in told if _PLAIN_NUMBER.fullmatch(each))


_PLAIN_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,6})?")


def _number_says(number: float) -> float:
    """How much it says that two reports hold one number; a round one nothing, and what may be a year no more than a count."""
    digits = f"{number:.6f}".rstrip("0").rstrip(".").rstrip("0").replace(".", "").lstrip("0")
    if len(digits) < 2 or number < _LEAST:
        return 0.0
    return _SUM if number >= _LARGE and not 1900 <= number < 2100 else _COUNT


def _share(a: Reading, b: Reading, ids_a: set[str], ids_b: set[str], entities: Sequence[EntityPair]) -> float:
    met = {
        (frozenset(ids_a & set(pair.a)), frozenset(ids_b & set(pair.b)))
        for pair in entities
        if pair.verdict != "different" and ids_a & set(pair.a) and ids_b & set(pair.b)
    }
    known_a = {each for pair, _ in met for each in pair}
    known_b = {each for _, pair in met for each in pair}
    if set(a.languages[:1]) == set(b.languages[:1]):
        return min(1.0, len(met) / min(len(ids_a), len(ids_b)))
    # Readers of two languages take one name for things of two kinds, or see it in one text only: then its spelling decides.
    shares = (
        (len(met) + _named_in(a, ids_a - known_a, b)) / len(ids_a),
        (len(met) + _named_in(b, ids_b - known_b, a)) / len(ids_b),
    )
    return min(1.0, max(shares))


def _named_in(one: Reading, ids: set[str], other: Reading) -> int:
    """How many entities of one reading stand in the other's text by name, whatever its reader took them for."""
    return sum(_stands_in(each, other) for each in one.entities if each.id in ids)


def _stands_in(entity: Entity, other: Reading) -> bool:
    key = name_key(entity.caption)
    return bool(key) and key <= _capitals(other.text)


@lru_cache(maxsize=256)
def _capitals(text: str) -> frozenset[str]:
    words = {word for word in WORD_OF_LETTERS.findall(text) if word[:1].isupper()}
    return frozenset(key for word in words for key in word_keys(word, name=True)[:1])


def _telling(reading: Reading) -> set[str]:
    return {each.id for each in reading.entities if each.schema in NAMED and not _is_country(each.caption)}


def _is_country(name: str) -> bool:
    found = find_place(name)
    return found is not None and found[1][0].kind == "country"
