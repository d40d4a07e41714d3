"""The dossier: every finding with what stands around it, masked; text that stays text in Markdown and HTML."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree  # of our own drawings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.exports.dossier import markdown, page
from leakdesk.exports.drawing import DrawnEdge, DrawnNode, sentences, svg
from leakdesk.exports.seen import View
from leakdesk.exports.view import view
from leakdesk.publish.inputs import Dossier
from tests.exports.parcel import case


def _view(*, internal: bool = False) -> View:
    given_case = case()
    finding = replace(
        given_case.findings[0],
        open_questions=("Who paid?",),
        right_of_reply="They did not answer.",
        note="Seen by two.",
    )
    told = Dossier(corroboration=("1 independent source.",), checking=("2 passages of the documents support this.",))
    return view(replace(given_case, findings=(finding,), dossiers={finding.id: told}), internal=internal)


@pytest.mark.parametrize("write", [markdown, page])
def test_everything_a_finding_has_stands_in_it(write) -> None:
    said = write(_view())
    for line in ("Who paid?", "They did not answer", "Seen by two", "1 independent source", "support this"):
        assert line in said
    assert "Open questions" in said and "Right of reply" in said


def test_a_quotation_stands_between_the_words_around_it() -> None:
    seen = _view().findings[0]
    for (_, words, _), (before, after) in zip(seen.quotes, seen.contexts, strict=True):
        assert words
        assert not before.endswith(words) and not after.startswith(words)
    assert any(before or after for before, after in seen.contexts)


def test_masked_by_default_and_labelled_inside() -> None:
    assert "Volha" not in page(_view()) + markdown(_view())
    assert "INTERNAL" in page(_view(internal=True)) and "INTERNAL" in markdown(_view(internal=True))


NODES = [
    DrawnNode("r1", "report", "The <Post>"),
    DrawnNode("p", "publication", "Centre"),
    DrawnNode("d", "documents", "letters"),
]
EDGES = [
    DrawnEdge("r1", "p", "hadPrimarySource", "stated", ("a label & a link",)),
    DrawnEdge("p", "d", "hadPrimarySource", "possible", ("says so",)),
]


def test_the_drawing_is_well_formed_and_goes_downwards() -> None:
    root = ElementTree.fromstring(svg(NODES, EDGES))  # noqa: S314
    lines = [each for each in root.iter() if each.tag.endswith("line")]
    assert [float(line.get("y1", "0")) < float(line.get("y2", "0")) for line in lines] == [True, True]
    assert len([each for each in root.iter() if each.tag.endswith("rect")]) == 3
    assert sentences(NODES, EDGES)[0] == "The <Post> rests on Centre (stated): a label & a link"


def test_a_loop_and_nothing_can_be_drawn_too() -> None:
    ElementTree.fromstring(svg(NODES, [*EDGES, DrawnEdge("d", "r1", "wasDerivedFrom", "inferred", ("x",))]))  # noqa: S314
    assert svg([], []) == ""


@given(st.text(min_size=1, max_size=40))
def test_no_name_breaks_the_drawing(name: str) -> None:
    printable = "".join(char for char in name if char.isprintable())
    ElementTree.fromstring(svg([DrawnNode("a", "report", printable)], []))  # noqa: S314
