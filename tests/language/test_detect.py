"""Languages are told apart by letters, then little words, then a model limited to four."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.language.canvas import canvas
from leakdesk.language.detect import detect, detect_spans


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Насосы отгружены, оплата ожидается завтра", "ru"),
        ("Насоси відвантажено, оплату чекаємо завтра", "uk"),
        ("Помпы адгружаны, аплату чакаем заўтра", "be"),
        ("The pumps have been shipped, payment is due tomorrow", "en"),
        ("Спасибо за письмо", "ru"),
        ("Дякую за лист", "uk"),
        ("Дзякуй за ліст", "be"),
        ("Vielen Dank für die schnelle Antwort und die Rechnung", "und"),
        ("Dziękuję za wiadomość i proszę o fakturę", "und"),
        ("Ок", "und"),
        ("12 345,00", "und"),
        ("", "und"),
        ("Мы писали Ивану, он работает у Петра дома, там его все знают", "ru"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect(text) == language


def test_look_alikes_do_not_change_the_language() -> None:
    assert detect("Насoсы oтгружены, oплата oжидается завтра") == "ru"  # Latin o in each word


def test_spans_inherit_and_cover() -> None:
    text = "Добрый день!\nок\nДзень добры, спадары!\n\nWe agree with this.\n"
    spans = detect_spans(text)
    assert [language for _, _, language in spans] == ["ru", "be", "en"]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_nothing_crashes_and_nothing_is_lost(text: str) -> None:
    spans = detect_spans(text)
    assert "".join(text[a:b] for a, b, _ in spans) == text
    assert len(canvas(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aАоo'’ «»\r\n\u00a0Мi-8", max_size=60))
def test_a_canvas_of_a_canvas_is_itself(text: str) -> None:
    assert canvas(canvas(text)) == canvas(text)
