"""The claims of a case as `leakdesk claims` prints them: with the case's entities, support and independent sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from leakdesk.lineage.corroborate import corroborate
from leakdesk.lineage.derive import Derived
from leakdesk.model.claim import Claim
from leakdesk.model.plain import to_plain
from leakdesk.store import decided, found, records
from leakdesk.store.case import CaseStore
from leakdesk.work.reports import lineage

Plain = dict[str, Any]


def claims(store: CaseStore, document: str | None = None) -> Iterator[Plain]:
    """Every claim, or one document's, in the contract's words plus `document`, `support`, `independent_sources`."""
    derived, _ = lineage(store)
    with store.connect() as connection:
        supports = _supports(connection)
        ids = [records.document_of(connection, document)] if document else found.documents_with_claims(connection)
        for each in ids:
            known = found.entity_of(connection, each)
            for claim in found.claims_of(connection, each):
                yield _plain(claim, each, known, supports, derived)


def _plain(
    claim: Claim,
    document: str,
    known: Mapping[str, str],
    supports: Mapping[tuple[str, str], list[Plain]],
    derived: Derived,
) -> Plain:
    plain = with_case_entities(to_plain(claim), known)
    count = corroborate(derived, [(document, claim.id)])
    # A claim that no report makes rests on its own document alone.
    sources = count.at_least if (document, claim.id) in derived.rests_on else 1
    return {
        "document": document,
        **plain,
        "support": supports.get((document, claim.id), []),
        "independent_sources": sources,
    }


def with_case_entities(plain: Plain, known: Mapping[str, str]) -> Plain:
    """A claim's JSON with the case's entity ids in place of the document's own; unknown ones become null."""
    for name in ("subject", "object"):
        if plain.get(name):
            plain[name]["entity"] = known.get(plain[name]["entity"])
    for other in plain.get("others", ()):
        other["entity"] = known.get(other["entity"])
    return plain


def _supports(connection: Connection) -> dict[tuple[str, str], list[Plain]]:
    """(document, claim) -> what findings hold for or against it."""
    table: dict[tuple[str, str], list[Plain]] = {}
    for finding in decided.findings_of(connection):
        table.setdefault((finding.document, finding.claim), []).extend(to_plain(each) for each in finding.support)
    return table
