"""Rows of a comparison: the relation must follow the slots, and events that only look alike must stay apart."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leakdesk.claims.acquaintance import acquaintance
from leakdesk.claims.align import align
from leakdesk.claims.fusions import fusions
from leakdesk.claims.who import identities
from leakdesk.model.claim import Claim, Link, Other, Polarity, Predicate, Quantity, Quote, Reading, Slot, TimeSlot
from leakdesk.model.comparison import EntityPair, Row, SourceText
from leakdesk.model.entity import Entity, Mention
from leakdesk.model.ids import text_sha256
from tests.shared import shared_path
from tests.support.gold import gold_entities, gold_reading, gold_source

BOTH = (
    EntityPair(a=("depot",), b=("depot",), verdict="same", reasons=("test",)),
    EntityPair(a=("brewery",), b=("brewery",), verdict="same", reasons=("test",)),
)


def claim(identity: str = "c1", **changes: object) -> Claim:
    words = "The depot paid the brewery 240 florins in 2029"
    base = Claim(
        id=identity,
        quote=Quote(exact=words, prefix="", suffix="", start=0, end=len(words)),
        subject=Slot(text="The depot", start=0, end=9, entity="depot"),
        predicate=Predicate(text="paid", lemma="pay", class_="pay"),
        object=Slot(text="240 florins", start=27, end=38),
        others=(Other(role="to", text="the brewery", entity="brewery"),),
        time=TimeSlot(text="in 2029", edtf="2029"),
        quantities=(Quantity(text="240 florins", value=240, unit="florin", role="of"),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def reading(*claims: Claim) -> Reading:
    text = "The depot paid the brewery 240 florins in 2029"
    entities = tuple(Entity(id=e, schema="Company", caption=e, names=(e,)) for e in ("depot", "brewery", "harbour"))
    return Reading(text=text, sha256=text_sha256(text), languages=("en",), segments=(), mentions=(), entities=entities,
                   references=(), attributions=(), claims=claims)  # fmt: skip


def row(left: Claim, right: Claim, **meta: SourceText) -> Row:
    rows = align(reading(left), reading(replace(right, id="x1")), BOTH, meta.get("a"), meta.get("b"))
    assert len(rows) == 1, f"expected one row, got {[r.relation for r in rows]}"
    return rows[0]


def test_the_same_claim_is_equivalent() -> None:
    assert row(claim(), claim()).relation == "equivalent"


def test_a_changed_number_is_a_hard_conflict_and_a_question() -> None:
    found = row(claim(), claim(quantities=(Quantity(text="420 florins", value=420, unit="florin", role="of"),)))
    assert (found.relation, found.strength, found.slots["quantity"]) == ("conflicting", "hard", "disjoint")
    assert found.question == "How much: “240 florins” or “420 florins”?"


def test_a_slip_in_a_day_is_one_event_and_a_hard_conflict() -> None:
    eighth, eighteenth = (TimeSlot(text=f"on {day} March", edtf=f"2029-03-{day}") for day in ("08", "18"))
    found = row(claim(time=eighth), claim(time=eighteenth, subject=None))
    assert (found.relation, found.strength, found.slots["time"]) == ("conflicting", "hard", "disjoint")


def test_about_a_number_is_no_conflict_with_the_number_itself() -> None:
    about = (Quantity(text="about 300 florins", value=300, unit="florin", role="about"),)
    assert row(claim(quantities=about), claim(quantities=(replace(about[0], value=284, role="sum"),))).relation == (
        "b_more_specific"
    )
    assert row(claim(quantities=about), claim()).strength == "hard"


def test_up_to_and_by_the_same_percentage_conflict_by_role() -> None:
    to = (Quantity(text="to 40 %", value=40, unit="percent", role="to"),)
    by = (Quantity(text="by 40 %", value=40, unit="percent", role="by"),)
    assert row(claim(quantities=to), claim(quantities=by)).strength == "hard"


def test_a_number_within_a_bound_is_no_conflict() -> None:
    bound = (Quantity(text="up to 300 florins", value=300, unit="florin", role="up_to"),)
    assert row(claim(), claim(quantities=bound)).relation == "a_more_specific"


def test_swapped_participants_conflict() -> None:
    depot, brewery = (
        Slot(text="The depot", start=0, end=9, entity="depot"),
        Slot(text="the brewery", start=15, end=26, entity="brewery"),
    )
    sold = Predicate(text="sued", lemma="sue", class_="sue")
    one = claim(subject=depot, object=brewery, predicate=sold, others=(), quantities=())
    found = row(one, replace(one, subject=brewery, object=depot))
    assert (found.relation, found.strength) == ("conflicting", "soft")
    assert "change places" in found.reasons[0]


def test_negation_is_a_hard_conflict() -> None:
    assert row(claim(), claim(polarity="-")).strength == "hard"


def test_planned_against_done_is_a_soft_conflict() -> None:
    assert (row(claim(), claim(modality="planned")).relation, row(claim(), claim(modality="planned")).strength) == (
        "conflicting",
        "soft",
    )


def test_a_date_that_only_one_gives_makes_it_more_specific() -> None:
    assert row(claim(), claim(time=None)).relation == "a_more_specific"
    assert row(claim(time=None), claim()).relation == "b_more_specific"


def test_one_other_detail_alone_is_the_same_told_shorter_and_two_are_more() -> None:
    assert row(claim(), claim(others=())).relation == "equivalent"
    assert row(claim(), claim(others=(), subject=None)).relation == "a_more_specific"
    from_ = Other(role="from", text="the bank")
    fuller = claim(time=None, others=(*claim().others, from_, Other(role="for", text="barley")))
    assert row(fuller, claim()).relation == "overlapping"


def test_two_names_in_one_place_are_a_soft_conflict_and_two_words_for_a_thing_are_none() -> None:
    named = row(claim(), claim(others=(Other(role="to", text="the harbour", entity="harbour"),)))
    assert (named.relation, named.strength, named.slots["to"]) == ("conflicting", "soft", "disjoint")
    cows, lorries = (Slot(text=words, start=27, end=27 + len(words)) for words in ("cows", "lorries"))
    worded = row(claim(object=cows), claim(object=lorries))
    assert (worded.relation != "conflicting", worded.slots["object"]) == (True, "disjoint")


def test_a_date_inside_the_other_is_more_specific() -> None:
    assert row(claim(time=TimeSlot(text="in May 2029", edtf="2029-05")), claim()).relation == "a_more_specific"


def test_a_hedge_is_a_facet_never_a_conflict() -> None:
    found = row(claim(), claim(hedged=True, modality="alleged"))
    assert found.relation == "equivalent"
    assert found.facets == ("hedge: only B hedges",)


def test_a_later_value_of_the_same_outlet_is_an_update() -> None:
    a = SourceText(name="a", outlet="Tidewatch", published="2031-03-03")
    b = SourceText(name="b", outlet="Tidewatch", published="2031-03-05")
    other = claim(quantities=(Quantity(text="420 florins", value=420, unit="florin", role="of"),))
    assert row(claim(), other, a=a, b=b).relation == "updated"
    assert row(claim(), other, a=a, b=replace(b, outlet="Courier")).relation == "conflicting"


def test_two_similar_events_at_other_times_and_places_stay_apart() -> None:
    other = claim(
        "x1",
        time=TimeSlot(text="in 2031", edtf="2031"),
        quantities=(Quantity(text="90 florins", value=90, unit="florin", role="of"),),
    )
    assert {r.relation for r in align(reading(claim()), reading(other), BOTH)} == {"only_a", "only_b"}


def test_another_deed_of_the_same_two_is_another_event() -> None:
    other = claim(
        "x1", predicate=Predicate(text="visited", lemma="visit", class_="visit"), object=None, quantities=(), others=()
    )
    assert {r.relation for r in align(reading(claim()), reading(other), BOTH)} == {"only_a", "only_b"}


def test_a_headline_and_its_body_stand_in_one_row() -> None:
    short = claim("c0", time=None, others=())
    rows = align(reading(short, claim("c1")), reading(claim("x1")), BOTH)
    assert [(r.a, r.b) for r in rows] == [(("c1", "c0"), ("x1",))]


def test_a_cause_that_only_one_report_ties_is_shown_as_fusion() -> None:
    cause = claim("c2", predicate=Predicate(text="flooded", lemma="flood", class_="flood"), subject=Slot(text="the harbour", start=0, end=11, entity="harbour"),
                  object=None, others=(), quantities=(), time=None)  # fmt: skip
    a = reading(claim("c1"), cause)
    b = reading(replace(claim("x1"), links=(Link(relation="cause", to="x2"),)), replace(cause, id="x2"))
    pairs = (*BOTH, EntityPair(a=("harbour",), b=("harbour",), verdict="same", reasons=("test",)))
    found = fusions(a, b, align(a, b, pairs))
    assert [(f.document, f.claims, f.with_) for f in found] == [("b", ("x1", "x2"), ("c1", "c2"))]


@pytest.mark.real
def test_the_invented_example_gives_its_gold_rows() -> None:
    gold = json.loads(shared_path("design/gold-example.json").read_text("utf-8"))
    rows = align(
        gold_reading(gold, "A"),
        gold_reading(gold, "B"),
        gold_entities(gold, "A", "B"),
        gold_source(gold, "A"),
        gold_source(gold, "B"),
    )
    joined = {(r.a, r.b): (r.relation, r.strength) for r in rows if r.a and r.b}
    assert joined == {
        (("A.c01",), ("B.c02", "B.c01")): ("conflicting", "hard"),
        (("A.c02",), ("B.c03",)): ("equivalent", None),
        (("A.c05",), ("B.c06",)): ("b_more_specific", None),
    }


def _named(*names: str, schema: str = "Company", **claims: Claim) -> Reading:
    entities = tuple(Entity(id=name, schema=schema, caption=name, names=(name,)) for name in names)
    return replace(reading(*claims.values()), entities=entities)


def _same(*names: str) -> list[EntityPair]:
    return [EntityPair(a=(name,), b=(name,), verdict="same", reasons=("test",)) for name in names]


def test_reports_are_acquainted_by_the_share_of_names_and_countries_do_not_count() -> None:
    a, b = _named("depot", "brewery", "harbour", "mill"), _named("depot", "quarry", "ferry", "tannery", "kiln")
    assert acquaintance(a, b, _same("depot")) == 0.25
    assert acquaintance(a, b, []) == 0.0
    assert acquaintance(a, _named(), []) == 1.0
    there, here = _named("Poland", "Gdynia", schema="Address"), _named("Poland", "Lublin", schema="Address")
    assert acquaintance(there, here, _same("Poland")) == 0.0
    assert acquaintance(there, there, _same("Poland", "Gdynia")) == 1.0


def _speaking_of(*figures: str, people: tuple[str, ...] = (), firms: tuple[str, ...] = (), others: int = 8) -> Reading:
    """A reading that names these, so many others of its own, and these sums and counts."""
    own = tuple(f"{'BCDFGHKLMN'[n]}a{'rtv'[others % 3]}ax{others}" for n in range(others))
    named = [(name, "Person") for name in people] + [(name, "Company") for name in (*firms, *own)]
    entities = tuple(Entity(id=name, schema=kind, caption=name, names=(name,)) for name, kind in named)
    numbers = tuple(
        Mention(
            id=f"m{n}", start=0, end=1, text="x", type="quantity", normal=each, rules=("test",), confidence="likely"
        )
        for n, each in enumerate(figures)
    )
    return replace(reading(), entities=entities, mentions=numbers)


def test_long_reports_of_one_affair_are_acquainted_by_what_hardly_meets_by_chance() -> None:
    def met(here: Reading, there: Reading) -> float:
        return acquaintance(here, there, _same("Anna Keller"))

    a, b = _speaking_of(people=("Anna Keller",)), _speaking_of(people=("Anna Keller",), others=9)
    assert met(a, b) == pytest.approx(0.4)  # somebody by both names, beside one name of nine
    of_sum = [_speaking_of(figure, people=("Anna Keller",)) for figure in ("31400 EUR", "31400 USD")]
    assert met(*of_sum) == pytest.approx(0.6)  # and a sum
    for figure in ("31400 EUR", "100 t", "2031"):
        held = [_speaking_of(figure, others=n) for n in (8, 9)]
        assert acquaintance(*held, []) == pytest.approx({"31400 EUR": 0.3, "100 t": 0.0, "2031": 0.1}[figure])


def test_names_spelled_alike_are_one_in_two_reports_unless_rules_know_them_to_be_two() -> None:
    def one(here: Entity, there: Entity) -> bool:
        a, b = (replace(reading(), entities=(each,)) for each in (here, there))
        left, right = identities([], a, b)
        return bool(left) and left.get(here.id) == right.get(there.id)

    def of(name: str, schema: str) -> Entity:
        return Entity(id=f"{name} {schema}", schema=schema, caption=name, names=(name,))

    assert one(of("Rowan Veltry", "Organization"), of("Rowan Veltry", "Person"))
    assert not one(of("Veltry", "Address"), of("Veltry", "Organization"))  # a town and the paper called after it
    assert not one(of("Veltry Bank", "Company"), of("Veltry Trade", "Company"))


def _quoted(words: str) -> Quote:
    return Quote(exact=words, prefix="", suffix="", start=0, end=len(words))


def test_two_events_of_one_kind_are_told_in_the_same_words_and_stay_apart() -> None:
    fire = claim(
        quote=_quoted("firefighters fought the blaze in the mill"),
        subject=Slot(text="firefighters", start=0, end=9),
        predicate=Predicate(text="fought", lemma="fight", class_="fight"),
        object=Slot(text="the blaze", start=27, end=36),
        others=(),
        time=None,
        quantities=(),
    )
    words = _quoted("firefighters fought a barn in flames by the quarry")
    other = replace(fire, id="x1", quote=words, object=Slot(text="a barn in flames", start=27, end=36))
    a, b = _named("mill", one=fire), _named("quarry", two=other)
    joined = [each for each in align(a, b, []) if each.a and each.b]
    met = [each for each in align(a, _named("mill", two=other), _same("mill")) if each.a and each.b]
    assert (len(joined), len(met)) == (0, 1)


def test_what_merely_is_something_else_is_no_row() -> None:
    def what_it_is(attribute: str, identity: str, polarity: Polarity = "+") -> Claim:
        return claim(
            identity,
            quote=_quoted(f"The depot is {attribute}"),
            predicate=Predicate(text="is", lemma="be", class_="exist"),
            object=Slot(text=attribute, start=27, end=27 + len(attribute)),
            others=(),
            time=None,
            quantities=(),
            polarity=polarity,
        )

    rows = align(reading(what_it_is("old", "c1")), reading(what_it_is("near the river", "x1", "-")), BOTH)
    assert not [each for each in rows if each.a and each.b]
    rows = align(reading(what_it_is("old", "c1")), reading(what_it_is("old", "x1", "-")), BOTH)
    assert [each.strength for each in rows if each.a and each.b] == ["hard"]


def test_a_passive_is_the_same_deed_told_from_its_end() -> None:
    told = claim(object=Slot(text="the brewery", start=27, end=38, entity="brewery"), others=())
    passive = replace(
        told,
        subject=Slot(text="the brewery", start=0, end=9, entity="brewery"),
        object=None,
        others=(Other(role="by", text="the depot", entity="depot"),),
    )
    assert row(told, passive).relation == "equivalent"


def test_words_after_at_are_no_two_places_on_a_map() -> None:
    deep = claim(place="a depth of ten metres")
    assert row(deep, claim(place="the second gate")).strength is None
    at = {"place": "Brest", "place_entity": "depot"}
    assert row(claim(**at), claim(place="Lublin", place_entity="harbour")).strength == "hard"


def test_a_rounded_number_is_no_conflict() -> None:
    rough = (Quantity(text="6 miles", value=6, unit="mile", role="of"),)
    fine = (Quantity(text="6.2 miles", value=6.2, unit="mile", role="of"),)
    other = (Quantity(text="7.2 miles", value=7.2, unit="mile", role="of"),)
    assert row(claim(quantities=rough), claim(quantities=fine)).relation == "b_more_specific"
    assert row(claim(quantities=rough), claim(quantities=other)).strength == "hard"
