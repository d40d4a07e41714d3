"""leakdesk tag"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render
from leakdesk.cli.note import line, list_all


@click.command()
@options.case
@click.argument("document", required=False)
@click.argument("tags", nargs=-1)
@click.option("--remove", is_flag=True, help="Take these tags from the document; they stay, withdrawn.")
@options.as_json
def command(case: Path, document: str | None, tags: tuple[str, ...], remove: bool, as_json: bool) -> None:
    """Tag a document: read, relevant, privileged, or words of your own. Without a tag, list them.

    Tags are found with tag:relevant. Each change is a line of the custody log, which never says what the tag was.

    \b
    Example:
      leakdesk tag case d1a2b3c4 relevant "money trail"
      leakdesk tag case d1a2b3c4 relevant --remove
      leakdesk tag case
    """
    from leakdesk.desk import Desk

    if remove and not tags:
        raise click.UsageError("Say which tag: tag CASE DOC TAG --remove")
    with Desk.open(case, write=bool(tags)) as desk:
        if document is None or not tags:
            list_all(list(desk.notes.list(document, "tag")), as_json, "No tag yet: leakdesk tag CASE DOC TAG")
            return
        change = desk.notes.untag if remove else desk.notes.tag
        changed = [change(document, each) for each in tags]
    if as_json and len(changed) == 1:
        render.result(changed[0])
    elif as_json:
        render.lines(changed)
    else:
        for one in changed:
            render.words(line(one))
