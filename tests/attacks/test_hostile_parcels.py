"""S1, S2: mutants of letters and hostile containers. Nothing crashes, nothing is lost, every stop names its limit."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import random
import struct
import tarfile
import time
import warnings
import zipfile
from pathlib import Path

import msgspec
import pytest

from leakdesk.intake.limits import limits
from leakdesk.intake.sandbox import Tier
from leakdesk.model.ids import sha256_hex
from leakdesk.store import CaseStore
from leakdesk.work import pool as pools
from leakdesk.work.again import retry
from leakdesk.work.pipeline import Options
from leakdesk.work.pool import Job, Pool
from leakdesk.work.worker import Stopped
from tests.work.parcels import add_to, dump_of, items_of, ledger_of, letter, mbox, new_case, tarred, zipped


def _bases() -> list[bytes]:
    bases = [letter(n) for n in range(10)]
    bases += [letter(n, attachments=[(f"a{n}.txt", bytes(range(256)) * 3)]) for n in range(10, 20)]
    bases += [letter(n, attachments=[("in.eml", letter(n + 100, attachments=[("x", b"deep")]))]) for n in range(20, 30)]
    bases += [
        letter(
            n, more="Content-Transfer-Encoding: quoted-printable\n", text="=D0=9F=D1=80=D0=B8=\n=D0=B2=D0=B5=D1=82\n"
        )
        for n in range(30, 40)
    ]
    return bases


def _mutant(data: bytes, chance: random.Random) -> bytes:
    raw = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(raw))
        kind = chance.randrange(6)
        if kind == 0:
            raw[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del raw[at : at + chance.randrange(40)]
        elif kind == 2:
            raw[at:at] = raw[at : at + chance.randrange(80)]
        elif kind == 3:
            raw[at:at] = chance.choice(
                [
                    b"\0",
                    b"\r\n\r\n",
                    b"--x",
                    b"Content-Type: multipart/mixed; boundary=\n",
                    b"\xff\xfe",
                    b"=?utf-8?b?" * 9,
                ]
            )
        elif kind == 4:
            del raw[at:]
        else:
            raw[at : at + 1] = bytes([chance.randrange(256)])
        if not raw:
            raw = bytearray(b"x")
    return bytes(raw)


def _nested(levels: int) -> bytes:
    data = b"innermost\n"
    for _ in range(levels):
        data = zipped([("in.zip", data)])
    return data


def _odd_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (
            ("../../up", tarfile.REGTYPE),
            ("/absolute", tarfile.REGTYPE),
            ("link", tarfile.SYMTYPE),
            ("hard", tarfile.LNKTYPE),
            ("dev", tarfile.CHRTYPE),
            ("fifo", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            info.size = 3 if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(b"abc") if info.size else None)
    return out.getvalue()


def _overlapping() -> bytes:
    """Many directory entries that share one member's bytes."""
    one = zipped([("a", b"\0" * 200_000)])
    end = one.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<L", one, end + 16)[0]
    entry = one[start:end]
    directory = entry * 300
    tail = bytearray(one[end:])
    struct.pack_into("<HHLL", tail, 8, 300, 300, len(directory), start)
    return one[:start] + directory + bytes(tail)


def _wrong_sizes() -> bytes:
    data = bytearray(zipped([("a.txt", b"hello " * 50), ("b.txt", b"x" * 30)]))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 7)
    return bytes(data)


def _containers(chance: random.Random) -> dict[str, bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        good = zipped(
            [
                ("a.txt", b"one"),
                ("a.txt", b"two"),
                ("../../up.txt", b"up"),
                ("/etc/abs", b"abs"),
                ("n\0ul", b"nul"),
                ("long" * 16000, b"long"),
            ]
        )
    made = {
        "names.zip": good,
        "nested.zip": _nested(22),
        "odd.tar": _odd_tar(),
        "overlap.zip": _overlapping(),
        "sizes.zip": _wrong_sizes(),
        "bomb.zip": zipped([("zeros", b"\0" * (8 << 20)), ("after.txt", b"after")]),
        "bomb.gz": gzip.compress(b"\0" * (12 << 20)),
        "twice.gz": gzip.compress(gzip.compress(b"\0" * (12 << 20))),
        "cut.tar.gz": tarred([(f"f{n}", os.urandom(0) + bytes([n]) * 3000) for n in range(9)])[:-60],
        "empty.zip": zipped([]),
        "only.gz": b"\x1f\x8b\x08",
        "cut.zip": good[: len(good) // 2],
        "box.mbox": mbox([letter(n) for n in range(4)])[:-50],
    }
    for number in range(12):
        base = made[chance.choice(["names.zip", "odd.tar", "sizes.zip", "cut.tar.gz", "box.mbox"])]
        made[f"m{number}.bin"] = _mutant(base, chance)
    return made


def _torture(folder: Path, count: int, seed: int) -> tuple[Path, dict[str, bytes]]:
    chance = random.Random(seed)
    bases = _bases()
    files = {f"m{n:04d}.eml": _mutant(chance.choice(bases), chance) for n in range(count)} | _containers(chance)
    files["all.mbox"] = mbox([_mutant(chance.choice(bases), chance) for _ in range(count // 2)])
    home = folder / "torture"
    home.mkdir()
    for name, data in files.items():
        (home / name).write_bytes(data)
    return home, files


def _survives(tmp_path: Path, count: int, seed: int) -> None:
    home, files = _torture(tmp_path, count, seed)
    dumps: list[str] = []
    for number in (1, 2):
        case = new_case(tmp_path / f"case{number}")
        summary = add_to(case, home, limits="small", jobs=number)
        assert summary["found"] == summary["read"] + summary["partial"] + summary["failed"]
        ledger = ledger_of(case)
        assert ledger["equation_holds"]
        for item in ledger["items"]:
            assert item["reason"], item
            assert item["stage"], item
        tops = sorted(item["sha256"] for item in items_of(case) if len(item["location"]) == 1)
        assert tops == sorted(map(sha256_hex, files.values()))
        dumps.append(dump_of(case))
    assert dumps[0] == dumps[1]


def test_mutants_and_hostile_containers_are_all_accounted_for(tmp_path: Path) -> None:
    _survives(tmp_path, 24, 5)


@pytest.mark.slow
def test_a_thousand_mutants(tmp_path: Path) -> None:
    _survives(tmp_path, 1000, 6)


# --- one file a limit -------------------------------------------------------------------------------------------------------


def _one(tmp_path: Path, name: str, data: bytes) -> tuple[Path, dict[str, dict[str, object]]]:
    home = tmp_path / "in"
    home.mkdir()
    (home / name).write_bytes(data)
    (home / "zz-next.txt").write_text("the next file\n")
    case = new_case(tmp_path / "case")
    started = time.monotonic()
    add_to(case, home, limits="small")
    assert time.monotonic() - started < 65
    assert ledger_of(case)["equation_holds"]
    items = {"/".join(item["location"]): item for item in items_of(case)}
    assert items["in/zz-next.txt"]["state"] == "read"
    return case, items


def test_containers_sixteen_deep_are_opened_and_no_deeper(tmp_path: Path) -> None:
    case, items = _one(tmp_path, "deep.zip", _nested(20))
    [stopped] = [item for item in items.values() if item["limit"]]
    assert (stopped["state"], stopped["limit"]) == ("partial", "depth")
    assert len(stopped["location"]) == 18  # type: ignore[arg-type]
    with CaseStore.open(case, write=True) as store:
        after = retry(store, Options(limits="big", deep=False, jobs=1))
    assert after["read"] == after["found"] == 22
    assert ledger_of(case)["equation_holds"]


def test_more_members_than_allowed_are_counted_and_not_opened(tmp_path: Path) -> None:
    case, items = _one(tmp_path, "many.zip", zipped([(f"{n}.txt", b"") for n in range(10_004)]))
    assert items["in/many.zip"]["limit"] == "members"
    assert items["in/many.zip"]["state"] == "partial"
    stopped = [item for item in items.values() if item["limit"] == "members"]
    assert len(stopped) == 1 + 4
    assert ledger_of(case)["totals"]["found"] == 10_004 + 2


def test_a_bomb_is_stopped_by_its_expansion_and_the_rest_is_counted(tmp_path: Path) -> None:
    _, items = _one(tmp_path, "bomb.zip", zipped([("zeros", b"\0" * (20 << 20)), ("after.txt", b"after")]))
    assert items["in/bomb.zip"]["limit"] == "expansion"
    assert items["in/bomb.zip/zeros"]["limit"] == "expansion"
    assert items["in/bomb.zip/zeros"]["sha256"] is None
    assert items["in/bomb.zip/after.txt"]["state"] == "failed"


def test_a_bomb_made_of_small_steps_is_stopped_by_all_it_gives_together(tmp_path: Path) -> None:
    data = zipped([(f"{n}.bin", bytes([n]) * 400_000) for n in range(12)])
    for level in range(3):
        data = zipped([(f"{level}-{n}.zip", data + bytes([n])) for n in range(6)])
    _, items = _one(tmp_path, "tree.zip", data)
    assert any(item["limit"] == "expansion" for item in items.values())
    assert sum(1 for item in items.values() if item["sha256"]) < 2000


def test_a_locked_zip_says_so_and_a_password_opens_it(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "a.txt").write_text("behind a lock\n")
    locked = tmp_path / "locked.zip"
    made = subprocess.run(
        [
            "bsdtar",
            "-cf",
            str(locked),
            "--format=zip",
            "--options",
            "zip:encryption=zipcrypt",
            "--passphrase",
            "kiln",
            "-C",
            str(tmp_path),
            "a.txt",
        ],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("needs bsdtar that locks")
    case = new_case(tmp_path / "case")
    assert add_to(case, locked)["failed"] == 1
    [item] = ledger_of(case)["items"]
    assert item["reason"] == "locked: no password opens it"
    with CaseStore.open(case, write=True) as store:
        after = retry(store, Options(passwords=("wrong", "kiln"), deep=False, jobs=1))
    assert (after["found"], after["read"]) == (2, 2)
    assert ledger_of(case)["equation_holds"]


# --- the clocks and the memory of one item -------------------------------------------------------------------------------------


def _outcome(tmp_path: Path, job: Job, **changes: float) -> tuple[str, str]:
    case = new_case(tmp_path / "case")
    tight = msgspec.structs.replace(limits("small"), **changes)
    with (
        CaseStore.open(case, write=True) as store,
        Pool(jobs=1, limits=tight, passwords=(), how=_tier(), originals=store.originals) as pool,
    ):
        first = Job(1, "d1", "message/rfc822", "", letter(1))
        outcomes = pool.submit([first, job, Job(3, "d3", "message/rfc822", "", letter(3))]).result(timeout=90)
        assert outcomes[3].done.extract.state.value == "read"
        extract = outcomes[job.key].done.extract
    return extract.state.value, extract.limit


def _tier() -> Tier:
    from leakdesk.intake import sandbox

    return sandbox.tier(unsandboxed=False)


def test_the_limit_is_named_also_when_the_clock_runs_out_in_the_midst_of_decoding() -> None:
    def stop(_: object, __: str = "") -> tuple[str, int]:
        raise Stopped("wall_seconds")

    def find(name: str) -> codecs.CodecInfo | None:
        return codecs.CodecInfo(codecs.utf_8_encode, stop, name=name) if name == "out_of_time" else None

    codecs.register(find)
    try:
        with pytest.raises(Stopped) as raised:
            b"letter".decode("out_of_time")
    finally:
        codecs.unregister(find)
    assert raised.value.limit == Stopped("wall_seconds").limit == "wall_seconds"


def test_an_item_that_takes_too_long_is_stopped_and_its_neighbours_are_read(tmp_path: Path) -> None:
    endless = letter(2, text="".join(f"слово {n} word\n" for n in range(600_000)))
    assert _outcome(tmp_path, Job(2, "d2", "message/rfc822", "", endless), wall_seconds=1.0) == (
        "partial",
        "wall_seconds",
    )


def test_an_item_that_needs_too_much_memory_is_stopped_and_its_neighbours_are_read(tmp_path: Path) -> None:
    huge = letter(2, text="слово\n" * 12_000_000)
    state, limit = _outcome(tmp_path, Job(2, "d2", "message/rfc822", "", huge), memory_bytes=400 << 20)
    assert (state, limit) in (("failed", "memory"), ("partial", "memory_bytes"), ("failed", ""))


def test_native_formats_wait_for_a_box(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    with (
        CaseStore.open(case, write=True) as store,
        Pool(jobs=1, limits=limits(), passwords=(), how=Tier.PLAIN, originals=store.originals) as pool,
    ):
        outcomes = pool.submit(
            [Job(1, "d1", "application/pdf", "a.pdf", b"%PDF-1.4"), Job(2, "d2", "message/rfc822", "", letter(2))]
        ).result(timeout=60)
    assert outcomes[1].done.extract.reason == "failed: needs bubblewrap"
    assert outcomes[2].done.extract.state.value == "read"


def test_what_is_read_without_a_box_on_demand_is_stamped(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    with (
        CaseStore.open(case, write=True) as store,
        Pool(jobs=1, limits=limits(), passwords=(), how=Tier.UNSANDBOXED, originals=store.originals) as pool,
    ):
        outcomes = pool.submit([Job(2, "d2", "message/rfc822", "", letter(2))]).result(timeout=60)
    assert pools.UNSANDBOXED in outcomes[2].done.extract.notes


def test_zip_members_are_read_by_place_not_by_name() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = zipped([("same", b"first"), ("same", b"second")])
    assert len(zipfile.ZipFile(io.BytesIO(data)).infolist()) == 2
