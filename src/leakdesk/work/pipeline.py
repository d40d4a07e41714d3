"""`add`: receive everything, read until everything is accounted for, then everything that is asked of the texts.

Receiving seals each given file before anything looks inside (`receiving`). What is sealed and not read yet waits in the table
`inbox`; reading takes it from there, container by container, and what is found inside waits there in turn (`taking_in`).
Then letters are put in relation, pictures recognised, and the texts read deeply (`deep`), unless only searching was asked for.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leakdesk.errors import NoSandbox
from leakdesk.intake import receive
from leakdesk.intake.sandbox import Tier
from leakdesk.store.case import CaseStore
from leakdesk.store.records import totals
from leakdesk.work import again, letters
from leakdesk.work.pool import default_jobs
from leakdesk.work.restating import restate
from leakdesk.work.run import Options, Progress, Say
from leakdesk.work.taking_in import Intake

__all__ = ["Options", "Progress", "Say", "add"]


def add(store: CaseStore, paths: Sequence[Path], options: Options, say: Say | None = None) -> dict[str, Any]:
    """Receive, seal, unpack, read and index. Idempotent and resumable; the contract's summary, and `restated` where
    something else is said of a report that was there already."""
    started = time.monotonic()
    receive.check(paths, store.layout.root)
    intake = Intake(store, options, say)
    try:
        given = intake.receive(paths)
        intake.read_all()
        restated = restate(store, given, options)
        _after(store, intake, options, say)
    finally:
        store.mark()
    with store.connect() as connection:
        whole = totals(connection)
    if intake.how is Tier.PLAIN and whole["found"] and not whole["read"] and not whole["partial"]:
        raise NoSandbox()
    return {
        **{name: whole[name] for name in ("found", "read", "partial", "failed")},
        "documents": intake.counts.documents,
        "duplicates": intake.counts.duplicates,
        "bytes": intake.counts.bytes,
        "seconds": round(time.monotonic() - started, 3),
        **({"restated": restated} if restated else {}),
    }


def _after(store: CaseStore, intake: Intake, options: Options, say: Say | None) -> None:
    """Threads and copies; then, unless only searching was asked for, everything else."""
    from leakdesk.work import deep

    if letters.due(store, deep=options.deep):
        letters.relate(store, deep=options.deep)
    if not options.deep:
        return
    again.recognise(store, options, say)

    def show(step: str, done: int, total: int) -> None:
        if say is not None:
            say(Progress(step, done, total))

    deep.read_deeply(store, how=intake.how, jobs_at_once=options.jobs or default_jobs(), say=show)
