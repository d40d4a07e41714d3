"""S2, S3: native files are read batch after batch in one box. A parser that was taken over finds no way to the next batch."""

from __future__ import annotations

import json
import os
import time
from typing import cast

import pytest

from leakdesk.intake import sandbox
from leakdesk.intake.limits import limits
from leakdesk.intake.sandbox import Child, ChildGone, Tier
from leakdesk.model.document import State
from leakdesk.store.originals import Originals
from leakdesk.work import pool as pools
from leakdesk.work import protocol
from leakdesk.work.pool import Job, Pool
from tests.attacks.test_the_box_is_lost import alive
from tests.documents.parcels import paragraph, word

#: The first process of the box as it is, and a batch that does what a test says instead of reading.
TAKEN_OVER = """
import ctypes, json, os, resource, signal, sys, time
from leakdesk.work import nursery, worker
from leakdesk.intake.sandbox import read_frame, write_frame
def evil(setup, incoming, outgoing, most):
    task = read_frame(incoming)
    EVIL
    write_frame(outgoing, task)
worker.serve = evil
nursery.main(CONTROL)
"""
PROBE = r"""
    tried = {}
    libc = ctypes.CDLL(None, use_errno=True)
    def attempt(name, function):
        try:
            tried[name] = function()
        except BaseException as error:
            tried[name] = "denied: " + type(error).__name__
    def call(function, *arguments):
        if function(*arguments) < 0: raise OSError(ctypes.get_errno())
        return "possible"
    def write(path):
        with open(path, "w") as file: file.write("x")
        return "possible"
    attempt("ptrace", lambda: call(libc.ptrace, 16, 1, 0, 0))
    attempt("memory", lambda: bool(open("/proc/1/mem", "rb")) and "possible")
    attempt("pipes", lambda: write("/proc/1/fd/CONTROL"))
    attempt("pipe in", lambda: open("/proc/1/fd/0", "rb") and "possible")
    attempt("take a pipe", lambda: call(libc.syscall, 438, os.pidfd_open(1), CONTROL, 0))
    attempt("control", lambda: os.write(CONTROL, b".") and "possible")
    attempt("root", lambda: write("/x"))
    attempt("etc", lambda: write("/etc/ld.so.preload"))
    attempt("dev", lambda: write("/dev/x"))
    attempt("shm", lambda: write("/dev/shm/x"))
    os.kill(1, signal.SIGKILL); os.kill(1, signal.SIGINT); os.kill(1, signal.SIGTERM)
    task = json.dumps(tried).encode()
"""


@pytest.fixture(autouse=True)
def boxed() -> None:
    if sandbox.find_box().program is None:
        pytest.skip(f"no box can be made here: {sandbox.find_box().reason}")


def nursery(evil: str) -> Child:
    heard, told = os.pipe()
    argv = sandbox.command("leakdesk.work.nursery", how=Tier.BOX, control=told)
    code = argv[-1].rpartition("from leakdesk")[0] + TAKEN_OVER.replace("EVIL", evil).replace("CONTROL", str(told))
    child = Child.start([*argv[:-1], code], inherited=(told,))
    os.close(told)
    child.control = heard
    child.send(protocol.encode(protocol.Setup(limits=limits("default"))), 30)
    return child


def batch(child: Child, request: bytes = b"x" * 40) -> bytes:
    child.send(protocol.encode(protocol.Next(())), 5)
    child.send(request, 5)
    return child.receive(30)


def test_batches_follow_each_other_in_one_box_and_in_a_process_each() -> None:
    child = nursery("task = str(os.getpid()).encode()")
    try:
        numbers: list[bytes] = []
        for _ in range(3):
            numbers.append(batch(child))
            assert child.settled(10)
        assert len(set(numbers)) == 3
        assert b"1" not in numbers
    finally:
        child.kill()


def test_the_first_process_is_closed_to_the_others_and_nothing_but_tmp_can_be_written() -> None:
    child = nursery(PROBE)
    try:
        tried = json.loads(batch(child))
        assert {name for name, how in tried.items() if not how.startswith("denied")} == set(), tried
        assert child.settled(10)
        assert json.loads(batch(child)) == tried
    finally:
        child.kill()


def test_what_a_batch_started_is_gone_before_the_next_one() -> None:
    mark = f"mark-{os.getpid()}-{time.monotonic_ns()}"
    child = nursery(
        f"""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv(sys.executable, [sys.executable, "-I", "-S", "-c", "import time; time.sleep(61) # {mark[:4]}" + "{mark[4:]}"])
        time.sleep(61)
    time.sleep(1)
    write_frame(outgoing, task)
    time.sleep(1)
    task = b""
    os._exit(0)
"""
    )
    try:
        batch(child)
        assert alive(mark)
        assert child.settled(10)
        assert alive(mark) == []
    finally:
        child.kill()


@pytest.mark.parametrize(
    "evil",
    [
        "open('/tmp/.antiwordrc', 'w').write('x')",
        "os.chmod('/tmp', 0)",
        "write_frame(outgoing, b'an answer for the next batch')",
        "os.set_blocking(incoming, False)",
        "resource.prlimit(1, resource.RLIMIT_CPU, (100, 100))",
        "os.setpriority(os.PRIO_PROCESS, 1, 19)",
        "write_frame(outgoing, task); time.sleep(60)",
    ],
)
def test_a_box_in_which_a_batch_left_something_is_not_used_again(evil: str) -> None:
    child = nursery(evil)
    try:
        batch(child)
        assert not child.settled(1.5)
    finally:
        child.kill()


def test_bytes_that_a_batch_did_not_read_are_not_the_next_request() -> None:
    child = nursery("pass")
    try:
        child.send(protocol.encode(protocol.Next(())), 5)
        child.send(b"first", 5)
        child.send(protocol.encode(protocol.Next(())), 5)
        assert child.receive(30) == b"first"
        assert not child.settled(10)
        with pytest.raises(ChildGone):
            child.receive(5)
    finally:
        child.kill()


def test_a_crash_costs_the_box_and_no_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "NATIVE_BATCH", 1)
    started: list[int] = []
    start = pools.start_nursery

    def counted(setup: protocol.Setup) -> Child:
        child = start(setup)
        started.append(child.process.pid)
        if len(started) == 1:
            child.process.kill()
        return child

    monkeypatch.setattr(pools, "start_nursery", counted)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    jobs = [Job(n, f"d{n}", kind, f"{n}.docx", word(paragraph(f"letter {n}")), (f"{n}.docx",)) for n in range(3)]
    nowhere = cast("Originals", None)  # nothing here is large enough to be spooled
    with Pool(jobs=1, limits=limits(), passwords=(), how=Tier.BOX, originals=nowhere) as pool:
        outcomes = pool.submit(jobs).result()
    assert [outcomes[n].done.extract.state for n in range(3)] == [State.READ] * 3
    assert len(started) == 2


def test_a_box_that_is_killed_while_it_is_built_is_gone_at_once_and_not_waited_for() -> None:
    for thousandths in range(0, 20, 2):
        child = sandbox.Child.start_nursery("leakdesk.work.nursery")
        try:
            time.sleep(thousandths / 1000)
            child.process.kill()
            began = time.monotonic()
            with pytest.raises(ChildGone):
                child.receive(60)
            assert time.monotonic() - began < 20
        finally:
            child.kill()
