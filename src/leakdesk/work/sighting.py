"""A sighting on its way into the ledger: what is known about it before it is read."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leakdesk.intake.identify import ending
from leakdesk.model.document import State
from leakdesk.model.ids import document_id, item_id
from leakdesk.store.originals import Place
from leakdesk.store.rows import Row, from_json, to_json

#: Nothing stands before the first step: the parent of a given file.
TOP = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One item: where it was seen, its bytes' hash, and what its container said about it.

    `top` is the item id of the given file it came in with; `seq` its row in the inbox (0: none, a message of a mailbox);
    `container` the SHA-256 of what it was in ("" at the top); `raw` its raw range there, where that differs; `again` True
    where it was in the ledger before and is read anew.
    """

    id: str
    parent: str
    top: str
    location: tuple[str, ...]
    location_bytes: str | None
    sha256: str
    size: int
    name: str
    media_type: str
    dataset: str
    depth: int
    container: str
    state: str = State.READ.value
    reason: str = ""
    limit: str = ""
    notes: tuple[Any, ...] = ()
    seq: int = 0
    again: bool = False
    raw: Mapping[str, object] | None = None
    source: bytes | Place | None = None

    document: str = field(init=False, default="")
    """The document these bytes are ("" where there are none)."""

    def __post_init__(self) -> None:
        if self.sha256:
            object.__setattr__(self, "document", document_id(self.sha256))


def inbox_row(sighting: Sighting, *, phase: str = "new") -> Row:
    """The row that waits in the inbox."""
    return {
        "id": sighting.id,
        "parent": sighting.parent,
        "top": sighting.top,
        "location": to_json(sighting.location),
        "location_bytes": sighting.location_bytes,
        "sha256": sighting.sha256,
        "size": sighting.size,
        "name": sighting.name,
        "media_type": sighting.media_type,
        "dataset": sighting.dataset,
        "depth": sighting.depth,
        "state": sighting.state,
        "reason": sighting.reason,
        "limit_": sighting.limit,
        "phase": phase,
        "cursor": 0,
        "cursor_byte": 0,
        "listed": 0,
        "notes": to_json(
            {"container": sighting.container, "raw": sighting.raw, "notes": sighting.notes, "again": sighting.again}
        ),
    }


def item_row(sighting: Sighting, media_type: str, outcome: tuple[str, str, str, str], listed: int | None) -> Row:
    """Its row in the ledger, with what came of it: (state, stage, reason, limit), and how many things are inside."""
    state, stage, reason, limit = outcome
    return {
        "id": sighting.id,
        "parent": sighting.parent,
        "top": sighting.top,
        "document": sighting.document if sighting.sha256 else None,
        "dataset": sighting.dataset,
        "location": to_json(sighting.location),
        "location_bytes": sighting.location_bytes,
        "sha256": sighting.sha256 or None,
        "size": sighting.size,
        "raw": to_json(sighting.raw) if sighting.raw else None,
        "media_type": media_type,
        "state": state,
        "stage": stage,
        "reason": reason,
        "limit_": limit,
        "listed": listed,
        "notes": to_json(sighting.notes),
    }


def from_inbox(row: Mapping[Any, Any]) -> Sighting:
    """The sighting that a row of the inbox holds."""
    more = from_json(row["notes"])
    return Sighting(
        id=row["id"],
        parent=row["parent"],
        top=row["top"],
        location=tuple(from_json(row["location"])),
        location_bytes=row["location_bytes"],
        sha256=row["sha256"],
        size=row["size"],
        name=row["name"],
        media_type=row["media_type"],
        dataset=row["dataset"],
        depth=row["depth"],
        container=more["container"],
        state=row["state"],
        reason=row["reason"],
        limit=row["limit_"],
        notes=tuple(more["notes"]),
        seq=row["seq"],
        again=more.get("again", False),
        raw=more["raw"],
    )


def given_id(location: str, sha256: str | None) -> str:
    """The item id of a given file."""
    return item_id("", (location,), sha256)


def child_id(parent: Sighting, location: tuple[str, ...], sha256: str | None) -> str:
    """The item id of something inside."""
    return item_id(parent.id, location, sha256)


def bytes_step(parent: Sighting, name: str, name_bytes: bytes | None) -> str | None:
    """`location_bytes` of a child: base64 of each step's exact bytes, only where some step is not what its text says."""
    if name_bytes is None and parent.location_bytes is None:
        return None
    known = from_json(parent.location_bytes)
    steps = known or [b64encode(step.encode()).decode() for step in parent.location]
    own = b64encode(name.encode() if name_bytes is None else name_bytes).decode()
    return to_json([*steps, own])


class Names:
    """Makes each name below one container its own: a second equal one gets `~2` before its ending."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """The name as a step of a location."""
        number = self._seen.get(name, 0) + 1
        self._seen[name] = number
        if number == 1:
            return name
        end = ending(name.rsplit("/", 1)[-1])
        stem, dot = (name[: -len(end) - 1], name[-len(end) - 1 :]) if end else (name, "")
        made = f"{stem}~{number}{dot}"
        return made if made not in self._seen else self.unique(made)
