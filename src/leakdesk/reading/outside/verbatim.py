"""Proposals held against the text: word for word or not at all, labelled, and never in the place of what rules found.

Exact words are looked for first, then words equal but for blanks, line ends, quotes, dashes and look-alikes (`clean`); there
is no fuzzy match. Offsets, numbers, dates, polarity and entities come from our own rules, never from the proposal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from leakdesk.language.clean import clean
from leakdesk.language.concepts import concept_of_word, fold
from leakdesk.language.sentences import sentence_spans
from leakdesk.mentions.quantities import amount_of
from leakdesk.model.claim import Claim, Modality, Predicate, Quantity, Reading, Slot, TimeSlot
from leakdesk.model.document import SPEAKING_ROLES, Language, Role
from leakdesk.model.entity import Entity, Mention, MentionType
from leakdesk.model.ids import span_id
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.original import quote_of
from leakdesk.reading.outside.proposals import (
    Extractor,
    NoAnswer,
    Numbered,
    Proposed,
    ProposedClaim,
    ProposedMention,
)

#: Sentences asked about at once, and at most for one text.
AT_ONCE, MOST = 40, 2000
#: A proposal longer than this quotes no clause.
_LONGEST = 1200
_SCHEMAS = {"person": "Person", "organization": "Organization", "place": "Address", "equipment": "Asset"}
_SPACES = re.compile(r"\s+")


def with_extractors(reading: Reading, extractors: Sequence[Extractor], *, letter: bool = False) -> Reading:
    """The reading and, after everything it held, what the extractors add to it. Never raises for what they answer."""
    for each in extractors:
        reading = _with_one(reading, each, letter=letter)
    return reading


def numbered(reading: Reading, *, letter: bool) -> list[Numbered]:
    """The sentences of what speaks (in a letter: of its author's own words only)."""
    roles = SPEAKING_ROLES - {Role.QUOTED} if letter else SPEAKING_ROLES
    made: list[Numbered] = []
    for segment in reading.segments:
        if segment.role not in roles:
            continue
        for a, b in sentence_spans(reading.text[segment.start : segment.end]):
            start, end = segment.start + a, segment.start + b
            text = reading.text[start:end]
            start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
            if end > start:
                made.append(Numbered(number=len(made) + 1, start=start, end=end, text=reading.text[start:end]))
    return made


def _with_one(reading: Reading, extractor: Extractor, *, letter: bool) -> Reading:
    sentences = numbered(reading, letter=letter)
    asked = sentences[:MOST]
    tally = _Tally(reading, extractor.name, {each.number: each for each in asked})
    note = ""
    for at in range(0, len(asked), AT_ONCE):
        try:
            tally.take(extractor.propose(asked[at : at + AT_ONCE]))
        except NoAnswer as reason:
            note = f"extractor {extractor.name} gave no answer: {reason}"
            break
    says = (
        f"extractor {extractor.name}: {tally.offered} proposed, {tally.kept} kept, {tally.offered - tally.kept} refused"
    )
    notes = [*reading.notes, *([note] if note else []), *([says] if tally.offered or not note else [])]
    if len(sentences) > MOST:
        notes.append(f"extractor {extractor.name} was asked about the first {MOST} sentences only")
    return replace(tally.reading, notes=tuple(notes))


@dataclass(slots=True)
class _Tally:
    """A reading that grows by what holds; `offered` and `kept` count proposals."""

    reading: Reading
    name: str
    sentences: dict[int, Numbered]
    offered: int = 0
    kept: int = 0
    ids: set[str] = field(default_factory=set[str])

    def take(self, proposed: Proposed) -> None:
        self.offered += len(proposed.mentions) + len(proposed.claims) + proposed.unusable
        for mention in proposed.mentions:
            self._mention(mention)
        for claim in proposed.claims:
            self._claim(claim)

    def _mention(self, each: ProposedMention) -> None:
        place = self._place(each.sentence, each.text)
        if place is None or each.type not in get_args(MentionType):
            return
        start, end = place
        if any(other.start < end and start < other.end for other in self.reading.mentions):
            return
        kind = cast("MentionType", each.type)
        text = self.reading.text[start:end]
        entity, entities = self._entity(text, each.type)
        made = Mention(
            id=span_id("m", self.reading.sha256, start, end, each.type),
            start=start,
            end=end,
            text=text,
            type=kind,
            normal=_plain(text),
            entity=entity,
            rules=(f"extractor:{self.name}",),
            confidence="check",
        )
        mentions = tuple(sorted((*self.reading.mentions, made), key=lambda one: one.start))
        self.reading = replace(self.reading, mentions=mentions, entities=entities)
        self.kept += 1

    def _entity(self, text: str, kind: str) -> tuple[str | None, tuple[Entity, ...]]:
        """The entity that has exactly this name, else a new one; values have none."""
        known = self.reading.entities
        if kind not in _SCHEMAS:
            return None, known
        plain = _plain(text)
        for entity in known:
            if plain == entity.caption or plain in entity.names:
                return entity.id, known
        own = f"e{len(known) + 1}"
        return own, (*known, Entity(id=own, schema=_SCHEMAS[kind], caption=plain, names=(plain,)))

    def _claim(self, each: ProposedClaim) -> None:
        place = self._place(each.sentence, each.quote)
        if place is None or each.modality not in get_args(Modality):
            return
        predicate = self._inside(place, each.predicate)
        if predicate is None or self._known(place, predicate):
            return
        made = _claim(self.reading, self.name, place, predicate, each, self._slots(place, each))
        if made.id in self.ids:
            return
        self.ids.add(made.id)
        self.reading = replace(self.reading, claims=(*self.reading.claims, made))
        self.kept += 1

    def _slots(self, place: tuple[int, int], each: ProposedClaim) -> tuple[Slot | None, Slot | None]:
        sentence = self.sentences[each.sentence]
        subject = self._inside(place, each.subject) or self._inside((sentence.start, sentence.end), each.subject)
        return self._slot(subject), self._slot(self._inside(place, each.object))

    def _slot(self, place: tuple[int, int] | None) -> Slot | None:
        if place is None:
            return None
        start, end = place
        entity = next(
            (one.entity for one in self.reading.mentions if one.entity and start <= one.start and one.end <= end), None
        )
        text = self.reading.text[start:end]
        return Slot(text=text, start=start, end=end, entity=entity, head=text.split()[-1])

    def _known(self, place: tuple[int, int], predicate: tuple[int, int]) -> bool:
        """Whether a claim of ours tells the same event: half the quotation and the predicate's words in common."""
        word = fold(self.reading.text[predicate[0] : predicate[1]])
        for own in self.reading.claims:
            shared = min(place[1], own.quote.end) - max(place[0], own.quote.start)
            whole = max(place[1], own.quote.end) - min(place[0], own.quote.start)
            if 2 * shared >= whole and (word in fold(own.predicate.text) or fold(own.predicate.text) in word):
                return True
        return False

    def _place(self, number: int, words: str) -> tuple[int, int] | None:
        sentence = self.sentences.get(number)
        return self._inside((sentence.start, sentence.end), words) if sentence is not None else None

    def _inside(self, place: tuple[int, int], words: str) -> tuple[int, int] | None:
        return find_verbatim(self.reading.text, place[0], place[1], words)


def find_verbatim(text: str, start: int, end: int, words: str) -> tuple[int, int] | None:
    """Where words stand in [start, end): exactly, else but for blanks, quotes, dashes and look-alikes; None: nowhere."""
    if not words.strip() or len(words) > _LONGEST:
        return None
    at = text.find(words, start, end)
    if at >= 0:
        return at, at + len(words)
    made = clean(text[start:end])
    pattern = r"\s+".join(re.escape(word) for word in clean(words).text.split())
    found = re.search(pattern, made.text)
    if found is None:
        return None
    low, high = made.span(found.start(), found.end())
    return start + low, start + high


def _plain(text: str) -> str:
    return _SPACES.sub(" ", clean(text).text).strip()


# ---------------------------------------------------------------- one claim


def _claim(
    reading: Reading,
    name: str,
    place: tuple[int, int],
    predicate: tuple[int, int],
    each: ProposedClaim,
    slots: tuple[Slot | None, Slot | None],
) -> Claim:
    """A claim in which only the choice of words is the extractor's."""
    start, end = place
    language = _language(reading, start)
    words = reading.text[predicate[0] : predicate[1]]
    inside = [one for one in reading.mentions if start <= one.start and one.end <= end]
    dated = next((one for one in inside if one.type == "date" and one.normal), None)
    holding = tuple(
        one.id for one in reading.attributions if one.content and one.content.start <= start and end <= one.content.end
    )
    return Claim(
        id=span_id("c", reading.sha256, start, end, f"extractor:{name}:{words}"),
        quote=quote_of(reading.text, start, end),
        subject=slots[0],
        predicate=Predicate(
            text=words,
            lemma=fold(words.split()[-1]),
            class_=concept_of_word(words.split()[-1], language, verbal=True) or fold(words.split()[-1]),
        ),
        object=slots[1],
        time=TimeSlot(text=dated.text, edtf=dated.normal) if dated is not None else None,
        quantities=tuple(quantity for one in inside if (quantity := _quantity(one)) is not None),
        modality=cast("Modality", each.modality),
        polarity="-" if _denies(reading.text[start:end], language) else "+",
        attributions=holding,
        hedged=any(one.hedged for one in reading.attributions if one.id in holding),
        sentence=_plain(reading.text[start:end]).rstrip(".") + ".",
        rule=f"extractor:{name}",
    )


def _denies(text: str, language: Language) -> bool:
    """Whether an odd number of negations stands in the words themselves."""
    neg = lexicon(language).closed["neg"]
    return sum(fold(word) in neg for word in re.findall(r"[\w']+", clean(text).text)) % 2 == 1


def _quantity(mention: Mention) -> Quantity | None:
    amount = amount_of(mention)
    if amount is None:
        return None
    value, unit = amount
    return Quantity(text=mention.text, value=value, unit=unit or ("%" if mention.type == "percent" else ""), role="of")


def _language(reading: Reading, at: int) -> Language:
    for segment in reading.segments:
        if segment.start <= at < segment.end and segment.language != "und":
            return segment.language
    return reading.languages[0] if reading.languages else "und"
