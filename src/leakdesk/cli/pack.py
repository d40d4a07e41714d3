"""leakdesk pack"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain


@click.command()
@options.case
@click.argument("findings", nargs=-1)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The folder to write, which must not exist yet."
)
@click.option("--key", type=click.Path(path_type=Path), help="An OpenSSH Ed25519 key (default: one made for the case).")
@click.option(
    "--number-people", is_flag=True, help="Masks carry numbers, so that readers can tell masked people apart."
)
@click.option(
    "--exposure-reason", default="", help="Why it is published although few could have held it. Names nobody."
)
@options.as_json
def command(
    case: Path,
    findings: tuple[str, ...],
    out: Path,
    key: Path | None,
    number_people: bool,
    exposure_reason: str,
    as_json: bool,
) -> None:
    """Build the redacted publication that a stranger can verify. Without FINDINGS: all accepted ones.

    \b
    Example:
      leakdesk pack case --out publication
    """
    from leakdesk.desk import Desk
    from leakdesk.errors import PackBlocked

    with Desk.open(case, write=True) as desk:
        written = desk.publish.pack(out, findings, key=key, number_people=number_people, reason=exposure_reason)
    made = written.pack
    blocked = [to_plain(block) for block in made.blocked]
    masked = [to_plain(place) for place in made.masked]
    summary = {
        "out": str(out),
        "root": made.root,
        "findings": made.findings,
        "documents": made.documents,
        "blocked": blocked,
        "masked": masked,
    }
    if as_json:
        render.result(summary)
    else:
        for block in made.blocked:
            render.words(f"blocked: {block.reason}" + (f"  [{block.document}]" if block.document else ""))
        if not made.blocked:
            render.words(f"{made.findings} findings from {made.documents} documents, {len(made.masked)} places masked.")
            render.words(f"root {made.root}")
            render.words(f"Anybody checks it with: python3 {out}/verify.py {out}")
    if made.blocked:
        raise PackBlocked(f"{len(blocked)} reason{'s' if len(blocked) > 1 else ''} listed above")
