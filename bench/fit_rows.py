"""Fits the weights by which two claims are taken for one event (claims/likeness.toml) to the rows that readers have marked.

    python bench/fit_rows.py [--sets visible,opened,...] [--write]

Logistic regression over the features of `claims.likeness`, of the annotated claims and of the claims as read. Printed is what
weights say of a scenario that they have not seen (each scenario left out in turn): rows found and rows that are right, at
several thresholds, for pairs taken greedily. Negatives are all other pairs of claims, and, where the shared folder is present,
those of real reports of sister events (LEAKDESK_SHARED). All of it twice: by slots alone, and with the model of meaning, where
that is installed. `--write` puts the weights fitted to all scenarios into the table.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from tests.claims.scorer import SETS, Gold, docs, reading, scenario, scenarios, standing  # noqa: E402
from tests.support.gold import gold_entities  # noqa: E402

from bench.logistic import Matrix, fitted, write  # noqa: E402
from leakdesk.claims.likeness import WAYS, Way  # noqa: E402
from leakdesk.claims.nearness import Wording  # noqa: E402
from leakdesk.claims.pairing import held_together  # noqa: E402
from leakdesk.model.claim import Reading  # noqa: E402
from leakdesk.model.comparison import EntityPair  # noqa: E402
from leakdesk.model.document import TextLayer  # noqa: E402
from leakdesk.reading.read import read_text  # noqa: E402
from leakdesk.work.meaning_model import installed  # noqa: E402
from leakdesk.work.together import entity_pairs  # noqa: E402

TABLE = ROOT / "src/leakdesk/claims/likeness.toml"
SAYS = (
    "How much each feature of two claims speaks for one event (claims/likeness.py; log odds): by their slots alone, and",
    "with what a model of meaning says of their words.",
)
#: How much a marked row counts beside a pair that is none; and a pair of strangers, by slots alone and with meaning.
ROW = 3.0
STRANGER: Mapping[Way, float] = {"slots": 0.4, "wording": 1.0}
THRESHOLDS = (0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Sample:
    """Two groups of claims of two reports: their features and the marked rows in which both stand."""

    scenario: str
    pair: tuple[str, ...]
    a: int
    b: int
    features: dict[str, float]
    rows: tuple[int, ...]
    right: bool


@dataclass(frozen=True)
class Marked:
    """The marked rows of a pair of reports, by the claims of both that stand in them."""

    here: Mapping[str, set[str]]
    there: Mapping[str, set[str]]
    rows: Sequence[Gold]

    def __call__(self, left: set[str], right: set[str]) -> tuple[int, ...]:
        """The numbers of the rows that join some claims of both; -1 for one that is optional."""
        mine = {each for claim in left for each in self.here.get(claim, ())}
        theirs = {each for claim in right for each in self.there.get(claim, ())}
        both = (k for k, row in enumerate(self.rows) if mine & set(row["a"]) and theirs & set(row["b"]))
        return tuple(-1 if self.rows[k].get("optional") else k for k in both)


def of_pair(
    name: str,
    label: tuple[str, ...],
    a: Reading,
    b: Reading,
    entities: Sequence[EntityPair],
    rows_of: Callable[[set[str], set[str]], tuple[int, ...]],
    wording: Wording | None,
) -> Iterator[Sample]:
    groups_a, groups_b, pairs = held_together(a, b, entities, wording)
    for pair in pairs:
        rows = rows_of(set(groups_a[pair.a].ids), set(groups_b[pair.b].ids))
        yield Sample(name, label, pair.a, pair.b, dict(pair.features), tuple(r for r in rows if r >= 0), bool(rows))


def of_scenario(
    name: str, gold: Gold, wording: Wording | None, *, end_to_end: bool
) -> Iterator[tuple[list[Sample], set[int]]]:
    """The samples of each pair of reports, and the numbers of its marked rows (optional ones are right, and not asked for)."""
    for a, b in combinations(docs(gold), 2):
        one, other = reading(gold, a, end_to_end=end_to_end), reading(gold, b, end_to_end=end_to_end)
        entities = entity_pairs(one, other) if end_to_end else list(gold_entities(gold, a, b))
        here = standing(gold, a, one, end_to_end=end_to_end)
        there = standing(gold, b, other, end_to_end=end_to_end)
        marked = [r for r in gold["alignment"] if r.get("a") and r.get("b") and set(r.get("pair", (a, b))) == {a, b}]
        rows_of = Marked(here, there, marked)
        label = (name, a, b, "text" if end_to_end else "annotated")
        samples = list(of_pair(name, label, one, other, entities, rows_of, wording))
        yield samples, {k for k, row in enumerate(marked) if not row.get("optional")}


def sister_events(wording: Wording | None) -> Iterator[Sample]:
    """Pairs of claims of real reports of two events of one kind; none where the shared folder is absent."""
    folder = Path(os.environ.get("LEAKDESK_SHARED", str(ROOT.parent / "shared"))) / "real" / "reports"
    if not folder.is_dir():
        return
    with (folder / "pairs.tsv").open(encoding="utf-8") as table:
        pairs = [pair for pair in csv.DictReader(table, delimiter="\t") if pair["label"] == "sister"]
    readings: dict[str, Reading] = {}
    for pair in pairs:
        for name in (pair["doc_a"], pair["doc_b"]):
            if name not in readings:
                layer = TextLayer(text=(folder / name).read_text("utf-8"), extractor="bench")
                readings[name] = read_text(layer, as_="report")
        one, other = readings[pair["doc_a"]], readings[pair["doc_b"]]
        label = ("sister", pair["doc_a"], pair["doc_b"])
        topic = "sister " + pair["doc_a"].split("/")[0]
        yield from of_pair(topic, label, one, other, entity_pairs(one, other), lambda _a, _b: (), wording)


def greedy(
    samples: Sequence[Sample], likely: Matrix, threshold: float
) -> tuple[int, int, set[tuple[tuple[str, ...], int]]]:
    """(rows taken, rows right, marked rows found) when the likeliest pairs are taken first, each group once."""
    taken: set[tuple[tuple[str, ...], str, int]] = set()
    said = right = 0
    found: set[tuple[tuple[str, ...], int]] = set()
    for k in np.argsort(-likely, kind="stable"):
        one = samples[int(k)]
        if likely[k] < threshold:
            break
        sides = {(one.pair, "a", one.a), (one.pair, "b", one.b)}
        if not sides & taken:
            taken |= sides
            said += 1
            right += one.right
            found |= {(one.pair, row) for row in one.rows}
    return said, right, found


@dataclass(frozen=True)
class Fit:
    """What was fitted: the names of the features, their weights, the bias last, and the pairs of claims that spoke."""

    names: Sequence[str]
    weights: Matrix
    real: bool

    @property
    def by_name(self) -> dict[str, float]:
        """The weight of each feature; "" is the bias."""
        return dict(zip((*self.names, ""), self.weights.tolist(), strict=True))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sets", default="visible,opened,fresh,fresh2,fresh3")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    fits = {"slots": fit("slots", chosen.sets.split(","), None)}
    if wording := installed():
        fits["wording"] = fit("wording", chosen.sets.split(","), wording)
    else:
        print("The model of meaning is not installed: its weights stay as they are.")
    if chosen.write:
        real = " and real reports of sister events" if any(each.real for each in fits.values()) else ""
        made = f"Made by bench/fit_rows.py --write from the scenarios {chosen.sets}{real}."
        write(TABLE, (*SAYS, made), WAYS, {way: each.by_name for way, each in fits.items()})
    return 0


def fit(way: Way, sets: Sequence[str], wording: Wording | None) -> Fit:
    """Fit one way of weighing and print how it does on scenarios that it has not seen."""
    samples: list[Sample] = []
    wanted: dict[str, set[tuple[tuple[str, ...], int]]] = defaultdict(set)
    set_of: dict[str, str] = {}
    for each in sets:
        for name in scenarios(SETS[each]):
            set_of[name] = each
            for end_to_end in (False, True):
                gold = scenario(name, SETS[each])
                for found, rows in of_scenario(name, gold, wording, end_to_end=end_to_end):
                    samples += found
                    if found:
                        wanted[name] |= {(found[0].pair, row) for row in rows}
    real = list(sister_events(wording))
    names = sorted({feature for sample in samples for feature in sample.features})
    x = np.array([[s.features.get(n, 0.0) for n in names] + [1.0] for s in (*samples, *real)])
    y = np.array([float(s.right) for s in (*samples, *real)])
    counts = np.array([1.0] * len(samples) + [STRANGER[way]] * len(real))
    home = np.array([s.scenario for s in (*samples, *real)])
    likely = np.zeros(len(home))
    for name in sorted(set(home)):
        inside = home == name
        weights = fitted(x[~inside], y[~inside], counts[~inside], ROW)
        likely[inside] = 1 / (1 + np.exp(-x[inside] @ weights))
    print(
        f"{way}: {len(samples):,} pairs of claims, {int(y.sum())} in marked rows; {len(real):,} of sister events."
        " Left out one by one:"
    )
    for threshold in THRESHOLDS:
        line: list[str] = []
        for which in sets:
            for kind in ("annotated", "text"):
                mine = [k for k, s in enumerate(samples) if set_of[s.scenario] == which and s.pair[-1] == kind]
                asked = {w for n, ws in wanted.items() if set_of[n] == which for w in ws if w[0][-1] == kind}
                said, right, found = greedy([samples[k] for k in mine], likely[mine], threshold)
                line.append(f"{which} {kind} {len(found & asked)}/{len(asked)} at {right}/{said}")
        said, _, _ = greedy(real, likely[len(samples) :], threshold)
        print(f"{threshold:.2f}  {'; '.join(line)}; rows between sister events {said}")
    return Fit(names, fitted(x, y, counts, ROW), bool(real))


if __name__ == "__main__":
    raise SystemExit(main())
