"""Things are tied to those who use, overhaul, make or supply them only by what a claim says, with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leakdesk.model.entity import Mention
from leakdesk.model.ids import text_sha256
from leakdesk.screening.ties import Said, Tie, tie_table, ties_of

TABLE = {row["id"]: row for row in tie_table()}


def _mention(text: str, words: str, type_: str) -> Mention:
    at = text.index(words)
    return Mention(
        id=words,
        start=at,
        end=at + len(words),
        text=words,
        type=type_,
        normal=words,
        rules=(),
        confidence="likely",
        entity=words,
    )  # type: ignore[arg-type]


def _said(text: str) -> Said:
    return Said(id="c1", document="d1", start=0, end=len(text), sentence=text, modality="asserted", denied=False)


def _ties(text: str, things: list[str], bodies: list[str], said: Said | None = None) -> list[Tie]:
    mentions = [_mention(text, each, "equipment") for each in things]
    mentions += [_mention(text, each, "organization") for each in bodies]
    return ties_of(said or _said(text), text, text_sha256(text), mentions)


@pytest.mark.parametrize("relation", TABLE)
def test_each_tie_is_known_in_its_example_and_not_in_its_counter_example(relation: str) -> None:
    row = TABLE[relation]
    thing = "QZ-12" if "QZ-12" in row["example"] else "ЛН-9"
    found = _ties(row["example"], [thing], [row["named"]])
    assert [(tie.relation, tie.thing, tie.holder) for tie in found] == [(relation, thing, row["named"])]
    assert row["example"][found[0].anchor.start : found[0].anchor.end] == found[0].anchor.exact
    counter = row["counter"]
    things = [each for each in ("QZ-12", "ЛН-9") if each in counter]
    body = next(each for each in (row["named"], row["named"].capitalize(), "«Зубр»") if each in counter)
    assert _ties(counter, things, [body]) == []


def test_an_owner_is_not_the_one_who_overhauls() -> None:
    text = "Завод «Зубр» выполняет капитальный ремонт вертолётов ЛН-9 и ЛН-12, принадлежащих полку «Бобр»."
    found = {
        (tie.relation, tie.thing, tie.holder)
        for tie in _ties(text, ["ЛН-9", "ЛН-12"], ["Завод «Зубр»", "полку «Бобр»"])
    }
    assert found == {
        ("overhauls", "ЛН-9", "Завод «Зубр»"), ("overhauls", "ЛН-12", "Завод «Зубр»"),
        ("uses", "ЛН-9", "полку «Бобр»"), ("uses", "ЛН-12", "полку «Бобр»"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Zubr Works overhauls the LN-9 every spring.", "overhauls"),
        ("Zubr Works has joined the light-aircraft project LN-9.", "programme"),
        ("«Зубр» виготовляє LN-9 для себе.", "makes"),
        ("«Зубр» пастаўляе LN-9 у красавіку.", "supplies"),
    ],
)
def test_ties_are_known_in_four_languages(text: str, relation: str) -> None:
    body = "Zubr Works" if "Zubr" in text else "«Зубр»"
    assert [tie.relation for tie in _ties(text, ["LN-9"], [body])] == [relation]


def test_what_is_denied_or_asked_ties_nobody_and_what_is_planned_says_so() -> None:
    text = "Zubr Works repairs the LN-9."
    assert _ties(text, ["LN-9"], ["Zubr Works"], replace(_said(text), denied=True)) == []
    assert _ties(text, ["LN-9"], ["Zubr Works"], replace(_said(text), modality="asked")) == []
    assert [
        tie.modality for tie in _ties(text, ["LN-9"], ["Zubr Works"], replace(_said(text), modality="planned"))
    ] == ["planned"]


def test_the_subject_of_the_claim_stands_in_where_its_words_are_elsewhere() -> None:
    text = "It repairs the LN-9."
    assert _ties(text, ["LN-9"], []) == []
    known = replace(_said(text), subject="e7", subject_name="Zubr Works")
    assert [(tie.holder, tie.name) for tie in _ties(text, ["LN-9"], [], known)] == [("e7", "Zubr Works")]


def test_a_claim_without_a_thing_ties_nobody() -> None:
    assert _ties("Zubr Works repairs the roof.", [], ["Zubr Works"]) == []
