"""Facsimiles: only the shown words, set anew, without anything that could tell one copy of a page from another."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from leakdesk.documents.facsimile import grey_pages, red_of
from leakdesk.language.canonical import words_of
from leakdesk.model.document import WordBox
from leakdesk.publish import verifier
from leakdesk.publish.disclosure import Masked, ShownText
from leakdesk.publish.facsimile import GreyPage, Pictures, facsimile
from leakdesk.publish.inputs import PackDocument
from leakdesk.publish.pack import build
from leakdesk.publish.residue import scan
from tests.publish.house import finding, letter, pack_input

TEXT = "The second lathe left Minsk on Monday and Volha Kravets signed the paper for it"
PARTS = (ShownText(first=0, last=8), Masked(), ShownText(first=10, last=15))
MASKED = (8, 10)
FONT = ImageFont.load_default(20)
Place = tuple[int, int]


def _places(text: str, width: int = 420, gap: int = 9, leading: int = 34) -> list[Place]:
    """Where each word of a page stands."""
    places: list[Place] = []
    x, y = 30, 40
    for word in text.split():
        wide = int(FONT.getlength(word))
        if x + wide > width:
            x, y = 30, y + leading
        places.append((x, y))
        x += wide + gap
    return places


def _page(
    text: str, places: Sequence[Place], draw: Callable[[Image.Image], Image.Image] = lambda page: page
) -> Pictures:
    page = Image.new("RGB", (500, 300), "white")
    pen = ImageDraw.Draw(page)
    boxes: list[WordBox] = []
    for word, place in zip(words_of(text), places, strict=True):
        said = word.text.rstrip()
        pen.text(place, said, fill="black", font=FONT)
        right = place[0] + FONT.getlength(said)
        boxes.append(
            WordBox(start=word.start, end=word.start + len(said), page=1, left=place[0], top=place[1], right=right, bottom=place[1] + 26, confidence=90)
        )  # fmt: skip
    grey = red_of(draw(page))
    return Pictures(
        boxes=tuple(boxes), pages={1: GreyPage(number=1, width=500, height=300, scale=1, grey=grey.tobytes())}
    )


def _png(pictures: Pictures, text: str = TEXT) -> bytes:
    made = facsimile(pictures, words_of(text), PARTS)
    assert made is not None
    return made


def _yellow_dots(page: Image.Image) -> Image.Image:
    """Toner lies over the ink and lets red and green light through."""
    dots = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(dots)
    for x in range(3, page.width, 11):
        for y in range(2, page.height, 7):
            pen.rectangle((x, y, x + 1, y + 1), fill=(255, 255, 0))
    return ImageChops.multiply(page, dots)


def _grey_paper(page: Image.Image) -> Image.Image:
    return ImageChops.multiply(page, Image.new("RGB", page.size, (236, 232, 225)))


PLAIN = _png(_page(TEXT, _places(TEXT)))


@pytest.mark.parametrize("draw", [_yellow_dots, _grey_paper], ids=["printer dots", "tinted paper"])
def test_dots_and_paper_leave_no_pixel(draw: Callable[[Image.Image], Image.Image]) -> None:
    assert (
        _page(TEXT, _places(TEXT), draw).pages[1].grey != b""
        and _yellow_dots(Image.new("RGB", (20, 20), "white")).getextrema()[2][0] == 0
    )
    made = _png(_page(TEXT, _places(TEXT), draw))
    if draw is _yellow_dots:
        assert made == PLAIN
    else:
        blank = Image.open(io.BytesIO(made)).getpixel((2, 2))
        assert blank == 255


@pytest.mark.parametrize(
    "places",
    [
        _places(TEXT, gap=11),
        _places(TEXT, leading=39),
        _places(TEXT, width=300),
        [(x + 7, y + 3) for x, y in _places(TEXT)],
    ],
    ids=["spaces", "line spacing", "line breaks", "shift"],
)
def test_where_words_stood_cannot_be_told(places: list[Place]) -> None:
    assert _png(_page(TEXT, places)) == PLAIN


@pytest.mark.parametrize("name", ["Volha Kravets", "Bo Li", "Aliaksandra Kaminskaya-Vasilevich"])
def test_nothing_of_a_masked_name_is_there_nor_how_long_it_is(name: str) -> None:
    text = TEXT.replace("Volha Kravets", name)
    assert _png(_page(text, _places(text)), text) == PLAIN


def test_the_picture_has_three_chunks_and_few_greys() -> None:
    names = []
    at = 8
    while at < len(PLAIN):
        size = int.from_bytes(PLAIN[at : at + 4])
        names.append(PLAIN[at + 4 : at + 8])
        at += size + 12
    assert names == [b"IHDR", b"IDAT", b"IEND"]
    picture = Image.open(io.BytesIO(PLAIN))
    assert picture.mode == "L"
    assert len(picture.getcolors()) <= 16
    assert min(color for _, color in picture.getcolors()) < 60


def test_without_places_there_is_no_picture() -> None:
    assert facsimile(Pictures(boxes=(), pages={}), words_of(TEXT), PARTS) is None


def _with_page(document: PackDocument) -> PackDocument:
    text = document.layer.text
    places = [(30, 40)] * len(words_of(text))
    return replace(document, pictures=_page(text, places))


def test_a_pack_with_facsimiles_verifies_and_a_changed_one_does_not() -> None:
    document = _with_page(letter())
    given = pack_input(
        [finding("The second lathe left.", [(document, "the second lathe left Minsk on 4 May")])], [document]
    )
    pack = build(given)
    assert not pack.blocked
    assert "facsimiles/1-1.png" in pack.files
    assert b'src="facsimiles/1-1.png"' in pack.files["index.html"]
    assert verifier.verify_files(dict(pack.files))["ok"]
    assert build(given).files == pack.files
    broken = dict(pack.files) | {"facsimiles/1-1.png": pack.files["facsimiles/1-1.png"][:-1] + b"\x00"}
    assert not verifier.verify_files(broken)["ok"]
    missing = {name: data for name, data in pack.files.items() if not name.startswith("facsimiles")}
    assert not verifier.verify_files(missing)["ok"]
    assert not scan(dict(pack.files), ["Volha Kravets"]).foreign


def test_a_picture_file_is_rendered_without_its_blue() -> None:
    page = Image.new("RGB", (40, 30), "white")
    out = io.BytesIO()
    _yellow_dots(page).save(out, "PNG")
    import base64
    import zlib

    answer = grey_pages({"data": base64.b64encode(out.getvalue()).decode(), "media_type": "image/png", "pages": [1, 2]})
    assert [(each["number"], each["width"], each["height"]) for each in answer["pages"]] == [(1, 40, 30)]
    assert set(zlib.decompress(base64.b64decode(answer["pages"][0]["grey"]))) == {255}
