"""R1, R2, R4: killed, failing and full disks. After the same command has run again, nothing tells that anything happened."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leakdesk.store import CaseStore, records
from leakdesk.work.verifying import verify_case
from tests.work.parcels import command, dump_of, ledger_of, new_case, parcel, run

QUIET = ("--no-deep", "--jobs", "1", "--quiet")


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, float]:
    """A parcel, the dump of a case that took it in without trouble, and how long that took."""
    folder = tmp_path_factory.mktemp("whole")
    home = parcel(folder, messages=80)
    case = new_case(folder / "case")
    started = time.monotonic()
    done = run("add", case, home, *QUIET)
    assert done.returncode == 0, done.stderr
    return home, dump_of(case), time.monotonic() - started


def _resumes(case: Path, home: Path, whole: str) -> None:
    again = run("add", case, home, *QUIET)
    assert again.returncode == 0, again.stderr
    assert ledger_of(case)["equation_holds"]
    assert dump_of(case) == whole
    with CaseStore.open(case) as store:
        checked = verify_case(store)
    # A second opinion by a fresh process, for trees whose spelling rules are being edited while the tests run.
    assert checked["ok"] or run("verify", case).returncode == 0, checked


def _kill_points(count: int, seed: int, took: float) -> list[float]:
    # Start-up takes a third of a second; nothing is written before it.
    return [0.3 + random.Random(seed + n).random() * max(took - 0.3, 0.2) for n in range(count)]


def _killed(folder: Path, home: Path, whole: str, points: list[float]) -> int:
    landed = 0
    for number, point in enumerate(points):
        case = new_case(folder / f"k{number}")
        process = subprocess.Popen(
            command("add", case, home, *QUIET), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(point)
        landed += process.poll() is None
        process.kill()
        process.wait()
        _resumes(case, home, whole)
        shutil.rmtree(case)
    return landed


def test_kill_minus_nine_then_resume_gives_the_same_dump(
    tmp_path: Path, uninterrupted: tuple[Path, str, float]
) -> None:
    home, whole, took = uninterrupted
    assert _killed(tmp_path, home, whole, _kill_points(2, 12, took)) >= 1


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_kill_minus_nine_at_fifty_points(tmp_path: Path, uninterrupted: tuple[Path, str, float]) -> None:
    home, whole, took = uninterrupted
    assert _killed(tmp_path, home, whole, _kill_points(50, 1000, took)) >= 30


def _interrupted(case: Path, home: Path) -> tuple[int, str]:
    """Exit code and talk of an `add` that got Ctrl-C as soon as something waited to be read."""
    process = subprocess.Popen(
        command("add", case, home, "--no-deep", "--jobs", "1"),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        # Whoever runs the tests in the background hands down that Ctrl-C is ignored; the person at the desk does not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    with CaseStore.open(case) as store:
        while process.poll() is None:
            with store.connect() as connection:
                if records.waiting(connection):
                    break
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def test_control_c_says_so_with_130_and_resumes(tmp_path: Path) -> None:
    # Large enough to be still at work when the signal arrives; on a busy computer it may be done first, and is tried again.
    home = parcel(tmp_path, messages=600)
    untouched = new_case(tmp_path / "untouched")
    assert run("add", untouched, home, *QUIET).returncode == 0
    for attempt in range(4):
        case = new_case(tmp_path / f"case{attempt}")
        code, said = _interrupted(case, home)
        if code != 0:
            break
    assert code == 130
    assert said.strip().count("\n") == 0
    assert "Interrupted" in said
    _resumes(case, home, dump_of(untouched))


# --- the Nth call fails ---------------------------------------------------------------------------------------------------

_CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename")


def _faulty(folder: Path, home: Path, whole: str, call: str, error: str, numbers: list[int]) -> int:
    hit = 0
    for number in numbers:
        case = new_case(folder / f"{call}-{error}-{number}")
        trace = folder / "trace"
        strace = [
            "strace",
            "-qq",
            "-o",
            str(trace),
            "-e",
            f"trace={call}",
            "-e",
            f"inject={call}:error={error}:when={number}",
        ]
        environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
        done = subprocess.run(
            [*strace, *command("add", case, home, *QUIET)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=environment,
        )
        if done.returncode != 0:
            hit += 1
            assert done.returncode == 2, (call, error, number, done.returncode, done.stderr)
            assert "Traceback" not in done.stderr
            assert done.stderr.strip(), (call, error, number)
        _resumes(case, home, whole)
        shutil.rmtree(case)
        if "(INJECTED)" not in trace.read_text("utf-8", "replace"):
            break  # there are no more of them
        # What fails where nothing is lost by it (a message nobody reads) may be passed over; the first call of a kind may not.
        assert done.returncode == 2 or number > 1 or call == "write", (call, error)
    return hit


def _can_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return (
        subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    if not _can_trace():
        pytest.skip("needs strace and the right to trace")
    folder = tmp_path_factory.mktemp("small")
    home = parcel(folder, messages=12)
    case = new_case(folder / "case")
    assert run("add", case, home, *QUIET).returncode == 0
    return home, dump_of(case)


@pytest.mark.parametrize(
    ("call", "error", "number"),
    [("write", "ENOSPC", 3), ("pwrite64", "EIO", 30), ("fsync", "EIO", 1), ("fsync", "EIO", 4)],
)
def test_one_failing_call_loses_nothing(
    tmp_path: Path, small: tuple[Path, str], call: str, error: str, number: int
) -> None:
    _faulty(tmp_path, *small, call, error, [number])


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("call", _CALLS)
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_every_nth_failing_call_loses_nothing(tmp_path: Path, small: tuple[Path, str], call: str, error: str) -> None:
    assert _faulty(tmp_path, *small, call, error, list(range(1, 201))) > 0


# --- a full disk ----------------------------------------------------------------------------------------------------------

_SMALL_DISK = """
set -e
mount -t tmpfs -o size={size}k,mode=700 none {disk}
cp -r {case} {disk}/case
set +e
{add} 2> {disk}.said; echo $? > {disk}.first
{verify} > /dev/null 2>&1; echo $? > {disk}.verified
mount -o remount,size=64m {disk}
{add} 2> {disk}.again; echo $? > {disk}.second
cp -r {disk}/case {out}
"""


def _on_a_small_disk(folder: Path, home: Path, whole: str, size: int) -> str:
    disk, out, case = folder / f"disk{size}", folder / f"out{size}", new_case(folder / f"case{size}")
    disk.mkdir()
    add = " ".join([sys.executable, "-m", "leakdesk", "add", f"{disk}/case", str(home), *QUIET])
    verify = " ".join([sys.executable, "-m", "leakdesk", "verify", f"{disk}/case"])
    script = _SMALL_DISK.format(size=size, disk=disk, case=case, add=add, verify=verify, out=out)
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode and "unshare" in done.stderr + "mount" and not (folder / f"disk{size}.first").exists():
        pytest.skip(f"no small file system can be made here: {done.stderr.strip()[:80]}")
    assert (folder / f"disk{size}.second").read_text().strip() == "0", (folder / f"disk{size}.again").read_text()
    assert dump_of(out) == whole
    assert (folder / f"disk{size}.verified").read_text().strip() == "0"
    first = (folder / f"disk{size}.first").read_text().strip()
    said = (folder / f"disk{size}.said").read_text()
    assert first in ("0", "2")
    if first == "2":
        assert "The disk is full" in said
    return first


def test_a_full_disk_stops_cleanly_and_resumes(tmp_path: Path, uninterrupted: tuple[Path, str, float]) -> None:
    home, whole, _ = uninterrupted
    assert _on_a_small_disk(tmp_path, home, whole, 900) == "2"


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_disk_that_is_full_at_ten_other_moments(tmp_path: Path, uninterrupted: tuple[Path, str, float]) -> None:
    home, whole, _ = uninterrupted
    ends = [_on_a_small_disk(tmp_path, home, whole, size) for size in range(500, 2500, 200)]
    assert ends.count("2") >= 3
