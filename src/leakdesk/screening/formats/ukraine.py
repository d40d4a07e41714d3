"""Ukraine's state sanctions register as its public interface returns it: JSON, one object a subject (sid, name, translit ...).

The objects may be an array, one a line, or arrays under names ("individual", "legal"). A name can hold its spellings in
brackets: "Ім'я (Имя, Name)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from leakdesk.screening.entry import Entry, ListHead, ListUnusable, Record, distinct
from leakdesk.screening.formats.json_stream import objects_of
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile

TITLE = "Ukraine state sanctions register"
_SPELLED = re.compile(r"^([^(]+)\(([^,()]+(?:,[^,()]+)*)\)$")
_LABELS = {"tax:inn": "INN", "reg:odrn": "OGRN", "reg:okpo": "OKPO", "reg:edrpou": "EDRPOU"}


def read(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Subjects in the order of the file."""
    yield ListHead(format="ukraine.json", title=TITLE)
    for number, item in objects_of(files[0]):
        if "sid" not in item:
            raise ListUnusable(f"{files[0].name}, object {number}: a subject without its number (sid)")
        yield _entry(item, f"{files[0].name}, object {number}")


def _entry(item: dict[str, Any], place: str) -> Entry:
    names = distinct([*_spellings(item.get("name")), *_spellings(item.get("translit"))])
    kind = str(item.get("subjectType") or item.get("type") or "").lower()
    person = kind in ("individual", "fo", "person") or (not kind and bool(item.get("bd")) and "dissolution" not in item)
    actions = [each for each in item.get("actions") or [] if isinstance(each, dict)]
    decrees = [each.get("decree") or {} for each in actions]
    return Entry(
        id=str(item["sid"]),
        schema="Person" if person else "Organization",
        name=names[0] if names else "",
        aliases=distinct([*names[1:], *(name for each in _texts(item.get("aliases")) for name in _spellings(each))]),
        birth_dates=distinct([iso_date(str(item.get("bd") or ""))]) if person else (),
        countries=distinct([country(each) for each in _texts(item.get("citizenships"))]),
        identifiers=distinct(
            [
                f"{_LABELS.get(str(each.get('id')), str(each.get('id') or ''))} {each.get('code')}"
                for each in item.get("identifiers") or []
                if isinstance(each, dict) and each.get("code")
            ]
        ),
        programs=distinct([str(each.get("number") or "") for each in decrees]),
        since=min((str(each["date"])[:10] for each in decrees if each.get("date")), default=""),
        until=max((str(each["endDate"])[:10] for each in actions if each.get("endDate")), default="")
        if str(item.get("status") or "active").lower() in ("inactive", "expired", "cancelled")
        else "",
        place=place,
    )


def _spellings(name: object) -> list[str]:
    text = " ".join(str(name or "").split())
    spelled = _SPELLED.match(text)
    return [spelled[1].strip(), *(each.strip() for each in spelled[2].split(","))] if spelled else [text]


def _texts(value: object) -> list[str]:
    """A list of texts, or of objects with a name, or one text divided by semicolons."""
    if isinstance(value, str):
        return value.split(";")
    if not isinstance(value, list):
        return []
    return [str(each.get("name") or each.get("iso2") or "") if isinstance(each, dict) else str(each) for each in value]
