"""A verdict must follow the slots: whatever is changed in a claim that a letter supports takes the support away."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from leakdesk.claims.check import check_claim
from leakdesk.claims.deeds import AMOUNTS
from leakdesk.claims.passages import Letter
from leakdesk.claims.slots import compare_quantities
from leakdesk.claims.views import view
from leakdesk.language.numbers import scales
from leakdesk.model.claim import Claim, Predicate, Quantity, Quote, Reading, Slot
from leakdesk.model.comparison import CheckedClaim
from leakdesk.model.document import Role, Segment
from leakdesk.model.entity import Entity
from leakdesk.testing import LettersInMemory
from tests.claims import scorer
from tests.claims.test_check import claim, letter, reading, verdict
from tests.support.gold import gold_reading

NAMES = scorer.scenarios()
FLIPPED = {"+": "-", "-": "+"}


@cache
def _letters(name: str) -> LettersInMemory:
    return scorer.letters(scorer.scenario(name))


@cache
def _supported(name: str) -> list[tuple[Reading, Claim]]:
    """The annotated claims of a scenario that the letters are found to support."""
    gold = scorer.scenario(name)
    found: list[tuple[Reading, Claim]] = []
    for doc in scorer.docs(gold):
        mine = gold_reading(gold, doc)
        told = [each for each in mine.claims if check_claim(each, mine, _letters(name)).verdict == "supports"]
        found += [(mine, each) for each in told]
    return found


def _changed(mine: Reading, changed: Claim, name: str) -> str:
    return check_claim(changed, mine, _letters(name)).verdict


@pytest.mark.parametrize("name", NAMES)
def test_a_supported_claim_that_is_negated_is_supported_no_more(name: str) -> None:
    for mine, each in _supported(name):
        after = _changed(mine, replace(each, polarity=FLIPPED[each.polarity]), name)
        assert after != "supports", each.quote.exact


@pytest.mark.parametrize("name", NAMES)
def test_a_supported_claim_with_another_number_is_supported_no_more(name: str) -> None:
    for mine, each in _supported(name):
        if each.quantities:
            other = tuple(replace(quantity, value=quantity.value * 3 + 1) for quantity in each.quantities)
            assert _changed(mine, replace(each, quantities=other), name) != "supports", each.quote.exact


@pytest.mark.parametrize("name", NAMES)
def test_a_supported_claim_whose_participants_change_places_says_no_more_than_before(name: str) -> None:
    """Where a letter was read and names both, the swap is contradicted or open; nothing is ever better supported by it."""
    for mine, each in _supported(name):
        seen = view(each, mine, {})
        if not seen.subject or not seen.object or seen.subject.terms == seen.object.terms:
            continue
        if seen.predicate_class in AMOUNTS:
            continue  # "the payment is 85,000" and "85,000 is the payment" are one
        swapped = replace(each, subject=each.object, object=each.subject)
        before, after = (check_claim(one, mine, _letters(name)) for one in (each, swapped))
        if after.verdict == "supports":
            assert _both_named(before) is False, each.quote.exact


def _both_named(found: CheckedClaim) -> bool:
    """Whether the passage that decides has both participants in its own words."""
    slots = found.passages[0].slots
    return slots.get("subject") == "equal" and slots.get("object") == "equal"


def test_some_claims_are_supported_at_all() -> None:
    assert sum(len(_supported(name)) for name in NAMES) >= 30


def _said(text: str, identity: str, words: tuple[str, str, str], ids: tuple[str | None, str | None]) -> Claim:
    """A claim of a whole text: subject, verb (its concept is "sue") and object as they stand in it."""
    subject, verb, thing = words
    return Claim(
        id=identity,
        quote=Quote(exact=text, prefix="", suffix="", start=0, end=len(text)),
        subject=Slot(text=subject, start=text.index(subject), end=text.index(subject) + len(subject), entity=ids[0]),
        predicate=Predicate(text=verb, lemma=verb, class_="sue"),
        object=Slot(text=thing, start=text.index(thing), end=text.index(thing) + len(thing), entity=ids[1]),
        sentence=text,
    )


def test_participants_that_change_places_are_contradicted() -> None:
    """The letter was read: it says who did it to whom."""
    written, told = "Депо Линдмур судит пивоварня Астор.", "The Lindmoor depot sued the Astor brewery"
    inside = _said(written, "l1", ("Депо Линдмур", "судит", "пивоварня Астор"), (None, None))
    one = replace(letter(written), reading=replace(reading(inside), text=written, entities=()))
    straight = _said(told, "c1", ("The Lindmoor depot", "sued", "the Astor brewery"), ("e1", "e2"))
    swapped = replace(straight, subject=straight.object, object=straight.subject)
    brewery = Entity(id="e2", schema="Company", caption="Astor brewery", names=("Astor brewery", "Astor"))
    report = replace(reading(straight), text=told, entities=(*reading(straight).entities, brewery))
    assert check_claim(straight, report, LettersInMemory((one,))).verdict == "supports"
    assert check_claim(swapped, report, LettersInMemory((one,))).verdict == "contradicts"


ASKED = "Прошу отремонтировать 14 двигателей до мая."


def _answer(text: str) -> Letter:
    asked = letter(ASKED, "asked", (("14 двигателей", "14 engine"),))
    return replace(letter(text, "answer"), answers=asked)


def test_a_yes_takes_over_what_was_asked() -> None:
    found = verdict(_answer("Согласны."), subject=None)
    assert found.verdict == "supports"
    assert found.passages[0].document == "answer"


def test_a_no_denies_what_was_asked() -> None:
    assert verdict(_answer("Нет, не можем."), subject=None).verdict == "contradicts"


def test_an_answer_with_words_of_its_own_speaks_for_itself() -> None:
    text = "Да, в мае мы с дочерью едем на море отдыхать."
    assert verdict(_answer(text), subject=None).verdict == "silent"


def _paid(value: float) -> Claim:
    text = f"The Lindmoor depot paid {value:g} florins"
    return Claim(
        id="c1",
        quote=Quote(exact=text, prefix="", suffix="", start=0, end=len(text)),
        subject=Slot(text="The Lindmoor depot", start=0, end=18, entity="e1"),
        predicate=Predicate(text="paid", lemma="pay", class_="pay"),
        object=None,
        quantities=(Quantity(text=f"{value:g} florins", value=value, unit="florin", role="of"),),
        sentence=text,
    )


def _instalments() -> LettersInMemory:
    return LettersInMemory(
        tuple(
            letter(f"{ordinal} платёж депо Линдмур: 85 флоринов.", f"d{number}", (("85 флоринов", "85 florin"),))
            for number, ordinal in enumerate(("Первый", "Второй", "Третий"))
        )
    )


def test_three_equal_payments_come_to_their_sum() -> None:
    one = _paid(255)
    found = check_claim(one, reading(one), _instalments())
    assert found.verdict == "partly"
    assert found.reasons == ("quantity: the letters give 85 + 85 + 85, which come to 255 together",)
    assert {passage.document for passage in found.passages[:3]} == {"d0", "d1", "d2"}


def test_payments_that_come_to_something_else_are_no_sum() -> None:
    one = _paid(260)
    assert "come to" not in " ".join(check_claim(one, reading(one), _instalments()).reasons)


def test_a_price_by_the_piece_is_multiplied() -> None:
    one = _paid(36_000)
    text = "Депо Линдмур платит за 24 станка, цена 1500 флоринов за штуку."
    priced = letter(text, numbers=(("24 станка", "24 machine"), ("1500 флоринов", "1500 florin")))
    assert check_claim(one, reading(one), LettersInMemory((priced,))).verdict == "supports"
    unpriced = letter("Депо Линдмур платит за 24 станка и 1500 флоринов.", numbers=(("1500 флоринов", "1500 florin"),))
    assert check_claim(one, reading(one), LettersInMemory((unpriced,))).verdict != "supports"


def test_digits_in_another_order_are_a_slip_and_contradict() -> None:
    told = claim(predicate=Predicate(text="bought", lemma="buy", class_="buy"))
    turned = letter("Депо Линдмоор: 41 двигатель для порта.", numbers=(("41 двигатель", "41 engine"),))
    other = letter("Депо Линдмоор: 52 двигателя для порта.", numbers=(("52 двигателя", "52 engine"),))
    assert check_claim(told, reading(told), LettersInMemory((turned,))).verdict == "contradicts"
    assert check_claim(told, reading(told), LettersInMemory((other,))).verdict != "contradicts"


def test_a_request_does_not_say_that_it_is_so() -> None:
    text = "Просим депо Линдмур отремонтировать двигатели."
    assert verdict(letter(text), polarity="-", quantities=()).verdict != "contradicts"
    assert verdict(letter("Депо Линдмур отремонтировало двигатели."), polarity="-", quantities=()).verdict == (
        "contradicts"
    )


def test_the_other_way_round_is_no_denial() -> None:
    """Whoever denies to have sold is not contradicted by having bought."""
    sold = Predicate(text="sold", lemma="sell", class_="sell")
    bought = letter("Депо Линдмур купило двигатели.")
    shipped = letter("Депо Линдмур отгрузило двигатели.")
    assert verdict(bought, predicate=sold, polarity="-", quantities=()).verdict != "contradicts"
    assert verdict(shipped, predicate=sold, polarity="-", quantities=()).verdict == "contradicts"


def test_almost_says_of_a_number_alone_that_it_is_less() -> None:
    text = "The Lindmoor depot repaired almost 14 engines for the harbour"
    quote = Quote(exact=text, prefix="", suffix="", start=0, end=len(text))
    found = verdict(
        letter("Депо Линдмур отремонтировало 14 двигателей.", numbers=(("14 двигателей", "14 engine"),)), quote=quote
    )
    assert found.verdict == "supports"


@pytest.mark.parametrize(
    "text",
    [
        "Депо Линдмур отгружать двигатели нельзя.",
        "З депо Линдмур двигатели отгружать нельзя.",
        "Депо Линдмур двигатели отгружать запрещено, ждите.",
    ],
)
def test_what_must_not_be_is_said_behind_the_deed_too(text: str) -> None:
    claims = {"predicate": Predicate(text="ship", lemma="ship", class_="ship"), "polarity": "-", "quantities": ()}
    letters = letter(text)
    assert verdict(letters, **claims).verdict == "supports"


def test_a_negation_in_another_clause_says_nothing_of_the_deed() -> None:
    found = verdict(
        letter(
            "Ждать больше нельзя, депо Линдмур отремонтировало 14 двигателей.",
            numbers=(("14 двигателей", "14 engine"),),
        )
    )
    assert found.verdict == "supports"


@pytest.mark.parametrize(
    ("written", "said"), [("31,240 tonnes", "31 thousand tonnes"), ("1,920,000 euros", "1.92 million euros")]
)
def test_a_number_in_round_words_is_the_exact_one(written: str, said: str) -> None:
    value = float(said.split(maxsplit=1)[0]) * scales()[said.split()[1]]
    unit = said.rsplit(maxsplit=1)[-1]
    rough = Quantity(text=said, value=value, unit=unit, role="of")
    fine = Quantity(text=written, value=float(written.split(maxsplit=1)[0].replace(",", "")), unit=unit, role="of")
    assert compare_quantities((rough,), (fine,)) in ("equal", "broader")
    assert compare_quantities((rough,), (replace(fine, value=fine.value * 1.1),)) == "disjoint"


def test_a_number_that_another_one_equals_conflicts_with_no_third() -> None:
    def people(value: float, unit: str) -> Quantity:
        return Quantity(text=f"{value:g} {unit}", value=value, unit=unit, role="count")

    of_900 = (people(900, "people"), people(300, "worker"))
    assert compare_quantities(of_900, (people(300, "employee"),)) == "missing"
    assert compare_quantities(of_900, (people(310, "people"),)) == "disjoint"
    assert compare_quantities((people(2.5, "times"),), (people(2.5, "раза"),)) == "equal"


def test_what_nearly_happened_is_not_supported() -> None:
    text = "The Lindmoor depot nearly repaired 14 engines for the harbour"
    quote = Quote(exact=text, prefix="", suffix="", start=0, end=len(text))
    found = verdict(
        letter("Депо Линдмур отремонтировало 14 двигателей.", numbers=(("14 двигателей", "14 engine"),)), quote=quote
    )
    assert found.verdict != "supports"


def test_a_subject_line_is_shown_and_decides_nothing() -> None:
    text = "From: a\nSubject: Депо Линдмур отремонтировало двигатели\n\nПривет, как дела?"
    body = text.index("Привет")
    segments = (
        Segment(start=0, end=body, role=Role.HEADER, language="und"),
        Segment(start=body, end=len(text), role=Role.BODY, language="ru"),
    )
    found = verdict(letter(text, segments=segments), quantities=())
    assert found.verdict == "silent"
    assert found.passages[0].text == "Депо Линдмур отремонтировало двигатели"


@pytest.mark.parametrize(
    "text",
    [
        "Депо Линдмур ремонтирует насосы ТВ-3.",  # another thing with a designation
        "Депо Астор отремонтировало причал.",  # somebody else, something else
    ],
)
def test_similar_letters_are_no_support(text: str) -> None:
    assert verdict(letter(text), quantities=()).verdict != "supports"


def test_who_was_dismissed_did_not_resign() -> None:
    text = "Oskar Velin resigned in May"
    one = claim(
        quote=Quote(exact=text, prefix="", suffix="", start=0, end=len(text)),
        subject=Slot(text="Oskar Velin", start=0, end=11),
        predicate=Predicate(text="resigned", lemma="resign", class_="resign"),
        object=None,
        quantities=(),
        sentence=text,
    )
    held = LettersInMemory((letter("Оскар Велин уволен с 19 мая за прогул."),))
    assert check_claim(one, reading(one), held).verdict == "contradicts"
    assert (
        check_claim(one, reading(one), LettersInMemory((letter("Оскар Велин уволился 19 мая."),))).verdict == "supports"
    )
