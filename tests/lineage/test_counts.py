"""What a citation does to the count, whatever the lineage: on generated graphs, and on every visible scenario."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.lineage.corroborate import corroborate
from leakdesk.lineage.derive import Derived, ReportText, derive
from leakdesk.lineage.reach import Reach, loops, roots_of
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution
from leakdesk.model.derivation import Certainty, Derivation, Lineage, Node, NodeKind
from leakdesk.model.entity import Entity, Mention
from tests.claims import scorer
from tests.support.gold import gold_reading, gold_source

NODES = tuple(f"n{number}" for number in range(7))
SURE = (Certainty.STATED, Certainty.INFERRED)
_PAIRS = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from(tuple(Certainty)))
EDGES = st.lists(_PAIRS, max_size=14).map(lambda rows: [edge(a, b, c) for a, b, c in rows if a != b])


def edge(source: str, target: str, certainty: Certainty = Certainty.STATED) -> Derivation:
    return Derivation(source=source, target=target, relation="wasDerivedFrom", certainty=certainty, reasons=("t",))


def derived(edges: list[Derivation], unknown: frozenset[str] = frozenset()) -> Derived:
    """A graph in which every node is also the one claim of its own name."""
    kinds: dict[str, NodeKind] = {node: "unknown" if node in unknown else "report" for node in NODES}
    nodes = tuple(Node(id=node, kind=kind, name=node) for node, kind in kinds.items())
    lineage = Lineage(nodes=nodes, edges=tuple(edges), roots=(), at_least=0, at_most=0)
    rests_on = {(node, "c"): frozenset({node}) for node in NODES}
    return Derived(lineage=lineage, reach=Reach.over(edges), kinds=kinds, rests_on=rests_on)


def counts(edges: list[Derivation], starts: list[str], unknown: frozenset[str] = frozenset()) -> tuple[int, int]:
    found = corroborate(derived(edges, unknown), [(node, "c") for node in starts])
    return found.at_least, found.at_most


STARTS = st.lists(st.sampled_from(NODES), min_size=1, unique=True)


@settings(max_examples=200, deadline=None)
@given(EDGES, STARTS, st.data())
def test_a_citation_between_texts_that_are_counted_never_raises_the_count(
    edges: list[Derivation], starts: list[str], data: st.DataObject
) -> None:
    reached = sorted(Reach.over(edges).nodes(starts))
    source, target = data.draw(st.sampled_from(reached)), data.draw(st.sampled_from(reached))
    more = [*edges, edge(source, target)] if source != target else edges
    # A loop that is closed takes away what two tellings had in common, and with it the doubt whether they are one.
    if source not in Reach.over(edges).nodes([target]):
        assert counts(more, starts) <= counts(edges, starts)
    assert counts(more, starts)[1] <= counts(edges, starts)[1]


@settings(max_examples=100, deadline=None)
@given(EDGES, STARTS, st.data())
def test_taking_away_the_only_citation_of_a_text_never_lowers_the_count(
    edges: list[Derivation], starts: list[str], data: st.DataObject
) -> None:
    """Only texts that are counted themselves: what is left behind is a root of its own."""
    out = [each for each in edges if each.certainty in SURE]
    only = [each for each in out if each.source in starts and sum(other.source == each.source for other in out) == 1]
    also = [each for each in only if each.target in starts]
    if not also:
        return
    gone = data.draw(st.sampled_from(also))
    assert counts([each for each in edges if each is not gone], starts)[0] >= counts(edges, starts)[0]


@settings(max_examples=100, deadline=None)
@given(EDGES, STARTS, _PAIRS)
def test_a_possible_edge_changes_no_count(
    edges: list[Derivation], starts: list[str], more: tuple[str, str, Certainty]
) -> None:
    weak = edge(more[0], more[1], Certainty.POSSIBLE)
    assert counts([*edges, weak], starts) == counts(edges, starts)
    assert roots_of([*edges, weak], starts) == roots_of(edges, starts)
    assert loops([*edges, weak]) == loops(edges)


@settings(max_examples=100, deadline=None)
@given(EDGES, STARTS, st.frozensets(st.sampled_from(NODES)))
def test_unknown_roots_count_nothing_at_least_and_are_named(
    edges: list[Derivation], starts: list[str], unknown: frozenset[str]
) -> None:
    found = corroborate(derived(edges, unknown), [(node, "c") for node in starts])
    assert set(found.unknown) == roots_of(edges, starts) & unknown
    assert set(found.roots).isdisjoint(unknown)
    # What a text rests on is one of its roots for sure, and all of them perhaps.
    assert bool(found.roots) == bool(found.at_least)
    assert found.at_least <= min(len(found.roots), len(starts))
    assert found.at_most == len(found.roots) + len(found.unknown)
    assert bool(found.reasons) == (found.at_least != found.at_most)
    assert found.at_most == counts(edges, starts)[1]


@settings(max_examples=100, deadline=None)
@given(EDGES)
def test_each_loop_is_one_and_every_node_that_has_no_root_stands_above_one(edges: list[Derivation]) -> None:
    reach = Reach.over(edges)
    in_loops = {node for loop in loops(edges) for node in loop}
    for loop in loops(edges):
        assert loop[0] == min(loop)
        assert all(any(e.target == b for e in reach.out[a]) for a, b in zip(loop, (*loop[1:], loop[0]), strict=True))
    for node in NODES:
        assert (node in in_loops) == any(node in reach.nodes([e.target]) for e in reach.out.get(node, ()))
        assert roots_of(edges, [node]) or reach.nodes([node]) & in_loops


# --- the visible scenarios --------------------------------------------------------------------------------------------------


def _reports(name: str) -> dict[str, ReportText]:
    gold = scorer.scenario(name)
    same = {each["id"]: each["id"] for each in gold["entities"]}
    return {
        doc: ReportText(reading=gold_reading(gold, doc), meta=gold_source(gold, doc), identity=same)
        for doc in scorer.docs(gold)
    }


def _silenced(report: ReportText) -> ReportText:
    """A report without a word about its sources, and without the words that it shares with others."""
    chance = random.Random(report.meta.name)
    text = "".join(chance.choice(ascii_lowercase) if char.isalpha() else char for char in report.reading.text)
    bare = tuple(replace(claim, attributions=(), origin="outlet") for claim in report.reading.claims)
    reading = replace(
        report.reading, text=text, attributions=(), mentions=(), claims=bare, segments=report.reading.segments[:1]
    )
    return replace(report, reading=reading, meta=replace(report.meta, name=report.meta.name, outlet=report.meta.name))


def _citing(report: ReportText, cited: ReportText) -> ReportText:
    """The report with the other's outlet as the source of all that it says."""
    name = cited.meta.outlet or cited.meta.name
    text = f"{report.reading.text}\n{name}"
    start = len(text) - len(name)
    source = Attribution(
        id="added", type="according_to", source=Span(start=start, end=len(text), text=name), cue=None, content=None,
        resolved_source="added", hedged=False, parent=None, rule="t",
    )  # fmt: skip
    mention = Mention(id="added", start=start, end=len(text), text=name, type="organization", normal=name, rules=("t",),
                      confidence="likely", entity="added")  # fmt: skip
    entity = Entity(id="added", schema="Organization", caption=name, names=(name,))
    reading = replace(
        report.reading, text=text, attributions=(*report.reading.attributions, source),
        mentions=(*report.reading.mentions, mention), entities=(*report.reading.entities, entity),
    )  # fmt: skip
    return replace(report, reading=reading)


def _cases() -> Iterator[tuple[str, str, str]]:
    for name in scorer.scenarios():
        docs = scorer.docs(scorer.scenario(name))
        yield from ((name, a, b) for a in docs for b in docs if a != b)


def _of_all(reports: list[ReportText]) -> int:
    graph = derive(reports)
    return corroborate(graph, [(r.meta.name, c.id) for r in reports for c in r.reading.claims]).at_least


@pytest.mark.parametrize(("name", "doc", "other"), list(_cases()))
def test_adding_a_citation_lowers_and_removing_the_only_one_raises(name: str, doc: str, other: str) -> None:
    """In every scenario: a report stripped of its sources is a source of its own beside another; once it cites that one, and
    nothing else, it is none; without the citation it is one again."""
    reports = _reports(name)
    mute, cited = _silenced(reports[doc]), reports[other]
    cited = replace(cited, meta=replace(cited.meta, outlet=f"{cited.meta.outlet} {other}"))
    alone = _of_all([mute, cited])
    citing = _of_all([_citing(mute, cited), cited])
    assert citing == alone - 1
    assert citing == _of_all([cited])
    edges = derive([_citing(mute, cited), cited]).lineage.edges
    assert any(
        e.source == f"report:{doc}" and e.target == f"report:{other}" and e.certainty == Certainty.STATED for e in edges
    )


@pytest.mark.parametrize("name", scorer.scenarios())
def test_taking_every_word_about_sources_away_never_lowers_the_count(name: str) -> None:
    reports = list(_reports(name).values())
    assert _of_all([_silenced(report) for report in reports]) == len(reports)
    assert _of_all(reports) <= _of_all([_silenced(report) for report in reports]) + _witnesses(reports)


def _witnesses(reports: list[ReportText]) -> int:
    return sum(node.kind == "witness" for node in derive(reports).lineage.nodes)


VARIANTS = [
    (name, number)
    for name in scorer.scenarios()
    for number, variant in enumerate(scorer.scenario(name).get("variants", ()))
    if "independent_sources" in variant["expected"]
]


@pytest.mark.parametrize(("name", "number"), VARIANTS)
def test_a_variant_of_the_texts_counts_as_annotated(name: str, number: int) -> None:
    """Read from the edited texts, end to end: a source taken out raises the count, one put in lowers it. What is counted are
    the claims that stand where the annotated ones stand, whether or not comparing joins them in a row."""
    gold = scorer.scenario(name)
    variant = gold["variants"][number]
    changed, wanted = scorer.edited(gold, variant["edits"]), variant["expected"]
    derived_here = scorer.derived(changed, end_to_end=True)
    claims = [
        (identity.split(".")[0], claim)
        for identity in (wanted["claim"], wanted["with"])
        for claim in _standing(gold, changed, identity, variant["edits"])
    ]
    assert {doc for doc, _ in claims} == {identity.split(".")[0] for identity in (wanted["claim"], wanted["with"])}
    found = corroborate(derived_here, claims)
    # A claim that a text puts down to people it does not name counts nothing for sure: then the span must hold the number.
    assert found.at_least == wanted["independent_sources"] or found.unknown
    assert found.at_least <= wanted["independent_sources"] <= found.at_most


def _standing(gold: dict[str, Any], changed: dict[str, Any], identity: str, edits: list[dict[str, Any]]) -> list[str]:
    """Claims that were read where an annotated one stands in the edited text."""
    doc = identity.split(".", maxsplit=1)[0]
    quote = next(each["quote"] for each in gold["claims"] if each["id"] == identity)
    moved = {"start": quote["start"], "end": quote["end"]}
    for edit in edits:
        grown = len(edit["replace_with"]) - (edit["end"] - edit["start"])
        if edit["doc"] == doc and edit["end"] <= quote["start"]:
            moved["start"] += grown
        if edit["doc"] == doc and edit["end"] <= quote["end"]:
            moved["end"] += grown
    reading = scorer.reading(changed, doc, end_to_end=True)
    return [
        claim.id for claim in reading.claims if claim.quote.start < moved["end"] and moved["start"] < claim.quote.end
    ]
