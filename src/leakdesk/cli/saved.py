"""leakdesk saved"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain


@click.command()
@options.case
@click.argument("name", required=False)
@click.option("--new", "only_new", is_flag=True, help="Only what came in since it was last looked at.")
@click.option("--forget", is_flag=True, help="Keep this search no longer.")
@click.option("--limit", type=int, default=20, show_default=True, help="Hits a page.")
@click.option("--offset", type=int, default=0, help="Hits to leave out.")
@options.as_json
def command(case: Path, name: str | None, only_new: bool, forget: bool, limit: int, offset: int, as_json: bool) -> None:
    """Saved searches: list them with what is new, or look at one. A search is saved with: leakdesk search ... --save NAME

    Looking at a search marks what it finds as looked at. In queries, saved:NAME and new:NAME say the same.

    \b
    Example:
      leakdesk saved case
      leakdesk saved case harbachou --new
      leakdesk saved case harbachou --forget
    """
    from leakdesk.desk import Desk

    if name is None:
        if forget or only_new:
            raise click.UsageError("Say which one: saved CASE NAME")
        with Desk.open(case) as desk:
            _list(list(desk.saved.list()), as_json)
        return
    with Desk.open(case, write=forget) as desk:
        if forget:
            render.words(f"Forgotten: {desk.saved.forget(name).name}")
            return
        one = desk.saved.told(desk.saved.get(name))
        query = f'saved:"{one["name"]}"' + (f' new:"{one["name"]}"' if only_new else "")
        found = desk.search(query, limit=limit, offset=offset)
    if as_json:
        render.result({**to_plain(found), "saved": one})
    else:
        from leakdesk.cli.search import show

        render.words(f"{one['name']}: {one['query']}  ({one['new']} new)")
        show(found)
    _look(case, name)


def _list(found: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        render.lines(found)
        return
    rows = [
        (one["name"], str(one["total"] or 0), str(one["new"] or 0), one["query"], one.get("error", "")) for one in found
    ]
    render.table([("name", "documents", "new", "query", ""), *rows])
    if not found:
        render.tell("No search is saved. Save one with: leakdesk search CASE QUERY --save NAME")


def _look(case: Path, name: str) -> None:
    """Note that it was looked at; where the case is being written to, it stays new until the next time."""
    from leakdesk.desk import Desk
    from leakdesk.errors import CaseBusy, CaseReadOnly

    try:
        with Desk.open(case, write=True) as desk:
            desk.saved.look(name)
    except CaseBusy:
        render.tell("The case is being written to: these hits stay new until you look again.")
    except CaseReadOnly:
        render.tell("The case can only be read here: these hits stay new.")
