"""Auditor mode: with the case at hand, a pack is computed again."""

from __future__ import annotations

from dataclasses import replace

from leakdesk.model.document import TextLayer
from leakdesk.publish.audit import audit
from leakdesk.publish.pack import build
from tests.publish.house import LETTER, document, good_pack, letter, pack_input


def test_a_pack_agrees_with_its_case() -> None:
    given = pack_input()
    steps = audit(good_pack().files, [document("another text"), *given.documents.values()], given.case)
    assert [(step.letter, step.ok) for step in steps] == [("A", True), ("B", True), ("C", True)]
    assert steps[-1].detail == f"is {letter().document}"


def test_a_changed_text_a_missing_document_and_another_case_are_told_apart() -> None:
    given = pack_input()
    changed = replace(letter(), layer=TextLayer(text=LETTER.replace("Gomel", "Brest"), extractor="test"))
    steps = audit(good_pack().files, [changed], given.case)
    assert steps[-1].detail == f"the text of {letter().document} is not what was sealed"
    assert audit(good_pack().files, [], given.case)[-1].detail == "is no document of this case"
    fewer = replace(given.case, commitments=given.case.commitments[:5])
    assert audit(good_pack().files, [letter()], fewer)[1].detail == "another set of sealed documents"


def test_a_pack_that_does_not_verify_is_not_audited() -> None:
    files = {**build(pack_input()).files, "index.html": b""}
    (step,) = audit(files, [letter()], pack_input().case)
    assert (step.ok, step.detail) == (False, "step 3: index.html was changed")
