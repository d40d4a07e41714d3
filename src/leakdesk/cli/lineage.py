"""leakdesk lineage"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from leakdesk.cli import options, render

#: Lines of one kind that are shown where there are many.
_FEW = 3
_ID = re.compile(r"\bd[0-9a-f]{20}\b")


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
    outlets = names | {node["id"]: node["outlet"] for node in found["nodes"] if node.get("outlet")}
    edges = _Folded()
    for edge in found["edges"]:
        source, target = names.get(edge["from"], edge["from"]), names.get(edge["to"], edge["to"])
        between = (
            f"{outlets.get(edge['from'], source)} rests on {outlets.get(edge['to'], target)} ({edge['certainty']})"
        )
        reason = _ID.sub(lambda found: names.get(f"report:{found[0]}", found[0]), edge["reasons"][0])
        edges.add(f"  {source} rests on {target} ({edge['certainty']}): {reason}", between, edge["reasons"][0])
    edges.show()
    for loop in found["loops"]:
        render.words(
            f"  a loop: {' → '.join(names.get(node, node) for node in loop)}: it has no root and counts nothing"
        )
    withdrawn = _Folded()
    for one in found["withdrawn"]:
        _withdrawn(one, names, outlets, withdrawn)
    withdrawn.show()
    if not found["nodes"]:
        render.words("No report was added yet: leakdesk add CASE --as report FILE")


class _Folded:
    """Lines for people; of many that differ in nothing but which report it is, the first few and how many more."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str], list[str]] = {}

    def add(self, line: str, kind: str, reason: str) -> None:
        """A line, what to call lines like it, and a reason that they have in common but for ids and numbers."""
        self._kinds.setdefault((kind, re.sub(r"\d+", "", _ID.sub("", reason))), []).append(line)

    def show(self) -> None:
        """Print them, like beside like."""
        for (kind, _), lines in self._kinds.items():
            shown = lines if len(lines) <= _FEW + 1 else lines[:_FEW]
            for line in shown:
                render.words(line)
            if len(lines) > len(shown):
                render.words(f"  and {len(lines) - len(shown):,} more like these: {kind}. All of them: --json")


def _withdrawn(one: dict[str, Any], names: dict[str, str], outlets: dict[str, str], lines: _Folded) -> None:
    def name(report: str, names: dict[str, str] = names) -> str:
        return names.get(f"report:{report}", report)

    by, own = one["by"], one["document"]
    kind = f"{one['how']} by {name(by, outlets)}, claims of {name(own, outlets)}"
    line = f"  {one['how']} by {name(by)}: claim {one['claim']} of {name(own)} ({one['reason']})"
    for each in one["repeated"][:_FEW]:
        line += f"; still repeated by {name(each['document'])}, claim {each['claim']}"
    if len(one["repeated"]) > _FEW:
        line += f" and {len(one['repeated']) - _FEW} more"
    lines.add(line, kind, one["reason"])
