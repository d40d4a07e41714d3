"""leakdesk names"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

VERBS = ("merge", "split", "apart", "undo", "explain")
#: Entities of the printed list; --json prints all.
MOST_LINES = 60
#: Spellings of one of them, each once in whatever languages it is written.
MOST_SPELLINGS = 8


@click.command()
@click.argument("what", nargs=-1, required=True)
@click.option("--all", "everything", is_flag=True, help="Also what was named once and only perhaps.")
@options.as_json
def command(what: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Who and what is named, and a person's judgement about it, always reversible.

    \b
    Example:
      leakdesk names case
      leakdesk names merge case Q1a2b3 Q4d5e6
      leakdesk names apart case Q1a2b3 Q4d5e6
      leakdesk names split case Q1a2b3 "A. Petrov"
      leakdesk names undo case Q1a2b3
      leakdesk names explain case Q1a2b3 Q4d5e6
    """
    if what[0] in VERBS and len(what) > 1:
        _judge(what[0], Path(what[1]), what[2:], as_json=as_json)
    elif len(what) == 1:
        _list(Path(what[0]), everything=everything, as_json=as_json)
    else:
        raise click.UsageError(f"Say: names CASE, or names {'|'.join(VERBS)} CASE ID ...")


def _list(case: Path, *, everything: bool, as_json: bool) -> None:
    from leakdesk.desk import Desk

    with Desk.open(case) as desk:
        found = [one for one in desk.names.list() if everything or one["shown"] or as_json]
    if as_json:
        render.lines(found)
        return
    render.each(found[:MOST_LINES], _show, f"No name was read here. What was not read, and why: leakdesk ledger {case}")
    if len(found) > MOST_LINES:
        render.words(f"... and {len(found) - MOST_LINES} more (--json prints all)")


def _judge(verb: str, case: Path, ids: tuple[str, ...], *, as_json: bool) -> None:
    from leakdesk.desk import Desk
    from leakdesk.work import resolving

    if verb == "explain":
        if len(ids) != 2:
            raise click.UsageError("Say: names explain CASE ID ID")
        with Desk.open(case) as desk, desk.store.connect() as connection:
            match = resolving.explained(connection, *ids)
        if as_json:
            render.result(to_plain(match))
        else:
            render.words(f"{match.left} and {match.right}: {match.verdict} ({match.score:.2f})")
            for reason in match.reasons:
                render.words(f"    {reason}")
        return
    if not ids:
        raise click.UsageError(f"Say: names {verb} CASE ID ...")
    with Desk.open(case, write=True) as desk:
        if verb == "split":
            one = resolving.split(desk.store, ids[0], ids[1:])
        elif verb == "undo":
            one = resolving.undo(desk.store, ids[0])
        else:
            one = resolving.judge(desk.store, verb, ids)
    if as_json:
        render.result(one)
    else:
        _show(one)


def _show(one: dict[str, Any]) -> None:
    every = list(dict.fromkeys(name["text"] for name in one["names"]))
    spellings = ", ".join(every[:MOST_SPELLINGS]) + (" ..." if len(every) > MOST_SPELLINGS else "")
    role = f", {one['role']}" if one["role"] else ""
    where = f"{render.several(one['mentions'], 'mention')} in {render.several(one['documents'], 'document')}"
    render.words(f"{one['id']}  {one['caption']} ({one['schema']}{role}): {where}")
    if len(every) > 1:
        render.words(f"      {spellings}")
    for suggestion in one["suggestions"][:2]:
        render.words(f"      may be {suggestion['with']}: {suggestion['reasons'][0]}")
