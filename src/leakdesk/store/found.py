"""What deep reading found: mentions, attributions, claims and the local entities of each document.

Nouns are stored as the JSON of their own fields, so that they come back as the nouns they were. Ids of entities inside a
document's reading are local ("e1"); `mentions.entity` and `entity_of` say who that is in the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from leakdesk.model.claim import Attribution, Claim, LeftOut, Reading, Reference
from leakdesk.model.document import Language, Segment
from leakdesk.model.entity import Entity, Mention
from leakdesk.store.rows import Writer, from_json, to_json
from leakdesk.store.tables import attributions, claims, mentions, readings, text_layers

#: The deep step whose result is a Reading, and the row beside it that keeps what has no table of its own.
READING, REST = "reading", "reading.rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The parts of a reading that no table of their own holds."""

    languages: tuple[Language, ...]
    segments: tuple[Segment, ...]
    entities: tuple[Entity, ...]
    references: tuple[Reference, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    local: dict[str, str]


def put_reading(writer: Writer, document: str, layer: str, version: str, reading: Reading) -> None:
    """Store a document's reading in place of an earlier one."""
    for table in (mentions, attributions, claims):
        writer.delete(table, {"document": document})
    named = {each.id: each for each in reading.mentions}.values()
    writer.insert(mentions, [_mention_row(document, layer, each) for each in named])
    writer.insert(
        attributions,
        [
            {"document": document, "id": a.id, "layer": layer, "data": to_json(a)}
            for a in {each.id: each for each in reading.attributions}.values()
        ],
    )
    writer.insert(
        claims, [_claim_row(document, layer, each) for each in {each.id: each for each in reading.claims}.values()]
    )
    rest = Rest(
        languages=reading.languages,
        segments=reading.segments,
        entities=reading.entities,
        references=reading.references,
        left_out=reading.left_out,
        notes=reading.notes,
        local={mention.id: mention.entity for mention in reading.mentions if mention.entity},
    )
    row = {
        "version": version,
        "layer": layer,
        "state": "done",
        "reason": "; ".join(reading.notes),
        "data": to_json(rest),
    }
    writer.put(readings, {"document": document, "step": REST}, row)


def _mention_row(document: str, layer: str, mention: Mention) -> dict[str, object]:
    return {
        "document": document,
        "id": mention.id,
        "layer": layer,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "normal": mention.normal,
        "rules": to_json(mention.rules),
        "confidence": mention.confidence,
        "entity": None,
    }


def _claim_row(document: str, layer: str, claim: Claim) -> dict[str, object]:
    return {
        "document": document,
        "id": claim.id,
        "layer": layer,
        "origin": claim.origin,
        "sentence": claim.sentence,
        "quote": claim.quote.exact,
        "start": claim.quote.start,
        "end": claim.quote.end,
        "data": to_json(claim),
    }


_READ = select(readings).where(readings.c.document == bindparam("document"), readings.c.step == REST)


def reading_of(connection: Connection, document: str) -> Reading | None:
    """A document's reading with its local entities, or None where it was not read deeply (yet)."""
    row = connection.execute(_READ, {"document": document}).first()
    if row is None or row.data is None:
        return None
    layer = connection.execute(select(text_layers).where(text_layers.c.id == row.layer)).first()
    if layer is None:
        return None
    rest = msgspec.json.decode(row.data, type=Rest)
    return Reading(
        text=layer.text,
        sha256=layer.sha256,
        languages=rest.languages,
        segments=rest.segments,
        mentions=tuple(replace(each, entity=rest.local.get(each.id)) for each in mentions_of(connection, document)),
        entities=rest.entities,
        references=rest.references,
        attributions=tuple(_attributions_of(connection, document)),
        claims=tuple(claims_of(connection, document)),
        left_out=rest.left_out,
        notes=rest.notes,
    )


def mentions_of(connection: Connection, document: str) -> list[Mention]:
    """A document's mentions in order; `entity` is the case's."""
    chosen = (
        select(mentions)
        .where(mentions.c.document == document)
        .order_by(mentions.c.start, mentions.c.end, mentions.c.id)
    )
    return [_mention(row) for row in connection.execute(chosen)]


def all_mentions(connection: Connection) -> Iterator[tuple[str, Mention]]:
    """(document, mention) of the whole case, by document and place; streamed."""
    order = (mentions.c.document, mentions.c.start, mentions.c.end, mentions.c.id)
    for row in connection.execute(select(mentions).order_by(*order)).yield_per(5000):
        yield row.document, _mention(row)


def _mention(row: Any) -> Mention:
    return Mention(
        id=row.id,
        start=row.start,
        end=row.end,
        text=row.text,
        type=row.type,
        normal=row.normal,
        rules=tuple(from_json(row.rules)),
        confidence=row.confidence,
        entity=row.entity,
    )


def _attributions_of(connection: Connection, document: str) -> list[Attribution]:
    rows = connection.execute(select(attributions.c.data).where(attributions.c.document == document))
    return sorted((msgspec.json.decode(data, type=Attribution) for data in rows.scalars()), key=_place)


def _place(attribution: Attribution) -> tuple[int, str]:
    span = attribution.content or attribution.source or attribution.cue
    return (span.start if span else 0, attribution.id)


def claims_of(connection: Connection, document: str) -> list[Claim]:
    """A document's claims in order, with local entity ids."""
    rows = connection.execute(
        select(claims.c.data).where(claims.c.document == document).order_by(claims.c.start, claims.c.end, claims.c.id)
    )
    return [msgspec.json.decode(data, type=Claim) for data in rows.scalars()]


def documents_with_claims(connection: Connection) -> list[str]:
    """Ids of the documents in which claims were found."""
    return list(connection.execute(select(claims.c.document).distinct().order_by(claims.c.document)).scalars())


def entity_of(connection: Connection, document: str) -> Mapping[str, str]:
    """Local entity id -> the case's, for one document: the entity that most of its mentions became."""
    row = connection.execute(
        select(readings.c.data).where(readings.c.document == document, readings.c.step == REST)
    ).first()
    if row is None or row.data is None:
        return {}
    local = msgspec.json.decode(row.data, type=Rest).local
    votes: dict[str, dict[str, int]] = {}
    for mention in mentions_of(connection, document):
        if mention.entity and (own := local.get(mention.id)):
            tally = votes.setdefault(own, {})
            tally[mention.entity] = tally.get(mention.entity, 0) + 1
    return {own: max(sorted(tally), key=lambda each: tally[each]) for own, tally in votes.items()}


def reading_states(connection: Connection) -> dict[str, int]:
    """How many documents each state of the reading step has: done, missing, failed."""
    rows = connection.execute(
        select(readings.c.state, func.count()).where(readings.c.step == READING).group_by(readings.c.state)
    )
    return {row[0]: row[1] for row in rows}
