"""The page of two reports side by side: what both tell, row by row with the question to ask, what only one tells, and on how many
independent sources that rests. Worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leakdesk.errors import UsageError
from leakdesk.web.contexts import Page, address, called, menu

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.model.claim import Claim
    from leakdesk.model.comparison import Comparison, Row
    from leakdesk.model.derivation import Lineage

#: How each relation is said, and the look of it. Conflicts are said by their strength.
RELATIONS = {
    "equivalent": ("both say the same", "supports"),
    "a_more_specific": ("A says more", "supports"),
    "b_more_specific": ("B says more", "supports"),
    "overlapping": ("each says something of its own", "partly"),
    "updated": ("put right later", "partly"),
}
CONFLICTS = {"hard": ("both cannot be true", "contradicts"), "soft": ("told otherwise", "partly")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The words of a claim, and where they stand."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A row: claims of A, claims of B, how they stand to each other and why, and on how many independent sources both rest."""

    a: tuple[Told, ...]
    b: tuple[Told, ...]
    relation: str
    look: str
    sources: str
    said: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BesidePage(Page):
    """Two reports: `counts` by relation, `sources` of what both say, the rows, and what only one of them tells."""

    a: Told
    b: Told
    sources: str
    why: tuple[str, ...]
    counts: tuple[tuple[str, str, int], ...]
    rows: tuple[Beside, ...]
    fusions: tuple[str, ...]
    only_a: tuple[Told, ...]
    only_b: tuple[Told, ...]
    notes: tuple[str, ...]


def beside(desk: Desk, first: str, second: str) -> BesidePage:
    """The page of two reports. Raises NotFound, UsageError for a document that is no report, or for one report twice."""
    a, b = _report(desk, first), _report(desk, second)
    if a.href == b.href:
        raise UsageError("This is one report twice.", try_="Choose another one to hold beside it.")
    found = next(iter(desk.claims.compare(first, second)))
    claims_a = {claim.id: _told(claim, a) for claim in found.a.claims}
    claims_b = {claim.id: _told(claim, b) for claim in found.b.claims}
    rows = tuple(_row(row, claims_a, claims_b) for row in found.rows if row.a and row.b)
    return BesidePage(
        # The browser keeps titles in its history, outside the case: no word of a document stands in one.
        title="Two reports side by side",
        menu=menu(""),
        unsandboxed=desk.read_without_sandbox,
        a=a,
        b=b,
        sources=_spread(found.lineage),
        why=(*found.lineage.reasons, *_derivations(found.lineage, _names(desk))),
        counts=tuple(_counts(rows)),
        rows=rows,
        fusions=tuple(each.sentence for each in found.fusions),
        only_a=_only(found, "only_a", claims_a),
        only_b=_only(found, "only_b", claims_b),
        notes=found.notes,
    )


def others(desk: Desk, own: str) -> tuple[Told, ...]:
    """The pages of a report beside each other report of the case."""
    reports = [about for about in desk.documents.list("report") if about["id"] != own]
    return tuple(Told(words=called(about), href=address(f"/beside/{own}/{about['id']}")) for about in reports)


def _report(desk: Desk, identity: str) -> Told:
    about = desk.documents.get(identity)
    if about["kind"] != "report":
        raise UsageError(
            f"{about['id']} is no report", try_="Only what was added with --as report is held beside another."
        )
    return Told(words=called(about), href=address(f"/d/{about['id']}"))


def _told(claim: Claim, report: Told) -> Told:
    at = f"{claim.quote.start}-{claim.quote.end}"
    return Told(words=f"“{claim.quote.exact}”", href=address(report.href, to="here", at=at))


def _row(row: Row, a: dict[str, Told], b: dict[str, Told]) -> Beside:
    relation, look = CONFLICTS[row.strength] if row.strength else RELATIONS[row.relation]
    return Beside(
        a=tuple(a[claim] for claim in row.a),
        b=tuple(b[claim] for claim in row.b),
        relation=relation,
        look=look,
        sources=_number(row.independent_sources),
        said=(*row.reasons, *row.facets),
        question=row.question or "",
    )


def _only(found: Comparison, relation: str, told: dict[str, Told]) -> tuple[Told, ...]:
    return tuple(told[(*row.a, *row.b)[0]] for row in found.rows if row.relation == relation)


def _counts(rows: Sequence[Beside]) -> Iterator[tuple[str, str, int]]:
    """How many rows stand how, in the order of the tables."""
    for words, look in (*CONFLICTS.values(), *RELATIONS.values()):
        if number := sum(row.relation == words for row in rows):
            yield words, look, number


def _number(count: int) -> str:
    return f"{count} independent source{'' if count == 1 else 's'}"


def _spread(lineage: Lineage) -> str:
    if lineage.at_least == lineage.at_most:
        return _number(lineage.at_least)
    return f"{lineage.at_least} to {lineage.at_most} independent sources"


def _names(desk: Desk) -> dict[str, str]:
    """What each report of the case is called, by its id."""
    return {str(about["id"]): called(about) for about in desk.documents.list("report")}


def _derivations(lineage: Lineage, outlets: dict[str, str]) -> Iterator[str]:
    names = {node.id: node.name or node.id for node in lineage.nodes}

    def name_of(node: str) -> str:
        name = names.get(node, node)
        return outlets.get(name, name)

    for edge in lineage.edges:
        source, target = name_of(edge.source), name_of(edge.target)
        yield f"{source} rests on {target} ({edge.certainty}): {edge.reasons[0]}"
