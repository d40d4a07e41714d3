"""Claims: one event or attribute each, with the exact words, roles, time, quantities, how it is told, and on whose word.

Built from frames. What is asked, negated as speech, or not understood becomes no claim; the sentence is listed as left out
with the reason.
"""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.language.concepts import fold
from leakdesk.model.anchor import CONTEXT
from leakdesk.model.claim import Claim, LeftOut, Quote, Slot
from leakdesk.model.document import Language
from leakdesk.model.entity import Mention
from leakdesk.model.ids import span_id
from leakdesk.reading import modality as telling
from leakdesk.reading import spans, values
from leakdesk.reading.attribution_found import Found
from leakdesk.reading.claims_context import Context, Draft
from leakdesk.reading.claims_links import linked
from leakdesk.reading.claims_naming import CALLING, held, named
from leakdesk.reading.claims_naming import RULE as NAMED
from leakdesk.reading.claims_roles import roles_of
from leakdesk.reading.claims_slots import predicate_of, slot_of
from leakdesk.reading.claims_worth import is_worth
from leakdesk.reading.frame import APPOSITION, Frame
from leakdesk.reading.frames import frames
from leakdesk.reading.frames_edges import edges
from leakdesk.reading.frames_span import clause_indices, tells_how_much
from leakdesk.reading.letters import asks_reader, is_order_to, person_of, unsaid_subject
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.nearby import SHELF
from leakdesk.reading.parse import READ
from leakdesk.reading.references import speaks_for
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range
from leakdesk.reading.speaker import by_speaker
from leakdesk.reading.words import word_list


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
    return linked(context, drafts), tuple(left)


_NOTHING = "no event with a participant was found"


#: The rule of attribution by which somebody says what a thing is worth.
VALUING = "puts-at"
#: What somebody does with a thing by saying so: the doing is the event where the thing tells none.
_DONE_WITH_WORDS = ("ask", "promise", "reject")


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
        if each.cue is not None
        and each.cue_class != "noun"
        and each.content is not None
        and (not each.nominal or each.rule in CALLING)
        and not each.complaint
        and not _rests_on(sentence, each)
        and not _complains_of_a_thing(sentence, each)
        and not _values(sentence, each)
        and (
            each.cue_class not in _DONE_WITH_WORDS
            or each.rule in CALLING
            or spans.holds_verb(sentence, each.content, each.cue)
        )
    )
    cues = tuple(each.cue for each in mine if each.cue is not None and not _rests_on(sentence, each))
    made = frames(sentence, words, shells, cues)
    made = [each for each in made if not held(each, sentence, mine)] + named(sentence, mine)
    drafts: list[Draft] = []
    seen: set[Range] = set()
    for frame in made:
        if (
            frame.rule != NAMED
            and not is_worth(sentence, frame, words)
            and not _ordered(sentence, frame, mine)
            and not (context.parties is not None and unsaid_subject(sentence, frame) is not None)
        ):
            continue
        if frame.rule == APPOSITION and _speaks(sentence, mine, frame):
            continue
        banned = frozenset[int]() if frame.rule == NAMED else _banned(sentence, mine, frame)
        frame.obliques = [each for each in frame.obliques if each[1] not in banned]
        frame.object = None if frame.object in banned else frame.object
        inside = edges(sentence, frame, clause_indices(sentence, frame, banned))
        inside = _without_connective(sentence, _clip(sentence, inside, frame, mine), frame, words)
        extent = spans.extent(sentence, inside)
        quote = _with_whole_values(context, extent) if extent else None
        if quote is None or quote in seen:
            continue
        seen.add(quote)
        drafts.append(Draft(number, frame, quote))
    return drafts, _NOTHING


def _values(sentence: Sentence, each: Found) -> bool:
    """ "puts the loss at five million", «підрахував збитки: 900 тисяч»: the reckoning is the event, and whose it is."""
    if each.rule == VALUING:
        return True
    cue = each.cue_word(sentence)
    thing = sentence.child(cue.i, "obj") if cue is not None else None
    return thing is not None and each.rule == "colon-clause" and tells_how_much(sentence, thing.i)


def _complains_of_a_thing(sentence: Sentence, each: Found) -> bool:
    """ "had complained about dirty fuel": without a verb in what it is about, the complaint itself is the event."""
    if each.cue is None or each.content is None:
        return False
    cue = each.cue_word(sentence)
    if cue is None or cue.lemma not in word_list("complaints"):
        return False
    start, end = each.content
    inside = (token for token in sentence.tokens if start <= token.start < end and token is not cue)
    return not any(token.pos in spans.VERBAL and token.dep != "amod" for token in inside)


def _rests_on(sentence: Sentence, each: Found) -> bool:
    """ "This finding is based on 96 letters": what the sentence tells of the finding is the resting itself."""
    if sentence.language != "en" or each.cue is None or each.content is None:
        return False
    cue = each.cue_word(sentence)
    if cue is None or cue.head >= 0 or sentence.child(cue.i, "nsubj", "nsubj:pass") is None:
        return False
    if sentence.child(cue.i, "aux:pass") is None or each.content[0] > each.cue[0]:
        return False
    if each.content[1] > each.cue[0] and sentence.tokens[cue.i + 1].low not in ("on", "upon"):
        return False
    return not spans.holds_verb(sentence, (each.content[0], each.cue[0]), each.cue, ("V", "INF", "CONV"))


def _ordered(sentence: Sentence, frame: Frame, mine: list[Found]) -> bool:
    """«Спишите насос», — написал мастер: an order in somebody's own words is what he asks, and no order to the reader."""
    at = sentence.tokens[frame.chain[0]].start
    quoted = any(
        each.type == "direct" and each.content is not None and each.content[0] <= at < each.content[1] for each in mine
    )
    return quoted and frame.object is not None and is_order_to(sentence, frame)


def _speaks(sentence: Sentence, mine: list[Found], frame: Frame) -> bool:
    """Whether the holder of an office told in passing is the one who speaks: then the office only introduces the speaker."""
    at = sentence.tokens[frame.subject or 0].start
    return any(each.source is not None and each.source[0] <= at < each.source[1] for each in mine)


def _banned(sentence: Sentence, mine: list[Found], frame: Frame) -> frozenset[int]:
    """Words of sources and cues: no part of the clauses they speak of, unless the cue is part of the event ("denies selling")."""
    banned: set[int] = set()
    own = {sentence.tokens[k].start for k in frame.chain}
    at = sentence.tokens[frame.event].start
    acts = sentence.tokens[frame.subject].start if frame.subject is not None else -1
    for each in mine:
        if each.content is None or each.cue is None or each.cue[0] in own:
            continue
        outside = not each.content[0] <= at < each.content[1]
        for span in (each.cue, each.source):
            if outside and span is each.source and span is not None and span[0] <= acts < span[1]:
                continue  # who speaks in a clause put in, and acts in the clause around it
            if span is None or ((sentence.language != "en" or frame.kind == "acl") and span[0] <= at < span[1]):
                continue  # «в письме, которое получила редакция»: an event told within a source keeps its own words
            if not (each.content[0] <= span[0] and span[1] <= each.content[1]):
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


def _claim(context: Context, draft: Draft, ordinals: dict[Range, int]) -> Claim:
    sentence, frame = context.sentences[draft.sentence], draft.frame
    words = lexicon(sentence.language)
    around, ids = _around(context, draft)
    told, hedged = telling.modality(sentence, frame, around, words)
    ordinals[draft.quote] = ordinals.get(draft.quote, -1) + 1
    subject = slot_of(context, sentence, frame.subject, frame) if frame.subject is not None else None
    obj = slot_of(context, sentence, frame.object, frame) if frame.object is not None else None
    if context.parties is not None:
        subject, obj = _by_person(context, sentence, frame, subject), _with_person(context, sentence, frame.object, obj)
        told = "asked" if asks_reader(sentence, frame) else told
    else:
        subject, obj = by_speaker(context, subject, ids), by_speaker(context, obj, ids)
        told = "asked" if told in ("asserted", "planned") and _orders(around, sentence, frame) else told
    clause = _mentions_in(context, draft.quote)
    time = values.time_of(context.text, draft.quote, clause, sentence)
    others, place, place_entity = roles_of(context, sentence, frame, time)
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
        predicate=predicate_of(context, sentence, frame),
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


def _orders(around: list[Found], sentence: Sentence, frame: Frame) -> bool:
    """Whether quoted words ask for something: "Send us the list"."""
    return bool(around) and around[-1].type == "direct" and is_order_to(sentence, frame)


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


def _with_whole_values(context: Context, quote: Range) -> Range:
    """A clause does not end within an amount (after the full stop of «250 тис. гривень»)."""
    ends = (
        each.end
        for each in context.index.mentions.at(quote[1])
        if each.type in values.AMOUNTS and quote[0] <= each.start < quote[1] < each.end and not each.text.endswith(".")
    )
    return quote[0], max(ends, default=quote[1])


def _mentions_in(context: Context, quote: Range) -> list[Mention]:
    shelves = range(quote[0], quote[1] + SHELF, SHELF)
    near = dict.fromkeys(each for place in shelves for each in context.index.mentions.at(place))
    # The full stop of «руб.» at the end of a sentence belongs to the amount, not to the quote.
    return [
        each for each in near if quote[0] <= each.start < quote[1] and each.end <= quote[1] + each.text.endswith(".")
    ]


_SPACES = re.compile(r"\s+")


def _plain(context: Context, sentence: Sentence, frame: Frame, subject: Slot | None, quote: Range) -> str:
    """The claim as one plain sentence: its subject by name where it is known, then its own words."""
    text = context.text[quote[0] : quote[1]]
    if subject is not None:
        name = _by_name(context, sentence, frame, subject)
        if frame.rule == APPOSITION:
            text = _put_as_sentence(text, name, sentence.language)
        elif quote[0] <= subject.start and subject.end <= quote[1]:
            local = subject.start - quote[0]
            behind = text[local + len(subject.text) :]
            text = text[:local] + name + (_of_its_noun(context, sentence, frame, name, quote) or behind)
        elif sentence.tokens[frame.event].pos == "PTCP" and frame.passive and sentence.language == "en":
            text = name + _was_done(context, sentence, frame, name, quote)
        else:
            relative = _relative_subject(sentence, frame)
            text = f"{name} {context.text[relative.end : quote[1]].lstrip() if relative else text}"
    text = _SPACES.sub(" ", text).strip(" ,;:—-")
    return (text[:1].upper() + text[1:] + ".") if text else ""


def _by_name(context: Context, sentence: Sentence, frame: Frame, subject: Slot) -> str:
    """Who acts, a pronoun by the name that it stands for: "he and his deputy" -> "Jan Kroll and his deputy"."""
    known = context.captions.get(subject.entity or "", "")
    if frame.subject is None or not known or not _pronoun(sentence, frame.subject):
        return subject.text
    word = sentence.tokens[frame.subject]
    before, behind = context.text[subject.start : word.start], context.text[word.end : subject.end]
    together = subject.start <= word.start and word.end <= subject.end
    return f"{before}{known}{behind}" if together else known


def _put_as_sentence(text: str, name: str, language: Language) -> str:
    """What stands beside a name, told of it: "Qinlu, a maker of lathes" -> "Qinlu is a maker of lathes"."""
    before, comma, behind = text.partition(",")
    if not comma or before.strip() != name.split(",", maxsplit=1)[0].strip():
        return text
    link = f" {'are' if ' and ' in before else 'is'} " if language == "en" else " — "
    return before.rstrip() + link + behind.strip()


def _of_its_noun(context: Context, sentence: Sentence, frame: Frame, name: str, quote: Range) -> str:
    """What is told of a noun by its clause, as a sentence of it: "bridge that closes" -> " closes"; else ""."""
    if sentence.language != "en" or frame.kind not in ("acl", "acl:relcl") or frame.subject != frame.above:
        return ""
    if sentence.tokens[frame.chain[0]].pos == "PTCP" and frame.passive:
        return _was_done(context, sentence, frame, name, quote)
    pronoun = _relative_subject(sentence, frame)
    return context.text[pronoun.end : quote[1]] if pronoun is not None else ""


def _was_done(context: Context, sentence: Sentence, frame: Frame, name: str, quote: Range) -> str:
    """What a clause without "was" tells of those to whom it is done, with it: " was delayed by frost"."""
    start = max(quote[0], sentence.tokens[frame.chain[0]].start)
    return f" {'were' if _is_plural(name) else 'was'} {context.text[start : quote[1]]}"


def _relative_subject(sentence: Sentence, frame: Frame) -> Token | None:
    """The English relative pronoun that acts in a clause ("who denied it"), for which its noun can stand; None elsewhere."""
    if sentence.language != "en":
        return None
    children = sentence.children(frame.chain[0])
    return next((each for each in children if each.pos == "REL" and each.dep[:5] == "nsubj"), None)


def _pronoun(sentence: Sentence, index: int | None) -> bool:
    """A pronoun whom a name can replace where it stands: not "I", whose verb would no longer fit."""
    return index is not None and (word := sentence.tokens[index]).pos == "PRON" and speaks_for(word.low) is None


def _is_plural(name: str) -> bool:
    """Whether an English name or noun phrase takes "were"."""
    last = name.split(",", maxsplit=1)[0].rsplit(" ", 1)[-1].casefold()
    return " and " in name or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
