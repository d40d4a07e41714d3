"""A report's claims and quotations against letters in another language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leakdesk.claims.check import check, check_claim
from leakdesk.claims.passages import Letter
from leakdesk.claims.quotes import LetterText, check_quotation
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Attribution, Claim, Predicate, Quantity, Quote, Reading, Slot
from leakdesk.model.comparison import CheckedClaim
from leakdesk.model.document import Role, Segment
from leakdesk.model.entity import Entity, Mention
from leakdesk.model.ids import text_sha256
from leakdesk.testing import LettersInMemory

TEXT = "The Lindmoor depot repaired 14 engines for the harbour"


def claim(**changes: object) -> Claim:
    base = Claim(
        id="c1",
        quote=Quote(exact=TEXT, prefix="", suffix="", start=0, end=len(TEXT)),
        subject=Slot(text="The Lindmoor depot", start=0, end=18, entity="e1"),
        predicate=Predicate(text="repaired", lemma="repair", class_="repair"),
        object=Slot(text="14 engines", start=28, end=38),
        quantities=(Quantity(text="14 engines", value=14, unit="engine", role="of"),),
        sentence=TEXT,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def reading(*claims: Claim, attributions: tuple[Attribution, ...] = ()) -> Reading:
    entity = Entity(id="e1", schema="Company", caption="Lindmoor depot", names=("Lindmoor depot", "Lindmoor"))
    return Reading(
        text=TEXT, sha256=text_sha256(TEXT), languages=("en",), segments=(), mentions=(), entities=(entity,), references=(),
        attributions=attributions, claims=claims,
    )  # fmt: skip


def letter(
    text: str, identity: str = "d1", numbers: tuple[tuple[str, str], ...] = (), segments: tuple[Segment, ...] = ()
) -> Letter:
    """`numbers` are (words in the text, normal form)."""
    mentions = tuple(
        Mention(id=f"m{i}", start=text.index(words), end=text.index(words) + len(words), text=words, type="quantity", normal=normal, rules=("t",), confidence="likely")
        for i, (words, normal) in enumerate(numbers)
    )  # fmt: skip
    return Letter(document=identity, text=text, language="ru", mentions=mentions, segments=segments)


def verdict(*letters: Letter, **changes: object) -> CheckedClaim:
    one = claim(**changes)
    return check_claim(one, reading(one), LettersInMemory(letters))


FOURTEEN = (("14 двигателей", "14 engine"),)


def test_a_letter_in_another_language_supports() -> None:
    found = verdict(letter("Депо Линдмур отремонтировало 14 двигателей.", numbers=FOURTEEN))
    assert found.verdict == "supports"
    assert found.passages[0].text == "Депо Линдмур отремонтировало 14 двигателей."
    assert found.passages[0].slots["quantity"] == "equal"


def test_another_number_contradicts_and_says_which() -> None:
    found = verdict(letter("Депо Линдмур отремонтировало 41 двигатель.", numbers=(("41 двигатель", "41 engine"),)))
    assert found.verdict == "contradicts"
    assert found.reasons == ("quantity: the letter has “41 двигатель”",)


def test_up_to_is_not_by() -> None:
    share = claim(
        predicate=Predicate(text="raise", lemma="raise", class_="increase"), object=Slot(text="its share", start=0, end=9),
        quantities=(Quantity(text="to 50 %", value=50, unit="percent", role="to"),),
    )  # fmt: skip
    text = "Депо Линдмур увеличит долю на 50 %."
    at = text.index("50 %")
    mention = Mention(
        id="m", start=at, end=at + 4, text="50 %", type="percent", normal="50", rules=("t",), confidence="likely"
    )
    found = check_claim(share, reading(share), LettersInMemory((replace(letter(text), mentions=(mention,)),)))
    assert found.verdict == "contradicts"


@pytest.mark.parametrize(
    "text", ["Депо Линдмур не ремонтировало двигатели.", "Депо Линдмур отремонтировало двигатели. Это не так."]
)
def test_a_denial_in_the_sentence_or_right_after_it_contradicts(text: str) -> None:
    assert verdict(letter(text), quantities=()).verdict == "contradicts"


def test_a_plan_supports_only_partly() -> None:
    found = verdict(letter("Депо Линдмур планирует отремонтировать 14 двигателей.", numbers=FOURTEEN))
    assert found.verdict == "partly"
    assert "plan" in found.reasons[0]


def test_silence_says_how_much_was_searched() -> None:
    one = claim()
    found = check_claim(one, reading(one), LettersInMemory((letter("Обед в столовой был холодный."),), unreadable=3))
    assert (found.verdict, found.searched, found.unreadable) == ("silent", 1, 3)


def test_a_quoted_reply_is_counted_once() -> None:
    said = "Депо Линдмур отремонтировало 14 двигателей."
    reply = f"Спасибо.\n> {said}\n"
    quoted = letter(reply, "d2", segments=(
        Segment(start=0, end=9, role=Role.BODY, language="ru"), Segment(start=9, end=len(reply), role=Role.QUOTED, language="ru")))  # fmt: skip
    found = verdict(letter(said, "d1", FOURTEEN), quoted)
    assert [p.document for p in found.passages if said in p.text] == ["d1"]


def test_a_quoted_reply_speaks_where_the_original_is_not_held() -> None:
    reply = "Спасибо.\n> Депо Линдмур отремонтировало 14 двигателей.\n"
    quoted = letter(reply, "d2", FOURTEEN, segments=(
        Segment(start=0, end=9, role=Role.BODY, language="ru"), Segment(start=9, end=len(reply), role=Role.QUOTED, language="ru")))  # fmt: skip
    assert verdict(quoted).verdict == "supports"


def test_a_neighbouring_thing_is_no_support() -> None:
    assert verdict(letter("Депо Линдмур отремонтировало крышу склада."), quantities=()).verdict == "silent"


def test_an_opinion_cannot_be_checked() -> None:
    assert verdict(letter("Обед был холодный."), origin="opinion").verdict == "not_checkable"


def test_what_a_witness_says_is_checked_like_anything_else() -> None:
    said = letter("Депо Линдмур отремонтировало 14 двигателей.", numbers=FOURTEEN)
    assert verdict(said, origin="witness").verdict == "supports"
    lone = verdict(letter("Обед был холодный."), origin="witness")
    assert (lone.verdict, "witness" in lone.reasons[0]) == ("silent", True)


VALVES = "Уважаемые коллеги! Мы могли бы поставить эти клапаны только если придёт лицензия. С уважением."


@pytest.mark.parametrize(
    ("quotation", "expected", "difference"),
    [
        ("Мы могли бы поставить эти клапаны только если придёт лицензия", "found", ""),
        ("Мы могли бы поставить эти клапаны", "truncated", "только"),
        ("Мы могли бы поставить эти трубы только если придёт лицензия", "altered", "клапаны"),
        ("Мы поставить эти клапаны только если придёт лицензия", "truncated", "могли бы"),
        ("Завод закрывается навсегда в понедельник", "absent", "1 documents"),
        ("Да", "absent", "too short"),
    ],
)
def test_a_quotation_is_found_altered_truncated_or_absent(quotation: str, expected: str, difference: str) -> None:
    span = Span(start=0, end=len(quotation), text=quotation)
    found = check_quotation(span, [LetterText(document="d1", text=VALVES, language="ru")], 1, 0)
    assert found.verdict == expected
    assert difference in found.difference


def test_a_new_clause_that_negates_something_else_cuts_nothing() -> None:
    text = "Баржа затонула у причала, людей на ней не было. Баржу поднимем, но не раньше мая."
    held = [LetterText(document="d1", text=text, language="ru")]
    whole, cut = "Баржа затонула у причала", "Баржу поднимем скоро"
    assert check_quotation(Span(start=0, end=len(whole), text=whole), held, 1, 0).verdict == "found"
    short = "Эту Баржу поднимем"
    assert check_quotation(Span(start=0, end=len(short), text=short), held, 1, 0).verdict != "found"
    assert check_quotation(Span(start=0, end=len(cut), text=cut), held, 1, 0).verdict in ("altered", "truncated")


def test_a_found_quotation_points_at_its_exact_place() -> None:
    quotation = "эти\u00a0клапаны только «если» придёт лицензия"
    found = check_quotation(
        Span(start=5, end=5 + len(quotation), text=quotation),
        [LetterText(document="d1", text=VALVES, language="ru")],
        1,
        0,
    )
    assert found.passage is not None
    assert (
        VALVES[found.passage.start : found.passage.end]
        == found.passage.text
        == "эти клапаны только если придёт лицензия"
    )


def test_a_report_without_claims_gives_an_empty_checking() -> None:
    found = check(reading(), LettersInMemory(()))
    assert (found.claims, found.quotations) == ((), ())


def test_letters_that_the_report_never_uses_are_named() -> None:
    used = letter("Депо Линдмур отремонтировало 14 двигателей.", "d1", FOURTEEN)
    unused = replace(letter("Lindmoor got 90,000 florins.", "d2", (("90,000 florins", "90000 XXX"),)), language="en")
    other = letter("Обед в столовой был холодный.", "d3")
    one = claim()
    found = check(reading(one), LettersInMemory((used, unused, other))).unmentioned
    assert [(each.document, each.names) for each in found] == [("d2", ("Lindmoor depot",))]
    assert unused.text[found[0].start : found[0].end] == found[0].text


NO_LATHE = {
    "predicate": Predicate(text="has", lemma="have", class_="have"),
    "object": Slot(text="no five-axis lathe", start=0, end=18),
    "quantities": (),
    "polarity": "-",
}


@pytest.mark.parametrize(
    "text", ["Депо Линдмур ищет пятикоординатный станок.", "Депо Линдмур предлагает пятикоординатный станок."]
)
def test_whoever_looks_for_a_thing_or_offers_it_does_not_say_that_it_is_there(text: str) -> None:
    assert verdict(letter(text), **NO_LATHE).verdict != "contradicts"


def test_a_thing_that_is_named_as_missing_supports_that_there_is_none() -> None:
    assert verdict(letter("У депо Линдмур нет пятикоординатного станка."), **NO_LATHE).verdict == "supports"
    assert verdict(letter("У депо Линдмур есть пятикоординатный станок."), **NO_LATHE).verdict == "contradicts"


def test_letters_of_the_house_do_not_crowd_out_the_one_that_tells_of_the_thing() -> None:
    """Candidates are asked for once more without names, script by script."""
    asked: list[set[str]] = []

    class Asked(LettersInMemory):
        def candidates(self, words, limit):
            asked.append(set(words))
            return super().candidates(words, limit)

    one = claim(**NO_LATHE)
    check_claim(one, reading(one), Asked((letter("У депо Линдмур нет пятикоординатного станка."),)))
    assert len(asked) == 3
    assert any("пятикоординатный" in words and "five-axis" not in words for words in asked[1:])
    assert not any(words & asked[0] - asked[1] - asked[2] for words in asked[1:])
