"""Every offset of the truth points at the words it records, in every telling."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.demo.conftest import Built

PAIRS = ("A_B", "P_A", "P_B", "I_A")


def _spans(value: Any, doc: str | None = None) -> Iterator[tuple[str, int, int, str]]:
    """Every recorded span with the document it stands in."""
    if isinstance(value, list):
        for item in value:
            yield from _spans(item, doc)
    if isinstance(value, dict):
        doc = value.get("doc", doc)
        if "start" in value and doc:
            yield doc, value["start"], value["end"], value.get("text", value.get("exact"))
        for item in value.values():
            yield from _spans(item, doc)


@pytest.mark.parametrize("pair", PAIRS)
def test_offsets_give_back_the_words(built: Built, pair: str) -> None:
    gold = built.truth["gold"][pair]
    texts = {document["doc"]: document["text"] for document in gold["documents"]}
    spans = list(_spans(gold))
    assert len(spans) > 200
    for doc, start, end, text in spans:
        assert doc not in texts or texts[doc][start:end] == text


@pytest.mark.parametrize("pair", PAIRS)
def test_references_hold(built: Built, pair: str) -> None:
    gold = built.truth["gold"][pair]
    claims = {claim["id"] for claim in gold["claims"]}
    entities = {entity["id"] for entity in gold["entities"]}
    attributions = {row["id"] for row in gold["attributions"]}
    for claim in gold["claims"]:
        assert set(claim["attributions"]) <= attributions
        assert {(claim[slot] or {}).get("entity") for slot in ("subject", "object")} <= entities | {None}
        assert claim.get("duplicate_of", claim["id"]) in claims
    assert {row["resolved_source"] for row in gold["attributions"]} <= entities | {None}
    for row in gold["alignment"]:
        assert set(row["a"] + row["b"]) <= claims
    for row in gold["not_aligned"]:
        assert {row["a"], row["b"]} <= claims


def test_text_files_are_the_texts_of_the_truth(built: Built) -> None:
    for gold in built.truth["gold"].values():
        for document in gold["documents"]:
            stored = (built.files.texts / document["file"]).read_text(encoding="utf-8")
            assert stored == document["text"]


class _Visible(HTMLParser):
    """The visible words of a page, whatever its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()


def test_pages_show_the_same_words_as_the_texts(built: Built) -> None:
    pages = {"P": built.files.post, "A": built.files.report_a, "B": built.files.report_b, "I": built.files.independent}
    for letter, page in pages.items():
        visible = _Visible()
        visible.feed(page.read_text(encoding="utf-8"))
        text = (built.files.texts / f"{letter}.txt").read_text(encoding="utf-8")
        assert "".join(visible.words) == "".join(text.split())


def test_only_one_fact_has_two_sources(built: Built) -> None:
    gold = built.truth["gold"]
    assert {pair: gold[pair]["lineage"]["independent_sources"] for pair in PAIRS} == {
        "A_B": 1,
        "P_A": 1,
        "P_B": 1,
        "I_A": 2,
    }
    doubled = [row for pair in PAIRS for row in gold[pair]["alignment"] if row["independent_sources"] == 2]
    assert len(doubled) == 1


def test_draft_quotations_stand_in_the_draft(built: Built) -> None:
    draft = built.files.draft.read_text(encoding="utf-8")
    rows = built.leak["quotations"]
    assert {row["verdict"] for row in rows} == {"found", "altered", "truncated", "absent"}
    for row in rows:
        assert draft[row["start"] : row["end"]] == row["text"]
        if row["verdict"] == "found":
            assert row["passage"]["exact"] == row["text"]
        if row["verdict"] == "truncated":
            assert row["text"] in row["passage"]["exact"]


def test_every_verdict_occurs(built: Built) -> None:
    verdicts = {row["verdict"] for row in built.leak["claims"]}
    assert verdicts == {"supports", "partly", "contradicts", "silent", "not_checkable"}


def test_nothing_in_the_letters_speaks_of_the_route(demo: Built) -> None:
    letters = "\n".join(found.text() for found in demo.messages)
    assert "Казахстан" not in letters
    assert "Kazakhstan" not in letters
