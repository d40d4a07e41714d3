"""Names for reading: mentions and who they are, from the chapters before this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leakdesk.mentions.names import find_mentions
from leakdesk.model.document import MessageHead, TextLayer
from leakdesk.model.entity import NAMED_TYPES, Entity, Mention

_SCHEMA = {"person": "Person", "organization": "Organization", "place": "Address", "equipment": "Asset"}


def named(
    layer: TextLayer, head: MessageHead | None, *, today: str | None, parser_free: bool
) -> tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[str, ...]]:
    """Mentions (with entity ids) and entities of one text, and notes about missing parts."""
    found = find_mentions(layer, head, parser_free=parser_free, today=_day(today))
    mentions, entities = _grouped(found.mentions)
    return mentions, entities, found.notes


def _day(written: str | None) -> date | None:
    """The day of an ISO 8601 date, or None."""
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _grouped(mentions: tuple[Mention, ...]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Equal base forms of one type are one entity."""
    ids: dict[tuple[str, str], str] = {}
    names: dict[str, list[str]] = {}
    made: list[Mention] = []
    for each in mentions:
        if each.type not in NAMED_TYPES:
            made.append(each)
            continue
        key = (each.type, each.normal.casefold())
        entity = ids.setdefault(key, f"e{len(ids) + 1}")
        names.setdefault(entity, [])
        if each.text not in names[entity]:
            names[entity].append(each.text)
        made.append(replace(each, entity=entity))
    normal = {entity: next(each.normal for each in made if each.entity == entity) for entity in names}
    types = {entity: next(each.type for each in made if each.entity == entity) for entity in names}
    entities = tuple(Entity(id=entity, schema=_SCHEMA[types[entity]], caption=normal[entity], names=tuple(forms)) for entity, forms in names.items())
    return tuple(made), entities
