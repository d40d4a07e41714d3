"""The case's full text, opened for reading: the index finds, the store shows and answers what changes without the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, Select, func, or_, select

from leakdesk.model.document import Role, Segment
from leakdesk.search.query import Resolver
from leakdesk.search.results import TextForSearch
from leakdesk.search.searcher import Searcher
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import chunks, from_json
from leakdesk.store.tables import documents, entities, letters, mentions, notes, text_layers

#: Documents asked of the tables in one statement.
_AT_ONCE = 400


def searcher(store: CaseStore) -> Searcher:
    """A searcher over a case. Raises IndexOutdatedError or IndexDamagedError ("leakdesk rebuild CASE")."""
    try:
        zone = ZoneInfo(store.config.zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return Searcher(
        store.layout.index,
        lambda document: text_for_search(store, document),
        fetch_texts=lambda wanted: texts_for_search(store, wanted),
        resolvers=resolvers(store),
        zone=zone,
    )


def text_for_search(store: CaseStore, document: str) -> TextForSearch:
    """What a hit shows of a document."""
    return texts_for_search(store, [document]).get(document) or TextForSearch(document=document, text="")


def texts_for_search(store: CaseStore, wanted: Sequence[str]) -> dict[str, TextForSearch]:
    """What the hits of a page show, in one question to the tables."""
    found: dict[str, TextForSearch] = {}
    columns = (documents.c.id, documents.c.title, documents.c.date, documents.c.kind, letters.c.group_)
    joined = documents.outerjoin(letters, letters.c.document == documents.c.id)
    joined = joined.outerjoin(text_layers, text_layers.c.id == documents.c.layer)
    shown = select(*columns, text_layers.c.text, text_layers.c.segments).select_from(joined)
    with store.connect() as connection:
        for some in chunks(wanted, _AT_ONCE):
            for own, title, date, kind, group, text, segments in connection.execute(
                shown.where(documents.c.id.in_(some))
            ):
                found[own] = TextForSearch(
                    document=own,
                    text=text or "",
                    title=title,
                    date=date,
                    kind=kind,
                    segments=tuple(
                        Segment(start=start, end=end, role=Role(role), language=language)
                        for start, end, role, language in from_json(segments) or ()
                    ),
                    group=group,
                )
    return found


def resolvers(store: CaseStore) -> dict[str, Resolver]:
    """Fields of a query that the tables answer: they change while the texts stay."""

    def ids(query: Select[tuple[str]]) -> Iterable[str]:
        with store.connect() as connection:
            return [str(row[0]) for row in connection.execute(query.distinct())]

    def named(value: str, *, place: bool) -> Iterable[str]:
        who = or_(entities.c.id == value, func.lower(entities.c.caption) == value.lower(), _has_name(value))
        if place:
            who = who & (entities.c.schema == "Address")
        return ids(select(mentions.c.document).join(entities, entities.c.id == mentions.c.entity).where(who))

    return {
        "thread": lambda value: ids(select(letters.c.document).where(letters.c.thread == value)),
        "group": lambda value: ids(select(letters.c.document).where(letters.c.group_ == value)),
        "tag": lambda value: ids(
            select(notes.c.document).where(notes.c.kind == "tag", notes.c.value == value, notes.c.withdrawn == 0)
        ),
        "entity": lambda value: named(value, place=False),
        "place": lambda value: named(value, place=True),
    }


def _has_name(value: str) -> ColumnElement[bool]:
    """Whether one of an entity's names, a list in JSON, is the value as written."""
    return entities.c.names.contains(f'"{value}"', autoescape=True)
