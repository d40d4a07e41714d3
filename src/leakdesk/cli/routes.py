"""leakdesk routes"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@options.as_json
def command(case: Path, as_json: bool) -> None:
    """The roads that goods took, as the letters tell them: requests, offers, refusals, orders, payments, shipments, end uses.

    Every step stands on its exact words. Red flags are questions with their source; nothing here says that a rule was broken.

    \b
    Example:
      leakdesk routes case
      leakdesk routes case --json
    """
    from leakdesk.desk import Desk
    from leakdesk.work.routes import routes

    with Desk.open(case) as desk:
        found = routes(desk.store)
        if as_json:
            render.lines(found)
        else:
            render.each(found, _show, "No road of goods was read in the letters.")


def _show(chain: dict[str, Any]) -> None:
    render.words(f"{chain['goods']} ({', '.join(chain['named'])}): {chain['says']}")
    render.words(
        f"    countries: {', '.join(chain['countries']) or 'none named'}; amounts: {', '.join(chain['amounts']) or 'none'}"
    )
    for step in chain["steps"]:
        who = f"{', '.join(step['from'])} → {', '.join(step['to'])}"
        render.words(f"    {step['day'] or 'no date':10}  {step['kind']}, {step['status']:8} {who}")
        render.words(f"                “{step['anchor']['exact']}”  [{step['document']}]")
    for flag in chain["flags"]:
        render.words(f"    ? {flag['says']} {flag['ask']}")
        render.words(f"      {flag['id']}; {flag['reference']}; {len(flag['anchors'])} places")
    render.words()
