"""A report as the lineage sees it: its reading, what is known about it, and whom its words name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from leakdesk.lineage.words import SourceClass, shows_own_witness, source_classes
from leakdesk.model.anchor import Anchor, Span, anchor_at
from leakdesk.model.claim import Attribution, Claim, Reading
from leakdesk.model.comparison import SourceText
from leakdesk.model.document import Role
from leakdesk.model.pictures import Picture

#: Types of attribution that speak for the whole text.
WHOLE_TEXT = frozenset({"label", "document_level", "publication"})
#: Code points around a source in which the outlet says how it met them.
BEFORE, AFTER = 120, 160
#: The class of words for documents that say nothing about which.
GENERIC = "documents"
_ENDS = (". ", "\n", "! ", "? ")


@dataclass(frozen=True, kw_only=True)
class ReportText:
    """A report with what is known about it; `identity` maps its entity ids to ids common to all texts of the graph;
    `pictures`: those that it shows."""

    reading: Reading
    meta: SourceText
    identity: Mapping[str, str] = field(default_factory=dict[str, str])
    pictures: tuple[Picture, ...] = ()

    @property
    def node_id(self) -> str:
        """The report's node in the graph."""
        return f"report:{self.meta.name}"

    def common(self, entity: str | None) -> str | None:
        """The id common to all texts, for a local entity id."""
        return self.identity.get(entity, f"{self.meta.name}:{entity}") if entity else None

    def anchor(self, span: Span | None) -> Anchor | None:
        """The place of a span in the report."""
        return self.anchor_at(span.start, span.end) if span else None

    def anchor_at(self, start: int, end: int) -> Anchor:
        """A place in the report."""
        return anchor_at(self.reading.text, start, end, document=self.meta.name, text_sha256=self.reading.sha256)

    def names_of(self, attribution: Attribution) -> tuple[str, ...]:
        """Every name of an attribution's source in this text."""
        entity = next((e for e in self.reading.entities if e.id == attribution.resolved_source), None)
        return entity.names if entity else ()

    def named_in(self, source: Span) -> list[str]:
        """Names of bodies inside a source ("the daily Harbour Post, citing letters")."""
        return [
            mention.text
            for mention in self.reading.mentions
            if mention.type == "organization" and source.start <= mention.start < source.end
        ]

    def mentions_in(self, source: Span) -> list[str]:
        """Names of people inside a source."""
        return [
            mention.text
            for mention in self.reading.mentions
            if mention.type == "person" and source.start <= mention.start < source.end
        ]

    def kinds(self, source: Span) -> tuple[SourceClass, ...]:
        """What kind of thing a source is. The name of a body ("Workshop of Open Archives") makes it no set of documents, and
        "the documents" are the letters of a report that names letters and no other set."""
        found = self._kinds(source)
        if self._meant is None or self._meant in found:
            return found
        return tuple(self._meant if each.id == GENERIC else each for each in found)

    @cached_property
    def _meant(self) -> SourceClass | None:
        """The one set of documents that a report names as a source in its own word; None where there are several or none."""
        sources = (attribution.source for attribution in self.reading.attributions if attribution.source)
        named = {
            k.id: k for source in sources for k in self._kinds(source) if k.kind == "documents" and k.id != GENERIC
        }
        return next(iter(named.values())) if len(named) == 1 else None

    def _kinds(self, source: Span) -> tuple[SourceClass, ...]:
        words = source.text
        for name in self.named_in(source):
            words = words.replace(name, " ")
        shown = source_classes(words)
        return tuple(each for each in source_classes(source.text) if each.kind != "documents" or each in shown)

    def documents_in(self, source: Span | None) -> SourceClass | None:
        """The kind of documents that a source is or holds, if any."""
        return next((each for each in self.kinds(source) if each.kind == "documents"), None) if source else None

    def sentence_at(self, span: Span) -> str:
        """The sentence around a place."""
        start, end = self.sentence_span(span)
        return self.reading.text[start:end]

    def sentence_span(self, span: Span) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        text = self.reading.text
        start = max(text.rfind(mark, 0, span.start) for mark in _ENDS) + 1
        ends = [at for mark in _ENDS if (at := text.find(mark, span.end)) >= 0]
        return start, min(ends, default=len(text))

    def spoke_itself(self, source: Span) -> bool:
        """Whether the words around a source say that the outlet spoke with them itself."""
        return shows_own_witness(self.reading.text[max(0, source.start - BEFORE) : source.end + AFTER])

    def is_headline(self, claim: Claim) -> bool:
        """Whether a claim stands in the headline or the standfirst, which name no source of their own."""
        return any(
            segment.role in (Role.HEADLINE, Role.STANDFIRST) and segment.start <= claim.quote.start < segment.end
            for segment in self.reading.segments
        )
