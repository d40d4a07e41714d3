"""Who acts: the subject of a verb, of its conjunct, of a clause that leaves it out, of an impersonal verb."""

from __future__ import annotations

from leakdesk.language.concepts import concept_of, concepts
from leakdesk.reading.frame import Frame, is_temporal, preposition_of
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns_needs import antecedent
from leakdesk.reading.sentence import Sentence, Token


def existential(sentence: Sentence, chain: list[int]) -> int | None:
    """ "There were three motors": what there is, is the subject."""
    for k in chain:
        if sentence.child(k, "expl") is not None:
            there = sentence.child(k, "attr", "obj")
            return there.i if there is not None else None
    return None


def subject_of(sentence: Sentence, first: Token, chain: list[int]) -> tuple[int | None, bool]:
    """Index of the subject's head, and whether it stands outside the clause of the verb."""
    for k in chain:
        own = sentence.child(k, "nsubj", "nsubj:pass", "csubj")
        if own is not None and own.dep != "csubj":
            top = antecedent(sentence, own)
            return top.i, top.i != own.i
    return _inherited(sentence, first, 0)


def they_did(sentence: Sentence, frame: Frame) -> None:
    """«Деньги перевели через фирму»: money does not transfer; a thing before a plural verb of doing is its object."""
    if frame.subject is None or frame.restored or frame.object is not None or frame.passive:
        return
    event, subject = sentence.tokens[frame.chain[0]], sentence.tokens[frame.subject]
    if (
        event.number != "p"
        or event.pos != "V"
        or "a" not in (subject.cases or "a")
        or event.low.endswith(("ся", "сь", "цца"))
    ):
        return
    act = concept_of(sentence.tokens[frame.event].lemma, sentence.language, verbal=True)
    thing = concept_of(subject.lemma, sentence.language, verbal=False)
    if (
        act
        and thing
        and concepts()[act].group in ("transfer", "money", "make", "move", "upkeep", "conceal", "discover")
        and concepts()[thing].kind == "thing"
    ):
        frame.object, frame.subject = frame.subject, None


def was_done(sentence: Sentence, frame: Frame) -> None:
    """«Было переведено 255 тыс. гривен», «оформлено партію»: an impersonal passive has an object and no subject."""
    event = sentence.tokens[frame.event]
    if (
        not frame.passive
        or frame.subject is None
        or frame.object is not None
        or frame.restored
        or not event.low.endswith(("но", "то"))
    ):
        return
    subject = sentence.tokens[frame.subject]
    counted = any(child.pos == "NUM" for child in sentence.children(subject.i))
    if counted or (subject.gender and subject.gender != "n") or subject.number == "p":
        frame.object, frame.subject = frame.subject, None


def there_is_none(sentence: Sentence, frame: Frame) -> None:
    """«У нас нет стенда»: who has not, and what."""
    if sentence.tokens[frame.event].low not in ("нет", "немає", "няма"):
        return
    what = frame.subject if frame.subject is not None else frame.object
    owner = next((t for t in sentence.children(frame.event) if preposition_of(sentence, t) in ("у", "в", "ў")), None)
    frame.object = what
    frame.subject = owner.i if owner is not None else None


def they_at(sentence: Sentence, event: Token, words: Lexicon) -> int | None:
    """«В министерстве не ответили»: a plural verb without subject; the body it happens at acts."""
    if event.number != "p" or event.pos != "V" or sentence.child(event.i, "nsubj") is not None:
        return None
    for token in sentence.children(event.i):
        if (
            token.dep == "obl"
            and token.i < event.i
            and preposition_of(sentence, token) in ("в", "во", "у", "ў", "на")
            and (words.speaks(token.low, token.lemma) or (token.pos == "N" and not is_temporal(token)))
        ):
            return token.i
    return None


def _inherited(sentence: Sentence, token: Token, depth: int) -> tuple[int | None, bool]:
    """The subject a verb without one takes over: of the verb it is joined to, of the clause it depends on."""
    if depth > 6 or token.head < 0:
        return None, True
    above = sentence.tokens[token.head]
    if token.dep in ("acl", "acl:relcl") and above.pos in ("N", "PN", "PRON", "NUM"):
        return (above.i, True) if token.pos in ("CONV", "PTCP") else (None, True)
    if token.dep in ("conj", "advcl", "xcomp", "parataxis", "ccomp", "dep", "oprd"):
        if token.dep == "xcomp":
            controlled = sentence.child(above.i, "obj", "iobj")
            if controlled is not None and controlled.i < token.i and token.pos == "INF":
                return controlled.i, True
        own = sentence.child(above.i, "nsubj", "nsubj:pass")
        if own is not None:
            if token.dep in ("ccomp", "parataxis") and token.pos == "V":
                return None, True
            return antecedent(sentence, own).i, True
        return _inherited(sentence, above, depth + 1)
    return None, True
