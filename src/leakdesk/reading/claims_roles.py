"""Further participants of a claim by their preposition, and its place."""

from __future__ import annotations

from typing import Literal

from leakdesk.language.concepts import fold
from leakdesk.model.claim import Other, TimeSlot
from leakdesk.model.entity import Mention
from leakdesk.reading import spans
from leakdesk.reading.claims_context import Context
from leakdesk.reading.claims_slots import entity_at
from leakdesk.reading.frame import Frame, is_temporal
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

_Role = Literal["with", "from", "to", "for", "by"]
_WITH = frozenset({"with", "alongside", "together with", "с", "со", "з", "із", "зі", "са", "разом з", "вместе с"})
_FROM = frozenset({"from", "out of", "off", "от", "из", "у", "від", "од", "з", "із", "ад", "са"})
_TO = frozenset({"to", "into", "towards", "toward", "onto", "к", "ко", "до", "да"})
_FOR = frozenset({"for", "для", "на", "за", "дзеля", "заради", "ради"})
_PLACES = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "beside",
        "outside",
        "inside",
        "around",
        "across",
        "within",
        "throughout",
        "в",
        "во",
        "на",
        "у",
        "ў",
        "под",
        "возле",
        "около",
        "при",
        "біля",
        "під",
        "поблизу",
        "каля",
        "пад",
        "пры",
        "из",
        "за",
    }
)


def roles_of(
    context: Context, sentence: Sentence, frame: Frame, time: TimeSlot | None
) -> tuple[tuple[Other, ...], str | None, str | None]:
    """Further participants by their preposition; the place."""
    words = lexicon(sentence.language)
    others: list[Other] = []
    place: str | None = None
    place_entity: str | None = None
    for label, head in frame.obliques:
        token = sentence.tokens[head]
        span = spans.extent(sentence, spans.phrase(sentence, head))
        if span is None or label == "@time" or (time is not None and _same_time(context, span, time)):
            continue
        text = context.text[span[0] : span[1]]
        entity = entity_at(context, sentence, span, token)
        first = label.split(" ")[0] if label else ""
        somewhere = place is None and first in _PLACES and not is_temporal(token)
        role = _role_by(label, first, token)
        if somewhere and _is_place(context, token):
            place, place_entity = text, entity
        elif role is not None:
            others.append(Other(role=role, text=text, entity=entity))
        elif somewhere and head != frame.object and token.pos in ("N", "PN") and not _connective(sentence, head, words):
            place, place_entity = text, entity
    return tuple(others), place, place_entity


def _role_by(label: str, first: str, token: Token) -> _Role | None:
    """What a participant does there, by the label of its phrase and the first word of that."""
    if label in ("@by", "@to"):
        return "by" if label == "@by" else "to"
    if first in _WITH and (first not in ("з", "із", "са", "с", "со") or "i" in (token.cases or "i")):
        return "with"
    if first in _FROM:
        return "from"
    if first in _TO:
        return "to"
    if first in _FOR:
        return "for"
    return "by" if first == "by" else None


def _is_place(context: Context, token: Token) -> bool:
    mention = _mention_at(context, token)
    return (mention is not None and mention.type == "place") or (token.pos == "PN" and "l" in (token.cases or "l"))


def _connective(sentence: Sentence, head: int, words: Lexicon) -> bool:
    before = sentence.tokens[head - 1].low if head else ""
    return (fold(before), fold(sentence.tokens[head].low)) in words.connective


def _same_time(context: Context, span: Range, time: TimeSlot) -> bool:
    return context.text[span[0] : span[1]] in time.text or time.text in context.text[span[0] : span[1]]


def _mention_at(context: Context, token: Token) -> Mention | None:
    return next((each for each in context.index.mentions.at(token.start) if each.start <= token.start < each.end), None)
