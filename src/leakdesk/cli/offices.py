"""leakdesk offices"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@options.as_json
def command(case: Path, as_json: bool) -> None:
    """Offices, citizenships and trips of office holders, as the letters tell them: by country and month.

    Only people with the role official come in (leakdesk roles). The list is sorted by kind and country; it cannot be asked
    for one person, and it is never in the order of time.

    \b
    Example:
      leakdesk roles case ENTITY official
      leakdesk offices case
    """
    from leakdesk.desk import Desk
    from leakdesk.work.offices import offices

    with Desk.open(case) as desk:
        found = offices(desk.store)
        if as_json:
            render.lines(found)
        else:
            render.each(
                found,
                _show,
                f"Nothing is told of anybody with the role official: leakdesk roles {case} ENTITY official",
            )


def _show(line: dict[str, Any]) -> None:
    when = f", {line['month']}" if line["month"] else f", since {line['year']}" if line["year"] else ""
    listing = f"  ({line['listing']})" if line["listing"] else ""
    render.words(f"{line['kind']}: {line['value']}{when}  {line['caption']}{listing}  [{line['place']['document']}]")
