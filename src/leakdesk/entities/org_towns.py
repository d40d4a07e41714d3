"""Towns in organisations' names: Минский, Minsk and Мінскі are one, and no word of the table is meant by Kovrov."""

# ruff: noqa: SIM905 (a list of countries reads best as words)
from __future__ import annotations

from functools import lru_cache

from leakdesk.entities.org_words import OwnWord
from leakdesk.language.gazetteer import Place, places_sounding

#: Own words are one city from so many inhabitants on (Kyiv, Киевский), the largest of a name only; cities of CITY are no brands.
CITY, TOWN, SMALL_TOWN = 100_000, 20_000, 3_000
#: Countries whose towns stand in the names of plants.
HOME = frozenset("BY UA RU KZ MD GE AM AZ LT LV EE UZ TM KG TJ PL".split())


@lru_cache(maxsize=1 << 14)
def _places(each: OwnWord) -> tuple[Place, ...]:
    """The towns an own word names or is an adjective of, the largest of each sound it may have."""
    if each.capitals or each.common:
        return ()
    spelled = sorted({stem + ending for stem in each.stems for ending in ("", "a", "i")})
    return tuple(place for stem in spelled for place in places_sounding(stem)[:1])


@lru_cache(maxsize=1 << 14)
def is_home_town(each: OwnWord) -> bool:
    """Whether an own word names a town of the region the names are from, or a large city: such a word is no brand."""
    return any(place.population >= (TOWN if place.country in HOME else CITY) for place in _places(each))


@lru_cache(maxsize=1 << 14)
def towns_of(each: OwnWord) -> frozenset[int]:
    """GeoNames ids of the towns and cities an own word may name."""
    return frozenset(
        place.id for place in _places(each) if place.population >= (SMALL_TOWN if place.country in HOME else TOWN)
    )
