"""The sealed lists keep their form; at a release they are scored, and must not fall below the published figures."""

from __future__ import annotations

import json
import unicodedata

import pytest
from bench import sealed

LABELS = {"same", "different", "possible", "acronym"}
LEAST = {"people": 400, "organisations": 200, "places": 200, "equipment": 200}
TYPES = {
    "person", "organization", "place", "equipment", "date", "money", "percent", "quantity", "identifier", "email", "phone", "url",
}  # fmt: skip


@pytest.mark.parametrize("name", sealed.PAIRS)
def test_pairs_are_well_formed_and_enough(name: str) -> None:
    found = sealed.pairs(name)
    assert len(found) >= LEAST[name]
    assert len({frozenset(pair[:2]) for pair in found}) == len(found), "a pair stands twice, perhaps with two labels"
    for left, right, kind, label in found:
        assert left.strip() == left and right.strip() == right and left and right and left != right
        assert kind == found[0][2]
        assert label in LABELS
        assert unicodedata.is_normalized("NFC", left + right)
    assert {"same", "different"} <= {pair[3] for pair in found}


@pytest.mark.parametrize("name", sealed.ROWS)
def test_rows_have_several_spellings_and_unique_names(name: str) -> None:
    table = sealed.rows(name)
    assert len({row for row, _ in table}) == len(table)
    people = [names for row, names in table if not row.endswith("-not")]
    assert all(len(set(names)) == len(names) for _, names in table)
    assert sum(len(names) >= 4 for names in people) >= (60 if name == "people" else 30)


def test_marked_texts_repeat_what_they_mark() -> None:
    items = json.loads((sealed.LISTS / "texts.json").read_text("utf-8"))["items"]
    for language in sealed.LANGUAGES:
        assert sum(item["language"] == language for item in items) >= 25
    for item in items:
        last = 0
        for mention in item["mentions"]:
            assert item["text"][mention["start"] : mention["end"]] == mention["text"]
            assert mention["type"] in TYPES
            assert mention["start"] >= last, "marks overlap or are out of order"
            last = mention["end"]


def test_a_mention_counts_by_type_and_span() -> None:
    text = sealed.Marked("en", ((0, 5, "person"), (10, 15, "place")), ((0, 4, "person"), (10, 15, "person")))
    assert sealed.line_of_texts([text], "person").split()[1:] == ["0.00/0.00/0.00", "0.50/1.00/0.67"]


def test_an_ambiguous_pair_is_neither_found_nor_missed() -> None:
    outcomes = [
        sealed.Labelled("a", "b", "person", "same", "same"),
        sealed.Labelled("a", "c", "person", "possible", "same"),
        sealed.Labelled("a", "d", "person", "different", "same"),
        sealed.Labelled("a", "e", "person", "same", "possible"),
    ]
    assert sealed.line_of_pairs(outcomes).split() == ["4", "0.500", "0.500", "0.500", "1/1", "-", "0/1"]


FLOORS = {"people": (0.965, 0.84), "organisations": (0.95, 0.60), "places": (0.98, 0.90), "equipment": (0.99, 0.77)}


@pytest.mark.slow
@pytest.mark.parametrize("name", sealed.PAIRS)
def test_pairs_stay_above_the_published_figures(name: str) -> None:
    counts = sealed.counted(sealed.judged(name))
    right = counts["same same"]
    asked = sum(counts[f"same {verdict}"] for verdict in ("same", "possible", "different"))
    precision, recall, _ = sealed.rates(right, right + counts["different same"], right, asked)
    least_precision, least_recall = FLOORS[name]
    assert precision >= least_precision
    assert recall >= least_recall


@pytest.mark.slow
def test_mentions_stay_above_the_published_figures() -> None:
    texts = sealed.read_texts()
    for language in sealed.LANGUAGES:
        line = sealed.line_of_texts([each for each in texts if each.language == language], "")
        assert float(line.split()[-1].split("/")[2]) >= 0.90, line
