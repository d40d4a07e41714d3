"""The hostile case, built once for the tests of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leakdesk.desk import Desk
from tests.web import hostile
from tests.web.client import Client


@pytest.fixture(scope="session")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def client(hostile_case: Path) -> Iterator[Client]:
    with Desk.open(hostile_case) as desk:
        yield Client(desk)
