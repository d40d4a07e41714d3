"""Rows of `compare` on pairs of invented reports by strangers to its rules (bench/pairs/reports): how many are found, and right.

    python bench/report_pairs.py [--pairs N]

    A, B   number of the sentence, language, sentence (the first is the headline)
    a, b   number of the clause, number of its sentence, clause, word for word
    = ~ ! x   clause of A, clause of B: the same fact, partly the same, the same in conflict, alike and yet two facts

The reports are read as text; a claim tells a clause if it has half of the shorter of both and three tenths of the longer. Nothing
is fitted to these texts, so what is found here is what may be hoped for in texts that nobody looked at.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from leakdesk.claims.align import align  # noqa: E402
from leakdesk.model.claim import Reading  # noqa: E402
from leakdesk.model.document import TextLayer  # noqa: E402
from leakdesk.reading.read import read_text  # noqa: E402
from leakdesk.work.meaning_model import installed  # noqa: E402
from leakdesk.work.together import entity_pairs  # noqa: E402

FOLDER = Path(__file__).absolute().parent / "pairs/reports"
#: Of a clause and a claim read in it, so much is common: of the shorter, and of the longer.
OF_SHORTER, OF_LONGER = 0.5, 0.3
#: Marks of clauses that stand in one row.
ONE_ROW = frozenset("=~!")


@dataclass(frozen=True)
class Side:
    """One report as a text, and its clauses: number -> (start, end)."""

    text: str
    clauses: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class ReportPair:
    """Two reports and the marks between their clauses: (clause of A, clause of B) -> mark. `file`: whose lesson it is."""

    file: str
    number: int
    a: Side
    b: Side
    marks: Mapping[tuple[str, str], str]


def report_pairs(folder: Path = FOLDER) -> Iterator[ReportPair]:
    """All pairs, file by file."""
    for path in sorted(folder.glob("*.tsv")):
        blocks = re.split(r"\n\s*\n", path.read_text("utf-8"))
        fields = ([line.split("\t") for line in block.splitlines()] for block in blocks)
        yield from (_pair(path.stem, number, each) for number, each in enumerate(fields) if each and each[0][0] == "A")


def _pair(file: str, number: int, lines: list[list[str]]) -> ReportPair:
    a, b = _side(lines, "A"), _side(lines, "B")
    marks = {(each[1], each[2]): each[0] for each in lines if each[0] in {*ONE_ROW, "x"} and len(each) > 2}
    known = {(x, y): mark for (x, y), mark in marks.items() if x in a.clauses and y in b.clauses}
    return ReportPair(file, number, a, b, known)


def _side(lines: list[list[str]], letter: str) -> Side:
    text, at = "", dict[str, tuple[int, str]]()
    for each in lines:
        if each[0] == letter and len(each) > 3:
            at[each[1]] = len(text), each[3]
            text += each[3] + (" " if at.keys() - {each[1]} else "\n\n")
    clauses: dict[str, tuple[int, int]] = {}
    for each in lines:
        if each[0] == letter.lower() and len(each) > 3 and each[2] in at and each[3] in at[each[2]][1]:
            start = at[each[2]][0] + at[each[2]][1].index(each[3])
            clauses[each[1]] = start, start + len(each[3])
    return Side(text.rstrip() + "\n", clauses)


def scored(pair: ReportPair) -> Counter[str]:
    """What `compare` makes of two reports: rows asked for and found, joined and right, and look-alikes joined."""
    a, b = (read_text(TextLayer(text=side.text, extractor="bench"), as_="report") for side in (pair.a, pair.b))
    in_a, in_b = _told(a, pair.a), _told(b, pair.b)
    asked = {clauses for clauses, mark in pair.marks.items() if mark in ONE_ROW}
    found: set[tuple[str, str]] = set()
    counts = Counter[str](rows=len(asked), traps=len(pair.marks) - len(asked))
    for row in align(a, b, entity_pairs(a, b), wording=installed()):
        left, right = (
            {clause for claim in ids for clause in told[claim]} for ids, told in ((row.a, in_a), (row.b, in_b))
        )
        stands = {(x, y) for x, y in pair.marks if x in left and y in right}
        found |= stands & asked
        counts["joined"] += bool(row.a and row.b)
        counts["right"] += bool(stands & asked)
        counts["traps joined"] += bool(stands) and not stands & asked
    counts["found"] = len(found)
    return counts


def _told(reading: Reading, side: Side) -> dict[str, set[str]]:
    """Claim -> the clauses that it tells."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim in reading.claims:
        for clause, (start, end) in side.clauses.items():
            shared = min(claim.quote.end, end) - max(claim.quote.start, start)
            shorter, longer = sorted((claim.quote.end - claim.quote.start, end - start))
            if shared >= OF_SHORTER * shorter and shared >= OF_LONGER * longer:
                told[claim.id].add(clause)
    return told


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pairs", type=int, help="only every so many of the pairs: 60 takes half a minute")
    chosen = options.parse_args()
    every = list(report_pairs())
    pairs = every[:: max(1, len(every) // chosen.pairs)] if chosen.pairs else every
    counts = sum(map(scored, pairs), Counter[str]())
    print(f"{len(pairs)} pairs of reports")
    print(f"rows found     {counts['found']} of {counts['rows']} = {counts['found'] / counts['rows']:.2f}")
    print(f"rows precision {counts['right']} of {counts['joined']} = {counts['right'] / max(1, counts['joined']):.2f}")
    print(f"traps joined   {counts['traps joined']} of {counts['traps']}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
