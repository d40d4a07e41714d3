from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from leakdesk.lineage.words import shows_own_witness, source_classes

TABLE = tomllib.loads(files("leakdesk.lineage").joinpath("words.toml").read_text("utf-8"))["class"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["id"])
def test_each_class_knows_its_example_and_refuses_its_counter_example(row: dict[str, str]) -> None:
    assert row["id"] in [each.id for each in source_classes(row["example"])]
    assert row["id"] not in [each.id for each in source_classes(row["counter_example"])]


def test_an_outlets_own_visit_is_recognised() -> None:
    assert shows_own_witness("a fitter told this newspaper on Friday")
    assert not shows_own_witness("the fitter told the auditors")
