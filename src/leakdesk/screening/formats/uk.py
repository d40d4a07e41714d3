"""The United Kingdom's lists: the UK Sanctions List (XML, CSV) and OFSI's consolidated list (CSV).

The tables have one row for each name of a subject and a line or two above their header; days are written day first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leakdesk.screening.entry import Entry, ListHead, ListUnusable, Record, distinct
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile, Node, rows_of, xml_records

TITLE = "UK Sanctions List"
OFSI_TITLE = "OFSI consolidated list (UK)"
_KINDS = {"individual": "Person", "ship": "Vessel"}
#: The given names stand in columns 1 to 5, the family name or the whole name in 6.
_ORDER = ("1", "2", "3", "4", "5", "6")


def read_xml(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Designations in the order of the file."""
    file, dated = files[0], ""
    for node in xml_records(file, ("DateGenerated", "Designation")):
        if node.tag == "DateGenerated":
            dated = iso_date(node.text)
        elif node.tag == "Designation":
            yield _designation(node, file.name)
    yield ListHead(format="uk.xml", title=TITLE, date=dated)


def _designation(node: Node, file: str) -> Entry:
    names: list[tuple[str, str]] = []
    for each in node.all("Names", "Name"):
        name = " ".join(part for order in _ORDER if (part := each.say(f"Name{order}")))
        names.append((name, f"{each.say('NameType')} {each.say('AliasStrength')}".lower()))
    primary = [name for name, kind in names if "primary name" in kind and "variation" not in kind]
    original = [each.text for each in node.anywhere("NameNonLatinScript")]
    strong = distinct([*primary, *(name for name, kind in names if "low" not in kind), *original])
    weak = distinct([name for name, kind in names if "low" in kind])
    all_names = strong or weak
    if not all_names:
        raise ListUnusable(f"an entry without name ({file}, line {node.line})")
    numbers = [
        f"{tag} {each.text}"
        for tag in ("PassportNumber", "NationalIdentifierNumber", "IMONumber", "BusinessRegistrationNumber")
        for each in node.anywhere(tag)
        if each.text.strip()
    ]
    lands = [each.text for tag in ("Nationality", "AddressCountry") for each in node.anywhere(tag)]
    return Entry(
        id=node.say("UniqueID") or node.say("OFSIGroupID"),
        schema=_KINDS.get(node.say("IndividualEntityShip").lower(), "Organization"),
        name=all_names[0],
        aliases=all_names[1:],
        weak=tuple(name for name in weak if name not in all_names),
        birth_dates=distinct([_born(each.text) for each in node.anywhere("DOB")]),
        countries=distinct([country(each) for each in lands]),
        identifiers=distinct(numbers),
        positions=distinct([each.text for each in node.anywhere("Position")]),
        programs=distinct([node.say("RegimeName")]),
        since=iso_date(node.say("DateDesignated")),
        place=f"{file}, line {node.line}",
    )


def _born(text: str) -> str:
    """UK lists write what they do not know of a date as letters or zeros: dd/mm/1961, 00/00/1961."""
    return iso_date(text.lower().replace("dd", "00").replace("mm", "00"))


# --- tables --------------------------------------------------------------------------------------------------------------

#: What we call a column -> what the tables call it.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("unique id", "group id", "ofsi group id"),
    "kind": ("designation type", "group type", "individual, entity, ship"),
    "alias": ("name type", "alias type"),
    "quality": ("alias strength", "alias quality"),
    "original": ("name non-latin script",),
    "born": ("d.o.b", "dob"),
    "nationality": ("nationality(/ies)", "nationality"),
    "country": ("address country", "country"),
    "passport": ("passport number",),
    "national": ("national identifier number", "national identification number"),
    "imo": ("imo number",),
    "position": ("position",),
    "program": ("regime name", "regime"),
    "since": ("date designated", "uk sanctions list date designated", "listed on"),
}


def read_table(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Subjects in the order of their first rows. Raises ListUnusable where no header line is found."""
    file = files[0]
    header: list[str] = []
    dated = ""
    gathered: dict[str, list[dict[str, str]]] = {}
    for line, cells in rows_of(file):
        plain = [" ".join(cell.split()) for cell in cells]
        if not header:
            if "name 6" in [cell.lower() for cell in plain]:
                header = [cell.lower() for cell in plain]
            else:
                dated = dated or next((found for cell in plain if (found := iso_date(cell))), "")
            continue
        row = _named(header, plain, f"{file.name}, line {line}")
        gathered.setdefault(row["id"], []).append(row)
    if not header:
        raise ListUnusable(f"{file.name}: no line names the columns (“Name 6” and the others)")
    title = OFSI_TITLE if "group type" in header else TITLE
    yield ListHead(format="uk.csv", title=title, date=dated)
    for rows in gathered.values():
        yield _subject(rows)


def _named(header: Sequence[str], cells: Sequence[str], place: str) -> dict[str, str]:
    if len(cells) > len(header):
        raise ListUnusable(f"{place}: {len(cells)} columns, the header has {len(header)}")
    values = dict(zip(header, cells, strict=False))
    row = {ours: next((values[name] for name in names if values.get(name)), "") for ours, names in _COLUMNS.items()}
    row["name"] = " ".join(part for order in _ORDER if (part := values.get(f"name {order}", "")))
    row["place"] = place
    if not row["id"]:
        raise ListUnusable(f"{place}: a row without the id of its subject")
    return row


def _subject(rows: list[dict[str, str]]) -> Entry:
    first = next((row for row in rows if row["alias"].lower().startswith("primary name")), rows[0])
    weak = distinct([row["name"] for row in rows if "low" in row["quality"].lower()])
    strong = distinct([first["name"], *(row["name"] for row in rows if "low" not in row["quality"].lower())])
    numbers = [f"{label} {row[label]}" for row in rows for label in ("passport", "national", "imo") if row[label]]
    return Entry(
        id=first["id"],
        schema=_KINDS.get(first["kind"].lower(), "Organization"),
        name=first["name"],
        aliases=distinct([*strong[1:], *(row["original"] for row in rows)]),
        weak=tuple(name for name in weak if name not in strong),
        birth_dates=distinct([_born(each) for row in rows for each in row["born"].split(";") if each]),
        countries=distinct(
            [country(each) for row in rows for key in ("nationality", "country") for each in row[key].split(";")]
        ),
        identifiers=distinct(numbers),
        positions=distinct([row["position"] for row in rows]),
        programs=distinct([row["program"] for row in rows]),
        since=min((found for row in rows if (found := iso_date(row["since"]))), default=""),
        place=first["place"],
    )
