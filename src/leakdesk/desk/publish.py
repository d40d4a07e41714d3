"""The desk of what leaves the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakdesk.store.case import CaseStore

if TYPE_CHECKING:
    from leakdesk.publish.exposure import Exposure

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishDesk:
    """What leaves the house."""

    store: CaseStore

    def exposure(self, findings: Sequence[str] = ()) -> Exposure:
        """How many could have held what these findings publish (all accepted ones, if none are named)."""
        from leakdesk.work.publishing import chosen_findings, expose_findings

        with self.store.connect() as connection:
            return expose_findings(connection, chosen_findings(connection, findings))

    def pack(self, out: str | Path, findings: Sequence[str] = (), **options: Any) -> Any:
        """Build and write a pack; see `work.publishing.Options`."""
        from leakdesk.work.publishing import Options, pack

        return pack(self.store, findings, Path(out), Options(**options))
