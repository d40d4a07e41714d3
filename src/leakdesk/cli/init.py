"""leakdesk init"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@options.as_json
@options.quiet
def command(case: Path, as_json: bool) -> None:
    """Create a case folder, for its owner's eyes alone.

    \b
    Example:
      leakdesk init case
    """
    from leakdesk.store import CaseStore

    with CaseStore.create(case) as store:
        config = store.config
    if as_json:
        render.result({"case": config.case, "created": config.created, "format": config.format})
    else:
        render.words(f"Created {case}. Put something in with: leakdesk add {case} PATH")
