"""What a program costs: seconds by the clock and of all processors, and memory; leakdesk and its peers measured alike.

A killed parsing process leaves no account of itself, so the processes below the main one are looked at every 0.05 s.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAUSE = 0.05
NOTMUCH = """[database]
path={mail}
[user]
name=x
primary_email=x@lathe.example
[new]
tags=unread
[maildir]
synchronize_flags=false
"""


@dataclass(slots=True)
class Cost:
    """Seconds by the clock and of all processors, and the largest resident sizes in MB: main, and with all its children."""

    seconds: float = 0.0
    cpu: float = 0.0
    main_mb: float = 0.0
    group_mb: float = 0.0


def leakdesk(folder: Path, given: Path, jobs: int, *more: str, whole: bool = True) -> Cost:
    """Cost of `leakdesk add --no-deep`; with `whole`, everything must have been read."""
    return added(folder, given, jobs, *more, whole=whole)[0]


def added(folder: Path, given: Path, jobs: int, *more: str, whole: bool = True) -> tuple[Cost, dict[str, Any]]:
    """The same, and the summary that `add` prints."""
    case = folder / "case"
    program = [sys.executable, "-m", "leakdesk"]
    subprocess.run([*program, "init", str(case)], check=True, stdout=subprocess.DEVNULL)
    started = time.monotonic()
    process = subprocess.Popen(
        [*program, "add", str(case), str(given), "--no-deep", "--jobs", str(jobs), "--json", "--quiet", *more],
        stdout=subprocess.PIPE,
    )
    cost = Cost()
    watcher = threading.Thread(target=_watch, args=(process.pid, cost))
    watcher.start()
    out, _ = process.communicate()
    cost.seconds = time.monotonic() - started
    watcher.join()
    summary = json.loads(out)
    if process.returncode not in (0, None) or (whole and summary["found"] != summary["read"]):
        raise SystemExit(f"not everything was read: {summary}")
    shutil.rmtree(case)
    return cost, summary


def run(argv: Sequence[str], more: Mapping[str, str] | None = None) -> Cost:
    """Cost of a program that waits for its own children, as peers do."""
    started, before = time.monotonic(), _spent_by_children()
    quiet = subprocess.DEVNULL
    subprocess.run(list(argv), check=True, env={**os.environ, **(more or {})}, stdout=quiet, stderr=quiet)
    return Cost(time.monotonic() - started, _spent_by_children() - before)


def notmuch(mail: Path, config: Path) -> Cost:
    """Cost of `notmuch new` over a folder of messages."""
    config.write_text(NOTMUCH.format(mail=mail))
    return run(["notmuch", "new", "--quiet"], {"NOTMUCH_CONFIG": str(config)})


def _watch(main: int, cost: Cost) -> None:
    spent: dict[int, float] = {}
    while True:
        sizes = _resident(main, spent)
        if main not in sizes:
            return
        cost.cpu = sum(spent.values())
        cost.main_mb = max(cost.main_mb, sizes[main])
        cost.group_mb = max(cost.group_mb, sum(sizes.values()))
        time.sleep(PAUSE)


def _resident(main: int, spent: dict[int, float]) -> dict[int, float]:
    """Resident MB of a process and all its descendants (a finished one has none); their processor seconds go to `spent`."""
    parents: dict[int, int] = {}
    sizes: dict[int, float] = {}
    cpu: dict[int, float] = {}
    tick = os.sysconf("SC_CLK_TCK")
    page = os.sysconf("SC_PAGE_SIZE")
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            own = int(path.name)
            parents[own], sizes[own] = int(stat[1]), int(stat[21]) * page / 1e6
            cpu[own] = (int(stat[11]) + int(stat[12])) / tick
        except (OSError, ValueError, IndexError):
            continue
    family = {main}
    while grown := {own for own, parent in parents.items() if parent in family} - family:
        family |= grown
    spent.update({own: cpu[own] for own in family if own in cpu})
    return {own: sizes[own] for own in family if sizes.get(own)}


def _spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
