"""Participants and predicate of a claim: from words of a tree to slots with exact spans."""

from __future__ import annotations

from collections.abc import Iterator

from leakdesk.language.concepts import concept_of, fold, group_of
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
        entity=entity_at(context, sentence, span, token),
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


def entity_at(context: Context, sentence: Sentence, span: Range, head: Token) -> str | None:
    """The entity that the head word names, or a word beside it that calls the same by name ("the mill's owner, Lev Bohdan"); of
    whom something merely is ("the ministry's books", «склад фирмы "Вега"»), it is not."""
    person = group_of(concept_of(head.lemma, sentence.language, verbal=False) or "") in ("person", "family")
    for token in _naming(sentence, span, head):
        for (start, end), entity in context.index.entities.at(token.start):
            if start <= token.start < end and (token is head or not person or context.index.types[entity] == "person"):
                return entity
    return None


def _naming(sentence: Sentence, span: Range, head: Token) -> Iterator[Token]:
    """The head of a phrase, then the words of it that may call the same thing by name."""
    yield head
    for below in sentence.children(head.i):
        if below.start < head.end or below.end > span[1]:
            continue
        if below.dep in _BESIDE or (below.dep == "nmod" and _agree(below, head)):
            yield below
        elif (
            below.dep == "nmod"
        ):  # «намеснік дырэктара Сяргей Ляўковіч»: the name is read with the nearer noun, and does not agree
            names = (each for each in sentence.children(below.i) if each.dep in _BESIDE and each.end <= span[1])
            bare = (
                each for each in names if sentence.tokens[each.i - 1].text not in _OPENING
            )  # a quoted name never agrees
            yield from (each for each in bare if _agree(each, head) and not _agree(each, below))


def _agree(name: Token, noun: Token) -> bool:
    return name.pos == "PN" and bool(set(name.cases) & set(noun.cases or "n"))


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


_OPENING = ("«", '"', "„", "“")
#: What a word after its head is where both name one thing.
_BESIDE = frozenset(("appos", "flat", "nmod:name"))
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
