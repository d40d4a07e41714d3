"""leakdesk reread"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.argument("doc", required=False)
@click.option("--jobs", type=click.IntRange(1, 64), help="Parsing processes (default: one for each processor).")
@options.as_json
@options.quiet
def command(case: Path, doc: str | None, jobs: int | None, as_json: bool) -> None:
    """Read documents again whose reader is newer now, or the one named. Texts of before stay beside the new ones.

    \b
    Example:
      leakdesk reread case
    """
    from leakdesk.store import CaseStore
    from leakdesk.work.again import reread
    from leakdesk.work.pipeline import Options, Progress

    with CaseStore.open(case, write=True) as store, render.bar() as show:

        def say(at: Progress) -> None:
            show(at.phase, at.done, at.total, at.container, False)

        summary = reread(store, doc, Options(jobs=jobs), say)
    if as_json:
        render.result(summary)
    else:
        render.words(
            f"Read {render.several(summary['tried'], 'document')} again; {summary['changed']} read otherwise now."
        )
