"""What texts betray: errors weigh most, a single trace of another kind never more than "possible"."""

from __future__ import annotations

import pytest

from leakdesk.lineage.corroborate import corroborate
from leakdesk.lineage.derive import Derived, derive
from leakdesk.lineage.texts import ReportText
from leakdesk.lineage.traces import Detour, Residue, detours, longest_rise, residues
from leakdesk.model.derivation import Certainty
from tests.lineage.builders import text_of


@pytest.mark.parametrize("rule", detours(), ids=lambda rule: rule.id)
def test_each_detour_explains_its_example_only(rule: Detour) -> None:
    assert rule.explains(*rule.example)
    assert not rule.explains(*rule.counter_example)
    assert not rule.explains(*reversed(rule.example))


@pytest.mark.parametrize("rule", residues(), ids=lambda rule: rule.id)
def test_each_sign_of_another_language_knows_its_example(rule: Residue) -> None:
    assert rule.pattern.search(rule.example)
    assert not any(other.pattern.search(rule.counter_example) for other in residues() if other.here & rule.here)


def ties(*reports: ReportText) -> list[tuple[str, str, Certainty]]:
    edges = derive(reports).lineage.edges
    return [(e.source[-1], e.target[-1], e.certainty) for e in edges if e.target.startswith("report:")]


def count(derived: Derived, *names: str) -> int:
    return corroborate(derived, [(name, "c0") for name in names]).at_least


def test_an_error_in_common_makes_one_text_rest_on_the_other_and_says_where() -> None:
    a = text_of(
        "A", "Баржа Лазoвіка згарэла ўначы.", language="be", claims=("Баржа Лазoвіка згарэла",), published="2031-03-03"
    )
    b = text_of(
        "B",
        "Ноччу агонь знішчыў судна Лазoвіка.",
        language="be",
        claims=("агонь знішчыў судна",),
        published="2031-03-05",
    )
    edge = derive([a, b]).lineage.edges[0]
    assert (edge.source, edge.target, edge.certainty) == ("report:B", "report:A", Certainty.INFERRED)
    assert [(anchor.document, anchor.exact) for anchor in edge.anchors] == [("B", "Лазoвіка"), ("A", "Лазoвіка")]
    assert count(derive([a, b]), "A", "B") == 1
    clean = text_of(
        "B",
        "Ноччу агонь знішчыў судна Лазовіка.",
        language="be",
        claims=("агонь знішчыў судна",),
        published="2031-03-05",
    )
    assert count(derive([a, clean]), "A", "B") == 2


def test_a_word_written_twice_is_an_error_and_an_idiom_is_none() -> None:
    a = text_of("A", "The keeper said the the barge burnt.", claims=("the barge burnt",), published="2031-03-03")
    b = text_of("B", "Flames: the the barge is gone for good.", claims=("barge is gone",), published="2031-03-06")
    assert ties(a, b) == [("B", "A", Certainty.INFERRED)]
    a = text_of("A", "It was a very very old barge.", claims=("It was",), published="2031-03-03")
    b = text_of("B", "This very very old ship is gone.", claims=("ship is gone",), published="2031-03-06")
    assert ties(a, b) == []


def test_a_source_that_both_state_explains_a_common_error() -> None:
    centre = {"the Lindmoor Research Centre": "centre"}
    a = text_of("A", "The the barge burnt, according to the Lindmoor Research Centre.", names=centre,
                cites="the Lindmoor Research Centre", claims=("barge burnt",), published="2031-03-03")  # fmt: skip
    b = text_of("B", "Smoke over the the barge, the Lindmoor Research Centre wrote.", names=centre,
                cites="the Lindmoor Research Centre", claims=("Smoke over",), published="2031-03-06")  # fmt: skip
    assert ties(a, b) == [("B", "A", Certainty.POSSIBLE)] or all(c == Certainty.POSSIBLE for _, _, c in ties(a, b))


def named(name: str, form: str, day: int, language: str = "en") -> ReportText:
    return text_of(
        name,
        f"Note {name} on {form}: day {day}.",
        language=language,
        names={form: "hudz"},
        claims=(form,),
        published=f"2031-03-{day:02}",
    )  # type: ignore[arg-type]


def test_an_odd_spelling_that_two_of_many_share_is_possible_and_no_more() -> None:
    many = [named("A", "Korvish", 1), named("B", "Korvish", 4)]
    many += [named(name, "Korvash", day) for name, day in (("C", 7), ("D", 10), ("E", 13))]
    assert ties(*many) == [("B", "A", Certainty.POSSIBLE)]
    assert ties(*many[:4]) == []  # two against two: neither is odd


def test_a_name_that_took_a_detour_through_latin_letters_rests_on_the_only_text_that_shows_it() -> None:
    native = text_of(
        "N",
        "Завод Гарбуз горів уночі.",
        language="uk",
        names={"Гарбуз": "g"},
        claims=("Завод Гарбуз горів",),
        published="2031-03-01",
    )
    latin = text_of(
        "L", "Harbuz works on fire tonight.", names={"Harbuz": "g"}, claims=("Harbuz works",), published="2031-03-04"
    )
    back = text_of(
        "B",
        "Пожар на заводе Харбуз.",
        language="ru",
        names={"Харбуз": "g"},
        claims=("заводе Харбуз",),
        published="2031-03-07",
    )
    assert ties(native, latin, back) == [("B", "L", Certainty.INFERRED)]
    other = text_of("M", "A fire at Harbuz today.", names={"Harbuz": "g"}, claims=("Harbuz",), published="2031-03-02")
    assert set(ties(native, latin, other, back)) == {("B", "L", Certainty.POSSIBLE), ("B", "M", Certainty.POSSIBLE)}
    right = text_of(
        "B",
        "Пожар на заводе Гарбуз.",
        language="ru",
        names={"Гарбуз": "g"},
        claims=("заводе Гарбуз",),
        published="2031-03-07",
    )
    assert ties(native, latin, right) == []


def test_a_turn_of_another_language_is_possible_only_for_texts_about_the_same_people() -> None:
    both = {"Korvash": "k", "Lindmoor": "l"}
    english = text_of(
        "E",
        "Korvash of Lindmoor lost 2,5 million roubles.",
        names=both,
        claims=("Korvash of Lindmoor lost",),
        published="2031-03-09",
    )
    russian = text_of(
        "R",
        "Корваш из Линдмура.",
        language="ru",
        names={"Корваш": "k", "Линдмура": "l"},
        claims=("Корваш из",),
        published="2031-03-01",
    )
    stranger = text_of(
        "S", "Баржа у причала.", language="ru", names={"Баржа": "x"}, claims=("Баржа",), published="2031-03-01"
    )
    later = text_of(
        "T",
        "Корваш из Линдмура.",
        language="ru",
        names={"Корваш": "k", "Линдмура": "l"},
        claims=("Корваш из",),
        published="2031-04-01",
    )
    assert ties(russian, stranger, english) == [("E", "R", Certainty.POSSIBLE)]
    assert ("E", "T", Certainty.POSSIBLE) not in ties(english, later)


DEEDS = ("sailed", "sank", "burnt", "paid", "fled", "lied", "left")


def story(name: str, order: tuple[int, ...], day: int, extra: str = "") -> ReportText:
    said = [f"Korvash {DEEDS[k]} {name}{k}." for k in order]
    claims = tuple(f"{DEEDS[k]} {name}{k}" for k in order)
    return text_of(name, f"Korvash. {extra} " + " ".join(said), names={"Korvash": "k"}, claims=claims,
                   deeds={words: words.split()[0] for words in claims}, numbers=dict.fromkeys(claims, 1.0), published=f"2031-03-{day:02}")  # fmt: skip


def test_many_facts_in_one_order_are_possible_alone_and_inferred_with_another_trace() -> None:
    straight = tuple(range(7))
    assert ties(story("A", straight, 1), story("B", straight, 5)) == [("B", "A", Certainty.POSSIBLE)]
    assert ties(story("A", straight, 1), story("B", straight[::-1], 5)) == []
    assert ties(story("A", straight[:5], 1), story("B", straight[:5], 5)) == []
    assert ties(story("A", straight, 1, "Oh the the man."), story("B", straight, 5, "Yet the the man.")) == [
        ("B", "A", Certainty.INFERRED)
    ]


def test_the_longest_rise() -> None:
    assert longest_rise([3, 1, 2, 5, 4]) == 3
    assert longest_rise([]) == 0
