"""leakdesk list"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command("list")
@options.case
@click.option(
    "--kind",
    type=click.Choice(["message", "document", "report", "container", "image", "table"]),
    help="Only this kind.",
)
@options.as_json
def command(case: Path, kind: str | None, as_json: bool) -> None:
    """List the documents: letters by date, then the rest.

    \b
    Example:
      leakdesk list case --kind message
    """
    from leakdesk.store import CaseStore, records

    with CaseStore.open(case) as store, store.connect() as connection:
        found = records.documents(connection, kind=kind)
        if as_json:
            render.lines(found)
            return
        none = (
            f"No {kind} is in this case." if kind else f"This case is empty. Add to it with: leakdesk add {case} PATH"
        )
        render.each(found, lambda line: render.words(_line(line)), none)


def _line(line: dict[str, Any]) -> str:
    sender = ", ".join(each["name"] or each["address"] for each in line["from"])
    title = line["title"] or options.where(line["locations"][0] if line["locations"] else [])
    parts = [line["id"], (line["date"] or "")[:10].ljust(10), line["kind"], sender, title]
    return "  ".join(part for part in parts if part)
