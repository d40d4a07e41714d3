"""leakdesk note"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render

_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")


@click.command()
@options.case
@click.argument("document", required=False)
@click.argument("text", required=False)
@click.option("--at", help="The place in the text that the note is about: START-END.")
@click.option("--remove", type=int, metavar="NUMBER", help="Take back the note of this number; it stays, withdrawn.")
@options.as_json
def command(
    case: Path, document: str | None, text: str | None, at: str | None, remove: int | None, as_json: bool
) -> None:
    """Write a note to a document, list its notes, or list all. Each change is a line of the custody log.

    \b
    Example:
      leakdesk note case d1a2b3c4 "Ask Sidorov about the kiln"
      leakdesk note case d1a2b3c4 "This is the price" --at 120-180
      leakdesk note case d1a2b3c4
      leakdesk note case d1a2b3c4 --remove 7
    """
    from leakdesk.desk import Desk

    if (text is not None or remove is not None) and document is None:
        raise click.UsageError("Say which document: note CASE DOC TEXT")
    if text is not None and remove is not None:
        raise click.UsageError("Give a text or --remove NUMBER, not both.")
    with Desk.open(case, write=text is not None or remove is not None) as desk:
        if remove is not None:
            tell(desk.notes.withdraw(remove, document), as_json)
        elif text is not None and document is not None:
            tell(desk.notes.add(document, text, _place(at)), as_json)
        else:
            list_all(list(desk.notes.list(document, "note")), as_json, "No note yet: leakdesk note CASE DOC TEXT")


def _place(at: str | None) -> tuple[int, int] | None:
    if at is None:
        return None
    found = _PLACE.fullmatch(at)
    if found is None:
        raise click.UsageError("--at takes a place in the text, such as 120-180.")
    return int(found[1]), int(found[2])


def tell(one: dict[str, Any], as_json: bool) -> None:
    """A note or tag that was made or taken back."""
    if as_json:
        render.result(one)
    else:
        render.words(line(one))


def list_all(found: list[dict[str, Any]], as_json: bool, none: str) -> None:
    """Notes or tags, one a line."""
    if as_json:
        render.lines(found)
    else:
        render.each(found, lambda one: render.words(line(one)), none)


def line(one: dict[str, Any]) -> str:
    """A note or tag for people."""
    place = f"“{one['anchor']['exact']}”" if one["anchor"] else ""
    said = f"{one['kind']} taken back: {one['value']}" if one["withdrawn"] else one["value"]
    return "  ".join(part for part in (str(one["number"]), one["day"], one["document"], said, place) if part)
