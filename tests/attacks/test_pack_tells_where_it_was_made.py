"""C5: the same case and decisions give the same bytes under another time zone, locale, home, user and path."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.publish.house import good_pack

_PROGRAM = """
import hashlib
from tests.publish.house import good_pack
print(hashlib.sha256(repr(sorted(good_pack().files.items())).encode()).hexdigest())
"""
_REPOSITORY = Path(__file__).resolve().parents[2]


def _elsewhere(folder: Path, **changed: str) -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{_REPOSITORY}{os.pathsep}{_REPOSITORY / 'src'}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        **changed,
    }
    made = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return made.stdout.strip()


def test_packs_are_the_same_bytes_everywhere(tmp_path: Path) -> None:
    here = hashlib.sha256(repr(sorted(good_pack().files.items())).encode()).hexdigest()
    other = tmp_path / "другой путь"
    other.mkdir()
    assert _elsewhere(tmp_path, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1", USER="a") == here
    assert _elsewhere(other, TZ="America/Caracas", LC_ALL="C.UTF-8", PYTHONHASHSEED="77", USER="b", LOGNAME="b") == here


def test_nothing_of_this_computer_stands_in_a_pack() -> None:
    everything = b"\n".join(good_pack().files.values())
    here = {str(Path.home()), os.uname().nodename, str(_REPOSITORY), "site-packages"}
    assert [word for word in here if len(word) > 3 and word.encode() in everything] == []
