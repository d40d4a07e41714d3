"""The demo's list: two versions, a namesake on it from the beginning, plant and maker only later; and it moves with the cast."""

from __future__ import annotations

import csv
import io

import pytest

from leakdesk.demo.cast import canonical_cast, seeded_cast
from leakdesk.demo.listed import list_versions
from leakdesk.demo.wording import Wording
from leakdesk.screening.entry import Entry
from leakdesk.screening.identify import lists_in
from leakdesk.screening.screen import Subject, screen
from leakdesk.screening.snapshot import Snapshot
from tests.screening.samples import as_file


def _versions(seed: int | None) -> tuple[Wording, list[tuple[str, str]]]:
    wording = Wording(canonical_cast() if seed is None else seeded_cast(seed))
    return wording, sorted(list_versions(wording).items())


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_the_list_has_a_hit_that_matters_and_a_namesake_that_is_none(seed: int | None) -> None:
    wording, versions = _versions(seed)
    (first, earlier), (second, later) = versions
    assert first < second
    ids = [{row["id"] for row in csv.DictReader(io.StringIO(text))} for text in (earlier, later)]
    assert ids[0] < ids[1]
    found = lists_in([as_file("later.csv", later)])
    snapshot = Snapshot.build(found[0].read())
    plant = f"{wording.cast.form('town', 'en')} Aircraft Repair Plant No. {wording.cast.form('pno', 'ru')}"
    director = wording.fill("{dir.full}", "ru")
    short = f"{wording.cast.form('dir', 'en', 'name')} {wording.cast.form('dir', 'en')}"
    asked = [
        Subject(id="plant", schema="Company", names=(plant,)),
        Subject(id="director", schema="Person", names=(director, short)),
    ]
    hits = {hit.entity: hit for hit in screen(asked, snapshot).hits}
    assert hits.keys() == {"plant"} and hits["plant"].verdict == "same"
    namesake = next(each for each in snapshot.entries() if isinstance(each, Entry) and each.schema == "Person")
    assert namesake.name.split()[0] == director.split()[0], "he shares the surname, or he would be no namesake"
