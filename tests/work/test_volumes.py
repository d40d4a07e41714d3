"""Archives in volumes: read when complete, otherwise clear rows; the ledger's equation holds either way."""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from leakdesk.intake import sandbox
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import items
from tests.intake.cut_archives import ACT, LOCKED_NAMES, rar_volumes
from tests.work.parcels import add_to, items_of, ledger_of, new_case, run

LETTER, NOISE = b"First letter.\n" * 40, random.Random(1).randbytes(3000)
FILES = (("one.txt", LETTER), ("two.bin", NOISE), ("three.txt", b"third\n" * 20))


@pytest.fixture(autouse=True)
def _able() -> None:
    if sandbox.find_box().program is None:
        pytest.skip(f"no box can be made here: {sandbox.find_box().reason}")
    if shutil.which("unar") is None:
        pytest.skip("needs unar")


def given(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def rows(case: Path) -> dict[str, dict[str, Any]]:
    ledger = ledger_of(case)
    totals = ledger["totals"]
    assert totals["found"] == totals["read"] + totals["partial"] + totals["failed"]
    for container in ledger["containers"]:
        assert container["found"] == container["read"] + container["partial"] + container["failed"], container
    return {"/".join(item["location"]): item for item in items_of(case)}


def notes(case: Path, name: str) -> str:
    with CaseStore.open(case) as store, store.connect() as connection:
        rows = connection.execute(select(items.c.location, items.c.notes))
        return next(row.notes for row in rows if "/".join(from_json(row.location)) == name)


def rar_names(count: int, *, new: bool) -> Sequence[str]:
    return [f"x.part{n + 1}.rar" if new else "x.rar" if n == 0 else f"x.r{n - 1:02d}" for n in range(count)]


@pytest.mark.parametrize("new", [True, False])
def test_a_rar_in_volumes_is_one_archive(tmp_path: Path, *, new: bool) -> None:
    made = rar_volumes(FILES, 1200, new_names=new)
    names = rar_names(len(made), new=new)
    case = new_case(tmp_path / "case")
    add_to(case, given(tmp_path / "given", dict(zip(names, made, strict=True))))
    found = rows(case)
    head = f"given/{names[0]}"
    assert {name for name in found if name.startswith(f"{head}/")} == {f"{head}/{name}" for name, _ in FILES}
    assert found[f"{head}/two.bin"]["sha256"] == hashlib.sha256(NOISE).hexdigest()
    assert found[f"{head}/one.txt"]["state"] == found[head]["state"] == "read"
    for name in names[1:]:
        assert found[f"given/{name}"]["state"] == "read"
        assert "a later volume of" in notes(case, f"given/{name}")


def test_what_a_missing_volume_costs_is_said_and_mended_when_it_comes(tmp_path: Path) -> None:
    made = rar_volumes(FILES, 1200)
    names = rar_names(len(made), new=True)
    files = dict(zip(names, made, strict=True))
    missing = files.pop(names[2])
    case = new_case(tmp_path / "case")
    add_to(case, given(tmp_path / "given", files))
    found = rows(case)
    head = f"given/{names[0]}"
    assert (found[head]["state"], "x.part3.rar" in found[head]["reason"]) == ("partial", True)
    assert found[f"{head}/one.txt"]["state"] == "read"
    assert found[f"{head}/two.bin"]["state"] != "read"
    add_to(case, given(tmp_path / "given", {names[2]: missing}))
    assert run("retry", case).returncode == 0
    found = rows(case)
    assert found[head]["state"] == "read"
    assert found[f"{head}/two.bin"]["sha256"] == hashlib.sha256(NOISE).hexdigest()


def test_volumes_without_their_first_one_are_rows_with_a_reason(tmp_path: Path) -> None:
    made = rar_volumes(FILES, 1200)
    case = new_case(tmp_path / "case")
    add_to(case, given(tmp_path / "given", {"x.part2.rar": made[1], "x.part3.rar": made[2]}))
    found = rows(case)
    assert {item["state"] for item in found.values()} == {"failed"}
    assert all("x.part1.rar" in item["reason"] for item in found.values())


def test_a_zip_in_volumes(tmp_path: Path) -> None:
    if shutil.which("zip") is None:
        pytest.skip("needs zip")
    folder = given(tmp_path / "given", {"a.bin": random.Random(3).randbytes(150_000), "b.txt": b"second\n"})
    subprocess.run(["zip", "-q", "-s", "64k", "-m", "x.zip", "a.bin", "b.txt"], cwd=folder, check=True)
    assert sorted(path.name for path in folder.iterdir()) == ["x.z01", "x.z02", "x.zip"]
    case = new_case(tmp_path / "case")
    add_to(case, folder)
    found = rows(case)
    assert found["given/x.zip/a.bin"]["sha256"] == hashlib.sha256(random.Random(3).randbytes(150_000)).hexdigest()
    assert found["given/x.zip/b.txt"]["state"] == found["given/x.zip"]["state"] == "read"
    (folder / "x.z02").unlink()
    other = new_case(tmp_path / "other")
    add_to(other, folder)
    found = rows(other)
    assert found["given/x.zip"]["state"] == "failed"
    assert "not here" in found["given/x.zip"]["reason"]


def test_a_7z_in_pieces_and_one_whose_names_are_locked(tmp_path: Path) -> None:
    pieces = {f"x.7z.{at // 100 + 1:03d}": LOCKED_NAMES[at : at + 100] for at in range(0, len(LOCKED_NAMES), 100)}
    folder = given(tmp_path / "given", {**pieces, "whole.7z": LOCKED_NAMES})
    case = new_case(tmp_path / "case")
    add_to(case, folder)
    found = rows(case)
    for name in ("given/x.7z.001", "given/whole.7z"):
        assert found[name]["state"] == "failed"
        assert "locked" in found[name]["reason"]
    words = tmp_path / "words"
    words.write_text("wrong\nkiln\n")
    assert run("retry", case, "--passwords", words).returncode == 0
    found = rows(case)
    for name in ("given/x.7z.001", "given/whole.7z"):
        assert found[name]["state"] == "read"
        assert found[f"{name}/act.txt"]["sha256"] == hashlib.sha256(ACT).hexdigest()
        assert found[f"{name}/more/b.txt"]["state"] == "read"


def test_a_name_that_only_looks_like_a_volume_is_a_file_like_any_other(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    add_to(case, given(tmp_path / "given", {"map.r05": b"A plain text.\n", "x.z01": b"Another text.\n"}))
    assert {item["media_type"] for item in rows(case).values()} == {"text/plain"}
