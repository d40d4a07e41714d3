"""leakdesk serve"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.option("--port", type=click.IntRange(1, 65535), help="Listen here (default: any free port).")
def command(case: Path, port: int | None) -> None:
    """The desk in a browser, on this computer only. The first line is a link that opens it once.

    \b
    Example:
      leakdesk serve case
    """
    from leakdesk.desk import Desk
    from leakdesk.errors import UsageError

    # The face in the browser is a chapter below this one: it is started by name, never imported from here.
    run = options.by_name("leakdesk.web.server:run")
    with Desk.open(case) as desk:
        try:
            run(desk, port, render.words)
        except OSError:
            raise UsageError(f"port {port} cannot be used", try_="Choose another one, or leave --port out.") from None
