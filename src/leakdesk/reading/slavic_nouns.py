"""Slavic trees put right: what nouns and pronouns are to the verbs and nouns about them, by what their forms allow."""

from __future__ import annotations

from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_I = frozenset(
    {
        "я",
        "ты",
        "он",
        "она",
        "оно",
        "мы",
        "вы",
        "они",
        "ти",
        "він",
        "вона",
        "воно",
        "ми",
        "ви",
        "вони",
        "ён",
        "яна",
        "яно",
        "яны",
    }
)


def pronouns(sentence: Sentence) -> None:
    """«Подлинность писем мы проверить не смогли»: a pronoun that can only be nominative is the subject of the finite verb."""
    for token in sentence.tokens:
        if token.low not in _I or token.dep not in ("obj", "iobj", "obl", "nmod", "dep") or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if sentence.child(token.i, "case") is not None or verb.pos not in ("V", "INF"):
            continue
        if verb.pos == "INF" and verb.dep in ("xcomp", "csubj") and sentence.tokens[verb.head].pos == "V":
            for each in sentence.children(verb.i):
                if each.dep == "nsubj" and "a" in (each.cases or "a"):
                    each.dep = "obj"
            verb = sentence.tokens[verb.head]
        other = sentence.child(verb.i, "nsubj")
        if other is not None and "a" not in (other.cases or "a"):
            continue
        if other is not None:
            other.dep = "obj"
        token.head, token.dep = verb.i, "nsubj"
        sentence.changed()


def relatives(sentence: Sentence) -> None:
    """«протокол, які складала перекладчыца»: where another noun agrees with the verb, the relative pronoun is its object."""
    for token in sentence.tokens:
        if token.pos != "REL" or token.dep != "nsubj" or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if verb.pos != "V" or verb.passive or verb.tense != "past" or token.number != "s":
            continue
        if verb.number == "s" and (not token.gender or verb.gender in ("", token.gender)):
            continue
        actor = next(
            (each for each in sentence.children(verb.i) if each.i > verb.i and _may_act(sentence, each, verb)), None
        )
        if actor is not None:
            token.dep, actor.dep = "obj", "nsubj"


def _may_act(sentence: Sentence, noun: Token, verb: Token) -> bool:
    return (
        noun.pos in ("N", "PN")
        and noun.number == verb.number
        and (verb.number == "p" or noun.gender == verb.gender)
        and "n" in (noun.cases or "n")
        and sentence.child(noun.i, "case") is None
    )


def nouns_before_genitives(sentence: Sentence) -> None:
    """«повторює каталог німецького виробника»: a noun is no adjective of the genitive behind it."""
    for token in sentence.tokens:
        if token.pos != "N" or token.dep != "amod" or token.head <= token.i:
            continue
        noun = sentence.tokens[token.head]
        if noun.pos not in ("N", "PN") or noun.cases != "g" or "g" in (token.cases or ""):
            continue
        if any(each.dep == "case" and each.i < token.i for each in sentence.children(noun.i)):
            continue
        token.head, token.dep = noun.head, noun.dep
        noun.head, noun.dep = token.i, "nmod"
        sentence.changed()


def disagreeing(sentence: Sentence) -> None:
    """«Дюжева вызывали дважды»: one person does not act in the plural: what stands there is acted on."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.pos not in ("N", "PN") or token.number != "s" or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if verb.pos != "V" or verb.number != "p" or verb.passive or verb.transitive != "t":
            continue
        if token.lemma in word_list("many") or any(
            each.dep in ("conj", "nummod") for each in sentence.children(token.i)
        ):
            continue
        if set(token.cases or "") & {"g", "a"} and sentence.child(verb.i, "obj") is None:
            token.dep = "obj"


def nominatives(sentence: Sentence) -> None:
    """«больше, чем стоил сам ремонт»: what can only be nominative and agrees is no object of a verb without a subject."""
    for token in sentence.tokens:
        if token.dep != "obj" or token.pos not in ("N", "PN") or token.cases != "n" or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        sure = any(each.pos in ("A", "DET", "PTCP") and each.cases == "n" for each in sentence.children(token.i))
        sure = sure or (verb.dep == "advcl" and token.i < verb.i and verb.tense == "pres")
        if not sure or verb.pos != "V" or verb.number != token.number or token.gender != "m":
            continue
        if sentence.child(verb.i, "nsubj", "nsubj:pass") is None and verb.gender in ("", token.gender):
            token.dep = "nsubj"


def antecedents(sentence: Sentence) -> None:
    """«обе стороны спора о вертолётах, которые вернулись»: a relative clause belongs to a noun that its pronoun agrees with."""
    for token in sentence.tokens:
        if token.pos != "REL" or not token.number or token.low.startswith(("чий", "чь", "чы", "чию")):
            continue
        verb = next((each for each in sentence.ancestors(token.i) if each.dep == "acl:relcl"), None)
        if verb is None or verb.head < 0 or verb.i < token.i or _could_mean(token, sentence.tokens[verb.head]):
            continue
        comma = next((k for k in range(token.i - 1, max(-1, token.i - 4), -1) if sentence.tokens[k].text == ","), None)
        near = sentence.tokens[max(0, (comma or 0) - 8) : comma or 0]
        other = next((each for each in reversed(near) if each.pos in ("N", "PN") and _could_mean(token, each)), None)
        if comma is not None and other is not None and other.head != verb.i:
            verb.head = other.i
            sentence.changed()


def _could_mean(pronoun: Token, noun: Token) -> bool:
    if noun.pos not in ("N", "PN", "PRON", "NUM") or not noun.number:
        return True
    if pronoun.number != noun.number:
        return False
    return pronoun.number == "p" or not pronoun.gender or not noun.gender or pronoun.gender == noun.gender
