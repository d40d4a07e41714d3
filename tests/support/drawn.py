"""Pictures drawn for tests: something like photographs, and letters as they look on a screen."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter


def photograph(seed: int, width: int = 800, height: int = 533) -> Image.Image:
    """Blurred shapes, others for each seed."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (width, height), _colour(chance))
    draw = ImageDraw.Draw(picture)
    for _ in range(25):
        x, y = chance.randrange(width), chance.randrange(height)
        a, b = chance.randrange(20, width // 2), chance.randrange(20, height // 2)
        shape = draw.ellipse if chance.random() < 0.5 else draw.rectangle
        shape((x - a // 2, y - b // 2, x + a // 2, y + b // 2), fill=_colour(chance))
    return picture.filter(ImageFilter.GaussianBlur(2))


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


def screenshot(lines: list[str], width: int = 1400) -> Image.Image:
    """Lines of dark text on white, large enough to be recognised."""
    picture = Image.new("RGB", (width, 60 + 56 * len(lines)), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((40, 30 + 56 * number), line, fill="black", font_size=34)
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, kind, **options)
    return out.getvalue()
