"""The demo, walked once and shared by the tests of the story, the desk and the browser."""

from __future__ import annotations

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
    """`leakdesk demo --no-serve`, as a person runs it."""
    out = tmp_path_factory.mktemp("story") / "demo"
    done = subprocess.run(
        [sys.executable, "-m", "leakdesk", "demo", "--no-serve", "--quiet", "--out", str(out)],
        capture_output=True, text=True, timeout=280, check=False,
    )  # fmt: skip
    return Walked(out=out, page=done.stdout, talk=done.stderr, code=done.returncode)
