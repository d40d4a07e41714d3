"""Findings in a case: drafted from a claim with its support in the letters, then a person's, step by step.

Every step is one transaction with its line in the custody log.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from leakdesk.claims import review
from leakdesk.claims.check import check_claims
from leakdesk.errors import NotFound
from leakdesk.model.anchor import Anchor, anchor_at
from leakdesk.model.claim import Claim, Finding, Stance, Support
from leakdesk.model.comparison import CheckedClaim, ClaimVerdict
from leakdesk.search.searcher import Searcher
from leakdesk.store import decided, found, records
from leakdesk.store.case import REPORTS, CaseStore
from leakdesk.store.custody import Entry
from leakdesk.store.tables import documents
from leakdesk.work.checking import CaseLetters
from leakdesk.work.meaning_model import installed
from leakdesk.work.reports import corroboration

#: What a verdict about a claim makes of its passages.
STANCES: Mapping[ClaimVerdict, Stance] = {
    "supports": "supports",
    "partly": "supports",
    "contradicts": "refutes",
    "silent": "not_enough_info",
    "not_checkable": "not_enough_info",
}
#: Passages that a drafted finding takes over; a person may add or drop some.
TAKEN = 3
EDITOR = "editor"


def draft(store: CaseStore, document: str, claim_id: str, checked: CheckedClaim | None) -> Finding:
    """Draft a finding from a claim of a document, with the passages of its check as support. Drafting twice changes
    nothing. Raises NotFound."""
    with store.connect() as connection:
        claim = _claim(connection, document, claim_id)
        finding = review.draft(claim, document, [_quote(connection, document, claim)], _support(connection, checked))
        known = decided.finding(connection, finding.id)
    if known is not None:
        return known
    with store.writing([_drafted(finding)]) as writer:
        decided.put_finding(writer, finding)
    store.mark()
    return finding


def _claim(connection: Connection, document: str, claim_id: str) -> Claim:
    for claim in found.claims_of(connection, document):
        if claim.id == claim_id:
            return claim
    raise NotFound(f"claim {claim_id} in {document}", try_="List claims with: leakdesk claims CASE --document DOC")


def _quote(connection: Connection, document: str, claim: Claim) -> Anchor:
    layer = records.layer(connection, document)
    if layer is None:
        raise NotFound(document)
    start, end = claim.quote.start, claim.quote.end
    return anchor_at(layer.layer.text, start, end, document=document, text_sha256=layer.layer.sha256)


def _support(connection: Connection, checked: CheckedClaim | None) -> list[Support]:
    if checked is None or checked.verdict not in ("supports", "partly", "contradicts"):
        return []
    stance = STANCES[checked.verdict]
    supports: list[Support] = []
    for passage in [each for each in checked.passages if each.tells][:TAKEN]:
        layer = records.layer(connection, passage.document)
        if layer is None:
            continue
        anchor = anchor_at(
            layer.layer.text, passage.start, passage.end, document=passage.document, text_sha256=layer.layer.sha256
        )
        supports.append(Support(anchor=anchor, stance=stance))
    return supports


def step(store: CaseStore, identity: str, verb: review.Verb, **written: object) -> Finding:
    """One step of a person: edit, accept, reject or grade. Raises NotFound, StepRefused."""
    with store.connect() as connection:
        finding = decided.finding(connection, identity)
    if finding is None:
        raise NotFound(f"finding {identity}", try_="List findings with: leakdesk finding CASE list")
    sentence = written.get("sentence")
    if isinstance(sentence, str) and not any(map(str.isalnum, sentence)):
        raise review.StepRefused(
            f"{identity} would stand without a sentence",
            try_="Say the finding in words; to take it back, reject it: leakdesk finding CASE reject ID",
        )
    taken = review.step(finding, verb, independent=independent(store, finding) if verb == "grade" else None, **written)
    entry = Entry(
        verb=taken.logged,  # type: ignore[arg-type]
        object_id=finding.id,
        hash_in=taken.hash_in,
        hash_out=taken.hash_out,
        note=", ".join(taken.changed),
        actor=EDITOR,
    )
    with store.writing([entry]) as writer:
        decided.put_finding(writer, taken.finding)
    store.mark()
    return taken.finding


def independent(store: CaseStore, finding: Finding) -> int:
    """Independent sources behind a finding; one whose claim stands in the leak itself rests on the leak, which is one."""
    count = corroboration(store, finding.document, finding.claim)
    return count.at_least if count else 1


def _drafted(finding: Finding) -> Entry:
    return Entry(verb="judged", object_id=finding.id, hash_out=review.digest(finding), note="drafted")


def draft_checked(store: CaseStore, searcher: Searcher, document: str, claim_id: str) -> Finding:
    """Draft a finding; a report's claim is checked against the letters first, and brings its passages along."""
    with store.connect() as connection:
        own = records.document_of(connection, document)
        dataset = connection.execute(select(documents.c.dataset).where(documents.c.id == own)).scalar()
        reading = found.reading_of(connection, own)
        _claim(connection, own, claim_id)  # what is not there needs no check
    if dataset != REPORTS or reading is None:
        return draft(store, own, claim_id, None)
    with store.connect() as connection:
        letters = CaseLetters(connection=connection, searcher=searcher)
        # As the check of the report says it, not as the claim by itself would be judged.
        checked = check_claims(reading, letters, only=claim_id, wording=installed())
    return draft(store, own, claim_id, checked[0] if checked else None)
