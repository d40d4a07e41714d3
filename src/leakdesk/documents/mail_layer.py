"""A message's text layer: the header block, then each body in its segments, then text that stands outside the parts."""

from __future__ import annotations

import re

from leakdesk.documents.letters import language_of
from leakdesk.documents.quoting import segment_letter
from leakdesk.documents.web import Visible
from leakdesk.model.document import Role, Segment, TextLayer

#: The header block's lines: label, header name. The date stands as it is written in the message.
HEADER_BLOCK = (("From", "from"), ("To", "to"), ("Cc", "cc"), ("Bcc", "bcc"), ("Date", "date"), ("Subject", "subject"))


def header_block(values: dict[str, str], names: list[str]) -> str:
    """What the header lines say, decoded, and the names of attachments; "" where there is nothing."""
    lines = [f"{label}: {values[name]}" for label, name in HEADER_BLOCK if values.get(name)]
    if names:
        lines.append("Attachments: " + "; ".join(names))
    return "\n".join(lines) + "\n\n" if lines else ""


def letter_layer(
    block: str, bodies: list[tuple[str, Visible | None]], outside: str = "", *, extractor: str
) -> TextLayer:
    """A message's layer: the header block, each body cut into its segments, and text that stood outside the parts."""
    pieces = [block]
    segments = [Segment(start=0, end=len(block), role=Role.HEADER, language="und")] if block else []
    at = len(block)
    for text, seen in bodies:
        body = text if text.endswith("\n") or not text else text + "\n"
        if not body.strip():
            continue
        marks = (seen.quoted, seen.signatures) if seen is not None else ((), ())
        segments += segment_letter(body, language_of(body), quoted=marks[0], signatures=marks[1], offset=at)
        pieces.append(body)
        at += len(body)
    if outside:
        segments.append(Segment(start=at, end=at + len(outside), role=Role.BOILERPLATE, language=language_of(outside)))
        pieces.append(outside)
    return TextLayer(text="".join(pieces), extractor=extractor, segments=tuple(segments))


_MADE_OF_WORDS = re.compile(r"[^\W_]+")
_LINKS = re.compile(r"[<\[(]?(?:https?|mailto|ftp|file|tel|cid):[^\s>\])]*[>\])]?")


def differing_lines(plain: str, shown: str) -> list[tuple[int, int]]:
    """The lines of the HTML body (offsets in `shown`) whose words do not stand, in this order, in the plain body.

    Marks, links, quotation signs and line breaks do not count: programs write them differently on the two sides.
    """
    words = " " + " ".join(_MADE_OF_WORDS.findall(plain.casefold())) + " "
    bare = " " + " ".join(_MADE_OF_WORDS.findall(_LINKS.sub(" ", plain.casefold()))) + " "
    glued = words.replace(" ", "")
    missing: list[tuple[int, int]] = []
    at = 0
    for line in shown.splitlines(keepends=True):
        tokens = _MADE_OF_WORDS.findall(line.casefold())
        if tokens:
            run = f" {' '.join(tokens)} "
            if run not in words and run not in bare and run.replace(" ", "") not in glued:
                cells = [
                    " ".join(_MADE_OF_WORDS.findall(cell)) for cell in _LINKS.sub(" ", line.casefold()).split("\t")
                ]
                if not all(f" {cell} " in bare for cell in cells if cell):
                    missing.append((at, at + len(line)))
        at += len(line)
    return missing
