"""leakdesk export"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.option(
    "--format",
    "format_",
    type=click.Choice(["ftm", "csv", "annotations", "prov", "mbox", "dossier", "ach"]),
    required=True,
    help="Which tool's format; dossier: the findings to read and print; ach: a matrix of findings and evidence.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The folder to write, which must not exist yet."
)
@click.option(
    "--internal", is_flag=True, help="Unmasked, for the house only: labelled so, and written to the custody log."
)
@options.as_json
def command(case: Path, format_: str, out: Path, internal: bool, as_json: bool) -> None:
    """The case in another tool's format: masked, and without hashes of originals, unless --internal.

    \b
    Example:
      leakdesk export case --format ftm --out for-aleph
    """
    from leakdesk.desk import Desk
    from leakdesk.work.exporting import export

    with Desk.open(case, write=internal) as desk:
        written = export(desk.store, format_, out, internal=internal)
    if as_json:
        render.result(
            {"out": str(out), "format": format_, "internal": internal, "files": [path.name for path in written]}
        )
    else:
        for path in written:
            render.words(str(path))
