"""Fits the weights by which a sentence of a letter is taken to tell a claim in other words (claims/telling.toml).

    python bench/fit_telling.py [--sets visible,opened,...] [--write]

Logistic regression over the features of `claims.telling`, of the annotated claims and of the claims as read: the passages that
readers marked for a claim against all other sentences of the letters at hand, against the letters of another scenario, and
against the claim's own letters with another deed in its place. Printed is what weights say of a scenario that they have not
seen (each left out in turn): of the marked sentences, how many are found at what precision. `--write` puts the weights fitted to
all of it into the table.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from tests.claims.scorer import SETS, Gold, docs, letters, reading, scenario, scenarios, twin_of  # noqa: E402

from bench.logistic import Matrix, fitted  # noqa: E402
from bench.overclaiming import DEEDS  # noqa: E402
from leakdesk.claims.check import Held, held_claims, hold, weights  # noqa: E402
from leakdesk.claims.deeds import akin_keys  # noqa: E402
from leakdesk.claims.passages import Letters, Window  # noqa: E402
from leakdesk.claims.shares import shares_of  # noqa: E402
from leakdesk.claims.telling import features  # noqa: E402
from leakdesk.model.claim import Claim, Predicate, Reading  # noqa: E402

TABLE = ROOT / "src/leakdesk/claims/telling.toml"
#: How much a marked sentence counts beside one that is not, and a sentence that is none by construction.
MARKED, FALSE = 3.0, 0.5
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Sample:
    """A claim beside a sentence: whether readers marked it as telling the claim, and how much it counts."""

    scenario: str
    kind: str
    features: dict[str, float]
    right: bool


def samples_of(held: Held, name: str, kind: str, marked: list[tuple[str, str]]) -> Iterator[Sample]:
    weigh = weights(held.wish, held.found)
    for window in held.found:
        found = features(held.wish, window, shares_of(held.wish, window, weigh))
        yield Sample(name, kind, found, _is_marked(window, marked))


def _is_marked(window: Window, marked: list[tuple[str, str]]) -> bool:
    here = (text for letter, text in marked if letter == window.letter.document)
    return any(text in window.text or window.text in text for text in here)


def of_scenario(name: str, gold: Gold, strangers: list[Letters], chance: random.Random) -> Iterator[Sample]:
    own = letters(gold)
    theirs = {each["id"]: each for each in gold["claims"]}
    for end_to_end in (False, True):
        for doc in docs(gold):
            mine = reading(gold, doc, end_to_end=end_to_end)
            held = {each.wish.claim.id: each for each in held_claims(mine, own)[0]}
            for verdict in gold["leak"]["verdicts"]:
                if verdict.get("unlisted") or not verdict["claim"].startswith(f"{doc}."):
                    continue
                claim = twin_of(theirs[verdict["claim"]], mine, end_to_end=end_to_end)
                if claim is None:
                    continue
                tells = verdict["verdict"] not in ("silent", "not_checkable")
                marked = [(p["letter"], p["text"]) for p in verdict.get("passages", ())] if tells else []
                yield from samples_of(held[claim.id], name, "text" if end_to_end else "annotated", marked)
                if not end_to_end:
                    yield from _false(claim, mine, name, own, strangers, chance)


def _false(
    claim: Claim, mine: Reading, name: str, own: Letters, strangers: list[Letters], chance: random.Random
) -> Iterator[Sample]:
    """The letters of another story, and its own with another deed."""
    yield from samples_of(hold(claim, mine, chance.choice(strangers)), name, "strangers", [])
    concept, verb = chance.choice(DEEDS)
    if f"@{claim.predicate.class_}" not in akin_keys(concept):
        other = replace(claim, predicate=Predicate(text=verb, lemma=verb, class_=concept))
        yield from samples_of(hold(other, mine, own), name, "deed", [])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sets", default="visible,opened,fresh,fresh2,fresh3")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    stories = [(each, name) for each in chosen.sets.split(",") for name in scenarios(SETS[each])]
    leaks = {story: letters(scenario(story[1], SETS[story[0]])) for story in stories}
    chance = random.Random(5)
    samples: list[Sample] = []
    for story in stories:
        others = [leak for other, leak in leaks.items() if other != story]
        samples += of_scenario(story[1], scenario(story[1], SETS[story[0]]), others, chance)
    names = sorted({feature for sample in samples for feature in sample.features})
    x = np.array([[s.features.get(n, 0.0) for n in names] + [1.0] for s in samples])
    y = np.array([float(s.right) for s in samples])
    counts = np.array([FALSE if s.kind in ("strangers", "deed") else 1.0 for s in samples])
    print(f"{len(samples):,} pairs of a claim and a sentence, {int(y.sum()):,} marked. Left out one by one:")
    show(samples, left_out(samples, x, y, counts), y)
    if chosen.write:
        write(names, fitted(x, y, counts, MARKED), chosen.sets)
    return 0


def left_out(samples: list[Sample], x: Matrix, y: Matrix, counts: Matrix) -> Matrix:
    """How likely each sample is by weights that have not seen its scenario."""
    home = np.array([s.scenario for s in samples])
    likely = np.zeros(len(samples))
    for name in sorted(set(home)):
        inside = home == name
        found = fitted(x[~inside], y[~inside], counts[~inside], MARKED)
        likely[inside] = 1 / (1 + np.exp(-x[inside] @ found))
    return likely


def show(samples: list[Sample], likely: Matrix, y: Matrix) -> None:
    kinds = np.array([s.kind for s in samples])
    for threshold in THRESHOLDS:
        said = likely >= threshold
        line = [f"{threshold:.2f}"]
        for kind in ("annotated", "text"):
            mine = kinds == kind
            right = int(y[mine & said].sum())
            line.append(
                f"{kind}: found {right} of {int(y[mine].sum())}, precision {right / max(1, (mine & said).sum()):.2f}"
            )
        line += [
            f"{kind} {int((kinds[said] == kind).sum())} of {int((kinds == kind).sum())}"
            for kind in ("strangers", "deed")
        ]
        print("; ".join(line))


def write(names: list[str], found: Matrix, sets: str) -> None:
    """Put the weights into the table."""
    lines = [
        "# How much each feature of a claim and a sentence speaks for the one telling the other (claims/telling.py; log odds).",
        f"# Made by bench/fit_telling.py --write from the scenarios {sets}.",
        f"bias = {found[-1]:.3f}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.3f}' for name, weight in zip(names, found[:-1], strict=True)),
    ]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
