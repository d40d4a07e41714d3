"""The gold files are what they say: offsets, ids, references, and the ingredients every scenario must carry."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bench.gold.words import find

GOLD = Path(__file__).parent / "gold"
BUILDER = Path(__file__).parents[2] / "bench/gold_build.py"
SOURCES = sorted(GOLD.glob("*/**/*.gold"))
PAIRS = [each for each in SOURCES if each.name.startswith("pair")]
LANGUAGES = {"en", "ru", "uk", "be"}
MIXED = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[А-Яа-яЁёЎўІіЇїЄєҐґ])[^\W\d_]+\b")


def load_builder(path: Path = BUILDER) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def gold(source: Path) -> dict[str, Any]:
    return json.loads(source.with_suffix(".json").read_text("utf-8"))


def records(value: Any, inherited: str | None = None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Every record with the document or letter it lies in."""
    if isinstance(value, dict):
        place = value.get("doc") or value.get("letter") or inherited
        yield place, value
        for name, each in value.items():
            if name not in ("documents", "letters"):
                yield from records(each, place)
    elif isinstance(value, list):
        for each in value:
            yield from records(each, inherited)


def name(source: Path) -> str:
    return f"{source.relative_to(GOLD).with_suffix('')}"


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_gold_is_what_its_source_builds(source: Path) -> None:
    builder = load_builder()
    assert source.with_suffix(".json").read_text("utf-8") == builder.dumped(builder.build(source))


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_every_recorded_string_stands_at_its_offsets(source: Path) -> None:
    record = gold(source)
    texts = {each["doc"]: each["text"] for each in record["documents"]}
    texts |= {each["id"]: each["text"] for each in record.get("leak", {}).get("letters", [])}
    seen = 0
    for document in record["documents"]:
        assert document["codepoints"] == len(document["text"])
        for each in document["zones"] + document["sentences"]:
            assert document["text"][each["start"] : each["end"]] == each["text"]
    for place, each in records(record):
        words = each.get("exact", each.get("text"))
        if place in texts and isinstance(each.get("start"), int) and isinstance(words, str):
            assert texts[place][each["start"] : each["end"]] == words
            seen += 1
    assert seen >= 15
    for claim in record["claims"]:
        quote, text = claim["quote"], texts[claim["doc"]]
        assert text[: quote["start"]].endswith(quote["prefix"])
        assert text[quote["end"] :].startswith(quote["suffix"])


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_ids_are_unique_and_references_lead_somewhere(source: Path) -> None:
    record = gold(source)
    ids = Counter(each["id"] for group in ("attributions", "claims", "entities") for each in record[group])
    assert not [each for each, count in ids.items() if count > 1]
    sentences = {each["id"]: each for document in record["documents"] for each in document["sentences"]}
    for each in record["attributions"] + record["claims"]:
        assert each["sentence"] in sentences, each["id"]
    for each in record["claims"]:
        assert set(each["attributions"]) <= set(ids)
        assert sentences[each["sentence"]]["start"] <= each["quote"]["start"] < sentences[each["sentence"]]["end"]
        assert each.get("duplicate_of", each["id"]) in ids
    for row in record.get("alignment", []):
        assert set(row["a"] + row["b"]) <= set(ids)
        assert row["a"] or row["relation"] == "only_b"
        assert row["b"] or row["relation"] == "only_a"
    nodes = {each["id"] for each in record.get("lineage", {}).get("nodes", [])}
    for edge in record.get("lineage", {}).get("edges", []):
        assert {edge["from"], edge["to"]} <= nodes
        assert edge["evidence"] or edge["certainty"] != "stated"
    for verdict in record.get("leak", {}).get("verdicts", []):
        assert verdict["claim"] in ids
        assert verdict["passages"] or verdict["verdict"] in ("silent", "not_checkable")


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_zones_are_ordered_and_hold_their_sentences(source: Path) -> None:
    for document in gold(source)["documents"]:
        zones = {each["id"]: each for each in document["zones"]}
        ends = [each["end"] for each in document["zones"]]
        assert all(zone["start"] >= end for zone, end in zip(document["zones"][1:], ends, strict=False))
        for sentence in document["sentences"]:
            zone = zones[sentence["zone"]]
            assert not zone["drop"]
            assert zone["start"] <= sentence["start"] <= sentence["end"] <= zone["end"]


@pytest.mark.parametrize("source", PAIRS, ids=name)
def test_a_pair_joined_in_a_row_is_no_trap(source: Path) -> None:
    record = gold(source)
    joined = {(a, b) for row in record["alignment"] for a in row["a"] for b in row["b"]}
    assert not [trap for trap in record["not_aligned"] if (trap["a"], trap["b"]) in joined]


@pytest.mark.parametrize("source", PAIRS, ids=name)
def test_every_pair_carries_the_ordinary_dangers(source: Path) -> None:
    record = gold(source)
    kinds = {zone["type"] for document in record["documents"] for zone in document["zones"]}
    whole = " ".join(each["text"] for each in record["documents"] + record["leak"]["letters"])
    assert "caption" in kinds
    assert kinds & {"donation", "fundraising"}
    assert re.search(r"(ignore|disregard) (all )?(previous|earlier|your|the above|prior)", whole, re.IGNORECASE)
    assert record["privacy"]
    assert MIXED.search(whole)
    assert 6 <= len(record["leak"]["letters"]) <= 12


def test_both_halves_hold_all_languages_and_enough_of_everything() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    letters: Counter[str] = Counter()
    for source in SOURCES:
        half = source.relative_to(GOLD).parts[0]
        record = gold(source)
        for document in record["documents"]:
            if document["kind"] == "message":
                letters[document["language"]] += 1
            if source.parent.name == "attributions":
                marked = {each["sentence"] for each in record["attributions"]}
                marked |= {each.get("sentence", each.get("zone")) for each in record["not_attributions"]}
                counts[half, document["language"]] += len(marked)
    assert {half: {lang for h, lang in counts if h == half} for half in ("visible", "sealed")} == {
        "visible": LANGUAGES,
        "sealed": LANGUAGES,
    }
    for language in LANGUAGES:
        assert counts["visible", language] + counts["sealed", language] >= 60
        assert letters[language] >= 3
    assert len(PAIRS) >= 13


def test_the_second_readings_are_of_the_same_texts_and_agree() -> None:
    load_builder()
    script = load_builder(BUILDER.with_name("gold_agreement.py"))
    seconds = sorted(GOLD.glob("**/second/*.second"))
    total = script.Score()
    for second in seconds:
        total.add(script.agreement(second)[1])
    assert len(seconds) >= 4
    assert total.counts["attribution strict"].f >= 0.9
    assert total.counts["claim hit"].f >= 0.9
    assert total.counts["zones kept"].f >= 0.97


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("he", "They fell at t dusk, «he»"),  # a whole word goes before a part of another
        ("fell ~~ he", "They «fell at t dusk, he»"),
        ("usk", "They fell at t d«usk»"),  # nothing but a part: taken
        ("t", "They fell at «t»"),
        ("he#2", "They fell at t dusk, he says: «he»"),
    ],
)
def test_words_are_found_whole_where_they_stand_whole(words: str, found: str) -> None:
    text = "They fell at t dusk, he says: he."
    start, end = find(text, words, 0, len(text))
    assert f"{text[:start]}«{text[start:end]}»" == found
