"""Auditor mode: with the sealed archive at hand, everything in a pack is computed again and compared.

`verifier` shows a stranger that the shown words belong to the commitment. An auditor who may see the case checks the rest:
that the commitment was made over the texts as they lie in the case, and what stands behind each mask. The steps have
letters, so that nobody takes them for the stranger's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leakdesk.publish.disclosure import opened
from leakdesk.publish.inputs import CaseSeal, PackDocument
from leakdesk.publish.seal import SealedTree, case_tree, commitment_salt
from leakdesk.publish.verifier import verify_files


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditStep:
    """One step of the audit."""

    letter: str
    name: str
    ok: bool
    detail: str


def audit(files: Mapping[str, bytes], documents: Iterable[PackDocument], case: CaseSeal) -> tuple[AuditStep, ...]:
    """Compare a pack with the case it came from. `documents`: those that may be in it; more do no harm. `case`: its seal as
    it was when the pack was made (commitments of documents sealed later must be left out)."""
    answer = verify_files(dict(files))
    steps = [AuditStep(letter="A", name="verifies by itself", ok=answer["ok"], detail=_first_failure(answer))]
    if not answer["ok"]:
        return tuple(steps)
    root = json.loads(files["root.json"])
    tree = case_tree(case.commitments, case.key)
    same = tree.root.hex() == root["case_root"]
    steps.append(
        AuditStep(letter="B", name="case root", ok=same, detail="" if same else "another set of sealed documents")
    )
    known = {each.sealed.commitment: each for each in documents}
    records = [json.loads(data) for name, data in sorted(files.items()) if name.startswith("documents/")]
    for record in sorted(records, key=lambda each: each["number"]):
        steps.append(_document(record, known))
    return tuple(steps)


def _document(record: Mapping[str, Any], known: Mapping[bytes, PackDocument]) -> AuditStep:
    name = f"document {record['number']}"
    for document in known.values():
        if commitment_salt(document.key).hex() != record["salt"]:
            continue
        tree = SealedTree(document.layer.text, document.header(), document.attachments, document.key)
        if tree.sealed != document.sealed:
            return AuditStep(
                letter="C", name=name, ok=False, detail=f"the text of {document.document} is not what was sealed"
            )
        same = opened(tree, _shown(record["leaves"])) == record["leaves"]
        detail = f"is {document.document}" if same else f"opens other leaves than {document.document} has"
        return AuditStep(letter="C", name=name, ok=same, detail=detail)
    return AuditStep(letter="C", name=name, ok=False, detail="is no document of this case")


def _shown(leaves: Iterable[list[Any]]) -> set[int]:
    at, shown = 0, set[int]()
    for leaf in leaves:
        if leaf[0] == "hide":
            at += 1 << leaf[1]
        else:
            shown.add(at)
            at += 1
    return shown


def _first_failure(answer: Mapping[str, Any]) -> str:
    return next((f"step {step['number']}: {step['detail']}" for step in answer["steps"] if not step["ok"]), "")
