"""The letters of a case about which something can be said technically, counted, and listed a page at a time.

A hundred thousand letters are not checked to draw a page: what was taken down says which letters have a signature, a conflict or
a mark, and only those on the page are checked with the keys known now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

from leakdesk.store.tables import authenticity, documents
from leakdesk.work.technical import looked


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """`letters` taken down, `signed` of them; `waiting`: not taken down yet; `rules`: rule -> (letters that show it, letters
    that could), for letters and (`inside`) for files; `telling`: how many letters have something to say."""

    letters: int
    signed: int
    telling: int
    waiting: int
    rules: Mapping[str, Sequence[int]]
    inside: Mapping[str, Sequence[int]]


def overview(connection: Connection) -> Overview:
    """The counts of a case."""
    from leakdesk.work.technical import missing

    rates = looked(connection)
    return Overview(
        letters=_count(connection),
        signed=_count(connection, _signed()),
        telling=_count(connection, _telling()),
        waiting=missing(connection),
        rules={rule: rate for rule, rate in rates.get("rates", {}).items() if rate[0]},
        inside={rule: rate for rule, rate in rates.get("inside", {}).items() if rate[0]},
    )


def telling(connection: Connection, rule: str = "", offset: int = 0, limit: int = 50) -> tuple[list[str], int]:
    """(letters of a page in the order of their dates, how many there are): of one rule, else all that tell anything."""
    wanted = _shows(rule) if rule else _telling()
    d = documents.c
    query = select(d.id).join(authenticity, authenticity.c.document == d.id).where(wanted)
    query = query.order_by(d.date_utc.is_(None), d.date_utc, d.id).limit(limit).offset(offset)
    return list(connection.execute(query).scalars()), _count(connection, wanted)


def _count(connection: Connection, *wanted: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(authenticity).where(*wanted)).scalar_one())


def _signed() -> ColumnElement[bool]:
    """Signatures of a domain, and signatures around parts."""
    return or_(_length("$.facts.signatures") > 0, _length("$.facts.sealed") > 0)


def _shows(rule: str) -> ColumnElement[bool]:
    return authenticity.c.data.contains(f'"rule":"{rule}"', autoescape=True)


def _telling() -> ColumnElement[bool]:
    return or_(_signed(), _length("$.found") > 0)


def _length(path: str) -> ColumnElement[int]:
    return func.coalesce(func.json_array_length(authenticity.c.data, path), 0)
