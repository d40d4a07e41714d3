"""What can be said technically about a letter, beside its text: signatures, places that do not go together, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leakdesk.web.contexts import address

if TYPE_CHECKING:
    from leakdesk.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two places that do not go together: the sentence, how often that occurs here, and the places (words, address)."""

    rule: str
    sentence: str
    rate: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Technical:
    """All that can be said: sentences about signatures, conflicts, and what can identify a recipient."""

    signatures: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    marks: tuple[str, ...]


def technical(desk: Desk, identity: str) -> Technical | None:
    """What is known of one letter; None where it was not taken down yet (leakdesk authenticity does that)."""
    line = desk.authenticity.of(identity)
    return None if line is None else of_line(line)


def of_line(line: Mapping[str, Any]) -> Technical:
    """A line of `leakdesk authenticity` as the desk shows it."""
    said = [each["sentence"] for each in (*line["signatures"], *line["sealed"])]
    said += [line["arc"]["sentence"]] if line["arc"]["sentence"] else []
    return Technical(
        signatures=tuple(said or [line["says"]]),
        conflicts=tuple(_conflict(each) for each in line["observations"]),
        marks=tuple(line["marks"]["sentences"]),
    )


def _conflict(found: Mapping[str, Any]) -> Conflict:
    return Conflict(
        rule=found["rule"].replace("_", " "),
        sentence=found["sentence"],
        rate=found["base_rate"]["sentence"],
        places=tuple(_places(found)),
    )


def _places(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for anchor in found["anchors"]:
        at = f"{anchor['start']}-{anchor['end']}" if "start" in anchor else ""
        yield anchor["exact"], address(f"/d/{anchor['document']}", to="here" if at else "", at=at)
