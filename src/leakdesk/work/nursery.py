"""A box that reads one batch after another, each in a process of its own, without starting Python again for each.

The first process of the box loads the parsers and never reads a document. For each batch it forks a process, which starts
with everything loaded and knows nothing of the batches before. When that one has ended, the first process kills whatever it
left running, and says so on a pipe that only it holds. The main process hands in nothing before it hears that.

A parser that was taken over must find no way from one batch to the next. Everything but /tmp is read-only. The first process
is number 1 of its box, so signals from inside do not end it, and is not dumpable, so its memory and its pipes are closed to
the others. Where a batch leaves anything behind (a file, bytes in a pipe, a changed limit), the whole box is given up.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import resource
import select
import signal
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from leakdesk.documents import readers
from leakdesk.intake.sandbox import SCRATCH, read_frame, serve_pipes
from leakdesk.work import protocol, worker

_PR_SET_DUMPABLE = 4
#: Parsers that a reader's module loads at first use, to be loaded before the fork instead.
_PARSERS: dict[str, tuple[str, ...]] = {
    "paged": ("pypdfium2", "pypdfium2.raw", "pikepdf", "PIL.Image"),
    "pictures": ("PIL.Image", "PIL.ImageOps", "leakdesk.documents.fingerprint"),
    "djvu": ("PIL.Image",),
    "office": ("lxml.etree",),
    "sheets": ("lxml.etree", "python_calamine", "olefile", "html"),
    "old_office": ("olefile", "msoffcrypto"),
    "compound": ("olefile",),
    "outlook_message": ("olefile",),
    "books": ("lxml.etree", "selectolax.lexbor"),
    "web": ("selectolax.lexbor",),
}


def main(control: int) -> None:
    """Serve until the parent closes the pipe. `control` is the pipe on which the end of each batch is told."""
    if os.getpid() != 1:
        raise SystemExit("only the first process of a box may end all others")
    incoming, outgoing = serve_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise SystemExit("the memory of this process cannot be closed to others")
    first = read_frame(incoming)
    if first is None:
        return
    setup = protocol.decode_setup(first)
    while (frame := read_frame(incoming)) is not None:
        _load(protocol.decode_next(frame).media_types)
        before = _state(incoming, outgoing)
        _batch(setup, incoming, outgoing, control)
        _sweep()
        if _unread(incoming) or _state(incoming, outgoing) != before:
            return
        os.write(control, b".")


def _load(media_types: Sequence[str]) -> None:
    """Load the readers of these types and their parsers. No document is at hand yet."""
    for media_type in media_types:
        reader = readers.reader_for(media_type)
        if reader is None:
            continue
        reader.function()
        for name in _PARSERS.get(reader.path.partition(":")[0], ()):
            import_module(name)


def _batch(setup: protocol.Setup, incoming: int, outgoing: int, control: int) -> None:
    """Answer one request in a process of its own, and wait for its end. What hangs is ended from outside, with the box."""
    gc.collect()
    gc.freeze()
    own = os.fork()
    if own:
        os.waitpid(own, 0)
        return
    try:
        os.close(control)
        worker.serve(setup, incoming, outgoing, most=1)
    finally:
        os._exit(0)


def _sweep() -> None:
    """End every other process of the box (a single step for the kernel: no fork gets between) and wait until all are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _unread(incoming: int) -> bool:
    """True where a batch left bytes in the pipe, which the next one would take for its own."""
    waiting = select.poll()
    waiting.register(incoming, select.POLLIN)
    return any(event & select.POLLIN for _, event in waiting.poll(0))


def _state(incoming: int, outgoing: int) -> tuple[object, ...]:
    """What a batch could have changed for those after it: files, the pipes' mode, limits, place in the queue."""
    limits = [getattr(resource, name) for name in sorted(dir(resource)) if name.startswith("RLIMIT_")]
    return (
        sorted(path.name for path in Path(SCRATCH).iterdir()),
        Path(SCRATCH).stat().st_mode,
        os.get_blocking(incoming),
        os.get_blocking(outgoing),
        [resource.getrlimit(limit) for limit in limits],
        os.getpriority(os.PRIO_PROCESS, 0),
        os.sched_getscheduler(0),
        sorted(os.sched_getaffinity(0)),
    )
