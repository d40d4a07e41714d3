"""What a list says: an entry with its names and particulars, when it was listed, and who owns whom.

A reader of a format yields these in any order; what belongs together carries the list's own id.
"""

from __future__ import annotations

from dataclasses import dataclass

from leakdesk.errors import UsageError

#: What an entry is on the list for, as `screen` prints it.
SANCTION, EXPORT_CONTROL, OFFICE, DEBARMENT, WATCHED = "sanction", "export_control", "office", "debarment", "watched"


class ListUnusable(UsageError):
    """This list cannot be used, and nothing of it was taken in. Correct the file and add it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHead:
    """What a file says about itself: `format` as in docs/formats.md, `title` of the list, `date` of this version or ""."""

    format: str
    title: str
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody or something on a list. `schema` is FollowTheMoney's. `weak`: names the list itself calls weak.

    `birth_dates` are ISO 8601 as exact as the list has them ("1961", "1961-05", "1961-05-02", "1960/1965" for between).
    `countries` are ISO 3166 codes where the name is known, else the name. `since` and `until`: listed since and until, as
    the list says, else "". `listed` is False for a firm that a list holds only because somebody listed owns it.
    """

    id: str
    schema: str
    name: str
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    kind: str = SANCTION
    listed: bool = True
    place: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.name.strip():
            raise ListUnusable(
                f"an entry without {'name' if self.id else 'id'} ({self.place or self.id or self.name[:40]})"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """That and when an entry is listed, where the list keeps this apart from the entry."""

    entry: str
    program: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number of an entry that the list keeps apart from it."""

    entry: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """`owner` holds `percent` (or an unknown part: None) of `asset`; both are ids of the list."""

    owner: str
    asset: str
    percent: float | None = None
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """A kind of goods on a control list: its code there, the wording of the category, and words that it goes by."""

    code: str
    wording: str
    regime: str
    tier: str = ""
    hs: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    place: str = ""


Record = Entry | Listing | Identifier | Owned | Good


def distinct(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Values without blanks around them, each once, in order; empty ones left out."""
    return tuple(dict.fromkeys(value for each in values if (value := " ".join(each.split()))))
