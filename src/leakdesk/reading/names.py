"""Names for reading: mentions and who they are, from the chapters before this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leakdesk.entities.resolve import group
from leakdesk.mentions.names import find_mentions
from leakdesk.model.document import MessageHead, TextLayer
from leakdesk.model.entity import Entity, Mention


def named(
    layer: TextLayer, head: MessageHead | None, *, today: str | None, parser_free: bool
) -> tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[str, ...]]:
    """Mentions (with entity ids "e1"...) and entities of one text, and notes about missing parts."""
    found = find_mentions(layer, head, parser_free=parser_free, today=_day(today))
    resolution = group({layer.sha256: found.mentions})
    renamed = {entity.id: f"e{number}" for number, entity in enumerate(resolution.entities, 1)}
    mentions = tuple(
        replace(each, entity=renamed[resolution.entity_of[layer.sha256, each.id]])
        if (layer.sha256, each.id) in resolution.entity_of
        else each
        for each in found.mentions
    )
    entities = tuple(_renamed(each, renamed) for each in resolution.entities)
    return mentions, entities, found.notes


def _renamed(entity: Entity, names: dict[str, str]) -> Entity:
    suggestions = tuple(replace(each, with_=names.get(each.with_, each.with_)) for each in entity.suggestions)
    return replace(entity, id=names[entity.id], suggestions=suggestions)


def _day(written: str | None) -> date | None:
    """The day of an ISO 8601 date, or None."""
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
