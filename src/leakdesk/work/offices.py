"""What a case's texts tell of office holders. There is no question for one person here, and none for an order in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.model.entity import Mention
from leakdesk.model.plain import to_plain
from leakdesk.publish.roles import PersonRole
from leakdesk.screening.offices import Page, Told, told_of
from leakdesk.store import decided, found
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents, text_layers
from leakdesk.store.tables import entities as entity_table
from leakdesk.work.routes import OWN
from leakdesk.work.screening import kept

Plain = dict[str, Any]


def offices(store: CaseStore) -> Iterator[Plain]:
    """Claims about office holders as `leakdesk offices --json` prints them, by kind and country."""
    with store.connect() as connection:
        officials = _officials(connection)
        told = told_of(_pages(connection), officials)
        captions = _captions(connection, officials)
        listed = _listed(connection)
    for one in told:
        yield {
            **to_plain(one),
            "caption": captions.get(one.entity, ""),
            "listing": _listing(one, listed.get(one.entity, "")),
        }


def _officials(connection: Connection) -> frozenset[str]:
    """Entities that an editor has called officials; whoever is protected is never among them."""
    roles = decided.roles_of(connection)
    return frozenset(own for own, row in roles.items() if row.role == PersonRole.OFFICIAL.value)


def _captions(connection: Connection, wanted: frozenset[str]) -> dict[str, str]:
    rows = connection.execute(select(entity_table.c.id, entity_table.c.caption))
    return {row.id: row.caption for row in rows if row.id in wanted}


def _listed(connection: Connection) -> dict[str, str]:
    """Entity -> the first day that a list of the last screening has it, where it is the same."""
    days: dict[str, list[str]] = defaultdict(list)
    for line in kept(connection):
        if line["verdict"] == "same" and line.get("since"):
            days[line["entity"]].append(line["since"])
    return {entity: min(each) for entity, each in days.items()}


def _listing(one: Told, since: str) -> str:
    if not since or not one.month:
        return ""
    before = one.month < since[:7]
    return f"{'before' if before else 'in or after'} the month of listing ({since[:7]})"


def _pages(connection: Connection) -> Iterator[Page]:
    lands = {
        row.id: (from_json(row.countries) or [""])[0].lower()
        for row in connection.execute(select(entity_table.c.id, entity_table.c.countries))
    }
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for document, mention in found.all_mentions(connection):
        if mention.type in ("person", "place", "date"):
            by_document[document].append(mention)
    query = select(
        documents.c.id, documents.c.date_utc, text_layers.c.text, text_layers.c.sha256, text_layers.c.segments
    ).join(text_layers, text_layers.c.id == documents.c.layer)
    for row in connection.execute(query.order_by(documents.c.id).execution_options(yield_per=100)):
        mentions = tuple(by_document.get(row.id, ()))
        yield Page(
            document=row.id,
            text=row.text,
            text_sha256=row.sha256,
            own=tuple((start, end) for start, end, role, _ in from_json(row.segments) if role in OWN),
            mentions=mentions,
            lands={each.id: lands.get(each.entity or "", "") for each in mentions if each.type == "place"},
            month=(row.date_utc or "")[:7],
        )
