"""The lineage of a case as `leakdesk lineage` prints it: over all reports, behind one report, or behind one claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leakdesk.errors import NotFound
from leakdesk.lineage.corroborate import corroborate
from leakdesk.lineage.reach import Reach, loops
from leakdesk.model.derivation import Withdrawn
from leakdesk.model.plain import to_plain
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.work import report_names
from leakdesk.work.reports import Told, told


def lineage_json(store: CaseStore, what: str | None = None) -> dict[str, Any]:
    """The contract's lineage, plus its loops. `what`: a document or claim of a report. Raises NotFound."""
    known = told(store)
    derived, chosen = known.derived, known.reports
    keys = list(derived.rests_on)
    if what is not None:
        with store.connect() as connection:
            document = _document(connection, what)
        keys = [key for key in keys if what == key[1] or document == key[0]]
        if not keys:
            raise NotFound(f"{what} in a report", try_="List reports with: leakdesk list CASE --kind report")
    count = corroborate(derived, keys)
    edges = (
        Reach.over(derived.lineage.edges, possible=True).edges({n for key in keys for n in derived.rests_on[key]})
        if what
        else derived.lineage.edges
    )
    titles = {f"report:{own}": name for own, name in report_names.names(chosen).items()}
    outlets = {f"report:{one.document}": {"outlet": one.source.outlet} for one in chosen if one.source.outlet}
    kept = {node for edge in edges for node in (edge.source, edge.target)} | {f"report:{key[0]}" for key in keys}
    nodes = [
        to_plain(node) | {"name": titles.get(node.id, node.name)} | outlets.get(node.id, {})
        for node in derived.lineage.nodes
        if node.id in kept
    ]
    return {
        "nodes": nodes,
        "edges": to_plain(edges),
        "roots": [*count.roots, *count.unknown],
        "independent_sources": count.at_least,
        "at_least": count.at_least,
        "at_most": count.at_most,
        "reasons": list(count.reasons),
        "loops": to_plain(loops(edges)),
        "withdrawn": to_plain(_withdrawn(known, keys) if what else known.together.withdrawn()),
    }


def _document(connection: Any, what: str) -> str | None:
    try:
        return records.document_of(connection, what)
    except NotFound:
        return None


def _withdrawn(known: Told, keys: Sequence[tuple[str, str]]) -> list[Withdrawn]:
    """What concerns some claims: they were taken back, or they repeat one that was."""
    asked = frozenset(keys)
    return [
        one
        for one in known.together.withdrawn()
        if {(one.document, one.claim), *((each.document, each.claim) for each in one.repeated)} & asked
    ]
