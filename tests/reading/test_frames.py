"""Who says what, frame by frame: English sentences for every kind of cue and frame, and traps; half of them kept aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pytest

from leakdesk.model.claim import Attribution
from leakdesk.model.document import Role, Segment, TextLayer
from leakdesk.reading.attribution_frames import Frame as Governing
from leakdesk.reading.attribution_frames import frames as governing
from leakdesk.reading.read import read_text
from tests.reading.scorer import Count, iou, one_to_one

HERE = Path(__file__).parent / "frames"
Half = Literal["seen", "aside"]
#: half -> least F with a parser, least F without one, most traps that may be taken for a saying.
FLOORS: dict[Half, tuple[float, float, int]] = {"seen": (0.97, 0.66, 1), "aside": (0.89, 0.68, 5)}


@dataclass(frozen=True)
class Frame:
    """A sentence of frames/en.txt with its kind and what is said in it (source, cue, content; each with alternatives)."""

    kind: str
    text: str
    said: list[list[str]] = field(default_factory=list)

    @property
    def half(self) -> Half:
        return "seen" if sha256(self.text.encode()).digest()[0] % 2 else "aside"

    @property
    def trap(self) -> bool:
        return not self.said


def frames() -> list[Frame]:
    found: list[Frame] = []
    kind = ""
    for line in (HERE / "en.txt").read_text("utf-8").splitlines():
        mark, rest = line[0], line[2:]
        if mark == "=":
            kind = rest
        elif mark == "S":
            found.append(Frame(kind, rest))
        else:
            found[-1].said.append(rest.split("|"))
    return found


def place_of(words: str, text: str) -> tuple[int, int] | None:
    """Where words stand in a sentence, whole words only; None for none."""
    if words == "-":
        return None
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert found is not None, words
    return found.span()


def right(mine: Attribution, gold: list[str], text: str) -> float:
    def overlap(span: object, wanted: str) -> float:
        places = [place_of(each, text) for each in wanted.split("~")]
        own = (span.start, span.end) if span is not None else None  # type: ignore[attr-defined]
        return max(1.0 if place is None and own is None else iou(own, place) for place in places)

    source, content = overlap(mine.source, gold[0]), overlap(mine.content, gold[2])
    return source + content if source >= 0.6 and content >= 0.8 else 0.0


def said(text: str, *, parser_free: bool = False, role: Role = Role.BODY) -> list[Attribution]:
    standing = Segment(start=0, end=len(text), role=role, language="en")
    layer = TextLayer(text=text, extractor="test", segments=(standing,))
    return list(read_text(layer, language="en", parser_free=parser_free).attributions)


def score(half: Half, *, parser_free: bool = False) -> tuple[Count, int]:
    """Right, given and wanted of the sentences that say something; traps fallen into."""
    count, fallen = Count(), 0
    for frame in frames():
        if frame.half != half:
            continue
        role = Role.HEADLINE if frame.text[-1].isalpha() else Role.BODY
        mine = said(frame.text, parser_free=parser_free, role=role)
        pairs = one_to_one(mine, frame.said, lambda each, gold, text=frame.text: right(each, gold, text))
        fallen += frame.trap and bool(mine)
        count.add(Count(len(pairs), len(mine), len(frame.said)))
    return count, fallen


@pytest.mark.parametrize("half", FLOORS)
def test_every_kind_of_cue_is_found_in_its_frames(half: Half) -> None:
    least, free, most = FLOORS[half]
    count, fallen = score(half)
    assert count.f >= least
    assert fallen <= most
    count, fallen = score(half, parser_free=True)
    assert count.f >= free
    assert fallen <= most


@pytest.mark.parametrize("frame", governing(), ids=lambda frame: frame.id)
def test_a_frame_finds_its_example(frame: Governing) -> None:
    shown = [
        [span.text if span else "" for span in (each.source, each.cue, each.content)] for each in said(frame.example)
    ]
    assert list(frame.expect) in shown


@pytest.mark.parametrize("frame", governing(), ids=lambda frame: frame.id)
def test_a_frame_leaves_its_counter_example_alone(frame: Governing) -> None:
    assert frame.id not in {each.rule for each in said(frame.counter)}


def test_the_halves_are_large_and_hold_traps() -> None:
    for half in FLOORS:
        mine = [each for each in frames() if each.half == half]
        assert len(mine) >= 125
        assert sum(each.trap for each in mine) >= 30
