"""The demo, walked once and shared by the tests of the story, the desk and the browser."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Walked:
    """A finished demo: where it lies, what it printed, how it ended."""

    out: Path
    page: str
    talk: str
    code: int


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """`leakdesk demo --no-serve`, as a person runs it; once, however many processes share the tests."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    base = tmp_path_factory.mktemp("story") if alone else tmp_path_factory.getbasetemp().parent / "story"
    base.mkdir(exist_ok=True)
    done, out = base / "done.json", base / "demo"
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            done.write_text(json.dumps(_walk(out)), "utf-8")
    told = json.loads(done.read_text("utf-8"))
    return Walked(out=out, page=told["page"], talk=told["talk"], code=told["code"])


def _walk(out: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "leakdesk", "demo", "--no-serve", "--quiet", "--out", str(out)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    return {"page": done.stdout, "talk": done.stderr, "code": done.returncode}
