"""DjVu: the text that was recognised when the book was scanned, page by page, by djvutxt; pages without one are drawn by
ddjvu and recognised here.

Both programs are optional (djvulibre-bin).
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

from leakdesk.documents import ocr
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness, PagedText, pages_read
from leakdesk.documents.pictures import recognise_into
from leakdesk.model.document import Extract, Kind, State

NAME = "leakdesk-djvu 1"
MEDIA_TYPE = "image/vnd.djvu"
#: Resolution at which pages without text are drawn.
_DPI = 300


def read(data: bytes, hints: ReaderHints) -> Extract:
    """Read a DjVu file."""
    if shutil.which("djvutxt") is None:
        return _failed("needs djvutxt")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.djvu"
        path.write_bytes(data)
        done = _run(["djvutxt", str(path)], hints)
        if done is None or done.returncode:
            return _failed("damaged: not a DjVu file that can be opened")
        complete, paged = Completeness(), PagedText()
        pages = done.stdout.decode("utf-8", "replace").rstrip("\f").split("\f")
        for number, text in enumerate(pages[: hints.limits.pages], 1):
            _page(path, number, without_surrogates(text).strip("\n"), hints, complete, paged)
        if len(pages) > hints.limits.pages:
            complete.partial(f"{len(pages)} pages, read up to the limit", "pages")
    return pages_read(paged, complete, NAME, MEDIA_TYPE)


def _page(path: Path, number: int, text: str, hints: ReaderHints, complete: Completeness, paged: PagedText) -> None:
    if text:
        paged.add(text)
        return
    reason = ocr.missing(hints) or ("needs ddjvu" if shutil.which("ddjvu") is None else "")
    drawn = None if reason else _run(["ddjvu", "-format=pnm", f"-page={number}", f"-scale={_DPI}", str(path)], hints)
    if drawn is None or drawn.returncode or not drawn.stdout:
        complete.partial(reason or f"page {number} cannot be drawn")
        paged.add("")
        return
    from PIL import Image

    with Image.open(io.BytesIO(drawn.stdout)) as picture:
        recognise_into(picture, hints, complete, paged, 72 / _DPI)


def _run(argv: list[str], hints: ReaderHints) -> subprocess.CompletedProcess[bytes] | None:
    try:
        return subprocess.run(argv, capture_output=True, timeout=hints.limits.program_seconds, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return None


def _failed(reason: str) -> Extract:
    return Extract(
        kind=Kind.DOCUMENT,
        schema="Pages",
        media_type=MEDIA_TYPE,
        state=State.FAILED,
        stage="open",
        reason=reason,
    )
