"""What deep reading found comes back as the nouns it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution, Claim, Link, Predicate, Quantity, Quote, Reading, Slot, TimeSlot
from leakdesk.model.document import Role, Segment
from leakdesk.model.entity import Entity, Judgement, Mention
from leakdesk.model.ids import text_sha256
from leakdesk.store import decided, found
from leakdesk.store.case import CaseStore
from leakdesk.store.tables import documents, mentions, text_layers

TEXT = "The depot paid 240 florins, the auditors say."


def reading() -> Reading:
    claim = Claim(
        id="c1", quote=Quote(exact=TEXT[:26], prefix="", suffix=TEXT[26:], start=0, end=26),
        subject=Slot(text="The depot", start=0, end=9, entity="e1", head="depot"), predicate=Predicate(text="paid", lemma="pay", class_="pay"),
        object=Slot(text="240 florins", start=15, end=26), time=TimeSlot(text="", edtf="2029"), quantities=(Quantity(text="240 florins", value=240, unit="florin", role="of"),),
        attributions=("a1",), links=(Link(relation="cause", to="c1"),), sentence="The depot paid 240 florins.",
    )  # fmt: skip
    said = Attribution(id="a1", type="indirect", source=Span(start=28, end=40, text="the auditors"), cue=Span(start=41, end=44, text="say"),
                       content=Span(start=0, end=26, text=TEXT[:26]), resolved_source=None, hedged=False, parent=None, rule="r")  # fmt: skip
    mention = Mention(
        id="m1",
        start=4,
        end=9,
        text="depot",
        type="organization",
        normal="depot",
        rules=("r",),
        confidence="likely",
        entity="e1",
    )
    return Reading(
        text=TEXT, sha256=text_sha256(TEXT), languages=("en",), segments=(Segment(start=0, end=len(TEXT), role=Role.BODY, language="en"),),
        mentions=(mention,), entities=(Entity(id="e1", schema="Company", caption="depot", names=("depot",)),), references=(),
        attributions=(said,), claims=(claim,), notes=("read without a model",),
    )  # fmt: skip


@pytest.fixture()
def store(tmp_path: Path) -> CaseStore:
    made = CaseStore.create(tmp_path / "case")
    layer = {"id": "l1", "document": "d1", "sha256": text_sha256(TEXT), "extractor": "t 1", "text": TEXT, "pages": "[]",
             "segments": f'[[0,{len(TEXT)},"body","en"]]'}  # fmt: skip
    blank = dict.fromkeys(column.name for column in documents.columns if column.name not in ("seq", "row_sha256"))
    row = {**blank, "id": "d1", "sha256": "0" * 64, "size": 1, "dataset": "leak", "kind": "message", "schema": "Email", "media_type": "message/rfc822",
           "languages": "[]", "layer": "l1", "attachments": "[]", "state": "read", "stage": "", "reason": "", "limit_": "", "reader": "t", "notes": "[]"}  # fmt: skip
    with made.writing() as writer:
        writer.insert(text_layers, [layer])
        writer.insert(documents, [row])
        found.put_reading(writer, "d1", "l1", "1", reading())
    return made


def test_a_reading_comes_back_as_it_was(store: CaseStore) -> None:
    with store.connect() as connection:
        assert found.reading_of(connection, "d1") == reading()
        assert found.reading_of(connection, "d2") is None
        assert found.reading_states(connection) == {}


def test_reading_again_replaces_what_was_found(store: CaseStore) -> None:
    with store.writing() as writer:
        found.put_reading(writer, "d1", "l1", "2", reading())
    with store.connect() as connection:
        assert len(found.mentions_of(connection, "d1")) == 1
        assert len(found.claims_of(connection, "d1")) == 1


def test_a_local_entity_is_the_cases_by_its_mentions(store: CaseStore) -> None:
    with store.writing() as writer:
        writer.update(mentions, {"document": "d1", "id": "m1"}, entity="Q7")
    with store.connect() as connection:
        assert found.entity_of(connection, "d1") == {"e1": "Q7"}
        assert found.entity_of(connection, "nowhere") == {}


def test_a_withdrawn_judgement_stays_in_the_history(store: CaseStore) -> None:
    with store.writing() as writer:
        decided.add_judgement(writer, "m1", "m2", Judgement.NEGATIVE, actor="editor", day="2031-03-03")
        decided.withdraw_judgement(writer, 1)
    with store.connect() as connection:
        assert decided.judgements_of(connection) == []
        assert [row.withdrawn for row in decided.judgements_of(connection, withdrawn=True)] == [True]
