"""What the HTML bodies of a letter show and would fetch: fonts, generators, tiny remote pictures, links that carry a token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from leakdesk.documents import mime
from leakdesk.documents.transfer import part_bytes

#: Characters of a value that are kept as its words; places of one kind that are kept.
LONGEST, MOST_PLACES = 300, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Bytes [start, end) of the message and the words that stand there. `part`: "" for the message's own bytes, else the
    number of the leaf (from 1) in whose decoded bytes they stand."""

    start: int
    end: int
    text: str
    part: str = ""


_FONT = re.compile(
    r"(?i)font-family\s*:\s*([^;\"'}>]*(?:[\"'][^\"']{0,200}[\"'])?[^;\"'}>]*)"
    r"|<font[^>]{0,300}\bface\s*=\s*[\"']?([^\"'>]+)"
)
_GENERATOR = re.compile(
    r"(?i)<meta[^>]{0,200}name\s*=\s*[\"']?generator[\"']?[^>]{0,200}content\s*=\s*[\"']([^\"'>]{2,100})"
)
_IMAGE = re.compile(r"(?i)<img\b[^>]{0,2000}>")
_SOURCE = re.compile(r"(?i)\bsrc\s*=\s*[\"']?\s*((?:https?:)?//[^\"'\s>]+)")
_TINY = re.compile(
    r"(?i)\b(?:width|height)\s*[=:]\s*[\"']?\s*[01](?:px)?\b(?!\d)|display\s*:\s*none|visibility\s*:\s*hidden"
)
_TOKEN = re.compile(
    r"(?i)\bhref\s*=\s*[\"']?\s*(https?://[^\"'\s>]{0,300}[=/](?=[A-Za-z_\-]{0,100}\d)[A-Za-z0-9_\-]{20,300}[^\"'\s>]{0,300})"
)
#: Characters of an HTML body that are looked at.
_LOOKED = 400_000


class Shown:
    """Fonts, generators, remote pictures and personal links of the HTML parts."""

    def __init__(self, data: bytes, leaves: Sequence[mime.Piece]) -> None:
        found: dict[str, dict[str, Place]] = {"fonts": {}, "generators": {}, "pixels": {}, "links": {}}
        for number, leaf in enumerate(leaves, 1):
            if leaf.kind == "text/html":
                self._look(_decoded(data, leaf), str(number), found)
        self.fonts = tuple(found["fonts"].values())
        self.generators = tuple(found["generators"].values())
        self.pixels = tuple(found["pixels"].values())
        self.links = tuple(found["links"].values())

    @staticmethod
    def _look(text: str, part: str, found: dict[str, dict[str, Place]]) -> None:
        def put(kind: str, words: str, start: int, end: int) -> None:
            if len(found[kind]) < MOST_PLACES:
                place = Place(start=start, end=end, text=words[:LONGEST], part=part)
                found[kind].setdefault(words.casefold(), place)

        for match in _FONT.finditer(text):
            group = 1 if match[1] is not None else 2
            for name in re.finditer(r"[A-Za-z][A-Za-z0-9 \-]{1,40}", match[group]):
                put("fonts", name[0].strip(), match.start(group) + name.start(), match.start(group) + name.end())
        for match in _GENERATOR.finditer(text):
            put("generators", match[1], match.start(1), match.end(1))
        for match in _IMAGE.finditer(text):
            source = _SOURCE.search(match[0])
            if source is not None and _TINY.search(match[0]):
                put("pixels", source[1], match.start() + source.start(1), match.start() + source.end(1))
        for match in _TOKEN.finditer(text):
            put("links", match[1], match.start(1), match.end(1))


def _decoded(data: bytes, leaf: mime.Piece) -> str:
    """The leaf's decoded bytes as one character a byte: offsets are byte offsets, and ASCII markup stays itself."""
    return part_bytes(data, leaf)[0][:_LOOKED].decode("latin-1")
