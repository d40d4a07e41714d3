"""The list of Switzerland's State Secretariat for Economic Affairs: one XML, dated in its first line.

Names are parts with an order, and each part may have further spellings in other languages and scripts. An entry whose last
modification takes it off the list is kept with its day of delisting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leakdesk.screening.entry import Entry, ListHead, ListUnusable, Owned, Record, distinct
from leakdesk.screening.particulars import country, iso_date
from leakdesk.screening.streams import ListFile, Node, xml_records

TITLE = "Swiss (SECO) sanctions list"
#: Readings of one name at most, where several parts have several spellings.
MOST_READINGS = 24
_OWNING = frozenset({"owned-by", "controlled-by", "owned-or-controlled-by"})
_OWNER_OF = frozenset({"owner-of", "owns", "controls"})


def read(files: Sequence[ListFile]) -> Iterator[Record | ListHead]:
    """Targets in the order of the file."""
    programs: dict[str, str] = {}
    places: dict[str, str] = {}
    for node in xml_records(files[0], ("sanctions-program", "place")):
        if node.tag == "sanctions-program":
            name = next((each.text for each in node.all("program-name") if each.get("lang") == "eng"), "")
            programs |= {each.get("ssid"): " ".join(name.split()) for each in node.all("sanctions-set")}
        elif node.tag == "place":
            places[node.get("ssid")] = _land(node)
    for node in xml_records(files[0], ("target",)):
        if node.tag == "target":
            yield from _target(node, programs, places, files[0].name)
        else:
            yield ListHead(format="swiss.xml", title=TITLE, date=node.get("date")[:10])


def _land(node: Node) -> str:
    found = next(node.all("country"), None)
    return (found.get("iso-code") or found.text) if found else ""


def _target(node: Node, programs: dict[str, str], places: dict[str, str], file: str) -> Iterator[Record]:
    body = next((each for tag in ("individual", "entity", "object") for each in node.all(tag)), None)
    if body is None:
        raise ListUnusable(f"{file}, line {node.line}: a target that is neither person, body nor object")
    all_names, weak = _all_names(body)
    if not all_names:
        raise ListUnusable(f"{file}, line {node.line}: an entry without name")
    since, until = _dates(node)
    lands = [_land(each) for each in body.anywhere("nationality")]
    lands += [places.get(each.get("place-id"), "") for each in body.anywhere("address")]
    sets = [node.get("sanctions-set-id"), *node.says("sanctions-set-id")]
    numbers = [
        f"{each.get('document-type')} {each.say('number')}"
        for each in body.anywhere("identification-document")
        if each.say("number")
    ]
    born = [_day(each) for each in body.anywhere("day-month-year")] if body.tag == "individual" else []
    number = node.get("ssid")
    yield Entry(
        id=number,
        schema={"individual": "Person", "entity": "Organization"}.get(body.tag, "Vessel"),
        name=all_names[0],
        aliases=all_names[1:],
        weak=tuple(name for name in weak if name not in all_names),
        birth_dates=distinct(born),
        countries=distinct([country(each) for each in lands]),
        identifiers=distinct(numbers),
        programs=distinct([programs.get(each, "") for each in sets]),
        since=since,
        until=until,
        place=f"{file}, line {node.line}",
    )
    yield from _owned(body, number)


def _all_names(body: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(main names before other good ones, or weak ones where there is no other; weak names)."""
    names = [(kind, text) for name in body.anywhere("name") for kind, text in _names(name)]
    kinds = {kind: [text for own, text in names if own == kind] for kind in ("main", "also", "weak")}
    weak = distinct(kinds["weak"])
    return distinct([*kinds["main"], *kinds["also"]]) or weak, weak


def _owned(body: Node, number: str) -> Iterator[Owned]:
    for relation in body.all("relation"):
        kind, other = relation.get("relation-type"), relation.get("target-id")
        if kind in _OWNING:
            yield Owned(owner=other, asset=number, role=kind)
        elif kind in _OWNER_OF:
            yield Owned(owner=number, asset=other, role=kind)


def _day(node: Node) -> str:
    year, month, day = node.get("year"), node.get("month"), node.get("day")
    return iso_date(f"{day or '0'}/{month or '0'}/{year}") if year else ""


def _dates(node: Node) -> tuple[str, str]:
    listed = [(each.get("effective-date") or each.get("publication-date"))[:10] for each in node.all("modification")
              if each.get("modification-type") == "listed"]  # fmt: skip
    changes = [(each.get("effective-date") or each.get("publication-date"), each.get("modification-type"))
               for each in node.all("modification")]  # fmt: skip
    last = max(changes, default=("", ""))
    return min((day for day in listed if day), default=""), last[0][:10] if last[1] == "de-listed" else ""


def _names(node: Node) -> Iterator[tuple[str, str]]:
    """("main", "also" or "weak", name) for each spelling: the latin one, then one for each language of the variants."""
    kind = "weak" if node.get("quality") == "low" else "main" if node.get("name-type") == "primary-name" else "also"
    parts = sorted(node.all("name-part"), key=lambda part: int(part.get("order") or 0))
    parts = [part for part in parts if part.get("name-part-type") not in ("title", "suffix")]
    yield kind, " ".join(part.say("value") for part in parts)
    tongues = dict.fromkeys(
        (each.get("lang"), each.get("script")) for part in parts for each in part.all("spelling-variant")
    )
    for tongue in list(tongues)[:MOST_READINGS]:
        spelled = [_spelled(part, tongue) for part in parts]
        yield ("weak" if kind == "weak" else "also"), " ".join(spelled)


def _spelled(part: Node, tongue: tuple[str, str]) -> str:
    found = (each.text for each in part.all("spelling-variant") if (each.get("lang"), each.get("script")) == tongue)
    return next(found, part.say("value"))
