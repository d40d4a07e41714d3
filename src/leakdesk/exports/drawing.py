"""Who had it from whom, drawn: reports above, what they rest on below, one line for each derivation.

SVG without scripts, links or fonts of its own, readable in print and in grey: how certain a line is shows in its dashes, and
the same stands in words under the drawing (`sentences`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

_WIDE, _HIGH, _GAP, _STEP = 190, 46, 24, 104
#: Characters that fit on one line of a box.
_FITS = 22
_DASHES = {"stated": "", "inferred": "7 4", "possible": "2 5"}
_SAYS = {
    "hadPrimarySource": "rests on",
    "wasQuotedFrom": "quotes",
    "wasRevisionOf": "is a later version of",
    "wasDerivedFrom": "took from",
    "obtainedVia": "came through",
}


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node: id, kind (as in the contract), what stands in its box."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """A derivation, from the later to what it rests on."""

    source: str
    target: str
    relation: str
    certainty: str
    reasons: tuple[str, ...]


def sentences(nodes: Sequence[DrawnNode], edges: Sequence[DrawnEdge]) -> list[str]:
    """One sentence a line of the drawing."""
    names = {node.id: node.name or node.kind for node in nodes}
    return [
        f"{names[edge.source]} {_SAYS.get(edge.relation, 'rests on')} {names[edge.target]} ({edge.certainty}): "
        + "; ".join(edge.reasons)
        for edge in edges
        if edge.source in names and edge.target in names
    ]


def svg(nodes: Sequence[DrawnNode], edges: Sequence[DrawnEdge]) -> str:
    """The drawing; "" where there is nothing to draw."""
    if not nodes:
        return ""
    known = {node.id for node in nodes}
    lines = [edge for edge in edges if edge.source in known and edge.target in known and edge.source != edge.target]
    places = _places(nodes, lines)
    width = max(x for x, _ in places.values()) + _WIDE + _GAP
    height = max(y for _, y in places.values()) + _HIGH + _GAP
    drawn = [_line(edge, places) for edge in lines] + [_box(node, places[node.id]) for node in nodes]
    title = escape("Who had it from whom. " + " ".join(sentences(nodes, lines)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{title}" font-family="system-ui, sans-serif" font-size="13">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#333"/></marker></defs>' + "".join(drawn) + "</svg>"
    )


def _places(nodes: Sequence[DrawnNode], edges: Sequence[DrawnEdge]) -> Mapping[str, tuple[int, int]]:
    """Where each box stands: a row below everything that rests on it, near the boxes above it."""
    row = _rows(nodes, edges)
    above: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        above[edge.target].append(edge.source)
    rows: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        rows[row[node.id]].append(node.id)
    column: dict[str, float] = {}
    for level in sorted(rows):
        order = {each: at for at, each in enumerate(rows[level])}
        wished = {
            each: (
                sum(column[up] for up in ups) / len(ups)
                if (ups := [u for u in above[each] if u in column])
                else order[each]
            )
            for each in rows[level]
        }
        for at, each in enumerate(sorted(rows[level], key=lambda one: (wished[one], order[one]))):
            column[each] = at
    return {each: (_GAP + int(at * (_WIDE + _GAP)), _GAP + row[each] * _STEP) for each, at in column.items()}


def _rows(nodes: Sequence[DrawnNode], edges: Sequence[DrawnEdge]) -> dict[str, int]:
    """The row of each node: the longest way down to it. A loop is cut after as many steps as there are nodes."""
    row = {node.id: 0 for node in nodes}
    for _ in nodes:
        moved = False
        for edge in edges:
            wanted = min(row[edge.source] + 1, len(nodes))
            if row[edge.target] < wanted:
                row[edge.target], moved = wanted, True
        if not moved:
            break
    levels = {level: at for at, level in enumerate(sorted(set(row.values())))}
    return {each: levels[level] for each, level in row.items()}


def _line(edge: DrawnEdge, places: Mapping[str, tuple[int, int]]) -> str:
    (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
    down = y2 >= y1
    start, end = (y1 + _HIGH, y2) if down else (y1, y2 + _HIGH)
    dashes = f' stroke-dasharray="{_DASHES[edge.certainty]}"' if _DASHES.get(edge.certainty) else ""
    reasons = escape(f"{edge.certainty}: " + "; ".join(edge.reasons))
    return (
        f'<line x1="{x1 + _WIDE // 2}" y1="{start}" x2="{x2 + _WIDE // 2}" y2="{end}" stroke="#333" '
        f'stroke-width="1.6"{dashes} marker-end="url(#tip)"><title>{reasons}</title></line>'
    )


def _box(node: DrawnNode, place: tuple[int, int]) -> str:
    x, y = place
    unknown = node.kind == "unknown"
    dashes = ' stroke-dasharray="4 3"' if unknown else ""
    name = node.name or node.kind
    short = name if len(name) <= _FITS else name[: _FITS - 1] + "…"
    return (
        f'<g><title>{escape(name)}</title><rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="5" fill="#fff" '
        f'stroke="#333"{dashes}/><text x="{x + _WIDE // 2}" y="{y + 20}" text-anchor="middle">{escape(short)}</text>'
        f'<text x="{x + _WIDE // 2}" y="{y + 37}" text-anchor="middle" fill="#555" font-size="11">{escape(node.kind)}</text></g>'
    )
