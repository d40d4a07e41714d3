"""The road of the goods: three roads are reconstructed exactly as their gold says; every rule knows its example and not its
counter-example; and no sentence says that anybody broke a rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
from bench.roads import letter, written

from leakdesk.model.ids import text_sha256
from leakdesk.screening.flags import flag_table, words_fit
from leakdesk.screening.routes import Chain, chains, countries_in
from leakdesk.screening.steps import Letter, field_table, in_field, rule_fits, step_table
from leakdesk.screening.sums import sums


def _demo() -> list[Letter]:
    from leakdesk.demo.cast import canonical_cast
    from leakdesk.demo.story import Story
    from leakdesk.demo.wording import Wording

    told = Story(Wording(canonical_cast())).letters
    made: list[Letter] = []
    for one in told.values():
        root = one
        while root.reply:
            root = told[root.reply]
        to = [contact.address for contact in (*one.to, *one.cc, *one.bcc)]
        day = one.moment.date().isoformat()
        made.append(
            letter(
                one.key,
                root.key,
                day,
                one.sender.address,
                to,
                one.subject,
                one.own,
                one.moment.astimezone(UTC).isoformat(),
            )
        )
    return made


def _told(chain: Chain) -> dict[str, Any]:
    return {
        "goods": chain.goods,
        "countries": list(chain.countries),
        "amounts": list(chain.amounts),
        "flags": [flag.id for flag in chain.flags],
        "steps": [[step.document, step.kind, step.status, step.day] for step in chain.steps],
    }


def _sorted(chain: dict[str, Any]) -> dict[str, Any]:
    order = sorted(chain["steps"], key=lambda step: (step[3], step[0], step[1]))
    return {**chain, "steps": order, "flags": sorted(chain["flags"])}


@pytest.mark.parametrize("name", ["dealer", "plain", "gobetween"])
def test_an_invented_road_is_reconstructed_exactly(name: str) -> None:
    letters, gold = written(name)
    assert [_sorted(_told(chain)) for chain in chains(letters)] == [_sorted(chain) for chain in gold]


def test_the_road_of_the_demo_is_reconstructed_exactly() -> None:
    _, gold = written("demo")
    found = [_sorted(_told(chain)) for chain in chains(_demo())]
    assert found == [_sorted(chain) for chain in gold]


@pytest.mark.parametrize("rule", [row["id"] for row in step_table()])
def test_each_rule_of_steps_knows_its_example_and_not_its_counter_example(rule: str) -> None:
    row = next(each for each in step_table() if each["id"] == rule)
    assert rule_fits(rule, row["example"])
    assert not rule_fits(rule, row["counter"])


@pytest.mark.parametrize("name", field_table())
def test_each_field_knows_its_words_in_four_languages_and_not_what_looks_like_one(name: str) -> None:
    row = field_table()[name]
    assert [in_field(name, example) for example in row["example"]] == [True] * 4
    assert not in_field(name, row["counter"])


def test_rules_speak_of_fields_that_exist() -> None:
    named = {name for row in step_table() for each in row.get("all", ()) for name in each.split("|")}
    named |= {name for row in step_table() for name in row.get("none", ())}
    assert named - {"amount", "goods", "question"} == set(field_table()), "a field without a rule says nothing"


def test_an_answer_is_one_only_after_the_question() -> None:
    asked = letter(
        "q", "t", "2031-05-02", "a@yard.example", ["b@mill.example"], "Bearings", "What will you use them for?"
    )
    told = letter(
        "r", "t", "2031-05-03", "b@mill.example", ["a@yard.example"], "Re: Bearings", "Для ремонта тракторов."
    )
    both = [(step.document, step.kind, step.status) for chain in chains([asked, told]) for step in chain.steps]
    assert both == [("q", "end_use", "asked"), ("r", "end_use", "stated")]
    assert [chain.steps for chain in chains([told])] == []


@pytest.mark.parametrize("flag", [row["id"] for row in flag_table() if "words" in row])
def test_words_of_a_flag_do_not_stand_in_its_counter_example(flag: str) -> None:
    row = next(each for each in flag_table() if each["id"] == flag)
    assert not words_fit(flag, row["counter"]) or row["test"] == "transit"


def test_every_flag_has_its_source_and_its_question_and_asserts_nothing() -> None:
    for row in flag_table():
        assert row["reference"] and row["ask"].endswith("?") and row["counter"]
        assert not re.search(
            r"\b(?:breach|violat|illegal|crime|evad|guilty|smuggl)\w*", f"{row['says']} {row['ask']}", re.IGNORECASE
        )


def test_every_step_and_flag_stands_on_exact_words() -> None:
    letters, _ = written("dealer")
    texts = {each.document: each.text for each in letters}
    chain = chains(letters)[0]
    anchors = [step.anchor for step in chain.steps] + [anchor for flag in chain.flags for anchor in flag.anchors]
    assert anchors and all(texts[each.document][each.start : each.end] == each.exact for each in anchors)


def _with_paper(paper: str, *, inside: bool = False) -> Chain:
    to = ["b@yard.example" if inside else "b@mill.example"]
    bearer = letter("l1", "t1", "2031-05-02", "a@yard.example", to, "Bearings", "Papers for the bearings attached.")
    carried = replace(
        bearer,
        document="p1",
        text=paper,
        text_sha256=text_sha256(paper),
        own=((0, len(paper)),),
        subject="",
        carrier="l1",
    )
    return chains([carried, bearer])[0]


def test_an_attached_contract_is_a_step_that_is_stated_and_not_done() -> None:
    paper = "ДОГОВОР ПОСТАВКИ № 8/К\nСтороны заключили настоящий договор: подшипники, 40 шт., 18 000 евро."
    for inside in (False, True):
        chain = _with_paper(paper, inside=inside)
        assert [(step.document, step.kind, step.status) for step in chain.steps] == [("p1", "order", "stated")]
        assert chain.amounts == ("18000 EUR",)
    # The same words in a letter itself are somebody speaking of a contract.
    said = letter("l1", "t1", "2031-05-02", "a@yard.example", ["b@mill.example"], "Bearings", paper)
    assert not any(step.rule == "contract-attached" for chain in chains([said]) for step in chain.steps)


def test_what_an_attached_invoice_comes_to_is_an_amount_of_the_chain() -> None:
    chain = _with_paper(
        "INVOICE No. 77\nItem\tQty\tPrice, EUR\tAmount, EUR\nBearing\t4\t115\t460\nShaft\t1\t90\t90\nTotal\t\t\t550\n"
    )
    assert [(step.kind, step.status) for step in chain.steps] == [("payment", "asked")]
    assert chain.amounts == ("550 EUR",)
    assert chain.countries == ()


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("Ставка\tСумма, руб.\nАренда\t1200\nИтого\t1200\n", ["1200 RUB"]),
        ("Найменування\tСума, євро\nМуфта\t5160\n", ["5160 EUR"]),
        ("Item\tAmount USD\nA\t5\nB\t6\n", []),  # nobody says what it comes to
        ("Item\tCount\nA\t5\nTotal\t5\n", []),  # no money
        ("no table at all, 5 USD", []),
    ],
)
def test_a_table_comes_to_what_it_says(table: str, found: list[str]) -> None:
    assert list(sums(table)) == found


def test_a_currency_names_no_country() -> None:
    assert countries_in("Цена 1 840 000 долларов США, оплата в Польше") == {"pl"}
    assert countries_in("Прайс в долл. США") == set()
