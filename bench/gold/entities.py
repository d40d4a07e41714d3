"""Names and nominals of the texts, and the places of persons who must be masked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bench.gold.documents import Document, Marked, span
from bench.gold.words import GoldError, Record, options

if TYPE_CHECKING:
    from bench.gold.case import Case


def entities(case: Case) -> list[Record]:
    """`key Schema | caption | name, Name* | A3 words; B2 words | options`: names, then nominals near a sentence."""
    found: list[Record] = []
    taken: set[tuple[str, int]] = set()
    lines = case.sections.get("entities", [])
    for line in lines:
        parts = [each.strip() for each in line.split("|")] + ["", "", ""]
        key, schema = parts[0].split()
        record: Record = {"id": key, "schema": None if schema == "-" else schema, "caption": parts[1]}
        given = options(parts[4])
        record |= {name: value for name, value in given.items() if name in ("mask", "role", "note")}
        if "distinct" in given:
            record["distinct_from"] = given["distinct"].split(",")
        record["surface_names"] = []
        record["mentions"] = _names(case, parts[2], taken, record["surface_names"]) + _nominals(case, parts[3])
        found.append(record)
    return found


def _names(case: Case, names: str, taken: set[tuple[str, int]], surface: list[str]) -> list[Record]:
    mentions: list[Record] = []
    for name in sorted(filter(None, (each.strip() for each in names.split(","))), key=len, reverse=True):
        stem = re.escape(name.rstrip("*")) + (r"\w*" if name.endswith("*") else "")
        stem = stem.replace(r"\*\ ", r"\w* ")
        count = len(mentions)
        for document in case.docs.values():
            for sentence in document.sentences:
                if document.zones[sentence.zone]["drop"]:
                    continue
                for hit in re.finditer(rf"(?<!\w){stem}(?!\w)", sentence.text):
                    mentions += _mention(case, document, sentence, hit, taken, surface)
        if len(mentions) == count:
            raise GoldError(f"{case.name}: the name {name!r} is nowhere")
    return mentions


def _mention(
    case: Case, document: Document, sentence: Marked, hit: Any, taken: Any, surface: list[str]
) -> list[Record]:
    start, end = sentence.start + hit.start(), sentence.start + hit.end()
    if any((document.letter, at) in taken for at in range(start, end)):
        return []
    taken.update((document.letter, at) for at in range(start, end))
    surface += [hit[0]] if hit[0] not in surface else []
    where = {"doc": document.letter, "sentence": document.sentence_id(sentence)}
    return [{**where, "start": start, "end": end, "text": hit[0], "form": "name"}]


def _nominals(case: Case, part: str) -> list[Record]:
    mentions: list[Record] = []
    for item in filter(None, (each.strip() for each in part.split(";"))):
        place, _, words = item.partition(" ")
        document, number = case.docs[place[0]], int(place[1:]) - 1
        kept = [each for each in document.sentences if document.sentence_id(each)]
        holding = [at for at, each in enumerate(kept) if words in each.text]
        if not holding:
            raise GoldError(f"{case.name}: no sentence with {words!r}")
        sentence = kept[min(holding, key=lambda at: abs(at - number))]
        where = {"doc": document.letter, "sentence": document.sentence_id(sentence)}
        found = span(document, words, sentence.start, sentence.start + len(sentence.text))
        mentions.append({**where, **found, "form": "nominal"})
    return mentions


def privacy(case: Case, entities: list[Record]) -> list[Record]:
    """Every place of a masked person's name, letters included (`letter` instead of `doc`)."""
    found: list[Record] = []
    for entity in (each for each in entities if "mask" in each):
        for mention in (each for each in entity["mentions"] if each["form"] == "name"):
            found.append({"entity": entity["id"], **{k: mention[k] for k in ("doc", "start", "end", "text")}})
        for key, text in case.letters.items():
            for name in entity["surface_names"]:
                for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                    where = {"letter": key, "start": hit.start(), "end": hit.end()}
                    found.append({"entity": entity["id"], **where, "text": name})
    return found
