"""How often `check` finds support where there is none.

    python bench/overclaiming.py

Claims as annotated, visible scenarios. First every claim against the letters of the other stories, which name other people,
plants and things. Then every claim against its own letters with another deed in its place (arrested, painted, ...): the same
people, things, numbers and places, and whatever is still supported, whole or in part, is a false verdict.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from tests.claims import scorer  # noqa: E402
from tests.support.gold import gold_reading  # noqa: E402

from leakdesk.claims.check import check_claim  # noqa: E402
from leakdesk.claims.deeds import akin_keys  # noqa: E402
from leakdesk.model.claim import Claim, Predicate, Reading  # noqa: E402

#: Deeds (concept, verb) that none of the stories tells.
DEEDS = (("arrest", "arrested"), ("paint_v", "painted"), ("poison_v", "poisoned"), ("divorce_v", "divorced"))


#: Names that none of the stories holds.
DOERS = ("Orvin Halsk", "Тимур Ягельник", "Zelbrook Dynamics")


def claims(gold: object) -> Iterator[tuple[Reading, Claim]]:
    for doc in scorer.docs(gold):  # type: ignore[arg-type]
        reading = gold_reading(gold, doc)  # type: ignore[arg-type]
        yield from ((reading, claim) for claim in reading.claims)


def main() -> int:
    golds = {name: scorer.scenario(name) for name in scorer.scenarios()}
    letters = {name: scorer.letters(gold) for name, gold in golds.items()}
    strangers: Counter[str] = Counter()
    other_deed: Counter[str] = Counter()
    other_doer: Counter[str] = Counter()
    for name, gold in golds.items():
        for reading, claim in claims(gold):
            strangers.update(str(check_claim(claim, reading, letters[o]).verdict) for o in golds if o != name)
            for concept, verb in DEEDS:
                if f"@{claim.predicate.class_}" not in akin_keys(concept):
                    predicate = Predicate(text=verb, lemma=verb, class_=concept)
                    changed = replace(claim, predicate=predicate)
                    other_deed[str(check_claim(changed, reading, letters[name]).verdict)] += 1
            if claim.subject and claim.subject.text.istitle():
                for doer in DOERS:
                    changed = replace(claim, subject=replace(claim.subject, text=doer, entity=None))
                    other_doer[str(check_claim(changed, reading, letters[name]).verdict)] += 1
    called_ = ("letters of other stories", strangers), ("another deed", other_deed), ("another doer", other_doer)
    for called, verdicts in called_:
        whole = sum(verdicts.values())
        print(f"{called}: " + ", ".join(f"{v} {n} ({n / whole:.3f})" for v, n in verdicts.most_common()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
