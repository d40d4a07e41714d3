"""What a model says that reads a claim and a sentence at once: weighed beside all else, asked sparingly, and missed by nobody."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from leakdesk.claims.check import IN_OTHER_WORDS
from leakdesk.claims.likely import TOGETHER, TOGETHER_AT_MOST
from leakdesk.claims.together import CLEAR, features, rank_of, reader_of
from leakdesk.model.comparison import CheckedClaim
from tests.claims.test_telling import checked_whole, nearest

NOTHING, TELLS, AGAINST = (0.003, 0.003, 0.004, 0.99), (0.97, 0.01, 0.01, 0.01), (0.02, 0.02, 0.94, 0.02)
REPORT = (
    "The Ostrel depot sold 40 lamps to Veldran. The guard Ilmar Toss fell ill. The road to Sabrin was closed."
    " The mayor praised the new bridge. The school in Korvash burnt down. Farmers harvested barley."
)
LETTERS = ("The guard Ilmar Toss has a new bicycle.", "The guard Ilmar Toss has a warm blanket.", "The depot is cold.",
           "Veldran wrote again.", "The road is wet.", "The bridge is blue.")  # fmt: skip


class Model:
    """Everything is equally far in meaning; of a claim and a sentence read together `said` tells what they are to each other."""

    def __init__(self, **said: Sequence[float]) -> None:
        self.said = said
        self.asked: list[list[tuple[str, str]]] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return nearest()(texts)

    def together(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.asked.append(list(pairs))
        rows = [
            next((row for word, row in self.said.items() if word in b and "fell ill" in a), NOTHING) for a, b in pairs
        ]
        return np.array(rows, dtype=np.float32)


def of_toss(model: Model | None, letters: Sequence[str] = LETTERS) -> CheckedClaim:
    claims = checked_whole(REPORT, *letters, wording=model).claims
    return next(each for each in claims if "Toss" in each.sentence)


def test_a_sentence_that_leads_its_neighbours_and_for_this_claim_says_so() -> None:
    said = {(0, "x"): TELLS, (0, "y"): NOTHING, (1, "x"): NOTHING, (1, "y"): NOTHING}
    found = features({pair: np.array(row, np.float32) for pair, row in said.items()})
    assert found[0, "x"]["read lead of sentences"] == found[0, "x"]["read lead of claims"] == CLEAR
    assert found[0, "y"]["read lead of sentences"] == -CLEAR
    assert found[1, "x"]["read lead of claims"] == -CLEAR
    assert found[1, "y"]["read lead of sentences"] == 0  # as good as the next
    assert found[0, "x"]["read tells"] > 3 > -3 > found[0, "y"]["read tells"]
    assert math.isclose(found[0, "x"]["read something"], math.log(99), rel_tol=1e-3)


def test_what_is_read_alone_leads_as_far_as_counts_and_nothing_is_surer_than_surest() -> None:
    (found,) = features({(0, "x"): np.array([1.0, 0.0, 0.0, 0.0], np.float32)}).values()
    assert found["read lead of sentences"] == CLEAR
    assert found["read something"] == found["read tells"] < 7


@pytest.mark.parametrize("word", ["bicycle", "blanket"])
def test_what_tells_the_claim_is_shown_before_what_is_as_good_by_its_words(word: str) -> None:
    assert word in of_toss(Model(**{word: TELLS})).passages[0].text


def test_what_speaks_against_the_claim_is_shown_too() -> None:
    assert "blanket" in of_toss(Model(blanket=AGAINST)).passages[0].text


def test_a_model_that_says_nothing_of_it_moves_nothing_and_no_model_is_missed() -> None:
    assert rank_of({}) == rank_of({"read something": -6.0}) == 0
    assert reader_of(None) is None
    assert reader_of(lambda texts: np.eye(len(texts), dtype=np.float32)) is None
    assert [each.text for each in of_toss(Model()).passages] == [each.text for each in of_toss(None).passages]


def test_few_sentences_of_a_claim_and_of_a_report_are_read_together() -> None:
    model = Model()
    letters = [f"The guard Ilmar Toss at the Ostrel depot saw lamp {n} on the road to Sabrin." for n in range(300)]
    checked_whole(REPORT * 8, *letters, wording=model)
    (pairs,) = model.asked
    assert 0 < len(pairs) <= TOGETHER_AT_MOST
    assert (
        max(sum(claim == other for other, _ in pairs) for claim, _ in pairs) <= TOGETHER * 8
    )  # the report says it eight times


def test_what_only_a_reader_finds_is_likely_and_no_reader_outdoes_another_deed() -> None:
    told = (
        "Ilmar Toss, guard: in bed with a fever since Monday.",
        *LETTERS[2:],
        "Ilmar Toss, guard: sold the lamps on Monday.",
    )
    found = of_toss(Model(fever=TELLS), told)
    assert (found.verdict, found.reasons) == ("supports", (IN_OTHER_WORDS,))
    assert of_toss(Model(), told).verdict != "supports"
    assert of_toss(Model(sold=TELLS), told).verdict != "supports"
