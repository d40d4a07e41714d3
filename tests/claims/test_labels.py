"""What stands behind a label of a table or contract is a name, or nothing."""

from __future__ import annotations

import pytest

from leakdesk.claims.labels import fields_of
from leakdesk.model.document import Language


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Contractor: Lumen Tools", "Lumen Tools"),
        ("en", "Payer: the school", "the school"),
        ("ru", "Покупатель: Лелека О.П.", "Лелека О.П."),
    ],
)
def test_a_name_behind_a_label_is_read(language: Language, text: str, value: str) -> None:
    assert [field.value for field in fields_of(text, language)] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Contractor: Customer:"),
        ("ru", "Исполнитель: Заказчик:"),
        ("uk", "Виконавець: Замовник:"),
        ("be", "Выканаўца: Заказчык:"),
        ("en", "The buyer came on Monday."),
    ],
)
def test_the_other_side_of_an_unfilled_form_is_no_name(language: Language, text: str) -> None:
    assert fields_of(text, language) == ()
