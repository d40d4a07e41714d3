"""Plain text: what is normalised, what is reported, and that ordinary text is left alone."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.language.canonical import fingerprint_marks, plain_text, words_of

CLEAN = (
    "The plant's second lathe left Minsk on 4 May; nobody signed.",
    "Второй станок ушёл из Минска 4 мая, подписи нет. Ёлка, подъезд.",
    "Другі станок выехаў з Мінска — подпісу няма, з'езд быў учора.",
    "Другий верстат поїхав із Києва, підпису немає; об'єднання «Верстат».",
    "IT-отдел прислал PDF и 3D-модель для ГОСТ 2.104, версия Windows-1251.",
    "> On Monday you wrote:\n>  indented\n-- \nA. B.\n",
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a\u200bb  c\u00a0d", "ab c d"),
        ("line one\nline two\n\n\nnew", "line one line two\n\nnew"),
        ("Минcк и Mинcк", "Минск и Минск"),
        ("“Quoted” — it’s…", '"Quoted" - it\'s...'),
        ("e\u0301te\u0301", "été"),
        ("ﬁle ＡＢ 𝐛𝐨𝐥𝐝", "file AB bold"),
        (" \u200b lead", "lead"),
        ("tag\U000e0041\U000e0042ged sel\ufe0fector", "tagged selector"),
        ("", ""),
    ],
)
def test_marks_are_made_plain(text: str, plain: str) -> None:
    assert plain_text(text) == plain


PLANTED = {
    "zero-width": "\u200b\u200c\u2060\ufeff\u00ad",
    "bidi": "\u200e\u202a\u2066",
    "tag": "\U000e0041",
    "variation selector": "\ufe0f\U000e0101",
    "control": "\x01\x7f",
    "odd space": "\u2009\u202f\u3000",
}


def test_every_planted_mark_is_found_where_it_stands() -> None:
    chance = random.Random(4)
    for kind, marks in PLANTED.items():
        for mark in marks:
            for clean in CLEAN:
                at = chance.randrange(1, len(clean) - 1)
                text = clean[:at] + mark + clean[at:]
                assert any(each.kind == kind and each.start <= at < each.end for each in fingerprint_marks(text)), (
                    kind,
                    text,
                )
                if kind != "odd space":
                    assert mark not in plain_text(text)


def test_mixed_words_and_spaces_are_found() -> None:
    kinds = [each.kind for each in fingerprint_marks("Минcк is  far \nend")]
    assert kinds == ["mixed script", "double space", "trailing space"]


def test_clean_text_in_four_languages_has_no_marks() -> None:
    assert [(text, fingerprint_marks(text)) for text in CLEAN if fingerprint_marks(text)] == []


@given(st.text(max_size=80))
def test_words_touch_each_other_and_plain_text_stays_plain(text: str) -> None:
    words = words_of(text)
    for left, right in pairwise(words):
        assert left.end == right.start
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    once = plain_text(text)
    assert plain_text(once) == once
