"""Real reports of one event and of sister events side by side: rows joined, hard conflicts said, processor time.

    LEAKDESK_SHARED=FOLDER python bench/real_pairs.py [--rows FILE]

The reports (`real/reports` of the shared folder: 40 texts, 32 pairs of one event, 48 pairs of two events of one kind) have no
rows marked; a row between sister events is nearly always wrong (now and then both tell the same earlier event), so fewer of
them, with no fewer rows between reports of one event, is better. `--rows` writes every joined row, for a person to read; the
texts are their outlets' own and are never printed.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
from collections import Counter
from pathlib import Path

from leakdesk.model.claim import Reading
from leakdesk.model.comparison import Comparison, SourceText
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.work.comparing import compare_readings

ROOT = Path(__file__).resolve().parents[1]


def lines_of(result: Comparison, label: str, names: tuple[str, str]) -> list[str]:
    """The joined rows of a comparison, for reading."""
    said = {f"A{each.id}": each.sentence for each in result.a.claims}
    said |= {f"B{each.id}": each.sentence for each in result.b.claims}
    lines: list[str] = []
    for row in result.rows:
        if row.a and row.b:
            lines.append(f"{label} {' '.join(names)} {row.relation} {row.strength or ''}".rstrip())
            lines += [f"    A {said['A' + each]}" for each in row.a] + [f"    B {said['B' + each]}" for each in row.b]
    return lines


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=Path)
    chosen = options.parse_args()
    folder = Path(os.environ.get("LEAKDESK_SHARED", str(ROOT.parent / "shared"))) / "real" / "reports"
    if not folder.is_dir():
        print("the shared folder with real/reports is not here; set LEAKDESK_SHARED", file=sys.stderr)
        return 2
    with (folder / "pairs.tsv").open(encoding="utf-8") as table:
        pairs = list(csv.DictReader(table, delimiter="\t"))
    began = time.process_time()
    readings: dict[str, Reading] = {}
    for name in sorted({pair[side] for pair in pairs for side in ("doc_a", "doc_b")}):
        text = (folder / name).read_text("utf-8")
        readings[name] = read_text(TextLayer(text=text, extractor="bench"), as_="report")
    reading = time.process_time() - began
    counts: Counter[tuple[str, str]] = Counter()
    lines: list[str] = []
    began = time.process_time()
    for pair in pairs:
        names = pair["doc_a"], pair["doc_b"]
        first, second = names
        result = compare_readings(readings[first], readings[second], SourceText(name=first), SourceText(name=second))
        joined = [row for row in result.rows if row.a and row.b]
        label = pair["label"]
        counts[label, "pairs"] += 1
        counts[label, "rows"] += len(joined)
        counts[label, "hard"] += sum(row.strength == "hard" for row in joined)
        lines += lines_of(result, label, names)
    comparing = time.process_time() - began
    for label in ("same", "sister"):
        many, rows, hard = (counts[label, what] for what in ("pairs", "rows", "hard"))
        print(f"{label:7} {many} pairs: {rows} rows ({rows / many:.1f} a pair), {hard} hard conflicts")
    print(
        f"{len(readings)} reports read in {reading:.1f} s of a processor, {len(pairs)} pairs compared in {comparing:.1f} s"
    )
    if chosen.rows:
        chosen.rows.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
