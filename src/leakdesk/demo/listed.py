"""The demo's invented sanctions list in two versions: before the plant and the maker of its machines were listed, and after.

It holds besides a namesake of the plant's director, whose father's name and birth are others, and a firm that no letter names.
Lists are no items of a parcel: they lie beside it (`lists/`), and nothing that is counted there changes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from leakdesk.demo.wording import Wording

#: What the list is called, in the desk and on the page.
NAME = "Invented Sanctions List"
_COLUMNS = ("id", "schema", "name", "aliases", "birth_date", "countries", "sanctions", "since")
#: Days of the two versions, and since when the later one has the plant; moved with everything else of a seeded telling.
_EARLIER, _LISTED, _LATER = "2022-05-16", "2023-08-09", "2024-01-22"


def list_versions(wording: Wording) -> Mapping[str, str]:
    """Day of a version -> the table, earlier first."""
    known = list(_always(wording))
    return {
        _day(wording, _EARLIER): _table(known),
        _day(wording, _LATER): _table([*known, *_added(wording)]),
    }


def _always(wording: Wording) -> Iterator[Sequence[str]]:
    cast = wording.cast
    director = cast.people["dir"]
    fathers = (person.form("ru", "pat", "n") for person in cast.people.values() if person.sex == director.sex)
    father = next(each for each in fathers if each[0] != director.form("ru", "pat", "n")[0])
    namesake = f"{director.form('ru', 'sur', 'n')} {director.form('ru', 'name', 'n')} {father}"
    english = f"{cast.form('dir', 'en').upper()}, {cast.form('dir', 'en', 'name')}"
    yield "ISL-0007", "Person", namesake, english, "1987-11-03", "ru", "Programme of another matter", "2021-12-20"
    yield (
        "ISL-0019",
        "Company",
        "Vaskalinka Sugar Trading FZE",
        "",
        "",
        "ae",
        "Programme of another matter",
        "2022-02-14",
    )


def _added(wording: Wording) -> Iterator[Sequence[str]]:
    cast = wording.cast
    plant = f"{cast.form('town', 'en')} Aircraft Repair Plant No. {cast.form('pno', 'ru')}"
    maker = f"{cast.form('cnmaker', 'en')} Precision Machine Tool Co., Ltd."
    since = _day(wording, _LISTED)
    yield "ISL-0102", "Organization", plant, "", "", "by", "Programme on military repair", since
    yield "ISL-0118", "Company", maker, cast.form("cnmaker", "zh"), "", "cn", "Programme on machine tools", ""


def _day(wording: Wording, day: str) -> str:
    return wording.shift(datetime.fromisoformat(day)).date().isoformat()


def _table(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
    return text.getvalue()
