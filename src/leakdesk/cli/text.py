"""leakdesk text"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.argument("doc")
@options.as_json
def command(case: Path, doc: str, as_json: bool) -> None:
    """Print a document's text layer, exactly: the string that all offsets count in.

    \b
    Example:
      leakdesk text case d0f3c1a9b2e4d5f60718
    """
    from leakdesk.store import CaseStore, records

    with CaseStore.open(case) as store, store.connect() as connection:
        found = records.text(connection, doc)
    if as_json:
        render.result(found)
    else:
        render.exactly(found["text"])
