"""The desk of what was received: intake, documents and their texts, and who is named in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakdesk.store import boxes, decided, records
from leakdesk.store.case import CaseStore

if TYPE_CHECKING:
    from leakdesk.model.anchor import Rect
    from leakdesk.model.document import TextLayer

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class IntakeDesk:
    """Receiving."""

    store: CaseStore

    def add(self, *paths: str | Path, **options: Any) -> Plain:
        """Receive, seal, unpack, read and index; the case must be open for writing. See `work.pipeline.Options`."""
        from leakdesk.work.pipeline import Options, add

        return add(self.store, [Path(path) for path in paths], Options(**options))


@dataclass(frozen=True, slots=True)
class DocumentsDesk:
    """Documents and their texts."""

    store: CaseStore

    def list(self, kind: str | None = None) -> Iterator[Plain]:
        """The documents, as `leakdesk list --json` prints them."""
        with self.store.connect() as connection:
            yield from records.documents(connection, kind=kind)

    def get(self, identity: str) -> Plain:
        """One document. Raises NotFound."""
        with self.store.connect() as connection:
            return records.document(connection, records.document_of(connection, identity))

    def layer(self, identity: str) -> TextLayer | None:
        """Its text layer, or None. Raises NotFound."""
        with self.store.connect() as connection:
            stored = records.layer(connection, records.document_of(connection, identity))
        return stored.layer if stored else None

    def places(self, identity: str, start: int, end: int) -> tuple[Rect, ...]:
        """Where code points [start, end) of its text stand on its pages: a rectangle a line, in points from the top left
        corner (pixels for pictures). Empty where the format has no pages. Raises NotFound."""
        with self.store.connect() as connection:
            stored = records.layer(connection, records.document_of(connection, identity))
            return boxes.rects_of(connection, stored.id, start, end) if stored else ()

    def text(self, identity: str) -> str:
        """Its text. Raises NotFound."""
        with self.store.connect() as connection:
            return records.text(connection, identity)["text"]

    def kinds(self) -> dict[str, int]:
        """How many documents there are of each kind."""
        with self.store.connect() as connection:
            return records.kinds(connection)


@dataclass(frozen=True, slots=True)
class NamesDesk:
    """Who and what is named."""

    store: CaseStore

    def list(self) -> Iterator[Plain]:
        """The entities, as `leakdesk names --json` prints them."""
        from leakdesk.work.resolving import entities

        with self.store.connect() as connection:
            yield from entities(connection)

    def roles(self) -> dict[str, str]:
        """Entity -> role."""
        with self.store.connect() as connection:
            return {identity: row.role for identity, row in decided.roles_of(connection).items()}

    def set_role(self, entity: str, role: str, reason: str = "") -> None:
        """Settle a role. Raises NotFound, RoleUnusable."""
        from leakdesk.work.publishing import set_role

        set_role(self.store, entity, role, reason)
