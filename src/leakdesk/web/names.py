"""The page of names: who and what is named, in which spellings, with what a machine suggests and a person decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leakdesk.web.contexts import MOST_ROWS, Page, Steps, address, menu, steps

if TYPE_CHECKING:
    from leakdesk.desk import Desk

#: Names of each schema on the first page; a page of its own shows all of them.
FEW = 25
#: Spellings shown of a name; the rest is counted.
MOST_SPELLINGS = 8
#: Proposals named in the line that unfolds them.
MOST_PROPOSED = 4
#: Spellings that the search for a name asks for.
ASKED = 4

#: Schema -> heading; other schemata stand under their own name.
HEADINGS = {
    "Person": "People",
    "Organization": "Organisations",
    "Company": "Companies",
    "PublicBody": "Public bodies",
    "Address": "Places",
    "Airplane": "Aircraft",
    "Asset": "Equipment and goods",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Another entity that may be the same one, and why."""

    caption: str
    verdict: str
    reasons: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An entity in the list."""

    id: str
    caption: str
    spellings: tuple[str, ...]
    more_spellings: int
    role: str
    mentions: int
    documents: int
    href: str
    proposals: tuple[Proposal, ...]
    perhaps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """Entities of one schema. `all_href` leads to all of them where only the first are shown."""

    title: str
    names: tuple[Name, ...]
    steps: Steps
    all_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesPage(Page):
    """Who and what is named."""

    groups: tuple[NameGroup, ...]


def names(desk: Desk, schema: str, offset: int) -> NamesPage:
    """The page of names, the most mentioned first; with a schema, all names of it, page by page."""
    every = [entity for entity in desk.names.list() if entity.get("shown", True)]
    captions = {entity["id"]: entity["caption"] for entity in every}
    by_schema: dict[str, list[Mapping[str, Any]]] = {}
    for entity in every:
        by_schema.setdefault(entity["schema"], []).append(entity)
    roles = desk.names.roles()
    wanted = [schema] if schema in by_schema else sorted(by_schema, key=_order)
    return NamesPage(
        title="Names",
        menu=menu("Names"),
        unsandboxed=desk.read_without_sandbox,
        groups=tuple(
            _group(each, by_schema[each], roles, captions, *((offset, MOST_ROWS) if schema else (0, FEW)))
            for each in wanted
        ),
    )


def _order(schema: str) -> tuple[int, str]:
    known = list(HEADINGS)
    return (known.index(schema) if schema in HEADINGS else len(known), schema)


def _group(
    schema: str,
    entities: Sequence[Mapping[str, Any]],
    roles: Mapping[str, str],
    captions: Mapping[str, str],
    offset: int,
    size: int,
) -> NameGroup:
    return NameGroup(
        title=HEADINGS.get(schema, schema),
        names=tuple(_name(entity, roles, captions) for entity in entities[offset : offset + size]),
        steps=steps("/names", offset, len(entities), size, schema=schema),
        all_href=address("/names", schema=schema) if size == FEW and len(entities) > FEW else "",
    )


def _name(entity: Mapping[str, Any], roles: Mapping[str, str], captions: Mapping[str, str]) -> Name:
    spellings = tuple(dict.fromkeys(name["text"] for name in entity["names"]))
    proposals = tuple(_proposals(entity, captions))
    return Name(
        id=entity["id"],
        caption=entity["caption"],
        spellings=spellings[:MOST_SPELLINGS],
        more_spellings=max(0, len(spellings) - MOST_SPELLINGS),
        role=roles.get(entity["id"], ""),
        mentions=entity["mentions"],
        documents=entity["documents"],
        href=address("/search", q=question((entity["caption"], *spellings))),
        proposals=proposals,
        perhaps=_perhaps(proposals),
    )


def _proposals(entity: Mapping[str, Any], captions: Mapping[str, str]) -> Iterator[Proposal]:
    for other in entity["suggestions"]:
        if other["with"] in captions:
            yield Proposal(
                caption=captions[other["with"]],
                verdict=other["verdict"],
                reasons=tuple(other["reasons"]),
                id=other["with"],
            )


def _perhaps(proposals: Sequence[Proposal]) -> str:
    """The proposals in one line: each caption once, the first few."""
    captions = list(dict.fromkeys(one.caption for one in proposals))
    rest = len(captions) - MOST_PROPOSED
    return ", ".join(captions[:MOST_PROPOSED]) + (f" and {rest} more" if rest > 0 else "")


def question(spellings: Sequence[str]) -> str:
    """A query for a name: its commonest spellings as phrases (each is looked for in every script anyway)."""
    kept = list(dict.fromkeys(" ".join(each.replace('"', " ").split()) for each in spellings))
    return " OR ".join(f'"{each}"' for each in kept[:ASKED] if each)
