"""Who acts: the subject of a verb, of its conjunct, of a clause that leaves it out, of an impersonal verb."""

from __future__ import annotations

from leakdesk.language.concepts import concept_of, concepts
from leakdesk.reading.frame import Frame, is_temporal, preposition_of
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns_needs import antecedent
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list


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
        own = _own_subject(sentence, k)
        if own is not None and own.dep != "csubj":
            top = antecedent(sentence, own)
            return top.i, top.i != own.i
        if own is not None and _is_doing(sentence, own, first):
            return own.i, False
    return _inherited(sentence, first, 0)


def _is_doing(sentence: Sentence, own: Token, first: Token) -> bool:
    """ "Dumping whey into the river cost it its licence": an English gerund with something beside it, as a subject."""
    return sentence.language == "en" and own.pos == "CONV" and own.i < first.i and bool(sentence.children(own.i))


def _is_acted_on(sentence: Sentence, event: Token, subject: Token, words: Lexicon) -> bool:
    """A lifeless thing before a plural verb that takes an object and has none, or one thing before a verb of many."""
    if subject.pos != "N" or event.transitive == "i" or event.lemma in word_list("enduring"):
        return False
    if any(child.dep in ("conj", "nummod") for child in sentence.children(subject.i)):
        return event.lemma in word_list("done_to_people") and sentence.child(event.i, "obj") is None
    if subject.number == "s" and subject.i < event.i:
        return subject.animate != "a"
    if words.speaks(subject.low, subject.lemma):
        return False
    governs = any(
        child.dep in ("ccomp", "csubj", "xcomp", "obj")
        or (
            child.i > event.i
            and child.pos in ("N", "PN", "NUM", "PRON")
            and sentence.child(child.i, "case") is None
            and not is_temporal(child)
        )
        for child in sentence.children(event.i)
    )
    may_be_object = subject.animate == "i" and (subject.number == "p" or subject.gender in ("m", "n"))
    return (
        event.transitive == "t"
        and may_be_object
        and not governs
        and not (words.is_document(subject.low, subject.lemma) and words.classes_of(event.low, event.lemma))
    )


def _own_subject(sentence: Sentence, k: int) -> Token | None:
    """The subject among a verb's own words; of two, the one that agrees."""
    verb = sentence.tokens[k]
    found = [each for each in sentence.children(k) if each.dep in ("nsubj", "nsubj:pass")]
    if len(found) > 1 and sentence.language != "en":
        return next((each for each in found if _agrees(each, verb)), found[0])
    return found[0] if found else sentence.child(k, "csubj")


def _agrees(noun: Token, verb: Token) -> bool:
    return (
        "n" in (noun.cases or "n")
        and noun.number == verb.number
        and (not verb.gender or verb.number == "p" or not noun.gender or noun.gender == verb.gender)
    )


def they_did(sentence: Sentence, frame: Frame, words: Lexicon) -> None:
    """«Деньги перевели через фирму»: money does not transfer; a thing before a plural verb of doing is its object."""
    if frame.subject is None or frame.restored or frame.object is not None or frame.passive:
        return
    event, subject = sentence.tokens[frame.chain[0]], sentence.tokens[frame.subject]
    if event.number != "p" or event.pos != "V" or event.low.endswith(("ся", "сь", "цца")):
        return
    if words.is_document(subject.low, subject.lemma) and words.classes_of(event.low, event.lemma):
        return
    if subject.i > event.i and subject.number != "s":
        return
    if _is_acted_on(sentence, sentence.tokens[frame.event], subject, words):
        frame.object, frame.subject = frame.subject, None
        return
    if "a" not in (subject.cases or "a"):
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
        or not event.low.endswith(("но", "то", "на", "та"))
    ):
        return
    subject = sentence.tokens[frame.subject]
    impersonal = sentence.language == "uk" and event.low.endswith(("но", "то"))
    if event.low.endswith(("на", "та")) and (
        sentence.language == "ru" or (subject.gender == "f" and subject.i < event.i)
    ):
        return  # «аренда рассчитана на год», «Дамова падпісана»: a participle in -на agrees with what it is said of
    counted = impersonal or any(
        token.pos == "NUM" for token in sentence.tokens[max(event.i, subject.i - 4) : subject.i]
    )
    if counted or (subject.gender and subject.gender != "n") or subject.number == "p":
        frame.object, frame.subject = frame.subject, None


def done_to(sentence: Sentence, frame: Frame, noun: int) -> None:
    """«стенд, купленный заводом»: the noun is what was bought, the instrumental who bought it."""
    agent = next(
        (
            each
            for each in sentence.children(frame.event)
            if each.dep in ("obl:agent", "obl")
            and each.cases == "i"
            and each.pos in ("N", "PN", "PRON")
            and sentence.child(each.i, "case") is None
            and (each.dep == "obl:agent" or each.animate == "a" or each.pos == "PN")
        ),
        None,
    )
    if agent is not None:
        frame.object, frame.subject = noun, agent.i


def nothing_is_done_to(sentence: Sentence, frame: Frame) -> None:
    """«У порту зникли три ящики»: what the parser takes for the object of a verb that has none is its subject."""
    event = sentence.tokens[frame.chain[0]]
    if frame.object is None or frame.passive or event.transitive != "i" or frame.chain[0] != frame.event:
        return
    own = sentence.child(event.i, "nsubj") is not None
    thing = sentence.tokens[frame.object]
    counted = any(child.pos == "NUM" for child in sentence.children(thing.i))
    if (
        own
        or thing.head != event.i
        or (not counted and event.number == "p" and thing.number == "s")
        or not (counted or "n" in thing.forms or (thing.cases in ("n", "a") and thing.animate == "i"))
    ):
        return
    frame.subject, frame.object, frame.restored = thing.i, None, False


def shared_object(sentence: Sentence, frame: Frame, first: Token) -> None:
    """«Ремонт начали в марте и не закончили»: what stands before the first of two verbs is acted on by both."""
    if frame.subject is not None or frame.object is not None or frame.passive or first.dep != "conj" or first.head < 0:
        return
    above = sentence.tokens[first.head]
    if first.number != above.number or first.pos != "V" or first.transitive == "i":
        return
    thing = sentence.child(above.i, "obj") or sentence.child(above.i, "nsubj")
    if (
        thing is not None
        and thing.i < above.i
        and thing.pos == "N"
        and (thing.dep == "obj" or thing.number != above.number)
    ):
        frame.object = thing.i


def there_is_none(sentence: Sentence, frame: Frame) -> None:
    """«У нас нет стенда», «У фирмы есть два склада»: who has or has not, and what."""
    event = sentence.tokens[frame.event]
    none = event.low in ("нет", "немає", "нема", "няма")
    if not none and frame.negated and event.lemma in ("быть", "бути", "быць", "существовать", "існувати", "існаваць"):
        _none_there(sentence, frame)
        if frame.subject is None:
            return
    if not none and event.lemma not in ("быть", "бути", "быць", "остаться", "залишитися", "застацца"):
        return
    what = frame.subject if frame.subject is not None else frame.object
    owner = next(
        (
            t
            for t in sentence.children(frame.event)
            if preposition_of(sentence, t) in ("у", "в", "ў") and (none or _owns(t, event))
        ),
        None,
    )
    if owner is None and not none:
        return
    frame.object = what
    frame.subject = owner.i if owner is not None else None


def lacks(sentence: Sentence, frame: Frame) -> None:
    """«Больнице не хватает врачей», «Лікарні бракує ліків»: who lacks stands in the dative, what is lacking in the genitive."""
    event = sentence.tokens[frame.event]
    if event.lemma not in word_list("lacking") or event.number == "p":
        return
    near = [
        each
        for each in sentence.children(event.i)
        if each.pos in ("N", "PN", "PRON") and not is_temporal(each) and sentence.child(each.i, "case") is None
    ]
    who = next((each for each in reversed(near) if each.i < event.i), None)
    what = next((each for each in near if each.i > event.i), None)
    if what is not None:
        frame.subject, frame.object, frame.restored = (who.i if who is not None else None), what.i, False


def _none_there(sentence: Sentence, frame: Frame) -> None:
    """«первого платежа не было»: what was not there stands in the genitive and is what is missing."""
    event, what = sentence.tokens[frame.event], frame.subject
    if what is None or frame.object is not None or frame.restored or event.number != "s":
        return
    noun = sentence.tokens[what]
    if (
        noun.pos in ("N", "PN")
        and "g" in (noun.cases or "")
        and event.gender in ("", "n")
        and event.lemma in ("быть", "бути", "быць")
    ):
        frame.object, frame.subject = what, None


def _owns(token: Token, verb: Token) -> bool:
    """«У фирмы есть», no place («У місті є»): a genitive before the verb."""
    return token.i < verb.i and token.cases == "g" and token.pos in ("N", "PN", "PRON")


def they_at(sentence: Sentence, event: Token, words: Lexicon) -> int | None:
    """«В министерстве не ответили»: a plural verb without subject; the body it happens at acts."""
    if event.number != "p" or event.pos != "V" or sentence.child(event.i, "nsubj") is not None:
        return None
    says = bool(words.classes_of(event.low, event.lemma) - {"learn", "show"})  # «В салонах нашли трещины»
    for token in sentence.children(event.i):
        if (
            token.dep == "obl"
            and token.i < event.i
            and preposition_of(sentence, token) in ("в", "во", "у", "ў", "на")
            and (
                (words.speaks(token.low, token.lemma) and token.cases != "a")  # «На завод пришли с обыском»
                or (token.pos == "N" and says and not is_temporal(token) and "a" not in token.cases)
            )
        ):
            return token.i
    return None


def _may_share(verb: Token, subject: Token) -> bool:
    """Whether a finite verb may have a subject that stands elsewhere: it agrees in number, and in gender in the past."""
    if verb.low in word_list("impersonal"):
        return False  # «Тормоз стёрт, людей опускать нельзя»
    if verb.pos != "V" or subject.pos == "PRON":
        return True
    if verb.number and subject.number and verb.number != subject.number:
        return False
    if verb.tense == "past" and verb.number == "s" and verb.gender and subject.gender:
        return verb.gender == subject.gender or subject.pos == "PN" or subject.animate == "a"
    return True


def _same_one(sentence: Sentence, verb: Token, subject: Token) -> bool:
    """«Выробник запевняє, що продав центри»: a verb in the singular, past, that agrees with the one who speaks."""
    if sentence.language == "en" or verb.dep != "ccomp" or verb.passive or verb.tense != "past":
        return False
    return verb.number == "s" and subject.number == "s" and verb.gender != "n" and verb.i > subject.i


_THEM = frozenset({"их", "їх", "іх"})


def _acts_on_them(sentence: Sentence, verb: Token) -> bool:
    """«Изделия были с браком, и их вернули»: whom a pronoun means does not act beside it."""
    return any(each.dep == "obj" and each.low in _THEM for each in sentence.children(verb.i))


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
        if own is not None and sentence.language != "en" and not _may_share(token, antecedent(sentence, own)):
            return None, True
        if own is not None and own.number == "p" and token.number == "p" and _acts_on_them(sentence, token):
            return None, True
        if own is not None:
            if token.dep in ("ccomp", "parataxis") and token.pos == "V" and not _same_one(sentence, token, own):
                return None, True
            return antecedent(sentence, own).i, True
        return _inherited(sentence, above, depth + 1)
    return None, True
