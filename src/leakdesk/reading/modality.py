"""Planned, possible, alleged, inferred, asked; and whether it is denied. Words decide, the tree says which words count."""

from __future__ import annotations

from leakdesk.language.concepts import fold
from leakdesk.model.claim import Modality, Origin, Polarity
from leakdesk.reading.attribution_found import Found
from leakdesk.reading.attribution_hearsay import PARTICLES
from leakdesk.reading.claims_worth import is_order
from leakdesk.reading.frame import Frame
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_FUTURE = frozenset(
    {
        "will",
        "'ll",
        "shall",
        "wo",
        "будет",
        "будут",
        "буде",
        "будуть",
        "будзе",
        "будуць",
        "буду",
        "будем",
        "будемо",
        "будзем",
    }
)
_MAY = frozenset({"may", "might", "could", "can"})
_WOULD = frozenset({"would", "'d"})
_CONDITION = frozenset({"if", "unless", "если", "якщо", "калі", "провідед"})
_PRESUPPOSING = frozenset({"despite", "notwithstanding", "несмотря", "попри", "нягледзячы", "незважаючи"})


def modality(sentence: Sentence, frame: Frame, around: list[Found], words: Lexicon) -> tuple[Modality, bool]:
    """How an event is told, and whether it is hedged. `around` are the attributions that hold it, innermost last."""
    kinds = [each.cue_class for each in around]
    agentless = any(each.type == "agentless" and not _settled(sentence, each) for each in around)
    doubted = _doubt(sentence, frame, words)
    own = _own(sentence, frame, words)
    hedged = agentless or doubted or any(each.hedged and not _settled(sentence, each) for each in around)
    if agentless or "accuse" in kinds:
        return "alleged", True
    if own in ("planned", "intended", "asked", "predicted"):
        return own, hedged
    if own is None and any(child.low in PARTICLES for k in frame.chain for child in sentence.children(k)):
        return "alleged", True
    if own is not None:
        return own, hedged
    if doubted or "open" in kinds:
        return "possible", True
    if frame.lemma in word_list("refusals"):
        return "asserted", hedged
    if kinds and kinds[-1] == "promise":
        return "planned", hedged
    if _demands(sentence, frame, words):
        return "asked", hedged
    if is_order(sentence, frame) or (kinds and kinds[-1] == "ask" and _is_wanted(sentence, frame, around[-1])):
        return "asked", hedged
    return "asserted", hedged


def _demands(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """ "demands an audit", «требует отставки»: the verb asks for a thing or deed that a noun names. Counter-example: "asked
    the minister"."""
    event = sentence.tokens[frame.event]
    if frame.object is None or frame.negated or event.lemma not in word_list("things_asked"):
        return False
    thing = sentence.tokens[frame.object]
    if thing.pos != "N" or thing.animate == "a" or sentence.child(event.i, "ccomp") is not None:
        return False
    return event.lemma != "call" or any(label == "for" and head == thing.i for label, head in frame.obliques)


def _is_wanted(sentence: Sentence, frame: Frame, asking: Found) -> bool:
    """Whether what stands behind a verb of asking is asked for: "insisting there is no pot" asks for nothing."""
    first = sentence.tokens[frame.chain[0]]
    told = (
        first.pos in ("V", "AUX")
        and first.tense in ("past", "pres")
        and asking.type in ("direct", "indirect", "evidential")
    )
    return not told or (sentence.language != "en" and frame.marker in ("чтобы", "щоб", "аби", "каб"))


def _settled(sentence: Sentence, each: Found) -> bool:
    """ "It has emerged that": nobody speaks, but it is told as a fact."""
    if each.type != "agentless" or each.cue is None:
        return False
    start, end = each.cue
    return any(token.lemma in word_list("settled") for token in sentence.tokens if start <= token.start < end)


def _own(sentence: Sentence, frame: Frame, words: Lexicon) -> Modality | None:
    """What the verb chain itself says: its governing verbs, its auxiliaries, the word that opens the clause."""
    event = sentence.tokens[frame.event]
    if (
        frame.passive
        and event.lemma in word_list("planning")
        and _has_any(words, event, ("planned", "intended"))
        and not _promises(words, event)
    ):
        return "planned"
    return _by_chain(sentence, frame, words) or _by_auxiliary(sentence, frame) or _by_marker(sentence, frame)


_GOVERNORS: tuple[Modality, ...] = ("planned", "intended", "asked", "predicted", "possible")


def _has_any(words: Lexicon, token: Token, kinds: tuple[str, ...]) -> bool:
    return any(words.has_modality(kind, token.low, token.lemma) for kind in kinds)


def _promises(words: Lexicon, token: Token) -> bool:
    return bool(words.classes_of(token.low, token.lemma) & {"say", "promise"})


def _by_chain(sentence: Sentence, frame: Frame, words: Lexicon) -> Modality | None:
    """ "plans to", "is expected to", "asked ... to", "is to"."""
    tokens = sentence.tokens
    if frame.lemma in word_list("refusals"):
        return None
    for k in frame.chain[:-1]:
        near = [tokens[k], *(child for child in sentence.children(k) if child.dep in ("attr", "oprd", "obj", "obl"))]
        if any(token.lemma in word_list("intents") for token in near[1:]):
            return "planned"
        for token in near:
            for kind in _GOVERNORS:
                if words.has_modality(kind, token.low, token.lemma):
                    return kind
        if tokens[k].lemma == "be" and tokens[frame.chain[-1]].pos == "INF":
            return "planned"
    first = tokens[frame.chain[0]]
    if first.dep == "xcomp" and first.head >= 0 and tokens[first.head].pos != "N":
        above = tokens[first.head]
        if words.has_modality("asked", above.low, above.lemma) or "ask" in words.classes_of(above.low, above.lemma):
            return "asked"
        if words.has_modality("planned", above.low, above.lemma):
            return "planned"
    return None


def _by_auxiliary(sentence: Sentence, frame: Frame) -> Modality | None:
    children = (child for k in frame.chain for child in sentence.children(k))
    auxiliaries = {child.low for child in children if child.dep in ("aux", "aux:pass", "cop")}
    event = sentence.tokens[frame.event]
    if sentence.language == "en" and event.pos == "INF" and event.dep == "root" and auxiliaries == {"to"}:
        return "planned" if sentence.child(event.i, "nsubj") is not None else None  # "Plant to shed 900 jobs"
    if auxiliaries & _FUTURE or (sentence.language != "en" and sentence.tokens[frame.event].tense == "fut"):
        return "planned"
    if auxiliaries & _MAY:
        return None if frame.negated else "possible"
    return "predicted" if auxiliaries & _WOULD and not frame.negated else None


def _by_marker(sentence: Sentence, frame: Frame) -> Modality | None:
    if frame.marker in _CONDITION:
        return "possible"
    if frame.kind != "advcl":
        return None
    if frame.marker in _PRESUPPOSING:
        return "presupposed"
    if sentence.tokens[frame.event].pos == "CONV" and not frame.marker and _trails(sentence, frame):
        return "inferred"
    return None


def _trails(sentence: Sentence, frame: Frame) -> bool:
    """ ", casting doubt on ...": a participle after a comma, of a verb of showing or consequence."""
    at = frame.chain[0]
    return at > 0 and sentence.tokens[at - 1].text == "," and sentence.tokens[at].lemma in word_list("consequence")


def _doubt(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """A doubting adverb or phrase in the clause."""
    members = {phrase[0] for phrase in words.doubt if len(phrase) == 1} - _MAY
    for k in frame.chain:
        for child in sentence.children(k):
            if fold(child.low) in members and child.dep in ("advmod", "dep", "parataxis", "discourse", "punct"):
                return True
        if (
            fold(sentence.tokens[k].lemma) in ("seem", "appear", "казаться", "здаватися", "здавацца")
            and k != frame.chain[-1]
        ):
            return True
    return False


def polarity(frame: Frame, around: list[Found]) -> Polarity:
    """ "-" where the text says it is not so: negated, or denied by the one who speaks."""
    negative = frame.negated
    if around and around[-1].cue_class == "deny" and frame.rule != "denied-act":
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
