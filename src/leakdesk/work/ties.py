"""Things of a case (aircraft, engines, machines) and who has to do with them, as its claims say; each tie with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.model.entity import Mention
from leakdesk.screening.ties import Said, Tie, ties_of
from leakdesk.store import found
from leakdesk.store.rows import from_json
from leakdesk.store.tables import claims, text_layers
from leakdesk.store.tables import entities as entity_table

#: Schemata that may use, overhaul, make or supply a thing; private people are never shown so.
_BODIES = ("Organization", "Company", "PublicBody", "LegalEntity")


def case_ties(connection: Connection) -> dict[str, list[Tie]]:
    """Entity of a thing -> its ties, by relation, name and place. One tie for each relation and holder: the first place told."""
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for document, mention in found.all_mentions(connection):
        if mention.type in ("equipment", "organization"):
            by_document[document].append(mention)
    telling = {document for document, held in by_document.items() if any(each.type == "equipment" for each in held)}
    e = entity_table.c
    bodies = {row.id: row.caption for row in connection.execute(select(e.id, e.caption).where(e.schema.in_(_BODIES)))}
    first: dict[tuple[str, str, str], Tie] = {}
    for document in sorted(telling):
        query = (
            select(
                claims.c.id,
                claims.c.start,
                claims.c.end,
                claims.c.sentence,
                claims.c.data,
                text_layers.c.text,
                text_layers.c.sha256,
            )
            .join(text_layers, text_layers.c.id == claims.c.layer)
            .where(claims.c.document == document)
            .order_by(claims.c.start, claims.c.id)
        )
        for row in connection.execute(query):
            said = _said(document, row.id, row.start, row.end, row.sentence, from_json(row.data), bodies)
            for tie in ties_of(said, row.text, row.sha256, by_document[document]):
                if tie.holder in bodies:
                    first.setdefault((tie.thing, tie.relation, tie.holder), tie)
    made: dict[str, list[Tie]] = defaultdict(list)
    for tie in first.values():
        made[tie.thing].append(tie)
    return {
        thing: sorted(held, key=lambda tie: (tie.relation, bodies[tie.holder], tie.claim))
        for thing, held in made.items()
    }


def _said(
    document: str, own: str, start: int, end: int, sentence: str, data: Mapping[str, Any], bodies: Mapping[str, str]
) -> Said:
    subject: Mapping[str, Any] = data.get("subject") or {}
    entity = str(subject.get("entity") or "")
    known = entity if entity in bodies else ""
    return Said(
        id=own, document=document, start=start, end=end, sentence=sentence, modality=data["modality"],
        denied=data["polarity"] == "-", subject=known, subject_name=bodies.get(known, ""),
    )  # fmt: skip
