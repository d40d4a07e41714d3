"""Tags and notes as a page shows them: the usual tags as buttons, on or off, then words of somebody's own, then notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leakdesk.web.contexts import address
from leakdesk.work.marks import USUAL, marks

if TYPE_CHECKING:
    from leakdesk.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTags:
    """The tag buttons of a document: (tag, whether it is on). A key of the keyboard presses each of the usual ones."""

    document: str
    buttons: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note; `href` leads to its place in the text, "" where it is about the whole document."""

    number: int
    text: str
    day: str
    exact: str
    href: str


def tags_of(desk: Desk, documents: Sequence[str]) -> dict[str, ShownTags]:
    """The tag buttons of some documents."""
    own: dict[str, list[str]] = defaultdict(list)
    with desk.store.connect() as connection:
        for one in marks(connection, documents, "tag"):
            own[one["document"]].append(one["value"])
    return {document: ShownTags(document=document, buttons=_buttons(own[document])) for document in documents}


def _buttons(tags: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    known = {tag.casefold() for tag in tags}
    others = [(tag, True) for tag in tags if tag.casefold() not in USUAL]
    return (*((tag, tag in known) for tag in USUAL), *others)


def notes_of(desk: Desk, document: str) -> tuple[ShownNote, ...]:
    """The notes of a document."""
    return tuple(_note(one) for one in desk.notes.list(document, "note"))


def _note(one: dict[str, Any]) -> ShownNote:
    anchor = one["anchor"]
    at = f"{anchor['start']}-{anchor['end']}" if anchor else ""
    return ShownNote(
        number=one["number"],
        text=one["value"],
        day=one["day"],
        exact=anchor["exact"] if anchor else "",
        href=address(f"/d/{one['document']}", to="here", at=at) if anchor else "",
    )
