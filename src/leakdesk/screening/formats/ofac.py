"""The list of Specially Designated Nationals: three tables without header lines (sdn, alt, add), or one XML.

In the tables `-0-` means empty and the first column joins them; birth dates, nationalities and numbers stand in the
remarks, between semicolons. The tables carry no date; the XML does (month first), and says how many records it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leakdesk.screening.entry import Entry, ListHead, ListUnusable, Record, distinct
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile, Node, rows_of, xml_records

TITLE = "OFAC Specially Designated Nationals"
#: Part -> number of columns.
PARTS = {"sdn": 12, "alt": 5, "add": 6, "comments": 2}
_EMPTY = re.compile(r"-0-?\s*")
_ALIAS = re.compile(r"^\d+,\d+,\"?(?:aka|fka|nka)\"?,", re.IGNORECASE)
_ADDRESS = re.compile(r"^\d+,\d+,")
_MAIN = re.compile(r'^\d+,"[^"]+",\s*(?:-0-|"?(?:individual|vessel|aircraft|entity))', re.IGNORECASE)
_SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}


def part_of(file: ListFile) -> str:
    """Which of the tables a file is: "sdn", "alt", "add" or ""."""
    head = file.head(4096).decode("utf-8", "replace").lstrip("\ufeff")
    if _ALIAS.match(head):
        return "alt"
    if _MAIN.match(head):
        return "sdn"
    first = head.split("\n", 1)[0]
    return "add" if _ADDRESS.match(head) and first.count(",") >= 5 else ""


def read_tables(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """The entries of sdn.csv, with names of alt.csv and countries of add.csv where these are there."""
    yield ListHead(format="ofac.csv", title=TITLE)
    by_part = {part_of(file): file for file in files}
    if "sdn" not in by_part:
        names = ", ".join(file.name for file in files)
        raise ListUnusable(
            f"{names}: names or addresses only, without the list itself (sdn.csv)",
            try_="Add the folder that holds sdn.csv, alt.csv and add.csv.",
        )
    strong, weak = _aliases(by_part["alt"]) if "alt" in by_part else ({}, {})
    countries = _countries(by_part["add"]) if "add" in by_part else {}
    main = by_part["sdn"]
    known: set[str] = set()
    for line, cells in rows_of(main, columns=PARTS["sdn"]):
        number, name, kind, program, title, *_, remarks = (_value(cell) for cell in cells)
        known.add(number)
        yield _entry(
            number, name, kind, program, title, remarks, strong.get(number, ()), weak.get(number, ()),
            countries.get(number, ()), f"{main.name}, line {line}",
        )  # fmt: skip
    strangers = (strong.keys() | weak.keys() | countries.keys()) - known
    if strangers:
        raise ListUnusable(
            f"{len(strangers)} entries of the other tables are not in {main.name} (the first is {min(strangers)})",
            try_="The tables are of different days, or one is cut short: fetch them together.",
        )


def _value(cell: str) -> str:
    return "" if _EMPTY.fullmatch(cell.strip()) else " ".join(cell.split())


def _aliases(file: ListFile) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    strong: dict[str, list[str]] = {}
    weak: dict[str, list[str]] = {}
    for _, cells in rows_of(file, columns=PARTS["alt"]):
        number, _, _, name, remark = (_value(cell) for cell in cells)
        if name:
            (weak if "weak" in remark.lower() else strong).setdefault(number, []).append(name)
    return strong, weak


def _countries(file: ListFile) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, cells in rows_of(file, columns=PARTS["add"]):
        code = country(_value(cells[4]))
        if code:
            found.setdefault(_value(cells[0]), []).append(code)
    return found


def _entry(  # noqa: PLR0913, PLR0917 - the columns of one row
    number: str, name: str, kind: str, program: str, title: str, remarks: str, aliases: Sequence[str],
    weak: Sequence[str], countries: Sequence[str], place: str,
) -> Entry:  # fmt: skip
    told = list(_remarks(remarks))
    return Entry(
        id=number,
        schema=_SCHEMATA.get(kind.lower(), "Organization"),
        name=name,
        aliases=distinct(list(aliases)),
        weak=distinct([*weak, *(value for what, value in told if what == "weak")]),
        birth_dates=distinct([iso_date(value) for what, value in told if what == "born"]),
        countries=distinct([*countries, *(country(value) for what, value in told if what == "country")]),
        identifiers=distinct([value for what, value in told if what == "number"]),
        positions=distinct([title]),
        programs=distinct(program.replace("] [", "]|[").replace("[", "").replace("]", "").split("|")),
        place=place,
    )


_BORN = re.compile(r"(?:alt\. )?DOB (.+)")
_COUNTRY = re.compile(r"(?:alt\. )?(?:nationality|citizen)[: ]+(.+)", re.IGNORECASE)
_ALSO = re.compile(r"(?:alt\. )?a\.k\.a\. '(.+?)'")
_NUMBER = re.compile(
    r"(?:alt\. )?(?:.*\b(?:Passport|No\.|Number|ID|INN|Cedula|RUC|NIT|R\.F\.C\.|C\.U\.R\.P\.|IMO)\b.*\d.*)"
)


def _remarks(text: str) -> Iterator[tuple[str, str]]:
    for piece in text.rstrip(".").split(";"):
        plain = " ".join(piece.split())
        if found := _BORN.fullmatch(plain):
            yield "born", found[1]
        elif found := _COUNTRY.fullmatch(plain):
            yield "country", found[1]
        elif found := _ALSO.search(plain):
            yield "weak", found[1]
        elif _NUMBER.fullmatch(plain):
            yield "number", plain


# --- XML -----------------------------------------------------------------------------------------------------------------


def read_xml(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """The entries of sdn.xml. Raises ListUnusable where it says how many it has and that is not so."""
    promised, found = 0, 0
    for node in xml_records(files[0], ("publshInformation", "sdnEntry")):
        if node.tag == "publshInformation":
            month, day, year = (*node.say("Publish_Date").split("/"), "", "", "")[:3]
            date = f"{year}-{month:>02}-{day:>02}" if year else ""
            promised = int(node.say("Record_Count") or 0)
            yield ListHead(format="ofac.xml", title=TITLE, date=date)
        elif node.tag == "sdnEntry":
            found += 1
            yield _xml_entry(node, files[0].name)
    if promised and found != promised:
        raise ListUnusable(f"{files[0].name}: it says it has {promised} records and has {found}")


def _xml_entry(node: Node, file: str) -> Entry:
    kind = node.say("sdnType").lower()
    akas = [(_xml_name(aka), aka.say("category") == "weak") for aka in node.all("akaList", "aka")]
    numbers = [
        f"{each.say('idType')} {each.say('idNumber')}" for each in node.all("idList", "id") if each.say("idNumber")
    ]
    return Entry(
        id=node.say("uid"),
        schema=_SCHEMATA.get(kind, "Organization"),
        name=_xml_name(node),
        aliases=distinct([name for name, is_weak in akas if not is_weak]),
        weak=distinct([name for name, is_weak in akas if is_weak]),
        birth_dates=distinct(
            [iso_date(each) for each in node.says("dateOfBirthList", "dateOfBirthItem", "dateOfBirth")]
        ),
        countries=distinct(
            [
                country(each)
                for path in (
                    ("nationalityList", "nationality", "country"),
                    ("citizenshipList", "citizenship", "country"),
                    ("addressList", "address", "country"),
                )
                for each in node.says(*path)
            ]
        ),
        identifiers=distinct(numbers),
        positions=distinct([node.say("title")]),
        programs=distinct(node.says("programList", "program")),
        place=f"{file}, line {node.line}",
    )


def _xml_name(node: Node) -> str:
    last, first = node.say("lastName"), node.say("firstName")
    return f"{last}, {first}" if first else last
