"""leakdesk exposure"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from leakdesk.publish.exposure import Exposure


@click.command()
@options.case
@click.argument("what", nargs=-1)
@options.as_json
def command(case: Path, what: tuple[str, ...], as_json: bool) -> None:
    """How many people could have held what is about to be published: numbers, never names.

    WHAT is findings (all accepted ones if none are named), or the file of a draft.

    \b
    Example:
      leakdesk exposure case
      leakdesk exposure case draft.txt
    """
    from leakdesk.desk import Desk
    from leakdesk.work import loose
    from leakdesk.work.publishing import expose_draft

    with Desk.open(case) as desk:
        if len(what) == 1 and Path(what[0]).exists():
            draft = loose.read_files([what[0]], as_="report")[0].layer.text
            with desk.store.connect() as connection:
                found = expose_draft(connection, draft)
        else:
            found = desk.publish.exposure(what)
            if not what and not found.passages:
                render.tell("No accepted finding rests on the letters. Accept one, name a finding, or give a draft.")
    if as_json:
        render.result(to_plain(found))
    else:
        _show(found)


def _show(found: Exposure) -> None:
    for number, passage in enumerate(found.passages):
        quoted = f"“{passage.anchor.exact}”" if passage.anchor else "a passage of the draft"
        render.words(f"at least {passage.holders} could have held {quoted}")
        if number < len(found.wordings):
            render.words(f"    {found.wordings[number].sentence}")
    if not found.passages:
        render.words("Nothing of the letters stands in it.")
    render.words(
        f"held all of it: {found.all_of_them}; largest share of suspicion on one of them: {found.largest_share:.2f}"
    )
    for advice in found.advice:
        render.words(f"advice: {advice.sentence}")
    render.words(found.says)
