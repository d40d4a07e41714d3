"""leakdesk claims"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.option("--document", help="Only the claims of this document.")
@options.as_json
def command(case: Path, document: str | None, as_json: bool) -> None:
    """The claims that were read in letters and reports, with what supports them.

    \b
    Example:
      leakdesk claims case --document d1a2b3c4
      leakdesk claims case --json
    """
    from leakdesk.desk import Desk
    from leakdesk.work.claims_list import claims

    with Desk.open(case) as desk:
        found = claims(desk.store, document)
        if as_json:
            render.lines(found)
        else:
            render.each(found, _show, f"No claim was read here. What was not read, and why: leakdesk ledger {case}")


def _show(claim: dict[str, Any]) -> None:
    marks = [claim["modality"]] if claim["modality"] != "asserted" else []
    marks += ["hedged"] if claim["hedged"] else []
    marks += [f"{claim['independent_sources']} independent sources"] if claim["independent_sources"] > 1 else []
    render.words(f"{claim['sentence'] or claim['quote']['exact']}" + (f"  [{', '.join(marks)}]" if marks else ""))
    render.words(f"    “{claim['quote']['exact']}”  [{claim['document']} {claim['id']}]")
    for support in claim["support"]:
        render.words(f"    {support['stance']}: “{support['anchor']['exact']}”  [{support['anchor']['document']}]")
