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
        ("At 16:48 host 10.20.30.41 sent 12 letters to version 3.11.7.", {12.0}),
        ("We paid 31 240,50 for 7. He left.", {31240.5, 7.0}),
    ],
)
def test_numbers_are_read_in_figures_and_words_and_no_parts_of_a_time_or_an_address(
    text: str, numbers: set[float]
) -> None:
    layer = TextLayer(text=text, extractor="test")
    reading = read_text(layer, as_="message")
    letter = Letter(document="m", text=text, language="en", mentions=reading.mentions, reading=reading)
    assert bare_numbers(letter, 0, len(text)) == numbers
