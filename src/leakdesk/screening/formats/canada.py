"""Canada's consolidated autonomous sanctions list: one XML of flat records, with names of two languages for countries.

A record's number is that of its schedule and item; the file carries no date of its own in most versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakdesk.screening.entry import Entry, ListHead, Record, distinct
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile, Node, xml_records

TITLE = "Canada consolidated autonomous sanctions list"


def read(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Records in the order of the file."""
    seen: dict[str, int] = {}
    for node in xml_records(files[0], ("record",)):
        if node.tag == "record":
            yield _entry(node, files[0].name, seen)
        else:
            yield ListHead(format="canada.xml", title=TITLE, date=iso_date(node.get("date") or node.get("generated")))


def _entry(node: Node, file: str, seen: dict[str, int]) -> Entry:
    given, last = node.say("GivenName"), node.say("LastName")
    body = node.say("EntityOrShip") or node.say("Entity")
    born = node.say("DateOfBirthOrShipBuildDate") or node.say("DateOfBirth")
    ship = node.say("ShipIMONumber")
    names = [f"{last}, {given}" if given and last else last or given] if last or given else body.split("/")
    # The French half of "Belarus / Bélarus" says the same again.
    regime = node.say("Country").split("/")[0].strip()
    number = ".".join(part for part in (regime, node.say("Schedule"), node.say("Item")) if part and part != "N/A")
    seen[number] = seen.get(number, 0) + 1
    if seen[number] > 1:  # one item may name a body and its ships
        number = f"{number}~{seen[number]}"
    return Entry(
        id=number or f"{file}, line {node.line}",
        schema="Person" if last or given else "Vessel" if ship else "Organization",
        name=names[0].strip(),
        aliases=distinct([*names[1:], *re.split(r"[;,]\s+", node.say("Aliases"))]),
        birth_dates=distinct([iso_date(born)]) if last or given else (),
        countries=distinct([country(regime)]),
        identifiers=distinct([f"IMO {ship}" if ship else ""]),
        programs=distinct([regime]),
        since=iso_date(node.say("DateOfListing")),
        place=f"{file}, line {node.line}",
    )
