"""`screen`: the entities and goods of a case against its lists, with what the letters' own dates say to it.

Of several versions of a list the newest speaks first; an entry that only an older version has is printed with that version.
Results are written down (table `screenings`), so that findings and exports can show them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.errors import NotFound
from leakdesk.model.anchor import Anchor
from leakdesk.model.entity import Mention
from leakdesk.model.plain import to_plain
from leakdesk.screening.changes import changes
from leakdesk.screening.entry import EXPORT_CONTROL
from leakdesk.screening.screen import Hit, Screened, Subject, screen
from leakdesk.screening.snapshot import Snapshot
from leakdesk.screening.told import births, numbers
from leakdesk.store import found
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import from_json, to_json
from leakdesk.store.tables import documents, screenings, settings, text_layers
from leakdesk.store.tables import entities as entity_table
from leakdesk.store.tables import mentions as mention_table
from leakdesk.work.goods import goods_lines
from leakdesk.work.lists import KnownList, known_lists, loose_lists, named_lists, snapshot_of

Plain = dict[str, Any]
#: Schemata that lists speak of; places are not screened.
SCREENED = ("Person", "Organization", "Company", "PublicBody", "LegalEntity", "Vessel", "Airplane", "Vehicle", "Asset")
#: What a hit's sentence says when nothing dates the list.
UNDATED = "this list has no date: say which day it is of with --published"


# --- whom to screen --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubjects:
    """Who is screened, and on which days letters name them (entity -> days, undated letters left out)."""

    subjects: tuple[Subject, ...]
    days: Mapping[str, tuple[str, ...]]


def case_subjects(connection: Connection) -> CaseSubjects:
    """The shown entities with what the texts tell of them: spellings, dates of birth, numbers, countries."""
    told: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    days: dict[str, set[str]] = defaultdict(set)
    for mentions, text, day in _read(connection):
        owner = {each.id: each.entity for each in mentions if each.entity}
        for mention, born in births(text, mentions):
            told[owner.get(mention, "")][0].add(born)
        for mention, number in numbers(text, mentions):
            told[owner.get(mention, "")][1].add(number)
        if day:
            for entity in set(owner.values()):
                days[entity].add(day)
    chosen = select(entity_table).where(entity_table.c.redirect.is_(None), entity_table.c.shown == 1)
    subjects = [
        Subject(
            id=row.id,
            schema=row.schema,
            names=tuple(dict.fromkeys((row.caption, *(name["text"] for name in from_json(row.names))))),
            birth_dates=tuple(sorted(told[row.id][0])),
            countries=tuple(from_json(row.countries)),
            identifiers=tuple(sorted(told[row.id][1])),
        )
        for row in connection.execute(chosen.order_by(entity_table.c.id))
        if row.schema in SCREENED
    ]
    return CaseSubjects(subjects=tuple(subjects), days={own: tuple(sorted(each)) for own, each in days.items()})


def _read(connection: Connection) -> Iterator[tuple[list[Mention], str, str]]:
    """The mentions, text and day of each document that names somebody."""
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for document, mention in found.all_mentions(connection):
        by_document[document].append(mention)
    layers = (
        select(mention_table.c.document, text_layers.c.text, documents.c.date_utc, documents.c.published)
        .join(text_layers, text_layers.c.id == mention_table.c.layer)
        .join(documents, documents.c.id == mention_table.c.document)
        .distinct()
    )
    for row in connection.execute(layers.execution_options(yield_per=100)):
        yield by_document[row.document], row.text, (row.date_utc or row.published or "")[:10]


# --- screening -------------------------------------------------------------------------------------------------------------


def screen_case(
    store: CaseStore, names: Sequence[str] = (), *, published: str | None = None, keep: bool = False
) -> Iterator[Plain]:
    """The lines of `leakdesk screen`: every hit, then one summary a list. With `keep`, hits are written down. Goods are held
    against the built-in tables too, unless lists are named."""
    if names:
        known, files = named_lists(store, names)
        chosen = [*known, *loose_lists(files, published)]
    else:
        with store.connect() as connection:
            chosen = [(one, snapshot_of(store, one.id)) for one in known_lists(connection)]
    with store.connect() as connection:
        given = case_subjects(connection)
        goods = goods_lines(connection, chosen, built_in=not names)
    lines, summaries = _screened(given, chosen)
    lines += [line for line in goods if line["kind"] != "summary"]
    summaries += [line for line in goods if line["kind"] == "summary"]
    if keep and store.writable:
        _keep(store, lines, summaries)
    yield from lines
    yield from summaries


def _screened(given: CaseSubjects, chosen: Sequence[tuple[KnownList, Snapshot]]) -> tuple[list[Plain], list[Plain]]:
    lines: list[Plain] = []
    summaries: list[Plain] = []
    versions: dict[str, list[tuple[KnownList, Snapshot]]] = defaultdict(list)
    for one, snapshot in chosen:
        versions[one.label].append((one, snapshot))
    for group in versions.values():
        newer: set[tuple[str, str]] = set()
        for at in range(len(group) - 1, -1, -1):
            one, snapshot = group[at]
            if not snapshot.counts().entries:
                continue
            result = screen(given.subjects, snapshot)
            for hit in result.hits:
                if (hit.entity, hit.entry) not in newer:
                    lines.append(_line(hit, one, given, group, at))
                    newer.add((hit.entity, hit.entry))
            summaries.append(_summary(one, result, given))
    return lines, summaries


def _line(hit: Hit, one: KnownList, given: CaseSubjects, group: Sequence[tuple[KnownList, Snapshot]], at: int) -> Plain:
    plain = to_plain(hit)
    spelling, reasons = plain.pop("spelling"), plain.pop("reasons")
    since, said = _since(hit, group, at)
    reasons += [*said, *_letters(given.days.get(hit.entity, ()), since, hit.until), *([] if one.date else [UNDATED])]
    order = ("entity", "list", "list_date", "entry", "name", "verdict", "score", "reasons", "kind")
    plain |= {"list": one.label, "list_date": one.date or None, "reasons": reasons, "since": since or None}
    rest = {"spelling": spelling, "since": plain["since"], "until": hit.until or None, "list_id": one.id}
    if plain["owned"]:
        rest["owned"] = plain["owned"]
    return {name: plain[name] for name in order} | rest


def _since(hit: Hit, group: Sequence[tuple[KnownList, Snapshot]], at: int) -> tuple[str, list[str]]:
    """Since when an entry is listed: by the list's own word, else by its versions; and a sentence."""
    holds = [one for one, snapshot in group if snapshot.entry(hit.entry) is not None]
    lacks = [one for one, snapshot in group if snapshot.entry(hit.entry) is None]
    said: list[str] = []
    gone = [one for one in lacks if one.date and one.date > group[at][0].date]
    if gone and not hit.until:
        said.append(f"no longer on the list in its version of {min(one.date for one in gone)}")
    if hit.until:
        said.append(f"listed until {hit.until}, as the list says")
    if hit.since:
        return hit.since, [f"listed since {hit.since}, as the list says", *said]
    first = min((one.date for one in holds if one.date), default="")
    before = max((one.date for one in lacks if one.date and one.date < first), default="")
    if before:
        return first, [f"listed after {before} and by {first}: the version of {before} does not have it", *said]
    return "", said


def _letters(days: Sequence[str], since: str, until: str) -> list[str]:
    """What the dates of the letters say to the date of listing."""
    if not days or not since:
        return []
    early = sum(day < since[: len(day)] for day in days)
    if early == len(days):
        return ["not listed when any of the dated letters that name it was written"]
    said = [f"not listed yet on {early} of the {len(days)} days on which letters name it"] if early else []
    late = sum(day > until for day in days) if until else 0
    return [*said, *([f"off the list again on {late} of {len(days)} of those days"] if late else [])]


def _summary(one: KnownList, result: Screened, given: CaseSubjects) -> Plain:
    """One line a list. It never says that anybody is clean."""
    says = f"No match in {one.version} for {result.without_match} of {len(given.subjects)} names."
    if result.bare:
        says += f" {len(result.bare)} names are too bare to compare (a surname or a given name alone)."
    if not one.date:
        says += f" {UNDATED[0].upper()}{UNDATED[1:]}."
    return {
        "kind": "summary",
        "list": one.label,
        "list_date": one.date or None,
        "without_match": result.without_match,
        "says": says,
        "not_compared": len(result.bare),
        "list_id": one.id,
    }


#: Row of the settings that holds the summaries of the last screening.
_SUMMARIES = "screening:summaries"


def _keep(store: CaseStore, lines: Sequence[Plain], summaries: Sequence[Plain]) -> None:
    with store.writing() as writer:
        writer.put(settings, {"name": _SUMMARIES}, {"value": to_json(list(summaries))})
        writer.delete(screenings, {})
        writer.insert(
            screenings,
            [
                {"entity": line["entity"] or "", "list": line["list_id"], "kind": line["kind"], "verdict": line["verdict"],
                 "data": to_json(line)}
                for line in lines
            ],
        )  # fmt: skip
    store.mark()


def kept(connection: Connection, entity: str | None = None) -> list[Plain]:
    """The hits of the last `screen`, of one entity or all."""
    chosen = select(screenings.c.data).order_by(screenings.c.number)
    if entity is not None:
        chosen = chosen.where(screenings.c.entity == entity)
    return [from_json(data) for data in connection.execute(chosen).scalars()]


def kept_summaries(connection: Connection) -> list[Plain]:
    """What the last `screen` said of each list as a whole, "no match in" above all; empty before the first."""
    value = connection.execute(select(settings.c.value).where(settings.c.name == _SUMMARIES)).scalar()
    return from_json(value) if value else []


def about(connection: Connection, anchors: Sequence[Anchor], *, sure: bool = False) -> list[str]:
    """What the last screening says of those whom some passages name, a sentence each: for the section of a finding.
    `sure`: only those that are the same, not what may be."""
    entities: set[str] = set()
    for anchor in anchors:
        m = mention_table.c
        query = select(m.entity).where(m.document == anchor.document, m.start >= anchor.start, m.end <= anchor.end)
        entities |= {each for each in connection.execute(query).scalars() if each}
    return [
        _sentence(hit)
        for hit in kept(connection)
        if hit["entity"] in entities and (not sure or hit["verdict"] == "same")
    ]


def _sentence(hit: Plain) -> str:
    dated = f"of {hit['list_date']}" if hit["list_date"] else "(no date)"
    if hit["kind"] == EXPORT_CONTROL:
        return f"Goods “{hit['spelling']}”: {hit['reasons'][0]}"
    said = {"same": "fits", "possible": "may fit"}[hit["verdict"]]
    since = f", listed since {hit['since']}" if hit["since"] else ""
    return f"{hit['spelling']} {said} entry {hit['entry']} of {hit['list']} {dated}{since}: {'; '.join(hit['reasons'][:3])}"


# --- changes ---------------------------------------------------------------------------------------------------------------


def list_changes(store: CaseStore) -> Iterator[Plain]:
    """What changed from each dated version of a list to the next one."""
    with store.connect() as connection:
        known = [one for one in known_lists(connection) if one.date]
    if not known:
        raise NotFound(
            "no dated list", try_="Add two versions of a list: leakdesk add CASE --as list --published DAY FILE"
        )
    for earlier, later in pairwise(known):
        if earlier.label != later.label:
            continue
        for change in changes(snapshot_of(store, earlier.id), snapshot_of(store, later.id)):
            yield {"list": later.label, "from": earlier.date, "to": later.date, **to_plain(change)}
