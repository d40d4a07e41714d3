"""Which events say something that could be checked: silence is honest, invention is not."""

from __future__ import annotations

from leakdesk.language.concepts import concept_of, fold
from leakdesk.reading.frame import Frame
from leakdesk.reading.letters import asks_reader
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list


def is_worth(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """Whether a frame says something that could be checked: silence is honest, invention is not."""
    token = sentence.tokens[frame.event]
    if frame.subject is None and frame.object is None:
        return False
    if frame.subject is None and not (
        frame.passive or (sentence.tokens[frame.chain[0]].pos == "V" and sentence.language != "en")
    ):
        return False
    if _is_speech_shell(sentence, frame, words) or _opens_colon(sentence, frame, words) or _is_asked(sentence, frame):
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
        and not any(sentence.child(k, "expl") is not None for k in frame.chain)
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
    if _side_remark(sentence, frame, words):
        return False
    return not (frame.kind == "advcl" and token.pos == "CONV" and frame.object is None and not frame.obliques)


_TOPIC_IDIOMS = frozenset({("речь", "идти"), ("мова", "йти"), ("мова", "йтися"), ("гаворка", "ісці")})


_PREVENT = frozenset({"from", "without", "instead"})


def _side_remark(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """Purposes, ways and definitions belong to another event: "to pay debts", "by selling", "the business of running"."""
    first = sentence.tokens[frame.chain[0]]
    if frame.kind == "acl" and frame.marker in ("of", "for", "in", "to", "at", "about", "on"):
        return not _is_accusation(sentence, first, words)
    if frame.kind == "advcl" and frame.marker in _PREVENT:
        return True
    if first.pos == "INF" and frame.kind in ("advcl", "acl"):
        return True
    above = sentence.tokens[first.head] if first.head >= 0 else None
    if first.pos == "INF" and above is not None and above.pos == "N" and frame.kind in ("xcomp", "nmod", "dep"):
        return True
    return (
        first.pos == "INF"
        and frame.kind == "xcomp"
        and above is not None
        and frame.subject == _subject_index(sentence, above)
    )


def _is_accusation(sentence: Sentence, first: Token, words: Lexicon) -> bool:
    """ "accuses the mayor of rigging the tender": what somebody is accused of is said to have been done."""
    noun = sentence.tokens[first.head]
    verb = sentence.tokens[noun.head] if noun.head >= 0 else None
    return verb is not None and noun.dep == "obj" and "accuse" in words.classes_of(verb.low, verb.lemma)


def _opens_colon(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """«Проверка показала: свинец есть»: what is shown stands behind the colon; the showing alone says nothing."""
    token = sentence.tokens[frame.event]
    after = sentence.tokens[frame.event + 1].text if frame.event + 1 < len(sentence.tokens) else ""
    return (
        after == ":"
        and frame.object is None
        and bool(words.classes_of(token.low, token.lemma) & {"say", "show", "learn", "think", "admit"})
    )


_WHO = frozenset({"кто", "хто", "что", "що", "што", "who", "what", "which", "whom"})


def _is_asked(sentence: Sentence, frame: Frame) -> bool:
    """«Кто скрывал», "who signed it is unclear": a question put in other words."""
    if frame.kind in ("acl", "acl:relcl") or frame.restored:
        return False
    if frame.subject is None:
        first = frame.chain[0]
        return first > 0 and first <= 2 and sentence.tokens[first - 1].low in ("що", "што", "что") and first - 1 == 0
    return sentence.tokens[frame.subject].low in _WHO and frame.subject < frame.event


def _subject_index(sentence: Sentence, token: Token) -> int | None:
    subject = sentence.child(token.i, "nsubj", "nsubj:pass")
    return subject.i if subject is not None else None


def _is_speech_shell(sentence: Sentence, frame: Frame, words: Lexicon) -> bool:
    """A verb of speech with a clause, or with nothing but a topic, tells of a telling: no claim of its own."""
    token = sentence.tokens[frame.event]
    classes = words.classes_of(token.low, token.lemma)
    if sentence.child(frame.event, "ccomp") is not None and classes:
        return True
    if frame.lemma in word_list("refusals") or (frame.negated and frame.subject is not None):
        return False
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
