"""What is acted on, and everything beside: objects, light verbs with their noun, obliques by preposition or case."""

from __future__ import annotations

from leakdesk.language.concepts import concept_of, concepts, fold
from leakdesk.reading.frame import Frame, is_temporal, preposition_of
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns_needs import ACT_ENDINGS, antecedent
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list


def object_of(sentence: Sentence, event: Token, words: Lexicon) -> int | None:
    token = sentence.child(event.i, "obj", "attr", "dobj", "oprd")
    if token is None and event.lemma in _LINKING:
        token = next(
            (
                each
                for each in sentence.children(event.i)
                if each.cases == "i"
                and (
                    (each.dep in ("xcomp", "obl") and each.pos in ("A", "PTCP"))
                    or (each.dep == "xcomp" and each.pos in ("N", "PN"))
                )
            ),
            None,
        )
    if token is None and sentence.language != "en":
        subjects = [each for each in sentence.children(event.i) if each.dep == "nsubj"]
        own = next((each for each in subjects if each.number == event.number), None)
        token = next((each for each in subjects if own is not None and each is not own), None)
    if token is not None and (price := _rate(sentence, token)) is not None:
        token = price
    if token is not None and token.pos not in ("V", "INF", "CONV"):
        if token.low in ("that", "which", "who", "whom") or token.pos == "REL":
            above = antecedent(sentence, token)
            return above.i if above.i != token.i else None
        return token.i
    del words
    return None


def _rate(sentence: Sentence, token: Token) -> Token | None:
    """ "cost 12 dollars a barrel": the money, not what it is counted by. Counter-example: "gave the men a barrel"."""
    if sentence.language != "en" or token.i < 3 or sentence.tokens[token.i - 1].low not in ("a", "an", "per"):
        return None
    money = sentence.tokens[token.i - 2]
    counted = any(each.pos == "NUM" for each in sentence.children(money.i)) or sentence.tokens[token.i - 3].pos == "NUM"
    return money if counted and money.pos == "N" and money.head == token.head and money.dep != "obj" else None


def object_behind_both(sentence: Sentence, event: Token) -> int | None:
    """ "would neither confirm nor deny a visit": the object behind the second verb is that of both."""
    second = next((each for each in sentence.children(event.i) if each.dep == "conj" and each.i > event.i), None)
    if second is None or second.pos not in ("V", "INF", "PTCP") or second.i - event.i > 3:
        return None
    if any(each.pos not in ("CCONJ", "ADV", "AUX") for each in sentence.tokens[event.i + 1 : second.i]):
        return None
    thing = sentence.child(second.i, "obj")
    return thing.i if thing is not None and thing.i > second.i and thing.pos != "REL" else None


def lighten(sentence: Sentence, frame: Frame, words: Lexicon) -> None:
    """ "carry out repairs of trams" -> repair(trams); "провели ремонт трамваев" -> отремонтировать(трамваев)."""
    for k in (frame.object, *(child.i for child in sentence.children(frame.event))):
        meant = _MEANT.get((frame.lemma, sentence.tokens[k].low)) if k is not None else None
        if meant is not None and k is not None:
            frame.lemma, frame.rule = meant, "light-verb"
            frame.object = None if frame.object == k else frame.object
            return
    if (
        "deny" in words.classes_of(sentence.tokens[frame.event].low, sentence.tokens[frame.event].lemma)
        and frame.object is not None
    ):
        _denied_act(sentence, frame)
        return
    nouns = words.light.get(fold(frame.lemma))
    if not nouns or frame.object is None:
        return
    noun = sentence.tokens[frame.object]
    meant = nouns.get(fold(noun.lemma)) or nouns.get(fold(noun.low))
    if meant is None:
        return
    frame.light = noun.i
    frame.lemma = meant
    target = next(
        (t for t in sentence.children(noun.i) if t.dep in ("nmod", "compound") and t.pos in ("N", "PN")), None
    )
    target = target or next(
        (
            t
            for t in sentence.children(frame.event)
            if t.dep == "obl" and preposition_of(sentence, t) in ("of", "on", "to", "for")
        ),
        None,
    )
    frame.object = target.i if target is not None else noun.i
    frame.rule = "light-verb"


def _denied_act(sentence: Sentence, frame: Frame) -> None:
    """ "denies the sale of brakes": the act named by the noun is what is denied."""
    noun = sentence.tokens[frame.object or 0]
    concept = concept_of(noun.lemma, sentence.language, verbal=False)
    named = noun.low.endswith(ACT_ENDINGS) or noun.lemma.endswith(ACT_ENDINGS)
    if not named and (concept is None or concepts()[concept].kind != "event"):
        return
    target = sentence.child(noun.i, "nmod", "compound")
    frame.light, frame.lemma, frame.rule = noun.i, noun.lemma, "denied-act"
    frame.object = target.i if target is not None else None
    frame.negated = not frame.negated


def _label(sentence: Sentence, token: Token, frame: Frame) -> str:
    """The preposition of an oblique; "@by", "@to", "@time" where its place or case says as much."""
    label = preposition_of(sentence, token)
    if token.dep == "obl:agent":
        return "@by"
    if token.dep == "obl:tmod":
        return "@time"
    if label:
        return label
    if token.dep == "iobj" or token.cases == "d":
        return "@to"
    return "@by" if token.cases == "i" and frame.passive else ""


def obliques_of(sentence: Sentence, frame: Frame) -> list[tuple[str, int]]:
    """(preposition, head) of everything beside subject and object, in order; "" for bare dative or instrumental."""
    found: list[tuple[str, int]] = []
    for k in dict.fromkeys([*frame.chain, frame.light if frame.light is not None else frame.event]):
        for token in sentence.children(k):
            if token.i in (frame.object, frame.subject) or token.i in frame.chain:
                continue
            if token.dep in ("obl", "iobj", "obl:agent", "obl:tmod", "nmod"):
                label = _label(sentence, token, frame)
                found.append((label, token.i))
    if frame.object is not None:
        for token in sentence.children(frame.object):
            label = preposition_of(sentence, token)
            if token.dep == "nmod" and label and label not in ("of",):
                found.append((label, token.i))
    return found


_LINKING = word_list("linking")


def object_from_oblique(sentence: Sentence, frame: Frame) -> None:
    """ "arrived in nine deliveries", "turn to a maker": without an object, the first participant after the verb stands in;
    a bare dative or a noun before a linking verb where there is no other."""
    later: list[int] = []
    end = _end_of_change(sentence, frame)
    if end is not None:
        frame.object = end
        return
    amount = next((head for label, head in frame.obliques if label in _AMOUNT and _is_amount(sentence, head)), None)
    for label, head in frame.obliques:
        token = sentence.tokens[head]
        linked = token.cases == "i" and frame.lemma in _LINKING
        if (label in ("@by", "@time") and not linked) or token.pos not in ("N", "PN", "NUM") or is_temporal(token):
            continue
        if label in word_list("beside"):
            continue
        if amount is not None and label == "@to":
            continue
        if frame.passive and label not in ("to", "into", "@to"):
            continue
        if label == "@to" or token.i < frame.event:
            if linked or token.i > frame.event:
                later.append(head)
            continue
        frame.object = head
        return
    if later:
        frame.object = later[0]


def says_how_long(sentence: Sentence, frame: Frame) -> bool:
    """«Шахта простояла двое суток», "was silent for forty minutes": a counted stretch of time is no object."""
    token = sentence.tokens[frame.object or 0]
    if token.lemma not in word_list("durations") or (frame.lemma in word_list("measuring") and not frame.negated):
        return False
    before = sentence.tokens[max(0, token.i - 3) : token.i]
    return any(each.pos == "NUM" for each in before) or any(each.dep == "nummod" for each in sentence.children(token.i))


_AMOUNT = frozenset({"", "в", "у", "ў", "на", "at", "in", "to"})


def _is_amount(sentence: Sentence, head: int) -> bool:
    token = sentence.tokens[head]
    return not is_temporal(token) and (
        token.pos == "NUM" or any(each.dep == "nummod" for each in sentence.children(head))
    )


def _end_of_change(sentence: Sentence, frame: Frame) -> int | None:
    """ "rose from 340 to 512": the value reached, where both ends of a change are numbers."""
    ends = {
        side: head
        for label, head in frame.obliques
        for side, labels in (("from", _FROM_VALUE), ("to", _TO_VALUE))
        if label in labels and _is_amount(sentence, head)
    }
    return ends["to"] if len(ends) == 2 else None


_FROM_VALUE = frozenset({"from", "up from", "down from", "с", "со", "з", "із", "зі", "са"})
_TO_VALUE = frozenset({"to", "до", "да"})


_MEANT = {
    ("make", "public"): "publish",
    ("make", "known"): "announce",
    ("take", "place"): "happen",
    ("go", "missing"): "disappear",
    ("go", "bankrupt"): "fail",
}
