"""Marks that begin with @: who says what."""

from __future__ import annotations

from bench.gold.documents import Document, Marked, span
from bench.gold.words import GoldError, Record, options

TYPES = {
    "dir": "direct",
    "ind": "indirect",
    "evi": "evidential",
    "acc": "according_to",
    "lab": "label",
    "age": "agentless",
    "pub": "publication",
    "act": "speech_act",
}
OPENING, CLOSING = "“«\"„‘'", "”»\"“’'"


def attribution(document: Document, sentence: Marked, mark: str) -> None:
    """`@key type | source // other | cue | content // other | options`."""
    parts = [each.strip() for each in mark[1:].split("|")] + [""]
    key, _, kind = parts[0].rpartition(" ")
    place = (sentence.start, sentence.start + len(sentence.text))
    number = len(document.attributions) + 1
    record: Record = {
        "id": f"a{document.letter}{number}",
        "doc": document.letter,
        "sentence": document.sentence_id(sentence),
        "type": TYPES[kind],
        "resolved_source": None,
        "hedged": False,
    }
    for name, words in zip(("source", "cue", "content"), parts[1:4], strict=True):
        first, *others = [each.strip() for each in words.split(" // ")]
        record[name] = None if first == "-" else span(document, first, *place)
        alternatives = [None if each == "-" else span(document, each, *place) for each in others]
        if name == "content" and record[name]:
            alternatives += with_quotes(document, record[name])
        if alternatives:
            record[f"{name}_alt"] = alternatives
    _attribution_options(document, place, record, options(parts[4]))
    if key in document.attributions:
        raise GoldError(f"the key {key!r} is used twice")
    document.attributions[key or str(number)] = record


def with_quotes(document: Document, content: Record) -> list[Record]:
    """The same content with its quotation marks, where it has some."""
    start, end, text = content["start"], content["end"], document.text
    if start == 0 or text[start - 1] not in OPENING:
        return []
    after = end + (text[end : end + 1] in tuple(",.;"))
    close = after if text[after : after + 1] in tuple(CLOSING) else end
    if text[close : close + 1] not in tuple(CLOSING):
        return []
    close += 1
    return [{"start": start - 1, "end": close, "text": text[start - 1 : close]}]


def _attribution_options(document: Document, place: tuple[int, int], record: Record, given: dict[str, str]) -> None:
    for name, value in given.items():
        if name == "res":
            record["resolved_source"] = value
        elif name == "par":
            record["parent"] = document.attributions[value]["id"]
        elif name in ("hedge", "label"):
            record[name] = span(document, value, *place)
        elif name in ("factive", "passive", "metonym", "inside", "hedged"):
            record["inside_leak" if name == "inside" else name] = True
        elif name in ("scope", "note"):
            record[name] = value
        else:
            raise GoldError(f"unknown option {name!r} of an attribution")
    record["hedged"] = record["hedged"] or "hedge" in record
