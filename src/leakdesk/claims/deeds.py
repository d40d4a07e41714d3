"""Deeds of one wider class: "shipped" may tell what "sold" tells, "bought" may not."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from leakdesk.language.concepts import related


def akin(left: str, right: str) -> bool:
    """Whether two concepts of deeds are the same, or of one wider class and go the same way."""
    return left == right or (related(left, right) and frozenset((left, right)) not in _opposed())


@cache
def _opposed() -> frozenset[frozenset[str]]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("opposites.toml").read_text("utf-8"))
    return frozenset(
        frozenset((one, other)) for row in table["opposed"] for one in row["one"] for other in row["other"]
    )
