"""leakdesk dump"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.option("--json", "as_json", is_flag=True, help="JSON lines (a dump has no other form).")
def command(case: Path, as_json: bool) -> None:
    """Print everything in the case in canonical order, without times: two equal cases give equal dumps.

    \b
    Example:
      leakdesk dump case | sha256sum
    """
    from leakdesk.store import CaseStore
    from leakdesk.work.dump import dump

    with CaseStore.open(case) as store, store.connect() as connection:
        render.lines(dump(connection))
