"""Zones: what is boilerplate stays out of the claims, nothing is deleted, nothing overlaps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.language.canvas import canvas
from leakdesk.model.document import Role, check_cover
from leakdesk.reading.zones import Rule, report_segments, zone_rules

REPORT = """Home | News | Transport

Depot hid wet sand

3 March 2031, 09:40

By Ilse Morrant

A tram in the yard (archive picture)

Photo: Estuary Archive

The depot bought wet sand in 2029, auditors say.

Source: Estuary Audit Office, audit of ledgers

Related stories

How the brewery lost its licence

Our newsroom depends on readers. Donate today and keep us independent.
"""


@pytest.mark.parametrize("rule", zone_rules(), ids=lambda rule: rule.id)
def test_a_rule_knows_its_example_from_its_counter_example(rule: Rule) -> None:
    assert rule.pattern.search(canvas(rule.example).lower())
    assert not rule.pattern.search(canvas(rule.counter).lower())


def roles(text: str) -> dict[str, Role]:
    return {text[each.start : each.end].strip(): each.role for each in report_segments(text)}


def test_a_report_falls_into_its_zones() -> None:
    found = roles(REPORT)
    assert found["Home | News | Transport"] == Role.BOILERPLATE
    assert found["Depot hid wet sand"] == Role.HEADLINE
    assert found["3 March 2031, 09:40"] == Role.DATELINE
    assert found["By Ilse Morrant"] == Role.BYLINE
    assert found["A tram in the yard (archive picture)"] == Role.CAPTION
    assert found["Photo: Estuary Archive"] == Role.CREDIT
    assert found["The depot bought wet sand in 2029, auditors say."] == Role.BODY
    assert found["Source:"] == Role.LABEL
    assert found["How the brewery lost its licence"] == Role.BOILERPLATE
    assert found["Our newsroom depends on readers. Donate today and keep us independent."] == Role.BOILERPLATE


def test_a_repeated_headline_is_boilerplate() -> None:
    text = "Depot hid wet sand\n\nDepot hid wet sand\n\nThe depot bought wet sand in 2029.\n"
    assert [each.role for each in report_segments(text)] == [Role.HEADLINE, Role.BOILERPLATE, Role.BODY]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='аБё«»:\n\r\t |.,ZzDonate©0123-—"’\u00a0', max_size=200))
def test_segments_cover_any_text(text: str) -> None:
    segments = report_segments(text)
    if text:
        check_cover(segments, len(text))
