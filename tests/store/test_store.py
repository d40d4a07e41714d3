"""The case store: creating and opening, originals, rows with hashes, the custody chain."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from leakdesk.errors import CaseMissing, CaseReadOnly, CaseTooNew, CheckFailed, NotFound, UsageError
from leakdesk.model.ids import sha256_hex
from leakdesk.store import CaseStore, custody, originals, scrub
from leakdesk.store.originals import MBOX, SMALL, unquote_from
from leakdesk.store.tables import notes


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    with CaseStore.create(tmp_path / "case") as made:
        yield made


def test_only_a_case_can_be_opened_and_only_nothing_can_become_one(tmp_path: Path) -> None:
    with pytest.raises(CaseMissing):
        CaseStore.open(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        CaseStore.create(tmp_path)
    CaseStore.create(tmp_path / "case").close()
    with pytest.raises(UsageError, match="a case already"):
        CaseStore.create(tmp_path / "case")


def test_a_case_of_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    store = CaseStore.create(tmp_path / "case")
    store.close()
    path = tmp_path / "case" / "leakdesk.json"
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(store.config, format=99)))
    before = (tmp_path / "case" / "case.db").read_bytes()
    with pytest.raises(CaseTooNew, match="format 99"):
        CaseStore.open(tmp_path / "case", write=True)
    assert (tmp_path / "case" / "case.db").read_bytes() == before


def test_a_damaged_description_is_said_to_be_damaged(tmp_path: Path) -> None:
    CaseStore.create(tmp_path / "case").close()
    (tmp_path / "case" / "leakdesk.json").write_text("{")
    with pytest.raises(CheckFailed, match="damaged"):
        CaseStore.open(tmp_path / "case")


@pytest.mark.parametrize("size", [0, 1, 1000, SMALL, SMALL + 1, 3 * SMALL])
def test_what_is_sealed_comes_back(store: CaseStore, size: int) -> None:
    data = os.urandom(size)
    with store.writing():
        sha256 = store.originals.add(data)
        assert store.originals.add(data) == sha256
    assert sha256 == sha256_hex(data)
    assert store.originals.read(sha256) == data
    assert b"".join(store.originals.pieces(sha256)) == data
    assert store.originals.size(sha256) == size


def test_a_range_of_a_container_is_an_original_with_its_quoting_undone(store: CaseStore) -> None:
    box = b"From a\nSubject: x\n\n>From here\n>>From there\n\n"
    inner = box[7:-1]
    wanted = unquote_from(inner)
    assert wanted == b"Subject: x\n\nFrom here\n>From there\n"
    with store.writing():
        container = store.originals.add(box)
        store.originals.add_range(sha256_hex(wanted), len(wanted), container, 7, len(inner), undo=MBOX)
    assert store.originals.read(sha256_hex(wanted)) == wanted


def test_quoting_is_undone_across_pieces(store: CaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "_PIECE", 7)
    box = b"a\n>From b\nlonger line\n>>From c\n" * 5
    wanted = unquote_from(box)
    with store.writing():
        container = store.originals.add(b"x" + box)
        store.originals.add_range(sha256_hex(wanted), len(wanted), container, 1, len(box), undo=MBOX)
    assert b"".join(store.originals.pieces(sha256_hex(wanted))) == wanted


def test_a_failed_transaction_leaves_no_bytes_behind(store: CaseStore) -> None:
    with store.writing():
        store.originals.add(b"first")
    with pytest.raises(RuntimeError), store.writing():
        store.originals.add(b"second" * 100)
        raise RuntimeError
    [segment] = store.layout.segments.glob("*.seg")
    assert segment.read_bytes() == b"first"
    with store.writing():
        third = store.originals.add(b"third")
    assert store.originals.read(third) == b"third"
    assert segment.read_bytes() == b"firstthird"


def test_unacknowledged_bytes_are_kept_noted_and_never_written_over(tmp_path: Path) -> None:
    with CaseStore.create(tmp_path / "case") as store, store.writing():
        store.originals.add(b"first")
    segment = tmp_path / "case" / "originals" / "segments" / "000001.seg"
    with segment.open("ab") as file:
        file.write(b"cut off by a power failure")
    (tmp_path / "case" / "originals" / "arriving" / "x").write_bytes(b"half")
    with CaseStore.open(tmp_path / "case", write=True) as store:
        with store.writing():
            second = store.originals.add(b"second")
        assert store.originals.place(second).path.name == "000002.seg"
        assert segment.read_bytes() == b"firstcut off by a power failure"
        assert not list(store.layout.arriving.iterdir())
        with store.connect() as connection:
            assert list(scrub.folders(store, connection)) == []


def test_nothing_is_acknowledged_before_its_bytes_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R3: at the moment of each commit, every byte that the committed rows speak of has been through fsync."""
    from sqlalchemy import event, select

    from leakdesk.store.tables import originals as table

    synced: dict[str, int] = {}
    real_fsync, real_rename = os.fsync, Path.rename

    def fsync(handle: int) -> None:
        real_fsync(handle)
        synced[str(Path(f"/proc/self/fd/{handle}").readlink())] = os.fstat(handle).st_size

    def rename(path: Path, target: Path) -> Path:
        synced[str(target)] = synced.get(str(path), 0)
        return real_rename(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    checked = 0
    with CaseStore.create((tmp_path / "case").resolve()) as store:

        @event.listens_for(store.engine, "commit")
        def _committing(connection: object) -> None:
            nonlocal checked
            for row in connection.execute(select(table)).mappings():  # type: ignore[attr-defined]
                path = (
                    store.layout.file_of(row["sha256"])
                    if row["store"] == "file"
                    else store.layout.segment(int(row["place"]))
                )
                assert synced.get(str(path), 0) >= row["start"] + row["length"], row["sha256"]
                checked += 1

        for number in range(4):
            with store.writing():
                store.originals.add(f"small {number}".encode())
                store.originals.add(os.urandom(SMALL + number + 1))
    assert checked == 2 + 4 + 6 + 8


def test_a_changed_row_is_found_however_it_was_changed(store: CaseStore) -> None:
    row = {
        "document": "d1",
        "kind": "note",
        "value": "v",
        "anchor": None,
        "actor": "editor",
        "day": "2024-01-01",
        "withdrawn": 0,
    }
    with store.writing() as writer:
        writer.insert(notes, [dict(row), dict(row)])
        writer.update(notes, {"number": 1}, value="w")
        writer.delete(notes, {"number": 2})
    with store.connect() as connection:
        assert list(scrub.rows(connection)) == []
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE notes SET value = 'forged'")
    with store.connect() as connection:
        assert [fault.object for fault in scrub.rows(connection)] == ["notes d1"]


def test_the_custody_chain_breaks_where_a_line_was_changed(store: CaseStore) -> None:
    with store.writing([custody.Entry(verb="viewed", object_id=f"d{n}") for n in range(5)]):
        pass
    store.mark()
    with store.connect() as connection:
        assert custody.first_broken(connection, store.marked_head) is None
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE custody SET note = 'x' WHERE number = 3")
    with store.connect() as connection:
        assert "line 4" in (custody.first_broken(connection, store.marked_head) or "")


def test_an_unknown_original_is_not_found(store: CaseStore) -> None:
    with pytest.raises(NotFound):
        store.originals.read("0" * 64)


# --- a case on a medium that can only be read ------------------------------------------------------------------------------


def _read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a write-protected stick answers, for whoever asks (root may write everywhere else)."""
    really = os.open

    def refusing(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return really(path, flags, mode)

    monkeypatch.setattr("leakdesk.store.case.os.open", refusing)


def test_a_case_on_a_protected_medium_says_so_and_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CaseStore.create(tmp_path / "case").close()
    _read_only(monkeypatch)
    with pytest.raises(CaseReadOnly, match=r"case\. Copy it to a disk"):
        CaseStore.open(tmp_path / "case", write=True)
    with CaseStore.open(tmp_path / "case") as store:
        assert not store.writable


def test_a_case_where_nobody_may_write_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(path: Path) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr("leakdesk.store.case.make_folder", refusing)
    with pytest.raises(UsageError, match="case cannot be made there"):
        CaseStore.create(tmp_path / "case")
