"""Pictures: the text that recognition finds in them, page by page, and what the camera or scanner wrote into them."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from leakdesk.documents import ocr
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness, PagedText
from leakdesk.model.document import Extract, Kind, State

if TYPE_CHECKING:
    from PIL.Image import Image

#: The rule of the note that holds a picture's fingerprint.
FINGERPRINT = "fingerprint"
NAME = "leakdesk-picture 2"

#: EXIF tags kept: number, and what is done with the value.
_TAKEN, _CHANGED, _DESCRIPTION, _GPS = 36867, 306, 270, 34853
_SMALLEST = 20
"""Pictures with a side shorter than this (pixels) hold no text: bullets, rules, tracking dots."""


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read a picture of any format Pillow opens, all its pages."""
    from PIL import Image as Images
    from PIL import UnidentifiedImageError

    Images.MAX_IMAGE_PIXELS = None  # our own limit says which, and is recorded
    complete = Completeness()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Images.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, EOFError) as error:
        return _unreadable(f"not a picture that can be opened ({type(error).__name__})")
    with picture:
        media_type = Images.MIME.get(picture.format or "", "image/unknown")
        created, title = _camera(picture, complete)
        paged = _pages(picture, hints, complete)
        _recognisable(picture, hints, complete)
    layer = paged.layer(NAME)
    failed = not layer.text and complete.state is State.PARTIAL
    return Extract(
        kind=Kind.IMAGE,
        schema="Image",
        media_type=media_type,
        layer=None if failed else layer,
        title=title,
        created=created,
        state=State.FAILED if failed else complete.state,
        stage="" if complete.state is State.READ else "ocr",
        reason=complete.reason,
        limit=complete.limit,
        notes=tuple(complete.notes),
        boxes=tuple(paged.boxes),
    )


def _unreadable(reason: str) -> Extract:
    return Extract(
        kind=Kind.IMAGE, schema="Image", media_type="image/unknown", state=State.FAILED, stage="read", reason=reason
    )


def _pages(picture: Image, hints: ReaderHints, complete: Completeness) -> PagedText:
    paged = PagedText()
    frames = getattr(picture, "n_frames", 1) if picture.format in ("TIFF", "MPO", "DCX") else 1
    if frames > hints.limits.pages:
        complete.partial(f"{frames} pages, read up to the limit", "pages")
        frames = hints.limits.pages
    for number in range(frames):
        try:
            picture.seek(number)
            width, height = picture.size
            if width * height > hints.limits.pixels:
                complete.partial(f"page {number + 1} has more pixels than the limit", "pixels")
                paged.add("")
                continue
            if min(width, height) < _SMALLEST:
                paged.add("")
                continue
            recognise_into(picture, hints, complete, paged, 1.0)
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
            complete.partial(f"page {number + 1} is damaged ({type(error).__name__})")
            paged.add("")
    return paged


def recognise_into(
    picture: Image, hints: ReaderHints, complete: Completeness, paged: PagedText, scale: float, before: str = ""
) -> None:
    """Recognise one page and add it, with notes about confidence and orientation."""
    upright = _upright(picture)
    page = ocr.recognise(upright, hints)
    number = len(paged.pages) + 1
    if isinstance(page, ocr.NotRecognised):
        complete.partial(page.reason, page.limit)
        paged.add(before)
        return
    if not page.words:
        complete.note("ocr", f"page {number}: no text recognised")
    elif page.confidence < ocr.POOR:
        complete.note("low confidence", f"page {number}: recognised with low confidence, {page.confidence:.0f} of 100")
    else:
        complete.note("ocr", f"page {number}: recognised ({page.how}), mean confidence {page.confidence:.0f} of 100")
    paged.add_recognised(page, scale, before)


def _upright(picture: Image) -> Image:
    from PIL import ImageOps

    picture.load()
    return ImageOps.exif_transpose(picture) or picture


def _recognisable(picture: Image, hints: ReaderHints, complete: Completeness) -> None:
    """Note the fingerprint of the first page, by which the same picture is found elsewhere."""
    # Loaded here: it brings NumPy, which pages without pictures do not need.
    from leakdesk.documents.fingerprint import fingerprint

    try:
        picture.seek(0)
        if picture.width * picture.height <= hints.limits.pixels and (mark := fingerprint(_upright(picture))):
            complete.note(FINGERPRINT, mark)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        complete.note("no fingerprint", f"the picture cannot be recognised elsewhere ({type(error).__name__})")


def _camera(picture: Image, complete: Completeness) -> tuple[str | None, str | None]:
    """When the picture was taken (ISO 8601, zone unknown) and its description, as the file itself says."""
    try:
        tags = picture.getexif()
        taken = tags.get_ifd(0x8769).get(_TAKEN) or tags.get(_CHANGED)
        description = tags.get(_DESCRIPTION)
        if tags.get_ifd(_GPS):
            complete.note("position", "the picture carries a position (EXIF); it is not shown")
    except (ValueError, KeyError, TypeError, SyntaxError, OSError, AttributeError, OverflowError, ZeroDivisionError):
        complete.note("exif", "the camera's data is damaged")
        return None, None
    title = without_surrogates(str(description)).replace("\0", "").strip() if description else None
    return _iso(str(taken)) if taken else None, title or None


def _iso(stamp: str) -> str | None:
    from datetime import datetime

    try:
        return datetime.strptime(stamp.strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S").isoformat()
    except ValueError:
        return None
