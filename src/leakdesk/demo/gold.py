"""What a careful reader would mark in the publications, in the format `leakdesk-gold/1`, one record a pair.

The sources name words; every offset is computed here, and words that are not found, or found twice, stop the build.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from leakdesk.demo.reports import Report, Sentence, Zone
from leakdesk.demo.sources import Table, source_table
from leakdesk.demo.wording import Wording

Record = dict[str, Any]
PAIRS = ("A_B", "P_A", "P_B", "I_A")
_FORMS = {"names": "name", "acronyms": "acronym", "nominal": "nominal", "pronoun": "pronoun", "metonym": "metonym"}
_CONVENTIONS = {
    "offsets": "0-based Unicode code points of documents[].text; end exclusive; text[start:end] equals the record",
    "text": "the visible text of the page in reading order, one line feed after every block",
    "relation_of_alignment": "equivalent | a_more_specific | b_more_specific | conflicting (strength hard|soft) | "
    'overlapping | only_a | only_b; "accept" lists further labels that score as right',
    "tier": "core | secondary | provenance | rhetoric",
    "modality": "asserted | planned | alleged | denied | inferred | presupposed | predicted",
    "origin": "letters | testimony | outlet | background",
}


@cache
def _table(name: str) -> Table:
    return source_table(f"reports/{name}.toml")


class Gold:
    """The marks of all publications of one telling."""

    def __init__(self, reports: Mapping[str, Report], wording: Wording) -> None:
        self._reports, self._wording = reports, wording
        self._attributions = {letter: self._attributions_of(letter) for letter in reports}
        self._claims = {letter: self._claims_of(letter) for letter in reports}

    def pair(self, name: str) -> Record:
        """One pair as a complete gold record."""
        letters = name.split("_")
        claims = [claim for letter in letters for claim in self._claims[letter]]
        return {
            "format": "leakdesk-gold/1",
            "annotator": "the author of the demo; offsets computed by the builder",
            "conventions": _CONVENTIONS,
            "documents": [self._document(letter) for letter in letters],
            "entities": self._entities(letters),
            "attributions": [record for letter in letters for record in self._attributions[letter]],
            "not_attributions": self._marks("not", letters),
            "hedge_cues": self._marks("hedge", letters),
            "not_hedges": self._marks("nothedge", letters),
            "claims": claims,
            "propositions": self._propositions(claims),
            "alignment": self._alignment(name),
            "not_aligned": self._apart(letters),
            "fusions": self._fusions(letters),
            "lineage": self._lineage(name, letters),
            "privacy": self._privacy(letters),
        }

    def claim_rows(self, letter: str) -> Iterable[tuple[str, Table]]:
        """The source rows of one publication's claims, by id (for the comparison with the letters)."""
        rows = _table("claims")[letter]
        return ((self._claim_id(f"{letter}.{key}"), row) for key, row in rows.items())

    # ---- places ------------------------------------------------------------------------------------------------

    def _fill(self, letter: str, text: str) -> str:
        return self._wording.fill(text, self._reports[letter].language)

    def _span(self, letter: str, label: str, words: str, within: str = "") -> Record:
        """The span of `words` in a sentence; `#2` at the end asks for the second such place."""
        report = self._reports[letter]
        sentence = report.sentence(label)
        text, _, nth = self._fill(letter, words).partition("#")
        low, high = sentence.span.start, sentence.span.end
        if within:
            low = report.text.index(self._fill(letter, within), low, high)
            high = low + len(self._fill(letter, within))
        places = [at.start() for at in re.finditer(_whole_words(text), report.text[low:high])]
        if not places:
            raise ValueError(f"{letter} {label}: {text!r} not found")
        start = low + places[int(nth or 1) - 1]
        return {"start": start, "end": start + len(text), "text": text}

    # ---- documents and entities ----------------------------------------------------------------------------------

    def _document(self, letter: str) -> Record:
        report = self._reports[letter]
        return {
            "doc": letter, "file": f"{letter}.txt", "sha256": hashlib.sha256(report.text.encode()).hexdigest(),
            "codepoints": len(report.text), "language": report.language, "outlet": report.outlet,
            "published": report.published.isoformat(timespec="minutes"), "time_zone": None,
            "byline": report.byline or None, "text": report.text,
            "zones": [_zone_record(zone) for zone in report.zones],
            "sentences": [_sentence_record(letter, sentence) for sentence in report.sentences],
        }  # fmt: skip

    def _entities(self, letters: Sequence[str]) -> list[Record]:
        records: list[Record] = []
        for key, row in _table("entities").items():
            mentions = [mention for letter in letters for mention in self._mentions(key, row, letter)]
            if not mentions:
                continue
            kept = {
                name: row[name] for name in ("kind", "schema", "alt_schema", "country", "role", "mask") if name in row
            }
            kept |= {name: row[name] for name in ("position", "distinct_from", "note") if name in row}
            named = sorted({str(m["text"]) for m in mentions if m["form"] in ("name", "acronym")})
            caption = self._wording.fill(str(row["caption"]), "en")
            records.append({"id": key, **kept, "caption": caption, "surface_names": named, "mentions": mentions})
        return records

    def _mentions(self, key: str, row: Table, letter: str) -> list[Record]:
        found: list[Record] = []
        for field, form in _FORMS.items():
            for words in row.get(field, {}).get(letter, []):
                if form in ("name", "acronym"):
                    found += self._everywhere(letter, self._fill(letter, words), form, found)
                else:
                    label, _, text = str(words).partition("|")
                    sentence = self._reports[letter].sentence(label)
                    found.append(
                        {"doc": letter, "sentence": sentence.id, **self._span(letter, label, text), "form": form}
                    )
        if any(field in row and letter in row[field] and row[field][letter] for field in ("names",)) and not found:
            raise ValueError(f"{key} has no mention in {letter}")
        return sorted(found, key=lambda mention: int(mention["start"]))

    def _everywhere(self, letter: str, name: str, form: str, taken: Sequence[Record]) -> list[Record]:
        found: list[Record] = []
        for sentence in self._reports[letter].sentences:
            for place in re.finditer(_whole_words(name), sentence.span.text):
                start, end = sentence.span.start + place.start(), sentence.span.start + place.end()
                if not any(mention["start"] < end and start < mention["end"] for mention in taken):
                    record = {"doc": letter, "sentence": sentence.id, "start": start, "end": end, "text": name}
                    found.append({**record, "form": form})
        return found

    # ---- who says it -------------------------------------------------------------------------------------------------

    def _attribution_id(self, key: str) -> str:
        letter, _, _ = key.partition(".")
        rows = _table("attributions")[letter]
        number = next(at for at, row in enumerate(rows, 1) if _attribution_key(letter, row) == key)
        return f"a{letter}{number}"

    def _attributions_of(self, letter: str) -> list[Record]:
        return [self._attribution(letter, row) for row in _table("attributions")[letter]]

    def _attribution(self, letter: str, row: Table) -> Record:
        label = str(row["at"])
        sentence = self._reports[letter].sentence(label)
        span = lambda name: self._span(letter, label, str(row[name])) if name in row else None  # noqa: E731
        record: Record = {
            "id": self._attribution_id(_attribution_key(letter, row)), "doc": letter, "sentence": sentence.id,
            "type": row["type"], "source": span("source"), "resolved_source": row.get("entity"),
            "cue": span("cue"), "content": span("content"), "hedged": "hedge" in row,
        }  # fmt: skip
        for name in ("label", "hedge"):
            if name in row:
                record[name] = span(name)
        for name in ("source_alt", "content_alt"):
            if name in row:
                record[name] = [self._span(letter, label, str(words)) for words in row[name]]
        if "content_antecedent" in row:
            record["content_antecedent"] = self._reports[letter].sentence(str(row["content_antecedent"])).id
        return record | {name: row[name] for name in ("factive", "inside_leak", "scope", "note") if name in row}

    def _marks(self, kind: str, letters: Sequence[str]) -> list[Record]:
        records: list[Record] = []
        for row in _table("attributions")[kind]:
            letter, label = str(row["doc"]), str(row["at"])
            if letter not in letters:
                continue
            span = self._span(letter, label, str(row.get("cue") or row["text"]))
            if kind == "not":
                records.append({"sentence": self._reports[letter].sentence(label).id, "cue": span, "why": row["why"]})
            else:
                records.append({"doc": letter, **span, "kind": row["kind"]})
        return records

    # ---- claims ------------------------------------------------------------------------------------------------------

    def _claim_id(self, key: str) -> str:
        letter, _, name = key.partition(".")
        return f"{letter}.c{list(_table('claims')[letter]).index(name) + 1:02}"

    def _claims_of(self, letter: str) -> list[Record]:
        return [self._claim(letter, key, row) for key, row in _table("claims")[letter].items()]

    def _claim(self, letter: str, key: str, row: Table) -> Record:
        report, label = self._reports[letter], str(row["at"])
        quote = self._span(letter, label, str(row["quote"]))
        prefix = report.text[max(0, quote["start"] - 32) : quote["start"]]
        suffix = report.text[quote["end"] : quote["end"] + 32]
        record: Record = {
            "id": self._claim_id(f"{letter}.{key}"), "doc": letter, "sentence": report.sentence(label).id,
            "quote": {"exact": quote["text"], "start": quote["start"], "end": quote["end"], "prefix": prefix, "suffix": suffix},
            "subject": self._role(letter, row, "s"), "predicate": self._predicate(letter, row),
            "object": self._role(letter, row, "o"), "proposition": row["prop"], "tier": row["tier"],
            "modality": row.get("modality", "asserted"), "polarity": row.get("polarity", "+"),
            "attributions": [self._attribution_id(name) for name in row.get("a", [])],
            "hedged": row.get("hedged", False), "origin": row["origin"],
            "qualifiers": {name: self._qualifier(letter, label, slot) for name, slot in row.get("q", {}).items()},
        }  # fmt: skip
        for name, target in (("s_alt", "subject_alt_head"), ("o_alt", "object_alt_head")):
            if name in row:
                record[target] = self._fill(letter, str(row[name]))
        if "duplicate_of" in row:
            record["duplicate_of"] = self._claim_id(str(row["duplicate_of"]))
        return record | {name: row[name] for name in ("privacy", "note") if name in row}

    def _role(self, letter: str, row: Table, slot: str) -> Record | None:
        """Subject or object: words inside the quote, or only in the sentence when the quote restores them."""
        if not row.get(slot):
            return None
        words, entity, head = (str(part) for part in row[slot])
        label, quote = str(row["at"]), str(row["quote"])
        inside = self._fill(letter, words) in self._fill(letter, quote)
        span = self._span(letter, label, words, within=quote if inside else "")
        head = self._fill(letter, head) or self._fill(letter, words).split()[-1]
        return {
            "text": span["text"],
            "entity": entity or None,
            "head": head,
            "start": span["start"],
            "end": span["end"],
        }

    def _predicate(self, letter: str, row: Table) -> Record:
        words, lemma, *others = (str(part) for part in row["p"])
        span = self._span(letter, str(row["at"]), words, within=str(row["quote"]))
        return {"text": span["text"], "lemma": lemma, "alt": others}

    def _qualifier(self, letter: str, label: str, slot: Table) -> Record:
        span = self._span(letter, label, str(slot["text"]))
        filled = {name: self._fill(letter, str(value)) for name, value in slot.items() if name != "text"}
        digits = filled.get("value", "").replace(",", "").replace(" ", "")
        return {**span, **filled, **({"value": int(digits)} if digits.isdigit() and len(digits) != 4 else {})}

    def _propositions(self, claims: Sequence[Record]) -> list[Record]:
        rows = _table("comparison")["propositions"]
        used = {str(claim["proposition"]): list[str]() for claim in claims}
        for claim in claims:
            used[str(claim["proposition"])].append(str(claim["id"]))
        return [
            {"id": key, "text": self._wording.fill(str(text), "en"), "claims": used[key]}
            for key, text in rows.items()
            if key in used
        ]

    # ---- pairs -------------------------------------------------------------------------------------------------------

    def _alignment(self, name: str) -> list[Record]:
        records: list[Record] = []
        for number, row in enumerate(_table("comparison")[name], 1):
            record: Record = {"id": f"L{number:02}", "a": self._ids(row.get("a", [])), "b": self._ids(row.get("b", []))}
            record |= {key: row[key] for key in ("relation", "strength", "accept", "optional", "note") if key in row}
            record["independent_sources"] = row.get("independent_sources", 1)
            if "facets" in row:
                record["facets"] = {key: self._wording.fill(str(text), "en") for key, text in row["facets"].items()}
            records.append(record)
        return records

    def _ids(self, keys: Iterable[str]) -> list[str]:
        return [self._claim_id(key) for key in keys]

    def _apart(self, letters: Sequence[str]) -> list[Record]:
        rows = _table("comparison")["apart"]
        wanted = (row for row in rows if [row["a"][0], row["b"][0]] == list(letters))
        return [{"a": self._claim_id(row["a"]), "b": self._claim_id(row["b"]), "why": row["why"]} for row in wanted]

    def _fusions(self, letters: Sequence[str]) -> list[Record]:
        return [
            {
                "document": row["document"], "claims": self._ids(row["claims"]), "with": self._ids(row["with"]),
                "sentence": self._reports[row["document"]].sentence(row["at"]).id, "why": row["why"],
            }
            for row in _table("comparison")["fusion"]
            if {row["document"], row["with"][0][0]} == set(letters)
        ]  # fmt: skip

    def _lineage(self, name: str, letters: Sequence[str]) -> Record:
        rows = _table("lineage")
        documents = {key for key, row in rows["nodes"].items() if row.get("doc") in letters}
        edges = self._edges(rows["edges"], documents)
        shown = documents | {end for edge in edges for end in (str(edge["from"]), str(edge["to"]))}
        nodes = [{"id": key, **row} for key, row in rows["nodes"].items() if key in shown]
        return {**rows["pairs"][name], "nodes": nodes, "edges": edges}

    def _edges(self, rows: Sequence[Table], documents: set[str]) -> list[Record]:
        """Edges that start at a document of the pair, and those further on."""
        reached, chosen = set(documents), list[Table]()
        for row in sorted(rows, key=lambda row: row["from"] == "post"):
            if row["from"] in reached and (row["certainty"] == "stated" or row["to"] in documents):
                reached.add(str(row["to"]))
                chosen.append(row)
        return [self._edge(row) for row in chosen]

    def _edge(self, row: Table) -> Record:
        evidence = [{"doc": doc, **self._span(doc, label, words)} for doc, label, words in row["evidence"]]
        evidence += [self._zone_span(*spot) for spot in row.get("zone_evidence", [])]
        kept = {key: row[key] for key in ("from", "to", "relation", "certainty", "for", "against") if key in row}
        return {**kept, "evidence": evidence}

    def _zone_span(self, letter: str, kind: str, words: str) -> Record:
        report, text = self._reports[letter], self._fill(letter, words)
        zone = next(zone for zone in report.zones if zone.kind == kind)
        start = report.text.index(text, zone.span.start, zone.span.end)
        return {"doc": letter, "zone": zone.id, "start": start, "end": start + len(text), "text": text}

    def _privacy(self, letters: Sequence[str]) -> list[Record]:
        return [
            {
                "entity": entity["id"],
                "doc": mention["doc"],
                "start": mention["start"],
                "end": mention["end"],
                "text": mention["text"],
            }
            for entity in self._entities(letters)
            if "mask" in entity
            for mention in entity["mentions"]
            if mention["form"] == "name"
        ]


def _whole_words(text: str) -> str:
    left = r"(?<!\w)" if text[:1].isalnum() else ""
    right = r"(?!\w)" if text[-1:].isalnum() else ""
    return left + re.escape(text) + right


def _attribution_key(letter: str, row: Table) -> str:
    return str(row.get("id", f"{letter}.{row['at']}"))


def _zone_record(zone: Zone) -> Record:
    record: Record = {"id": zone.id, "type": zone.kind, "drop": zone.dropped}
    return record | {"start": zone.span.start, "end": zone.span.end, "text": zone.span.text}


def _sentence_record(letter: str, sentence: Sentence) -> Record:
    span = sentence.span
    return {
        "id": sentence.id, "doc": letter, "zone": sentence.zone, "start": span.start, "end": span.end, "text": span.text,
    }  # fmt: skip
