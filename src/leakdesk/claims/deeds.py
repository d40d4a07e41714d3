"""Deeds of one wider class: "shipped" may tell what "sold" tells, "bought" may not."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from leakdesk.language.concepts import concepts, related


def akin(left: str, right: str) -> bool:
    """Whether two concepts of deeds are the same, or of one wider class and go the same way."""
    return left == right or (related(left, right) and frozenset((left, right)) not in _opposed())


@cache
def akin_keys(deed: str) -> frozenset[str]:
    """The keys ("@ship") of all concepts akin to a deed; () for a deed that is no concept."""
    return frozenset(f"@{each}" for each in concepts() if deed in concepts() and akin(deed, each))


@cache
def _opposed() -> frozenset[frozenset[str]]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("opposites.toml").read_text("utf-8"))
    return frozenset(
        frozenset((one, other)) for row in table["opposed"] for one in row["one"] for other in row["other"]
    )
