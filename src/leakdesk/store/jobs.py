"""Leases of background work: claimed, finished, expired.

A job is one (document, step, version). Claiming gives a lease until some moment; whoever dies holding it loses it when it
runs out, and somebody else takes the job. Steps are idempotent: what they write replaces what they wrote before.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Join, and_, func, or_, select

from leakdesk.store.rows import Writer
from leakdesk.store.tables import documents, jobs

CLAIMED, FINISHED, FAILED, MISSING = "claimed", "finished", "failed", "missing"


def _due(step: str, version: str, now: float, kinds: Sequence[str]) -> tuple[Join, ColumnElement[bool]]:
    held = and_(jobs.c.document == documents.c.id, jobs.c.step == step, jobs.c.version == version)
    free = or_(jobs.c.document.is_(None), and_(jobs.c.state == CLAIMED, jobs.c.lease < now))
    joined = documents.outerjoin(jobs, held)
    wanted = and_(documents.c.layer.is_not(None), free)
    return joined, and_(wanted, documents.c.kind.in_(kinds)) if kinds else wanted


def left(connection: Connection, step: str, version: str, now: float, kinds: Sequence[str] = ()) -> int:
    """How many documents wait for a step."""
    joined, wanted = _due(step, version, now, kinds)
    return int(connection.execute(select(func.count()).select_from(joined).where(wanted)).scalar_one())


def claim(
    writer: Writer,
    step: str,
    version: str,
    *,
    owner: str,
    now: float,
    seconds: float,
    count: int,
    kinds: Sequence[str] = (),
) -> list[str]:
    """Claim up to `count` documents for a step, newest first; their ids."""
    joined, wanted = _due(step, version, now, kinds)
    query = select(documents.c.id, jobs.c.attempts).select_from(joined).where(wanted)
    query = query.order_by(documents.c.date_utc.is_(None), documents.c.date_utc.desc(), documents.c.id).limit(count)
    found = writer.connection.execute(query).all()
    for own, attempts in found:
        row = {"state": CLAIMED, "owner": owner, "lease": now + seconds, "attempts": (attempts or 0) + 1, "reason": ""}
        writer.put(jobs, {"document": own, "step": step, "version": version}, row)
    return [str(own) for own, _ in found]


def finish(writer: Writer, document: str, step: str, version: str, *, state: str = FINISHED, reason: str = "") -> None:
    """Note how a job ended."""
    writer.update(
        jobs, {"document": document, "step": step, "version": version}, state=state, reason=reason, lease=0.0, owner=""
    )


def forget(writer: Writer, *, state: str | None = None, document: str | None = None) -> int:
    """Let jobs be done again: those in a state, or of a document."""
    key = {name: value for name, value in (("state", state), ("document", document)) if value is not None}
    return writer.delete(jobs, key) if key else 0
