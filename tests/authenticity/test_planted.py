"""E4: every planted alteration is reported with its two places; what clean letters show is counted and held down."""

from __future__ import annotations

from functools import cache

from leakdesk.authenticity import wording
from leakdesk.authenticity.corpus import Across
from leakdesk.authenticity.observations import Spot
from leakdesk.model.document import TextLayer
from tests.authenticity.planted import ALTERATIONS, CLEAN, EACH, Planted

#: Clean letters (of 200, and their copies) about which anything at all is said: the false alarms that are published in
#: docs/reference/quality.md. A change that raises them must say so there.
FALSE_ALARMS = 0


@cache
def _looked() -> tuple[Planted, Across, dict[str, bytes], dict[str, TextLayer]]:
    planted = Planted()
    return (planted, *planted.look())


def test_the_corpus_is_what_it_says() -> None:
    planted, _, data, _ = _looked()
    assert len(ALTERATIONS) == 12
    assert len(planted.truth) == 12 * EACH
    assert Planted().letters() == data


def test_every_alteration_is_found() -> None:
    planted, across, _, _ = _looked()
    missed = {
        document: rules
        for document, rules in planted.truth.items()
        if not {one.rule for one in across.found.get(document, ())} & set(rules)
    }
    assert not missed


def test_false_alarms_are_counted() -> None:
    planted, across, _, _ = _looked()
    clean = {draft.document for draft in planted.drafts[:CLEAN]} | {
        name for name, _, of in planted.copies if name not in planted.truth
    }
    alarmed = {own: [one.rule for one in across.found[own]] for own in sorted(clean) if across.found.get(own)}
    assert len(alarmed) <= FALSE_ALARMS, alarmed


def test_each_observation_has_two_places_that_stand_there() -> None:
    _, across, data, layers = _looked()
    for found in across.found.values():
        for one in found:
            assert len(one.spots) >= (1 if one.rule == "zone_clock" else 2), one
            for spot in one.spots:
                _stands(spot, data, layers)
            assert wording.observation_sentence(one)


def _stands(spot: Spot, data: dict[str, bytes], layers: dict[str, TextLayer]) -> None:
    if spot.of == "field":
        assert spot.text
    elif spot.of == "text":
        assert layers[spot.document].text[spot.start : spot.end] == spot.text
    else:
        assert 0 <= spot.start < spot.end <= len(data[spot.document])


def test_base_rates_count_letters() -> None:
    _, across, data, _ = _looked()
    rates = across.rates()
    for rule, (found, of) in rates.items():
        assert 0 <= found <= of <= len(data) * 4, rule
    assert rates["date_after_received"][0] == EACH


def test_the_order_of_letters_changes_nothing() -> None:
    one, other = Planted().look()[0], Planted().look()[0]
    assert {k: v for k, v in one.found.items() if v} == {k: v for k, v in other.found.items() if v}
