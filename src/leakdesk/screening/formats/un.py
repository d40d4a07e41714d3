"""The consolidated list of the United Nations Security Council: one XML, dated in its first line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakdesk.screening.entry import Entry, ListHead, Record, distinct
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile, Node, xml_records

TITLE = "UN Security Council consolidated list"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Individuals and entities in the order of the file."""
    for node in xml_records(files[0], ("INDIVIDUAL", "ENTITY")):
        if node.tag in ("INDIVIDUAL", "ENTITY"):
            yield _entry(node, files[0].name)
        else:
            yield ListHead(format="un.xml", title=TITLE, date=node.get("dateGenerated")[:10])


def _entry(node: Node, file: str) -> Entry:
    person = node.tag == "INDIVIDUAL"
    prefix = node.tag
    aliases = [
        (name, each.say("QUALITY").lower() == "low")
        for each in node.all(f"{prefix}_ALIAS")
        for name in each.say("ALIAS_NAME").split(";")
    ]
    numbers = [
        f"{each.say('TYPE_OF_DOCUMENT')} {each.say('NUMBER')}"
        for each in node.all(f"{prefix}_DOCUMENT")
        if each.say("NUMBER")
    ]
    countries = [*node.says("NATIONALITY", "VALUE"), *node.says(f"{prefix}_ADDRESS", "COUNTRY")]
    return Entry(
        id=node.say("REFERENCE_NUMBER") or node.say("DATAID"),
        schema="Person" if person else "Organization",
        name=" ".join(part for tag in _NAMES if (part := node.say(tag))),
        aliases=distinct([*(name for name, low in aliases if not low), node.say("NAME_ORIGINAL_SCRIPT")]),
        weak=distinct([name for name, low in aliases if low]),
        birth_dates=distinct([_born(each) for each in node.all(f"{prefix}_DATE_OF_BIRTH")]),
        countries=distinct([country(each) for each in countries]),
        identifiers=distinct(numbers),
        positions=distinct(node.says("DESIGNATION", "VALUE")),
        programs=distinct([node.say("UN_LIST_TYPE")]),
        since=node.say("LISTED_ON")[:10],
        place=f"{file}, line {node.line}",
    )


def _born(node: Node) -> str:
    if node.say("FROM_YEAR"):
        return f"{node.say('FROM_YEAR')}/{node.say('TO_YEAR') or node.say('FROM_YEAR')}"
    about = "circa " if "APPROX" in node.say("TYPE_OF_DATE").upper() else ""
    return iso_date(about + (node.say("DATE")[:10] or node.say("YEAR")))
