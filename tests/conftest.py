"""Options and settings that all tests share."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import HealthCheck, settings

from tests.support.walked import walked  # noqa: F401 - the finished demo, for whoever asks for it

settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--tenth", type=int, default=None, help="run only one tenth (0-9) of the selected tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep one tenth of the tests, chosen by name, so that ten runs cover them all."""
    tenth = config.getoption("--tenth")
    if tenth is None:
        return
    kept = [item for item in items if zlib.crc32(item.nodeid.encode()) % 10 == tenth % 10]
    dropped = [item for item in items if item not in kept]
    config.hook.pytest_deselected(items=dropped)
    items[:] = kept


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A rotating tenth may be empty: that is no failure."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and session.config.getoption("--tenth") is not None:
        session.exitstatus = pytest.ExitCode.OK
