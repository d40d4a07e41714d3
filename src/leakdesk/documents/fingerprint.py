"""A picture's fingerprint: numbers that stay nearly the same when it is scaled, compressed again, framed, or loses an edge.

Two of them for each of several cuts (the whole picture without a frame, and the picture without a little of its edges): the signs
of the 64 lowest frequencies (DCT), and 256 signs of "is the right neighbour lighter". The first finds, the second confirms; both
are needed, because white pages with lines of text all look alike to the first. Nothing of the picture can be seen in them.

Made of Pillow and NumPy, which are here anyway; the usual library for this brings two more large ones with it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

#: The form of the fingerprint; another form cannot be compared with it.
VERSION = "p1"
#: Parts of the width and height cut off: (left, top, right, bottom).
CUTS: tuple[tuple[float, float, float, float], ...] = (
    (0.0, 0.0, 0.0, 0.0),
    (0.04, 0.04, 0.04, 0.04),
    (0.08, 0.08, 0.08, 0.08),
    (0.12, 0.12, 0.12, 0.12),
    (0.1, 0.0, 0.0, 0.0),
    (0.0, 0.1, 0.0, 0.0),
    (0.0, 0.0, 0.1, 0.0),
    (0.0, 0.0, 0.0, 0.1),
    (0.0, 0.0, 0.0, 0.2),
)
#: Sides of the small pictures that the two kinds of signs are read from.
_WAVES, _LOW, _STEPS = 32, 8, 16
#: A row or column at the edge whose greys differ by no more than this (of 255) belongs to the frame.
_FRAME = 14
#: Frames inside frames that are taken off, blurred edges between them included.
_FRAMES = 5
#: A picture whose greys spread less than this has nothing to be recognised by.
_FLAT = 6.0
#: Shortest side in pixels of a picture worth a fingerprint: below are icons and dots.
SMALLEST = 64
#: The picture is made this small before anything is measured.
_WORKING = 512


def fingerprint(picture: Image) -> str:
    """The fingerprint in hexadecimal digits; "" for pictures that are small or of one colour."""
    if min(picture.size) < SMALLEST:
        return ""
    grey = _unframed(_grey(picture))
    if min(grey.shape) < SMALLEST // 2 or float(grey.std()) < _FLAT:
        return ""
    return VERSION + "".join(_signs(_cut(grey, cut)).hex() for cut in CUTS)


def _grey(picture: Image) -> NDArray[np.float64]:
    from PIL import Image as Images

    seen = picture
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        seen = Images.new("RGB", clear.size, "white")
        seen.paste(clear, mask=clear.getchannel("A"))
    small = seen.convert("L")
    small.thumbnail((_WORKING, _WORKING))
    return np.asarray(small, dtype=np.float64)


def _unframed(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without rows and columns of one grey at the edges; a frame may stand around a margin."""
    for _ in range(_FRAMES):
        before = grey.shape
        grey = _without_even_rows(_without_even_rows(grey).T).T
        if grey.shape == before:
            break
    return grey


def _without_even_rows(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    # The ends of a row belong to the columns at the edges, and where two blurred edges cross they are of another grey.
    end = max(1, grey.shape[1] // 50)
    inner = grey[:, end:-end] if grey.shape[1] > 2 * end else grey
    uneven = np.flatnonzero(inner.max(axis=1) - inner.min(axis=1) > _FRAME)
    return grey[uneven[0] : uneven[-1] + 1] if uneven.size else grey


def _cut(grey: NDArray[np.float64], cut: tuple[float, float, float, float]) -> NDArray[np.float64]:
    height, width = grey.shape
    left, top, right, bottom = cut
    return grey[
        round(height * top) : height - round(height * bottom), round(width * left) : width - round(width * right)
    ]


def _signs(grey: NDArray[np.float64]) -> bytes:
    low = (_cosines() @ _resized(grey, _WAVES, _WAVES) @ _cosines().T).ravel()
    middle = np.median(low[1:])
    steps = _resized(grey, _STEPS, _STEPS + 1)
    lighter = steps[:, 1:] > steps[:, :-1]
    return np.packbits(low > middle).tobytes() + np.packbits(lighter.ravel()).tobytes()


def _resized(grey: NDArray[np.float64], height: int, width: int) -> NDArray[np.float64]:
    from PIL import Image as Images

    image = Images.fromarray(grey.astype(np.float32), mode="F")
    return np.asarray(image.resize((width, height), Images.Resampling.BOX), dtype=np.float64)


@cache
def _cosines() -> NDArray[np.float64]:
    """The lowest waves of the discrete cosine transform, one a row."""
    at = (2 * np.arange(_WAVES) + 1) * np.pi / (2 * _WAVES)
    return np.cos(np.arange(_LOW)[:, None] * at[None, :])
