"""Turns readable marks into gold files: every offset is computed here, and words that are not found stop the build.

    python bench/gold_build.py [SOURCE.gold ...]

Without SOURCE: everything below tests/reading/gold. `NAME.gold` gives `NAME.json` (format `leakdesk-gold/1`) beside it.
How a source is written stands in tests/reading/gold/README.md. Nothing here knows how the product reads.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parents[1] / "tests/reading/gold"
KEPT = frozenset({"headline", "standfirst", "body", "source_line", "quoted"})
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
RELATIONS = frozenset(
    ["equivalent", "a_more_specific", "b_more_specific", "overlapping", "conflicting", "updated", "only_a", "only_b"]
)
VERDICTS = frozenset(["supports", "partly", "contradicts", "silent", "not_checkable"])
QUOTED = frozenset(["found", "altered", "truncated", "absent"])
_TOLD = "asserted planned alleged denied inferred presupposed predicted possible intended asked"
MODALITIES = frozenset(_TOLD.split())
TIERS = frozenset(["core", "secondary", "provenance", "rhetoric"])
OPENING, CLOSING = "“«\"„‘'", "”»\"“’'"
Record = dict[str, Any]


class GoldError(Exception):
    """A mark that does not fit its text."""


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


# ---- words to offsets ------------------------------------------------------------------------------------------------


def find(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """Place of `words` in text[start:end]; `a ~~ b` runs from a to b (b may lie beyond end); `#2` is the second one.

    A place where the words are whole goes before one inside another word ("he" is not in "They" while a "he" follows).
    """
    if " ~~ " in words:
        first, last = words.split(" ~~ ", 1)
        begin, after = find(text, first, start, end)
        try:
            return begin, find(text, last, after, end)[1]
        except GoldError:
            return begin, find(text, last, after, len(text))[1]
    words, _, number = words.partition("#") if re.search(r"#\d$", words) else (words, "", "1")
    places = [hit.start() for hit in re.finditer(f"(?={re.escape(words)})", text[:end]) if hit.start() >= start]
    places = [each for each in places if each + len(words) <= end]
    whole = [each for each in places if not _inside_word(text, each, each + len(words))]
    chosen = (whole or places)[int(number) - 1 : int(number)] or places[int(number) - 1 : int(number)]
    if not chosen:
        raise GoldError(f"{words!r} is not in {text[start:end][:120]!r}")
    return chosen[0], chosen[0] + len(words)


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins or ends in the middle of a word."""
    return any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))


def span(document: Document, words: str, start: int, end: int) -> Record:
    begin, after = find(document.text, words, start, end)
    return {"start": begin, "end": after, "text": document.text[begin:after]}


def options(part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in filter(None, (each.strip() for each in part.split(";"))):
        name, _, value = item.partition("=")
        found[name.strip()] = value.strip() or "yes"
    return found


# ---- documents -------------------------------------------------------------------------------------------------------


def read_document(header: str, lines: list[str]) -> Document:
    parts = [each.strip() for each in header.split("|")] + ["", "", ""]
    letter, language, kind = parts[0].split()
    document = Document(letter, language, kind, *parts[1:4])
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


# ---- attributions ----------------------------------------------------------------------------------------------------


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


# ---- claims ----------------------------------------------------------------------------------------------------------


def claim(document: Document, sentence: Marked, mark: str) -> None:
    """`!key tier | subject | predicate = lemma, other | object | quote | options`; `*` stands before head words."""
    parts = [each.strip() for each in mark[1:].split("|")] + [""]
    key, tier = parts[0].split()
    place = (sentence.start, sentence.start + len(sentence.text))
    quote = span(document, parts[4] if parts[4] not in ("", ".") else sentence.text.rstrip(" .!?…"), *place)
    inside = (quote["start"], quote["end"])
    words, _, lemmas = parts[2].partition(" = ")
    lemma, *others = [each.strip() for each in (lemmas or words).split(",")]
    given = options(parts[5])
    record: Record = {
        "id": f"{document.letter}.c{len(document.claims) + 1:02}",
        "doc": document.letter,
        "sentence": document.sentence_id(sentence),
        "quote": {
            "exact": quote["text"],
            "start": quote["start"],
            "end": quote["end"],
            "prefix": document.text[max(0, quote["start"] - 32) : quote["start"]],
            "suffix": document.text[quote["end"] : quote["end"] + 32],
        },
        "predicate": {"text": span(document, words, *inside)["text"], "lemma": lemma, "alt": others},
        "tier": tier,
        "proposition": f"{document.letter}.{key}",
        "modality": "asserted",
        "polarity": "+",
    }
    _role(document, record, "subject", parts[1], inside, place)
    _role(document, record, "object", parts[3], inside, place)
    _claim_attributions(document, record, given)
    _claim_options(document, record, given, place)
    if tier not in TIERS or record["modality"] not in MODALITIES:
        raise GoldError(f"{key}: tier or modality unknown")
    if key in document.claims:
        raise GoldError(f"the key {key!r} is used twice")
    document.claims[key] = record


def _role(document: Document, record: Record, name: str, part: str, inside: tuple[int, int], place: Any) -> None:
    """`the tram *maker {factory} =maker`: words, head words, other accepted heads, entity.

    `- {factory}` is a part that is not said: none and `factory` are both right; `- {!factory}`: it must be restored.
    """
    found = re.fullmatch(r"(.*?)\s*(?:\{(.*?)\})?\s*(?:=(\w+))?", part)
    if not found:
        raise GoldError(f"cannot read the role {part!r}")
    words, extra, entity = found[1], [each.strip() for each in (found[2] or "").split(",") if each.strip()], found[3]
    if words in ("", "-"):
        must = bool(extra) and extra[0].startswith("!")
        names = [each.lstrip("!") for each in extra]
        head = names.pop(0) if must else None
        implicit: Record = {"text": None, "entity": entity, "head": head, "implicit": True}
        record[name] = implicit if extra or entity else None
        if names:
            record[f"{name}_alt_head"] = names
        return
    heads = re.findall(r"\*([\w’'`\-]+)", words)
    plain = words.replace("*", "")
    if not heads:
        names = plain.split()
        named = len(names) == 1 or all(each[0].isupper() for each in names)
        if not named and not extra:
            raise GoldError(f"mark the head of {plain!r}")
        heads = [names[-1], *names[:-1]] if named else [extra.pop(0)]
    try:
        where = span(document, plain, *inside)
    except GoldError:
        where = span(document, plain, *(place if name == "object" else (0, place[1])))
    record[name] = {
        "text": where["text"],
        "entity": entity,
        "head": heads[0],
        "start": where["start"],
        "end": where["end"],
    }
    if heads[1:] + extra:
        record[f"{name}_alt_head"] = heads[1:] + extra


def _claim_attributions(document: Document, record: Record, given: dict[str, str]) -> None:
    """Every attribution whose content holds the quotation, outermost first; origin and hedge follow from them."""
    quote = record["quote"]
    holding: list[Record] = []
    for each in document.attributions.values():
        content = each["content"]
        if content is None or each["type"] == "publication":
            continue
        shared = min(content["end"], quote["end"]) - max(content["start"], quote["start"])
        if shared >= 0.8 * (quote["end"] - quote["start"]):
            holding.append(each)
    holding.sort(key=lambda each: each["content"]["start"] - each["content"]["end"])
    if "a" in given:
        named = given.pop("a")
        holding = [] if named == "none" else [document.attributions[key] for key in named.split(",")]
    record["attributions"] = [each["id"] for each in holding]
    record["hedged"] = any(each["hedged"] for each in holding)
    kinds = {each["type"] for each in holding}
    documents = "evidential" in kinds
    record["origin"] = "documents" if documents else "witness" if kinds - {"agentless"} else "outlet"
    if kinds == {"agentless"}:
        record["origin"] = "unspecified"
    record["qualifiers"] = {}


def _claim_options(document: Document, record: Record, given: dict[str, str], place: tuple[int, int]) -> None:
    plain = {"mod": "modality", "pol": "polarity", "org": "origin", "prop": "proposition", "privacy": "privacy"}
    for name, value in given.items():
        if name in plain:
            record[plain[name]] = value
        elif name in ("mod2", "note"):
            record["modality_alt" if name == "mod2" else "note"] = value
        elif name == "hedged":
            record["hedged"] = value != "no"
        elif name == "dup":
            record["duplicate_of"] = value
        else:
            record["qualifiers"][name] = _qualifier(document, name, value, place)


def _qualifier(document: Document, name: str, value: str, place: tuple[int, int]) -> Record:
    """`words @ edtf`, `words @ value @ unit @ role` or `words @ entity`."""
    words, *more = [each.strip() for each in value.split(" @ ")]
    record = span(document, words, *place)
    if name == "time":
        return record | ({"edtf": more[0], "value": more[0]} if more else {})
    if name.startswith("quantity"):
        names = ("value", "unit", "role", "not")
        found: Record = dict(zip(names, more, strict=False))
        if re.fullmatch(r"-?\d+(\.\d+)?", found.get("value", "")):
            found["value"] = float(found["value"]) if "." in found["value"] else int(found["value"])
        return record | found
    if name not in ("to", "from", "with", "for", "by", "place", "purpose", "cause", "condition", "base", "about"):
        raise GoldError(f"unknown slot {name!r}")
    return record | ({"entity": more[0]} if more else {})


# ---- everything beside the texts -------------------------------------------------------------------------------------


class Case:
    """The documents of one source and what is said about them together."""

    def __init__(self, source: Path) -> None:
        self.name = source.stem
        self._errors: list[str] = []
        self.title, self.docs, self.letters = "", dict[str, Document](), dict[str, str]()
        self.sections: dict[str, list[str]] = {}
        for header, lines in sections(source):
            word = header.split()[0]
            if word == "leak":
                self._read_letters(lines)
            elif len(word) == 1:
                self.docs[word] = read_document(header, lines)
            elif word == "title":
                self.title = header.removeprefix("title").strip()
            else:
                self.sections[word] = [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    def _read_letters(self, lines: list[str]) -> None:
        name = ""
        for line in lines:
            if line.startswith("--- "):
                name = line[4:].strip()
                self.letters[name] = ""
            elif name:
                self.letters[name] += line + "\n"
        self.letters = {key: text.strip("\n") + "\n" for key, text in self.letters.items()}

    def record(self) -> Record:
        for document in self.docs.values():
            finish_zones(document)
            self._marks(document)
        if self._errors:
            raise GoldError("\n".join(self._errors))
        for document in self.docs.values():
            for each in document.claims.values():
                if "duplicate_of" in each:
                    other = document.claims[each["duplicate_of"]]
                    each["duplicate_of"], each["proposition"] = other["id"], other["proposition"]
        self._propositions()
        record: Record = {
            "format": "leakdesk-gold/1",
            "title": self.title,
            "annotator": "the author of the fixtures; offsets computed by bench/gold_build.py",
            "scored": self.sections.get("scored", ["zones attributions claims"])[0].split(),
            "documents": [document_record(each, self.name) for each in self.docs.values()],
            "entities": self._entities(),
            "attributions": [each for doc in self.docs.values() for each in doc.attributions.values()],
            "not_attributions": self._not_attributions,
            "hedge_cues": self._hedges,
            "claims": [each for doc in self.docs.values() for each in doc.claims.values()],
            "propositions": self._props,
        }
        if "align" in self.sections or "lineage" in self.sections:
            record |= {
                "alignment": self._alignment(),
                "not_aligned": [self._apart(line) for line in self.sections.get("apart", [])],
                "lineage": self._lineage(),
                "privacy": self._privacy(record["entities"]),
                "leak": self._leak(),
                "expectations": dict(line.split(": ", 1) for line in self.sections.get("expect", [])),
                "variants": [self._variant(line) for line in self.sections.get("variants", [])],
            }
        return record

    # ---- marks under the sentences

    def _marks(self, document: Document) -> None:
        self._hedges: list[Record] = getattr(self, "_hedges", [])
        self._not_attributions: list[Record] = getattr(self, "_not_attributions", [])
        for wanted in "@!~%":
            for sentence in document.sentences:
                for mark in (each for each in sentence.marks if each[0] == wanted):
                    try:
                        self._mark(document, sentence, mark)
                    except (GoldError, KeyError, ValueError, IndexError) as error:
                        self._errors.append(f"{self.name} {document.letter}: {mark}\n    {error!r}")

    def _mark(self, document: Document, sentence: Marked, mark: str) -> None:
        place = (sentence.start, sentence.start + len(sentence.text))
        if mark[0] == "@":
            return attribution(document, sentence, mark)
        if mark[0] == "!":
            return claim(document, sentence, mark)
        words, _, why = (each.strip() for each in mark[1:].partition("|"))
        if mark[0] == "~":
            self._hedges.append({"doc": document.letter, **span(document, words, *place), "kind": why})
        else:
            where = {"sentence": document.sentence_id(sentence)}
            if where["sentence"] is None:
                where = {"zone": document.zones[sentence.zone]["id"]}
            self._not_attributions.append({**where, "cue": span(document, words, *place), "why": why})
        return None

    # ---- shared records

    def _claim(self, key: str) -> Record:
        letter, _, name = key.strip().partition(".")
        if name not in self.docs[letter].claims:
            raise GoldError(f"{self.name}: no claim {key!r}")
        return self.docs[letter].claims[name]

    def _propositions(self) -> None:
        used: dict[str, list[str]] = {}
        for line in self.sections.get("align", []):
            left, right = self._sides(line.split(" | ")[0])
            relation = line.split(" | ")[1].split("/")[0].strip()
            if left and right and relation in ("equivalent", "conflicting", "updated"):
                for each in left + right:
                    each["proposition"] = left[0]["proposition"]
        for document in self.docs.values():
            for each in document.claims.values():
                used.setdefault(each["proposition"], []).append(each["id"])
        self._props = [{"id": key, "claims": ids} for key, ids in used.items()]

    def _entities(self) -> list[Record]:
        """`key Schema | caption | name, Name* | A3 words; B2 words | options`: names, then nominals near a sentence."""
        found: list[Record] = []
        taken: set[tuple[str, int]] = set()
        lines = self.sections.get("entities", [])
        for line in lines:
            parts = [each.strip() for each in line.split("|")] + ["", "", ""]
            key, schema = parts[0].split()
            record: Record = {"id": key, "schema": None if schema == "-" else schema, "caption": parts[1]}
            given = options(parts[4])
            record |= {name: value for name, value in given.items() if name in ("mask", "role", "note")}
            if "distinct" in given:
                record["distinct_from"] = given["distinct"].split(",")
            record["surface_names"] = []
            record["mentions"] = self._names(parts[2], taken, record["surface_names"]) + self._nominals(parts[3])
            found.append(record)
        return found

    def _names(self, names: str, taken: set[tuple[str, int]], surface: list[str]) -> list[Record]:
        mentions: list[Record] = []
        for name in sorted(filter(None, (each.strip() for each in names.split(","))), key=len, reverse=True):
            stem = re.escape(name.rstrip("*")) + (r"\w*" if name.endswith("*") else "")
            stem = stem.replace(r"\*\ ", r"\w* ")
            count = len(mentions)
            for document in self.docs.values():
                for sentence in document.sentences:
                    if document.zones[sentence.zone]["drop"]:
                        continue
                    for hit in re.finditer(rf"(?<!\w){stem}(?!\w)", sentence.text):
                        mentions += self._mention(document, sentence, hit, taken, surface)
            if len(mentions) == count:
                raise GoldError(f"{self.name}: the name {name!r} is nowhere")
        return mentions

    def _mention(self, document: Document, sentence: Marked, hit: Any, taken: Any, surface: list[str]) -> list[Record]:
        start, end = sentence.start + hit.start(), sentence.start + hit.end()
        if any((document.letter, at) in taken for at in range(start, end)):
            return []
        taken.update((document.letter, at) for at in range(start, end))
        surface += [hit[0]] if hit[0] not in surface else []
        where = {"doc": document.letter, "sentence": document.sentence_id(sentence)}
        return [{**where, "start": start, "end": end, "text": hit[0], "form": "name"}]

    def _nominals(self, part: str) -> list[Record]:
        mentions: list[Record] = []
        for item in filter(None, (each.strip() for each in part.split(";"))):
            place, _, words = item.partition(" ")
            document, number = self.docs[place[0]], int(place[1:]) - 1
            kept = [each for each in document.sentences if document.sentence_id(each)]
            holding = [at for at, each in enumerate(kept) if words in each.text]
            if not holding:
                raise GoldError(f"{self.name}: no sentence with {words!r}")
            sentence = kept[min(holding, key=lambda at: abs(at - number))]
            where = {"doc": document.letter, "sentence": document.sentence_id(sentence)}
            found = span(document, words, sentence.start, sentence.start + len(sentence.text))
            mentions.append({**where, **found, "form": "nominal"})
        return mentions

    def _sides(self, part: str) -> tuple[list[Record], list[Record]]:
        left, _, right = part.partition("~")
        sides = [[self._claim(key) for key in side.split("+") if key.strip(" -")] for side in (left, right)]
        return sides[0], sides[1]

    def _alignment(self) -> list[Record]:
        """`A.x + A.y ~ B.z | relation/strength | accept=..; n=1; note=..; optional`."""
        rows: list[Record] = []
        for number, line in enumerate(self.sections.get("align", []), 1):
            parts = [each.strip() for each in line.split(" | ")] + [""]
            left, right = self._sides(parts[0])
            relation, _, strength = parts[1].partition("/")
            if relation not in RELATIONS:
                raise GoldError(f"{self.name}: relation {relation!r}")
            given = options(parts[2])
            record: Record = {"id": f"L{number:02}", "a": [x["id"] for x in left], "b": [x["id"] for x in right]}
            record |= {"pair": sorted({x["doc"] for x in left + right}), "relation": relation}
            if strength:
                record["strength"] = strength
            if "accept" in given:
                record["accept"] = given["accept"].split(",")
            if left and right:
                record["independent_sources"] = int(given.get("n", "1"))
                record |= {name: int(given[name]) for name in ("at_least", "at_most") if name in given}
            record |= {name: given[name] for name in ("note",) if name in given}
            record |= {"optional": True} if "optional" in given else {}
            rows.append(record)
        return rows

    def _apart(self, line: str) -> Record:
        pair, _, why = (each.strip() for each in line.partition(" | "))
        left, right = self._sides(pair)
        return {"a": left[0]["id"], "b": right[0]["id"], "why": why}

    # ---- lineage

    def _lineage(self) -> Record:
        record: Record = {"nodes": [], "edges": [], "roots": [], "counts": []}
        for line in self.sections.get("lineage", []):
            word, _, rest = line.partition(" ")
            parts = [each.strip() for each in rest.split(" | ")]
            if word == "sources":
                low, *more = [int(each) for each in rest.split()]
                record |= {"independent_sources": low, "at_least": low, "at_most": more[0] if more else low}
            elif word == "node":
                record["nodes"].append(self._node(parts))
            elif word == "edge":
                record["edges"].append(self._edge(parts))
            elif word in ("root", "loop"):
                record.setdefault(word + "s", []).append(rest if word == "root" else rest.split())
            elif word == "count":
                claims = [self._claim(key)["id"] for key in parts[0].split("+")]
                low, *more = [int(each) for each in parts[1].split()]
                why = parts[2] if len(parts) > 2 else ""
                record["counts"].append(
                    {"claims": claims, "independent_sources": low, "at_most": more[0] if more else low, "why": why}
                )
            else:
                record[word] = rest
        return record

    def _node(self, parts: list[str]) -> Record:
        key, kind = parts[0].split()
        record: Record = {"id": key, "kind": kind, "name": parts[1] if len(parts) > 1 else key}
        if key in self.docs:
            document = self.docs[key]
            record |= {"doc": key, "name": document.outlet, "published": document.published}
        return record

    def _edge(self, parts: list[str]) -> Record:
        """`from > to | relation | certainty | A: words; B: words | note`."""
        start, end = (each.strip() for each in parts[0].split(">"))
        evidence: list[Record] = []
        for item in filter(None, (each.strip() for each in (parts[3] if len(parts) > 3 else "").split(";"))):
            letter, _, words = item.partition(": ")
            evidence.append({"doc": letter, **span(self.docs[letter], words, 0, self.docs[letter].end)})
        record = {"from": start, "to": end, "relation": parts[1], "certainty": parts[2], "evidence": evidence}
        return record | ({"note": parts[4]} if len(parts) > 4 else {})

    # ---- letters

    def _leak(self) -> Record:
        verdicts = [self._verdict(line) for line in self.sections.get("verdicts", [])]
        verdicts += self._unlisted({each["claim"]: each for each in verdicts})
        quotations = [self._quotation(line) for line in self.sections.get("quotations", [])]
        letters = [
            {"id": key, "file": f"{self.name}-{key}.txt", "text": text, "codepoints": len(text)}
            for key, text in self.letters.items()
        ]
        return {"letters": letters, "verdicts": verdicts, "quotations": quotations}

    def _passages(self, part: str) -> list[Record]:
        found: list[Record] = []
        for item in filter(None, (each.strip() for each in part.split(" ;; "))):
            key, _, words = item.partition(": ")
            start, end = find(self.letters[key], words, 0, len(self.letters[key]))
            found.append({"letter": key, "start": start, "end": end, "text": self.letters[key][start:end]})
        return found

    def _verdict(self, line: str) -> Record:
        """`A.x supports,partly | m1: words ;; m2: words | note`; the first verdict is wanted, the others pass."""
        parts = [each.strip() for each in line.split(" | ")] + ["", ""]
        key, words = parts[0].split()
        verdict, *accept = words.split(",")
        if not VERDICTS.issuperset([verdict, *accept]):
            raise GoldError(f"{self.name}: verdict {words!r}")
        claim_id, near = self._claim(key)["id"], parts[2].startswith("near")
        record = {"claim": claim_id, "verdict": verdict, "accept": accept, "passages": self._passages(parts[1])}
        return record | {"note": parts[2], "near_only": near}

    def _unlisted(self, listed: dict[str, Record]) -> list[Record]:
        """Verdicts of the other claims: a repeated one has that of its first, about the rest the letters are silent."""
        found: list[Record] = []
        for each in (each for document in self.docs.values() for each in document.claims.values()):
            if each["id"] in listed:
                continue
            first = listed.get(each.get("duplicate_of", ""))
            opinion = each["tier"] == "rhetoric" or each["origin"] == "opinion"
            wanted = ["not_checkable", "silent"] if opinion else ["silent", "not_checkable"]
            record = {"verdict": wanted[0], "accept": wanted[1:], "passages": [], "note": "", "near_only": False}
            found.append({**(first or record), "claim": each["id"], "unlisted": True})
        return found

    def _quotation(self, line: str) -> Record:
        """`A: words | verdict | m1: words | what differs`."""
        parts = [each.strip() for each in line.split(" | ")] + ["", ""]
        letter, _, words = parts[0].partition(": ")
        if parts[1] not in QUOTED:
            raise GoldError(f"{self.name}: quotation {parts[1]!r}")
        found = span(self.docs[letter], words, 0, self.docs[letter].end)
        passages = self._passages(parts[2])
        record = {"doc": letter, **found, "verdict": parts[1], "difference": parts[3]}
        return record | ({"passage": passages[0]} if passages else {})

    def _privacy(self, entities: list[Record]) -> list[Record]:
        """Every place of a masked person's name, letters included (`letter` instead of `doc`)."""
        found: list[Record] = []
        for entity in (each for each in entities if "mask" in each):
            for mention in (each for each in entity["mentions"] if each["form"] == "name"):
                found.append({"entity": entity["id"], **{k: mention[k] for k in ("doc", "start", "end", "text")}})
            for key, text in self.letters.items():
                for name in entity["surface_names"]:
                    for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                        where = {"letter": key, "start": hit.start(), "end": hit.end()}
                        found.append({"entity": entity["id"], **where, "text": name})
        return found

    def _variant(self, line: str) -> Record:
        """`A: old => new && B: old => new | claim=A.x; with=B.y; relation=..`: changes, and what must be found then."""
        changes, _, expected = (each.strip() for each in line.partition(" | "))
        edits: list[Record] = []
        for change in changes.split(" && "):
            letter, _, words = change.strip().partition(": ")
            old, new = (each.strip() for each in words.split(" => "))
            edits.append({"doc": letter, **span(self.docs[letter], old, 0, self.docs[letter].end), "replace_with": new})
        found: Record = dict(options(expected))
        found |= {name: self._claim(found[name])["id"] for name in ("claim", "with") if name in found}
        found |= {name: int(found[name]) for name in ("independent_sources",) if name in found}
        return {"edits": edits, "expected": found}


def sections(source: Path) -> list[tuple[str, list[str]]]:
    text = re.sub(r"\\u([0-9a-f]{4})", lambda hit: chr(int(hit[1], 16)), source.read_text("utf-8"))
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("== "):
            found.append((line[3:].strip(), []))
        elif found:
            found[-1][1].append(line.rstrip())
    return found


def build(source: Path) -> Record:
    """The gold record of one source."""
    return Case(source).record()


def dumped(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    sources = [Path(each) for each in arguments] or sorted(GOLD.glob("**/*.gold"))
    for source in sources:
        try:
            record = build(source)
        except GoldError as error:
            print(f"{source}: {error}", file=sys.stderr)
            return 1
        source.with_suffix(".json").write_text(dumped(record), "utf-8")
        counts = {key: len(record[key]) for key in ("documents", "attributions", "claims")}
        print(source.name, counts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
