"""Participants and predicate of a claim: from words of a tree to slots with exact spans."""

from __future__ import annotations

from leakdesk.language.concepts import concept_of, fold
from leakdesk.model.claim import Predicate, Slot
from leakdesk.reading import spans
from leakdesk.reading.claims_context import Context
from leakdesk.reading.frame import APPOSITION, Frame
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range


def slot_of(context: Context, sentence: Sentence, head: int, frame: Frame) -> Slot | None:
    inside = spans.phrase(sentence, head, conjuncts=True, appositions=frame.rule != APPOSITION)
    inside = _not_into(sentence, inside, head, frame)
    inside = _without_roles(sentence, inside, head)
    span = spans.extent(sentence, inside)
    if span is None:
        return None
    token = sentence.tokens[head]
    return Slot(
        text=context.text[span[0] : span[1]],
        start=span[0],
        end=span[1],
        entity=entity_at(context, span, token),
        head=_head_word(context, sentence, token),
    )


def _not_into(sentence: Sentence, inside: list[int], head: int, frame: Frame) -> list[int]:
    """A participant does not swallow the verb or the other participant."""
    bad = set(frame.chain) - {head} | {
        index for index in (frame.subject, frame.object) if index is not None and index != head
    }
    kept = [k for k in inside if k not in bad]
    if len(kept) == len(inside):
        return inside
    run = [k for k in kept if not any(min(k, head) < other < max(k, head) for other in bad)]
    return sentence.trim(run) or [head]


def _without_roles(sentence: Sentence, inside: list[int], head: int) -> list[int]:
    """What follows the noun with "for", "to", "from", "with" is a role of the event, not part of the participant."""
    for child in sentence.children(head):
        label = next((each for each in sentence.children(child.i) if each.dep == "case"), None)
        if (
            child.dep == "nmod"
            and child.i > head
            and label is not None
            and label.low in ("for", "to", "from", "with", "для", "с", "со", "от", "з", "із", "від", "ад", "са")
        ):
            kept = [k for k in inside if k < label.i]
            if head in kept:
                inside = sentence.trim(kept)
    return inside


def _head_word(context: Context, sentence: Sentence, token: Token) -> str:
    """The head as written, with its hyphenated parts ("D-20", "fire-water")."""
    tokens = sentence.tokens
    if token.low.rstrip(".") in _MEASURES:
        token = next(
            (
                each
                for each in sentence.children(token.i)
                if each.dep in ("nmod", "flat", "compound") and each.i > token.i and each.pos in ("N", "PN")
            ),
            token,
        )
    while token.pos == "PN" and sentence.language != "en":  # «Антон Зуев» is Зуев, as in every later sentence
        surname = next((each for each in sentence.children(token.i) if each.dep == "flat" and each.pos == "PN"), None)
        if surname is None or surname.i != token.i + 1:
            break
        token = surname
    start, end = token.start, token.end
    k = token.i
    while (
        k >= 2
        and tokens[k - 1].text == "-"
        and tokens[k - 1].end == tokens[k].start
        and tokens[k - 2].end == tokens[k - 1].start
    ):
        k -= 2
        start = tokens[k].start
    k = token.i
    while (
        k + 2 < len(tokens)
        and tokens[k + 1].text == "-"
        and tokens[k].end == tokens[k + 1].start
        and tokens[k + 1].end == tokens[k + 2].start
    ):
        k += 2
        end = tokens[k].end
    return context.text[start:end]


def entity_at(context: Context, span: Range, head: Token) -> str | None:
    """The entity named at the head word; else the longest one named inside the phrase that carries no genitive of its own."""
    for (start, end), entity in context.index.entities.at(head.start):
        if start <= head.start < end:
            return entity
    for (start, end), entity in context.index.entities.at(span[0]):
        if span[0] <= start and end <= span[1] and (end - start) * 2 >= span[1] - span[0]:
            return entity
    return None


def predicate_of(context: Context, sentence: Sentence, frame: Frame) -> Predicate:
    tokens = sentence.tokens
    members = set(frame.chain)
    for k in frame.chain:
        members |= {
            child.i for child in sentence.children(k) if child.dep in ("aux", "aux:pass", "neg", "compound:prt", "cop")
        }
    if frame.light is not None:
        members.add(frame.light)
    if frame.rule in ("nominal-predicate", APPOSITION, "verbless"):
        members = {frame.event}
    first, last = min(members), max(members)
    if last - first > 9:
        first = last = frame.event
    text = context.text[tokens[first].start : tokens[last].end]
    language = sentence.language
    concept = concept_of(frame.lemma, language, verbal=True) or concept_of(
        tokens[frame.event].lemma, language, verbal=True
    )
    lemma = frame.lemma if frame.lemma else tokens[frame.event].lemma
    return Predicate(text=text, lemma=lemma, class_=concept or fold(lemma))


_MEASURES = frozenset(
    {
        "%",
        "млн",
        "млрд",
        "тыс",
        "тис",
        "million",
        "billion",
        "thousand",
        "миллионов",
        "мільйонів",
        "мільёнаў",
        "процентов",
        "відсотків",
        "працэнтаў",
        "percent",
        "процента",
        "відсотки",
    }
)
