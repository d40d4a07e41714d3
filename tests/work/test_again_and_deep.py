"""Reading again, and reading deeply as resumable jobs."""

from __future__ import annotations

import dataclasses
import errno
import sqlite3
import time
from importlib import import_module
from pathlib import Path

import pytest

from leakdesk.desk import Desk
from leakdesk.documents.readers import READERS
from leakdesk.errors import DiskFull
from leakdesk.intake import sandbox
from leakdesk.store import CaseStore, jobs, records
from leakdesk.store.rows import Writer
from leakdesk.store.tables import notes, readings, text_layers
from leakdesk.work.again import outdated, rebuild, reread, retry
from leakdesk.work.deep import not_read_deeply, read_deeply
from leakdesk.work.pipeline import Options
from leakdesk.work.steps import MissingPart, Step
from tests.work.parcels import add_to, dump_of, items_of, ledger_of, letter, mbox, new_case, parcel

CHOSEN = Options(deep=False, jobs=1)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    case = new_case(tmp_path / "case")
    add_to(case, parcel(tmp_path))
    return case


def _without_parsing(dump: str) -> list[str]:
    return [line for line in dump.splitlines() if '"verb": "parsed"' not in line]


def test_reading_everything_again_changes_nothing_but_the_log(filled: Path) -> None:
    before = dump_of(filled)
    with CaseStore.open(filled) as store, store.connect() as connection:
        lines = list(records.documents(connection))
    # A container of each kind, a letter with a letter inside, and a plain file.
    ids = [line["id"] for line in lines if line["kind"] == "container" or len(line["attachments"]) == 1][:5]
    for own in [*ids, lines[-1]["id"]]:
        with CaseStore.open(filled, write=True) as store:
            reread(store, own, CHOSEN)
    assert ledger_of(filled)["equation_holds"]
    assert _without_parsing(dump_of(filled)) == _without_parsing(before)


def test_a_newer_reader_makes_a_new_layer_beside_the_old(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with CaseStore.open(filled, write=True) as store:
        with store.connect() as connection:
            one = next(line for line in records.documents(connection, kind="message"))
            old = records.layer(connection, one["id"])
        assert old is not None
        with store.writing() as writer:
            # As an older reader would have left it.
            writer.update(text_layers, {"id": old.id}, extractor="leakdesk-mail 0", id="told")
            from leakdesk.store.tables import documents

            writer.update(documents, {"id": one["id"]}, layer="told", reader="leakdesk-mail 0")
        summary = reread(store, None, CHOSEN)
        assert summary["tried"] == 1
        with store.connect() as connection:
            assert {layer.id for layer in records.layers(connection, one["id"])} == {"told", old.id}
            current = records.layer(connection, one["id"])
            assert current is not None
            assert current.id == old.id


@pytest.mark.parametrize("name", sorted({reader.name for reader in READERS.values()}))
def test_what_an_older_version_read_is_offered_again_and_nothing_else(name: str) -> None:
    kind, reader = next((kind, reader) for kind, reader in READERS.items() if reader.name == name)
    title, _, number = name.rpartition(" ")
    assert not outdated(kind, name)
    assert outdated(kind, f"{title} {int(number) - 1}")
    # The version stands in the table, for rereading, and in the reader, on each text layer: they must be one.
    module = import_module(f"leakdesk.documents.{reader.path.partition(':')[0]}")
    assert getattr(module, "NAME", name) == name


def test_retry_touches_nothing_that_was_read(filled: Path) -> None:
    before = dump_of(filled)
    with CaseStore.open(filled, write=True) as store:
        assert retry(store, CHOSEN)["tried"] == 0
    assert dump_of(filled) == before


def test_rebuild_makes_the_index_anew(filled: Path) -> None:
    before = dump_of(filled)
    with CaseStore.open(filled, write=True) as store:
        assert rebuild(store)["documents"] == len({item["sha256"] for item in items_of(filled)})
    assert dump_of(filled) == before


@pytest.mark.parametrize(
    "fault", [OSError(errno.ENOSPC, "No space left on device"), sqlite3.OperationalError("database or disk is full")]
)
def test_a_rebuild_without_room_says_so_and_keeps_the_index_of_before(
    filled: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def full(*_: object, **__: object) -> None:
        raise fault

    def hits() -> int:
        with Desk.open(filled) as desk:
            return desk.search("lathe").total

    before = hits()
    assert before
    with monkeypatch.context() as patched, CaseStore.open(filled, write=True) as store:
        patched.setattr("leakdesk.search.index.Indexer.commit", full)
        with pytest.raises(DiskFull, match="The one of before is kept"):
            rebuild(store)
    assert (hits(), (filled / "index.new").exists()) == (before, False)
    with CaseStore.open(filled, write=True) as store:
        rebuild(store)
    assert (hits(), (filled / "index.old").exists()) == (before, False)


def test_threads_follow_headers(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    (tmp_path / "a.mbox").write_bytes(mbox([letter(1), letter(2, more="In-Reply-To: <m1@lathe.example>\n"), letter(3)]))
    add_to(case, tmp_path / "a.mbox")
    with CaseStore.open(case) as store, store.connect() as connection:
        threads = {line["title"]: line["thread"] for line in records.documents(connection, kind="message")}
    assert threads["Delivery 1"] == threads["Delivery 2"] != threads["Delivery 3"]


# --- deep steps; their functions stand in a module that parsing processes can import, so the pure ones of leakdesk serve ---

COUNT = Step(
    name="language",
    version="1",
    says="counting",
    think="leakdesk.work.deep_probe:count",
    write="tests.work.test_again_and_deep:write",
)


def write(writer: Writer, description: dict[str, object], result: dict[str, int]) -> None:
    """Write a step's result as a note, in place of an earlier one."""
    own = str(description["document"])
    writer.delete(notes, {"document": own, "kind": "probe"})
    row = {
        "document": own,
        "kind": "probe",
        "value": str(result["letters"]),
        "anchor": None,
        "actor": "t",
        "day": "d",
        "withdrawn": 0,
    }
    writer.insert(notes, [row])


def _deeply(case: Path, *steps: Step) -> int:
    with CaseStore.open(case, write=True) as store:
        return read_deeply(store, how=sandbox.tier(unsandboxed=False), jobs_at_once=1, steps=steps)


def test_a_step_runs_once_over_each_document_and_again_when_it_is_newer(filled: Path) -> None:
    first = _deeply(filled, COUNT)
    assert first > 10
    assert _deeply(filled, COUNT) == 0
    assert _deeply(filled, dataclasses.replace(COUNT, version="2")) == first
    with CaseStore.open(filled) as store, store.connect() as connection:
        assert records.count(connection, notes) == first
        assert {row["state"] for row in records.rows(connection, readings)} == {"done"}


def test_a_missing_part_is_a_visible_row_and_is_tried_again(filled: Path) -> None:
    lacking = Step(name="lacking", version="1", says="x", think="leakdesk.work.deep_probe:lacking")
    first = _deeply(filled, lacking)
    with CaseStore.open(filled) as store:
        assert not_read_deeply(store) == [
            {"step": "lacking", "reason": "needs a model that nobody has", "documents": first}
        ]
    assert _deeply(filled, lacking) == first


def test_a_failing_step_is_a_row_and_ends_nothing(filled: Path) -> None:
    failing = Step(name="failing", version="1", says="x", think="leakdesk.work.deep_probe:failing")
    assert _deeply(filled, failing, COUNT) > 20
    with CaseStore.open(filled) as store:
        [row] = not_read_deeply(store)
    assert row["reason"] == "the step failed (ValueError)"


def test_a_lease_that_ran_out_is_taken_by_another(filled: Path) -> None:
    now = time.time()
    with CaseStore.open(filled, write=True) as store:
        with store.writing() as writer:
            mine = jobs.claim(writer, "s", "1", owner="a", now=now, seconds=10, count=5)
        with store.writing() as writer:
            others = jobs.claim(writer, "s", "1", owner="b", now=now, seconds=10, count=1000)
        assert len(mine) == 5
        assert not set(mine) & set(others)
        with store.writing() as writer:
            assert jobs.claim(writer, "s", "1", owner="c", now=now + 11, seconds=10, count=5) != []


def test_missing_part_is_what_the_worker_knows() -> None:
    from leakdesk.work import deep_probe

    with pytest.raises(MissingPart, match="needs a model"):
        deep_probe.lacking({})
