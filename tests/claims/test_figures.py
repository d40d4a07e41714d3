"""Numbers of a sentence of a letter, in figures or words, whatever they count."""

from __future__ import annotations

import pytest

from leakdesk.claims.figures import bare_numbers
from leakdesk.claims.passages import Letter
from leakdesk.model.document import TextLayer
from leakdesk.reading.read import read_text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("We sent twenty-five pumps to Halm.", {25.0}),
        ("Forty-two of them leak.", {42.0}),
        ("Thirty-two arrived, and 7 stayed in Orle.", {32.0, 7.0}),
        ("We sent twenty five pumps to Halm.", {25.0}),
        ("It was the forty-second pump, a one-off.", set()),
    ],
)
def test_a_number_word_with_a_hyphen_is_a_number(text: str, numbers: set[float]) -> None:
    layer = TextLayer(text=text, extractor="test")
    reading = read_text(layer, as_="message")
    letter = Letter(document="m", text=text, language="en", mentions=reading.mentions, reading=reading)
    assert bare_numbers(letter, 0, len(text)) == numbers
