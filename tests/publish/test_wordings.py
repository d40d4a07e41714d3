"""P5: letters sent in several wordings are found, and whoever quotes one is told in how many copies it stands."""

from __future__ import annotations

from leakdesk.publish.wordings import wording

_SAME = "Dear all, as you know the second lathe will leave the plant next week and the papers are with the freight office in Gomel already."


def test_a_quotation_is_told_in_how_many_copies_it_stands() -> None:
    copies = [
        _SAME,
        _SAME,
        _SAME.replace("papers are", "documents are"),
        "> " + _SAME.replace("next week", "next week,"),
    ]
    found = wording(
        "the second lathe will leave the plant next week and the papers are with the freight office", copies
    )
    assert (found.same, found.copies, found.wordings) == (2, 4, 3)
    assert found.sentence.startswith("This wording exists in 2 of 4 copies")
    assert found.shared == "the second lathe will leave the plant next"


def test_with_one_copy_nothing_can_be_excluded() -> None:
    assert "cannot be excluded" in wording("leave the plant", [_SAME]).sentence


def test_equal_copies_are_said_and_marks_are_counted() -> None:
    found = wording("the second lathe will leave", [_SAME, _SAME.replace("lathe", "la\u200bthe")])
    assert (found.same, found.marks) == (2, 1)
    assert "all 2 copies" in found.sentence
