"""Scores comparing, lineage and checking on the visible scenarios.

    python bench/compare.py [--end-to-end] [--misses] [--variants] [--set opened|fresh|fresh2|fresh3|sealed] [NAME]

With the annotated claims by default (what these chapters do alone), from the texts with --end-to-end. NAME limits to
scenarios that begin so. Other sets: `opened` and `fresh` to `fresh3` have been learned from; the `sealed` one, which no
writer of rules has opened, is scored in numbers only.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from tests.claims.scorer import SETS, Figures, all_figures, scenario, scenarios, score_variants  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--end-to-end", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--variants", action="store_true", help="also the edited texts, always read end to end")
    parser.add_argument("--set", choices=tuple(SETS), default="visible", help="which scenarios")
    parser.add_argument("only", nargs="?", default="")
    given = parser.parse_args()
    if given.set == "sealed" and (given.misses or given.only):
        parser.error("the sealed scenarios are scored together and in numbers only: leave out the other options")
    if given.variants and given.set != "visible":
        parser.error("variants are scored of the visible scenarios")
    began = time.perf_counter()
    whole = Figures()
    for _, figures in all_figures(end_to_end=given.end_to_end, only=given.only, folder=SETS[given.set]):
        whole.add(figures)
    print("\n".join(whole.table()))
    if given.variants:
        whole.misses.clear()
        for name in scenarios():
            whole.add(score_variants(scenario(name), name))
        for key in ("relation", "strength", "verdict", "independent_sources"):
            print(f"variants, {key}: {whole.counts[f'variant {key} right']} of {whole.counts[f'variant {key}']}")
    if given.misses:
        print("\n".join(whole.misses))
    print(f"{time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
