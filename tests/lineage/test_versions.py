"""Texts of one outlet that follow each other; what they take back, and who goes on repeating it; texts with nothing in them."""

from __future__ import annotations

import time

import pytest

from leakdesk.lineage.corroborate import corroborate
from leakdesk.lineage.derive import derive
from leakdesk.lineage.marked import page
from leakdesk.lineage.order import order
from leakdesk.lineage.reach import loops
from leakdesk.model.comparison import SourceText
from leakdesk.model.derivation import Certainty
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text
from leakdesk.work.comparing import compare_pair
from leakdesk.work.together import Together
from tests.lineage.builders import text_of

FIRST = (
    "Korvash Brakes lost 14 engines in the fire, the harbour office said.\n\nThe engines stood in Lindmoor until March."
)
FIXED = (
    "Korvash Brakes lost 41 engines in the fire, the harbour office said.\n\nThe engines stood in Lindmoor until March."
)


def together(*texts: tuple[str, str, dict[str, object]]) -> Together:
    return Together.of(
        [
            (read_text(TextLayer(text=text, extractor="t"), as_="report"), SourceText(name=name, **meta))  # type: ignore[arg-type]
            for name, text, meta in texts
        ]
    )


def portal(day: int) -> dict[str, object]:
    return {"outlet": "Lock Portal", "published": f"2031-03-{day:02}"}


def canal(day: int) -> dict[str, object]:
    return {"outlet": "Canal Blog", "published": f"2031-03-{day:02}"}


def relations(of: Together) -> list[tuple[str, str, str, Certainty]]:
    edges = of.derived.lineage.edges
    return [(e.source[-1], e.target[-1], e.relation, e.certainty) for e in edges if e.target.startswith("report:")]


def test_an_update_marks_the_old_value_wherever_it_is_repeated() -> None:
    three = together(
        ("A", FIRST, portal(1)), ("B", FIXED, portal(5)), ("C", FIRST.replace("the fire", "a blaze"), canal(7))
    )
    gone = three.withdrawn()
    assert [(one.document, one.how, one.by) for one in gone] == [("A", "updated", "B")]
    assert {each.document for each in gone[0].repeated} == {"C"}
    facets = [facet for row in compare_pair(three, 0, 2).rows for facet in row.facets if "brought up to date" in facet]
    assert len([facet for facet in facets if facet.startswith("A was brought up to date by B")]) == 1
    assert len([facet for facet in facets if facet.startswith("B repeats what was brought up to date by B")]) == 1
    assert compare_pair(three, 0, 2).withdrawn == gone
    fixed = together(
        ("A", FIRST, portal(1)), ("B", FIXED, portal(5)), ("C", FIXED.replace("the fire", "a blaze"), canal(7))
    )
    assert [one.repeated for one in fixed.withdrawn()] == [()]


def test_a_correction_is_a_stated_revision() -> None:
    notice = f"{FIXED}\n\nCorrection: an earlier version of this article gave a wrong number."
    two = together(("A", FIRST, portal(1)), ("B", notice, portal(5)))
    assert ("B", "A", "wasRevisionOf", Certainty.STATED) in relations(two)
    assert [(one.document, one.how) for one in two.withdrawn()] == [("A", "corrected")]
    plain = together(("A", FIRST, portal(1)), ("B", FIXED, portal(5)))
    assert ("B", "A", "wasRevisionOf", Certainty.INFERRED) in relations(plain)


def test_a_retraction_takes_every_claim_back() -> None:
    back = f"We retract this article. {FIRST}"
    three = together(("A", FIRST, portal(1)), ("B", back, portal(5)), ("C", FIRST, canal(3)))
    gone = [one for one in three.withdrawn() if one.document == "A"]
    assert {one.how for one in gone} == {"withdrawn"}
    assert {one.claim for one in gone} == {claim.id for claim in three.texts[0].reading.claims}
    assert any(each.document == "C" for one in gone for each in one.repeated)


def test_where_times_tell_nothing_nothing_was_brought_up_to_date() -> None:
    zoneless = (
        {"outlet": "Lock Portal", "published": "2031-03-01T09:00"},
        {"outlet": "Lock Portal", "published": "2031-03-01T21:00"},
    )
    assert together(("A", FIRST, zoneless[0]), ("B", FIXED, zoneless[1])).withdrawn() == ()


def test_a_revision_is_no_second_source_beside_what_it_names() -> None:
    names = {"Lock Portal works": "works"}
    a = text_of(
        "A",
        "Lock Portal works burnt.",
        names=names,
        claims=("works burnt",),
        outlet="Lock Portal",
        url="https://lock.example/1",
        published="2031-03-01",
    )
    b = text_of("B", "Lock Portal works burnt, the company register shows.", names=names, claims=("works burnt",), cites="the company register",
                outlet="Lock Portal", url="https://www.lock.example/1/?utm_source=x", published="2031-03-05")  # fmt: skip
    found = corroborate(derive([a, b]), [("A", "c0"), ("B", "c0")])
    assert found.roots == ("documents:registry",)
    alone = corroborate(derive([a]), [("A", "c0")])
    assert alone.roots == ("report:A",)


def test_a_pointer_to_an_earlier_report_holds_for_its_sentence() -> None:
    names = {"Korvash": "k"}
    first = text_of(
        "A", "Korvash burnt.", names=names, claims=("Korvash burnt",), outlet="Lock Portal", published="2031-03-01"
    )
    text = "As we reported earlier, the depot of Korvash burnt. Divers found a safe, the company register shows."
    later = text_of("B", text, names=names, claims=("depot of Korvash burnt", "Divers found"), cites="the company register",
                    outlet="Lock Portal", published="2031-03-09")  # fmt: skip
    derived = derive([first, later])
    assert derived.rests_on["B", "c0"] == {"report:A"}
    assert derived.rests_on["B", "c1"] == {"documents:registry"}
    assert corroborate(derived, [("A", "c0"), ("B", "c0")]).at_least == 1
    assert corroborate(derived, [("B", "c1")]).roots == ("documents:registry",)


def test_a_translation_of_something_that_is_not_named_has_an_unknown_root() -> None:
    text = "Лодки тонут у причала.\nКлим Рощин, перевод с украинского"
    derived = derive([text_of("B", text, language="ru", claims=("Лодки тонут",), published="2031-03-05")])
    found = corroborate(derived, [("B", "c0")])
    assert (found.at_least, found.at_most, found.unknown) == (0, 1, ("unknown:B:original",))
    original = text_of("A", "Човни тонуть.", language="uk", claims=("Човни тонуть",), published="2031-03-01")
    both = derive([original, text_of("B", text, language="ru", claims=("Лодки тонут",), published="2031-03-05")])
    assert [(e.target, e.certainty) for e in both.lineage.edges if e.target == "report:A"] == [
        ("report:A", Certainty.POSSIBLE)
    ]
    found = corroborate(both, [("A", "c0"), ("B", "c0")])
    assert (found.at_least, found.at_most) == (1, 2)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2031-03-03T09:00", "2031-03-03T21:00", 0),
        ("2031-03-03T09:00", "2031-03-04T10:00", 0),
        ("2031-03-03T09:00", "2031-03-04T12:00", -1),
        ("2031-03-03T09:00+03:00", "2031-03-03T08:00Z", -1),
        ("2031-03-04T01:00+03:00", "2031-03-03T23:30-05:00", -1),
        ("2031-03-04", "2031-03-03", 1),
        ("2031-03-04", "2031-03-04T10:00Z", 0),
        ("2031-03", "2031-04", -1),
        ("2031", "2031-04", 0),
        (None, "2031-04-01", 0),
        ("soon", "2031-04-01", 0),
    ],
)
def test_times_tell_an_order_or_leave_it_open(a: str | None, b: str, expected: int) -> None:
    first, second = SourceText(name="a", published=a), SourceText(name="b", published=b)
    assert order(first, second) == expected
    assert order(second, first) == -expected


def test_two_addresses_of_one_page() -> None:
    assert page("https://www.lock.example/1/?utm_source=x#top") == page("http://lock.example/1")
    assert page("https://lock.example/?id=2") != page("https://lock.example/?id=3")
    assert page("nonsense") == page("http://[") == ""


# --- texts with nothing in them ---------------------------------------------------------------------------------------------


def test_the_same_text_twice_counts_once_however_short_or_empty() -> None:
    for text, expected in ((FIRST, 1), ("Barge sinks in Lindmoor.", 1), ("", 0), (" \n", 0)):
        twice = together(("A", text, {}), ("B", text, canal(1)))
        lineage = compare_pair(twice, 0, 1).lineage
        assert lineage.at_least <= expected, text
        assert twice.derived.lineage.at_least <= expected, text
        assert ("B", "A") in {(a, b) for a, b, _, _ in relations(twice)} | {(b, a) for a, b, _, _ in relations(twice)}


def test_a_language_that_is_not_read_and_a_text_without_claims_are_no_sources_and_no_accident() -> None:
    german = "Die Barke der Firma Korvash brannte in der Nacht zum Sonntag am oberen Schleusentor völlig aus."
    three = together(("A", german, canal(1)), ("B", "Hello there", portal(1)), ("C", FIRST, portal(2)))
    for first, second in three.pairs():
        found = compare_pair(three, first, second)
        assert all(note for note in found.notes)
        assert found.lineage.at_least <= 1
    assert loops(three.derived.lineage.edges) == []


def test_two_hundred_reports_at_once_are_one_source_where_they_print_one_text() -> None:
    """120 print one agency text, 60 a text each of their own, 20 cite one centre; nothing is compared pair by pair."""
    words = (
        "a barge laden with timber caught fire below the upper lock and sank while its crew of four swam ashore unhurt"
    )
    reports = [
        text_of(f"P{n}", f"{words}. Note {n}.", claims=(words[:20],), published="2031-03-03") for n in range(120)
    ]
    reports += [
        text_of(f"O{n}", " ".join(f"{word}{n}" for word in words.split()), claims=(f"barge{n}",)) for n in range(60)
    ]
    centre = "the Lindmoor Research Centre"
    reports += [
        text_of(
            f"C{n}", f"Fire {n}, according to {centre}.", names={centre: "centre"}, cites=centre, claims=(f"Fire {n}",)
        )
        for n in range(20)
    ]
    began = time.process_time()
    derived = derive(reports)
    assert time.process_time() - began < 20
    assert corroborate(derived, [(r.meta.name, "c0") for r in reports]).at_least == 1 + 60 + 1
    assert len(derived.lineage.edges) < 120 * 119 / 2 / 4
