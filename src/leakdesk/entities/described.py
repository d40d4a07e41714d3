"""A cluster of mentions as an entity: its schema, caption, names, countries and suggestions."""

# ruff: noqa: E501, SIM905 (lists of words read best a row a line)
from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from leakdesk.entities import organisations, places, things
from leakdesk.entities.match import compare
from leakdesk.entities.nodes import kind_of
from leakdesk.language.scripts import plain_text
from leakdesk.model.entity import Entity, Mention, NameKind, Suggestion, Verdict

#: Suggestions kept for one entity, the most consequential first.
MOST_SUGGESTIONS = 10


class Link(NamedTuple):
    other: int
    verdict: Verdict
    score: float
    weight: float
    left: str
    right: str
    kind: NameKind
    extra: str


def described(entity_id: str, found: list[Mention], links: list[Link], ids: dict[int, str], hide_weak: bool) -> Entity:
    counts = Counter(plain_text(each.text) or each.text for each in found)
    bases = Counter(each.normal for each in found if each.normal)
    kind = kind_of(found[0]) or "person"
    names = tuple(sorted(counts, key=lambda name: (-counts[name], name)))
    weak = len(found) == 1 and found[0].confidence == "check"
    ordered = sorted(links, key=lambda link: (-link.weight, -link.score, ids[link.other]))[:MOST_SUGGESTIONS]
    return Entity(
        id=entity_id,
        schema=schema_of(kind, names),
        caption=_caption(kind, counts, bases),
        names=names,
        countries=_countries(kind, names),
        shown=not (hide_weak and weak),
        suggestions=tuple(
            Suggestion(
                with_=ids[link.other], verdict=link.verdict, score=round(link.score, 3), reasons=_link_reasons(link)
            )
            for link in ordered
        ),
    )


def _link_reasons(link: Link) -> tuple[str, ...]:
    found = compare(link.left, link.right, link.kind).reasons
    return (link.extra, *found) if link.extra else found


def _caption(kind: NameKind, counts: Counter[str], bases: Counter[str]) -> str:
    """The fullest base form: most words, then most frequent, then first in the alphabet."""
    pool = bases or counts
    if kind in ("person", "organization"):
        return min(
            pool, key=lambda name: (-min(sum(len(word.strip(".")) > 1 for word in name.split()), 4), -pool[name], name)
        )
    return min(pool, key=lambda name: (-pool[name], name))


_PUBLIC = frozenset(
    """ministry committee commission inspectorate department directorate council parliament government presidency court prosecutor customs police
    embassy consulate regiment brigade division battalion army corps unit service agency""".split()
)
_COMPANY = frozenset(
    "plant enterprise company corporation concern holding trust bank airline shipyard mine refinery farm shop hotel group".split()
)
#: Letters before the number of an aircraft's type, folded.
_AIRCRAFT = frozenset("mi ka su mig tu il an yak be f b c ec aw uh ah ch md".split())
_VEHICLES = frozenset("t bmp btr brdm bmd mtlb kamaz maz uaz gaz zil kraz ural belaz amkodor leopard".split())


def schema_of(kind: NameKind, names: tuple[str, ...]) -> str:
    """The FollowTheMoney schema of an entity."""
    if kind == "person":
        return "Person"
    if kind == "place":
        return "Address"
    if kind == "equipment":
        letters = {things.parse(name).type.rstrip("0123456789-") for name in names}
        return "Airplane" if letters & _AIRCRAFT else "Vehicle" if letters & _VEHICLES else "Asset"
    bodies = [organisations.parse(name) for name in names]
    heads = frozenset(head for body in bodies for head in body.heads)
    if heads & _PUBLIC:
        return "PublicBody"
    return "Company" if heads & _COMPANY or any(body.legal - {"institution"} for body in bodies) else "Organization"


def _countries(kind: NameKind, names: tuple[str, ...]) -> tuple[str, ...]:
    found: set[str] = set()
    if kind == "place":
        for name in names[:3]:
            country = places.parse(name).country
            best = places.candidates(name)[:1]
            found |= {country.lower()} if country else {place.country.lower() for place in best}
            if found:
                break
    if kind == "organization":
        found = {
            each.removeprefix("country-").lower()
            for name in names
            for each in organisations.parse(name).concepts
            if each.startswith("country-")
        }
    return tuple(sorted(found))
