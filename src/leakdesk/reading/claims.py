"""Claims: one event or attribute each, with the exact words, roles, time, quantities, how it is told, and on whose word.

Built from frames. What is asked, negated as speech, or not understood becomes no claim; the sentence is listed as left out
with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from leakdesk.language.concepts import concept_of, fold
from leakdesk.model.anchor import CONTEXT
from leakdesk.model.claim import Attribution, Claim, LeftOut, Link, Other, Predicate, Quote, Slot, TimeSlot
from leakdesk.model.entity import Mention
from leakdesk.model.ids import span_id
from leakdesk.reading import frames as events
from leakdesk.reading import modality as telling
from leakdesk.reading import spans, values
from leakdesk.reading.attribution import Found
from leakdesk.reading.frames import Frame
from leakdesk.reading.letters import Parties, asks_reader, person_of, unsaid_subject
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.nearby import SHELF, Nearby
from leakdesk.reading.parse import READ
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

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
_CAUSE = frozenset(
    {"because", "since", "as", "так", "потому", "поскольку", "из-за", "бо", "оскільки", "через", "паколькі", "тому"}
)
_PURPOSE = frozenset({"to", "чтобы", "щоб", "аби", "каб", "in order"})
_CONDITION = frozenset({"if", "unless", "если", "якщо", "калі"})


@dataclass(slots=True)
class Draft:
    """A claim in the making, with the frame it came from."""

    sentence: int
    frame: Frame
    quote: Range
    claim: Claim | None = None


class Index:
    """The context by place and by sentence, so that long texts take time in proportion."""

    def __init__(self, context: Context) -> None:
        by_span = {
            ((each.content.start, each.content.end), (each.cue.start, each.cue.end) if each.cue else None): each
            for each in context.attributions
            if each.content is not None
        }
        known = [
            (each, by_span[each.content, each.cue])
            for each in context.found
            if each.content and (each.content, each.cue) in by_span
        ]
        self.attributions = Nearby((*pair[0].content, pair) for pair in known if pair[0].content is not None)
        self.mentions = Nearby((each.start, each.end, each) for each in context.mentions)
        self.entities = Nearby((span[0], span[1], (span, entity)) for span, entity in context.entities)
        self.found: dict[int, list[Found]] = {}
        self.pointing: dict[int, list[tuple[Found, Attribution]]] = {}
        for each in context.found:
            self.found.setdefault(each.sentence, []).append(each)
        for each, made in known:
            if each.points_at is not None:
                self.pointing.setdefault(each.points_at, []).insert(0, (each, made))


@dataclass(slots=True)
class Context:
    """What claims of a text are made with."""

    text: str
    sha256: str
    sentences: list[Sentence]
    found: list[Found]
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
    entities: list[tuple[Range, str]]
    captions: dict[str, str]
    published: str | None = None
    document_source: str | None = None
    parties: Parties | None = None
    index: Index = field(init=False)

    def __post_init__(self) -> None:
        self.index = Index(self)


def find(context: Context) -> tuple[tuple[Claim, ...], tuple[LeftOut, ...]]:
    """Claims in order of their place, and the sentences that gave none, with reasons."""
    drafts: list[Draft] = []
    left: list[LeftOut] = []
    for number, sentence in enumerate(context.sentences):
        words = lexicon(sentence.language)
        made, reason = _of_sentence(context, number, sentence, words)
        drafts += made
        if not made:
            left.append(LeftOut(start=sentence.start, end=sentence.end, reason=reason))
    ordinals: dict[tuple[int, int], int] = {}
    for draft in drafts:
        draft.claim = _claim(context, draft, ordinals)
    return _linked(context, drafts), tuple(left)


_NOTHING = "no event with a participant was found"


def _of_sentence(context: Context, number: int, sentence: Sentence, words: Lexicon) -> tuple[list[Draft], str]:
    if sentence.language not in READ:
        return [], "in no language that is read"
    end = sentence.tokens[-1].text if sentence.tokens else ""
    if end == "?" or (len(sentence.tokens) > 1 and end in ("»", '"') and sentence.tokens[-2].text == "?"):
        return [], "a question says nothing"
    mine = context.index.found.get(number, [])
    shells = frozenset(
        each.cue[0]
        for each in mine
        if each.cue is not None and each.cue_class != "noun" and each.content is not None and not each.nominal
    )
    made = events.frames(sentence, words, shells, tuple(each.cue for each in mine if each.cue is not None))
    drafts: list[Draft] = []
    seen: set[Range] = set()
    for frame in made:
        if not _worth(sentence, frame, words) and not (
            context.parties is not None and unsaid_subject(sentence, frame) is not None
        ):
            continue
        banned = _banned(sentence, mine, frame)
        frame.obliques = [each for each in frame.obliques if each[1] not in banned]
        frame.object = None if frame.object in banned else frame.object
        inside = events.clause_indices(sentence, frame, banned)
        inside = _without_connective(sentence, _clip(sentence, inside, frame, mine), frame, words)
        quote = spans.extent(sentence, inside)
        if quote is None or quote in seen:
            continue
        seen.add(quote)
        drafts.append(Draft(number, frame, quote))
    return drafts, _NOTHING


def _banned(sentence: Sentence, mine: list[Found], frame: Frame) -> frozenset[int]:
    """Words of sources and cues: no part of the clauses they speak of, unless the cue is part of the event ("denies selling")."""
    banned: set[int] = set()
    own = {sentence.tokens[k].start for k in frame.chain}
    for each in mine:
        if each.content is None or each.cue is None or each.cue[0] in own:
            continue
        for span in (each.cue, each.source):
            if span is not None and not (each.content[0] <= span[0] and span[1] <= each.content[1]):
                banned |= {token.i for token in sentence.tokens if span[0] <= token.start < span[1]}
    return frozenset(banned)


def _clip(sentence: Sentence, inside: list[int], frame: Frame, mine: list[Found]) -> list[int]:
    """A claim inside a content does not reach out of it."""
    at = sentence.tokens[frame.chain[0]].start
    holding = [each.content for each in mine if each.content is not None and each.content[0] <= at < each.content[1]]
    if not holding:
        return inside
    start, end = min(holding, key=lambda span: span[1] - span[0])
    return sentence.trim([k for k in inside if start <= sentence.tokens[k].start and sentence.tokens[k].end <= end])


def _without_connective(sentence: Sentence, inside: list[int], frame: Frame, words: Lexicon) -> list[int]:
    """Without "in all," or "besides," at the start: they join sentences and say nothing."""
    tokens = sentence.tokens
    opening = fold(tokens[inside[0]].low) if inside else ""
    for phrase in words.connective:
        size = len(phrase)
        if phrase[0] != opening:
            continue
        if (
            len(inside) > size + 1
            and inside[size - 1] < frame.chain[0]
            and all(fold(tokens[inside[k]].low) == phrase[k] for k in range(size))
        ):
            if frame.subject in inside[:size]:
                return inside
            return sentence.trim(inside[size:])
    return inside


def _worth(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """Whether a frame says something that could be checked: silence is honest, invention is not."""
    token = sentence.tokens[frame.event]
    if frame.subject is None and frame.object is None:
        return False
    if frame.subject is None and not (
        frame.passive or (sentence.tokens[frame.chain[0]].pos == "V" and sentence.language != "en")
    ):
        return False
    if _is_speech_shell(sentence, frame, words):
        return False
    if sentence.language != "en" and frame.subject is None and asks_reader(sentence, frame):
        return False
    if frame.subject is not None and (fold(sentence.tokens[frame.subject].lemma), frame.lemma) in _TOPIC_IDIOMS:
        return False
    if frame.subject is not None and sentence.tokens[frame.subject].pos == "REL":
        return False
    if (
        frame.rule == "event"
        and frame.lemma in ("be", "have", "do", "быть", "бути", "быць", "go", "мати", "мець", "иметь")
        and frame.object is None
        and not frame.obliques
    ):
        return False
    if (
        frame.kind == "acl"
        and token.pos == "PTCP"
        and (not frame.obliques or token.lemma in ("see", "base", "know", "call", "name"))
    ):
        return False
    if frame.marker in ("whether", "ли", "чи", "ці") and frame.kind in ("ccomp", "advcl", "acl", "csubj", "dep"):
        return False
    if frame.marker == "if" and frame.kind == "ccomp":
        return False
    if _side_remark(sentence, frame):
        return False
    return not (frame.kind == "advcl" and token.pos == "CONV" and frame.object is None and not frame.obliques)


_TOPIC_IDIOMS = frozenset({("речь", "идти"), ("мова", "йти"), ("мова", "йтися"), ("гаворка", "ісці")})
_PREVENT = frozenset({"from", "without", "instead"})


def _side_remark(sentence: Sentence, frame: Frame) -> bool:
    """Purposes, ways and definitions belong to another event: "to pay debts", "by selling", "the business of running"."""
    first = sentence.tokens[frame.chain[0]]
    if frame.kind == "acl" and frame.marker in ("of", "for", "in", "to", "at", "about", "on"):
        return True
    if frame.kind == "advcl" and frame.marker in _PREVENT:
        return True
    if first.pos == "INF" and frame.kind in ("advcl", "acl"):
        return True
    above = sentence.tokens[first.head] if first.head >= 0 else None
    return (
        first.pos == "INF"
        and frame.kind == "xcomp"
        and above is not None
        and frame.subject == _subject_index(sentence, above)
    )


def _subject_index(sentence: Sentence, token: Token) -> int | None:
    subject = sentence.child(token.i, "nsubj", "nsubj:pass")
    return subject.i if subject is not None else None


def _is_speech_shell(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """A verb of speech with a clause, or with nothing but a topic, tells of a telling: no claim of its own."""
    token = sentence.tokens[frame.event]
    classes = words.classes_of(token.low, token.lemma)
    if sentence.child(frame.event, "ccomp") is not None and classes:
        return True
    if not classes & {"say", "think", "learn"} or classes & {"publish", "promise", "ask", "reject"}:
        return False
    strong = concept_of(token.lemma, sentence.language, verbal=True) in (
        "say",
        "think",
        "know",
        "show",
        "inform",
        "comment",
        "warn",
        "remind",
        None,
    )
    return strong and "say" in classes and frame.object is None


# ---------------------------------------------------------------- one claim


def _claim(context: Context, draft: Draft, ordinals: dict[Range, int]) -> Claim:
    sentence, frame = context.sentences[draft.sentence], draft.frame
    words = lexicon(sentence.language)
    around, ids = _around(context, draft)
    told, hedged = telling.modality(sentence, frame, around, words)
    ordinals[draft.quote] = ordinals.get(draft.quote, -1) + 1
    subject = _slot(context, sentence, frame.subject, frame) if frame.subject is not None else None
    obj = _slot(context, sentence, frame.object, frame) if frame.object is not None else None
    if context.parties is not None:
        subject, obj = _by_person(context, sentence, frame, subject), _with_person(context, sentence, frame.object, obj)
        told = "asked" if asks_reader(sentence, frame) else told
    clause = _mentions_in(context, draft.quote)
    time = values.time_of(context.text, draft.quote, clause, sentence, frame, context.published)
    others, place, place_entity = _roles(context, sentence, frame, time)
    start, end = draft.quote
    return Claim(
        id=span_id("c", context.sha256, start, end, frame.lemma, ordinals[draft.quote]),
        quote=Quote(
            exact=context.text[start:end],
            prefix=context.text[max(0, start - CONTEXT) : start],
            suffix=context.text[end : end + CONTEXT],
            start=start,
            end=end,
        ),
        subject=subject,
        predicate=_predicate(context, sentence, frame),
        object=obj,
        others=others,
        place=place,
        place_entity=place_entity,
        time=time,
        quantities=values.quantities_of(context.text, draft.quote, clause, sentence, frame),
        modality=told,
        polarity=telling.polarity(frame, around),
        origin="witness"
        if context.parties is not None and not around
        else telling.origin(around, told, words, context.document_source),
        attributions=ids,
        hedged=hedged,
        sentence=_plain(context, sentence, frame, subject, draft.quote),
        rule=frame.rule,
    )


def _by_person(context: Context, sentence: Sentence, frame: Frame, subject: Slot | None) -> Slot | None:
    """The author or reader as the subject that a letter leaves out, or says with a pronoun."""
    person = unsaid_subject(sentence, frame)
    party = context.parties.of(person) if context.parties is not None and person is not None else None
    if subject is None and party is not None:
        return Slot(text=party.text, start=party.start, end=party.end, entity=party.entity, head=party.text.split()[-1])
    return _with_person(context, sentence, frame.subject, subject)


def _with_person(context: Context, sentence: Sentence, index: int | None, slot: Slot | None) -> Slot | None:
    """ "we", "вам": the pronoun stays in the text, the entity is the correspondent."""
    if slot is None or index is None or context.parties is None:
        return slot
    person = person_of(sentence.tokens[index])
    party = context.parties.of(person) if person is not None else None
    return replace(slot, entity=party.entity) if party is not None and party.entity is not None else slot


def _around(context: Context, draft: Draft) -> tuple[list[Found], tuple[str, ...]]:
    """Attributions whose content holds the event, outermost first; before them those that point back at its sentence."""
    at = context.sentences[draft.sentence].tokens[draft.frame.event].start
    holding = [
        (each, made)
        for each, made in context.index.attributions.at(at)
        if each.content is not None and each.content[0] <= at < each.content[1]
    ]
    holding.sort(key=lambda pair: _outermost(pair[0]))
    pairs = [*context.index.pointing.get(draft.sentence, []), *holding]
    return [each for each, _ in pairs], tuple(made.id for _, made in pairs)


def _outermost(each: Found) -> tuple[int, int]:
    start, end = each.content or (0, 0)
    return start - end, each.cue[0] if each.cue else 0


def _slot(context: Context, sentence: Sentence, head: int, frame: Frame) -> Slot | None:
    inside = spans.phrase(sentence, head, conjuncts=True, appositions=frame.rule != "office-in-apposition")
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
        entity=_entity(context, span, token),
        head=_head_word(context, sentence, token),
    )


def _not_into(sentence: Sentence, inside: list[int], head: int, frame: Frame) -> list[int]:
    """A participant does not swallow the verb or the other participant."""
    bad = set(frame.chain) | {index for index in (frame.subject, frame.object) if index is not None and index != head}
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


def _entity(context: Context, span: Range, head: Token) -> str | None:
    """The entity named at the head word; else the longest one named inside the phrase that carries no genitive of its own."""
    for (start, end), entity in context.index.entities.at(head.start):
        if start <= head.start < end:
            return entity
    for (start, end), entity in context.index.entities.at(span[0]):
        if span[0] <= start and end <= span[1] and (end - start) * 2 >= span[1] - span[0]:
            return entity
    return None


def _predicate(context: Context, sentence: Sentence, frame: Frame) -> Predicate:
    tokens = sentence.tokens
    members = set(frame.chain)
    for k in frame.chain:
        members |= {
            child.i for child in sentence.children(k) if child.dep in ("aux", "aux:pass", "neg", "compound:prt", "cop")
        }
    if frame.light is not None:
        members.add(frame.light)
    if frame.rule in ("nominal-predicate", "office-in-apposition"):
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


def _mentions_in(context: Context, quote: Range) -> list[Mention]:
    shelves = range(quote[0], quote[1] + SHELF, SHELF)
    near = dict.fromkeys(each for place in shelves for each in context.index.mentions.at(place))
    return [each for each in near if quote[0] <= each.start and each.end <= quote[1]]


def _roles(
    context: Context, sentence: Sentence, frame: Frame, time: TimeSlot | None
) -> tuple[tuple[Other, ...], str | None, str | None]:
    """Further participants by their preposition; the place."""
    words = lexicon(sentence.language)
    others: list[Other] = []
    place: str | None = None
    place_entity: str | None = None
    for label, head in frame.obliques:
        token = sentence.tokens[head]
        inside = spans.phrase(sentence, head)
        span = spans.extent(sentence, inside)
        if span is None or label == "@time" or (time is not None and _same_time(context, span, time)):
            continue
        text = context.text[span[0] : span[1]]
        entity = _entity(context, span, token)
        mention = _mention_at(context, token)
        first = label.split(" ")[0] if label else ""
        if label == "@by":
            others.append(Other(role="by", text=text, entity=entity))
        elif label == "@to":
            others.append(Other(role="to", text=text, entity=entity))
        elif (
            place is None
            and first in _PLACES
            and not events.is_temporal(token)
            and (
                (mention is not None and mention.type == "place") or (token.pos == "PN" and "l" in (token.cases or "l"))
            )
        ):
            place, place_entity = text, entity
        elif first in _WITH and (first not in ("з", "із", "са", "с", "со") or "i" in (token.cases or "i")):
            others.append(Other(role="with", text=text, entity=entity))
        elif first in _FROM:
            others.append(Other(role="from", text=text, entity=entity))
        elif first in _TO:
            others.append(Other(role="to", text=text, entity=entity))
        elif first in _FOR:
            others.append(Other(role="for", text=text, entity=entity))
        elif first == "by":
            others.append(Other(role="by", text=text, entity=entity))
        elif (
            place is None
            and first in _PLACES
            and head != frame.object
            and token.pos in ("N", "PN")
            and not events.is_temporal(token)
            and not _connective(sentence, head, words)
        ):
            place, place_entity = text, entity
    return tuple(others), place, place_entity


def _connective(sentence: Sentence, head: int, words: Lexicon) -> bool:
    before = sentence.tokens[head - 1].low if head else ""
    return (fold(before), fold(sentence.tokens[head].low)) in words.connective


def _same_time(context: Context, span: Range, time: TimeSlot) -> bool:
    return context.text[span[0] : span[1]] in time.text or time.text in context.text[span[0] : span[1]]


def _mention_at(context: Context, token: Token) -> Mention | None:
    return next((each for each in context.index.mentions.at(token.start) if each.start <= token.start < each.end), None)


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
_SPACES = re.compile(r"\s+")


def _plain(context: Context, sentence: Sentence, frame: Frame, subject: Slot | None, quote: Range) -> str:
    """The claim as one plain sentence: its subject by name where it is known, then its own words."""
    text = context.text[quote[0] : quote[1]]
    if subject is not None:
        name = context.captions.get(subject.entity or "", "") if _pronoun(sentence, frame.subject) else subject.text
        name = name or subject.text
        if quote[0] <= subject.start and subject.end <= quote[1]:
            local = subject.start - quote[0]
            text = text[:local] + name + text[local + len(subject.text) :]
        elif sentence.tokens[frame.event].pos == "PTCP" and frame.passive and sentence.language == "en":
            text = f"{name} {'were' if _is_plural(name) else 'was'} {text}"
        else:
            text = f"{name} {text}"
    text = _SPACES.sub(" ", text).strip(" ,;:—-")
    return (text[:1].upper() + text[1:] + ".") if text else ""


def _pronoun(sentence: Sentence, index: int | None) -> bool:
    return index is not None and sentence.tokens[index].pos == "PRON"


# ---------------------------------------------------------------- ties between claims


def _linked(context: Context, drafts: list[Draft]) -> tuple[Claim, ...]:
    """Cause, purpose and condition, as the clauses themselves say."""
    by_event = {(draft.sentence, draft.frame.event): draft for draft in drafts}
    by_first = {(draft.sentence, draft.frame.chain[0]): draft for draft in drafts}
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    links: dict[int, list[Link]] = {}
    for draft in drafts:
        sentence, frame = context.sentences[draft.sentence], draft.frame
        if frame.above is None or draft.claim is None:
            continue
        main = (
            by_event.get((draft.sentence, frame.above))
            or by_first.get((draft.sentence, frame.above))
            or _governing(draft, sentence, by_sentence[draft.sentence])
        )
        if main is None or main.claim is None or main is draft:
            continue
        token = sentence.tokens[frame.chain[0]]
        if frame.kind == "advcl" and frame.marker in _CAUSE:
            links.setdefault(id(main), []).append(Link(relation="cause", to=draft.claim.id))
        elif frame.kind == "advcl" and frame.marker in _CONDITION:
            links.setdefault(id(main), []).append(Link(relation="condition", to=draft.claim.id))
        elif frame.kind in ("advcl", "xcomp") and (frame.marker in _PURPOSE or token.pos == "INF"):
            links.setdefault(id(main), []).append(Link(relation="purpose", to=draft.claim.id))
        elif frame.kind in ("conj", "parataxis") and _therefore(sentence, frame):
            links.setdefault(id(draft), []).append(Link(relation="cause", to=main.claim.id))
    return tuple(_with_links(draft.claim, links.get(id(draft), ())) for draft in drafts if draft.claim is not None)


def _governing(draft: Draft, sentence: Sentence, drafts: list[Draft]) -> Draft | None:
    above = {token.i for token in sentence.ancestors(draft.frame.chain[0])}
    near = [each for each in drafts if set(each.frame.chain) & above]
    return near[0] if near else None


def _therefore(sentence: Sentence, frame: Frame) -> bool:
    return any(
        child.low in ("so", "therefore", "thus", "hence", "поэтому", "тому", "таму", "отже")
        for child in sentence.children(frame.chain[0])
    )


def _with_links(claim: Claim, links: Iterable[Link]) -> Claim:
    made = tuple(links)
    if not made:
        return claim
    return replace(claim, links=made)


def _is_plural(name: str) -> bool:
    """Whether an English name or noun phrase takes "were"."""
    last = name.split(",", maxsplit=1)[0].rsplit(" ", 1)[-1].casefold()
    return " and " in name or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
