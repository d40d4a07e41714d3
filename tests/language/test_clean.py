"""Clean texts: what nobody sees is gone, and every place finds its way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakdesk.language.canvas import canvas
from leakdesk.language.clean import clean

SAME = {
    "soft hyphen": ("за\u00adвод", "завод"),
    "zero width": ("de\u200bpot", "depot"),
    "carriage return": ("a\r\nb", "a\nb"),
    "letter in two code points": ("и\u0306од", "йод"),
    "stress mark": ("за\u0301мок", "замок"),
    "no-break space": ("a\u00a0b", "a b"),
    "curly quotes": ("“sand”", '"sand"'),
    "direction marks": ("\u202bsand\u202c", "sand"),
    "Cyrillic letter inside an English word": ("dep\u043et", "depot"),
    "Cyrillic word of look-alikes among English ones": ("sold \u0430 tram", "sold a tram"),
    "Latin word of look-alikes among Russian ones": ("узнал o нём", "узнал о нём"),
    "Greek letter": ("dep\u03bft", "depot"),
    "tabs stay": ("a\tb\u00adc", "a\tbc"),
}


@pytest.mark.parametrize("name", SAME)
def test_clothes_come_off(name: str) -> None:
    written, plain = SAME[name]
    assert clean(written).text == clean(plain).text


@pytest.mark.parametrize("plain", ["с BMW Group говорил", "ТВ3-117 и TB3", "a@x.com", "тэц и ТЭЦ", "CCCP построил"])
def test_what_is_right_stays(plain: str) -> None:
    assert canvas(plain) == plain


def _before_a_line_feed(text: str, start: int, end: int, char: str) -> bool:
    """A carriage return alone is a line end; before a line feed, also over marks that nobody sees, it is a blank."""
    rest = text[end:].lstrip("\u00ad\u200b\r")
    return text[start:end].rstrip("\u00ad\u200b") == "\r" and char == " " and rest.startswith("\n")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="аб в\u00ad\u200b\r\n\t\u0306\u0301ие“.", max_size=40))
def test_places_lead_back(text: str) -> None:
    made = clean(text)
    back = 0
    for at, char in enumerate(made.text):
        start, end = made.span(at, at + 1)
        assert back <= start < end <= len(text)
        alone = clean(text[start:end]).text
        assert alone in (char, "") or _before_a_line_feed(text, start, end, char) or unicodedata.combining(text[start])
        back = end
    if made.text:
        assert (made.edge(0), made.edge(len(made.text))) == (0, len(text))
