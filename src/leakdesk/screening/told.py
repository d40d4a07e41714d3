"""What the letters tell of somebody besides the name: a date of birth or a number that stands in the same line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from leakdesk.model.entity import Mention
from leakdesk.screening.particulars import iso_date

#: A particular belongs to the last name before it in its line, no further away than this (code points).
FARTHEST = 120
_DAY = r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s+[^\W\d_]{3,12}\.?\s+\d{4}|\d{4}"
#: Example: "12.03.1975 г.р.". Counter-example: "договор от 12.03.1975".
_BEFORE = re.compile(
    rf"(?<!\d)({_DAY})\s*(?:г(?:ода|\.)?\s*р(?:ожд\w*|\.)|р\.?\s?н\.|р(?:оку)?\s+нар\w*|г\.?\s?н\.|года\s+рожд\w+|b\.)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:род(?:\.|ился|илась|ившийся)|дата\s+рожд\w*|дата\s+нарадж\w*|нарадзі\w+|дата\s+народж\w*|народи\w+|нар\.|"
    rf"born(?:\s+on)?|date\s+of\s+birth|DOB|d\.o\.b\.)\W{{0,4}}({_DAY})(?!\d)",
    re.IGNORECASE,
)
#: Rule that found an identifier -> the label by which lists know it.
_LABELS = {
    "inn ru": "INN",
    "unp by": "UNP",
    "ogrn ru": "OGRN",
    "edrpou ua": "EDRPOU",
    "passport by": "passport",
    "imo number": "IMO",
}


def births(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """(mention id, date of birth) where a line tells it right after a person's name."""
    people = [each for each in mentions if each.type == "person"]
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(text):
            owner = _owner(text, match.start(), people)
            if owner is not None and (born := iso_date(match[1])):
                yield owner.id, born


def numbers(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """(mention id, "UNP 100000016") where a line gives a number right after a person's, a body's or a ship's name."""
    named = [each for each in mentions if each.type in ("person", "organization", "equipment")]
    for each in mentions:
        label = next((_LABELS[rule] for rule in each.rules if rule in _LABELS), "")
        if each.type == "identifier" and label and (owner := _owner(text, each.start, named)) is not None:
            yield owner.id, f"{label} {each.normal}"


def _owner(text: str, at: int, named: Iterable[Mention]) -> Mention | None:
    line = max(text.rfind("\n", 0, at) + 1, at - FARTHEST)
    before = [each for each in named if line <= each.start and each.end <= at]
    return max(before, key=lambda each: each.end, default=None)
