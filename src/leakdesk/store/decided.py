"""What persons decide: judgements about names, roles, findings, notes. Nothing here is ever overwritten silently: every
change is a line of the custody log, written in the same transaction by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from leakdesk.model.claim import Finding
from leakdesk.model.entity import Judgement
from leakdesk.store.rows import Writer, to_json
from leakdesk.store.tables import findings, judgements, roles


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRow:
    """One judgement between two mention anchors; `number` orders them, `withdrawn` ones count no more."""

    number: int
    left: str
    right: str
    judgement: Judgement
    day: str
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """The role of an entity; `reason` only for professionals."""

    entity: str
    role: str
    reason: str | None


def judgements_of(connection: Connection, *, withdrawn: bool = False) -> list[JudgementRow]:
    """All judgements in the order they were made; without the withdrawn ones unless asked."""
    chosen = select(judgements).order_by(judgements.c.number)
    if not withdrawn:
        chosen = chosen.where(judgements.c.withdrawn == 0)
    return [
        JudgementRow(
            number=row.number,
            left=row.left,
            right=row.right,
            judgement=Judgement(row.judgement),
            day=row.day,
            withdrawn=bool(row.withdrawn),
        )
        for row in connection.execute(chosen)
    ]


def add_judgement(writer: Writer, left: str, right: str, judgement: Judgement, *, actor: str, day: str) -> None:
    """Note a judgement between two mention anchors."""
    row = {
        "left": left,
        "right": right,
        "judgement": judgement.value,
        "actor": actor,
        "day": day,
        "withdrawn": 0,
        "data": None,
    }
    writer.insert(judgements, [row])


def withdraw_judgement(writer: Writer, number: int) -> bool:
    """Withdraw a judgement; it stays in the history. False if there is none of that number."""
    return writer.update(judgements, {"number": number}, withdrawn=1)


def roles_of(connection: Connection) -> dict[str, RoleRow]:
    """The roles of all entities that have one, by entity id."""
    rows = connection.execute(select(roles).order_by(roles.c.entity))
    return {row.entity: RoleRow(entity=row.entity, role=row.role, reason=row.reason) for row in rows}


def put_role(writer: Writer, entity: str, role: str, reason: str | None, anchors: tuple[str, ...]) -> None:
    """Set an entity's role. `anchors` are ids of its mentions, so that the role survives re-reading."""
    writer.put(roles, {"entity": entity}, {"role": role, "reason": reason, "anchors": to_json(anchors)})


def findings_of(connection: Connection) -> list[Finding]:
    """All findings, by id."""
    rows = connection.execute(select(findings.c.data).order_by(findings.c.id))
    return [msgspec.json.decode(data, type=Finding) for data in rows.scalars()]


def finding(connection: Connection, identity: str) -> Finding | None:
    """One finding."""
    data = connection.execute(select(findings.c.data).where(findings.c.id == identity)).scalar()
    return msgspec.json.decode(data, type=Finding) if data else None


def put_finding(writer: Writer, one: Finding) -> None:
    """Store a finding as it now stands."""
    row = {
        "state": one.state.value,
        "sentence": one.sentence,
        "claim": one.claim,
        "document": one.document,
        "data": to_json(one),
    }
    writer.put(findings, {"id": one.id}, row)
