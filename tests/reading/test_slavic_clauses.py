"""Slavic clauses whose order misleads the parser: one claim a clause, its quotation the clause, its actor the one who acts."""

from __future__ import annotations

import pytest

from leakdesk.model.document import Language, TextLayer
from leakdesk.reading.read import read_text

CASES: tuple[tuple[Language, str, str, str | None], ...] = (
    ("ru", "Цена баржи — 8 миллионов рублей, причём треть суммы порт внесёт в мае.", "Цена баржи — 8 миллионов рублей", "Цена баржи"),
    ("ru", "Котлы собрала дочерняя фирма, а оплатил их областной бюджет.", "оплатил их областной бюджет", "областной бюджет"),
    ("ru", "Директор приехал в цех и продал их завод.", "продал их завод", "Директор"),
    ("uk", "Перевіривши документи, аудитори передали матеріали слідству.", "Перевіривши документи", "аудитори"),
    ("be", "Станкі прывезла мясцовая фірма, а мантаваў іх завод.", "мантаваў іх завод", "завод"),
    ("be", "На праверцы знайшлі брак.", "На праверцы знайшлі брак", None),
)  # fmt: skip


@pytest.mark.parametrize(("language", "text", "quote", "actor"), CASES)
def test_a_clause_is_quoted_by_itself_with_the_one_who_acts(
    language: Language, text: str, quote: str, actor: str | None
) -> None:
    claims = read_text(TextLayer(text=text, extractor="test"), as_="report", language=language).claims
    found = {each.quote.exact: each.subject.text if each.subject is not None else None for each in claims}
    assert found.get(quote, "no such claim") == actor
