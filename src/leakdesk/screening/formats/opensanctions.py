"""OpenSanctions' exports: FollowTheMoney entities, one JSON object a line, and the flat table of targets.

The JSON holds people and bodies, and apart from them sanctions, passports, and who owns whom; it may be gigabytes. The
table has one row a target, several values divided by semicolons. The same table, with only `name` needed, is what a user
writes for a list of their own. Both are dated by the last day that anything in them was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from leakdesk.screening.entry import (
    DEBARMENT,
    EXPORT_CONTROL,
    OFFICE,
    SANCTION,
    WATCHED,
    Entry,
    Identifier,
    ListHead,
    Listing,
    ListUnusable,
    Owned,
    Record,
    distinct,
)
from leakdesk.screening.formats.json_stream import objects_of
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile, table_of

TITLE = "OpenSanctions"
#: Schemata that can be screened against.
_SUBJECTS = frozenset(
    {"Person", "Organization", "Company", "PublicBody", "LegalEntity", "Vessel", "Airplane", "Vehicle", "Asset"}
)
#: Topic -> what the entry is listed for; the first that fits.
_TOPICS: tuple[tuple[str, str], ...] = (
    ("sanction", SANCTION),
    ("export.control", EXPORT_CONTROL),
    ("debarment", DEBARMENT),
    ("role.", OFFICE),
)
_NUMBERS = {
    "innCode": "INN", "ogrnCode": "OGRN", "okpoCode": "OKPO", "imoNumber": "IMO", "leiCode": "LEI", "taxNumber": "tax",
    "registrationNumber": "registration", "idNumber": "id", "passportNumber": "passport", "vatCode": "VAT",
    "swiftBic": "SWIFT", "mmsi": "MMSI", "serialNumber": "serial",
}  # fmt: skip


def read_json(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Everything of entities.ftm.json or targets.nested.json that screening needs."""
    file, seen, datasets = files[0], "", set[str]()
    for number, item in objects_of(file):
        if not isinstance(item.get("properties"), dict) or not item.get("schema"):
            raise ListUnusable(f"{file.name}, object {number}: no FollowTheMoney entity (schema, properties)")
        seen = max(seen, str(item.get("last_seen") or "")[:10])
        if len(datasets) < 2:
            datasets |= {str(each) for each in (item.get("datasets") or ())[:2]}
        yield from _records(item, f"{file.name}, object {number}")
    title = f"{TITLE} ({datasets.pop()})" if len(datasets) == 1 else TITLE
    yield ListHead(format="opensanctions.json", title=title, date=seen)


def _records(item: Mapping[str, Any], place: str) -> Iterator[Record]:
    schema, own = str(item["schema"]), str(item.get("id") or "")
    properties: Mapping[str, Any] = item["properties"]
    say = lambda name: _texts(properties.get(name))  # noqa: E731 - a word for a long expression
    if schema in _SUBJECTS:
        if say("name") or say("alias") or say("weakAlias"):
            yield _entity(own, schema, item, place)
        yield from _nested(own, properties)
    elif schema == "Sanction":
        for entry in say("entity"):
            program = next(iter([*say("program"), *say("authority")]), "")
            since = min([*say("startDate"), *say("listingDate")], default="")
            yield Listing(entry=entry, program=program, since=since[:10], until=max(say("endDate"), default="")[:10])
    elif schema in ("Passport", "Identification"):
        for entry in say("holder"):
            yield from (Identifier(entry=entry, number=f"{schema.lower()} {number}") for number in say("number"))
    elif schema == "Ownership":
        percents = [found for each in [*say("percentage"), *say("sharesValue")] if (found := percent(each)) is not None]
        for owner in say("owner"):
            for asset in say("asset"):
                yield Owned(
                    owner=owner, asset=asset, percent=max(percents, default=None), role=next(iter(say("role")), "")
                )


#: Property that holds nested entities -> the property by which they name their subject.
_INSIDE = (
    ("sanctions", "entity"),
    ("sanctionEntity", "entity"),
    ("passports", "holder"),
    ("identificationDocuments", "holder"),
    ("ownershipOwner", "owner"),
    ("ownershipAsset", "asset"),
)


def _nested(own: str, properties: Mapping[str, Any]) -> Iterator[Record]:
    """Entities that the nested export puts inside their subject."""
    for name, back in _INSIDE:
        for each in properties.get(name) or ():
            if isinstance(each, dict) and isinstance(each.get("properties"), dict):
                yield from _records({**each, "properties": {**each["properties"], back: [own]}}, "")


def _texts(values: object) -> list[str]:
    """Values as texts; a nested entity is its id."""
    if not isinstance(values, list):
        return []
    return [str(each["id"]) if isinstance(each, dict) and "id" in each else str(each) for each in values if each]


def _entity(own: str, schema: str, item: Mapping[str, Any], place: str) -> Entry:
    properties: Mapping[str, Any] = item["properties"]
    say = lambda name: _texts(properties.get(name))  # noqa: E731
    names = distinct(
        [*([str(item["caption"])] if item.get("caption") else []), *say("name"), *say("alias"), *say("previousName")]
    )
    weak = distinct(say("weakAlias"))
    topics = say("topics")
    numbers = [f"{label} {value}" for name, label in _NUMBERS.items() for value in say(name)]
    lands = [value for name in ("country", "nationality", "citizenship", "jurisdiction", "flag") for value in say(name)]
    return Entry(
        id=own,
        schema=schema,
        name=(names or weak)[0],
        aliases=names[1:],
        weak=weak,
        birth_dates=distinct([iso_date(each) for each in say("birthDate")]),
        countries=distinct([country(each) for each in lands]),
        identifiers=distinct(numbers),
        positions=distinct(say("position")),
        programs=distinct(say("program") + say("programId")),
        kind=next((kind for start, kind in _TOPICS if any(topic.startswith(start) for topic in topics)), WATCHED),
        listed=bool(item.get("target"))
        or any(topic in ("sanction", "export.control", "debarment") for topic in topics),
        place=place,
    )


def percent(text: str) -> float | None:
    """ "51 %", "51.0", "0,51 доли" -> 51.0; None where there is no number between 0 and 100."""
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    value = float(found[0].replace(",", ".")) if found else -1.0
    if found and value <= 1 and "%" not in text and "." in found[0].replace(",", "."):
        value *= 100
    return value if 0 <= value <= 100 else None


# --- the flat table, and a list of one's own -------------------------------------------------------------------------------

#: Our column -> what it may be called.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "schema": ("schema", "type"),
    "name": ("name",),
    "aliases": ("aliases", "alias"),
    "weak": ("weak_aliases",),
    "born": ("birth_date", "birth_dates", "dob"),
    "countries": ("countries", "country", "nationality"),
    "identifiers": ("identifiers", "identifier"),
    "positions": ("positions", "position"),
    "programs": ("sanctions", "program", "program_ids"),
    "topics": ("topics",),
    "since": ("since", "listed_since"),
    "until": ("until", "listed_until"),
    "owners": ("owners",),
}
_SCHEMATA = {"person": "Person", "individual": "Person", "organisation": "Organization", "entity": "Organization",
             "ship": "Vessel", "aircraft": "Airplane", "body": "PublicBody"}  # fmt: skip


def read_table(files: Sequence[ListFile], *, delimiter: str = ",", own: bool = False) -> Iterator[Record | ListHead]:
    """Rows in order; a row without a name ends the reading, a row without an id is known by its line."""
    file, seen, datasets = files[0], "", set[str]()
    for line, row in table_of(file, delimiter=delimiter):
        place = f"{file.name}, line {line}"
        values = {ours: next((row[name] for name in names if row.get(name)), "") for ours, names in _COLUMNS.items()}
        if not values["name"]:
            raise ListUnusable(f"{place}: no name")
        seen = max(seen, row.get("last_seen", "")[:10])
        if len(datasets) < 2 and row.get("dataset"):
            datasets.add(row["dataset"])
        yield from _row(values, line, place)
    title = f"{TITLE} ({datasets.pop()})" if len(datasets) == 1 else TITLE
    yield ListHead(format="own.csv" if own else "opensanctions.csv", title="" if own else title, date=seen)


def _several(text: str) -> list[str]:
    return re.split(r"[;|]", text)


def _row(values: Mapping[str, str], line: int, place: str) -> Iterator[Record]:
    topics = _several(values["topics"])
    schema = values["schema"]
    number = values["id"] or f"line {line}"
    yield Entry(
        id=number,
        schema=_SCHEMATA.get(schema.lower(), schema) or "LegalEntity",
        name=values["name"],
        aliases=distinct(_several(values["aliases"])),
        weak=distinct(_several(values["weak"])),
        birth_dates=distinct([iso_date(each) for each in _several(values["born"])]),
        countries=distinct([country(each) for each in _several(values["countries"])]),
        identifiers=distinct(_several(values["identifiers"])),
        positions=distinct(_several(values["positions"])),
        programs=distinct(_several(values["programs"])),
        since=iso_date(values["since"]),
        until=iso_date(values["until"]),
        kind=next(
            (kind for start, kind in _TOPICS if any(topic.strip().startswith(start) for topic in topics)), SANCTION
        ),
        place=place,
    )
    for each in distinct(_several(values["owners"])):
        owner, _, share = each.rpartition(":")
        yield Owned(owner=(owner or share).strip(), asset=number, percent=percent(share) if owner else None)
