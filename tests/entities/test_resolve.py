"""Mentions become entities, contradictions split, and people have the last word."""

from __future__ import annotations

import random

from leakdesk.entities import compare_people, people
from leakdesk.entities.align import align_entities, explain
from leakdesk.entities.described import schema_of
from leakdesk.entities.judgements import Decision
from leakdesk.entities.rarity import frequent_surnames
from leakdesk.entities.relatives import is_beside_family_word
from leakdesk.entities.resolve import group
from leakdesk.model.anchor import Anchor
from leakdesk.model.entity import Judgement, Mention, MentionType


def mentions(document: str, *texts: str, type_: MentionType = "person", gap: int = 20) -> list[Mention]:
    found: list[Mention] = []
    at = 0
    for number, text in enumerate(texts):
        found.append(
            Mention(
                id=f"{document}.{number}", start=at, end=at + len(text), text=text, type=type_, normal=text, rules=("test",), confidence="likely"
            )
        )  # fmt: skip
        at += len(text) + gap
    return found


def anchor(document: str, mention: Mention) -> Anchor:
    return Anchor(
        exact=mention.text,
        prefix="",
        suffix="",
        start=mention.start,
        end=mention.end,
        document=document,
        text_sha256="x",
    )


def names(found: object) -> list[tuple[str, ...]]:
    return [entity.names for entity in found.entities]  # type: ignore[attr-defined]


def test_one_person_in_two_documents_and_languages() -> None:
    found = group(
        {
            "a": mentions("a", "Олег Сергеевич Горбачёв", "Горбачёв", "О. С. Горбачёв"),
            "b": mentions("b", "Aleh Harbachou"),
        }
    )
    assert len(found.entities) == 1
    assert found.entities[0].caption == "Олег Сергеевич Горбачёв"
    assert set(found.entity_of) == {("a", "a.0"), ("a", "a.1"), ("a", "a.2"), ("b", "b.0")}


def test_a_surname_alone_joins_nobody_in_another_document() -> None:
    found = group({"a": mentions("a", "Олег Горбачёв"), "b": mentions("b", "Горбачёв")})
    assert len(found.entities) == 2
    assert found.entities[0].suggestions[0].with_ == found.entities[1].id


def test_a_surname_beside_two_bearers_stays_open() -> None:
    found = group({"a": mentions("a", "Олег Горбачёв", "Ольга Горбачёва", "Горбачёва")})
    assert len(found.entities) == 3


def test_no_transitive_nonsense() -> None:
    found = group(
        {
            "a": mentions("a", "Иванов Сергей Петрович"),
            "b": mentions("b", "Сергей Иванов"),
            "c": mentions("c", "Иванов Сергей Павлович"),
        }
    )
    assert len(found.entities) == 3
    middle = found.entities[1]
    assert {each.with_ for each in middle.suggestions} == {found.entities[0].id, found.entities[2].id}


def test_order_of_mentions_in_a_document_changes_nothing() -> None:
    texts = [
        "Иванов Сергей Петрович",
        "Сергей Иванов",
        "Aleh Harbachou",
        "Олег Горбачёв",
        "Горбачёв",
        "О. Горбачёв",
        "Пётр Сидорчук",
    ]
    first = mentions("a", *texts)
    shuffled = list(first)
    random.Random(3).shuffle(shuffled)
    assert group({"a": first}) == group({"a": shuffled})


def test_positive_negative_and_the_last_word() -> None:
    a, b = mentions("a", "Олег Горбачёв"), mentions("b", "Aleh Harbachou")
    where = {"left": anchor("a", a[0]), "right": anchor("b", b[0])}
    apart = Decision(**where, judgement=Judgement.NEGATIVE)
    assert len(group({"a": a, "b": b}).entities) == 1
    divided = group({"a": a, "b": b}, [apart])
    assert len(divided.entities) == 2 and not divided.entities[0].suggestions
    assert divided.explain("e1", "e2").reasons[0] == "kept apart by a person's judgement"
    assert len(group({"a": a, "b": b}, [apart, Decision(**where, judgement=Judgement.NO_JUDGEMENT)]).entities) == 1
    assert len(group({"a": a, "b": b}, [Decision(**where, judgement=Judgement.UNSURE)]).entities) == 2


def test_a_merge_against_the_rules_holds_and_a_negative_blocks_it() -> None:
    a, b, c = mentions("a", "Пётр Сидорчук"), mentions("b", "Олег Горбачёв"), mentions("c", "Aleh Harbachou")
    merge = Decision(left=anchor("a", a[0]), right=anchor("b", b[0]), judgement=Judgement.POSITIVE)
    assert ("Олег Горбачёв", "Пётр Сидорчук") in names(group({"a": a, "b": b}, [merge]))
    block = Decision(left=anchor("a", a[0]), right=anchor("c", c[0]), judgement=Judgement.NEGATIVE)
    found = group({"a": a, "b": b, "c": c}, [merge, block])
    assert found.entity_of["a", "a.0"] != found.entity_of["c", "c.0"]


def test_judgements_survive_moved_offsets_and_lost_ones_are_named() -> None:
    a, b = mentions("a", "Олег Горбачёв"), mentions("b", "Aleh Harbachou")
    moved = Anchor(exact="Олег Горбачёв", prefix="", suffix="", start=900, end=913, document="a", text_sha256="old")
    gone = Anchor(exact="Nobody", prefix="", suffix="", start=0, end=6, document="zz", text_sha256="old")
    assert (
        len(
            group(
                {"a": a, "b": b}, [Decision(left=moved, right=anchor("b", b[0]), judgement=Judgement.NEGATIVE)]
            ).entities
        )
        == 2
    )
    lost = Decision(left=gone, right=moved, judgement=Judgement.NEGATIVE)
    assert group({"a": a, "b": b}, [lost]).lost_decisions == (lost,)


def test_ids_live_on_and_redirect_after_a_merge() -> None:
    a, b = mentions("a", "Олег Горбачёв"), mentions("b", "Пётр Сидорчук")
    born = group({"a": a, "b": b}, earlier={})
    again = group({"a": a, "b": b, "c": mentions("c", "Aleh Harbachou")}, earlier=born.entity_of)
    assert again.entity_of["a", "a.0"] == born.entity_of["a", "a.0"] == again.entity_of["c", "c.0"]
    merge = Decision(left=anchor("a", a[0]), right=anchor("b", b[0]), judgement=Judgement.POSITIVE)
    merged = group({"a": a, "b": b}, [merge], earlier=born.entity_of)
    kept = merged.entities[0].id
    assert {kept, *merged.redirects} == {entity.id for entity in born.entities}
    assert set(merged.redirects.values()) == {kept}


def test_an_acronym_joins_where_the_text_defines_it() -> None:
    found = group({"a": mentions("a", "Минский тракторный завод", "МТЗ", type_="organization", gap=2)})
    assert len(found.entities) == 1
    apart = group(
        {
            "a": mentions("a", "Минский тракторный завод", type_="organization"),
            "b": mentions("b", "МТЗ", type_="organization"),
        }
    )
    assert len(apart.entities) == 2


def test_schemata_and_weak_singles() -> None:
    assert schema_of("equipment", ("Ми-8",)) == "Airplane" and schema_of("equipment", ("Т-72",)) == "Vehicle"
    assert (
        schema_of("organization", ("Министерство обороны",)) == "PublicBody"
        and schema_of("organization", ("ООО «Ромашка»",)) == "Company"
    )
    weak = [
        Mention(id="m", start=0, end=4, text="Олег", type="person", normal="Олег", rules=("test",), confidence="check")
    ]
    assert not group({"a": weak}, hide_weak=True).entities[0].shown and group({"a": weak}).entities[0].shown


def test_relatives_are_protected() -> None:
    for text, name in (
        ("his wife Olga Petrova", "Olga Petrova"),
        ("Дачка Пятрова Вольга", "Пятрова Вольга"),
        ("дружина Петрова Ольга", "Петрова Ольга"),
    ):
        start = text.index(name)
        assert is_beside_family_word(text, start, start + len(name))
    assert not is_beside_family_word("The director. Olga Petrova", 14, 26)
    found = group({"a": mentions("a", "Olga Petrova")}, protected=frozenset({("a", "a.0")}))
    assert found.roles == {"e1": "protected"}


def test_two_readings_are_aligned() -> None:
    left = group({"a": [*mentions("a", "Олег Горбачёв"), *mentions("a2", "Ми-8", type_="equipment")]})
    right = group(
        {
            "b": [
                *mentions("b", "Aleh Harbachou"),
                *mentions("b2", "Mi-8", type_="equipment"),
                *mentions("b3", "Mi-28", type_="equipment"),
            ]
        }
    )
    rows = align_entities(left.entities, right.entities)
    assert [(verdict, len(a), len(b)) for a, b, verdict, _ in rows] == [("same", 1, 1), ("same", 1, 1)]
    assert explain(left.entities[0], right.entities[1]).verdict == "different"


def test_what_many_people_of_a_case_bear_proves_little() -> None:
    """Counted are people, not mentions; several Грибовецкий make the surname frequent in the case, one named thrice does not."""
    family = ["Олег Грибовецкий", "Павел Грибовецкий", "Андрей Грибовецкий", "Анна Грибовецкая"]
    assert not frequent_surnames(["Олег Грибовецкий", "Алег Грыбавецкі", "О. Грибовецкий", "Грибовецкий"])
    frequent = frequent_surnames(family)
    assert frequent
    slip = people.parse("Олег Грибовецкий"), people.parse("Олег Гибовецкий")
    assert compare_people.judge(*slip).verdict == "same"
    assert compare_people.judge(*slip, frequent=frequent).verdict == "possible"
    bare = people.parse("Грибовецкий"), people.parse("Грыбавецкі")
    assert compare_people.judge(*bare).verdict == "same"
    assert compare_people.judge(*bare, frequent=frequent).verdict == "possible"
