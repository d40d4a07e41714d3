"""One picture in two outlets: found when scaled, compressed, framed or cut; nothing else is taken for it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from PIL import Image, ImageOps

from leakdesk.documents.fingerprint import fingerprint
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.pictures import FINGERPRINT, read
from leakdesk.lineage.corroborate import corroborate
from leakdesk.lineage.derive import derive
from leakdesk.lineage.pictures import alike, same_picture, shown_alike
from leakdesk.model.derivation import Certainty
from leakdesk.model.pictures import Picture
from tests.lineage.builders import text_of
from tests.support.drawn import encoded, photograph, screenshot


def part(left: float, top: float, right: float, bottom: float) -> Callable[[Image.Image], Image.Image]:
    return lambda p: p.crop(
        (int(p.width * left), int(p.height * top), int(p.width * (1 - right)), int(p.height * (1 - bottom)))
    )


def compressed(picture: Image.Image) -> Image.Image:
    return Image.open(io.BytesIO(encoded(picture, "JPEG", quality=25)))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "smaller": lambda p: p.resize((p.width // 3, p.height // 3)),
    "compressed": compressed,
    "framed": lambda p: ImageOps.expand(p, border=30, fill="black"),
    "framed twice": lambda p: ImageOps.expand(ImageOps.expand(p, border=20, fill="white"), border=9, fill="black"),
    "a border cut": part(0.05, 0.05, 0.05, 0.05),
    "the bottom cut": part(0, 0, 0, 0.1),
    "the left cut": part(0.08, 0, 0, 0),
    "grey and paler": lambda p: p.convert("L").point(lambda grey: int(grey * 0.8 + 20)),
    "cut, smaller, compressed": lambda p: compressed(part(0.05, 0.05, 0.05, 0.05)(p).resize((400, 260))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_picture_is_the_same_picture(change: str) -> None:
    found = sum(
        same_picture(fingerprint(photograph(seed)), fingerprint(CHANGES[change](photograph(seed)))) for seed in range(8)
    )
    assert found == 8


def test_other_pictures_and_other_pages_are_not() -> None:
    photographs = [fingerprint(photograph(seed)) for seed in range(20)]
    assert all(photographs)
    assert not [pair for pair in combinations(photographs, 2) if same_picture(*pair)]
    pictures = [Picture(document=f"p{n}", mark=mark) for n, mark in enumerate([*photographs, photographs[3]])]
    assert alike(pictures) == [[3, 20]]


def test_pages_of_text_must_agree_in_their_words_too() -> None:
    words = "dear madam we could ship the valves to the depot only if the licence comes"
    lines = [words[:38], words[38:]]
    mark = fingerprint(screenshot(lines))
    a = Picture(document="a", mark=mark, text=words)
    assert shown_alike(a, replace(a, document="b", text=words.replace("valves", "va1ves")))
    assert not shown_alike(
        a, replace(a, document="b", text="yours truly the harbour office asks for seven barrels of oil by noon")
    )


def test_a_picture_of_one_colour_or_an_icon_has_no_fingerprint() -> None:
    assert fingerprint(Image.new("RGB", (400, 300), "navy")) == ""
    assert fingerprint(photograph(1).resize((40, 30))) == ""
    assert not same_picture("", "")
    assert not same_picture("p1zz", "p1zz")
    assert not same_picture("p9" + fingerprint(photograph(1))[2:], fingerprint(photograph(1)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
def test_every_kind_of_picture_has_one(mode: str) -> None:
    grey = photograph(4).convert("L")
    picture = grey.convert("I").convert("F").convert("I;16") if mode == "I;16" else grey.convert(mode)
    assert fingerprint(picture)


def test_the_reader_notes_it_for_every_picture_and_reads_on() -> None:
    whole = read(encoded(photograph(2)), ReaderHints(ocr=False))
    marks = [note.sentence for note in whole.notes if note.rule == FINGERPRINT]
    assert len(marks) == 1
    assert same_picture(marks[0], fingerprint(photograph(2)))
    broken = read(encoded(photograph(2))[:3000], ReaderHints(ocr=False))
    assert not [note for note in broken.notes if note.rule == FINGERPRINT]


def test_one_picture_in_two_reports_makes_a_derivation_possible_and_changes_no_count() -> None:
    mark, cut = fingerprint(photograph(5)), fingerprint(CHANGES["a border cut"](photograph(5)))
    a = replace(
        text_of("A", "A barge burnt.", claims=("barge burnt",), published="2031-03-01"),
        pictures=(Picture(document="p", mark=mark),),
    )
    b = replace(
        text_of("B", "Fire on the canal.", claims=("Fire",), published="2031-03-05"),
        pictures=(Picture(document="q", mark=cut),),
    )
    derived = derive([b, a])
    assert [(e.source, e.target, e.certainty, e.reasons) for e in derived.lineage.edges] == [
        ("report:B", "report:A", Certainty.POSSIBLE, ("both show the same picture",))
    ]
    assert corroborate(derived, [("A", "c0"), ("B", "c0")]).at_least == 2
    assert (
        derive([replace(b, pictures=(Picture(document="r", mark=fingerprint(photograph(6))),)), a]).lineage.edges == ()
    )
