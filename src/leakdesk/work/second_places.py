"""A container at its second place: its contents are counted there too, from the ledger, without being read again."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from leakdesk.store.case import CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import inbox, items
from leakdesk.work.ledgerbook import Ledgerbook, children_of
from leakdesk.work.run import Telling
from leakdesk.work.sighting import Sighting, bytes_step, child_id, from_inbox


@dataclass(frozen=True, slots=True)
class SecondPlaces:
    """Copies rows of the ledger from a container's first place to its second."""

    store: CaseStore
    book: Ledgerbook
    telling: Telling

    def copy(self, row: Mapping[Any, Any]) -> bool:
        """Count the contents of a container at its second place. False if the first is not complete yet."""
        sighting = from_inbox(row)
        with self.store.connect() as connection:
            source = (
                connection.execute(
                    select(items).where(items.c.document == sighting.document).order_by(items.c.seq).limit(1)
                )
                .mappings()
                .first()
            )
            if source is None:
                self.book.move(sighting.seq, phase="new")
                self.book.write()
                return True
            if (
                connection.execute(select(inbox.c.seq).where(inbox.c.parent == source["id"]).limit(1)).first()
                is not None
            ):
                return False
        self._children(sighting, source["id"], row["cursor"])
        outcome = (source["state"], source["stage"], source["reason"], source["limit_"])
        self.book.item(sighting, source["media_type"], outcome, source["listed"], copy=True)
        self.book.write_if_due()
        self.telling.step()
        return True

    def _children(self, sighting: Sighting, source: str, cursor: int) -> None:
        while True:
            with self.store.connect() as connection:
                query = (
                    select(items).where(items.c.parent == source, items.c.seq > cursor).order_by(items.c.seq).limit(500)
                )
                rows = connection.execute(query).mappings().all()
            if not rows:
                return
            for row in rows:
                self._child(sighting, row)
            cursor = rows[-1]["seq"]
            self.book.move(sighting.seq, cursor=cursor)
            if self.book.write_if_due():
                self.telling.tell()

    def _child(self, parent: Sighting, row: Mapping[Any, Any]) -> None:
        name = from_json(row["location"])[-1]
        location = (*parent.location, name)
        exact = from_json(row["location_bytes"])
        child = Sighting(
            id=child_id(parent, location, row["sha256"]),
            parent=parent.id,
            top=parent.top,
            location=location,
            location_bytes=bytes_step(parent, name, b64decode(exact[-1]) if exact else None),
            sha256=row["sha256"] or "",
            size=row["size"],
            name=name,
            media_type=row["media_type"],
            dataset=parent.dataset,
            depth=parent.depth + 1,
            container=parent.sha256,
            notes=tuple(from_json(row["notes"])),
            raw=from_json(row["raw"]),
        )
        if parent.again and child.id in children_of(self.store, parent.id):
            return
        if row["listed"]:
            self.book.wait(child, phase="copy")
            return
        outcome = (row["state"], row["stage"], row["reason"], row["limit_"])
        self.book.item(child, row["media_type"], outcome, row["listed"], copy=bool(row["sha256"]))
