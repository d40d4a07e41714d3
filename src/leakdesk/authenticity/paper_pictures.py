"""Pictures: does the small picture inside show what the picture shows?"""

from __future__ import annotations

import io
from collections.abc import Iterator

from leakdesk.authenticity.papers import PaperFinding, field_place, gathered

#: Both pictures are compared as squares of this many grey points a side; a mean difference above this is another picture
#: (recompression, scaling and a turned picture's edges stay below 20 of 255).
_SIDE, _DIFFERENT = 16, 40.0


def look(data: bytes) -> tuple[list[str], list[PaperFinding]]:
    """A JPEG or TIFF file."""
    return gathered(_look(data))


def _look(data: bytes) -> Iterator[tuple[str, PaperFinding | None]]:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        small = _thumbnail(picture.info.get("exif", b""))
        if small is None:
            return
        with Image.open(io.BytesIO(small)) as thumbnail:
            turned = [list(_grey(thumbnail.rotate(angle, expand=True))) for angle in (0, 90, 180, 270)]
        whole = list(_grey(picture))
    apart = min(sum(abs(a - b) for a, b in zip(whole, each, strict=True)) / len(whole) for each in turned)
    values: dict[str, str | int] = {}
    places = (field_place("thumbnail", f"{len(small)} bytes"),)
    yield (
        "thumbnail_differs",
        PaperFinding(rule="thumbnail_differs", values=values, places=places) if apart > _DIFFERENT else None,
    )


def _grey(picture: object) -> list[int]:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    return list(picture.convert("L").resize((_SIDE, _SIDE)).tobytes())


def _thumbnail(exif: object) -> bytes | None:
    """The JPEG that the first image directory after the main one points at."""
    from PIL import ExifTags, Image

    if not isinstance(exif, bytes) or not exif.startswith(b"Exif\0\0"):
        return None
    raw = Image.Exif()
    raw.load(exif)
    entries = raw.get_ifd(ExifTags.IFD.IFD1)
    start, size = entries.get(0x0201), entries.get(0x0202)
    if not isinstance(start, int) or not isinstance(size, int):
        return None
    found = exif[6 + start : 6 + start + size]
    return found if found[:2] == b"\xff\xd8" else None
