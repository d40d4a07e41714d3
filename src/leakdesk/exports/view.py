"""What an export may show of a case; every format only arranges it. Documents go by one after another: the largest case needs
no more memory than its largest letter.

By default documents, mentions and claims have local numbers, all text is in plain form and masked (whoever is not subject,
official or professional is not named), and hashes, Message-IDs, paths, addresses and exact times are absent. With
`internal` everything is as in the case, and every file of the export says INTERNAL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from leakdesk.exports.given import ExportDocument, ExportInput
from leakdesk.exports.roads import seen_roads
from leakdesk.exports.seen import SeenClaim, SeenDocument, SeenEntity, SeenFinding, SeenMention, View
from leakdesk.language.canonical import Word, words_of
from leakdesk.model.anchor import Anchor, anchor_at, span_of
from leakdesk.model.claim import Claim, Finding
from leakdesk.model.document import MailAddress, MessageHead, Role
from leakdesk.model.entity import NAMED_TYPES, Entity
from leakdesk.publish.disclosure import LABEL, ShownText
from leakdesk.publish.inputs import Dossier
from leakdesk.publish.redact import Redactor
from leakdesk.publish.roles import PersonRole

#: Words of context shown before and after a quotation in a dossier.
_AROUND = 30


def view(given: ExportInput, *, internal: bool = False) -> View:
    """What may be shown of a case."""
    return _Viewer(given, internal).view()


class _Viewer:
    def __init__(self, given: ExportInput, internal: bool) -> None:
        self._given = given
        self._internal = internal
        self._redactor = Redactor(given.people, mask_doubts=True)
        named = {
            person.entity for person in given.people if person.role and person.role.role is not PersonRole.PROTECTED
        }
        persons = {each.id for each in given.entities if each.schema == "Person"} | {
            each.entity for each in given.people
        }
        self._private = persons - named
        self._ids = self._numbers("document", given.documents.ids())
        shown = [each.id for each in given.entities if internal or each.shown]
        self._entities = self._numbers("entity", sorted(shown))
        self._mention_count = 0
        self._claim_count = 0

    def __iter__(self) -> Iterator[SeenDocument]:
        self._mention_count = self._claim_count = 0
        for each in self._given.documents:
            yield self._document(each)

    def view(self) -> View:
        entities = tuple(
            self._entity(each)
            for each in sorted(self._given.entities, key=lambda each: each.id)
            if each.id in self._entities
        )
        nodes, edges = self._lineage()
        return View(
            internal=self._internal,
            documents=self,
            entities=entities,
            findings=tuple(self._finding(number, each) for number, each in enumerate(self._given.findings, 1)),
            nodes=nodes,
            edges=edges,
            roads=seen_roads(self._given.chains, self._ids, internal=self._internal),
            # Who of the case was held against which list is for the house alone.
            hits=self._given.hits if self._internal else (),
        )

    def _numbers(self, kind: str, ids: Sequence[str]) -> Mapping[str, str]:
        return {each: each if self._internal else f"{kind}-{number}" for number, each in enumerate(ids, 1)}

    def _said(self, text: str | None, name: str = "export") -> str:
        if not text or self._internal:
            return text or ""
        return self._redactor.sentence(text, name).text

    def _document(self, given: ExportDocument) -> SeenDocument:
        head = given.head or MessageHead()
        masked = self._masked_words(given)
        start = max(
            (each.end for each in given.layer.segments if each.role is Role.HEADER and each.start == 0), default=0
        )
        date = head.date or ""
        return SeenDocument(
            id=self._ids[given.document],
            schema=given.schema,
            text=self._text(given, masked, 0),
            body=self._text(given, masked, start),
            title=self._said(head.subject if given.head else given.title),
            date=date if self._internal else date[:10],
            sender=self._people(head.sender),
            to=self._people(head.to),
            cc=self._people(head.cc),
            bcc=self._people(head.bcc) if self._internal else (),
            media_type=given.media_type,
            languages=given.languages,
            file_name=given.location[-1] if self._internal and given.location else "",
            sha256=given.sha256 if self._internal else "",
            message_id=(head.message_id or "") if self._internal else "",
            in_reply_to=(head.in_reply_to or "") if self._internal else "",
            parent=self._ids.get(given.parent) if given.parent else None,
            is_message=given.head is not None,
            mentions=tuple(self._mentions(given, masked)),
            claims=tuple(self._claim(given, claim) for claim in given.claims),
        )

    def _masked_words(self, given: ExportDocument) -> set[int]:
        """Numbers of the words that are masked."""
        words = words_of(given.layer.text)
        if self._internal or not words:
            return set()
        parts = self._redactor.passage(given, words, 0, len(given.layer.text)).parts
        shown = {number for part in parts if isinstance(part, ShownText) for number in range(part.first, part.last)}
        return set(range(len(words))) - shown

    def _text(self, given: ExportDocument, masked: set[int], start: int) -> str:
        if self._internal:
            return given.layer.text[start:]
        pieces: list[str] = []
        hidden = False
        for number, word in enumerate(words_of(given.layer.text)):
            if word.start < start:
                continue
            if number not in masked:
                pieces.append(word.text)
            elif not hidden:
                pieces.append(LABEL + " ")
            hidden = number in masked
        return "".join(pieces).strip()

    def _people(self, people: Sequence[MailAddress]) -> tuple[MailAddress, ...]:
        if self._internal:
            return tuple(people)
        return tuple(MailAddress(name=self._said(each.name) or LABEL) for each in people)

    def _mentions(self, given: ExportDocument, masked: set[int]) -> list[SeenMention]:
        words = words_of(given.layer.text)
        hidden = [(words[number].start, words[number].end) for number in sorted(masked)]
        found: list[SeenMention] = []
        for mention in given.mentions:
            if mention.type not in NAMED_TYPES or any(
                start < mention.end and mention.start < end for start, end in hidden
            ):
                continue
            if not self._internal and (
                mention.entity in self._private or (mention.type == "person" and mention.entity is None)
            ):
                continue
            self._mention_count += 1
            found.append(
                SeenMention(
                    id=mention.id if self._internal else f"mention-{self._mention_count}",
                    document=self._ids[given.document],
                    name=self._said(mention.text),
                    type=mention.type,
                    entity=self._entities.get(mention.entity) if mention.entity else None,
                    start=mention.start if self._internal else None,
                    end=mention.end if self._internal else None,
                )
            )
        return found

    def _claim(self, given: ExportDocument, claim: Claim) -> SeenClaim:
        self._claim_count += 1
        span = span_of(given.layer.text, claim.quote.start, claim.quote.end)
        anchor = anchor_at(
            given.layer.text, span.start, span.end, document=given.document, text_sha256=given.layer.sha256
        )
        return SeenClaim(
            id=claim.id if self._internal else f"claim-{self._claim_count}",
            document=self._ids[given.document],
            sentence=self._said(claim.sentence),
            quote=anchor if self._internal else None,
            exact=self._quoted(given, span.start, span.end),
            predicate=claim.predicate.class_,
            modality=claim.modality,
            polarity=claim.polarity,
            time=claim.time.edtf if claim.time else "",
        )

    def _quoted(self, given: ExportDocument, start: int, end: int) -> str:
        if self._internal:
            return given.layer.text[start:end]
        words = words_of(given.layer.text)
        if not words or start >= end:
            return ""
        parts = self._redactor.passage(given, words, start, end).parts
        said = (
            "".join(words[n].text for n in range(part.first, part.last)) if isinstance(part, ShownText) else LABEL + " "
            for part in parts
        )
        return "".join(said).strip()

    def _entity(self, given: Entity) -> SeenEntity:
        private = not self._internal and given.id in self._private
        names = (
            () if private else tuple(self._said(name) for name in dict.fromkeys((given.caption, *given.names)) if name)
        )
        return SeenEntity(
            id=self._entities[given.id],
            schema=given.schema,
            names=tuple(name for name in names if self._internal or LABEL not in name),
            countries=() if private else given.countries,
        )

    def _finding(self, number: int, given: Finding) -> SeenFinding:
        anchors = [(quote, "") for quote in given.quotes] + [(each.anchor, str(each.stance)) for each in given.support]
        found = ((self._given.documents.get(anchor.document), anchor, stance) for anchor, stance in anchors)
        known = [(document, anchor, stance) for document, anchor, stance in found if document is not None]
        return SeenFinding(
            id=given.id if self._internal else f"finding-{number}",
            sentence=self._said(given.sentence),
            state=given.state.value,
            grade=given.grade,
            quotes=tuple(
                (self._ids[anchor.document], self._anchored(document, anchor), stance)
                for document, anchor, stance in known
            ),
            contexts=tuple(self._context(document, anchor) for document, anchor, _ in known),
            told=self._told(given),
        )

    def _context(self, document: ExportDocument, anchor: Anchor) -> tuple[str, str]:
        """Some words around a quotation; none where it no longer stands in its text."""
        text = document.layer.text
        if text[anchor.start : anchor.end] != anchor.exact:
            return "", ""
        words = words_of(text)
        first = next((n for n, word in enumerate(words) if word.end > anchor.start), 0)
        last = next((n for n, word in enumerate(words) if word.start >= anchor.end), len(words))
        return self._words(document, words[max(first - _AROUND, 0) : first]), self._words(
            document, words[last : last + _AROUND]
        )

    def _words(self, document: ExportDocument, words: Sequence[Word]) -> str:
        return self._quoted(document, words[0].start, words[-1].end) if words else ""

    def _told(self, given: Finding) -> Mapping[str, tuple[str, ...]]:
        dossier = self._given.dossiers.get(given.id, Dossier())
        told: dict[str, tuple[str, ...]] = {each.name: getattr(dossier, each.name) for each in fields(dossier)}
        for name in ("grade", "note", "translation", "right_of_reply"):
            told[name] = (getattr(given, name),)
        told["open_questions"] = given.open_questions
        said = {name: tuple(self._said(line, name) for line in lines if line) for name, lines in told.items()}
        return {name: lines for name, lines in said.items() if any(lines)}

    def _anchored(self, document: ExportDocument, anchor: Anchor) -> str:
        if document.layer.text[anchor.start : anchor.end] != anchor.exact:
            return self._said(anchor.exact)
        return self._quoted(document, anchor.start, anchor.end)

    def _lineage(
        self,
    ) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str, str, str, tuple[str, ...]], ...]]:
        lineage = self._given.lineage
        if lineage is None:
            return (), ()
        ids = {
            node.id: self._ids.get(node.id, node.id if self._internal else f"node-{at}")
            for at, node in enumerate(lineage.nodes, 1)
        }
        nodes = tuple((ids[node.id], node.kind, self._said(node.name)) for node in lineage.nodes)
        edges = tuple(
            (
                ids[edge.source],
                ids[edge.target],
                edge.relation,
                edge.certainty.value,
                tuple(self._said(reason) for reason in edge.reasons),
            )
            for edge in lineage.edges
            if edge.source in ids and edge.target in ids
        )
        return nodes, edges
