"""Letters as pixels: pages of a scanner and screenshots, from a strip of letters drawn beforehand.

A pixel row is a bytearray with one byte a pixel, "1" for paper and "0" for ink, until it is packed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from leakdesk.demo.cast import dice_for
from leakdesk.demo.sources import font_bytes

ROW = 46  # height of the strip, see fonts/prepare.py
_PAPER, _INK = ord("1"), ord("0")


@dataclass(frozen=True, slots=True)
class Picture:
    """A packed one-bit picture."""

    width: int
    height: int
    rows: tuple[bytes, ...]


@cache
def _strip() -> tuple[bytes, ...]:
    """The letters as unpacked rows; the PNG was written without row filters."""
    data = font_bytes("letters.png")
    width, height = struct.unpack(">II", data[16:24])
    length = struct.unpack(">I", data[33:37])[0]
    raw, stride = zlib.decompress(data[41 : 41 + length]), width // 8
    lines = (raw[y * (stride + 1) + 1 : (y + 1) * (stride + 1)] for y in range(height))
    return tuple(format(int.from_bytes(line, "big"), f"0{width}b").encode() for line in lines)


@cache
def _cells() -> dict[str, tuple[int, int]]:
    rows = (line.split("\t") for line in font_bytes("letters.tsv").decode().splitlines()[1:])
    return {chr(int(code, 16)): (int(at), int(wide)) for code, _glyph, _advance, at, wide in rows}


def text_width(text: str) -> int:
    """Pixels that a line takes."""
    return sum(_cells().get(char, _cells()["?"])[1] for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines no wider than `width` pixels; line feeds and empty lines are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


class Page:
    """A sheet to write on."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = (width + 7) // 8 * 8, height
        self._rows = [bytearray([_PAPER]) * self.width for _ in range(height)]

    def write(self, x: int, y: int, text: str) -> None:
        """One line of text; a letter nobody drew becomes a question mark."""
        for char in text:
            at, wide = _cells().get(char, _cells()["?"])
            for down, line in enumerate(_strip()):
                if 0 <= y + down < self.height and x + wide <= self.width:
                    self._rows[y + down][x : x + wide] = line[at : at + wide]
            x += wide

    def lines(self, x: int, y: int, texts: Sequence[str], leading: int = ROW) -> int:
        """Several lines; returns where the next one would stand."""
        for text in texts:
            self.write(x, y, text)
            y += leading
        return y

    def bar(self, x: int, y: int, wide: int, high: int) -> None:
        """A filled box: rules and frames."""
        for row in self._rows[y : y + high]:
            row[x : x + wide] = bytes([_INK]) * len(row[x : x + wide])

    def specks(self, count: int, key: str) -> None:
        """Dust on the glass of the scanner."""
        dice = dice_for("dust", key)
        for _ in range(count):
            self.bar(dice.randrange(self.width - 3), dice.randrange(self.height - 3), dice.choice((1, 1, 2)), 1)

    def picture(self) -> Picture:
        """The page, packed."""
        rows = tuple(int(bytes(row), 2).to_bytes(self.width // 8, "big") for row in self._rows)
        return Picture(self.width, self.height, rows)
