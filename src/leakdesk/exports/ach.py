"""A matrix for the analysis of competing hypotheses: findings side by side, and what each piece of evidence is to them.

A row is a passage that somebody kept, a column a finding. A cell says C (consistent), I (inconsistent), N (neither), or
nothing where nobody has held the two together. The last row counts what speaks against each finding; nothing is added up to a
score: which of several findings stands is a person's judgement, and the one with the least against it is not yet true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leakdesk.exports.seen import INTERNAL, View
from leakdesk.exports.tables import table

#: What a passage's stance is in the matrix; a finding's own quotation is its claim and no evidence.
CELLS: Mapping[str, str] = {"supports": "C", "refutes": "I", "not_enough_info": "N"}
FILE = "matrix.csv"


def export(view: View) -> Iterator[tuple[str, bytes]]:
    """matrix.csv: evidence below, findings across."""
    findings = list(view.findings)
    evidence: dict[tuple[object, object], dict[int, str]] = {}
    for number, finding in enumerate(findings):
        for document, quote, stance in finding.quotes:
            if stance in CELLS:
                evidence.setdefault((document, quote), {})[number] = CELLS[stance]
    rows = [
        [document, quote, *(cells.get(number, "") for number in range(len(findings)))]
        for (document, quote), cells in evidence.items()
    ]
    against = [sum(cells.get(n) == "I" for cells in evidence.values()) for n in range(len(findings))]
    head = ["document", "passage", *(f"{each.id}: {each.sentence}" for each in findings)]
    label = INTERNAL if view.internal else ""
    prefix = f"{INTERNAL}-" if view.internal else ""
    yield f"{prefix}{FILE}", table(head, [*rows, ["", "speaks against it", *against]], label)
