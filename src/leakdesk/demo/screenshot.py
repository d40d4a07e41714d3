"""The picture that the centre published: one letter on a screen, with its last paragraph cut off."""

from __future__ import annotations

from leakdesk.demo.raster import ROW, Page, wrap
from leakdesk.demo.stored import png_bytes
from leakdesk.demo.story import Letter

_WIDTH, _MARGIN = 1280, 40
SHOWN_LETTER = "share-1"


def shown_text(letter: Letter) -> tuple[str, str]:
    """What the picture shows of the letter, and what was cropped away."""
    greeting, shown, cropped = letter.own.split("\n\n")[:3]
    return f"{greeting}\n\n{shown}", cropped


def screenshot(letter: Letter) -> bytes:
    """The PNG, cut through the line where the next paragraph would begin."""
    head = [letter.sender.name, f"Кому: {letter.to[0].name}", letter.subject]
    lines = wrap(shown_text(letter)[0], _WIDTH - 2 * _MARGIN)
    page = Page(_WIDTH, 2 * _MARGIN + (len(head) + len(lines) + 1) * (ROW + 6))
    y = page.lines(_MARGIN, _MARGIN, head, ROW + 4)
    page.bar(_MARGIN, y + 4, _WIDTH - 2 * _MARGIN, 2)
    page.lines(_MARGIN, y + 30, lines, ROW + 4)
    picture = page.picture()
    return png_bytes(picture.width, picture.height, picture.rows)
