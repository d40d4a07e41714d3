"""leakdesk retry"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.option(
    "--limits",
    "limits",
    type=click.Choice(["small", "default", "big"]),
    default="default",
    help="How far a hostile file may go.",
)
@click.option(
    "--passwords", type=click.Path(path_type=Path), help="A file with one password a line, tried on what is locked."
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Parsing processes (default: one for each processor).")
@click.option("--unsandboxed", is_flag=True, help="Parse without a sandbox. Everything read that way is stamped.")
@options.as_json
@options.quiet
def command(
    case: Path, limits: str, passwords: Path | None, jobs: int | None, unsandboxed: bool, as_json: bool
) -> None:
    """Read the items that are not read once more: with larger limits, passwords, or a program installed since.

    \b
    Example:
      leakdesk retry case --limits big --passwords passwords.txt
    """
    from leakdesk.store import CaseStore
    from leakdesk.work.again import retry
    from leakdesk.work.pipeline import Options, Progress

    chosen = Options(limits=limits, passwords=options.passwords(passwords), jobs=jobs, unsandboxed=unsandboxed)
    with CaseStore.open(case, write=True) as store, render.bar() as show:

        def say(at: Progress) -> None:
            show(at.phase, at.done, at.total, at.container, False)

        summary = retry(store, chosen, say)
    if as_json:
        render.result(summary)
    else:
        render.words(
            f"Tried {render.several(summary['tried'], 'document')} again; {summary['changed']} read otherwise now."
        )
        render.words(
            f"Found {summary['found']}: {summary['read']} read, {summary['partial']} in part, {summary['failed']} not."
        )
        if summary["partial"] or summary["failed"]:
            render.words(f"What is not read, and why: leakdesk ledger {case}")
