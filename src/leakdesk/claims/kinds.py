"""Words for a kind of thing: papers may be a contract, a relative the mother (kinds.toml).

A letter that has the narrower word tells the wider one of a claim.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from leakdesk.language.concepts import all_concepts

#: Kinds that a report uses for one of its own named things: "the company" is no bank.
_POINTING = frozenset({"company", "plant", "worker", "official_n"})


@cache
def narrower() -> dict[str, frozenset[str]]:
    """Key of a wide concept ("@document") -> the keys of its kinds ("@contract")."""
    rows = tomllib.loads(files("leakdesk.claims").joinpath("kinds.toml").read_text("utf-8"))["kind"]
    known = all_concepts().values()
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["wide"] in _POINTING:
            continue
        kinds = row.get("kinds", ("thing", "actor"))
        of_groups = {each.id for each in known if each.group in row.get("groups", ()) and each.kind in kinds}
        found.setdefault(f"@{row['wide']}", set()).update(f"@{each}" for each in {*row.get("of", ()), *of_groups})
    return {each: frozenset(narrow) for each, narrow in found.items()}
