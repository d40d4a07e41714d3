"""Text in pictures, read by tesseract with all four languages at once.

Clean-up decides more than the engine does, but harms clean scans: so a picture is read raw, and where that is not sure of
itself also cleaned (median, deskew, twice the size, autocontrast); the reading with the higher mean confidence is kept.
Where both are poor, the page is turned the way tesseract's orientation detection says, and read again. The confidence is
always reported: what recognition could not read must be visible as such.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from leakdesk.documents.hints import ReaderHints

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAM = "tesseract"
#: At this mean confidence a raw reading is kept without a second try: raw readings of poor scans reached 83 to 89.
SURE = 92.0
#: Below this mean confidence the page may lie on its side, and the reading is called low.
POOR = 60.0
#: Words below this confidence are noise of stains and pictures, and are left out.
_NOISE = 25.0
#: Degrees that deskewing looks through; more only where the raw reading is poor.
_SKEW, _WIDE_SKEW = 4.0, 15.0
#: Below this mean confidence the page may be turned by more than scanners do.
_DOUBTFUL = 80.0
#: Longest side of a picture given to the engine, in pixels; larger ones are shrunk (600 dpi A4 is 7,000).
_LONGEST = 7_000


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: code points in the page's text, its box in pixels of the picture as given, its confidence."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page read: text, words, mean confidence (0 to 100, 0 where there is no word), how it was prepared, degrees turned."""

    text: str
    words: tuple[Word, ...]
    confidence: float
    how: str
    turned: int = 0


@dataclass(frozen=True, slots=True)
class NotRecognised:
    """Why a picture was not read: the reason, and the limit where one stopped it."""

    reason: str
    limit: str = ""


@cache
def installed_languages() -> frozenset[str]:
    """The languages tesseract has data for; empty where the program is missing."""
    if shutil.which(PROGRAM) is None:
        return frozenset()
    done = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    return frozenset(line.strip() for line in (done.stdout + done.stderr).splitlines()[1:] if line.strip())


def missing(hints: ReaderHints) -> str:
    """Why recognition cannot run here ("needs tesseract", ...), or "" where it can."""
    if not hints.ocr:
        return "not read yet: waits for OCR"
    found = installed_languages()
    if not found:
        return "needs tesseract"
    wanted = [language for language in hints.languages if language not in found]
    if len(wanted) == len(hints.languages):
        return "needs tesseract-ocr-" + ", tesseract-ocr-".join(wanted)
    return ""


def recognise(picture: Image, hints: ReaderHints) -> Recognised | NotRecognised:
    """Read one page. Never raises; times out after `ocr_seconds_per_page` for each try."""
    reason = missing(hints)
    if reason:
        return NotRecognised(reason)
    grey, scale = _prepared(picture)
    languages = "+".join(language for language in hints.languages if language in installed_languages())
    seconds = hints.limits.ocr_seconds_per_page
    raw = _read(grey, languages, seconds, "raw", (1.0, 0.0))
    if isinstance(raw, NotRecognised):
        return raw
    best = raw
    if raw.confidence < SURE:
        best = _better(
            best, _cleaned_reading(grey, languages, seconds, _SKEW if raw.confidence >= _DOUBTFUL else _WIDE_SKEW)
        )
    if best.confidence < _DOUBTFUL:
        best = _better(best, _levelled_reading(grey, languages, seconds))
    if best.confidence < POOR:
        best = _better(best, _turned_reading(grey, languages, seconds))
    if "eng" in hints.languages and languages != "eng" and best.how == "raw" and _looks_english(best.text):
        alone = _read(grey, "eng", seconds, "raw, English alone", (1.0, 0.0))
        if isinstance(alone, Recognised) and alone.confidence >= best.confidence - _SAME:
            best = alone
    return _scaled(best, 1 / scale)


_LATIN = re.compile("[A-Za-z]")
_CYRILLIC_WORD = re.compile("[\u0400-\u04ff]+")
_LOOKALIKE = re.compile("[авеёкмнорстухізгпиАВЕКМНОРСТУХЗІЅЈГПИ]+")
#: English alone may be this much less sure of itself and still be right: it never writes look-alikes.
_SAME = 10.0


def _looks_english(text: str) -> bool:
    """With four languages at once, English words come back in Cyrillic look-alikes ("Раве" for "Page"). True for a text
    that is mostly Latin and whose few Cyrillic words consist of look-alikes only."""
    words = _CYRILLIC_WORD.findall(text)
    return (
        bool(words) and len(_LATIN.findall(text)) > 3 * sum(map(len, words)) and all(map(_LOOKALIKE.fullmatch, words))
    )


def _levelled_reading(grey: Image, languages: str, seconds: float) -> Recognised | NotRecognised:
    """Turned level and doubled, without the median filter, which eats small letters."""
    from PIL import Image as Images

    angle = skew(grey, _WIDE_SKEW)
    if abs(angle) < 1.0:
        return NotRecognised("level")
    factor = 2.0 if max(grey.size) * 2 <= _LONGEST else 1.0
    level = grey.resize((int(grey.width * factor), int(grey.height * factor)), resample=1).rotate(
        angle, expand=True, fillcolor=255, resample=Images.Resampling.BICUBIC
    )
    return _read(level, languages, seconds, f"turned level by {angle}", (factor, angle), grey.size)


def _prepared(picture: Image) -> tuple[Image, float]:
    flat = picture
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        from PIL import Image as Images

        rgba = picture.convert("RGBA")
        flat = Images.new("RGB", rgba.size, "white")
        flat.paste(rgba, mask=rgba.getchannel("A"))
    grey = flat.convert("L")
    longest = max(grey.size)
    if longest <= _LONGEST:
        return grey, 1.0
    scale = _LONGEST / longest
    return grey.resize((max(1, int(grey.width * scale)), max(1, int(grey.height * scale)))), scale


def _better(left: Recognised, right: Recognised | NotRecognised) -> Recognised:
    """The reading with the higher mean confidence; a reading of a few words does not beat one of many."""
    if isinstance(right, NotRecognised) or not right.words:
        return left
    if not left.words:
        return right
    few = len(right.words) * 2 < len(left.words) and left.confidence >= POOR
    return right if right.confidence > left.confidence and not few else left


def _cleaned_reading(grey: Image, languages: str, seconds: float, widest: float) -> Recognised | NotRecognised:
    from PIL import ImageFilter, ImageOps

    soft = grey.filter(ImageFilter.MedianFilter(3))
    angle = skew(soft, widest)
    straight = soft.rotate(angle, expand=True, fillcolor=255) if angle else soft
    factor = 2.0 if max(straight.size) * 2 <= _LONGEST else 1.0
    large = (
        straight.resize((int(straight.width * factor), int(straight.height * factor)), resample=1)
        if factor > 1
        else straight
    )
    return _read(ImageOps.autocontrast(large), languages, seconds, "cleaned", (factor, angle), grey.size)


def _turned_reading(grey: Image, languages: str, seconds: float) -> Recognised | NotRecognised:
    degrees = orientation(grey, seconds)
    if not degrees:
        return NotRecognised("upright")
    turned = grey.rotate(-degrees, expand=True, fillcolor=255)
    read = _read(turned, languages, seconds, f"turned by {degrees}", (1.0, float(-degrees)), grey.size)
    return read if isinstance(read, NotRecognised) else replace(read, turned=degrees)


def orientation(grey: Image, seconds: float) -> int:
    """Degrees (90, 180, 270) by which the page must be turned clockwise to stand upright; 0 where it does or is unclear."""
    if "osd" not in installed_languages():
        return 0
    answer = _run(grey, ["--psm", "0"], seconds)
    if isinstance(answer, NotRecognised):
        return 0
    for line in answer.splitlines():
        if line.startswith("Rotate:"):
            return int(line.split(":")[1]) % 360
    return 0


def skew(grey: Image, widest: float) -> float:
    """Degrees by which turning makes the lines of text level: the sharpest profile of dark pixels by rows."""
    import numpy

    small = grey.copy()
    small.thumbnail((900, 900))
    dark = small.point([255] * 140 + [0] * 116)

    def sharpness(angle: float) -> float:
        rows = numpy.asarray(dark.rotate(angle, fillcolor=0), dtype=numpy.float32).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    best = 0.0
    for step, reach in ((1.0, widest), (0.25, 1.0), (0.1, 0.2)):
        around = best
        count = round(reach / step)
        best = max(
            (around + step * k for k in range(-count, count + 1)), key=lambda angle: (sharpness(angle), -abs(angle))
        )
    return round(best, 2) if abs(best) >= 0.1 else 0.0


def _read(
    image: Image,
    languages: str,
    seconds: float,
    how: str,
    undo: tuple[float, float],
    size: tuple[int, int] | None = None,
) -> Recognised | NotRecognised:
    answer = _run(image, ["-l", languages, "--psm", "3", "tsv"], seconds)
    if isinstance(answer, NotRecognised):
        return answer
    return _from_table(answer, how, _placer(undo, image.size, size or image.size))


def _run(image: Image, arguments: list[str], seconds: float) -> str | NotRecognised:
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=1)
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            [PROGRAM, "-", "-", *arguments],
            input=stream.getvalue(),
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return NotRecognised("recognition took too long", "ocr_seconds_per_page")
    except OSError:
        return NotRecognised("needs tesseract")
    if done.returncode != 0 and not done.stdout:
        return NotRecognised("the recogniser failed on this picture")
    return done.stdout.decode("utf-8", "replace")


_Placer = "Callable[[float, float], tuple[float, float]]"


def _placer(undo: tuple[float, float], turned: tuple[int, int], original: tuple[int, int]):  # type: ignore[no-untyped-def]
    """Back from pixels of the prepared picture to pixels of the picture as given."""
    import math

    factor, angle = undo
    radians = math.radians(angle)
    cosine, sine = math.cos(radians), math.sin(radians)
    centre_x, centre_y = turned[0] / factor / 2, turned[1] / factor / 2

    def place(x: float, y: float) -> tuple[float, float]:
        dx, dy = x / factor - centre_x, y / factor - centre_y
        return original[0] / 2 + dx * cosine - dy * sine, original[1] / 2 + dx * sine + dy * cosine

    return place


def _from_table(table: str, how: str, place) -> Recognised:  # type: ignore[no-untyped-def]
    """tesseract's table as text: words parted by blanks, lines by line feeds, paragraphs by an empty line."""
    text: list[str] = []
    words: list[Word] = []
    length = 0
    before: tuple[str, ...] | None = None
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        confidence = float(cells[10])
        if confidence < _NOISE:
            continue
        place_in_page = tuple(cells[2:5])
        gap = (
            ""
            if before is None
            else " "
            if place_in_page == before
            else "\n"
            if place_in_page[:2] == before[:2]
            else "\n\n"
        )
        before = place_in_page
        word = cells[11].strip()
        left, top, width, height = (float(cell) for cell in cells[6:10])
        corners = [place(x, y) for x in (left, left + width) for y in (top, top + height)]
        length += len(gap)
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        words.append(Word(length, length + len(word), min(xs), min(ys), max(xs), max(ys), confidence))
        text.extend((gap, word))
        length += len(word)
    mean = (
        sum(word.confidence * (word.end - word.start) for word in words) / sum(w.end - w.start for w in words)
        if words
        else 0.0
    )
    return Recognised("".join(text), tuple(words), round(mean, 1), how)


def _scaled(page: Recognised, factor: float) -> Recognised:
    if factor == 1.0:
        return page
    words = tuple(
        replace(
            word, left=word.left * factor, top=word.top * factor, right=word.right * factor, bottom=word.bottom * factor
        )
        for word in page.words
    )
    return replace(page, words=words)
