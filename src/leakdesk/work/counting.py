"""Facets that only the tables can count: who is named in the documents that a search finds, and how they are tagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from leakdesk.search.results import Count
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import chunks
from leakdesk.store.tables import documents, entities, mentions, notes
from leakdesk.work.naming import PLACE

#: Documents asked of the tables in one statement.
_AT_ONCE = 5_000


def entities_in(store: CaseStore, numbers: Sequence[int] | None, *, places: bool) -> Iterator[Count]:
    """In how many of these documents (None: of all) each entity is named, the most frequent first. Weak ones are left out."""
    m, e = mentions.c, entities.c
    query = (
        select(m.entity, func.count(m.document.distinct()))
        .join(entities, e.id == m.entity)
        .where(e.shown == 1, e.redirect.is_(None), e.schema == PLACE if places else e.schema != PLACE)
        .group_by(m.entity)
    )
    counted = _counted(store, query, m.document, numbers)
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    captions = _captions(store)
    for own, count in ordered:
        yield Count(value=own, count=count, label=captions.get(own, own))


def tags_in(store: CaseStore, numbers: Sequence[int] | None) -> Iterator[Count]:
    """How many of these documents (None: of all) have each tag."""
    n = notes.c
    query = (
        select(n.value, func.count(n.document.distinct())).where(n.kind == "tag", n.withdrawn == 0).group_by(n.value)
    )
    for value, count in sorted(
        _counted(store, query, n.document, numbers).items(), key=lambda each: (-each[1], each[0])
    ):
        yield Count(value=value, count=count)


def _counted(store: CaseStore, query: Select[Any, int], document: Any, numbers: Sequence[int] | None) -> Counter[str]:
    counted: Counter[str] = Counter()
    with store.connect() as connection:
        if numbers is None:
            counted.update({row[0]: row[1] for row in connection.execute(query)})
            return counted
        narrowed = query.join(documents, documents.c.id == document)
        for some in chunks(numbers, _AT_ONCE):
            for own, count in connection.execute(narrowed.where(documents.c.seq.in_(some))):
                counted[own] += count
    return counted


def _captions(store: CaseStore) -> dict[str, str]:
    with store.connect() as connection:
        return {row.id: row.caption for row in connection.execute(select(entities.c.id, entities.c.caption))}
