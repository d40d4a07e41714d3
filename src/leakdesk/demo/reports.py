"""What was published about the leak: one source each, from which the web page, its visible text and the zones are made.

A source has a head (`key: value`), then blocks. `@kind` opens a block; each line of a block is one sentence and may
carry a label before `>`, by which `gold.toml` finds it. `[[words]]` is a link to the centre's post.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leakdesk.demo.sources import source_text
from leakdesk.demo.wording import Wording

REPORTS: Mapping[str, str] = {"P": "post", "A": "report_a", "B": "report_b", "I": "independent"}
_DROPPED = frozenset({"navigation", "byline", "dateline", "caption", "credit", "fundraising", "related", "footer"})
_LINK = re.compile(r"\[\[(.+?)\]\]")
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{url}">
<meta name="author" content="{byline}">
<meta property="article:published_time" content="{published}">
</head>
<body>
{body}
</body>
</html>
"""
_TAGS = {
    "navigation": "<nav><p>{}</p></nav>",
    "headline": "<h1>{}</h1>",
    "standfirst": '<p class="lead">{}</p>',
    "byline": '<p class="byline">{}</p>',
    "dateline": '<p class="date">{}</p>',
    "source_line": '<p class="source">{}</p>',
    "body": "<p>{}</p>",
    "caption": '<p class="caption">{}</p>',
    "credit": '<p class="credit">{}</p>',
    "fundraising": '<section class="support"><p>{}</p></section>',
    "related": '<aside class="related"><p>{}</p></aside>',
    "footer": "<footer><p>{}</p></footer>",
    "image": '<img src="{}" alt="">',
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report's visible text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a kept zone."""

    id: str
    label: str
    zone: str
    span: Span


@dataclass(frozen=True, slots=True)
class Zone:
    """One block of the page."""

    id: str
    kind: str
    span: Span

    @property
    def dropped(self) -> bool:
        return self.kind in _DROPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One publication."""

    letter: str
    language: str
    outlet: str
    byline: str
    published: datetime
    url: str
    page: str
    text: str
    zones: Sequence[Zone]
    sentences: Sequence[Sentence]

    def sentence(self, label: str) -> Sentence:
        """The sentence that carries this label in the source."""
        return next(sentence for sentence in self.sentences if sentence.label == label)


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    lines: Sequence[tuple[str, str]]  # label, marked-up sentence


def read_report(letter: str, wording: Wording, post_url: str = "") -> Report:
    """Fills one source and lays it out."""
    head, blocks = _parse(source_text(f"reports/{REPORTS[letter]}.txt"), wording)
    text, zones, sentences = _lay_out(letter, blocks)
    body = "\n".join(_block_html(block, post_url) for block in blocks)
    published = wording.shift(datetime.fromisoformat(head["published"]))
    page = _PAGE.format(
        language=head["language"], title=html.escape(head["title"]), url=head["url"],
        byline=html.escape(head["byline"]), published=published.isoformat(timespec="minutes"), body=body,
    )  # fmt: skip
    return Report(
        letter=letter, language=head["language"], outlet=head["outlet"], byline=head["byline"], published=published,
        url=head["url"], page=page, text=text, zones=zones, sentences=sentences,
    )  # fmt: skip


def _parse(source: str, wording: Wording) -> tuple[dict[str, str], list[_Block]]:
    language = source.partition("language: ")[2][:2]
    head, *parts = wording.fill(source, language).split("\n@")
    fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    return fields, [_block(part) for part in parts]


def _block(part: str) -> _Block:
    kind, *lines = part.strip("\n").split("\n")
    return _Block(kind, [_labelled(line) for line in lines if line])


def _labelled(line: str) -> tuple[str, str]:
    found = re.match(r"([a-z]+)> (.*)", line)
    return (found[1], found[2]) if found else ("", line)


def _lay_out(letter: str, blocks: Sequence[_Block]) -> tuple[str, list[Zone], list[Sentence]]:
    text, zones, sentences = "", list[Zone](), list[Sentence]()
    for block in blocks:
        if block.kind == "image":
            continue
        start, zone_id = len(text), f"{letter}.z{len(zones) + 1:02}"
        kept = block.kind not in _DROPPED
        for number, (label, marked) in enumerate(block.lines):
            plain = _LINK.sub(r"\1", marked)
            text += " " * (number > 0)
            if kept:
                span = Span(len(text), len(text) + len(plain), plain)
                sentences.append(Sentence(f"{letter}.s{len(sentences) + 1:02}", label, zone_id, span))
            text += plain
        zones.append(Zone(zone_id, block.kind, Span(start, len(text), text[start:])))
        text += "\n"
    return text, zones, sentences


def _block_html(block: _Block, post_url: str) -> str:
    shown = html.escape(" ".join(marked for _label, marked in block.lines), quote=False)
    linked = _LINK.sub(rf'<a href="{post_url}">\1</a>', shown)
    if block.kind == "source_line":
        linked = re.sub(r"^([^:]+:)", r"<b>\1</b>", linked)
    return _TAGS[block.kind].format(linked)
