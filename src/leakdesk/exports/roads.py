"""Roads of goods and shares of owners as FollowTheMoney entities: Project, ProjectParticipant, Payment, ContractAward,
UnknownLink, Ownership.

Parties are houses. In a masked export they have numbers and no names, and steps have a day and no words; owners and hits of
screening are for the house alone. Every step says how far a letter tells it to be: "asked", "planned", "done".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leakdesk.screening.routes import Chain
from leakdesk.screening.steps import Step

Properties = dict[str, list[str]]
Line = tuple[str, str, Properties]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenStep:
    """A step that may be shown; `words` and `document` are empty where they may not."""

    kind: str
    status: str
    day: str
    from_: tuple[str, ...]
    to: tuple[str, ...]
    amounts: tuple[str, ...]
    words: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRoad:
    """A chain that may be shown. `houses`: id -> name, "" where it may not be named."""

    id: str
    goods: str
    countries: tuple[str, ...]
    houses: Mapping[str, str]
    steps: tuple[SeenStep, ...]
    flags: tuple[str, ...]


def seen_roads(chains: Sequence[Chain], documents: Mapping[str, str], *, internal: bool) -> tuple[SeenRoad, ...]:
    """What an export may show of the chains. `documents`: id -> the export's id. Houses get their numbers by their names' order
    in no way: by the order in which the chains' steps name them."""
    numbers: dict[str, str] = {}
    for chain in chains:
        for step in chain.steps:
            for house in (*step.from_, *step.to):
                numbers.setdefault(house, f"house-{len(numbers) + 1}")
    return tuple(
        SeenRoad(
            id=f"road-{at}",
            goods=chain.goods,
            countries=chain.countries,
            houses={numbers[house]: house if internal else "" for house in chain.parties},
            steps=tuple(_step(step, numbers, documents, internal=internal) for step in chain.steps),
            flags=tuple(flag.says for flag in chain.flags),
        )
        for at, chain in enumerate(chains, 1)
    )


def _step(step: Step, numbers: Mapping[str, str], documents: Mapping[str, str], *, internal: bool) -> SeenStep:
    return SeenStep(
        kind=step.kind,
        status=step.status,
        day=step.day,
        from_=tuple(numbers[house] for house in step.from_),
        to=tuple(numbers[house] for house in step.to if house not in step.from_),
        amounts=step.amounts,
        words=step.anchor.exact if internal else "",
        document=documents.get(step.document, "") if internal else "",
    )


def road_lines(roads: Sequence[SeenRoad]) -> Iterator[Line]:
    """FollowTheMoney entities of the roads; each house once."""
    named: set[str] = set()
    for road in roads:
        for house, name in road.houses.items():
            if house not in named:
                named.add(house)
                yield house, "LegalEntity", {"name": [name or house]}
        yield (
            road.id,
            "Project",
            {"name": [f"Road of goods: {road.goods}"], "country": list(road.countries), "summary": list(road.flags)},
        )
        for at, house in enumerate(road.houses, 1):
            yield f"{road.id}-party-{at}", "ProjectParticipant", {"project": [road.id], "participant": [house]}
        for at, step in enumerate(road.steps, 1):
            yield from _step_lines(f"{road.id}-step-{at}", step, road)


def _step_lines(own: str, step: SeenStep, road: SeenRoad) -> Iterator[Line]:
    common: Properties = {
        "date": [step.day],
        "summary": [step.words],
        "recordId": [step.document],
        "description": [f"{step.kind}, {step.status}, as a letter tells"],
    }
    amount, _, currency = (step.amounts[0] if step.amounts else "").partition(" ")
    if step.kind == "payment" and step.status == "done":
        # Who tells of a payment made has paid: a letter that only asks for money is a link, no payment.
        money: Properties = {"amount": [amount], "currency": [currency], "purpose": [road.goods]}
        yield own, "Payment", {"payer": list(step.from_), "beneficiary": list(step.to), **money, **common}
    elif step.kind == "order" and step.status == "done" and step.to:
        yield f"{own}-contract", "Contract", {"name": [f"Order: {road.goods}"], "contractDate": [step.day]}
        award: Properties = {
            "supplier": list(step.to),
            "contract": [f"{own}-contract"],
            "amount": [amount],
            "currency": [currency],
        }
        yield own, "ContractAward", {**award, **common}
    elif step.to:
        role = f"{step.kind} ({step.status})"
        yield own, "UnknownLink", {"subject": list(step.from_), "object": list(step.to), "role": [role], **common}


def owner_lines(hits: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    """Ownership that a list tells of entities of the case (internal exports only)."""
    owners: set[str] = set()
    for hit in hits:
        for part in hit.get("owned", ()):
            owner = f"list-{part['owner']}"
            if owner not in owners:
                owners.add(owner)
                yield owner, "LegalEntity", {"name": [part["name"]]}
            share = [f"{part['percent']:g}"] if part["percent"] is not None else []
            told: Properties = {
                "percentage": share,
                "role": [f"as {hit['list']} says"],
                "date": [hit["list_date"] or ""],
            }
            yield (
                f"own-{hit['entity']}-{part['owner']}",
                "Ownership",
                {"owner": [owner], "asset": [hit["entity"]], **told},
            )
