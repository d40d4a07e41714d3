"""A reading of the clean text said with the places and the exact words of the original."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import overload

from leakdesk.language.clean import Clean
from leakdesk.model.anchor import CONTEXT, Span
from leakdesk.model.claim import Attribution, Claim, LeftOut, Quote, Reading, Reference, Slot
from leakdesk.model.document import Page, Role, Segment, TextLayer
from leakdesk.model.entity import Mention
from leakdesk.model.ids import span_id


def clean_layer(layer: TextLayer, made: Clean) -> TextLayer:
    """The layer as the reader sees it: the clean text, with segments and pages at their clean places."""
    return TextLayer(
        text=made.text,
        extractor=layer.extractor,
        sha256=layer.sha256,
        pages=tuple(
            Page(number=each.number, start=made.inward(each.start), end=made.inward(each.end)) for each in layer.pages
        ),
        segments=_covering(
            [replace(each, start=made.inward(each.start), end=made.inward(each.end)) for each in layer.segments],
            len(made.text),
        ),
    )


def _covering(segments: list[Segment], length: int) -> tuple[Segment, ...]:
    """Segments without gaps from 0 to the end; those of nothing but unseen marks are empty and left out."""
    if not segments:
        return ()
    segments[0] = replace(segments[0], start=0)
    segments[-1] = replace(segments[-1], end=length)
    return tuple(each for each in segments if each.end > each.start) or (segments[0],)


def in_original(reading: Reading, layer: TextLayer, made: Clean) -> Reading:
    """The same reading with the offsets, quotations and ids of the original layer."""
    return _Back(layer, made).reading(reading)


class _Back:
    """Takes places of the clean text back to the original."""

    def __init__(self, layer: TextLayer, made: Clean) -> None:
        self.text, self.sha256, self.made = layer.text, layer.sha256, made
        self.seen: Counter[tuple[str, int, int, str]] = Counter()
        self.named: dict[str, str] = {}

    def reading(self, reading: Reading) -> Reading:
        attributions = [self.attribution(each) for each in reading.attributions]
        claims = [self.claim(each) for each in reading.claims]
        return replace(
            reading,
            text=self.text,
            sha256=self.sha256,
            segments=self.segments(reading.segments),
            mentions=tuple(self.mention(each) for each in reading.mentions),
            references=tuple(self.reference(each) for each in reading.references),
            attributions=tuple(
                replace(each, parent=self.named.get(each.parent) if each.parent else None) for each in attributions
            ),
            claims=tuple(self.tied(each) for each in claims),
            left_out=tuple(self.left(each) for each in reading.left_out),
        )

    def segments(self, found: tuple[Segment, ...]) -> tuple[Segment, ...]:
        if not found or not self.made.text:
            return (Segment(start=0, end=len(self.text), role=Role.BODY),) if self.text else ()
        return tuple(replace(each, start=self.made.edge(each.start), end=self.made.edge(each.end)) for each in found)

    def new_id(self, prefix: str, old: str, start: int, end: int, kind: str) -> str:
        key = (prefix, start, end, kind)
        made = span_id(prefix, self.sha256, start, end, kind, self.seen[key])
        self.seen[key] += 1
        self.named[old] = made
        return made

    def mention(self, each: Mention) -> Mention:
        start, end = self.made.span(each.start, each.end)
        own = self.new_id("m", each.id, start, end, each.type)
        return replace(each, id=own, start=start, end=end, text=self.text[start:end])

    def reference(self, each: Reference) -> Reference:
        start, end = self.made.span(each.start, each.end)
        return replace(each, start=start, end=end, text=self.text[start:end])

    @overload
    def span(self, each: Span) -> Span: ...
    @overload
    def span(self, each: None) -> None: ...
    def span(self, each: Span | None) -> Span | None:
        if each is None:
            return None
        start, end = self.made.span(each.start, each.end)
        return Span(start=start, end=end, text=self.text[start:end])

    def attribution(self, each: Attribution) -> Attribution:
        source, cue, content = self.span(each.source), self.span(each.cue), self.span(each.content)
        place = content or cue or source
        own = self.new_id("a", each.id, place.start, place.end, each.type) if place else each.id
        return replace(each, id=own, source=source, cue=cue, content=content)

    @overload
    def slot(self, each: Slot) -> Slot: ...
    @overload
    def slot(self, each: None) -> None: ...
    def slot(self, each: Slot | None) -> Slot | None:
        if each is None:
            return None
        start, end = self.made.span(each.start, each.end)
        return replace(each, start=start, end=end, text=self.text[start:end])

    def claim(self, each: Claim) -> Claim:
        start, end = self.made.span(each.quote.start, each.quote.end)
        return replace(
            each,
            id=self.new_id("c", each.id, start, end, each.predicate.lemma),
            quote=quote_of(self.text, start, end),
            subject=self.slot(each.subject),
            object=self.slot(each.object),
        )

    def tied(self, each: Claim) -> Claim:
        """With the new ids of what it rests on and hangs together with."""
        return replace(
            each,
            attributions=tuple(self.named[own] for own in each.attributions if own in self.named),
            links=tuple(replace(link, to=self.named[link.to]) for link in each.links if link.to in self.named),
        )

    def left(self, each: LeftOut) -> LeftOut:
        start, end = self.made.span(each.start, each.end)
        return replace(each, start=start, end=end)


def quote_of(text: str, start: int, end: int) -> Quote:
    """The words of [start, end) with what stands around them."""
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )
