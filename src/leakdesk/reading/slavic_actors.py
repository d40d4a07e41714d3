"""Who acts in Slavic clauses whose order misleads the parser: the object first and the actor behind, an actor behind a name,
a number or a pronoun.

Every rule asks the words' own forms and the agreement of noun and verb, within the stretch between two marks.
"""

from __future__ import annotations

from functools import lru_cache

from leakdesk.language.syntax import russian_forms
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_agreement import own_cases
from leakdesk.reading.slavic_stretches import NOUNS, finite, is_marked, segments
from leakdesk.reading.tagging_kindred import kin_of
from leakdesk.reading.words import word_list

_SUBJECT = ("nsubj", "nsubj:pass", "csubj")


def settle_actors(sentence: Sentence) -> None:
    """All repairs, in place, of a parsed tree in Russian, Ukrainian or Belarusian."""
    for rule in (
        _ago,
        _standing_for_people,
        _two_nominatives,
        _behind_pronoun,
        _behind_second_verb,
        _before_verb,
        _named_actor,
        _lone_actor,
        _given_to,
    ):
        rule(sentence)
        sentence.changed()


@lru_cache(maxsize=20_000)
def _russian_nominative(low: str, number: str, gender: str) -> bool:
    """Whether a Russian form may be a nominative that a verb in this number (and gender, of a past tense) agrees with."""
    wanted = {"m": "masc", "f": "femn", "n": "neut"}.get(gender)
    return any(
        str(each.tag.POS) == "NOUN"
        and str(each.tag.case) == "nomn"
        and str(each.tag.number) == ("plur" if number == "p" else "sing")
        and (wanted is None or number == "p" or str(each.tag.gender) == wanted)
        for each in russian_forms(low)
    )


def _may_lead(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """Whether a noun without a preposition may be the nominative that a finite verb agrees with."""
    if noun.pos not in NOUNS or is_temporal(noun) or is_marked(sentence, noun):
        return False
    if any(each.dep == "nummod" or each.pos == "NUM" for each in sentence.children(noun.i)):
        return False
    gender = verb.gender if verb.tense == "past" and verb.number == "s" else ""
    word = noun.low if sentence.language == "ru" else kin_of(noun.low, sentence.language)
    if word is not None and _russian_nominative(word, verb.number, gender) and not _only_accusative(sentence, noun):
        return sentence.language == "ru" or not noun.forms or "n" in own_cases(noun) or noun.cases == "i"
    if sentence.language == "ru" and noun.pos == "N":
        return False
    agrees = noun.number == verb.number and (not gender or noun.gender == gender)
    return "n" in (own_cases(noun) or "n") and agrees


def _only_accusative(sentence: Sentence, noun: Token) -> bool:
    return any(
        each.dep == "amod" and each.low.endswith(("ую", "юю", "ого", "его", "ага", "яга"))
        for each in sentence.children(noun.i)
    )


def _bare_segment(sentence: Sentence, verb: Token) -> range:
    """The stretch of a finite verb, where it has no other finite verb and no word that opens another clause."""
    inside = next((each for each in segments(sentence) if verb.i in each), range(0))
    tokens = sentence.tokens
    if any(finite(tokens[k]) and k != verb.i for k in inside) or any(tokens[k].pos == "SUB" for k in inside):
        return range(0)
    return inside


def _acts(sentence: Sentence, noun: Token, verb: Token) -> None:
    noun.head, noun.dep, noun.cases = verb.i, "nsubj", "n"
    for each in sentence.children(noun.i):
        if noun.i < verb.i < each.i:
            each.head = verb.i
    sentence.changed()


def _ago(sentence: Sentence) -> None:
    """«Три роки тому завод виборов 2 мільйони»: what says when is no object."""
    for token in sentence.tokens[:-1]:
        if token.dep == "obj" and is_temporal(token) and sentence.tokens[token.i + 1].low in ("тому", "таму", "назад"):
            token.dep = "obl"


_MANY = {"ru": ("ые", "ие"), "uk": ("і", "ї"), "be": ("ыя", "ія")}


def _standing_for_people(sentence: Sentence) -> None:
    """«Слідчі обласної прокуратури обшукали»: an adjective of many before a genitive of one is no adjective of it."""
    tokens = sentence.tokens
    for token in tokens[:-1]:
        if token.pos not in ("A", "N") or token.dep not in ("amod", "nmod") or token.head <= token.i:
            continue
        noun = tokens[token.head]
        if not token.low.endswith(_MANY[sentence.language]) or len(token.low) < 5 or noun.pos not in NOUNS:
            continue
        if noun.number != "s" or "g" not in noun.cases or is_marked(sentence, token) or noun.head < 0:
            continue
        verb = tokens[noun.head]
        if not finite(verb) or verb.passive or verb.number != "p" or sentence.child(verb.i, *_SUBJECT) is not None:
            continue
        noun.head, noun.dep = token.i, "nmod"
        token.pos, token.number = "N", "p"
        _acts(sentence, token, verb)


def _two_nominatives(sentence: Sentence) -> None:
    """«Простой был плановый»: of two nominatives about the verb of being, the first is what the second is said of."""
    for top in sentence.tokens:
        if top.pos not in NOUNS or top.head >= 0:
            continue
        said = sentence.child(top.i, "nsubj")
        copula = sentence.child(top.i, "cop")
        if said is None or copula is None or not top.i < copula.i < said.i or "n" not in (top.cases or ""):
            continue
        for each in sentence.children(top.i):
            if each.i > copula.i or each is copula or each.dep in ("punct", "neg", "advmod", "conj"):
                each.head = said.i
        said.head, said.dep, top.head, top.dep = -1, "root", said.i, "nsubj"
        sentence.changed()


def _behind_pronoun(sentence: Sentence) -> None:
    """«Закупил их институт»: between a verb without subject and a noun that agrees stands the object; counter-example:
    «Директор приехал и продал их завод»."""
    for verb in sentence.tokens[:-2]:
        pronoun = sentence.tokens[verb.i + 1]
        if not _wants_actor(sentence, verb) or pronoun.low not in word_list("them") or _shared(sentence, verb):
            continue
        noun = next(
            (
                each
                for each in sentence.tokens[verb.i + 2 : verb.i + 6]
                if each.pos in NOUNS and each.head in (verb.i, pronoun.i)
            ),
            None,
        )
        if noun is None or not _may_lead(sentence, noun, verb):
            continue
        pronoun.pos, pronoun.head, pronoun.dep, pronoun.cases = "PRON", verb.i, "obj", "a"
        _acts(sentence, noun, verb)


def _wants_actor(sentence: Sentence, verb: Token) -> bool:
    return finite(verb) and not verb.passive and sentence.child(verb.i, *_SUBJECT) is None and verb.gender != "n"


def _shared(sentence: Sentence, verb: Token) -> bool:
    """Whether the subject of the verb that another is joined to may be that of both."""
    above = sentence.tokens[verb.head] if verb.head >= 0 else None
    own = sentence.child(above.i, "nsubj") if above is not None and verb.dep in ("conj", "parataxis", "advcl") else None
    if own is None or own.number != verb.number:
        return False
    return verb.tense != "past" or verb.number == "p" or own.gender == verb.gender


def _behind_second_verb(sentence: Sentence) -> None:
    """«Насосы заказывал и ставил сам рудник»: what stands before the first of two verbs is acted on by both, and the noun
    behind the second acts in both."""
    for second in sentence.tokens:
        first = sentence.tokens[second.head] if second.dep == "conj" and second.head >= 0 else None
        if first is None or not finite(first) or not finite(second) or first.passive or second.passive:
            continue
        thing, actor = _thing_before(sentence, first), sentence.child(second.i, "nsubj", "obj")
        near = all(each.pos in ("CCONJ", "ADV", "NEG", "X") for each in sentence.tokens[first.i + 1 : second.i])
        if thing is None or actor is None or not near or not thing.i < first.i or actor.i < second.i:
            continue
        if _may_lead(sentence, actor, first) and _may_lead(sentence, actor, second):
            thing.dep, thing.cases = "obj", "a"
            _acts(sentence, actor, first)


def _thing_before(sentence: Sentence, verb: Token) -> Token | None:
    """The object of a verb without subject, or a subject in another number."""
    own = sentence.child(verb.i, *_SUBJECT)
    if own is None:
        return sentence.child(verb.i, "obj") if verb.gender != "n" else None
    return own if own.dep == "nsubj" and own.number and verb.number and own.number != verb.number else None


def _before_verb(sentence: Sentence) -> None:
    """«Подъёмную машину комбинат «Исток» купил за 27 млн»: beside what can only be acted on, the noun that agrees acts."""
    for verb in sentence.tokens:
        acted = sentence.child(verb.i, "obj")
        if not _wants_actor(sentence, verb) or acted is None or verb.number != "s":
            continue
        for noun in sentence.children(verb.i):
            if noun.dep not in ("obl", "nmod", "dep", "appos", "iobj") or noun is acted or noun.cases == "i":
                continue
            if _may_lead(sentence, noun, verb) and not _may_lead(sentence, acted, verb):
                _acts(sentence, noun, verb)
                break


def _named_actor(sentence: Sentence) -> None:
    """«Акт приймання очільник «Порту» Тарас Гай підписав»: behind a lifeless thing, an office with a name acts."""
    words = lexicon(sentence.language)
    for thing in sentence.tokens:
        verb = sentence.tokens[thing.head] if thing.dep == "nsubj" and thing.head > thing.i else None
        if verb is None or not finite(verb) or verb.passive or sentence.child(verb.i, "obj") is not None:
            continue
        if thing.pos != "N" or thing.animate == "a" or words.speaks(thing.low, thing.lemma) or verb.transitive == "i":
            continue
        office = next((each for each in sentence.children(thing.i) if each.dep == "appos" and each.pos == "N"), None)
        if office is None or not words.speaks(office.low, office.lemma) or not thing.i < office.i < verb.i:
            continue
        if any(each.text == "," for each in sentence.tokens[thing.i : office.i]):
            continue
        thing.dep, thing.cases = "obj", "a"
        _acts(sentence, office, verb)


def _lone_actor(sentence: Sentence) -> None:
    """«Клеть с рабочими застряла на глубине 430 метров»: a noun before the verb that agrees acts, and what does not agree, or
    hangs on another noun, does not."""
    for verb in sentence.tokens:
        if (
            not finite(verb)
            or verb.passive
            or verb.number != "s"
            or verb.tense != "past"
            or verb.gender not in ("m", "f")
        ):
            continue
        if verb.dep in ("acl:relcl", "acl") or any(each.pos == "REL" for each in sentence.children(verb.i)):
            continue
        own = sentence.child(verb.i, *_SUBJECT)
        if own is not None and (own.number != "p" or own.cases != "g" or own.dep == "csubj"):
            continue
        inside = _bare_segment(sentence, verb)
        found = [
            token
            for token in (sentence.tokens[k] for k in inside if k < verb.i)
            if token is not own
            and (token.head not in inside or token.head in (verb.i, own.i if own is not None else verb.i))
            and token.dep not in ("flat", "appos", "conj")
            and _may_lead(sentence, token, verb)
        ]
        acted = sentence.child(verb.i, "obj")
        if len(found) != 1 or (found[0] is acted and verb.transitive != "i"):
            continue
        if own is not None:
            own.dep, own.head = "obl", verb.i
        if verb.head == found[0].i:
            verb.head, verb.dep = -1, "root"
        _acts(sentence, found[0], verb)


def _given_to(sentence: Sentence) -> None:
    """«Сорок процентов акций принадлежат области»: of two subjects, the one that can only be a dative is none."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.head < 0 or token.cases != "d" or token.pos not in NOUNS:
            continue
        verb = sentence.tokens[token.head]
        others = [each for each in sentence.children(verb.i) if each.dep in ("nsubj", "dep") and each is not token]
        if finite(verb) and others and not verb.passive:
            token.dep = "iobj"
