"""Independent sources: roots are counted, not outlets."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leakdesk.claims.acquaintance import identities
from leakdesk.claims.align import align
from leakdesk.lineage.corroborate import corroborate, count_rows, shared
from leakdesk.lineage.derive import Derived, ReportText, derive
from leakdesk.lineage.reach import loops, roots_of
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution, Claim, Predicate, Quote, Reading
from leakdesk.model.comparison import SourceText
from leakdesk.model.derivation import Certainty, Derivation
from leakdesk.model.document import Role, Segment
from leakdesk.model.entity import Entity, Mention
from leakdesk.model.ids import text_sha256
from tests.shared import shared_path
from tests.support.gold import gold_entities, gold_reading, gold_source


def report(
    name: str,
    text: str,
    *,
    cites: str = "",
    organisation: str = "",
    witness: str = "",
    kind: str = "according_to",
    hearsay: bool = False,
    **meta: str,
) -> ReportText:
    """A one-claim report that cites something."""
    attributions: list[Attribution] = []
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    if organisation:
        at = text.index(organisation)
        mentions = (
            Mention(
                id="m1",
                start=at,
                end=at + len(organisation),
                text=organisation,
                type="organization",
                normal=organisation,
                rules=("t",),
                confidence="likely",
                entity="e1",
            ),
        )
        entities = (Entity(id="e1", schema="Organization", caption=organisation, names=(organisation,)),)
    said = cites or witness
    if said:
        at = text.index(said)
        source = Span(start=at, end=at + len(said), text=said)
        attributions.append(
            Attribution(
                id="a1",
                type=kind,
                source=source,
                cue=None,
                content=None,
                resolved_source="e1" if organisation else None,
                hedged=False,
                parent=None,
                rule="t",
            )
        )  # type: ignore[arg-type]
    if hearsay:
        attributions.append(
            Attribution(
                id="a2",
                type="agentless",
                source=None,
                cue=None,
                content=None,
                resolved_source=None,
                hedged=True,
                parent=None,
                rule="t",
            )
        )
    claims = (Claim(id="c1", quote=Quote(exact=text[:9], prefix="", suffix="", start=0, end=9), subject=None, predicate=Predicate(text="burnt", lemma="burn", class_="burn"), object=None,
                    attributions=tuple(a.id for a in attributions)),)  # fmt: skip
    reading = Reading(text=text, sha256=text_sha256(text), languages=("en",), segments=(Segment(start=0, end=len(text), role=Role.BODY),),
                      mentions=mentions, entities=entities, references=(), attributions=tuple(attributions), claims=claims)  # fmt: skip
    return ReportText(reading=reading, meta=SourceText(name=name, **meta), identity={"e1": f"org:{organisation}"})  # type: ignore[arg-type]


def count(derived: Derived, *names: str) -> tuple[int, int]:
    found = corroborate(derived, [(name, "c1") for name in names])
    return found.at_least, found.at_most


CENTRE = "the Lindmoor Research Centre"


def test_two_reports_on_one_release_are_one_source() -> None:
    a = report("A", f"The barge burnt, according to {CENTRE}.", cites=CENTRE, organisation=CENTRE)
    b = report("B", f"A barge is lost, {CENTRE} wrote on Monday.", cites=CENTRE, organisation=CENTRE)
    assert count(derive([a, b]), "A", "B") == (1, 1)


def test_removing_the_only_citation_raises_the_count() -> None:
    a = report("A", f"The barge burnt, according to {CENTRE}.", cites=CENTRE, organisation=CENTRE)
    b = report("B", "A barge is lost, all hands safe ashore tonight.")
    assert count(derive([a, b]), "A", "B") == (2, 2)


def test_a_witness_of_the_outlets_own_is_a_second_source() -> None:
    a = report("A", f"The barge burnt, according to {CENTRE}.", cites=CENTRE, organisation=CENTRE)
    b = report("B", "The barge burnt, a lock keeper told this newspaper.", witness="a lock keeper", kind="indirect")
    assert count(derive([a, b]), "A", "B") == (2, 2)


def test_hearsay_is_named_and_not_counted() -> None:
    derived = derive([report("A", "The barge burnt, it is said, on Sunday night.", hearsay=True)])
    assert count(derived, "A") == (0, 1)


def test_anonymous_people_may_be_one_or_several() -> None:
    a = report(
        "A", "The barge burnt, said two people familiar with it.", cites="two people familiar with it", kind="indirect"
    )
    b = report("B", "The barge burnt, said a security official.", cites="a security official", kind="indirect")
    c = report("C", "The barge burnt, the engineer told this newspaper.", witness="the engineer", kind="indirect")
    assert count(derive([a, b, c]), "A", "B", "C") == (1, 3)


def test_a_loop_has_no_root() -> None:
    b = report(
        "B",
        "The barge burnt, according to the Canal Blog.",
        cites="the Canal Blog",
        organisation="the Canal Blog",
        outlet="Lock Portal",
    )
    c = report(
        "C",
        "The barge burnt, according to the Lock Portal.",
        cites="the Lock Portal",
        organisation="the Lock Portal",
        outlet="Canal Blog",
    )
    derived = derive([b, c])
    assert loops(derived.lineage.edges) == [("report:B", "report:C")]
    assert count(derived, "B", "C") == (0, 0)


def test_documents_stand_behind_the_publication_that_showed_them() -> None:
    text = f"The barge burnt, leaked letters published by {CENTRE} show."
    derived = derive(
        [report("A", text, cites=f"leaked letters published by {CENTRE}", organisation=CENTRE, kind="evidential")]
    )
    assert derived.lineage.roots == ("documents:correspondence",)
    assert [(e.source, e.relation) for e in derived.lineage.edges if e.target.startswith("documents")] == [
        (f"publication:org:{CENTRE}", "obtainedVia")
    ]


def test_a_possible_edge_is_never_walked() -> None:
    edge = Derivation(
        source="a", target="b", relation="wasDerivedFrom", certainty=Certainty.POSSIBLE, reasons=("weak",)
    )
    assert roots_of([edge], {"a"}) == {"a"}
    assert roots_of([replace(edge, certainty=Certainty.INFERRED)], {"a"}) == {"b"}


def test_a_reprint_without_its_tag_rests_on_the_tagged_one() -> None:
    words = "a barge laden with timber caught fire below the upper lock early on sunday and sank within the hour while its crew of four swam ashore unhurt"
    agency = "the Osten news agency"
    a = report("A", f"{words}, reports {agency}.", cites=agency, organisation=agency, published="2031-03-03")
    b = report("B", f"{words}.", published="2031-03-04")
    derived = derive([a, b])
    assert [(e.source, e.target, e.certainty) for e in derived.lineage.edges if e.target == "report:A"] == [
        ("report:B", "report:A", Certainty.INFERRED)
    ]
    assert count(derived, "A", "B") == (1, 1)


@pytest.mark.real
def test_the_invented_example_counts_one_source() -> None:
    gold = json.loads(shared_path("design/gold-example.json").read_text("utf-8"))
    a, b = gold_reading(gold, "A"), gold_reading(gold, "B")
    pairs = gold_entities(gold, "A", "B")
    rows = align(a, b, pairs)
    left, right = identities(pairs)
    derived = derive(
        [
            ReportText(reading=a, meta=gold_source(gold, "A"), identity=left),
            ReportText(reading=b, meta=gold_source(gold, "B"), identity=right),
        ]
    )
    lineage = shared(derived, [r for r in rows if r.relation in ("conflicting", "equivalent")], "A", "B")
    assert (lineage.independent_sources, lineage.roots) == (1, ("documents:accounts",))
    assert {r.independent_sources for r in count_rows(derived, rows, "A", "B") if r.a and r.b} == {1}
    between = next(e for e in derived.lineage.edges if {e.source, e.target} == {"report:A", "report:B"})
    assert between.certainty == Certainty.POSSIBLE


def test_a_source_that_is_named_and_linked_is_the_linked_page() -> None:
    post = report("P", "Die Barke brannte in der Nacht.", url="https://centre.example/1")
    b = report(
        "B",
        f"The barge burnt, according to {CENTRE}.",
        cites=CENTRE,
        organisation=CENTRE,
        links=("https://centre.example/1/",),
    )  # type: ignore[arg-type]
    derived = derive([post, b])
    assert count(derived, "P", "B") == (1, 1)
    assert derived.lineage.roots == ("report:P",)


def test_two_people_of_one_outlets_own_are_one_source() -> None:
    a = report("A", "The barge burnt, a lock keeper told this newspaper.", witness="a lock keeper", kind="indirect")
    assert count(derive([a]), "A") == (1, 1)
    assert derive([a]).rests_on["A", "c1"] == {"report:A"}


def test_the_plants_letters_are_documents_and_no_publisher() -> None:
    text = "The barge burnt. Source: letters of the Lindmoor Plant."
    derived = derive(
        [report("A", text, cites="letters of the Lindmoor Plant", organisation="the Lindmoor Plant", kind="label")]
    )
    assert derived.lineage.roots == ("documents:correspondence",)


def test_a_reprint_is_found_among_many_reports() -> None:
    """Beyond a few reports only pairs that share a run of words are aligned, and no reprint is lost by it."""
    words = "a barge laden with timber caught fire below the upper lock early on sunday and sank within the hour while its crew of four swam ashore unhurt"
    strangers = [
        report(f"S{n}", f"Note {n}: lock {n * 7} was painted {n} times by keeper number {n * 3} of the year {n}.")
        for n in range(40)
    ]
    a = report("A", f"{words}.", published="2031-03-03")
    b = report("B", f"{words} today.", published="2031-03-04")
    edges = derive([*strangers, a, b]).lineage.edges
    assert [(e.source, e.target) for e in edges if e.certainty == Certainty.INFERRED] == [("report:B", "report:A")]


def test_the_documents_are_the_letters_of_a_report_that_names_only_letters() -> None:
    text = "A crane fell, as the leaked letters tell. In the documents the crane is called a hoist."
    named = report("one", text, cites="leaked letters", kind="evidential")
    at = text.index("the documents")
    again = replace(named.reading.attributions[0], id="a9", source=Span(start=at, end=at + 13, text="the documents"))
    both = replace(named, reading=replace(named.reading, attributions=(*named.reading.attributions, again)))
    found = derive([both]).lineage
    assert [node.id for node in found.nodes if node.kind == "documents"] == ["documents:correspondence"]
    # Where nothing tells which, they are what they are called.
    bare = replace(named, reading=replace(named.reading, attributions=(again,)))
    assert [node.id for node in derive([bare]).lineage.nodes if node.kind == "documents"] == ["documents:documents"]
