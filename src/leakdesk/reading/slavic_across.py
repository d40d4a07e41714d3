"""Words that a parser hangs across the verb: the object on the noun before it, the subject nowhere, the second of two things
on the verb's conjunction. Each rule moves a word to the finite verb of its own stretch, where its form allows the place.
"""

from __future__ import annotations

from leakdesk.reading.frame import is_temporal
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_agreement import own_cases
from leakdesk.reading.slavic_stretches import NOUNS, finite, is_marked, may_act, segments

_SUBJECT = ("nsubj", "nsubj:pass", "csubj")


def settle_across(sentence: Sentence) -> None:
    """All repairs, in place, of a parsed tree in Russian, Ukrainian or Belarusian."""
    for rule in (_resumed, _how_long, _marked, _loose_nominative, _across, _both, _future, _to_do):
        rule(sentence)
        sentence.changed()


def _resumed(sentence: Sentence) -> None:
    """«Тэхнолаг Ганна Кот, якая пярэчыла, страціла працу»: behind what commas put in between, the clause of the first noun goes
    on: a verb without a pronoun of its own is the noun's."""
    parts = segments(sentence, least=1)
    for first, between, rest in zip(parts, parts[1:], parts[2:], strict=False):
        if sentence.tokens[first.stop].text != "," or sentence.tokens[between.stop].text != ",":
            continue
        here, inner, later = ([sentence.tokens[k] for k in each] for each in (first, between, rest))
        verb = next((each for each in later if finite(each)), None)
        noun = next((each for each in here if each.pos in NOUNS and not is_marked(sentence, each)), None)
        if noun is None or verb is None or any(finite(each) or each.pos in ("SUB", "AUX") for each in here):
            continue
        if _told_by_what(sentence, noun, inner):
            inner[0].pos, inner[0].cases, inner[0].number = "REL", "n", noun.number
        elif verb.dep not in ("acl", "acl:relcl", "nmod", "appos", "amod", "dep"):
            continue
        if not _is_put_in(inner):
            continue
        if any(each.pos in ("REL", "SUB") for each in later) or sentence.child(verb.i, *_SUBJECT) is not None:
            continue
        if "n" not in (own_cases(noun) or "n") or is_temporal(noun):
            continue
        if not may_act(noun, verb) and not (verb.number == "s" and sentence.child(noun.i, "appos") is not None):
            continue
        verb.head, verb.dep = (
            (noun.head, noun.dep) if noun.dep in ("ccomp", "conj") and noun.head >= 0 else (-1, "root")
        )
        acted = _is_acted_on(sentence, noun, verb)
        noun.head, noun.dep, noun.cases = verb.i, "obj" if acted else "nsubj", "a" if acted else "n"
        sentence.changed()


def _is_acted_on(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """«Гроші, що зникли, повернули банку»: of many who are not named, a thing before a verb without another object."""
    lifeless = verb.number == "p" and noun.pos == "N" and noun.animate != "a" and verb.transitive != "i"
    others = (each for each in sentence.children(verb.i) if each.i > verb.i and each.pos in NOUNS)
    return lifeless and not any(each.dep == "obj" and "a" in (own_cases(each) or "a") for each in others)


def _told_by_what(sentence: Sentence, noun: Token, inner: list[Token]) -> bool:
    """«Ураган, што пранёсся над морам, зрушыў помнік»: behind the first noun of a sentence "what" is a pronoun, and acts."""
    if inner[0].low not in ("що", "што") or noun.i > 3 or sentence.tokens[inner[0].i - 1].text != ",":
        return False
    verb = next((each for each in inner if finite(each)), None)
    if verb is None or verb.passive or not may_act(noun, verb):
        return False
    if any(each.pos in NOUNS and each.cases == "n" and not is_temporal(each) and each.dep == "nsubj" for each in inner):
        return False
    for each in sentence.children(verb.i):
        if each.dep == "nsubj" and each is not inner[0]:
            each.dep = "obj" if "a" in (own_cases(each) or "a") else "obl"
    inner[0].head, inner[0].dep, verb.head, verb.dep = verb.i, "nsubj", noun.i, "acl:relcl"
    return True


def _is_put_in(inner: list[Token]) -> bool:
    """Whether a stretch tells of the noun before it: a relative clause, a participle, an office."""
    if inner[0].pos in ("REL", "PTCP") or (len(inner) > 1 and inner[1].pos == "REL"):
        return True
    return not any(finite(each) or each.pos in ("INF", "CONV", "SUB") for each in inner)


def _how_long(sentence: Sentence) -> None:
    """«Завод два роки спалював шини»: how long something was done is no doer."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.head <= token.i or not is_temporal(token):
            continue
        counted = any(each.pos == "NUM" for each in sentence.children(token.i))
        verb = sentence.tokens[token.head]
        if counted and finite(verb) and verb.number == "s" and verb.tense == "past" and verb.gender != "n":
            token.dep = "obl"
            first = next((each for each in sentence.children(verb.i) if each.dep == "obj" and each.i < token.i), None)
            if first is not None and "n" in (own_cases(first) or "n") and first.gender in ("", verb.gender):
                first.dep = "nsubj"


def _marked(sentence: Sentence) -> None:
    """«копія якога ёсць у рэдакцыі»: of two subjects, the one behind a preposition tells where."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.head < 0 or token.pos not in NOUNS:
            continue
        other = [each for each in sentence.children(token.head) if each.dep == "nsubj" and each is not token]
        if other and sentence.child(token.i, "case") is not None and sentence.child(token.i, "nummod") is None:
            token.dep = "obl"


def _loose_nominative(sentence: Sentence) -> None:
    """«Дырэктар школы і бухгалтарка падрабілі»: a nominative before a verb without a subject, in its number or joined with
    another, acts."""
    for noun in sentence.tokens:
        if noun.dep != "dep" or noun.pos not in NOUNS or noun.head <= noun.i or is_marked(sentence, noun):
            continue
        verb = sentence.tokens[noun.head]
        several = sentence.child(noun.i, "conj") is not None
        if not finite(verb) or verb.passive or sentence.child(verb.i, *_SUBJECT) is not None or is_temporal(noun):
            continue
        if "n" in (own_cases(noun) or "n") and (noun.number == verb.number or (several and verb.number == "p")):
            noun.dep, noun.cases = "nsubj", "n"


def _across(sentence: Sentence) -> None:
    """«ревізорка опечатала сейф»: a noun behind a verb belongs to no noun before it."""
    for inside in segments(sentence):
        for k in inside:
            noun = sentence.tokens[k]
            if noun.pos not in NOUNS or noun.dep not in ("nmod", "appos", "amod") or not 0 <= noun.head < noun.i:
                continue
            if noun.head not in inside or is_marked(sentence, noun) or is_temporal(noun):
                continue
            between = [sentence.tokens[m] for m in range(noun.head + 1, noun.i)]
            verb = next((each for each in reversed(between) if finite(each)), None)
            if verb is None or verb.passive or verb.transitive == "i" or any(each.pos in NOUNS for each in between):
                continue
            if sentence.child(verb.i, "obj") is None and set("ag") & set(own_cases(noun) or "a"):
                noun.head, noun.dep = verb.i, "obj"


def _both(sentence: Sentence) -> None:
    """«Звольнілі і галоўнага ўрача, і загадчыцу»: an adjective behind "both" is the noun's, and the noun is acted on."""
    for token in sentence.tokens[:-1]:
        if token.dep != "conj" or token.pos not in ("A", "PTCP", "DET") or token.head < 0:
            continue
        verb, noun = sentence.tokens[token.head], sentence.tokens[token.i + 1]
        if not finite(verb) or verb.passive or verb.i + 2 != token.i or noun.pos not in NOUNS or noun.head != token.i:
            continue
        if sentence.child(verb.i, "obj") is None and set("ag") & set(own_cases(noun) or ""):
            noun.head, noun.dep = verb.i, "obj"
            token.head, token.dep = noun.i, "amod"


def _future(sentence: Sentence) -> None:
    """«Аудитори будуть вивчати всі угоди»: an infinitive behind "will" is no passive: what stands behind it is acted on."""
    for verb in sentence.tokens:
        if not verb.low.endswith(("ти", "ть", "ць", "чи", "чь", "чы")) or sentence.child(verb.i, "nsubj") is None:
            continue
        helper, thing = sentence.child(verb.i, "aux:pass"), sentence.child(verb.i, "nsubj:pass")
        if helper is not None and verb.pos in ("INF", "V"):
            helper.dep = "aux"
            if thing is not None and thing.i > verb.i and set("ag") & set(own_cases(thing) or "a"):
                thing.dep = "obj"


def _to_do(sentence: Sentence) -> None:
    """«угаворваў фермераў падпісаць бланкі»: what somebody is to do hangs on the verb that moves him to it."""
    for token in sentence.tokens:
        if token.pos != "INF" or token.dep not in ("nmod", "acl") or token.head < 0:
            continue
        person = sentence.tokens[token.head]
        verb = sentence.tokens[person.head] if person.head >= 0 else None
        if (
            verb is not None
            and finite(verb)
            and person.dep in ("obj", "iobj")
            and person.animate == "a"
            and person.i < token.i
        ):
            token.head, token.dep = verb.i, "xcomp"
