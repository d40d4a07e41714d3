"""How well a report's claims are held against the letters: verdicts and passages against annotated truth.

    ./run bench evidence [--end-to-end] [--show]

Scores the demo's truth: verdict accuracy and macro F, a relevant passage among the first five, and contradictions shown as
support. With annotated claims by default (what the check alone can do), with the claims as read with --end-to-end.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

VERDICTS = ("supports", "partly", "contradicts", "silent", "not_checkable")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--end-to-end", action="store_true")
    parser.add_argument("--show", action="store_true", help="print every claim that was judged otherwise")
    parser.add_argument("--seed", type=int, default=None, help="another telling of the demo")
    parser.add_argument("--case", type=Path, default=None, help="a case that holds the demo's parcel already")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        score(Path(folder), given)


def score(folder: Path, given: argparse.Namespace) -> None:
    from leakdesk.demo.build import build_parcel
    from leakdesk.desk import Desk
    from leakdesk.store.case import CaseStore
    from leakdesk.work.pipeline import Options, add

    demo = build_parcel(folder / "demo", seed=given.seed)
    truth = json.loads(demo.truth.read_text("utf-8"))
    case = given.case or folder / "case"
    if given.case is None:
        with CaseStore.create(case) as store:
            add(store, [demo.parcel], Options())
    with Desk.open(case) as desk:
        results, seconds = judge(desk, truth, end_to_end=given.end_to_end)
    report(results, seconds, show=given.show)


def judge(desk: Any, truth: dict[str, Any], *, end_to_end: bool) -> tuple[list[dict[str, Any]], float]:
    """One result a claim of the truth: what was expected, what came out, whether a passage is relevant."""
    from tests.support.gold import gold_reading

    from leakdesk.model.document import TextLayer
    from leakdesk.reading.read import read_text

    gold = truth["gold"]["A_B"]
    expected = {each["claim"]: each for each in truth["leak"]["claims"]}
    found: list[dict[str, Any]] = []
    began = time.perf_counter()
    for doc in ("A", "B"):
        perfect = gold_reading(gold, doc)
        reading = read_text(TextLayer(text=perfect.text, extractor="bench"), as_="report") if end_to_end else perfect
        checked = {each.claim: each for each in desk.claims.check(reading).claims}
        for claim in perfect.claims:
            if claim.id not in expected:
                continue
            twin = _twin(claim, reading.claims) if end_to_end else claim
            one = checked.get(twin.id) if twin else None
            found.append(_result(claim.id, claim.quote.exact, expected[claim.id], one))
    return found, time.perf_counter() - began


def _twin(gold: Any, claims: Any) -> Any:
    def overlap(other: Any) -> float:
        shared = min(gold.quote.end, other.quote.end) - max(gold.quote.start, other.quote.start)
        whole = max(gold.quote.end, other.quote.end) - min(gold.quote.start, other.quote.start)
        return max(0, shared) / whole

    best = max(claims, key=overlap, default=None)
    return best if best is not None and overlap(best) >= 0.5 else None


def _result(identity: str, quote: str, expected: dict[str, Any], one: Any) -> dict[str, Any]:
    passages = [passage.text for passage in one.passages[:5]] if one else []
    wanted = [" ".join(each["exact"].split()) for each in expected["passages"]]
    relevant = any(w in " ".join(p.split()) or " ".join(p.split()) in w for w in wanted for p in passages)
    return {
        "claim": identity,
        "quote": quote,
        "expected": expected["verdict"],
        "accept": expected["accept"],
        "got": one.verdict if one else "not read",
        "relevant": relevant if wanted else None,
        "passages": passages,
        "reasons": one.reasons if one else (),
        "wanted": wanted,
    }


def report(results: list[dict[str, Any]], seconds: float, *, show: bool) -> None:
    right = [r for r in results if r["got"] == r["expected"] or r["got"] in r["accept"]]
    with_passage = [r for r in results if r["relevant"] is not None]
    wrong_way = [r for r in results if r["expected"] == "contradicts" and r["got"] == "supports"]
    false_alarm = [
        r for r in results if r["got"] == "contradicts" and r["expected"] not in ("contradicts", *r["accept"])
    ]
    print(
        f"claims {len(results)}, verdict right {len(right)} ({len(right) / len(results):.2f}), macro F {macro_f(results):.2f}"
    )
    print(f"relevant passage in the first five: {sum(r['relevant'] for r in with_passage)} of {len(with_passage)}")
    print(f"contradiction shown as support: {len(wrong_way)}; shown contradictions that are none: {len(false_alarm)}")
    print(f"{seconds:.1f} s for both reports; expected {dict(Counter(r['expected'] for r in results))}")
    if show:
        for r in results:
            if r not in right or r["relevant"] is False:
                print(f"\n{r['claim']} expected {r['expected']} got {r['got']} relevant {r['relevant']}: {r['quote']}")
                print("  ", r["reasons"])
                print("   wanted:", *r["wanted"], sep="\n     ")
                print("   first:", *r["passages"][:2], sep="\n     ")


def macro_f(results: list[dict[str, Any]]) -> float:
    scores: list[float] = []
    for verdict in VERDICTS:
        if not any(r["expected"] == verdict for r in results):
            continue
        hit = sum(r["got"] == verdict and (r["expected"] == verdict or verdict in r["accept"]) for r in results)
        said = sum(r["got"] == verdict for r in results)
        wanted = sum(r["expected"] == verdict for r in results)
        precision, recall = hit / said if said else 0.0, min(1.0, hit / wanted)
        scores.append(2 * precision * recall / (precision + recall) if precision + recall else 0.0)
    return sum(scores) / len(scores)


if __name__ == "__main__":
    main()
