"""leakdesk meaning"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@options.as_json
@options.quiet
def command(case: Path, as_json: bool) -> None:
    """Prepare a case for search by meaning: about a quarter of a second a letter, on this computer, nothing is sent anywhere.

    What is prepared stays when you interrupt; run it again after adding. It needs the optional part: pip install
    'leakdesk[meaning]'.

    \b
    Example:
      leakdesk meaning case
      leakdesk search case "who paid for the kiln" --meaning
    """
    from leakdesk.store import CaseStore
    from leakdesk.work.meaning import prepare

    with CaseStore.open(case, write=True) as store, render.bar() as show:
        summary = prepare(store, lambda done, total: show("preparing", done, total, "", False))
    if as_json:
        render.result(summary)
    else:
        render.words(
            f"Prepared {summary['documents']:,} documents, {summary['seconds']:.1f} s; "
            f"{summary['passages']:,} passages in all."
        )
