"""Where the real data and test vectors lie, for tests that use them when they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared_path(inside: str) -> Path:
    """The path of shared data, or a visible skip where this computer does not have it (set LEAKDESK_SHARED)."""
    path = Path(os.environ.get("LEAKDESK_SHARED", str(_BESIDE))) / inside
    if not path.exists():
        pytest.skip(f"shared data not present: {inside}")
    return path
