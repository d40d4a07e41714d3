"""Texts put together from zones and sentences, and the sections of a source file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from bench.gold.words import Record, find

KEPT = frozenset({"headline", "standfirst", "body", "source_line", "quoted"})


@dataclass
class Marked:
    """One sentence and the marks under it."""

    text: str
    zone: int
    start: int = 0
    marks: list[str] = field(default_factory=list)


@dataclass
class Document:
    """One text being put together."""

    letter: str
    language: str
    kind: str
    outlet: str
    published: str
    byline: str
    text: str = ""
    zones: list[Record] = field(default_factory=list)
    sentences: list[Marked] = field(default_factory=list)
    attributions: dict[str, Record] = field(default_factory=dict)
    claims: dict[str, Record] = field(default_factory=dict)

    @property
    def end(self) -> int:
        return len(self.text)

    def sentence_id(self, sentence: Marked) -> str | None:
        kept = [each for each in self.sentences if not self.zones[each.zone]["drop"]]
        return f"{self.letter}.s{kept.index(sentence) + 1:02}" if sentence in kept else None


def span(document: Document, words: str, start: int, end: int) -> Record:
    begin, after = find(document.text, words, start, end)
    return {"start": begin, "end": after, "text": document.text[begin:after]}


def read_document(header: str, lines: list[str]) -> Document:
    parts = [each.strip() for each in header.split("|")] + ["", "", ""]
    letter, language, kind = parts[0].split()
    document = Document(letter, language, kind, parts[1], parts[2], parts[3])
    glue = ""
    for line in lines:
        zone = re.fullmatch(r"\[(\w+)(\+?)\]", line.strip())
        if zone:
            glue = "\n" if zone[2] else "\n\n"
            document.zones.append({"type": zone[1], "drop": zone[1] not in KEPT, "start": -1})
        elif re.match(r"[@!~%]", line.strip()):
            document.sentences[-1].marks.append(line.strip())
        elif line.strip() and not line.startswith("#"):
            _add_sentence(document, line, glue)
    document.text += "\n"
    return document


def _add_sentence(document: Document, line: str, glue: str) -> None:
    zone = document.zones[-1]
    first = zone["start"] < 0
    line, own = (line[1:], "\n") if line.startswith("\\") else (line.strip(), " ")
    if document.text:
        document.text += glue if first else own
    sentence = Marked(line, len(document.zones) - 1, document.end)
    document.text += line
    document.sentences.append(sentence)
    zone["start"] = sentence.start if first else zone["start"]
    zone["end"] = document.end


def finish_zones(document: Document) -> None:
    for number, zone in enumerate(document.zones, 1):
        zone["text"] = document.text[zone["start"] : zone["end"]]
        zone["id"] = f"{document.letter}.z{number:02}"
        label = re.match(r"[^\s:]+( [^\s:]+)?:", zone["text"]) if zone["type"] == "source_line" else None
        if label:
            zone["label"] = {"text": label[0], "start": zone["start"], "end": zone["start"] + label.end()}


def document_record(document: Document, name: str) -> Record:
    data = document.text.encode()
    sentences = [
        {
            "id": document.sentence_id(each),
            "doc": document.letter,
            "zone": document.zones[each.zone]["id"],
            "start": each.start,
            "end": each.start + len(each.text),
            "text": each.text,
        }
        for each in document.sentences
        if document.sentence_id(each)
    ]
    return {
        "doc": document.letter,
        "kind": document.kind,
        "file": f"{name}-{document.letter}.txt",
        "sha256": hashlib.sha256(data).hexdigest(),
        "codepoints": len(document.text),
        "language": document.language,
        "outlet": document.outlet or None,
        "published": document.published or None,
        "time_zone": None,
        "byline": document.byline or None,
        "text": document.text,
        "zones": document.zones,
        "sentences": sentences,
    }


def sections(source: Path) -> list[tuple[str, list[str]]]:
    text = re.sub(r"\\u([0-9a-f]{4})", lambda hit: chr(int(hit[1], 16)), source.read_text("utf-8"))
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("== "):
            found.append((line[3:].strip(), []))
        elif found:
            found[-1][1].append(line.rstrip())
    return found
