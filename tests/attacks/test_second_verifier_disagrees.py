"""C3: the verifier in the pack runs on every Python from 3.9 on, and one written for browsers gives the same answers."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from leakdesk.publish import verifier
from tests.attacks.packs import bad_pack
from tests.publish.house import random_pack

_RUNNER = Path(__file__).resolve().parents[1] / "publish" / "browser_verifier.js"


def _in_node(packs: list[dict[str, bytes]]) -> list[tuple[bool, int]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: the browser's verifier was not run")
    lines = "".join(
        json.dumps({name: base64.b64encode(data).decode() for name, data in pack.items()}) + "\n" for pack in packs
    )
    page = str(files("leakdesk.publish").joinpath("verify.html"))
    done = subprocess.run([node, str(_RUNNER), page], input=lines, capture_output=True, text=True, check=True)
    return [_verdict(json.loads(line)) for line in done.stdout.splitlines()]


def _verdict(answer: dict[str, object]) -> tuple[bool, int]:
    steps = answer["steps"]
    assert isinstance(steps, list)
    failed = [step["number"] for step in steps if not step["ok"]]
    return bool(answer["ok"]), failed[0] if failed else 0


def _compare(count: int) -> None:
    good = [dict(random_pack(seed).files) for seed in range(count)]
    bad = [bad_pack(pack, seed) for seed, pack in enumerate(good)]
    ours = [_verdict(verifier.verify_files(pack)) for pack in (*good, *bad)]
    assert ours[:count] == [(True, 0)] * count
    assert not any(ok for ok, _ in ours[count:])
    assert _in_node([*good, *bad]) == ours


def test_both_verifiers_agree_on_a_sample() -> None:
    _compare(15)


@pytest.mark.slow
def test_both_verifiers_agree_on_a_hundred_good_and_a_hundred_bad_packs() -> None:
    _compare(100)


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.11", "3.12", "3.13"])
def test_the_verifier_runs_on_bare_python(version: str, tmp_path: Path) -> None:
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "-V"], capture_output=True, check=False).returncode != 0:
        pytest.skip(f"Python {version} is not installed")
    for name, data in random_pack(3).files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    run = subprocess.run([python, "-I", "-S", str(tmp_path / "verify.py")], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr + run.stdout
