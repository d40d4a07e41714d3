"""Whose a thing is: "the boat is registered to you" says that it belongs to whomever the letter addresses, and to nobody else."""

from __future__ import annotations

from leakdesk.claims.heads import End, end_keys
from leakdesk.claims.passages import Window
from leakdesk.claims.wanted import Wanted
from leakdesk.claims.wanted_slots import WantedSlot, even

#: Deeds by which a thing is somebody's, and words that tell them in a letter.
HELD = frozenset({"own", "register", "retain", "control"})
TOLD_BY = frozenset({"@own", "@register", "@owner", "@ownership", "@record"})
#: Roles in which a claim names whose it is.
OWNERS_ROLES = ("for", "to", "with")


def owner_instead(wish: Wanted, window: Window) -> str | None:
    """That the letter says a thing belongs to its addressee or its writer, where the claim names somebody else."""
    owner = _owner(wish)
    if (
        wish.denied
        or wish.predicate not in HELD
        or owner is None
        or not window.keys & TOLD_BY
        or len(window.persons) != 1
    ):
        return None
    (end,) = window.persons
    keys = end_keys(window.letter, end)
    if owner.surname & keys or owner.share(keys, even) > 0 or not wish.names_in(keys):
        return None
    if not (_thing_stands(wish, owner, window) or "@ownership" in window.keys):
        return None
    return f"subject: the letter says that it belongs to {_WHOM[end]}"


_WHOM: dict[End, str] = {"To": "whomever it addresses", "From": "its writer"}


def _owner(wish: Wanted) -> WantedSlot | None:
    roles = dict(zip(wish.roles, wish.others, strict=True))
    named = next((roles[each] for each in OWNERS_ROLES if each in roles), None)
    return named or (wish.object if wish.flipped else wish.subject)


def _thing_stands(wish: Wanted, owner: WantedSlot, window: Window) -> bool:
    things = [each for each in (wish.subject, wish.object) if each is not None and each is not owner]
    return any(each.matched(window.in_letter) for each in things)
