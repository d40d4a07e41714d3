"""Where words stand: what is packed comes back, by place, in rectangles a person would draw."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leakdesk.model.document import WordBox
from leakdesk.store import CaseStore, boxes
from leakdesk.store.tables import word_boxes

tenths = st.integers(0, 20_000).map(lambda number: number / 10)


def box(start: int, end: int, page: int, place: tuple[float, float, float, float], confidence: float = 90) -> WordBox:
    left, top, right, bottom = place
    return WordBox(
        start=start, end=end, page=page, left=left, top=top, right=right, bottom=bottom, confidence=float(confidence)
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(0, 9), st.integers(1, 4), tenths, tenths, tenths, tenths, st.integers(0, 100)
        )
    )
)
def test_what_is_packed_comes_back(made: list[tuple[int, int, int, float, float, float, float, int]]) -> None:
    at, words = 0, []
    for gap, length, page, left, top, right, bottom, confidence in made:
        words.append(box(at + gap, at + gap + length, page, (left, top, right, bottom), confidence))
        at += gap + length
    assert list(boxes.unpack(boxes.pack(words))) == words


def test_boxes_are_asked_for_by_place_and_joined_by_line(tmp_path: Path) -> None:
    # "one two three" on a line, "four" below, "five" on the next page.
    words = [
        box(0, 3, 1, (10, 10, 30, 20)),
        box(4, 7, 1, (35, 11, 55, 20)),
        box(8, 13, 1, (60, 10, 90, 21)),
        box(14, 18, 1, (10, 30, 40, 40)),
        box(19, 23, 2, (10, 10, 40, 20)),
    ]
    with CaseStore.create(tmp_path / "case") as store:
        with store.writing() as writer:
            writer.insert(word_boxes, [boxes.row("t1", words)])
        with store.connect() as connection:
            assert boxes.boxes_of(connection, "t1", 5, 9) == words[1:3]
            assert boxes.boxes_of(connection, "t1") == words
            assert boxes.boxes_of(connection, "t2", 0, 9) == []
            found = boxes.rects_of(connection, "t1", 4, 23)
            assert connection.execute(select(word_boxes.c.count)).scalar_one() == 5
    assert [(r.page, r.left, r.top, r.right, r.bottom) for r in found] == [
        (1, 35, 10, 90, 21),
        (1, 10, 30, 40, 40),
        (2, 10, 10, 40, 20),
    ]


def test_a_word_costs_a_few_bytes() -> None:
    words = [
        box(n * 7, n * 7 + 6, n // 400 + 1, (n % 10 * 50.3, n // 10 * 12.1, n % 10 * 50.3 + 44, n // 10 * 12.1 + 9))
        for n in range(4000)
    ]
    assert len(boxes.pack(words)) < 8 * len(words)


def test_a_row_of_a_later_version_is_not_misread(tmp_path: Path) -> None:
    row = boxes.row("t1", [box(0, 3, 1, (1, 1, 2, 2))]) | {"version": boxes.VERSION + 1}
    with CaseStore.create(tmp_path / "case") as store:
        with store.writing() as writer:
            writer.insert(word_boxes, [row])
        with store.connect() as connection:
            assert boxes.boxes_of(connection, "t1") == []
