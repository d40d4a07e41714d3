"""A difference between two reports, put as the question a reporter would ask."""

from __future__ import annotations

from collections.abc import Mapping

from leakdesk.claims.slots import SlotTable
from leakdesk.claims.views import ClaimView, Side
from leakdesk.model.comparison import Relation

#: Slot -> question, most telling slot first. {a} and {b} are the two wordings, {what} the event in A's words.
QUESTIONS: Mapping[str, str] = {
    "polarity": "Is it so or not: “{what}”?",
    "quantity": "How much: {a} or {b}?",
    "time": "When: {a} or {b}?",
    "place": "Where: {a} or {b}?",
    "subject": "Who: {a} or {b}?",
    "object": "What or whom: {a} or {b}?",
    "to": "To whom: {a} or {b}?",
    "from": "From whom: {a} or {b}?",
    "with": "With whom: {a} or {b}?",
    "for": "For what: {a} or {b}?",
    "by": "By whom: {a} or {b}?",
    "manner": "How was it done: “{what}”?",
    "modality": "Done, planned or only possible: “{what}”?",
}
#: What is said where a text leaves the slot open.
NOTHING = "(not said)"


def question(relation: Relation, table: SlotTable, a: ClaimView, b: ClaimView) -> str | None:
    """The question that the most telling difference raises; None where the two tell the same."""
    if table.swapped:
        return f"Who did it to whom: “{a.claim.quote.exact}” or “{b.claim.quote.exact}”?"
    asked = ("disjoint",) if relation in ("conflicting", "updated") else ("missing", "narrower", "broader")
    for slot, wording in QUESTIONS.items():
        if table.slots.get(slot) in asked:
            return wording.format(a=_said(a, slot), b=_said(b, slot), what=a.claim.quote.exact)
    return None


def _said(claim: ClaimView, slot: str) -> str:
    if slot == "quantity":
        words = " and ".join(quantity.text for quantity in claim.quantities)
    elif slot == "time":
        words = claim.claim.time.text if claim.claim.time else ""
    else:
        side = _side(claim, slot)
        words = side.text if side else ""
    return f"“{words}”" if words else NOTHING


def _side(claim: ClaimView, slot: str) -> Side | None:
    fixed = {"subject": claim.subject, "object": claim.object, "place": claim.place}
    return fixed[slot] if slot in fixed else claim.others.get(slot)
