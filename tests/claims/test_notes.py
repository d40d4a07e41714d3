"""What is said about one report alone: nothing in it, a headline on its own, a caption about something else."""

from __future__ import annotations

from dataclasses import replace

from leakdesk.claims.notes import notes
from leakdesk.model.comparison import SourceText
from leakdesk.model.document import TextLayer
from leakdesk.model.entity import Mention
from leakdesk.reading.read import read_text
from leakdesk.work.comparing import compare_readings
from tests.claims import scorer
from tests.support.gold import gold_reading


def test_an_empty_report_and_one_without_claims_say_so() -> None:
    empty = read_text(TextLayer(text="", extractor="t"), as_="report")
    assert notes(empty, "A") == ("A is empty.",)
    greeting = read_text(TextLayer(text="Hello there", extractor="t"), as_="report")
    assert notes(greeting, "B") == ("No claim was found in B.",)


def test_two_texts_without_claims_rest_on_nothing() -> None:
    empty = read_text(TextLayer(text="", extractor="t"), as_="report")
    found = compare_readings(empty, empty, SourceText(name="a"), SourceText(name="b"))
    assert (found.rows, found.lineage.at_least, found.notes) == ((), 0, ("A is empty.", "B is empty."))


def test_a_headline_that_nothing_carries_is_named() -> None:
    gold = scorer.scenario("pair07")
    said = [note for note in notes(gold_reading(gold, "C"), "C") if "headline" in note]
    assert len(said) == 1
    assert "втопилися" in said[0]
    assert not [note for note in notes(gold_reading(gold, "D"), "D") if "headline" in note]


def test_a_caption_that_names_what_the_text_lacks_is_named() -> None:
    plain = gold_reading(scorer.scenario("pair01"), "A")
    at = plain.text.index("Falk-300")
    plough = Mention(id="m", start=at, end=at + 8, text="Falk-300", type="equipment", normal="FALK-300", rules=("t",),
                     confidence="likely")  # fmt: skip
    found = replace(plain, mentions=(*plain.mentions, plough))
    assert [n for n in notes(found, "A") if "caption" in n] == [
        "A caption of A names “Falk-300”, of which its text says nothing."
    ]
    body = replace(
        plough, id="n", start=plain.text.index("Korvash Brakes, the"), end=plain.text.index("Korvash Brakes, the") + 7
    )
    told = replace(found, mentions=(*found.mentions, body))
    assert not [n for n in notes(told, "A") if "caption" in n]
