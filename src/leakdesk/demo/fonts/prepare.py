"""Makes the three files beside it from Noto Sans; run once, by hand, never at build time.

    python prepare.py NotoSans[wdth,wght].ttf        (needs fontTools and Pillow)

The build must give the same bytes on every computer, and neither font hinting nor rasterising does. So the
letters are drawn here once, and the build only copies them: outlines into PDFs, pixels into scans.
"""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-not-found]
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
PIXELS = 34  # a 12-point letter at 200 dots an inch
ROW = 46  # height of a line of pixels, descenders included
GAP = 6  # between letters, because some reach over their own width
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0x410, 0x450)))
    + "ЁёІіЇїЄєҐґЎў’‘“”„«»—–…№°§€·×ÄÖÜäöüßéščž"
)


def static_subset(variable: Path) -> TTFont:
    """One weight and width of the variable font, with only the letters of the demo."""
    font = instantiateVariableFont(TTFont(variable, recalcTimestamp=False), {"wght": 400, "wdth": 100})
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2, 13, 14])
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    font["head"].modified = font["head"].created
    return font


def write_png(path: Path, image: Image.Image) -> None:
    """A one-bit PNG without row filters, so that the reader in `raster.py` stays four lines long."""
    width, height = image.size
    stride = (width + 7) // 8
    raw = image.tobytes()
    rows = b"".join(b"\0" + raw[y * stride : (y + 1) * stride] for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def draw_atlas(font_file: Path, font: TTFont) -> None:
    """One strip of letters, and the table that says where each is and how wide it runs."""
    pen = ImageFont.truetype(str(font_file), PIXELS, layout_engine=ImageFont.Layout.BASIC)
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    cells = [(char, max(1, round(pen.getlength(char)))) for char in sorted(LETTERS)]
    strip = Image.new("1", ((sum(width + GAP for _, width in cells) + 7) // 8 * 8, ROW), 1)
    draw, at, lines = ImageDraw.Draw(strip), 0, ["# code point\tglyph\tadvance (1/1000)\tfirst pixel\tpixels wide"]
    scale = 1000 / font["head"].unitsPerEm
    for char, width in cells:
        draw.text((at + GAP // 2, 0), char, font=pen, fill=0)
        glyph = cmap[ord(char)]
        row = (f"{ord(char):04X}", font.getGlyphID(glyph), round(metrics[glyph][0] * scale), at + GAP // 2, width)
        lines.append("\t".join(map(str, row)))
        at += width + GAP
    write_png(HERE / "letters.png", strip)
    (HERE / "letters.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    font = static_subset(Path(sys.argv[1]))
    target = HERE / "NotoSans-demo.ttf"
    font.save(target, reorderTables=True)
    draw_atlas(target, TTFont(target))


if __name__ == "__main__":
    main()
