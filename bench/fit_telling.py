"""Fits the weights by which a sentence of a letter is taken to tell a claim in other words (claims/telling.toml).

    python bench/fit_telling.py [--sets visible,opened,...] [--write]

Logistic regression over the features of `claims.telling`, of the annotated claims and of the claims as read: the passages that
readers marked as supporting a claim against all other sentences at hand, those that contradict it before all, against the
letters of another scenario, and against the claim's own letters with another deed in its place. All of it twice: by slots and
words alone, and with the model of meaning, where that is installed. Printed is what weights say of a scenario that they have
not seen (each left out in turn), of the claims that rules leave silent: how many that letters support are found, and how many
others. `--write` puts the weights fitted to all of it into the table.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from tests.claims.scorer import SETS, Gold, docs, letters, reading, scenario, scenarios, twin_of  # noqa: E402

from bench.logistic import Matrix, fitted, write  # noqa: E402
from bench.overclaiming import DEEDS, with_changes, with_deed  # noqa: E402
from leakdesk.claims.check import beside, held_claims  # noqa: E402
from leakdesk.claims.judge import as_likely, is_open  # noqa: E402
from leakdesk.claims.likely import Beside, Weighed, weighed  # noqa: E402
from leakdesk.claims.likeness import WAYS, Way  # noqa: E402
from leakdesk.claims.nearness import Wording  # noqa: E402
from leakdesk.claims.passages import Letters, Window  # noqa: E402
from leakdesk.claims.telling import may_tell  # noqa: E402
from leakdesk.model.claim import Reading  # noqa: E402
from leakdesk.work.meaning_model import installed  # noqa: E402

TABLE = ROOT / "src/leakdesk/claims/telling.toml"
SAYS = (
    "How much each feature of a claim and a sentence speaks for the sentence telling the claim (claims/telling.py; log",
    "odds): by slots and words alone, and with what a model of meaning says of their nearness and of both read together.",
)
#: How much a supporting sentence counts beside one that tells nothing, one that speaks against the claim, and one that is none
#: by construction.
MARKED, OPPOSED, FALSE = 3.0, 3.0, 0.5
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Sample:
    """A claim beside a sentence: what readers said of the two, and what they have in common."""

    scenario: str
    kind: str
    claim: tuple[str, ...]
    verdict: str
    """What readers say of the claim."""
    silent: bool
    """Whether rules leave the claim silent."""
    free: bool
    """Whether nothing in the sentence says otherwise."""
    marked: bool
    slots: Mapping[str, float]
    near: Mapping[str, float]

    @property
    def right(self) -> bool:
        return self.marked and self.verdict == "supports"

    @property
    def counts(self) -> float:
        if self.kind in ("strangers", "deed"):
            return FALSE
        return {"contradicts": OPPOSED, "partly": 0.0}.get(self.verdict, 1.0) if self.marked else 1.0

    def features(self, way: Way) -> Mapping[str, float]:
        return {**self.slots, **self.near} if way == "wording" else self.slots


def samples_of(
    one: Beside, found: list[Weighed], name: str, kind: str, verdict: str, marked: list[tuple[str, str]], claim: str
) -> Iterator[Sample]:
    silent = not any(each.strong for each in one.judged)
    for judged, each in zip(one.judged, found, strict=True):
        free = is_open(judged) and may_tell(one.wish, judged.window, judged.shares, each.features)
        free = free and (said := as_likely(judged, one.wish)).likely and not said.short_of
        told = _is_marked(judged.window, marked)
        yield Sample(
            name, kind, (name, kind, claim), verdict, silent, free, told, each.features, {**each.near, **each.read}
        )


def _is_marked(window: Window, marked: list[tuple[str, str]]) -> bool:
    here = (text for letter, text in marked if letter == window.letter.document)
    return any(text in window.text or window.text in text for text in here)


def of_scenario(
    name: str, gold: Gold, strangers: list[Letters], chance: random.Random, wording: Wording | None
) -> Iterator[Sample]:
    own = letters(gold)
    for end_to_end in (False, True):
        kind = "text" if end_to_end else "annotated"
        for doc in docs(gold):
            mine = reading(gold, doc, end_to_end=end_to_end)
            told = _verdicts(gold, doc, mine, end_to_end=end_to_end)
            for one, found in _held(mine, own, wording):
                for verdict in told.get(one.wish.claim.id, ()):
                    tells = verdict["verdict"] not in ("silent", "not_checkable")
                    marked = [(p["letter"], p["text"]) for p in verdict.get("passages", ())] if tells else []
                    yield from samples_of(one, found, name, kind, verdict["verdict"], marked, verdict["claim"])
            if not end_to_end:
                for one, found in _held(mine, chance.choice(strangers), wording):
                    yield from samples_of(one, found, name, "strangers", "silent", [], one.wish.claim.id)
                yield from _other_deeds(mine, name, own, chance, wording)


def _held(mine: Reading, letters_: Letters, wording: Wording | None) -> list[tuple[Beside, list[Weighed]]]:
    held, circle = held_claims(mine, letters_)
    report = [beside(each, circle) for each in held]
    return list(zip(report, weighed(report, wording), strict=True))


def _verdicts(gold: Gold, doc: str, mine: Reading, *, end_to_end: bool) -> dict[str, list[Gold]]:
    theirs = {each["id"]: each for each in gold["claims"]}
    found: dict[str, list[Gold]] = defaultdict(list)
    for verdict in gold["leak"]["verdicts"]:
        if not verdict.get("unlisted") and verdict["claim"].startswith(f"{doc}."):
            claim = twin_of(theirs[verdict["claim"]], mine, end_to_end=end_to_end)
            if claim is not None:
                found[claim.id].append(verdict)
    return found


def _other_deeds(
    mine: Reading, name: str, own: Letters, chance: random.Random, wording: Wording | None
) -> Iterator[Sample]:
    """The claims of a report with another deed, in slots and words, against its own letters."""
    for other, changed in with_changes(mine, with_deed(*chance.choice(DEEDS))):
        for one, found in _held(other, own, wording):
            if one.wish.claim.id in changed:
                yield from samples_of(one, found, name, "deed", "silent", [], one.wish.claim.id)


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
        samples += of_scenario(story[1], scenario(story[1], SETS[story[0]]), others, chance, installed())
    fits: dict[Way, dict[str, float]] = {}
    for way in WAYS:
        mine = [each for each in samples if way == "slots" or each.near]
        if mine:
            fits[way] = fit(way, mine)
    if chosen.write:
        made = f"Made by bench/fit_telling.py --write from the scenarios {chosen.sets}."
        write(TABLE, (*SAYS, made), WAYS, fits)
    return 0


def fit(way: Way, samples: list[Sample]) -> dict[str, float]:
    """The weights of one way, and the bias by the name of ""; prints what they say of scenarios left out."""
    names = sorted({feature for sample in samples for feature in sample.features(way)})
    x = np.array([[s.features(way).get(n, 0.0) for n in names] + [1.0] for s in samples])
    y = np.array([float(s.right) for s in samples])
    counts = np.array([s.counts for s in samples])
    print(
        f"{way}: {len(samples):,} pairs of a claim and a sentence, {int(y.sum()):,} of them supports. Left out one by one:"
    )
    show(samples, left_out(samples, x, y, counts))
    return dict(zip([*names, ""], fitted(x, y, counts, MARKED), strict=True))


def left_out(samples: list[Sample], x: Matrix, y: Matrix, counts: Matrix) -> Matrix:
    """How likely each sample is by weights that have not seen its scenario."""
    home = np.array([s.scenario for s in samples])
    likely = np.zeros(len(samples))
    for name in sorted(set(home)):
        inside = home == name
        found = fitted(x[~inside], y[~inside], counts[~inside], MARKED)
        likely[inside] = 1 / (1 + np.exp(-x[inside] @ found))
    return likely


def show(samples: list[Sample], likely: Matrix) -> None:
    """Of the claims that rules leave silent: which readers' verdicts stand behind those that are called likely."""
    best: dict[tuple[str, ...], tuple[float, str, str]] = {}
    silent: Counter[tuple[str, str]] = Counter()
    for sample, p in zip(samples, likely, strict=True):
        if not sample.silent:
            continue
        if sample.claim not in best:
            silent[sample.kind, sample.verdict] += 1
        before = best.get(sample.claim, (0.0, "", ""))
        best[sample.claim] = max(before, (float(p) if sample.free else 0.0, sample.kind, sample.verdict))
    for threshold in THRESHOLDS:
        line: list[str] = []
        for kind in ("annotated", "text", "strangers", "deed"):
            said = Counter(verdict for p, of, verdict in best.values() if of == kind and p >= threshold)
            of = silent[kind, "supports"] or silent[kind, "silent"]
            line.append(f"{kind} {dict(said.most_common())} of {of}")
        print(f"{threshold:.1f}: " + "; ".join(line))


if __name__ == "__main__":
    raise SystemExit(main())
