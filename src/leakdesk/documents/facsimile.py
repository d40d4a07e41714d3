"""A page as grey pixels, rendered in the box: only these cross to the main process, and it checks their number.

The grey is the red of the page: yellow toner swallows blue light only, so that the yellow dots by which printers sign their
pages are not there to begin with.
"""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

#: Resolution of a facsimile, dots an inch; pictures larger than a page of that size are made smaller.
DPI = 150
MOST_PIXELS = 4_000_000


def grey_pages(given: Mapping[str, Any]) -> dict[str, Any]:
    """Render pages (`{"data": base64, "media_type", "pages": [1, ...], "passwords": [...]}`).

    Answers `{"pages": [{"number", "width", "height", "scale", "grey"}]}`. `scale`: pixels for one unit of the boxes of that page;
    `grey`: base64 of the deflated bytes, row by row. A page that cannot be rendered is left out.
    """
    data = base64.b64decode(given["data"])
    wanted = [int(number) for number in given["pages"]]
    if given["media_type"] == "application/pdf":
        found = _pdf_pages(data, wanted, [str(each) for each in given.get("passwords", ())])
    else:
        found = _picture_pages(data, wanted)
    return {
        "pages": [
            {
                "number": number,
                "width": picture.width,
                "height": picture.height,
                "scale": scale,
                "grey": base64.b64encode(zlib.compress(picture.tobytes())).decode(),
            }
            for number, picture, scale in found
        ]
    }


def _pdf_pages(data: bytes, wanted: list[int], passwords: list[str]) -> list[tuple[int, Image, float]]:
    import pypdfium2

    document = None
    for password in (None, *passwords):
        try:
            document = pypdfium2.PdfDocument(data, password=password)
            break
        except pypdfium2.PdfiumError:
            continue
    if document is None:
        return []
    found: list[tuple[int, Image, float]] = []
    for number in wanted:
        if not 1 <= number <= len(document):
            continue
        page = document[number - 1]
        scale = min(DPI / 72, (MOST_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()  # pyright: ignore[reportArgumentType] - fractions are meant
        found.append((number, red_of(picture), scale))
    return found


def _picture_pages(data: bytes, wanted: list[int]) -> list[tuple[int, Image, float]]:
    from PIL import Image, ImageOps, ImageSequence

    found: list[tuple[int, Image, float]] = []
    with Image.open(io.BytesIO(data)) as file:
        for number, frame in enumerate(ImageSequence.Iterator(file), 1):
            if number not in wanted:
                continue
            picture = ImageOps.exif_transpose(frame.convert("RGB"))
            scale = min(1.0, (MOST_PIXELS / max(picture.width * picture.height, 1)) ** 0.5)
            size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
            found.append((number, red_of(picture.resize(size) if scale < 1 else picture), scale))
    return found


def red_of(picture: Image) -> Image:
    """The red channel as a grey picture."""
    return picture.convert("RGB").getchannel("R")
