"""Words for a kind of thing: papers may be a contract, a relative the mother (kinds.toml).

A letter that has the narrower word tells the wider one of a claim.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from leakdesk.language.concepts import all_concepts

#: Kinds that a report uses for one of its own named things: "the company" is no bank.
_POINTING = frozenset({"company", "plant", "worker", "official_n"})


@cache
def kinds() -> dict[str, frozenset[str]]:
    """Key of a wide concept ("@document") -> the keys of its kinds ("@contract")."""
    known = all_concepts().values()
    found: dict[str, set[str]] = {}
    for row in _rows():
        of_kind = row.get("kinds", ("thing", "actor"))
        of_groups = {each.id for each in known if each.group in row.get("groups", ()) and each.kind in of_kind}
        narrow = {*row.get("of", ()), *of_groups} - {row["wide"]}
        found.setdefault(f"@{row['wide']}", set()).update(f"@{each}" for each in narrow)
    return {each: frozenset(narrow) for each, narrow in found.items()}


@cache
def narrower() -> dict[str, frozenset[str]]:
    """The same for what a letter may tell instead: without the kinds by which a report points at one thing of its own."""
    return {wide: narrow for wide, narrow in kinds().items() if wide[1:] not in _POINTING}


@cache
def wider() -> dict[str, frozenset[str]]:
    """Key of a concept -> the keys of those of which it tells a kind."""
    found: dict[str, set[str]] = {}
    for wide, narrow in kinds().items():
        for each in narrow:
            found.setdefault(each, set()).add(wide)
    return {each: frozenset(wide) for each, wide in found.items()}


@cache
def loose() -> frozenset[str]:
    """Keys of wide concepts whose kinds may still be two things."""
    return frozenset(f"@{row['wide']}" for row in _rows() if row.get("loose"))


@cache
def _rows() -> list[dict[str, Any]]:
    return tomllib.loads(files("leakdesk.claims").joinpath("kinds.toml").read_text("utf-8"))["kind"]
