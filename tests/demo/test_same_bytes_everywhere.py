"""The parcel must not know when, where or by whom it was built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.demo.conftest import Built


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_another_time_zone_locale_and_hash_seed_give_the_same_bytes(demo: Built, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from leakdesk.demo.build import build_parcel; build_parcel(pathlib.Path(sys.argv[1]))"
    )
    setting = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONUTF8": "0"}
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, env={**os.environ, **setting})
    assert _digests(tmp_path) == _digests(demo.files.parcel.parent)


def test_importing_the_demo_loads_nothing() -> None:
    script = "import sys, leakdesk.demo; print([m for m in sys.modules if m.startswith('leakdesk.demo.')])"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
