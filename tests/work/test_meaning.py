"""Search by meaning in a case: prepared, asked, narrowed, labelled; with a stand-in for the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.cli.app import run
from leakdesk.desk import Desk
from leakdesk.errors import UsageError
from leakdesk.search.meaning import RULE
from leakdesk.store.case import CaseStore
from leakdesk.work.meaning import prepare
from tests.search.test_meaning import Letters
from tests.work.parcels import add_to, letter, mbox, new_case

TEXTS = (
    "zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz",
    "qqqq qqqq qqqq qqqq qqqq qqqq qqqq kiln qqqq",
    "The kiln stands in the yard, ask Kalosha about it.",
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    box = tmp_path / "box.mbox"
    box.write_bytes(mbox([letter(n, text=text) for n, text in enumerate(TEXTS)]))
    made = new_case(tmp_path / "case")
    add_to(made, box)
    return made


def prepared(case: Path) -> dict[str, object]:
    with CaseStore.open(case, write=True) as store:
        return prepare(store, model=Letters())


def test_a_case_is_prepared_once_and_goes_on_where_it_stopped(case: Path) -> None:
    assert prepared(case)["documents"] == len(TEXTS)
    assert prepared(case)["documents"] == 0


def test_hits_say_that_they_are_near_and_where(case: Path) -> None:
    prepared(case)
    with Desk.open(case) as desk:
        found = desk.by_meaning("zz zzz zzzzz", model=Letters())
        first = found.hits[0]
        place = first.matches[-1]
        assert (place.rule, place.text) == (RULE, desk.documents.text(first.document)[place.start : place.end])
        assert "zzzz" in first.snippet
        assert first.snippet == place.text
        assert any("Read each hit" in note for note in found.notes)


def test_words_and_meaning_are_fused_and_fields_narrow_both(case: Path) -> None:
    prepared(case)
    with Desk.open(case) as desk:
        everything = desk.by_meaning("kiln Kalosha", model=Letters())
        assert "Kalosha" in everything.hits[0].snippet
        assert any(match.rule == "exact" for match in everything.hits[0].matches)
        narrowed = desk.by_meaning("kiln Kalosha subject:1", model=Letters())
        assert [hit.title for hit in narrowed] == ["Delivery 1"]
        assert desk.by_meaning("kiln", filters={"lang": "uk"}, model=Letters()).total == 0


def test_paging_is_stable(case: Path) -> None:
    prepared(case)
    with Desk.open(case) as desk:
        whole = [hit.document for hit in desk.by_meaning("kiln zzzz", model=Letters())]
        pages = [
            hit.document for at in range(3) for hit in desk.by_meaning("kiln zzzz", limit=1, offset=at, model=Letters())
        ]
    assert pages == whole


def test_what_was_added_since_is_told(case: Path, tmp_path: Path) -> None:
    prepared(case)
    more = tmp_path / "more.mbox"
    more.write_bytes(mbox([letter(9, text="Another kiln arrives in the spring, they say.")]))
    add_to(case, more)
    with Desk.open(case) as desk:
        assert any("1 documents are not prepared" in note for note in desk.by_meaning("kiln", model=Letters()).notes)


def test_a_question_is_plain_words_and_the_case_must_be_prepared(case: Path) -> None:
    with Desk.open(case) as desk:
        with pytest.raises(UsageError, match="leakdesk meaning CASE"):
            desk.by_meaning("kiln", model=Letters())
        for query in ('"a phrase here"', "kiln OR yard", "lang:ru", ""):
            with pytest.raises(UsageError):
                desk.by_meaning(query, model=Letters())


def test_the_command_line_refuses_what_a_ranking_cannot_give(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(case), "kiln", "--meaning", "--facets", "sender"]) == 2
    assert "--meaning gives one ranked page" in capsys.readouterr().err
