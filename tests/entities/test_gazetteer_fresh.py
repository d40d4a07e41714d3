"""The shipped gazetteer was made with the sound keys of this very code."""

from __future__ import annotations

import sqlite3
from importlib import resources

from leakdesk.language.romanise import sounds


def test_every_hundredth_place_is_found_by_the_sound_its_name_has_today() -> None:
    path = resources.files("leakdesk.language").joinpath("data", "gazetteer.sqlite")
    base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    rows = base.execute(
        "SELECT n, name FROM places WHERE n % 100 = 0 AND kind = 'city' AND length(name) >= 3"
    ).fetchall()
    assert len(rows) > 300
    for place, name in rows:
        keys = [reading.key for reading in sounds(name)[:1] if len(reading.key) >= 2]
        found = {row[0] for key in keys for row in base.execute("SELECT n FROM sounds WHERE key = ?", (key,))}
        assert not keys or place in found, name
