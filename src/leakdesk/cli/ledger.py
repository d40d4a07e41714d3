"""leakdesk ledger"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@options.as_json
def command(case: Path, as_json: bool) -> None:
    """Show the equation found = read + partial + failed, whole and per container, and every item that is not read.

    \b
    Example:
      leakdesk ledger case
    """
    from leakdesk.store import CaseStore, records

    with CaseStore.open(case) as store, store.connect() as connection:
        ledger = records.ledger(connection)
    if as_json:
        render.result(ledger)
    else:
        _show(ledger)


def _show(ledger: dict[str, Any]) -> None:
    whole, waiting = ledger["totals"], ledger.get("waiting", 0)
    parts = f"read {whole['read']} + partial {whole['partial']} + failed {whole['failed']}"
    if waiting:
        what = "1 item waits" if waiting == 1 else f"{waiting:,} items wait"
        render.words(f"found {whole['found']} so far: {parts}")
        render.words(
            f"{what} to be read, so this need not add up yet: run the same add again, and it goes on from here."
        )
    else:
        render.words(f"found {whole['found']} {'=' if ledger['equation_holds'] else '≠'} {parts}")
    if ledger["containers"]:
        render.words()
        head = ("container", "found", "read", "partial", "failed")
        render.table(
            [
                head,
                *[
                    (options.where(c["location"]), *[str(c[name]) for name in head[1:]])
                    for c in ledger["containers"]
                    if c["found"]
                ],
            ]
        )
    for item in ledger["items"]:
        limit = f" (limit: {item['limit']})" if item["limit"] else ""
        render.words(f"{item['state']}: {options.where(item['location'])}: {item['reason']}{limit}  [{item['id']}]")
