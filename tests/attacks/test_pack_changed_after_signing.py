"""C1: any change to a pack is found, also by a forger who can sign again but does not hold the document keys."""

from __future__ import annotations

import random

import pytest

from leakdesk.publish import verifier
from tests.attacks.packs import SIGNED, bad_pack, signed_again
from tests.publish.house import good_pack, random_pack


def _accepted(count: int) -> list[int]:
    goods = [dict(random_pack(seed).files) for seed in range(6)] + [dict(good_pack().files)]
    return [seed for seed in range(count) if verifier.verify_files(bad_pack(goods[seed % len(goods)], seed))["ok"]]


def test_no_mutant_of_a_sample_is_accepted() -> None:
    assert _accepted(400) == []


@pytest.mark.slow
def test_no_mutant_of_ten_thousand_is_accepted() -> None:
    assert _accepted(10_000) == []


@pytest.mark.parametrize("forge", SIGNED, ids=lambda forge: forge.__name__)
def test_signing_again_does_not_help(forge: object) -> None:
    assert callable(forge)
    good = dict(good_pack().files)
    assert verifier.verify_files(signed_again(good))["ok"], "signing again alone is no forgery"
    for seed in range(12):
        answer = verifier.verify_files(forge(good, random.Random(seed)))
        assert not answer["ok"]
        failed = next(step["number"] for step in answer["steps"] if not step["ok"])
        assert failed >= 4, "the tree, the passages or the page must speak, not the signature"
