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


#: Kinds of concept that are deeds: things done and things that change.
_DEEDS = frozenset({"act", "change"})
#: Deeds that only say how much or how many: a number beside the thing tells them.
AMOUNTS = frozenset({"cost", "owe", "count", "value", "exceed", "include", "suffice", "share", "reach"})


def tells_another(deed: str, keys: frozenset[str]) -> bool:
    """Whether words tell deeds, and none akin to this one: "asked for 14 engines" is no word about losing them. A deed that the
    table does not know may hide behind any word."""
    known = concepts()
    if deed not in known or known[deed].kind not in _DEEDS or keys & akin_keys(deed):
        return False
    told = {key[1:] for key in keys if key.startswith("@") and key[1:] in known}
    return any(known[each].kind in _DEEDS for each in told)


@cache
def _opposed() -> frozenset[frozenset[str]]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("opposites.toml").read_text("utf-8"))
    return frozenset(
        frozenset((one, other)) for row in table["opposed"] for one in row["one"] for other in row["other"]
    )
