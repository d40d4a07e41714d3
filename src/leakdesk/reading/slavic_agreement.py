"""Ukrainian and Belarusian trees put right by what the words' own forms say: a noun that can only be nominative and agrees
acts, one that cannot be nominative is acted on, a finite verb hangs on no noun, «якія» opens a clause about the noun before
it. The parser saw Russian stand-ins; the endings of the text know better.
"""

from __future__ import annotations

from functools import lru_cache

from leakdesk.language.syntax import russian_forms
from leakdesk.model.document import Language
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.tagging_kindred import kin_of

_STOPS = frozenset({";", ":", "—", "–", "(", ")", "«", "»", '"', ".", "!", "?"})
_BE = frozenset({"быть", "бути", "быць", "стать", "стати", "стаць"})


def agree(sentence: Sentence) -> None:
    """All repairs, in place."""
    if sentence.language not in ("uk", "be") or not sentence.parsed:
        return
    for rule in (
        _relatives,
        _whats,
        _finite,
        _swapped,
        _reflexive,
        _only_nominative,
        _never_nominative,
        _between,
        _given,
        _bare_numbers,
    ):
        rule(sentence)
        sentence.changed()


def own_cases(token: Token) -> str:
    """Cases that a noun's own form may stand in; of a noun without known forms, those of the tree."""
    cases = "".join(dict.fromkeys(each[0] for each in token.forms.split())) or token.cases
    if set(cases) & {"n", "a"} and token.animate != "a" and (token.gender != "f" or token.number == "p"):
        cases += "na"  # one form for both
    return cases


def _marked(sentence: Sentence, token: Token) -> bool:
    before = sentence.tokens[token.i - 1] if token.i else None
    return any(each.dep == "case" for each in sentence.children(token.i)) or (
        before is not None and before.pos == "PREP"
    )


def _counted(sentence: Sentence, token: Token) -> bool:
    return any(each.dep == "nummod" or each.pos == "NUM" for each in sentence.children(token.i))


def _agrees(noun: Token, verb: Token) -> bool:
    if noun.number and verb.number and noun.number != verb.number:
        return False
    return not (verb.tense == "past" and verb.number == "s" and verb.gender and noun.gender and noun.number != "p") or (
        noun.gender == verb.gender
    )


def _finite_verb(token: Token) -> bool:
    return token.pos == "V" and token.tense in ("past", "pres", "fut")


def _relatives(sentence: Sentence) -> None:
    """«Партнёры, якія аплачваюць палову, даведаліся»: where the parser gave up, the clause hangs on the noun before it."""
    for token in sentence.tokens:
        if token.pos != "REL" or token.i == 0:
            continue
        above = sentence.tokens[token.head] if token.head >= 0 else None
        if above is not None and above.pos in ("V", "N", "INF", "AUX", "A", "PTCP"):
            continue
        start = token.i - 1 if sentence.tokens[token.i - 1].pos == "PREP" else token.i
        comma = sentence.tokens[start - 1] if start else None
        nouns = [each for each in reversed(sentence.tokens[:start]) if each.pos in ("N", "PN", "PRON")]
        fitting = [each for each in nouns[:4] if not token.number or each.number in ("", token.number)]
        noun = next(iter(fitting or nouns), None)
        verb = _next_verb(sentence, token.i)
        if comma is None or comma.text != "," or noun is None or verb is None:
            continue
        verb.head, verb.dep = noun.i, "acl:relcl"
        sentence.changed()
        token.head = verb.i
        own = sentence.child(verb.i, "nsubj")
        if start < token.i:
            token.dep = "obl"
        else:
            token.dep = "obj" if own is not None and own is not token else "nsubj"


def _next_verb(sentence: Sentence, at: int) -> Token | None:
    """The finite verb of the clause a word opens."""
    for token in sentence.tokens[at + 1 :]:
        if token.text in _STOPS or token.text == "," or token.pos in ("SUB", "REL"):
            return None
        if _finite_verb(token) or (token.pos == "V" and token.passive):
            return token
    return None


def _whats(sentence: Sentence) -> None:
    """«човни, що тонуть»: right behind a noun and a comma, «що» before a verb without subject means the noun."""
    for token in sentence.tokens[2:]:
        if token.low not in ("що", "што") or token.pos not in ("SUB", "REL", "PRON"):
            continue
        comma, noun = sentence.tokens[token.i - 1], sentence.tokens[token.i - 2]
        verb = _next_verb(sentence, token.i)
        if comma.text != "," or noun.pos not in ("N", "PN") or verb is None or verb.dep in ("ccomp", "acl:relcl"):
            continue
        own = sentence.child(verb.i, "nsubj", "nsubj:pass")
        if (own is not None and own is not token) or not _agrees(noun, verb) or verb.gender == "n":
            continue
        between = sentence.tokens[token.i + 1 : verb.i]
        if any(each.pos in ("N", "PN", "PRON") and "n" in own_cases(each) for each in between):
            continue
        main = next((each for each in sentence.tokens[: noun.i] if _finite_verb(each)), None)
        if main is not None and verb.number == "s" and main.i == noun.i - 1:
            continue
        if verb.head == token.i:
            continue
        verb.head, verb.dep = noun.i, "acl:relcl"
        token.pos, token.head, token.dep, token.cases = "REL", verb.i, "nsubj", "n"
        token.number, token.gender = noun.number, noun.gender
        sentence.changed()


def _finite(sentence: Sentence) -> None:
    """«Склад підпалили», «Партнёры, якія …, даведаліся»: a finite verb that hangs on the noun before it is its verb."""
    for verb in sentence.tokens:
        if not _finite_verb(verb) or verb.dep not in ("nmod", "acl", "amod", "appos", "obj", "nsubj", "flat", "dep"):
            continue
        noun = sentence.tokens[verb.head] if verb.head >= 0 else None
        if noun is None or noun.pos not in ("N", "PN", "PRON") or noun.head >= 0 or noun.i > verb.i:
            continue
        between = sentence.tokens[noun.i + 1 : verb.i]
        commas = sum(each.text == "," for each in between)
        if any(each.text in _STOPS for each in between) or commas % 2 or sentence.child(verb.i, "nsubj") is not None:
            continue
        acts = "n" in (own_cases(noun) or "n") and _agrees(noun, verb)
        done = (
            verb.number == "p" and "a" in own_cases(noun).replace("n", "na") and sentence.child(verb.i, "obj") is None
        )
        if not acts and not done:
            continue
        verb.head, verb.dep = -1, "root"
        noun.head, noun.dep = verb.i, "nsubj" if acts else "obj"
        sentence.changed()


def _swapped(sentence: Sentence) -> None:
    """«Сацсеткі ўзарваў здымак цэнніка»: of two nouns that may be either, the one that agrees with the verb acts."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.pos != "N" or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        thing = sentence.child(verb.i, "obj")
        if thing is None or thing.pos not in ("N", "PN") or not _finite_verb(verb) or not token.number:
            continue
        if any(each.dep == "conj" for each in sentence.children(token.i)) or _counted(sentence, token):
            continue
        may = "n" in (own_cases(thing) or "n") and "a" in (own_cases(token) or "a") and not _marked(sentence, thing)
        if may and not _agrees(token, verb) and _agrees(thing, verb) and thing.number and verb.tense == "past":
            token.dep, thing.dep, token.cases, thing.cases = "obj", "nsubj", "a", "n"


def _reflexive(sentence: Sentence) -> None:
    """«На пытанне, дзе рухавік, абвінавачаны ўсміхнуўся»: a reflexive verb has no object; the noun beside it acts."""
    for token in sentence.tokens:
        if token.dep != "obj" or token.pos not in ("N", "PN", "A", "PTCP") or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if not _finite_verb(verb) or not verb.low.endswith(("ся", "сь", "цца")) or "n" not in (own_cases(token) or "n"):
            continue
        other = sentence.child(verb.i, "nsubj")
        if not _agrees(token, verb) or _marked(sentence, token):
            continue
        if other is not None:
            left, right = sorted((other.i, verb.i))
            if not any(each.text == "," for each in sentence.tokens[left:right]):
                continue
            other.dep = "dep"
        token.dep, token.cases = "nsubj", "n"


@lru_cache(maxsize=20_000)
def people(low: str, language: Language) -> bool:
    """Whether a word may be people in the nominative plural: of the living, that form is no accusative."""
    kin = kin_of(low, language)
    return kin is not None and any(
        "anim" in each.tag and str(each.tag.case) == "nomn" and str(each.tag.number) == "plur"
        for each in russian_forms(kin)
    )


def _only_nominative(sentence: Sentence) -> None:
    """«На складі загинула працівниця»: what can only be nominative and agrees with a verb without subject acts."""
    for token in sentence.tokens:
        if token.dep not in ("obj", "iobj", "obl", "nmod", "xcomp") or token.pos not in ("N", "PN") or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        sure = bool(token.forms) and set(own_cases(token)) == {"n"}
        sure = sure or (token.dep == "obj" and token.i < verb.i and people(token.low, sentence.language))
        if not sure or not _finite_verb(verb) or verb.passive:
            continue
        if token.number not in ("", verb.number):
            token.number = "p" if "np" in token.forms.split() and verb.number == "p" else token.number
        if sentence.child(verb.i, "nsubj") is None and _agrees(token, verb) and not _marked(sentence, token):
            token.dep, token.cases = "nsubj", "n"


def _never_nominative(sentence: Sentence) -> None:
    """«Яе заяўку адхілілі»: what cannot be nominative and is not counted does not act."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.pos not in ("N", "PN") or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        cases = own_cases(token)
        if "n" in cases or "a" not in cases or not _finite_verb(verb) or verb.passive or verb.lemma in _BE:
            continue
        if _counted(sentence, token) or _marked(sentence, token) or sentence.child(verb.i, "obj") is not None:
            continue
        token.dep, token.cases = "obj", "a"


def _between(sentence: Sentence) -> None:
    """«Суд хадайніцтва адхіліў»: between an actor that agrees and a verb without object stands the object."""
    for token in sentence.tokens[1:-1]:
        if token.pos != "N" or token.dep != "nmod" or token.cases != "a" or "a" not in own_cases(token):
            continue
        actor, verb = sentence.tokens[token.i - 1], sentence.tokens[token.i + 1]
        if actor.i != token.head or not _finite_verb(verb) or verb.passive or verb.transitive == "i":
            continue
        if actor.head == verb.i and actor.dep == "nsubj" and sentence.child(verb.i, "obj") is None:
            token.head, token.dep = verb.i, "obj"
            sentence.changed()


def _given(sentence: Sentence) -> None:
    """«Фірма поставила заводу 14 двигунів»: beside what is counted, a noun that cannot be accusative is the receiver."""
    for token in sentence.tokens:
        if token.pos != "N" or token.dep not in ("obj", "nmod") or token.head < 0 or not _counted(sentence, token):
            continue
        receiver = sentence.tokens[token.head] if token.dep == "nmod" else sentence.child(token.head, "obj")
        if receiver is None or receiver.dep != "obj" or not receiver.i < token.i or receiver.number != "s":
            continue
        verb = sentence.tokens[receiver.head]
        cannot = "a" not in receiver.cases and not set(own_cases(receiver)) & {"a", "n"}
        if not cannot or not verb.i < receiver.i or not _finite_verb(verb) or _marked(sentence, token):
            continue
        receiver.dep, receiver.cases = "iobj", "d"
        token.head, token.dep = verb.i, "obj"
        sentence.changed()


def _bare_numbers(sentence: Sentence) -> None:
    """«вярнуў два»: a number alone behind its verb stands for what is counted."""
    for token in sentence.tokens[1:]:
        before = sentence.tokens[token.i - 1]
        after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        if (
            token.pos == "NUM"
            and token.dep in ("advmod", "nummod", "dep")
            and token.text.isalpha()
            and token.head == before.i
            and _finite_verb(before)
            and (after is None or after.pos == "PUNCT")
            and sentence.child(before.i, "obj") is None
        ):
            token.dep = "obj"
