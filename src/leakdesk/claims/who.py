"""Who is who in two reports, as far as comparing needs it: whom the entities' chapter took for one, and names spelled alike that
readers took for things of two kinds (a firm that is called after nobody, read as a person)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from leakdesk.entities.align import KIND_OF_SCHEMA, explain
from leakdesk.language.concepts import LANGUAGES, concepts_of_word
from leakdesk.language.spelling import word_keys
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import EntityPair
from leakdesk.model.entity import Entity

#: Schemata that name somebody or some place; the same type of lorry may stand in any two reports.
NAMED = frozenset({"Person", "Company", "Organization", "PublicBody", "LegalEntity", "Address"})
_MARKS = "«»“”\"'’,.()"
#: So many names in common are one whatever readers took them for ("Colm Adair", a person or a body).
_FULL = 2

Identity = dict[str, str]


def identities(
    entities: Sequence[EntityPair], a: Reading | None = None, b: Reading | None = None
) -> tuple[Identity, Identity]:
    """Ids common to both readings, for entities that are the same; others keep ids that cannot collide. With the readings given,
    names that are spelled alike and that nobody paired are one as well."""
    left: Identity = {}
    right: Identity = {}
    for number, pair in enumerate(entities):
        if pair.verdict == "same":
            left.update(dict.fromkeys(pair.a, f"s{number}"))
            right.update(dict.fromkeys(pair.b, f"s{number}"))
    if a is None or b is None:
        return left, right
    apart = {(x, y) for pair in entities if pair.verdict == "different" for x in pair.a for y in pair.b}
    one_language = a.languages[:1] == b.languages[:1]
    for one, other in _alike(_open(a, left), _open(b, right), one_language=one_language):
        if one.id not in left and other.id not in right and (one.id, other.id) not in apart:
            left[one.id] = right[other.id] = f"spelled:{one.id}"
    return left, right


def _open(reading: Reading, known: Mapping[str, str]) -> list[Entity]:
    return [each for each in reading.entities if each.schema in NAMED and each.id not in known]


def _alike(a: Sequence[Entity], b: Sequence[Entity], *, one_language: bool) -> Iterator[tuple[Entity, Entity]]:
    """Entities whose names are spelled alike, kinds of thing aside. In one language a single word must name things of one kind:
    a town and its paper share it. Vega Bank and Vega Trade are two."""
    there = _by_key(b)
    for each in a:
        for key in _keys(each):
            for other in there.get(key, ()):
                one_kind = KIND_OF_SCHEMA[each.schema] == KIND_OF_SCHEMA[other.schema]
                if _say_no_other(each, other) if one_kind else not one_language or len(key) >= _FULL:
                    yield each, other


def _say_no_other(one: Entity, other: Entity) -> bool:
    """Whether two names of one kind say the same beside their own words, or one says nothing more; and no rule knows better."""
    here, there = _beside(one.caption), _beside(other.caption)
    short, long = sorted((here, there), key=len)
    return all(any(a & b for b in long) for a in short) and explain(one, other).verdict != "different"


def _by_key(entities: Iterable[Entity]) -> dict[frozenset[str], list[Entity]]:
    found: defaultdict[frozenset[str], list[Entity]] = defaultdict(list)
    for each in entities:
        for key in _keys(each):
            found[key].append(each)
    return found


def _keys(entity: Entity) -> set[frozenset[str]]:
    return {key for name in (entity.caption, *entity.names) if (key := name_key(name))}


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> frozenset[str]:
    """The spelling keys of what is a name in a name: "the Solvega combine", «комбинат «Сольвега»» are both one word."""
    own = (word for word in _words(name) if word[:1].isupper() and not _means(word))
    return frozenset(key for word in own for key in word_keys(word, name=True)[:1])


@lru_cache(maxsize=1 << 14)
def _beside(name: str) -> tuple[frozenset[str], ...]:
    """What the other words of a name mean: a bank, a trade."""
    return tuple(meaning for word in _words(name) if (meaning := _means(word)))


def _words(name: str) -> list[str]:
    return [word.strip(_MARKS) for word in name.split()]


def _means(word: str) -> frozenset[str]:
    """The concepts of a word in whatever language."""
    return frozenset[str]().union(*(concepts_of_word(word.casefold(), each) for each in LANGUAGES))
