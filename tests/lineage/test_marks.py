"""What a report says of its own making: each rule holds for its example and not for its counter-example."""

from __future__ import annotations

import pytest

from leakdesk.lineage.marks import agency_tags, marks, rules
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text

ALL = [(kind, rule) for kind in ("translation", "earlier", "correction") for rule in rules(kind)]


@pytest.mark.parametrize(("kind", "rule"), ALL, ids=lambda each: getattr(each, "id", each))
def test_each_rule_knows_its_example_and_refuses_its_counter_example(kind: str, rule: object) -> None:
    assert rule.pattern.search(rule.example)  # type: ignore[attr-defined]
    assert not any(other.pattern.search(rule.counter_example) for other in rules(kind))  # type: ignore[attr-defined, arg-type]


def tags(text: str) -> list[str]:
    return [span.text for span in agency_tags(read_text(TextLayer(text=text, extractor="t"), as_="report"))]


MORE = "Divers will search the wreck in the morning, and the ferry to the island stays in port until then."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Boats sink\n\nLINDMOOR, 3 March 2031 (OSTEN)\n\nThe boats sank at the quay on Sunday. {MORE}", ["OSTEN"]),
        (f"Boats sink\n\nLINDMOOR (Osten) - The boats sank at the quay. {MORE}\n\nNobody was hurt. {MORE}", ["Osten"]),
        ("Човни тонуть\n\nСмільниця, 2 червня (ЗОР)\n\nЧовни затонули біля причалу, а водолази шукають їх.", ["ЗОР"]),
        (f"Boats sink\n\nThe boats sank at the quay on Sunday.\n\n{MORE} Nobody was hurt. (OSTEN)", ["OSTEN"]),
        (f"Boats sink\n\nLINDMOOR, 3 March 2031 (updated)\n\nThe boats sank (the second time) on Sunday. {MORE}", []),
        (f"Boats sink\n\nThe boats (four of them) sank at the quay. The mayor (a liberal) wept.\n\n{MORE}", []),
    ],
)
def test_agencies_put_their_names_in_few_places(text: str, found: list[str]) -> None:
    assert tags(text) == found


def test_a_translation_names_its_language() -> None:
    reading = read_text(
        TextLayer(text="Лодки тонут\n\nКлим Рощин, перевод с украинского\n\nЛодки затонули у причала.", extractor="t"),
        as_="report",
    )
    assert [(mark.language, mark.rule) for mark in marks(reading, "translation")] == [("uk", "translated-ru")]
