"""Two designations of equipment: the same key, the same type in another version, or another type."""

from __future__ import annotations

from leakdesk.entities.things import Thing
from leakdesk.model.entity import Verdict


def judge(left: Thing, right: Thing) -> tuple[Verdict, float, tuple[str, ...]]:
    """Verdict, score and reasons. A differing version is a veto; a version left out is only possible."""
    if not left.key or not right.key:
        return "different", 0.0, ("nothing to compare",)
    if left.keys & right.keys:
        how = (
            "the same letters and numbers"
            if left.text.casefold() == right.text.casefold()
            else "one designation in both scripts"
        )
        return "same", 0.97, (f"{how}: {left.text} = {right.text}",)
    if left.rows & right.rows:
        return "same", 0.85, (f"{left.text} and {right.text} are names of one type (table of other names)",)
    if left.type == right.type:
        if left.version and right.version:
            return "different", 0.3, (f"another version: {left.text} is not {right.text}",)
        return "possible", 0.55, (f"one names the version, the other only the type: {left.text}, {right.text}",)
    return "different", 0.05, (f"another designation: {left.text} is not {right.text}",)
