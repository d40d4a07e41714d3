"""The consolidated financial sanctions file of the European Union, version 1.1: a table or XML.

The table has one row for each name, address, birth and number of an entity, joined by its logical id, and its cells are
divided by semicolons; the day it was made stands in the first column of every row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leakdesk.screening.entry import Entry, ListHead, ListUnusable, Record, distinct
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile, Node, table_of, xml_records

TITLE = "EU consolidated financial sanctions list"
_PERSON = frozenset({"p", "person"})


@dataclass(slots=True)
class _Gathered:
    """What the rows of one entity add up to."""

    id: str
    person: bool
    place: str
    names: list[str] = field(default_factory=list[str])
    weak: list[str] = field(default_factory=list[str])
    births: list[str] = field(default_factory=list[str])
    countries: list[str] = field(default_factory=list[str])
    numbers: list[str] = field(default_factory=list[str])
    positions: list[str] = field(default_factory=list[str])
    programs: list[str] = field(default_factory=list[str])
    since: list[str] = field(default_factory=list[str])

    def entry(self) -> Entry:
        names = distinct(self.names) or distinct(self.weak)
        if not names:
            raise ListUnusable(f"an entry without name ({self.place})")
        return Entry(
            id=self.id,
            schema="Person" if self.person else "Organization",
            name=names[0],
            aliases=names[1:],
            weak=tuple(name for name in distinct(self.weak) if name not in names),
            birth_dates=distinct(self.births),
            countries=distinct(self.countries),
            identifiers=distinct(self.numbers),
            positions=distinct(self.positions),
            programs=distinct(self.programs),
            since=min((each for each in self.since if each), default=""),
            place=self.place,
        )


def read_table(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Entities in the order of their first rows."""
    file = files[0]
    gathered: dict[str, _Gathered] = {}
    dated = ""
    for line, row in table_of(file, delimiter=";"):
        dated = dated or iso_date(row.get("filegenerationdate", ""))
        number = row.get("entity_eu_referencenumber") or row.get("entity_logicalid", "")
        if not number:
            raise ListUnusable(f"{file.name}, line {line}: a row without the id of its entity")
        one = gathered.get(number)
        if one is None:
            kinds = {
                row.get("entity_subjecttype", "").lower(),
                row.get("entity_subjecttype_classificationcode", "").lower(),
            }
            one = gathered[number] = _Gathered(number, bool(kinds & _PERSON), f"{file.name}, line {line}")
        _add_row(one, row)
    yield ListHead(format="eu.csv", title=TITLE, date=dated)
    for one in gathered.values():
        yield one.entry()


def _add_row(one: _Gathered, row: Mapping[str, str]) -> None:
    name = row.get("namealias_wholename") or " ".join(
        part for key in ("firstname", "middlename", "lastname") if (part := row.get(f"namealias_{key}", ""))
    )
    low = row.get("namealias_strong", "").lower() == "false" or "low quality" in row.get("namealias_remark", "").lower()
    (one.weak if low else one.names).append(name)
    born = row.get("birthdate_birthdate") or row.get("birthdate_year", "")
    about = "circa " if row.get("birthdate_circa", "").lower() == "true" else ""
    one.births.append(iso_date(about + born) if born else "")
    for prefix in ("citizenship", "address"):
        one.countries.append(
            country(row.get(f"{prefix}_countryiso2code") or row.get(f"{prefix}_countrydescription", ""))
        )
    if number := row.get("identification_number"):
        label = row.get("identification_typedescription") or row.get("identification_typecode", "")
        one.numbers.append(f"{label} {number}")
    one.positions.append(row.get("namealias_function", ""))
    one.programs.append(row.get("entity_regulation_programme", ""))
    one.since.append(
        iso_date(row.get("entity_designationdate") or row.get("entity_regulation_entryintoforcedate")
                 or row.get("entity_regulation_publicationdate") or "")
    )  # fmt: skip


def read_xml(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Entities in the order of the file."""
    for node in xml_records(files[0], ("sanctionEntity",)):
        if node.tag == "sanctionEntity":
            yield _gather(node, files[0].name).entry()
        else:
            yield ListHead(format="eu.xml", title=TITLE, date=iso_date(node.get("generationDate")))


def _gather(node: Node, file: str) -> _Gathered:
    kind = next(node.all("subjectType"), None)
    kinds = {kind.get("code").lower(), kind.get("classificationCode").lower()} if kind else set[str]()
    number = node.get("euReferenceNumber") or node.get("logicalId")
    one = _Gathered(number, bool(kinds & _PERSON), f"{file}, line {node.line}")
    for alias in node.all("nameAlias"):
        parts = [alias.get(key) for key in ("firstName", "middleName", "lastName")]
        name = alias.get("wholeName") or " ".join(part for part in parts if part)
        (one.weak if alias.get("strong") == "false" else one.names).append(name)
        one.positions.append(alias.get("function"))
    for birth in node.all("birthdate"):
        about = "circa " if birth.get("circa") == "true" else ""
        one.births.append(_born(birth, about))
    for tag in ("citizenship", "address"):
        one.countries += [country(_land(each)) for each in node.all(tag)]
    one.numbers += [
        f"{each.get('identificationTypeDescription')} {each.get('number') or each.get('latinNumber')}"
        for each in node.all("identification")
        if each.get("number") or each.get("latinNumber")
    ]
    one.since.append(node.get("designationDate"))
    for regulation in node.all("regulation"):
        one.programs.append(regulation.get("programme"))
        one.since.append(regulation.get("entryIntoForceDate") or regulation.get("publicationDate"))
    return one


def _born(birth: Node, about: str) -> str:
    exact, year = birth.get("birthdate"), birth.get("year")
    if birth.get("yearRangeFrom"):
        return f"{birth.get('yearRangeFrom')}/{birth.get('yearRangeTo') or birth.get('yearRangeFrom')}"
    if exact and not about:
        return iso_date(exact)
    month, day = birth.get("monthOfYear"), birth.get("dayOfMonth")
    if year and month and day and not about:
        return iso_date(f"{day}/{month}/{year}")
    return iso_date(about + (exact[:4] or year)) if exact or year else ""


def _land(node: Node) -> str:
    code = node.get("countryIso2Code")
    return code if len(code) == 2 and code != "00" else node.get("countryDescription")
