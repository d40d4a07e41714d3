"""Which part of a text layer goes into which field of the index; used alike when indexing and when showing matches."""

from __future__ import annotations

from collections.abc import Iterable

from leakdesk.model.document import Role, Segment

Zone = tuple[str, int, int]
"""Field, start, end (code points)."""

#: Roles with a field of their own; every other role is `body`.
FIELD_OF_ROLE = {Role.QUOTED: "quoted", Role.HEADER: "header"}
ZONE_FIELDS = ("body", "quoted", "header")


def zones(length: int, segments: Iterable[Segment]) -> tuple[Zone, ...]:
    """The runs of a text of `length` code points by field; without segments all of it is body."""
    runs: list[Zone] = []
    for segment in segments:
        field = FIELD_OF_ROLE.get(segment.role, "body")
        if runs and runs[-1][0] == field:
            runs[-1] = (field, runs[-1][1], segment.end)
        elif segment.end > segment.start:
            runs.append((field, segment.start, segment.end))
    return tuple(runs) or ((("body", 0, length),) if length else ())
