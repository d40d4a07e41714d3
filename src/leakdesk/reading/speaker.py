"""Who "I" and "we" are in words that a report quotes: the speaker; of "we", the organisation that speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leakdesk.model.claim import Attribution, Slot
from leakdesk.reading.claims_context import Context
from leakdesk.reading.references import speaks_for


def by_speaker(context: Context, slot: Slot | None, on_whose_word: Sequence[str]) -> Slot | None:
    """A participant, with the speaker's entity where it is a pronoun of the first person in a quotation. The pronoun stays in the
    text. `on_whose_word`: ids of the attributions around it, outermost first."""
    many = speaks_for(slot.text) if slot is not None else None
    if slot is None or many is None:
        return slot
    quoted = [made for made in map(context.index.made.get, reversed(on_whose_word)) if made and made.type == "direct"]
    if not quoted:
        return slot
    entity = _organisation(context, quoted[0]) if many else _person(context, quoted[0])
    return replace(slot, entity=entity)


def _person(context: Context, made: Attribution) -> str | None:
    source = made.resolved_source
    return source if source is not None and context.index.types.get(source) == "person" else None


def _organisation(context: Context, made: Attribution) -> str | None:
    """The organisation that speaks itself, or the one named with whoever speaks ("the director of Quillmar, Edda Kroll")."""
    source = made.resolved_source
    if source is not None and context.index.types.get(source) == "organization":
        return source
    if made.source is None:
        return None
    inside = [each for each in context.index.mentions.at(made.source.start) if each.end <= made.source.end]
    named = [each for each in inside if each.start >= made.source.start and each.type == "organization"]
    return named[0].entity if len(named) == 1 else None
