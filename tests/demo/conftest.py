"""The demo, built once for all tests: the canonical telling and a seeded one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest

from leakdesk.demo.build import DemoFiles, build_parcel
from tests.demo.reader import Found, parcel_messages


@dataclass
class Built:
    """One telling with its files read."""

    files: DemoFiles

    @cached_property
    def truth(self) -> dict[str, Any]:
        return json.loads(self.files.truth.read_text(encoding="utf-8"))

    @property
    def leak(self) -> dict[str, Any]:
        return self.truth["leak"]

    @cached_property
    def messages(self) -> list[Found]:
        return parcel_messages(self.files.parcel)

    def everything_readable(self) -> str:
        """All letters, publications and the draft as one text."""
        pages = (self.files.post, self.files.report_a, self.files.report_b, self.files.independent, self.files.draft)
        return "\n".join(
            [*(found.text() for found in self.messages), *(page.read_text(encoding="utf-8") for page in pages)]
        )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(build_parcel(tmp_path_factory.mktemp("demo")))


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(build_parcel(tmp_path_factory.mktemp("seeded"), seed=2024))


@pytest.fixture(scope="session", params=["demo", "seeded"])
def built(request: pytest.FixtureRequest) -> Built:
    """Both tellings, one after the other."""
    return request.getfixturevalue(request.param)
