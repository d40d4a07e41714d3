"""The roads of goods in a case: its letters as `screening.routes` reads them, tied to the claims that stand in the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from leakdesk.model.document import Role
from leakdesk.model.plain import to_plain
from leakdesk.screening.routes import Chain, chains
from leakdesk.screening.steps import Letter
from leakdesk.store import records
from leakdesk.store.case import LEAK, CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import claims, documents, items, letters, text_layers

Plain = dict[str, Any]
#: Roles of a letter that are its sender's own words.
OWN = frozenset({Role.BODY.value, Role.SIGNATURE.value})


#: Code points of an attached paper that are read for steps; what parties agree stands at the beginning or in a table.
LONGEST_PAPER = 60_000
_PAPERS = ("document", "table", "image")


def case_letters(connection: Connection) -> list[Letter]:
    """Every message of the leak, each group of copies once, and the papers attached to them."""
    made, of_group = _messages(connection)
    return [*made, *_papers(connection, made, of_group)]


def _messages(connection: Connection) -> tuple[list[Letter], dict[str, Letter]]:
    """The messages, and the one that stands for each group of copies."""
    query = (
        select(documents, text_layers.c.text, text_layers.c.segments, text_layers.c.sha256.label("layer_sha256"),
               letters.c.thread, letters.c.group_)
        .join(text_layers, text_layers.c.id == documents.c.layer)
        .outerjoin(letters, letters.c.document == documents.c.id)
        .where(documents.c.dataset == LEAK, documents.c.kind == "message")
        .order_by(documents.c.id)
    )  # fmt: skip
    made: list[Letter] = []
    seen: set[str] = set()
    of_group: dict[str, Letter] = {}
    for row in connection.execute(query.execution_options(yield_per=200)).mappings():
        group = row["group_"] or ""
        if group and group in seen:
            continue
        seen.add(group)
        head = records.head_of(from_json(row["head"]))
        if head is None:
            continue
        made.append(
            Letter(
                document=row["id"],
                text=row["text"],
                text_sha256=row["layer_sha256"],
                own=tuple((start, end) for start, end, role, _ in from_json(row["segments"]) if role in OWN),
                subject=head.subject or "",
                thread=row["thread"] or row["id"],
                day=(row["date_utc"] or row["date"] or "")[:10],
                moment=row["date_utc"] or "",
                sender=head.sender[0].address if head.sender else "",
                houses_from=_houses(each.address for each in head.sender),
                houses_to=_houses(each.address for each in (*head.to, *head.cc, *head.bcc)),
            )
        )
        if group:
            of_group[group] = made[-1]
    return made, of_group


def _papers(connection: Connection, carriers: Sequence[Letter], of_group: Mapping[str, Letter]) -> list[Letter]:
    """The documents attached to some letters, also inside attached archives, each with the first letter that carried it."""
    known = {one.document: one for one in carriers}
    query = (
        select(documents.c.id, text_layers.c.text, text_layers.c.sha256, items.c.parent)
        .join(text_layers, text_layers.c.id == documents.c.layer)
        .join(items, items.c.document == documents.c.id)
        .where(documents.c.dataset == LEAK, documents.c.kind.in_(_PAPERS))
        .order_by(documents.c.id)
    )
    first: dict[str, Letter] = {}
    for row in connection.execute(query.execution_options(yield_per=200)):
        message, group = _carrier(connection, row.parent)
        carrier = known.get(message) or of_group.get(group)
        if carrier is None or not row.text.strip():
            continue
        paper = replace(
            carrier, document=row.id, text=row.text, text_sha256=row.sha256, subject="",
            own=((0, min(len(row.text), LONGEST_PAPER)),), carrier=carrier.document,
        )  # fmt: skip
        before = first.get(row.id)
        if before is None or (carrier.moment, carrier.document) < (before.moment, before.carrier):
            first[row.id] = paper
    return list(first.values())


def _carrier(connection: Connection, item: str) -> tuple[str, str]:
    """(message, its group of copies) that an item lies in, be it in an attached archive; ("", "") outside of letters."""
    query = (
        select(items.c.parent, items.c.document, documents.c.kind, letters.c.group_)
        .outerjoin(documents, documents.c.id == items.c.document)
        .outerjoin(letters, letters.c.document == items.c.document)
    )
    while item:
        row = connection.execute(query.where(items.c.id == item)).first()
        if row is None or row.kind not in ("container", "message"):
            return "", ""
        if row.kind == "message":
            return row.document, row.group_ or ""
        item = row.parent
    return "", ""


def _houses(addresses: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted({house for each in addresses if (house := each.rpartition("@")[2].strip(" >").lower())}))


def case_chains(store: CaseStore) -> list[Chain]:
    """The chains of a case, the longest first."""
    with store.connect() as connection:
        return chains(case_letters(connection))


def routes(store: CaseStore) -> Iterator[Plain]:
    """The chains as `leakdesk routes --json` prints them, steps tied to the claims whose quotes overlap them."""
    found = case_chains(store)
    with store.connect() as connection:
        told = _claims(connection, sorted({step.document for chain in found for step in chain.steps}))
    for chain in found:
        yield {
            "goods": chain.goods,
            "named": list(chain.named),
            "since": chain.steps[0].day or None,
            "until": chain.steps[-1].day or None,
            "parties": list(chain.parties),
            "countries": list(chain.countries),
            "amounts": list(chain.amounts),
            "planned": chain.planned,
            "done": chain.done,
            "steps": [_step(step, told) for step in chain.steps],
            "flags": [to_plain(flag) for flag in chain.flags],
            "says": says(chain),
        }


def _step(step: Any, told: Mapping[str, Sequence[tuple[int, int, str]]]) -> Plain:
    plain = to_plain(step)
    start, end = step.anchor.start, step.anchor.end
    claims_ = [own for s, e, own in told.get(step.document, ()) if s < end and start < e]
    return {**plain, "amounts": list(step.amounts), "claims": claims_}


def says(chain: Chain) -> str:
    """A chain in one sentence: what letters tell, and that nothing is concluded."""
    flags = f"; {len(chain.flags)} questions to ask" if chain.flags else ""
    counted = f"{chain.planned} asked or planned, {chain.done} told as done"
    return (
        f"{len(chain.steps)} steps in letters between {len(chain.parties)} houses ({counted}){flags}. "
        "This is an order of reading, no finding."
    )


def _claims(connection: Connection, wanted: Sequence[str]) -> Mapping[str, list[tuple[int, int, str]]]:
    told: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for document in wanted:
        rows = connection.execute(
            select(claims.c.start, claims.c.end, claims.c.id).where(claims.c.document == document)
        )
        told[document] += [(row[0], row[1], row[2]) for row in rows]
    return told
