"""Deeds of one wider class: "shipped" may tell what "sold" tells, "bought" may not."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from leakdesk.language.concepts import all_concepts, group_of, related


def akin(left: str, right: str) -> bool:
    """Whether two concepts of deeds are the same, or of one wider class and go the same way."""
    if left == right or not related(left, right):
        return left == right
    families = _families()
    if group_of(left) in families and not any(left in each and right in each for each in families[group_of(left)]):
        return False
    return frozenset((left, right)) not in _opposed()


@cache
def akin_keys(deed: str) -> frozenset[str]:
    """The keys ("@ship") of all concepts akin to a deed; () for a deed that is no concept."""
    return frozenset(f"@{each}" for each in all_concepts() if deed in all_concepts() and akin(deed, each))


@cache
def kin_keys(deed: str, *, certain: bool) -> frozenset[str]:
    """The keys of concepts that tell a deed without being of its class: its own nouns (`certain`), or what it rests on and leads
    to (kin.toml)."""
    rows = (row for row in _kin()["row"] if row["certain"] == certain and deed in row["deeds"])
    return frozenset(f"@{each}" for row in rows for each in row["told_by"] if each != deed)


@cache
def _families() -> dict[str, tuple[frozenset[str], ...]]:
    """Wide class -> the families in it whose deeds are of one kind."""
    table = _kin()["wide"]
    families = tuple(frozenset(each) for each in table["families"])
    return dict.fromkeys(table["groups"], families)


@cache
def _kin() -> dict[str, Any]:
    return tomllib.loads(files("leakdesk.claims").joinpath("kin.toml").read_text("utf-8"))


@cache
def kin_roles() -> dict[str, str]:
    """Concept of a role -> the deed of whoever has it: the supplier supplies."""
    return dict(_kin()["roles"])


#: Kinds of concept that are deeds: things done and things that change.
_DEEDS = frozenset({"act", "change"})
#: Deeds that only say how much or how many: a number beside the thing tells them.
AMOUNTS = frozenset({"cost", "owe", "count", "value", "exceed", "include", "suffice", "share", "reach"})


def tells_another(deed: str, keys: frozenset[str]) -> bool:
    """Whether words tell deeds, and none akin to this one: "asked for 14 engines" is no word about losing them. A deed that the
    table does not know may hide behind any word."""
    known = all_concepts()
    if deed not in known or known[deed].kind not in _DEEDS:
        return False
    if keys & (akin_keys(deed) | kin_keys(deed, certain=True) | kin_keys(deed, certain=False)):
        return False
    told = {key[1:] for key in keys if key.startswith("@") and key[1:] in known}
    return any(known[each].kind in _DEEDS for each in told)


def is_about_another(deed: str, keys: frozenset[str]) -> bool:
    """Whether words tell another deed than this one, and do more than people do by writing a letter: "thank you for 300 lamps"
    tells of the lamps, "300 lamps were stolen" of a theft."""
    return tells_another(deed, keys) and tells_another(deed, keys - _framing())


@cache
def _framing() -> frozenset[str]:
    """The keys of what people do by writing a letter (kin.toml)."""
    table = _kin()["framing"]
    groups = frozenset(table["groups"])
    of_groups = (name for name, each in all_concepts().items() if each.kind in _DEEDS and each.group in groups)
    return frozenset(f"@{name}" for name in (*of_groups, *table["concepts"]))


@cache
def facing_deeds(deed: str, mine: str, theirs: str) -> frozenset[str]:
    """The deeds that tell a deed of one end from the other ("receive", taking: give, pay, ...; converse.toml); () for none."""
    table = tomllib.loads(files("leakdesk.claims").joinpath("converse.toml").read_text("utf-8"))
    rows = table["ends"] if isinstance(table["ends"], list) else [table["ends"]]
    return frozenset(each for row in rows if deed in row[mine] for each in row[theirs])


@cache
def _opposed() -> frozenset[frozenset[str]]:
    table = tomllib.loads(files("leakdesk.claims").joinpath("opposites.toml").read_text("utf-8"))
    return frozenset(
        frozenset((one, other)) for row in table["opposed"] for one in row["one"] for other in row["other"]
    )
