"""Comparing, lineage and checking on the visible annotated scenarios, with the annotated claims as input.

Every annotated claim must react to being negated, to another number and to swapped participants. The figures are floors: what
`python bench/compare.py` reached, less a little.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from leakdesk.claims.align import align
from leakdesk.claims.views import view
from leakdesk.model.claim import Claim, Reading
from leakdesk.model.comparison import EntityPair, Row
from leakdesk.model.ids import text_sha256
from leakdesk.work.meaning_model import installed
from tests.claims import scorer
from tests.support.gold import gold_reading

#: What they share is made once, by one worker.
pytestmark = pytest.mark.xdist_group("scenarios")

NAMES = scorer.scenarios()
FLIPPED = {"+": "-", "-": "+"}


def _reports() -> list[tuple[str, str]]:
    return [(name, doc) for name in NAMES for doc in scorer.docs(scorer.scenario(name))]


def _beside_itself(reading: Reading, claim: Claim, changed: Claim) -> Row:
    """The row of a claim when a text is held against itself with that one claim changed."""
    same = [EntityPair(a=(each.id,), b=(each.id,), verdict="same", reasons=("one text",)) for each in reading.entities]
    alone = replace(reading, claims=(claim,))
    other = replace(alone, sha256=text_sha256(reading.text + "."), claims=(replace(changed, id="x"),))
    return align(alone, other, same, wording=installed())[0]


@pytest.mark.parametrize(("name", "doc"), _reports())
def test_every_claim_reacts_to_being_negated(name: str, doc: str) -> None:
    reading = gold_reading(scorer.scenario(name), doc)
    for claim in reading.claims:
        if _is_bare(claim, reading):
            continue
        before = _beside_itself(reading, claim, claim)
        after = _beside_itself(reading, claim, replace(claim, polarity=FLIPPED[claim.polarity]))
        assert (before.relation, before.strength) == ("equivalent", None), claim.quote.exact
        assert (after.relation, after.strength) == ("conflicting", "hard"), claim.quote.exact


@pytest.mark.parametrize(("name", "doc"), _reports())
def test_every_number_reacts_to_being_changed(name: str, doc: str) -> None:
    reading = gold_reading(scorer.scenario(name), doc)
    for claim in reading.claims:
        if not claim.quantities or _is_bare(claim, reading):
            continue
        other = tuple(replace(each, value=each.value * 3 + 1) for each in claim.quantities)
        row = _beside_itself(reading, claim, replace(claim, quantities=other))
        assert (row.relation, row.strength, row.slots["quantity"]) == ("conflicting", "hard", "disjoint"), (
            claim.quote.exact
        )


@pytest.mark.parametrize(("name", "doc"), _reports())
def test_swapped_participants_never_agree(name: str, doc: str) -> None:
    reading = gold_reading(scorer.scenario(name), doc)
    for claim in reading.claims:
        seen = view(claim, reading, {})
        if not seen.subject or not seen.object or seen.subject.terms == seen.object.terms:
            continue
        row = _beside_itself(reading, claim, replace(claim, subject=claim.object, object=claim.subject))
        assert row.relation in ("conflicting", "only_a", "overlapping"), claim.quote.exact


def _is_bare(claim: Claim, reading: Reading) -> bool:
    """A claim of which the slots tell nothing but the deed ("they drive"): nothing ties two of them together."""
    seen = view(claim, reading, {})
    return not (seen.subject or seen.object or seen.others or seen.place or seen.quantities)


@cache
def _figures() -> scorer.Figures:
    whole = scorer.Figures()
    for name in NAMES:
        gold = scorer.scenario(name)
        whole.add(scorer.score_alignment(gold, name, end_to_end=False))
        whole.add(scorer.score_counts(gold, name, end_to_end=False))
    return whole


def test_rows_of_the_scenarios() -> None:
    figures = _figures()
    assert figures.counts["traps joined"] == 0
    assert figures.rate("rows found", "rows") >= (0.86 if installed() else 0.77)
    assert figures.rate("rows right", "rows joined") >= 0.90
    assert figures.rate("relation right", "rows found") >= 0.93
    assert figures.counts["hard found"] == figures.counts["hard"]


def test_independent_sources_of_the_scenarios_are_exact() -> None:
    figures = _figures()
    assert figures.counts["counts right"] == figures.counts["counts"]
    assert figures.rate("row sources right", "row sources") >= 0.98


def test_verdicts_of_the_scenarios() -> None:
    """Three of the scenarios; `python bench/compare.py` scores all of them."""
    whole = scorer.Figures()
    for name in ("pair03", "pair07", "pair09"):
        whole.add(scorer.score_check(scorer.scenario(name), name, end_to_end=False))
    right = sum(got in (expected, *accept) for expected, accept, got in whole.verdicts)
    assert right >= 0.7 * len(whole.verdicts)
    assert whole.rate("passage found", "passages") >= 0.80
    assert whole.counts["false contradictions"] == 0
    assert whole.counts["contradiction as support"] <= 1
