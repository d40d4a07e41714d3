"""S3, S8: a parser that was taken over tries everything. All of it is denied, and nothing survives it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leakdesk.intake import sandbox
from leakdesk.intake.sandbox import Child, ChildLate, Tier
from tests.work.parcels import command, new_case, parcel

PROBE = r"""
import ctypes, json, os, socket, sys
tried = {}
def attempt(name, function):
    try:
        function()
        tried[name] = "possible"
    except BaseException as error:
        tried[name] = "denied: " + type(error).__name__
def write(path):
    with open(path, "w") as file: file.write("x")
def connect(kind, address):
    s = socket.socket(*kind); s.settimeout(1); s.connect(address)
    if kind[1] == socket.SOCK_DGRAM: s.send(b"x")
def ptrace():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, %(parent)d, 0, 0) != 0: raise OSError(ctypes.get_errno())
attempt("home", lambda: os.listdir(%(home)r))
attempt("case", lambda: os.listdir(%(case)r))
attempt("root home", lambda: os.listdir("/root/.ssh"))
attempt("etc", lambda: open("/etc/passwd").read())
attempt("write usr", lambda: write("/usr/x"))
attempt("write root", lambda: write("/x/y"))
attempt("write python", lambda: write(sys.prefix + "/x"))
attempt("tcp", lambda: connect((socket.AF_INET, socket.SOCK_STREAM), ("127.0.0.1", %(port)d)))
attempt("tcp out", lambda: connect((socket.AF_INET, socket.SOCK_STREAM), ("192.0.2.1", 80)))
attempt("udp out", lambda: connect((socket.AF_INET, socket.SOCK_DGRAM), ("192.0.2.1", 53)))
attempt("dns", lambda: socket.getaddrinfo("leak.example", 80))
attempt("abstract socket", lambda: connect((socket.AF_UNIX, socket.SOCK_STREAM), "\0leakdesk-probe"))
attempt("parent environment", lambda: open("/proc/%(parent)d/environ").read())
attempt("ptrace", ptrace)
attempt("mount", lambda: (_ for _ in ()).throw(OSError()) if ctypes.CDLL(None).mount(b"none", b"/tmp", b"tmpfs", 0, 0) else None)
tried["secret in environment"] = "possible" if "LEAKDESK_SECRET" in os.environ else "denied: absent"
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        import time
        os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", "import time; time.sleep(61) # %(mark)s"])
    os._exit(0)
payload = json.dumps(tried).encode()
os.write(1, len(payload).to_bytes(4, "big") + payload)
import time; time.sleep(60)
"""


@pytest.fixture
def boxed() -> None:
    if sandbox.find_box().program is None:
        pytest.skip(f"no box can be made here: {sandbox.find_box().reason}")


def alive(mark: str) -> list[str]:
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "cmdline").read_text("utf-8", "replace") and int(process.name) != os.getpid():
                found.append(process.name)
        except OSError:
            continue
    return found


@pytest.mark.usefixtures("boxed")
def test_a_parser_that_was_taken_over_gets_nowhere_and_leaves_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setenv("LEAKDESK_SECRET", "x")
    case = new_case(tmp_path / "case")
    mark = f"mark-{os.getpid()}-{time.monotonic_ns()}"
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind("\0leakdesk-probe")
    abstract.listen()
    listening = socket.create_server(("127.0.0.1", 0))
    home = str(Path.home())
    code = PROBE % {
        "parent": os.getpid(),
        "home": home,
        "case": str(case),
        "port": listening.getsockname()[1],
        "mark": mark,
    }
    argv = sandbox.command("leakdesk.work.worker", how=Tier.BOX)
    child = Child.start([*argv[:-1], code])
    try:
        tried = json.loads(child.receive(30))
        assert alive(mark)
    finally:
        child.kill()
        abstract.close()
        listening.close()
    # A home that holds the interpreter shows the way to it, and nothing else of the home.
    python_at_home = sys.base_prefix.startswith(home) or sys.prefix.startswith(home)
    possible = {name for name, how in tried.items() if how == "possible"} - ({"home"} if python_at_home else set())
    assert possible == set(), tried
    time.sleep(1)
    assert alive(mark) == []


@pytest.mark.usefixtures("boxed")
def test_nothing_of_a_home_is_shown_but_the_interpreter(tmp_path: Path) -> None:
    walls = sandbox.command("leakdesk.work.worker", how=Tier.BOX)
    bound = {walls[at + 1] for at, word in enumerate(walls) if word in ("--ro-bind", "--bind")}
    assert str(Path.home()) not in bound
    assert "/" not in bound
    assert "--bind" not in walls
    assert not [path for path in bound if str(tmp_path).startswith(path)]


@pytest.mark.usefixtures("boxed")
def test_the_box_can_be_made_by_nobody() -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to become nobody")
    if not os.access("/usr/bin/bwrap", os.X_OK):
        pytest.skip("needs bubblewrap of the system")
    walls = [
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--ro-bind",
        "/usr",
        "/usr",
        "--symlink",
        "usr/lib",
        "/lib",
        "--symlink",
        "usr/lib64",
        "/lib64",
        "--symlink",
        "usr/bin",
        "/bin",
    ]
    done = subprocess.run(
        ["/usr/bin/bwrap", *walls, "/usr/bin/id", "-u"],
        user=65534,
        group=65534,
        extra_groups=[],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_child_that_does_not_answer_is_killed_with_its_children() -> None:
    mark = f"mark-{os.getpid()}-{time.monotonic_ns()}"
    child = Child.start([sys.executable, "-c", f"import time; time.sleep(60) # {mark}"])
    started = time.monotonic()
    with pytest.raises(ChildLate):
        child.receive(0.3)
    child.kill()
    assert time.monotonic() - started < 5
    assert alive(mark) == []


def test_a_frame_that_is_too_large_is_not_read() -> None:
    child = Child.start(
        [sys.executable, "-c", "import os; os.write(1, b'\\xff\\xff\\xff\\xff'); import time; time.sleep(9)"]
    )
    try:
        with pytest.raises(sandbox.ChildGone, match="too large"):
            child.receive(5)
    finally:
        child.kill()


def test_a_whole_add_works_without_any_network_and_connects_to_nothing(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    home = parcel(tmp_path)
    case = new_case(tmp_path / "case")
    trace = tmp_path / "trace"
    argv = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(trace),
        "-e",
        "trace=connect",
        *command("add", case, home, "--no-deep", "--jobs", "1"),
    ]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
    if "Operation not permitted" in done.stderr:
        pytest.skip("no right to trace")
    assert done.returncode == 0, done.stderr
    assert "AF_INET" not in trace.read_text("utf-8", "replace")
