"""How near words are in meaning is seen among all pairs of two reports, and brings claims into one row only where nothing
sets them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from leakdesk.claims.align import IN_OTHER_WORDS, align
from leakdesk.claims.nearness import Wording, nearness
from leakdesk.model.claim import Claim, Predicate, Quote, Reading, Slot
from leakdesk.model.comparison import Row
from tests.claims.test_align import BOTH, claim, reading

Vector = Sequence[float]


def _model(places: Mapping[str, Vector]) -> Wording:
    """A model that knows where some sentences lie; each other one lies in a direction of its own. As with a real model, all
    sentences are near each other (a cosine of .8)."""
    width = len(next(iter(places.values())))

    def wording(texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), width + 10_000), dtype=np.float32)
        for k, text in enumerate(texts):
            if text in places:
                found[k, :width] = places[text]
            else:
                found[k, width + sum(n * byte for n, byte in enumerate(text.encode())) % 10_000] = 1.0
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        common = np.full((len(texts), 1), 2.0, dtype=np.float32)
        return np.hstack([found, common]) / np.sqrt(5.0)

    return wording


def test_each_pair_is_seen_among_all_pairs() -> None:
    near = nearness(["a", "b"], ["x", "y", "z"], _model({"a": (1, 0), "x": (1, 0), "b": (0, 1), "y": (0, 1)}))
    assert near is not None
    best = near.features(0, 0)
    assert best["nearest of both"] == 1.0
    assert best["near lead a"] > 0 and best["near lead b"] > 0 and best["near beyond others"] > 0
    assert near.features(0, 1)["nearest of both"] == 0.0
    assert near.features(0, 1)["near lead a"] < 0
    assert near.near.shape == near.beyond.shape == near.lead_a.shape == near.lead_b.shape == (2, 3)
    assert abs(float(near.beyond.sum())) < 1e-6


def test_a_lone_claim_leads_nothing_and_no_claim_has_no_nearness() -> None:
    model = _model({"a": (1, 0), "x": (1, 0)})
    near = nearness(["a"], ["x"], model)
    assert near is not None
    assert near.features(0, 0)["near lead a"] == near.features(0, 0)["nearest of both"] == 0.0
    assert not near.tells
    assert nearness([], ["x"], model) is None


def test_it_does_not_matter_which_report_comes_first() -> None:
    model = _model({"a": (1, 0.2), "b": (0.3, 1), "x": (1, 0), "y": (0.5, 0.5)})
    one, other = nearness(["a", "b"], ["x", "y"], model), nearness(["x", "y"], ["a", "b"], model)
    assert one is not None and other is not None
    assert np.allclose(one.lead_a, other.lead_b.T)
    assert np.allclose(one.beyond, other.beyond.T)


# ---------------------------------------------------------------- rows


def _told(identity: str, words: str, deed: str, subject: str) -> Claim:
    """A claim without a name or number in it."""
    return claim(
        identity,
        quote=Quote(exact=words, prefix="", suffix="", start=0, end=len(words)),
        subject=Slot(text=subject, start=0, end=len(subject)),
        predicate=Predicate(text=deed, lemma=deed, class_=deed),
        object=None,
        others=(),
        quantities=(),
        time=None,
    )


#: What else two reports say, so that being nearest means something.
_ELSE_A = (("pigeons coo", "coo", "pigeons"), ("lamps flicker", "flicker", "lamps"), ("moss grows", "grow", "moss"),
           ("snow melts", "melt", "snow"), ("bells chime", "chime", "bells"))  # fmt: skip
_ELSE_B = (("otters swim", "swim", "otters"), ("kettles hiss", "hiss", "kettles"), ("dust settles", "settle", "dust"),
           ("carts rattle", "rattle", "carts"), ("geese honk", "honk", "geese"))  # fmt: skip
_LEFT, _RIGHT = "the cage jammed in the shaft", "the lift got stuck in the shaft"
_NEAR = _model({_LEFT: (1.0, 0.0), _RIGHT: (1.0, 0.05)})


def _report(first: Claim, others: Sequence[tuple[str, str, str]], prefix: str) -> Reading:
    more = [_told(f"{prefix}{k}", *one) for k, one in enumerate(others)]
    return reading(first, *more)


def _joined(a: Reading, b: Reading, wording: Wording | None) -> list[Row]:
    return [row for row in align(a, b, BOTH, wording=wording) if row.a and row.b]


def test_what_no_table_joins_is_one_row_where_the_words_are_near_and_the_row_says_why() -> None:
    a = _report(_told("c1", _LEFT, "jam", "the cage"), _ELSE_A, "c")
    b = _report(_told("x1", _RIGHT, "hoist", "the lift"), _ELSE_B, "x")
    assert not _joined(a, b, None)
    rows = _joined(a, b, _NEAR)
    assert [(row.a, row.b) for row in rows] == [(("c1",), ("x1",))]
    assert IN_OTHER_WORDS in rows[0].reasons


def test_in_a_report_of_one_sentence_the_nearest_means_nothing() -> None:
    assert not _joined(
        reading(_told("c1", _LEFT, "jam", "the cage")), reading(_told("x1", _RIGHT, "hoist", "the lift")), _NEAR
    )


def test_two_events_of_one_kind_stay_apart_however_near_their_words_are() -> None:
    first = replace(claim("c1"), quote=Quote(exact=_LEFT, prefix="", suffix="", start=0, end=len(_LEFT)))
    second = replace(
        claim("x1"),
        quote=Quote(exact=_RIGHT, prefix="", suffix="", start=0, end=len(_RIGHT)),
        subject=Slot(text="the quarry", start=0, end=10, entity="harbour"),
        object=Slot(text="nine sheds", start=27, end=37),
    )
    a, b = _report(first, _ELSE_A, "c"), _report(second, _ELSE_B, "x")
    assert not _joined(a, b, _NEAR)


@pytest.mark.parametrize("wording", [None, _NEAR])
def test_what_slots_join_needs_no_model_and_says_nothing_of_one(wording: Wording | None) -> None:
    rows = _joined(_report(claim("c1"), _ELSE_A, "c"), _report(claim("x1"), _ELSE_B, "x"), wording)
    assert [(row.a, row.b) for row in rows] == [(("c1",), ("x1",))]
    assert IN_OTHER_WORDS not in rows[0].reasons
