# ruff: noqa: S602, S608 - statements over our own tables, and the very line of docs/formats.md
"""R6, R7, R8: a flipped bit, a dropped row, a swapped file, a lost reading: `verify` and the ledger say so, and name it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from leakdesk.store import CaseStore
from leakdesk.work.again import rebuild
from leakdesk.work.ledgerbook import Ledgerbook
from leakdesk.work.verifying import verify_case
from tests.documents.parcels import pdf
from tests.work.parcels import add_to, dump_of, ledger_of, new_case, parcel, run


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    home = parcel(folder)
    (home / "large.bin").write_bytes(random.Random(1).randbytes(1_500_000))
    (home / "act.pdf").write_bytes(pdf(["An act of work", "Its second page"]))
    case = new_case(folder / "case")
    add_to(case, home)
    with sqlite3.connect(case / "case.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return case


def _copy(case: Path, to: Path) -> Path:
    shutil.copytree(case, to)
    return to


def _check(case: Path) -> dict[str, object]:
    with CaseStore.open(case) as store:
        return verify_case(store)


def test_a_clean_case_is_accepted(sealed: Path) -> None:
    found = _check(sealed)
    assert found["ok"], found


def _flip(path: Path, at: int) -> None:
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def _originals(case: Path) -> list[Path]:
    return sorted(path for path in (case / "originals").rglob("*") if path.is_file())


def _damage_file(case: Path, chance: random.Random) -> str:
    path = chance.choice(_originals(case))
    path.chmod(0o600)
    kind = chance.choice(["flip", "truncate", "delete", "extend", "add", "empty"])
    if kind == "flip":
        _flip(path, chance.randrange(path.stat().st_size))
    elif kind == "truncate":
        os.truncate(path, path.stat().st_size - 1 - chance.randrange(min(20, path.stat().st_size - 1)))
    elif kind == "delete":
        path.unlink()
    elif kind == "extend":
        path.write_bytes(path.read_bytes() + b"x")
    elif kind == "add":
        path.with_name("stranger" + path.suffix).write_bytes(b"x")
    else:
        path.write_bytes(b"")
    return f"{kind} {path.name}"


#: Work in progress and counters of the index say nothing about what was received.
_TABLES = (
    "items",
    "documents",
    "text_layers",
    "originals",
    "custody",
    "datasets",
    "tallies",
    "letters",
    "settings",
    "word_boxes",
)


def _damage_row(case: Path, chance: random.Random) -> str:
    database = sqlite3.connect(case / "case.db")
    try:
        table = chance.choice(
            [name for name in _TABLES if database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]]
        )
        rowids = [row[0] for row in database.execute(f"SELECT rowid FROM {table}")]
        rowid = chance.choice(rowids)
        kind = chance.choice(["change", "delete", "swap", "add"])
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        if kind == "delete":
            database.execute(f"DELETE FROM {table} WHERE rowid=?", (rowid,))
        elif kind == "change" or table in ("settings", "tallies") or len(rowids) < 2:
            kind = "change"
            column = chance.choice(columns[1:])
            old = database.execute(f'SELECT "{column}" FROM {table} WHERE rowid=?', (rowid,)).fetchone()[0]
            new = (
                old + 1
                if isinstance(old, int)
                else (bytes([old[0] ^ 1]) + old[1:])
                if isinstance(old, bytes)
                else f"{old or ''}x"
            )
            database.execute(f'UPDATE {table} SET "{column}"=? WHERE rowid=?', (new, rowid))
        elif kind == "swap":
            other = chance.choice([each for each in rowids if each != rowid])
            plain = [c for c in columns if c not in ("seq", "number", "id", "sha256", "document", "name", "row_sha256")]
            column = next(
                (c for c in chance.sample(plain, len(plain)) if _differ(database, table, c, rowid, other)), None
            )
            if column is None:
                database.execute(f"DELETE FROM {table} WHERE rowid=?", (rowid,))
            else:
                _swap(database, table, column, rowid, other)
        else:
            names = ", ".join(f'"{c}"' for c in columns)
            values = list(database.execute(f"SELECT {names} FROM {table} WHERE rowid=?", (rowid,)).fetchone())
            for number, name in enumerate(columns):
                if name in ("seq", "number"):
                    values[number] = 100_000
                elif name in ("id", "sha256", "document", "name") and values[number] is not None:
                    values[number] = f"{values[number]}0"
            database.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", values)
        database.commit()
    finally:
        database.close()
    return f"{kind} {table}"


def _differ(database: sqlite3.Connection, table: str, column: str, one: int, two: int) -> bool:
    rows = database.execute(f'SELECT "{column}" FROM {table} WHERE rowid IN (?, ?)', (one, two)).fetchall()
    return rows[0] != rows[1]


def _swap(database: sqlite3.Connection, table: str, column: str, one: int, two: int) -> None:
    a, b = (
        database.execute(f'SELECT "{column}" FROM {table} WHERE rowid=?', (each,)).fetchone()[0] for each in (one, two)
    )
    for each, value in ((one, b), (two, a)):
        database.execute(f'UPDATE {table} SET "{column}"=? WHERE rowid=?', (value, each))


def _unseen(
    sealed: Path, folder: Path, damage: Callable[[Path, random.Random], str], count: int, seed: int
) -> list[str]:
    unseen: list[str] = []
    for number in range(count):
        case = _copy(sealed, folder / str(number))
        done = damage(case, random.Random(seed + number))
        if _check(case)["ok"]:
            unseen.append(f"{seed + number}: {done}")
        shutil.rmtree(case)
    return unseen


def test_damage_to_originals_is_found(sealed: Path, tmp_path: Path) -> None:
    assert _unseen(sealed, tmp_path, _damage_file, 12, 100) == []


def test_damage_to_rows_is_found(sealed: Path, tmp_path: Path) -> None:
    assert _unseen(sealed, tmp_path, _damage_row, 25, 200) == []


@pytest.mark.slow
def test_damage_in_two_hundred_more_places_is_found(sealed: Path, tmp_path: Path) -> None:
    assert _unseen(sealed, tmp_path, _damage_file, 100, 1000) + _unseen(sealed, tmp_path, _damage_row, 100, 2000) == []


def test_the_command_names_the_object_and_exits_with_one(sealed: Path, tmp_path: Path) -> None:
    case = _copy(sealed, tmp_path / "case")
    [segment] = (case / "originals" / "segments").glob("*.seg")
    at = segment.read_bytes().index(b"The lathe number 5")
    _flip(segment, at)
    done = run("verify", case)
    assert done.returncode == 1
    assert "4. BAD every original has its hash" in done.stdout
    assert "parcel/one.eml" in done.stdout or "parcel/box.mbox" in done.stdout


def test_dependent_claims_are_named(sealed: Path, tmp_path: Path) -> None:
    from leakdesk.model.ids import document_id, sha256_hex
    from leakdesk.store.tables import claims
    from tests.work.parcels import letter

    case = _copy(sealed, tmp_path / "case")
    own = document_id(sha256_hex(letter(5)))
    row = {
        "document": own,
        "id": "c1",
        "layer": "t",
        "origin": "documents",
        "sentence": "s",
        "quote": "q",
        "start": 0,
        "end": 1,
        "data": "{}",
    }
    with CaseStore.open(case, write=True) as store, store.writing() as writer:
        writer.insert(claims, [row])
    [segment] = (case / "originals" / "segments").glob("*.seg")
    data = segment.read_bytes()
    for at in _all(data, b"The lathe number 5"):
        _flip(segment, at)
    faults = _check(case)["faults"]
    assert any(fault["object"] == own and "claim c1" in fault["sentence"] for fault in faults)  # type: ignore[index, union-attr, attr-defined]


def _all(data: bytes, mark: bytes) -> list[int]:
    places, at = [], data.find(mark)
    while at >= 0:
        places.append(at)
        at = data.find(mark, at + 1)
    return places


def test_a_rewritten_custody_log_is_found_by_the_mark_outside(sealed: Path, tmp_path: Path) -> None:
    case = _copy(sealed, tmp_path / "case")
    config = case / "leakdesk.json"
    with CaseStore.open(case) as store:
        head = store.config.custody_head
    config.write_text(config.read_text().replace(head, "f" * 64))
    assert not _check(case)["ok"]


def test_dd_and_sha256sum_are_enough_to_check_an_original(sealed: Path) -> None:
    [listing] = (sealed / "originals" / "segments").glob("*.idx")
    sha256, start, length = listing.read_text().splitlines()[3].split("\t")
    segment = listing.with_suffix(".seg")
    shown = subprocess.run(
        f"dd if={segment} iflag=skip_bytes,count_bytes skip={start} count={length} status=none | sha256sum",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split()[0] == sha256


def test_folders_files_and_originals_are_for_their_owner_only(sealed: Path) -> None:
    modes = {path: path.stat().st_mode & 0o777 for path in sealed.rglob("*")}
    assert sealed.stat().st_mode & 0o777 == 0o700
    for path, mode in modes.items():
        if path.is_dir():
            assert mode == 0o700, path
        elif path.parent.parent == sealed / "originals" / "files":
            assert mode == 0o400, path
        elif "index" not in path.parts:
            assert mode & 0o077 == 0, path


# --- nothing is lost silently -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lost",
    [
        ("parcel/box.mbox", "7"),
        ("parcel/deep.zip", "same.txt"),
        ("parcel/box.mbox", "2", "list.txt"),
        ("parcel/note.txt",),
    ],
)
def test_dropping_one_result_breaks_the_equation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: tuple[str, ...]
) -> None:
    home = parcel(tmp_path)
    case = new_case(tmp_path / "case")
    item = Ledgerbook.item

    def forgetful(self: Ledgerbook, sighting: object, *rest: object, **more: object) -> None:
        item(self, sighting, *rest, **more)  # type: ignore[arg-type]
        if sighting.location == lost:  # type: ignore[attr-defined]
            self._rows.items.pop()

    monkeypatch.setattr(Ledgerbook, "item", forgetful)
    add_to(case, home)
    ledger = ledger_of(case)
    assert not ledger["equation_holds"]
    totals = ledger["totals"]
    assert totals["found"] > totals["read"] + totals["partial"] + totals["failed"]
    assert not _check(case)["ok"]


def test_an_attachment_lost_on_its_way_breaks_the_equation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = parcel(tmp_path)
    case = new_case(tmp_path / "case")
    take = Ledgerbook.part

    def forgetful(self: Ledgerbook, parent: object, name: str, *rest: object) -> object:
        return None if name == "list~2.txt" else take(self, parent, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledgerbook, "part", forgetful)
    add_to(case, home / "box.mbox")
    ledger = ledger_of(case)
    assert not ledger["equation_holds"]
    [letter] = [box for box in ledger["containers"] if box["location"][-1] == "2"]
    assert (letter["found"], letter["read"]) == (2, 1)


def test_places_of_words_are_part_of_what_is_checked(sealed: Path, tmp_path: Path) -> None:
    case = _copy(sealed, tmp_path / "case")
    with sqlite3.connect(case / "case.db") as database:
        database.execute("UPDATE word_boxes SET data = zeroblob(length(data))")
    database.close()
    found = _check(case)
    assert not found["ok"]
    assert any("word_boxes" in fault["object"] for fault in found["faults"])  # type: ignore[index, attr-defined]


def test_a_copied_case_without_its_index_is_whole_after_rebuild(sealed: Path, tmp_path: Path) -> None:
    case = _copy(sealed, tmp_path / "moved" / "case")
    shutil.rmtree(case / "index")
    assert not _check(case)["ok"]
    with CaseStore.open(case, write=True) as store:
        rebuild(store)
    assert _check(case)["ok"]
    assert dump_of(case) == dump_of(sealed)
