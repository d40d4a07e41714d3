"""S4 in a case: what two readers see differently stands on the document; a store's other count stands beside ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from leakdesk.store import CaseStore, records
from leakdesk.store.tables import documents, readings
from leakdesk.work import second_views
from leakdesk.work.again import reread
from leakdesk.work.pipeline import Options
from tests.attacks.test_mail_shows_different_attachments_to_different_programs import AMBIGUOUS, CLEAN
from tests.shared import shared_path
from tests.work.parcels import add_to, documents_of, new_case

SHOWN = ("two file names", "parts after the closing delimiter", "foreign characters in base64")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    home = tmp_path / "in"
    home.mkdir()
    for name in SHOWN:
        (home / f"{name}.eml").write_bytes(AMBIGUOUS[name]())
    (home / "clean.eml").write_bytes(CLEAN["two bodies and a file"])
    made = new_case(tmp_path / "case")
    add_to(made, home)
    return made


def _look(case: Path) -> None:
    with CaseStore.open(case, write=True) as store:
        second_views.run(store, None)


def _flagged(case: Path) -> dict[str, list[str]]:
    return {
        line["locations"][0][-1].rpartition("/")[2]: [
            note["sentence"] for note in line.get("notes", ()) if note["rule"] == second_views.DISAGREE
        ]
        for line in documents_of(case)
        if line["kind"] == "message"
    }


def test_what_two_readers_see_differently_stands_on_the_document(case: Path) -> None:
    _look(case)
    found = _flagged(case)
    assert all(found[f"{name}.eml"] for name in SHOWN)
    assert found["clean.eml"] == []
    with CaseStore.open(case) as store, store.connect() as connection:
        looked = list(records.rows(connection, readings, step=second_views.VIEWS))
    assert len(looked) == 4
    assert {row["state"] for row in looked} == {"done"}


def test_looking_twice_notes_nothing_twice_and_what_is_read_anew_is_looked_at_again(case: Path) -> None:
    _look(case)
    before = _flagged(case)
    _look(case)
    assert _flagged(case) == before
    own = next(line["id"] for line in documents_of(case) if line["locations"][0][-1].endswith(f"{SHOWN[0]}.eml"))
    with CaseStore.open(case, write=True) as store:
        reread(store, own, Options(deep=False, jobs=1))
    assert not _flagged(case)[f"{SHOWN[0]}.eml"]
    _look(case)
    assert _flagged(case) == before


def test_stopped_in_the_middle_it_goes_on_where_it_was(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_views, "_BATCH", 1)
    note, calls = second_views._note_views, iter(range(10))

    def stopped(*given: object) -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt
        note(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(second_views, "_note_views", stopped)
        with pytest.raises(KeyboardInterrupt):
            _look(case)
    with CaseStore.open(case) as store, store.connect() as connection:
        assert len(list(records.rows(connection, readings, step=second_views.VIEWS))) == 2
    _look(case)
    assert sum(map(bool, _flagged(case).values())) == len(SHOWN)


def test_a_message_too_large_to_compare_says_so(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_views, "LARGEST", 1)
    _look(case)
    with CaseStore.open(case) as store, store.connect() as connection:
        reasons = {row["reason"] for row in records.rows(connection, readings, step=second_views.VIEWS)}
    assert reasons == {"not compared: larger than 0 MB"}


@pytest.mark.real
@pytest.mark.skipif(shutil.which("lspst") is None, reason="needs lspst (pst-utils)")
def test_the_other_count_of_a_store_is_shown_where_it_differs(tmp_path: Path) -> None:
    folder = Path(shared_path("real/mail/outlook/aspose"))
    case = new_case(tmp_path / "case")
    add_to(case, folder / "Outlook__Chunks__Test_part1.pst", folder / "Outlook__PersonalStorageFile1.pst")
    _look(case)
    with CaseStore.open(case) as store, store.connect() as connection:
        counted = {
            row.sha256: row.data
            for row in connection.execute(
                select(documents.c.sha256, readings.c.data)
                .join(readings, readings.c.document == documents.c.id)
                .where(readings.c.step == second_views.COUNTS)
            )
        }
    assert sorted(counted.values()) == ["59", "72"]
    notes = [
        note["sentence"]
        for line in documents_of(case)
        for note in line.get("notes", ())
        if "another" in note["sentence"]
    ]
    assert notes == ["another program lists 59 items in this store; 61 were found here"]
