"""What somebody calls a thing: «назвал публикацию выдумкой», "branded the sackings a disgrace", as a claim about the thing."""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found
from leakdesk.reading.frame import Frame
from leakdesk.reading.sentence import Sentence, Token

RULE = "named-as"
_SELF = frozenset({"itself", "himself", "herself", "themselves", "себя", "себе", "сябе"})
#: Attributions that give a thing a name.
_NAMING = ("calls-it", "names-it", "takes-as")
#: Those whose verb is the naming alone, and no event of its own.
CALLING = ("calls-it", "names-it")
_CALLED = ("N", "PN", "A", "PTCP")


def named(sentence: Sentence, found: list[Found]) -> list[Frame]:
    """A frame for every attribution that gives a name to a thing: the thing, the verb of naming, what it is called."""
    made: list[Frame] = []
    for each in found:
        if each.rule not in _NAMING or each.cue is None or each.content is None:
            continue
        cue = each.cue_word(sentence)
        if cue is None or cue.pos not in ("V", "CONV", "PTCP"):
            continue
        thing = sentence.child(cue.i, "obj", "nsubj:pass")
        if thing is None or thing.pos not in ("N", "PN", "PRON", "NUM") or thing.low in _SELF:
            continue
        called = _called(sentence, thing, cue, each)
        if called is not None:
            made.append(
                Frame(
                    chain=[cue.i],
                    event=cue.i,
                    lemma=cue.lemma,
                    subject=thing.i,
                    object=called.i,
                    kind=cue.dep,
                    rule=RULE,
                )
            )
    return made


def _called(sentence: Sentence, thing: Token, cue: Token, each: Found) -> Token | None:
    inside = set(spans.phrase(sentence, thing.i))
    start, end = each.content or (0, 0)
    later = [
        token
        for token in sentence.tokens
        if start <= token.start < end
        and token.i > cue.i
        and token.i not in inside
        and token.pos in _CALLED
        and (sentence.language == "en" or ("i" in token.cases and sentence.child(token.i, "case") is None))
    ]
    if not later:
        return None
    first = later[0]
    if first.pos in ("A", "PTCP") and first.dep == "amod" and 0 <= first.head < len(sentence.tokens):
        noun = sentence.tokens[first.head]
        return noun if noun in later else first
    if first.dep in ("compound", "flat") and sentence.tokens[first.head] in later:
        return sentence.tokens[first.head]
    return first


def held(frame: Frame, sentence: Sentence, found: list[Found]) -> bool:
    """Whether an event stands inside what a thing is called: "paperwork dressed up as espionage"."""
    at = sentence.tokens[frame.event].start
    return frame.rule != RULE and any(
        each.rule in CALLING and each.content is not None and each.content[0] <= at < each.content[1] for each in found
    )
