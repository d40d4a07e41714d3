"""leakdesk raw"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.argument("item")
def command(case: Path, item: str) -> None:
    """Write the sealed original bytes of any item or document to standard output, unread ones too.

    \b
    Example:
      leakdesk raw case i5b1d0c2e4f60718293a > letter.eml
    """
    from leakdesk.store import CaseStore, records

    with CaseStore.open(case) as store:
        with store.connect() as connection:
            sha256 = records.sha256_of(connection, item)
        render.data(store.originals.pieces(sha256))
