"""The case's full text, opened for reading: the index finds, the store shows and answers what changes without the texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Select, bindparam, select

from leakdesk.model.document import Role, Segment
from leakdesk.search.asked import Counter, Resolver
from leakdesk.search.results import TextForSearch
from leakdesk.search.searcher import Searcher
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import chunks, from_json
from leakdesk.store.tables import documents, letters, mentions, notes, text_layers
from leakdesk.work import counting, saved
from leakdesk.work.naming import Names

#: Documents asked of the tables in one statement.
_AT_ONCE = 400
_ROLES = {role.value: role for role in Role}


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
        counters=counters(store),
        saved=lambda name: saved.named(store, name),
        conversations=lambda wanted: conversations(store, wanted),
        zone=zone,
    )


@cache
def _shown() -> Select[Any, Any, Any, Any, Any, Any, Any, Any]:
    """What a hit shows, of the documents `wanted`; made once, since every search asks it."""
    about = (documents.c.id, documents.c.title, documents.c.date, documents.c.kind, letters.c.group_, letters.c.thread)
    joined = documents.outerjoin(letters, letters.c.document == documents.c.id)
    joined = joined.outerjoin(text_layers, text_layers.c.id == documents.c.layer)
    chosen = documents.c.id.in_(bindparam("wanted", expanding=True))
    return select(*about, text_layers.c.text, text_layers.c.segments).select_from(joined).where(chosen)


def text_for_search(store: CaseStore, document: str) -> TextForSearch:
    """What a hit shows of a document."""
    return texts_for_search(store, [document]).get(document) or TextForSearch(document=document, text="")


def texts_for_search(store: CaseStore, wanted: Sequence[str]) -> dict[str, TextForSearch]:
    """What the hits of a page show, in one question to the tables."""
    found: dict[str, TextForSearch] = {}
    with store.connect() as connection:
        for some in chunks(wanted, _AT_ONCE):
            for own, title, date, kind, group, thread, text, segments in connection.execute(_shown(), {"wanted": some}):
                found[own] = TextForSearch(
                    document=own,
                    text=text or "",
                    title=title,
                    date=date,
                    kind=kind,
                    segments=tuple(
                        [
                            Segment(start=start, end=end, role=_ROLES[role], language=language)
                            for start, end, role, language in from_json(segments) or ()
                        ]
                    ),
                    group=group,
                    thread=thread,
                )
    return found


def conversations(store: CaseStore, wanted: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Letters -> (conversation, date in UTC)."""
    found: dict[str, tuple[str, str]] = {}
    query = select(letters.c.document, letters.c.thread, documents.c.date_utc).join(
        documents, documents.c.id == letters.c.document
    )
    with store.connect() as connection:
        for some in chunks(wanted, _AT_ONCE):
            for own, thread, date in connection.execute(query.where(letters.c.document.in_(some))):
                if thread:
                    found[own] = (thread, date or "")
    return found


def counters(store: CaseStore) -> Mapping[str, Counter]:
    """Facets that the tables count."""
    return {
        "entity": lambda numbers: counting.entities_in(store, numbers, places=False),
        "place": lambda numbers: counting.entities_in(store, numbers, places=True),
        "tag": lambda numbers: counting.tags_in(store, numbers),
    }


def resolvers(store: CaseStore) -> dict[str, Resolver]:
    """Fields of a query that the tables answer: they change while the texts stay."""
    names = Names(store)
    marked = select(notes.c.document).where(notes.c.withdrawn == 0)

    def ids(query: Select[tuple[str]]) -> Iterable[str]:
        with store.connect() as connection:
            return [str(row[0]) for row in connection.execute(query.distinct())]

    def naming(value: str, *, place: bool) -> Iterable[str]:
        found: dict[str, None] = {}
        for some in chunks(sorted(names.entities(value, place=place)), _AT_ONCE):
            found.update(dict.fromkeys(ids(select(mentions.c.document).where(mentions.c.entity.in_(some)))))
        return found

    def saying(value: str, kind: str) -> Iterable[str]:
        """Tags must be equal, notes hold the words; capitals do not matter."""
        asked = value.casefold()
        with store.connect() as connection:
            rows = connection.execute(marked.add_columns(notes.c.value).where(notes.c.kind == kind)).all()
        fits = asked.__eq__ if kind == "tag" else lambda said: asked in said
        return dict.fromkeys(row.document for row in rows if fits(row.value.casefold()))

    return {
        "thread": lambda value: ids(select(letters.c.document).where(letters.c.thread == value)),
        "group": lambda value: ids(select(letters.c.document).where(letters.c.group_ == value)),
        "tag": lambda value: saying(value, "tag"),
        "note": lambda value: saying(value, "note"),
        "has:tag": lambda _: ids(marked.where(notes.c.kind == "tag")),
        "has:note": lambda _: ids(marked.where(notes.c.kind == "note")),
        "entity": lambda value: naming(value, place=False),
        "place": lambda value: naming(value, place=True),
    }
