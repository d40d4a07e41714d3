"""Scores comparing on pairs of short reports read as text (data/twins.toml): is the one event joined, with the right relation,
and are two events kept apart?"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leakdesk.model.claim import Reading
from leakdesk.model.comparison import Row, SourceText
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.work.comparing import compare_readings

Pair = dict[str, Any]
TABLE = Path(__file__).parent / "data" / "twins.toml"
#: Makes the kept half: nobody who writes rules looks at its items.
SEED = 2031
#: How much of the shorter of two stretches the other must cover.
COVERS = 0.6


@dataclass
class Score:
    """Counts, and a line for everything that went wrong."""

    rows: int = 0
    found: int = 0
    related: int = 0
    apart: int = 0
    joined_wrongly: int = 0
    hard_said: int = 0
    hard_right: int = 0
    hard: int = 0
    hard_found: int = 0
    strays: int = 0
    misses: list[str] = field(default_factory=list[str])

    def line(self) -> str:
        """The counts to print."""
        return (
            f"rows {self.found} of {self.rows}, relation {self.related} of {self.found}, "
            f"traps joined {self.joined_wrongly} of {self.apart}, "
            f"hard {self.hard_found} of {self.hard}, said {self.hard_said} right {self.hard_right}, strays {self.strays}"
        )


def pairs(half: str = "") -> list[Pair]:
    """All pairs, or those that rules may be tried on ("open"), or those kept from their writers ("kept")."""
    table: list[Pair] = tomllib.loads(TABLE.read_text("utf-8"))["pair"]
    if not half:
        return table
    kept: set[str] = set()
    for kind in sorted({pair["class"] for pair in table}):
        names = sorted(pair["id"] for pair in table if pair["class"] == kind)
        random.Random(f"{SEED}{kind}").shuffle(names)
        kept.update(names[: len(names) // 2])
    return [pair for pair in table if (pair["id"] in kept) == (half == "kept")]


def score(chosen: list[Pair]) -> Score:
    """Every chosen pair read and compared."""
    total = Score()
    for pair in chosen:
        _score(pair, total)
    return total


def _score(pair: Pair, total: Score) -> None:
    names = pair.get("outlets", ("", ""))
    days = pair.get("dates", ("", ""))
    metas = [
        SourceText(name=name, outlet=outlet or None, published=day or None)
        for name, outlet, day in zip("ab", names, days, strict=True)
    ]
    a, b = (read_text(TextLayer(text=pair[side], extractor="test"), as_="report") for side in "ab")
    result = compare_readings(a, b, metas[0], metas[1])
    joined = [row for row in result.rows if row.a and row.b]
    meant = [row for row in joined if _is_meant(row, pair, a, b)]
    hard = [row for row in joined if row.strength == "hard"]
    total.hard_said += len(hard)
    if pair.get("apart"):
        total.apart += 1
        total.joined_wrongly += bool(meant)
        total.misses += [f"TRAP {pair['id']}: {row.relation} {row.slots}" for row in meant]
    else:
        _score_row(pair, meant, total, a, b)
    right = [
        row for row in hard if row in meant and pair.get("hard") is not False and "conflicting" in pair.get("rows", ())
    ]
    total.hard_right += len(right)
    total.misses += [f"HARD+ {pair['id']}: {row.slots} {row.reasons}" for row in hard if row not in right]


def _score_row(pair: Pair, meant: list[Row], total: Score, a: Reading, b: Reading) -> None:
    if not meant and pair.get("apart_ok"):
        return
    total.rows += 1
    total.hard += pair.get("hard") is True
    if not meant:
        total.misses.append(f"ROW- {pair['id']}: {_told(a, pair, 'a', 0)} ~ {_told(b, pair, 'b', 1)}")
        return
    total.found += 1
    total.hard_found += pair.get("hard") is True and any(row.strength == "hard" for row in meant)
    right = any(row.relation in pair["rows"] for row in meant)
    total.related += right
    if not right:
        total.misses.append(f"REL {pair['id']}: {[r.relation for r in meant]} {meant[0].slots} {meant[0].reasons}")


def _is_meant(row: Row, pair: Pair, a: Reading, b: Reading) -> bool:
    return any(
        _stands(a, each, pair["a"], pair["at"][0]) and _stands(b, other, pair["b"], pair["at"][1])
        for each in row.a
        for other in row.b
    )


def _stands(reading: Reading, claim: str, text: str, at: str) -> bool:
    quote = next(each.quote for each in reading.claims if each.id == claim)
    start = text.index(at)
    shared = min(quote.end, start + len(at)) - max(quote.start, start)
    return shared >= COVERS * min(quote.end - quote.start, len(at))


def _told(reading: Reading, pair: Pair, side: str, number: int) -> str:
    mine = [each for each in reading.claims if _stands(reading, each.id, pair[side], pair["at"][number])]
    return (
        " + ".join(
            f"[{c.subject.text if c.subject else '-'}({c.subject.entity if c.subject else ''}) | {c.predicate.lemma}/"
            f"{c.predicate.class_} | {c.object.text if c.object else '-'} | {[(o.role, o.text) for o in c.others]} | {c.place}"
            f" | {[(q.value, q.unit) for q in c.quantities]}]"
            for c in mine
        )
        or "(not read)"
    )
