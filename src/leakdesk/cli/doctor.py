"""leakdesk doctor"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@click.argument("case", type=click.Path(path_type=Path), required=False)
@options.as_json
def command(case: Path | None, as_json: bool) -> None:
    """Say which optional parts are present, what each missing one costs, and the line that installs it.

    \b
    Example:
      leakdesk doctor
    """
    from leakdesk.work.doctor import parts, warnings

    found, warned = parts(), warnings(case or Path())
    if as_json:
        render.result([*found, *({"name": "place", "present": False, "without": w, "install": ""} for w in warned)])
        return
    for part in found:
        render.words(
            f"{'yes' if part['present'] else 'no '}  {part['name']}"
            + ("" if part["present"] else f": {part['without']}")
        )
        if not part["present"]:
            render.words(f"       {part['install']}")
    for sentence in warned:
        render.words(f"!    {sentence}")
