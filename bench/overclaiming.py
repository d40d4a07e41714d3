"""How often `check` finds support where there is none.

    python bench/overclaiming.py

Claims as annotated, visible scenarios, with the model of meaning where it is installed. First every claim against the letters
of the other stories, which name other people, plants and things. Then every claim against its own letters with another deed in
its place (arrested, painted, ...), in its slots and in its words: the same people, things, numbers and places, and whatever is
still supported, whole or in part, is a false verdict. Then with another doer. Every other claim of a report is changed at a
time, so that a report stays what it is.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).absolute().parents[1]
sys.path.insert(0, str(ROOT))

from tests.claims import scorer  # noqa: E402
from tests.support.gold import gold_reading  # noqa: E402

from leakdesk.claims.check import check_claims  # noqa: E402
from leakdesk.claims.deeds import akin_keys  # noqa: E402
from leakdesk.claims.passages import Letters  # noqa: E402
from leakdesk.claims.wanted import wanted  # noqa: E402
from leakdesk.model.claim import Claim, Predicate, Reading  # noqa: E402
from leakdesk.work.meaning_model import installed  # noqa: E402

#: Deeds (concept, and how each language says it) that none of the stories tells.
DEEDS = (
    ("arrest", {"en": "arrested", "ru": "арестовали", "uk": "заарештували", "be": "арыштавалі"}),
    ("paint_v", {"en": "painted", "ru": "покрасили", "uk": "пофарбували", "be": "пафарбавалі"}),
    ("poison_v", {"en": "poisoned", "ru": "отравили", "uk": "отруїли", "be": "атруцілі"}),
    ("divorce_v", {"en": "divorced", "ru": "развелись", "uk": "розлучилися", "be": "развяліся"}),
)
#: Names that none of the stories holds.
DOERS = ("Orvin Halsk", "Тимур Ягельник", "Zelbrook Dynamics")

Change = Callable[[Claim, Reading], Claim | None]
"""A claim of a report as it is not told anywhere; None where it cannot be changed so."""


def with_deed(concept: str, verbs: dict[str, str]) -> Change:
    def changed(claim: Claim, reading: Reading) -> Claim | None:
        if f"@{claim.predicate.class_}" in akin_keys(concept):
            return None
        verb = verbs.get(wanted(claim, reading).language, verbs["en"])
        said = replace(claim, predicate=Predicate(text=verb, lemma=verb, class_=concept))
        return _said(said, claim.predicate.text, verb)

    return changed


def with_doer(doer: str) -> Change:
    def changed(claim: Claim, _: Reading) -> Claim | None:
        if claim.subject is None or not claim.subject.text.istitle():
            return None
        return _said(replace(claim, subject=replace(claim.subject, text=doer, entity=None)), claim.subject.text, doer)

    return changed


def _said(claim: Claim, was: str, now: str) -> Claim:
    """The claim in words that say what its slots say."""
    words = claim.quote.exact.replace(was, now)
    return replace(claim, quote=replace(claim.quote, exact=words, end=claim.quote.start + len(words)))


def with_changes(reading: Reading, change: Change) -> Iterator[tuple[Reading, set[str]]]:
    """A report with every other claim changed, and with those left out; each time the ids of the changed ones."""
    for first in (0, 1):
        changed = {each.id: new for each in reading.claims[first::2] if (new := change(each, reading)) is not None}
        if changed:
            yield replace(reading, claims=tuple(changed.get(each.id, each) for each in reading.claims)), set(changed)


def verdicts(reading: Reading, letters: Letters) -> dict[str, str]:
    return {each.claim: str(each.verdict) for each in check_claims(reading, letters, wording=installed())}


def of_changed(reading: Reading, letters: Letters, change: Change) -> Iterator[str]:
    """The verdicts of a report's changed claims."""
    for other, changed in with_changes(reading, change):
        yield from (verdict for claim, verdict in verdicts(other, letters).items() if claim in changed)


def main() -> int:
    golds = {name: scorer.scenario(name) for name in scorer.scenarios()}
    letters = {name: scorer.letters(gold) for name, gold in golds.items()}
    strangers: Counter[str] = Counter()
    other_deed: Counter[str] = Counter()
    other_doer: Counter[str] = Counter()
    for name, gold in golds.items():
        for reading in (gold_reading(gold, doc) for doc in scorer.docs(gold)):
            for other in golds.keys() - {name}:
                strangers.update(verdicts(reading, letters[other]).values())
            for concept, verbs in DEEDS:
                other_deed.update(of_changed(reading, letters[name], with_deed(concept, verbs)))
            for doer in DOERS:
                other_doer.update(of_changed(reading, letters[name], with_doer(doer)))
    called_ = ("letters of other stories", strangers), ("another deed", other_deed), ("another doer", other_doer)
    for called, counted in called_:
        whole = sum(counted.values())
        print(f"{called}: " + ", ".join(f"{v} {n} ({n / whole:.3f})" for v, n in counted.most_common()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
