"""Who is who in two reports, as far as comparing needs it, and how much of whom they name they have in common.

Names that readers took for things of two kinds (a firm that is called after nobody, read as a person) meet by their spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from leakdesk.language.concepts import LANGUAGES, concepts_of_word
from leakdesk.language.gazetteer import find_place
from leakdesk.language.spelling import word_keys
from leakdesk.language.words import WORD_OF_LETTERS
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import EntityPair
from leakdesk.model.entity import Entity

#: Schemata that name somebody or some place; the same type of lorry may stand in any two reports.
_NAMED = frozenset({"Person", "Company", "Organization", "PublicBody", "LegalEntity", "Address"})


def identities(
    entities: Sequence[EntityPair], a: Reading | None = None, b: Reading | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """Ids common to both readings, for entities that are the same; others keep ids that cannot collide. With the readings given,
    names of two languages that are spelled alike and that nobody paired are one as well."""
    left: dict[str, str] = {}
    right: dict[str, str] = {}
    for number, pair in enumerate(entities):
        if pair.verdict != "same":
            continue
        left.update(dict.fromkeys(pair.a, f"s{number}"))
        right.update(dict.fromkeys(pair.b, f"s{number}"))
    if a is not None and b is not None and a.languages[:1] != b.languages[:1]:
        apart = {(x, y) for pair in entities if pair.verdict == "different" for x in pair.a for y in pair.b}
        for number, (one, other) in enumerate(_alike(a, b)):
            if one.id in left or other.id in right or (one.id, other.id) in apart:
                continue
            left[one.id] = right[other.id] = f"s{len(entities) + number}"
    return left, right


def _alike(a: Reading, b: Reading) -> list[tuple[Entity, Entity]]:
    """Entities of two readings whose names are spelled alike, kinds of thing aside."""
    there = {key: each for each in b.entities if each.schema in _NAMED and (key := name_key(each.caption))}
    return [
        (each, there[key])
        for each in a.entities
        if each.schema in _NAMED and (key := name_key(each.caption)) and key in there
    ]


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> frozenset[str]:
    """The spelling keys of what is a name in a name: "the Solvega combine", «комбинат «Сольвега»» are both one word."""
    words = (word.strip("«»“”\"'’,.()") for word in name.split())
    return frozenset(
        key
        for word in words
        if word[:1].isupper() and not any(concepts_of_word(word.casefold(), each) for each in LANGUAGES)
        for key in word_keys(word, name=True)[:1]
    )


def acquaintance(a: Reading, b: Reading, entities: Sequence[EntityPair]) -> float:
    """The share, 0..1, of what the report with fewer names that the other names as well. Countries do not count (any
    two reports from one country name it); 1 where one of them names nothing."""
    ids_a, ids_b = _telling(a), _telling(b)
    if not ids_a or not ids_b:
        return 1.0
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
    there = _capitals(other.text)
    keys = (name_key(each.caption) for each in one.entities if each.id in ids)
    return sum(bool(key) and key <= there for key in keys)


@lru_cache(maxsize=256)
def _capitals(text: str) -> frozenset[str]:
    words = {word for word in WORD_OF_LETTERS.findall(text) if word[:1].isupper()}
    return frozenset(key for word in words for key in word_keys(word, name=True)[:1])


def _telling(reading: Reading) -> set[str]:
    return {each.id for each in reading.entities if each.schema in _NAMED and not _is_country(each.caption)}


def _is_country(name: str) -> bool:
    found = find_place(name)
    return found is not None and found[1][0].kind == "country"
