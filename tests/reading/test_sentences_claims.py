"""Claims of short news sentences as journalists write them: `claims_*` were seen while rules were mended, `claims_kept_*` were
scored once, when the rules stood; `claims_plain_*` are of a later round, and of its kept half some misses were looked at. A line `C` ends
with the modalities and the sign that are right."""

from __future__ import annotations

import pytest

from leakdesk.model.claim import Claim
from leakdesk.model.document import Language
from tests.reading.scorer import Count, one_to_one
from tests.reading.test_sentences import heads, read, sentences

#: file -> least F of claim hits, of three heads, least share of modality and sign right.
FLOORS: dict[tuple[str, Language], tuple[float, float, float]] = {
    ("claims", "uk"): (0.93, 0.77, 0.95),
    ("claims", "be"): (0.96, 0.88, 0.95),
    ("claims", "ru"): (0.87, 0.83, 0.90),
    ("claims", "en"): (0.93, 0.93, 0.90),
    ("claims_kept", "uk"): (0.87, 0.78, 0.95),
    ("claims_kept", "be"): (0.84, 0.72, 0.95),
    ("claims_kept", "ru"): (0.95, 0.95, 0.95),
    ("claims_kept", "en"): (0.95, 0.87, 0.95),
    ("claims_plain", "uk"): (0.97, 0.90, 0.95),
    ("claims_plain", "be"): (0.97, 0.97, 0.95),
    ("claims_plain", "ru"): (0.97, 0.97, 0.95),
    ("claims_plain", "en"): (0.88, 0.88, 0.95),
    ("claims_plain_kept", "uk"): (0.97, 0.90, 0.95),
    ("claims_plain_kept", "be"): (0.97, 0.97, 0.95),
    ("claims_plain_kept", "ru"): (0.97, 0.83, 0.95),
    ("claims_plain_kept", "en"): (0.97, 0.97, 0.95),
}


@pytest.mark.parametrize(("part", "language"), FLOORS)
def test_claims_of_short_sentences_are_read(part: str, language: Language) -> None:
    hit, three, told = Count(), Count(), Count()
    for text, _, claims in sentences(f"{part}_{language}"):
        made = list(read(text, language).claims)

        def enough(mine: Claim, gold: list[list[str]]) -> float:
            return count if (count := heads(mine, gold, language)) >= 2 else 0

        pairs = one_to_one(made, claims, enough)
        hit.add(Count(len(pairs), len(made), len(claims)))
        whole = sum(heads(mine, gold, language) == 3 for mine, gold in pairs)
        three.add(Count(whole, len(made), len(claims)))
        right = sum(mine.modality in gold[3] and mine.polarity in gold[4] for mine, gold in pairs)
        told.add(Count(right, len(pairs), len(pairs)))
    for least, count in zip(FLOORS[part, language], (hit, three, told), strict=True):
        assert count.f >= least, f"{count.f:.3f} below {least}"
