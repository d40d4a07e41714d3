"""What search tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return Shelf(tmp_path / "index")


@pytest.fixture(scope="session")
def guide() -> str:
    """The page that explains the query language."""
    return (Path(__file__).parents[2] / "docs" / "howto" / "search.md").read_text("utf-8")
