"""Two names of places: the same kind, the same sound, or one place of the gazetteer under two names."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from leakdesk.entities.places import Named, Place, find
from leakdesk.language.gazetteer import fold_place, places_named
from leakdesk.language.romanise import exchange
from leakdesk.model.entity import Verdict


def judge(left: Named, right: Named) -> tuple[Verdict, float, tuple[str, ...]]:
    """Verdict, score and reasons."""
    if not left.keys or not right.keys:
        return "different", 0.0, ("nothing to compare",)
    if left.country and right.country and not left.level and not right.level:
        same_country = left.country == right.country
        if not same_country:
            return "different", 0.05, (f"two countries: {left.country} and {right.country}",)
        if not _both_towns(left, right):
            return "same", 0.95, (f"names of one country ({left.country})",)
    if left.level and right.level and left.level != right.level:
        return "different", 0.1, (f"a {left.level} is not a {right.level}",)
    if bool(left.level in _AREAS) != bool(right.level in _AREAS):
        return _area_against_town(left, right)
    sound = _by_sound(left, right)
    if sound is not None:
        return sound
    return _by_gazetteer(left, right)


_AREAS = frozenset({"region", "district", "street", "water"})


def _both_towns(left: Named, right: Named) -> bool:
    """Whether the countries are only the context of two towns ("Gera, Germany")."""
    from leakdesk.entities.places import country_of

    return not (country_of(left.text) and country_of(right.text))


def _area_against_town(left: Named, right: Named) -> tuple[Verdict, float, tuple[str, ...]]:
    area, town = (left, right) if left.level in _AREAS else (right, left)
    if not town.level and area.keys & town.keys:
        return "possible", 0.45, (f"{area.text} is a {area.level}, {town.text} may be the town",)
    return "different", 0.1, (f"a {area.level or 'town'} is not a town",)


def _by_sound(left: Named, right: Named) -> tuple[Verdict, float, tuple[str, ...]] | None:
    if left.level in _AREAS and left.keys & right.keys:
        return "same", 0.9, (f"both a {left.level} of one name",)
    best: tuple[int, tuple[str, ...]] | None = None
    for form_a, a in left.forms:
        for form_b, b in right.forms:
            found = exchange(a, b)
            if found is None:
                continue
            rules = set(found.rules) | (
                {"inflection"} if form_a.rule != "as written" or form_b.rule != "as written" else set()
            )
            cost = len(rules)
            if best is None or cost < best[0]:
                best = (cost, (f"one name by sound: {form_a.text} = {form_b.text}",))
    if best is not None:
        return "same", max(0.8, 0.96 - 0.03 * best[0]), best[1]
    return None


def _by_gazetteer(left: Named, right: Named) -> tuple[Verdict, float, tuple[str, ...]]:
    ours, theirs = _ranked(left), _ranked(right)
    shared = {place.id for place in ours} & {place.id for place in theirs}
    if shared:
        first_left, first_right = ours[0], theirs[0]
        if first_left.id == first_right.id:
            return "same", 0.85, (_shared_sentence(left, right, first_left),)
        ranks = {place.id: at for at, place in enumerate(ours)}, {place.id: at for at, place in enumerate(theirs)}
        best = min(
            (place for place in ours if place.id in shared),
            key=lambda place: (ranks[0][place.id] + ranks[1][place.id], -place.population, place.id),
        )
        strong = best.id in (first_left.id, first_right.id) or _exact(left, best) or _exact(right, best)
        if strong and best.population * 3 >= max(first_left.population, first_right.population):
            return "same", 0.75, (_shared_sentence(left, right, best),)
        return "possible", 0.6, (_shared_sentence(left, right, best), "but larger places share one of the names")
    if left.keys & right.keys:
        return (
            "possible",
            0.6,
            (f"{left.text} and {right.text} sound alike, but no spelling rule explains the difference",),
        )
    near = _near(left, right)
    if near and not (ours and theirs):
        return "possible", 0.55, (f"{left.text} and {right.text} differ by one sound",)
    return "different", 0.1, ("no shared sound and no shared place in the gazetteer",)


#: A place spelled as the text has it counts as if it had so many times its people: Singen is not Xi'an, which only sounds so.
EXACT_COUNTS = 300


def _ranked(named: Named) -> list[Place]:
    found = {place.id: place for key in named.keys for place in find(key)}
    exact = {reading.key for form, reading in named.forms if form.rule == "as written"}
    written = {place.id for key in exact for place in find(key)}
    spelled = {place.id for place in places_named(named.text)}
    return sorted(
        found.values(),
        key=lambda each: (
            each.country != named.country if named.country else False,
            each.id not in written,
            -each.population * (EXACT_COUNTS if each.id in spelled or _exact(named, each) else 1),
            each.id,
        ),
    )


def _exact(named: Named, place: Place) -> bool:
    return fold_place(named.text) in (fold_place(place.name), fold_place(place.native))


def _shared_sentence(left: Named, right: Named, place: Place) -> str:
    return f"the gazetteer knows {place.name} ({place.country}) under both names: {left.text}, {right.text}"


def _near(left: Named, right: Named) -> bool:
    a, b = left.forms[0][1].key, right.forms[0][1].key
    return min(len(a), len(b)) >= 6 and OSA.distance(a, b, score_cutoff=1) <= 1
