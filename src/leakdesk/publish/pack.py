"""A pack: accepted findings and decisions in, the bytes of every file out, or the reasons why nothing may leave.

Pure and repeatable: no clock, no random number, no path. All randomness comes from keys that the case holds, so the
same case and the same decisions give the same bytes on every computer. docs/formats.md describes every file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from importlib.resources import files as package_files
from typing import Any

from leakdesk.language.canonical import RULES, FingerprintMark, fingerprint_marks
from leakdesk.model.anchor import Anchor, Lost, locate
from leakdesk.model.claim import Finding, FindingState
from leakdesk.publish.differencing import MaskContext, ReadableIndex, ReadableText, readable_elsewhere
from leakdesk.publish.disclosure import Masked, PassagePart, ShownText, opened, passage_json, passage_text, shown_leaves
from leakdesk.publish.exposure import FEWEST_HOLDERS, LARGEST_SHARE
from leakdesk.publish.facsimile import facsimile
from leakdesk.publish.inputs import Dossier, ExposureFigures, PackDocument, PackInput
from leakdesk.publish.pages import ShownFinding, ShownPassage, page, readme
from leakdesk.publish.redact import Block, MaskedPassage, MaskedPlace, Redactor, names_somebody
from leakdesk.publish.seal import CaseTree, SealedTree, case_tree
from leakdesk.publish.timestamps import request_for

FORMAT = "leakdesk-pack-1"
#: The only names that a pack's files have; `documents/N.json` and `facsimiles/F-P.png` beside them.
FILES = (
    "README.txt",
    "index.html",
    "verify.html",
    "verify.py",
    "findings.json",
    "root.json",
    "root.json.sig",
    "root.json.tsq",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMark:
    """A possible fingerprint in a passage, left behind in the sealed text: document id, place, kind."""

    document: str
    mark: FingerprintMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A finished pack: file name -> bytes; empty where `blocked` is not. The rest is for the editor's screen only."""

    files: Mapping[str, bytes] = field(repr=False)
    root: str
    findings: int
    documents: int
    blocked: tuple[Block, ...]
    masked: tuple[MaskedPlace, ...]
    masked_sentences: tuple[MaskedPlace, ...]
    marks: tuple[FoundMark, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    document: str
    stance: str
    masked: MaskedPassage


@dataclass(frozen=True, slots=True)
class _Told:
    number: int
    sentence: str
    told: dict[str, list[str]]
    passages: list[_Passage]


def build(given: PackInput) -> Pack:
    """Build a pack. Never raises for a decision that is missing or wrong: every reason stands in `blocked`, and then
    there are no files. The caller writes the files, records the custody event, prints `masked`, and scans the result
    with `residue.scan`."""
    work = _Work(given)
    work.collect()
    blocked = tuple(dict.fromkeys(work.blocks))
    files = {} if blocked else work.files()
    return Pack(
        files=files,
        root="" if blocked else work.case.root.hex(),
        findings=len(work.told),
        documents=len(work.trees),
        blocked=blocked,
        masked=tuple(dict.fromkeys(work.masked)),
        masked_sentences=tuple(work.masked_sentences),
        marks=tuple(work.marks),
    )


class _Work:
    """One pack in the making: collect passages and reasons first, write files only when no reason was found."""

    def __init__(self, given: PackInput) -> None:
        self.given = given
        self.redactor = Redactor(given.people, number_people=given.number_people, cleared=given.cleared)
        self.case: CaseTree = case_tree(given.case.commitments, given.case.key)
        self.trees: dict[str, SealedTree] = {}
        self.told: list[_Told] = []
        self.blocks: list[Block] = []
        self.masked: list[MaskedPlace] = []
        self.masked_sentences: list[MaskedPlace] = []
        self.marks: list[FoundMark] = []
        self.shown_fields: dict[str, list[int]] = {}

    def collect(self) -> None:
        """Everything that decides whether there will be a pack."""
        if not self.given.findings:
            self.blocks.append(Block(reason="there is no accepted finding to publish"))
        for number, finding in enumerate(self.given.findings, 1):
            if finding.state is not FindingState.ACCEPTED:
                self.blocks.append(Block(reason="this finding is not accepted", document=finding.id))
            self.told.append(self._finding(number, finding))
        for document in self.trees:
            self._choose_fields(document)
        self.blocks.extend(self._readable_elsewhere())
        if self.given.findings:
            self.blocks.extend(exposure_blocks(self.given.exposure, self.given))

    def _finding(self, number: int, finding: Finding) -> _Told:
        dossier = self.given.dossiers.get(finding.id, Dossier())
        told = {each.name: self._lines(getattr(dossier, each.name), finding.id, each.name) for each in fields(dossier)}
        for name in ("note", "grade", "translation", "right_of_reply", "open_questions"):
            told[name] = self._lines(getattr(finding, name), finding.id, name)
        sentence = self._lines(finding.sentence, finding.id, "sentence")
        quoted: list[tuple[Anchor, str]] = [(quote, "") for quote in finding.quotes]
        quoted.extend((support.anchor, support.stance) for support in finding.support)
        passages: list[_Passage] = []
        for anchor, stance in quoted:
            passage = self._passage(anchor, stance)
            if passage is not None and passage not in passages:
                passages.append(passage)
        if not passages:
            self.blocks.append(Block(reason="this finding has no passage that can be shown", document=finding.id))
        return _Told(number, " ".join(sentence), {name: lines for name, lines in told.items() if lines}, passages)

    def _lines(self, text: str | Sequence[str], finding: str, name: str) -> list[str]:
        lines: list[str] = []
        for each in (text,) if isinstance(text, str) else text:
            masked = self.redactor.sentence(each, f"{finding}:{name}")
            self.masked_sentences.extend(masked.masked)
            self.blocks.extend(masked.blocks)
            if masked.text:
                lines.append(masked.text)
        return lines

    def _passage(self, anchor: Anchor, stance: str) -> _Passage | None:
        document = self.given.documents.get(anchor.document)
        if document is None:
            self.blocks.append(Block(reason="a quoted document was not handed over", document=anchor.document))
            return None
        place = locate(anchor, document.layer.text, document.layer.sha256)
        if isinstance(place, Lost) or place.end == place.start:
            why = place.why if isinstance(place, Lost) else "empty quotation"
            self.blocks.append(
                Block(
                    reason=f"a quotation no longer stands in its document ({why})",
                    document=anchor.document,
                    start=anchor.start,
                    end=anchor.end,
                )
            )
            return None
        tree = self._tree(document)
        if tree is None or not tree.words:
            return None
        masked = self.redactor.passage(document, tree.words, place.start, place.end)
        self.blocks.extend(masked.blocks)
        self.masked.extend(masked.masked)
        if not any(isinstance(part, ShownText) for part in masked.parts):
            self.blocks.append(
                Block(
                    reason="nothing of a quotation is left to show",
                    document=anchor.document,
                    start=place.start,
                    end=place.end,
                )
            )
        self._note_marks(document, place.start, place.end)
        return _Passage(document.document, stance, masked)

    def _tree(self, document: PackDocument) -> SealedTree | None:
        known = self.trees.get(document.document)
        if known is not None:
            return known
        tree = SealedTree(document.layer.text, document.header(), document.attachments, document.key)
        if tree.sealed != document.sealed:
            self.blocks.append(Block(reason="this text is not what was sealed", document=document.document))
            return None
        try:
            self.case.proof(document.sealed.commitment)
        except KeyError:
            self.blocks.append(Block(reason="this document is not among the sealed ones", document=document.document))
            return None
        self.trees[document.document] = tree
        return tree

    def _note_marks(self, document: PackDocument, start: int, end: int) -> None:
        self.marks.extend(
            FoundMark(
                document=document.document,
                mark=FingerprintMark(start=start + mark.start, end=start + mark.end, kind=mark.kind),
            )
            for mark in fingerprint_marks(document.layer.text[start:end])
        )

    def _choose_fields(self, document: str) -> None:
        """A header field is shown whole or not at all: one that would need a mask stays closed."""
        tree = self.trees[document]
        chosen: list[int] = []
        for number, each in enumerate(tree.fields):
            if each.name in self.given.documents[document].shown_fields and each.value:
                masked = self.redactor.sentence(each.value, f"{document}:{each.name}")
                if not masked.masked and not masked.blocks:
                    chosen.append(number)
        self.shown_fields[document] = chosen

    def _readable_elsewhere(self) -> Iterator[Block]:
        """Every mask against everything that can be read: the pack's passages and the published reports."""
        shown = [(passage, self._text(passage)) for told in self.told for passage in told.passages]
        texts = [ReadableText(name="this pack", text=text) for _, text in shown]
        texts.extend(ReadableText(name=public.name, text=public.text) for public in self.given.public)
        index = ReadableIndex(texts)
        for passage, _ in shown:
            for mask in _contexts(passage, self.trees[passage.document]):
                where = readable_elsewhere(mask, index)
                if where is not None:
                    yield Block(
                        reason=f"what is masked here can be read in {where}: leave the passage out, or name the person",
                        document=passage.document,
                        text=mask.hidden.strip(),
                    )

    def _text(self, passage: _Passage) -> str:
        return passage_text(passage_json(self.trees[passage.document], passage.masked.parts))

    def files(self) -> dict[str, bytes]:
        """Every file of the pack."""
        numbers = {document: number for number, document in enumerate(self.trees, 1)}
        files = {
            f"documents/{numbers[document]}.json": canonical_json(self._disclosure(document, numbers[document]))
            for document in self.trees
        }
        files.update(self._facsimiles())
        key = self.given.signing_key
        files["findings.json"] = canonical_json(self._findings_json(numbers))
        files["index.html"] = page(self._shown(numbers, files), self.case.root.hex(), key.fingerprint).encode()
        files["README.txt"] = readme(self.case.root.hex(), key.fingerprint).encode()
        own = package_files("leakdesk.publish")
        files["verify.py"] = own.joinpath("verifier.py").read_bytes()
        files["verify.html"] = own.joinpath("verify.html").read_bytes()
        root = canonical_json(
            {
                "format": FORMAT,
                "canonical": RULES,
                "case_root": self.case.root.hex(),
                "case_depth": self.case.depth,
                "key": key.line,
                "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
            }
        )
        files["root.json"] = root
        files["root.json.sig"] = key.sign(root)
        files["root.json.tsq"] = request_for(root)
        return dict(sorted(files.items()))

    def _facsimiles(self) -> Iterator[tuple[str, bytes]]:
        """Pictures of the shown words, where the case has rendered pages of a document."""
        for told in self.told:
            for number, passage in enumerate(told.passages, 1):
                pictures = self.given.documents[passage.document].pictures
                tree = self.trees[passage.document]
                made = facsimile(pictures, tree.words, passage.masked.parts) if pictures else None
                if made is not None:
                    yield facsimile_name(told.number, number), made

    def _disclosure(self, document: str, number: int) -> dict[str, Any]:
        tree = self.trees[document]
        parts = [
            passage.masked.parts for told in self.told for passage in told.passages if passage.document == document
        ]
        index, path = self.case.proof(tree.sealed.commitment)
        return {
            "format": "leakdesk-document-1",
            "number": number,
            "depth": tree.sealed.depth,
            "salt": tree.commitment_salt.hex(),
            "index": index,
            "path": [sibling.hex() for sibling in path],
            "leaves": opened(tree, shown_leaves(tree, parts, self.shown_fields[document])),
        }

    def _findings_json(self, numbers: Mapping[str, int]) -> dict[str, Any]:
        return {
            "format": "leakdesk-findings-1",
            "documents": [
                {"number": number, "fields": [list(pair) for pair in self._fields(document)]}
                for document, number in numbers.items()
            ],
            "findings": [
                {
                    **told.told,
                    "number": told.number,
                    "sentence": told.sentence,
                    "passages": [self._passage_json(passage, numbers) for passage in told.passages],
                }
                for told in self.told
            ],
        }

    def _passage_json(self, passage: _Passage, numbers: Mapping[str, int]) -> dict[str, Any]:
        parts = passage_json(self.trees[passage.document], passage.masked.parts)
        stance = {"stance": passage.stance} if passage.stance else {}
        return {"document": numbers[passage.document], "parts": parts, "text": passage_text(parts), **stance}

    def _fields(self, document: str) -> list[tuple[str, str]]:
        tree = self.trees[document]
        return [(tree.fields[number].name, tree.fields[number].value) for number in self.shown_fields[document]]

    def _shown(self, numbers: Mapping[str, int], files: Mapping[str, bytes]) -> list[ShownFinding]:
        return [
            ShownFinding(
                number=told.number,
                sentence=told.sentence,
                told=told.told,
                passages=tuple(
                    ShownPassage(
                        document=numbers[passage.document],
                        fields=tuple(self._fields(passage.document)),
                        text=self._text(passage),
                        stance=passage.stance,
                        facsimile=name if (name := facsimile_name(told.number, at)) in files else "",
                    )
                    for at, passage in enumerate(told.passages, 1)
                ),
            )
            for told in self.told
        ]


def facsimile_name(finding: int, passage: int) -> str:
    """The file of a passage's facsimile."""
    return f"facsimiles/{finding}-{passage}.png"


def exposure_blocks(exposure: ExposureFigures, given: PackInput) -> Iterator[Block]:
    """Too few could have held a passage, and no editor has said why that is acceptable."""
    if exposure.reason and names_somebody(exposure.reason, given.people):
        yield Block(
            reason="the exposure reason names somebody of the case: write it without names, addresses or numbers"
        )
        return
    if exposure.reason.strip():
        return
    if exposure.lowest is None:
        yield Block(reason="exposure was not measured for these findings")
    elif exposure.lowest < FEWEST_HOLDERS:
        yield Block(
            reason=f"a passage has {exposure.lowest} known holders, fewer than {FEWEST_HOLDERS}; "
            "say --exposure-reason, or leave it out"
        )
    if exposure.largest_share >= LARGEST_SHARE:
        yield Block(
            reason=f"one holder would bear {exposure.largest_share:.2f} of the suspicion, {LARGEST_SHARE} or more; "
            "say --exposure-reason, or leave passages out"
        )


def canonical_json(value: object) -> bytes:
    """The one way to write a JSON file of a pack: keys sorted, no spaces, UTF-8, one line feed at the end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _contexts(passage: _Passage, tree: SealedTree) -> Iterator[MaskContext]:
    """Each mask of a passage with the shown words on both sides, up to the next mask or the passage's edge."""
    parts: Sequence[PassagePart] = passage.masked.parts
    at = passage.masked.first
    for number, part in enumerate(parts):
        if isinstance(part, ShownText):
            at = part.last
            continue
        before, after = (
            (parts[number - 1] if number else None),
            (parts[number + 1] if number + 1 < len(parts) else None),
        )
        end = (
            after.first if isinstance(after, ShownText) else (at if isinstance(after, Masked) else passage.masked.last)
        )
        yield MaskContext(
            document=passage.document,
            before=_said(tree, before),
            after=_said(tree, after),
            hidden="".join(word.text for word in tree.words[at:end]),
        )


def _said(tree: SealedTree, part: PassagePart | None) -> str:
    return "".join(word.text for word in tree.words[part.first : part.last]) if isinstance(part, ShownText) else ""
