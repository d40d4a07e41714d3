"""A seeded telling keeps no name of the canonical one, and neither telling names anything real."""

from __future__ import annotations

import re

import pytest

from leakdesk.demo.cast import canonical_cast, seeded_cast
from tests.demo.conftest import Built

# Makers, aircraft families and people of the real world that a careless author would reach for.
REAL = (
    "Ми-", "Ка-", "Mi-8", "Mi-24", "Ka-52", "Airbus", "Boeing", "Антонов Ан", "Лукашенк", "Lukashenk", "Путин", "Putin",
    "Зеленськ", "Zelensk", "DMG", "Siemens", "Haas", "Мотор Сич", "Motor Sich", "Белавиа", "Belavia",
)  # fmt: skip


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'’-]+", text))


def test_seeded_telling_shares_no_invented_name(demo: Built, seeded: Built) -> None:
    invented = {name for name in canonical_cast().names() if len(name) > 3 and not name.isdigit()}
    text = seeded.everything_readable()
    single = {name for name in invented if " " not in name and name in _words(text)}
    several = {name for name in invented if " " in name and name in text}
    assert single | several == set()


def test_seeded_dates_and_figures_move(demo: Built, seeded: Built) -> None:
    dates = [{row["date"][:10] for row in built.leak["messages"]} for built in (demo, seeded)]
    assert dates[0] & dates[1] == set()
    assert "2 380 000" in demo.everything_readable()
    assert "2 380 000" not in seeded.everything_readable()
    assert len(demo.messages) == len(seeded.messages)


def test_figures_still_add_up(built: Built) -> None:
    pattern = r"— (\d+) машин, из них (\d+) единиц \S+ и (\d+) единиц"
    found = re.findall(pattern, built.everything_readable())
    assert found
    assert all(int(whole) == int(one) + int(other) for whole, one, other in found)


def test_weekdays_and_seasons_hold(demo: Built, seeded: Built) -> None:
    for row, other in zip(demo.leak["messages"], seeded.leak["messages"], strict=True):
        assert abs(int(row["date"][5:7]) - int(other["date"][5:7])) in (0, 1, 11)


def test_every_place_is_filled(demo: Built, seeded: Built) -> None:
    for built in (demo, seeded):
        assert re.findall(r"\{\^?[a-z:]+[^{}\n]*\}", built.everything_readable()) == []


def test_nobody_real_plays(demo: Built) -> None:
    text = demo.everything_readable()
    assert [name for name in REAL if name in text] == []
    addresses = set(re.findall(r"@([\w.-]+)", text))
    assert {domain for domain in addresses if not domain.rstrip(".").endswith(".example")} == set()


@pytest.mark.parametrize("seed", range(12))
def test_no_seed_deals_a_canonical_name(seed: int) -> None:
    canonical = {name for name in canonical_cast().names() if len(name) > 3 and not name.isdigit()}
    assert canonical & seeded_cast(seed).names() == set()


def test_one_seed_one_cast() -> None:
    assert seeded_cast(5).names() == seeded_cast(5).names()
    assert seeded_cast(5).names() != seeded_cast(6).names()


def test_people_who_share_a_surname_stay_apart(demo: Built) -> None:
    people = {row["id"]: row for row in demo.leak["entities"]}
    assert "driver" in people["com"]["distinct_from"]
    assert people["com"]["caption"] != people["driver"]["caption"]
    assert people["daughter"]["role"] == people["son"]["role"] == "protected"
