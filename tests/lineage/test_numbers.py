"""A wrong number in common ties two reports; a right, round, newer or quoted one does not."""

from __future__ import annotations

from dataclasses import replace

from leakdesk.lineage.derive import derive
from leakdesk.lineage.numbers import WEIGHT, shared_numbers
from leakdesk.lineage.texts import ReportText
from leakdesk.model.derivation import Certainty
from tests.lineage.builders import text_of

DAYS = {"A": "01", "B": "05", "C": "02", "D": "04", "E": "06"}


def told(name: str, number: float, *, cites: str = "", day: str = "") -> ReportText:
    words = f"Korvash lost {number:g} barges"
    text = f"{words}{', ' + cites + ' show' if cites else ''}. Paper {name} was there at night."
    return text_of(
        name,
        text,
        names={"Korvash": "k"},
        claims=(words,),
        numbers={words: number},
        cites=cites,
        published=f"2031-03-{day or DAYS[name]}",
        outlet=f"Outlet {name}",
    )


def pairs(reports: list[ReportText], wrong: dict[tuple[str, str], str] | None = None) -> list[tuple[str, str]]:
    return [(reports[one.first].meta.name, reports[one.second].meta.name) for one in shared_numbers(reports, wrong)]


def number_texts(name: str, number: float, **more: str) -> ReportText:
    one = told(name, number, **more)
    claim = one.reading.claims[0]
    quantity = replace(claim.quantities[0], text=f"{number:g}")
    return replace(one, reading=replace(one.reading, claims=(replace(claim, quantities=(quantity,)),)))


def test_a_minority_that_shares_a_wrong_number_is_tied() -> None:
    reports = [number_texts("A", 47), number_texts("B", 47), *(number_texts(name, 74) for name in "CDE")]
    assert pairs(reports) == [("A", "B")]
    edge = next(e for e in derive(reports).lineage.edges if {e.source, e.target} == {"report:A", "report:B"})
    assert (edge.source, edge.certainty) == ("report:B", Certainty.INFERRED)
    assert "3 other reports say “74”" in edge.reasons[0] and str(WEIGHT) in edge.reasons[0]
    assert [(a.document, a.exact) for a in edge.anchors] == [("B", "47"), ("A", "47")]


def test_what_the_letters_contradict_in_both_ties_two() -> None:
    reports = [number_texts("A", 47), number_texts("B", 47)]
    wrong = {("A", "c0"): "74", ("B", "c0"): "74"}
    assert pairs(reports, wrong) == [("A", "B")]
    edges = derive(reports, wrong).lineage.edges
    assert any("the letters say 74" in reason for edge in edges for reason in edge.reasons)
    # Only one of them is contradicted: nothing is known of the other.
    assert pairs(reports, {("A", "c0"): "74"}) == []


def test_two_reports_that_agree_and_no_more_show_nothing() -> None:
    assert pairs([number_texts("A", 47), number_texts("B", 47)]) == []


def test_a_number_that_all_give_shows_nothing() -> None:
    assert pairs([number_texts(name, 47) for name in "ABCDE"]) == []


def test_a_majority_is_not_wrong_and_a_tie_is_open() -> None:
    assert pairs([*(number_texts(name, 47) for name in "ABC"), number_texts("D", 74)]) == []
    assert pairs([*(number_texts(name, 47) for name in "AB"), *(number_texts(name, 74) for name in "CD")]) == []


def test_a_round_or_small_number_is_come_to_by_many() -> None:
    assert pairs([number_texts("A", 50), number_texts("B", 50), *(number_texts(name, 47) for name in "CDE")]) == []
    assert pairs([number_texts("A", 3), number_texts("B", 3), *(number_texts(name, 5) for name in "CDE")]) == []


def test_a_newer_number_is_no_error() -> None:
    old = [number_texts(name, 61, day="01") for name in "CDE"]
    new = [number_texts(name, 47, day="09") for name in "AB"]
    assert pairs([*old, *new]) == []
    # Between the others it can only be wrong.
    among = [number_texts("C", 61, day="01"), number_texts("D", 61, day="03"), number_texts("E", 61, day="12")]
    assert pairs([*among, number_texts("A", 47, day="02"), number_texts("B", 47, day="09")]) == [("A", "B")]


def test_a_number_out_of_one_document_is_the_documents_error() -> None:
    reports = [
        number_texts("A", 47, cites="leaked letters"),
        number_texts("B", 47, cites="leaked letters"),
        *(number_texts(name, 74) for name in "CDE"),
    ]
    assert pairs(reports) == []
    sure = [e for e in derive(reports).lineage.edges if e.certainty != Certainty.POSSIBLE]
    assert not any({e.source, e.target} == {"report:A", "report:B"} for e in sure)
