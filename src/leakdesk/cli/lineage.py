"""leakdesk lineage"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render


@click.command()
@options.case
@click.argument("what", required=False)
@options.as_json
def command(case: Path, what: str | None, as_json: bool) -> None:
    """Who had it from whom, over all reports of the case, or behind one report or claim.

    \b
    Example:
      leakdesk lineage case
      leakdesk lineage case c1a2b3c4d5
    """
    from leakdesk.desk import Desk
    from leakdesk.work.lineage_list import lineage_json

    with Desk.open(case) as desk:
        found = lineage_json(desk.store, what)
    if as_json:
        render.result(found)
    else:
        _show(found)


def _show(found: dict[str, Any]) -> None:
    low, high = found["at_least"], found["at_most"]
    render.words(f"Independent sources: {low if low == high else f'{low} to {high}'}")
    for reason in found["reasons"]:
        render.words(f"  why a span: {reason}")
    names = {node["id"]: node["name"] for node in found["nodes"]}
    for root in found["roots"]:
        render.words(f"  root: {names.get(root, root)}")
    for edge in found["edges"]:
        source, target = names.get(edge["from"], edge["from"]), names.get(edge["to"], edge["to"])
        render.words(f"  {source} rests on {target} ({edge['certainty']}): {edge['reasons'][0]}")
    for loop in found["loops"]:
        render.words(
            f"  a loop: {' → '.join(names.get(node, node) for node in loop)}: it has no root and counts nothing"
        )
    for one in found["withdrawn"]:
        _withdrawn(one, names)
    if not found["nodes"]:
        render.words("No report was added yet: leakdesk add CASE --as report FILE")


def _withdrawn(one: dict[str, Any], names: dict[str, str]) -> None:
    def name(report: str) -> str:
        return names.get(f"report:{report}", report)

    render.words(
        f"  {one['how']} by {name(one['by'])}: claim {one['claim']} of {name(one['document'])} ({one['reason']})"
    )
    for each in one["repeated"]:
        render.words(f"    still repeated by {name(each['document'])}, claim {each['claim']}")
