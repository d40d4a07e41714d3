"""Planned, possible, alleged, inferred, asked; and whether it is denied. Words decide, the tree says which words count."""

from __future__ import annotations

from leakdesk.language.concepts import fold
from leakdesk.model.claim import Modality, Origin, Polarity
from leakdesk.reading.attribution import Found
from leakdesk.reading.frames import Frame
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence

_FUTURE = frozenset({"will", "'ll", "shall", "wo", "будет", "будут", "буде", "будуть", "будзе", "будуць", "буду", "будем", "будемо", "будзем"})
_MAY = frozenset({"may", "might", "could", "can"})
_WOULD = frozenset({"would", "'d"})
_CONDITION = frozenset({"if", "unless", "если", "якщо", "калі", "провідед"})
_PRESUPPOSING = frozenset({"despite", "notwithstanding", "although", "though", "хотя", "несмотря", "хоча", "попри", "хоць", "нягледзячы", "незважаючи", "after", "since"})


def modality(sentence: Sentence, frame: Frame, around: list[Found], words: Lexicon) -> tuple[Modality, bool]:
    """How an event is told, and whether it is hedged. `around` are the attributions that hold it, innermost last."""
    kinds = [each.cue_class for each in around]
    agentless = any(each.type == "agentless" for each in around)
    doubted = _doubt(sentence, frame, words)
    own = _own(sentence, frame, words)
    hedged = agentless or doubted or any(each.hedged for each in around)
    if agentless or "accuse" in kinds:
        return "alleged", True
    if own in ("planned", "intended", "asked", "predicted"):
        return own, hedged
    if own is not None:
        return own, hedged
    if doubted:
        return "possible", True
    if kinds and kinds[-1] == "promise":
        return "planned", hedged
    if kinds and kinds[-1] == "ask":
        return "asked", hedged
    return "asserted", hedged


def _own(sentence: Sentence, frame: Frame, words: Lexicon) -> Modality | None:
    """What the verb chain itself says."""
    tokens = sentence.tokens
    first = tokens[frame.chain[0]]
    event = tokens[frame.event]
    if frame.passive and any(words.has_modality(kind, event.low, event.lemma) for kind in ("planned", "intended")) and not words.classes_of(event.low, event.lemma) & {"say", "promise"}:
        return "planned"
    for k in frame.chain[:-1]:
        token = tokens[k]
        governor: list[tuple[str, Modality]] = [("planned", "planned"), ("intended", "intended"), ("asked", "asked"), ("predicted", "predicted"), ("possible", "possible")]
        for kind, value in governor:
            if words.has_modality(kind, token.low, token.lemma):
                return value
        for child in sentence.children(k):
            for kind, value in governor:
                if child.dep in ("attr", "oprd", "obj", "obl") and words.has_modality(kind, child.low, child.lemma):
                    return value
        if token.lemma == "be" and tokens[frame.chain[-1]].pos == "INF":
            return "planned"
    if first.dep == "xcomp" and first.head >= 0 and tokens[first.head].pos != "N":
        above = tokens[first.head]
        if words.has_modality("asked", above.low, above.lemma) or "ask" in words.classes_of(above.low, above.lemma):
            return "asked"
        if words.has_modality("planned", above.low, above.lemma):
            return "planned"
    auxiliaries = {child.low for k in frame.chain for child in sentence.children(k) if child.dep in ("aux", "aux:pass", "cop")}
    if auxiliaries & _FUTURE or (sentence.language != "en" and tokens[frame.event].tense == "fut"):
        return "planned"
    if auxiliaries & _MAY:
        return None if frame.negated else "possible"
    if auxiliaries & _WOULD:
        return "predicted"
    if frame.marker in _CONDITION:
        return "possible"
    if frame.marker in ("despite", "notwithstanding", "несмотря", "попри", "нягледзячы", "незважаючи") and frame.kind == "advcl":
        return "presupposed"
    if frame.kind == "advcl" and tokens[frame.event].pos == "CONV" and not frame.marker and _trails(sentence, frame):
        return "inferred"
    return None


def _trails(sentence: Sentence, frame: Frame) -> bool:
    """", casting doubt on ...": a participle after a comma, of a verb of showing or consequence."""
    at = frame.chain[0]
    return at > 0 and sentence.tokens[at - 1].text == "," and sentence.tokens[at].lemma in _CONSEQUENCE


_CONSEQUENCE = frozenset({
    "cast", "suggest", "imply", "indicate", "raise", "show", "prove", "confirm", "mean", "point", "contradict", "make", "leave", "demonstrate", "reveal", "hint",
    "underline", "signal", "undermine", "свидетельствовать", "указывать", "подтверждать", "ставить", "свідчити", "вказувати", "підтверджувати", "ставити", "сведчыць", "ставіць",
})  # fmt: skip


def _doubt(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """A doubting adverb or phrase in the clause."""
    members = {phrase[0] for phrase in words.doubt if len(phrase) == 1} - _MAY
    for k in frame.chain:
        for child in sentence.children(k):
            if fold(child.low) in members and child.dep in ("advmod", "dep", "parataxis", "discourse", "punct"):
                return True
        if fold(sentence.tokens[k].lemma) in ("seem", "appear", "казаться", "здаватися", "здавацца") and k != frame.chain[-1]:
            return True
    return False


def polarity(frame: Frame, around: list[Found]) -> Polarity:
    """"-" where the text says it is not so: negated, or denied by the one who speaks."""
    negative = frame.negated
    if around and around[-1].cue_class == "deny":
        negative = not negative
    return "-" if negative else "+"


def origin(around: list[Found], frame_modality: Modality, words: Lexicon, document_source: str | None) -> Origin:
    """What a claim rests on in the end: the innermost attribution that is a document, a person, an opinion; else the outlet."""
    del words
    if frame_modality == "inferred":
        return "outlet"
    for each in reversed(around):
        if each.type in ("evidential", "according_to") and each.cue_class != "think":
            return "documents" if each.type == "evidential" or each.on_paper else "witness"
        if each.cue_class == "think":
            return "opinion"
        if each.type in ("direct", "indirect", "speech_act"):
            return "witness"
    if document_source is not None:
        return "documents"
    return "unspecified" if around else "outlet"
