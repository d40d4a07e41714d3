"""leakdesk roles"""

from __future__ import annotations

from pathlib import Path

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.argument("entity")
@click.argument("role")
@click.option("--reason", default="", help="Why: needed for professional, refused for protected.")
@options.as_json
def command(case: Path, entity: str, role: str, reason: str, as_json: bool) -> None:
    """Settle why a person may be named in a publication, or that they may not.

    ROLE is subject, official, professional (with a reason) or protected (relatives, minors, bystanders and informants alike;
    no reason is ever stored).

    \b
    Example:
      leakdesk roles case Q1a2b3 official
      leakdesk roles case Q4d5e6 protected
    """
    from leakdesk.desk import Desk
    from leakdesk.work.resolving import entity as one_entity

    with Desk.open(case, write=True) as desk:
        desk.names.set_role(entity, role, reason)
        with desk.store.connect() as connection:
            found = one_entity(connection, entity)
    if as_json:
        render.result(found)
    else:
        render.words(f"{found['caption']}: {found['role']}")
