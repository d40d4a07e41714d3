"""leakdesk rebuild"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@options.as_json
@options.quiet
def command(case: Path, as_json: bool) -> None:
    """Make the search index and derived files anew. Originals and decisions are not touched.

    \b
    Example:
      leakdesk rebuild case
    """
    from leakdesk.store import CaseStore
    from leakdesk.work.again import rebuild

    with CaseStore.open(case, write=True) as store:
        summary = rebuild(store)
    if as_json:
        render.result(summary)
    else:
        render.words(f"Indexed {render.several(summary['documents'], 'document')} anew, {summary['seconds']:.1f} s.")
