"""leakdesk compare"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakdesk.cli import options, render
from leakdesk.model.plain import to_plain

if TYPE_CHECKING:
    from leakdesk.model.comparison import Comparison, Row


@click.command()
@click.argument("reports", nargs=-1, required=True)
@click.option("--case", "case", type=click.Path(path_type=Path), help="Compare documents of this case, by id.")
@click.option("--unsandboxed", is_flag=True, help="Parse without a sandbox.")
@options.as_json
def command(reports: tuple[str, ...], case: Path | None, unsandboxed: bool, as_json: bool) -> None:
    """Two reports side by side: where they agree, differ, add; who had it from whom; how many independent sources.

    More than two give one comparison a pair.

    \b
    Example:
      leakdesk compare first.html second.html
      leakdesk compare --case case d1a2b3c4 d5e6f7a8
    """
    from leakdesk.work import comparing

    if len(reports) < 2:
        raise click.UsageError("Give two reports, or more.")
    if case is not None:
        from leakdesk.desk import Desk

        with Desk.open(case) as desk:
            _print(desk.claims.compare(*reports), as_json=as_json, one=len(reports) == 2)
    else:
        _print(comparing.compare_files(list(reports), unsandboxed=unsandboxed), as_json=as_json, one=len(reports) == 2)


def _print(found: Iterator[Comparison], *, as_json: bool, one: bool) -> None:
    """Pair by pair: of many reports there are more pairs than fit into memory."""
    if as_json and one:
        render.result(comparison_json(next(found)))
    elif as_json:
        render.lines(map(comparison_json, found))
    else:
        for each in found:
            _show(each)


def comparison_json(one: Comparison) -> dict[str, object]:
    """The contract's "Comparing"."""
    plain = to_plain(one)
    plain["lineage"]["independent_sources"] = one.lineage.independent_sources
    return plain


def _show(one: Comparison) -> None:
    quotes = {claim.id: claim.quote.exact for claim in (*one.a.claims, *one.b.claims)}
    lineage = one.lineage
    spread = (
        str(lineage.at_least) if lineage.at_least == lineage.at_most else f"{lineage.at_least} to {lineage.at_most}"
    )
    render.words(f"Independent sources behind what both say: {spread}")
    for reason in lineage.reasons:
        render.words(f"  why a span: {reason}")
    names = {node.id: node.name or node.id for node in lineage.nodes}
    for root in lineage.roots:
        render.words(f"  root: {names.get(root, root)}")
    for edge in lineage.edges:
        source, target = names.get(edge.source, edge.source), names.get(edge.target, edge.target)
        render.words(f"  {source} rests on {target} ({edge.certainty}): {edge.reasons[0]}")
    for note in one.notes:
        render.words(note)
    joined = [row for row in one.rows if row.a and row.b]
    alone = [row for row in one.rows if not (row.a and row.b)]
    for row in joined:
        _row(row, quotes)
    for fusion in one.fusions:
        render.words()
        render.words(f"Tied together in one text only: {fusion.sentence}")
    for side, name in (("a", "A"), ("b", "B")):
        only = [row for row in alone if getattr(row, side)]
        if only:
            render.words()
            render.words(f"Only in {name}:")
            for row in only:
                render.words(f"  · “{quotes[getattr(row, side)[0]]}”")


def _row(row: Row, quotes: dict[str, str]) -> None:
    strength = f" ({row.strength})" if row.strength else ""
    render.words()
    render.words(f"{row.relation.replace('_', ' ')}{strength}, independent sources: {row.independent_sources}")
    for name, claims in (("A", row.a), ("B", row.b)):
        for claim in claims:
            render.words(f"  {name}: “{quotes[claim]}”")
    for reason in (*row.reasons, *row.facets):
        render.words(f"     {reason}")
    if row.question:
        render.words(f"     Ask: {row.question}")
