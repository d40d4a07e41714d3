"""The documents of one source file and what is said about them together: the whole gold record."""

from __future__ import annotations

from pathlib import Path

from bench.gold import attributions, claims, entities, leak, scenario
from bench.gold.documents import Document, Marked, document_record, finish_zones, read_document, sections, span
from bench.gold.words import GoldError, Record


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
            "entities": entities.entities(self),
            "attributions": [each for doc in self.docs.values() for each in doc.attributions.values()],
            "not_attributions": self._not_attributions,
            "hedge_cues": self._hedges,
            "claims": [each for doc in self.docs.values() for each in doc.claims.values()],
            "propositions": self._props,
        }
        if "align" in self.sections or "lineage" in self.sections:
            record |= {
                "alignment": scenario.alignment(self),
                "not_aligned": [scenario.apart(self, line) for line in self.sections.get("apart", [])],
                "lineage": scenario.lineage(self),
                "privacy": entities.privacy(self, record["entities"]),
                "leak": leak.leak(self),
                "expectations": dict(line.split(": ", 1) for line in self.sections.get("expect", [])),
                "variants": [scenario.variant(self, line) for line in self.sections.get("variants", [])],
            }
        return record

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
            return attributions.attribution(document, sentence, mark)
        if mark[0] == "!":
            return claims.claim(document, sentence, mark)
        words, _, why = (each.strip() for each in mark[1:].partition("|"))
        if mark[0] == "~":
            self._hedges.append({"doc": document.letter, **span(document, words, *place), "kind": why})
        else:
            where = {"sentence": document.sentence_id(sentence)}
            if where["sentence"] is None:
                where = {"zone": document.zones[sentence.zone]["id"]}
            self._not_attributions.append({**where, "cue": span(document, words, *place), "why": why})
        return None

    def claim(self, key: str) -> Record:
        letter, _, name = key.strip().partition(".")
        if name not in self.docs[letter].claims:
            raise GoldError(f"{self.name}: no claim {key!r}")
        return self.docs[letter].claims[name]

    def _propositions(self) -> None:
        used: dict[str, list[str]] = {}
        for line in self.sections.get("align", []):
            left, right = self.sides(line.split(" | ")[0])
            relation = line.split(" | ")[1].split("/")[0].strip()
            if left and right and relation in ("equivalent", "conflicting", "updated"):
                for each in left + right:
                    each["proposition"] = left[0]["proposition"]
        for document in self.docs.values():
            for each in document.claims.values():
                used.setdefault(each["proposition"], []).append(each["id"])
        self._props = [{"id": key, "claims": ids} for key, ids in used.items()]

    def sides(self, part: str) -> tuple[list[Record], list[Record]]:
        left, _, right = part.partition("~")
        sides = [[self.claim(key) for key in side.split("+") if key.strip(" -")] for side in (left, right)]
        return sides[0], sides[1]
