"""Clauses told by their commas: a noun belongs to the verb on its side of the comma, whatever verb the parser hung it on.

In ordinary press prose the parser mistakes short clauses side by side («Ціна зросла, проєкту не було»), names in quotation
marks, headlines and comparatives without a verb. Each rule changes only what the marks and the words' own forms make sure.
"""

from __future__ import annotations

from leakdesk.language.syntax import russian_forms
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_agreement import own_cases
from leakdesk.reading.slavic_bare import bare_predicates
from leakdesk.reading.slavic_copulas import comparatives, ready_to, was_not
from leakdesk.reading.slavic_stretches import NOUNS, STOPS, finite, is_marked, may_act, only_finite, segments
from leakdesk.reading.tagging_endings import verb_by_ending


def settle_segments(sentence: Sentence) -> None:
    """All repairs, in place, of a parsed tree in Russian, Ukrainian or Belarusian."""
    heads = [(token.head, token.dep) for token in sentence.tokens]
    for rule in (
        _only_verbs,
        _singular,
        _named_in_quotes,
        was_not,
        bare_predicates,
        comparatives,
        ready_to,
        _tops,
        _own_side,
        _acted_on,
        _verb_first,
    ):
        rule(sentence)
        now = [(token.head, token.dep) for token in sentence.tokens]
        if now != heads:
            heads = now
            sentence.changed()


# ---------------------------------------------------------------- words of the wrong class

_RUSSIAN_ENDINGS = (
    "л",
    "ла",
    "ло",
    "ли",
    "лся",
    "лась",
    "лось",
    "лись",
    "ет",
    "ит",
    "ут",
    "ют",
    "ат",
    "ят",
    "ем",
    "ём",
    "им",
    "тся",
    "ите",
    "йте",
)
_TENSES = {"past": "past", "pres": "pres", "futr": "fut"}
_GENDERS = {"masc": "m", "femn": "f", "neut": "n"}


def _only_verbs(sentence: Sentence) -> None:
    """«Фирма «Клён» срубила 90 гектаров»: what the dictionary knows as a verb alone is no noun. Behind «не» a Belarusian or
    Ukrainian past tense is no genitive plural («не купляў»)."""
    for token in sentence.tokens:
        if token.pos not in ("N", "A", "X", "PTCP") or len(token.low) < 4 or not token.text[1:].islower():
            continue
        if sentence.language == "ru":
            if _short_participle(sentence, token):
                continue
            if _known_verb(token):
                _order(sentence, token) if not token.tense else _we_do(sentence, token)
        elif _past_behind_noun(sentence, token):
            continue
        elif token.pos == "N" and token.i and sentence.tokens[token.i - 1].pos == "NEG" and token.low[-1] in "вў":
            before = sentence.tokens[: token.i - 1]
            if not any(finite(each) for each in before[-4:] if each.text not in STOPS) and before:
                _become(token, "past", "s", "m")


def _order(sentence: Sentence, verb: Token) -> None:
    """«Спишите насос»: what hangs on an order like a noun on a noun is to be acted on."""
    for each in sentence.children(verb.i):
        if each.pos in NOUNS and each.dep in ("appos", "nmod", "dep", "flat") and not is_marked(sentence, each):
            each.dep = "obj"


def _we_do(sentence: Sentence, verb: Token) -> None:
    """«Бирки перешьём»: beside a verb of ours stands what we act on, and nobody who acts."""
    if not verb.low.endswith(("ем", "ём", "им")) or verb.transitive != "t":
        return
    above = sentence.tokens[verb.head] if verb.head >= 0 else None
    if above is not None and above.pos in NOUNS and above.head < 0 and above.i < verb.i:
        above.head, above.dep, verb.head, verb.dep = verb.i, "nsubj", -1, "root"
        sentence.changed()
    for each in sentence.children(verb.i):
        if each.pos in NOUNS and each.dep == "nsubj" and not is_marked(sentence, each):
            each.dep = "obj"


_PAST = {"uk": {"ла": "f", "ло": "n", "ли": "p", "в": "m"}, "be": {"ла": "f", "ло": "n", "лі": "p", "ў": "m"}}


def _past_behind_noun(sentence: Sentence, token: Token) -> bool:
    """«Розніца асела ў пасярэднікаў»: no dictionary's noun, ending like a past tense that agrees with the nominative right before
    it, in a stretch without a verb, tells the event."""
    noun = sentence.tokens[token.i - 1] if token.i else None
    shape = next((s for e, s in _PAST[sentence.language].items() if token.low.endswith(e)), "")
    if (
        noun is None
        or not shape
        or token.forms
        or token.pos not in ("N", "A")
        or noun.pos != "N"
        or "ns" not in noun.forms
    ):
        return False
    inside = next((each for each in segments(sentence) if token.i in each), range(0))
    if any(sentence.tokens[k].pos in ("V", "AUX", "INF") for k in inside) or is_marked(sentence, noun):
        return False
    if shape != noun.gender:
        return False
    made = verb_by_ending(token.low, token.low, "uk" if sentence.language == "uk" else "be", known=False)
    token.lemma = made.lemma if made is not None else token.low
    _become(token, "past", "s", shape)
    return True


def _short_participle(sentence: Sentence, token: Token) -> bool:
    """«Договор расторгнут»: a form that may be a short participle, behind one noun in the singular, is one."""
    forms = [each for each in russian_forms(token.low) if each.is_known]
    if token.pos != "N" or not any(str(each.tag.POS) == "PRTS" for each in forms):
        return False
    if any(str(each.tag.POS) not in ("PRTS", "VERB") for each in forms):
        return False
    tag = next(each for each in forms if str(each.tag.POS) == "PRTS")
    token.lemma = str(tag.normal_form)
    _become(token, "past", "p" if str(tag.tag.number) == "plur" else "s", _GENDERS.get(str(tag.tag.gender), ""))
    token.passive = True
    for each in sentence.children(token.i):
        if each.dep == "nsubj":
            each.dep = "nsubj:pass"
    return True


def _known_verb(token: Token) -> bool:
    if not token.low.endswith(_RUSSIAN_ENDINGS):
        return False
    forms = [each for each in russian_forms(token.low) if each.is_known]
    if not forms or any(str(each.tag.POS) != "VERB" for each in forms):
        return False
    tag = next((each.tag for each in forms if str(each.tag.mood) == "indc"), forms[0].tag)
    _become(
        token,
        _TENSES.get(str(tag.tense), ""),
        "p" if str(tag.number) == "plur" else "s",
        _GENDERS.get(str(tag.gender), ""),
    )
    token.lemma = str(forms[0].normal_form)
    token.transitive = "t" if str(tag.transitivity) == "tran" else "i"
    return True


def _become(token: Token, tense: str, number: str, gender: str) -> None:
    token.pos, token.tense, token.number, token.gender, token.cases = "V", tense, number, gender, ""


def _singular(sentence: Sentence) -> None:
    """«Оселя належить»: -ить, -їть and -є are one, -уть, -ють, -ать and -ять many, whatever the stand-in's form was."""
    if sentence.language != "uk":
        return
    for token in sentence.tokens:
        if token.pos != "V" or token.passive or not token.tense:
            continue
        if token.low.endswith(("ить", "їть")) and token.number == "p":
            token.number, token.gender, token.tense = "s", "", token.tense if token.tense != "past" else "pres"
        elif token.low.endswith(("уть", "ють", "ать", "ять")) and token.number == "s":
            token.number, token.gender, token.tense = "p", "", token.tense if token.tense != "past" else "pres"


def _named_in_quotes(sentence: Sentence) -> None:
    """«Гидростанцию «Исток» продали»: a name in quotation marks right behind its noun is that noun's, and takes no part."""
    tokens = sentence.tokens
    for token in tokens[2:]:
        if tokens[token.i - 1].text not in ("«", '"') or token.dep not in ("nsubj", "obj", "obl", "iobj", "dep"):
            continue
        noun = tokens[token.i - 2]
        close = next((each.i for each in tokens[token.i : token.i + 5] if each.text in ("»", '"')), None)
        if (noun.pos != "N" and not (noun.pos == "PN" and noun.forms)) or close is None or not token.text[0].isupper():
            continue
        if noun.head == token.head and noun.dep in ("nsubj", "nsubj:pass", "obj", "obl", "iobj"):
            token.head, token.dep = noun.i, "appos"


# ---------------------------------------------------------------- clauses side by side

_NO_CLAUSE = frozenset(
    {"nmod", "amod", "obl", "obj", "iobj", "appos", "nummod", "flat", "nsubj", "advmod", "dep", "compound"}
)
_MOVED = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "iobj", "dep", "root", "nmod", "parataxis"})


def _tops(sentence: Sentence) -> None:
    """«Станция не вела передач, рассказал диспетчер»: the one finite verb of a segment is its top, and hangs where its top
    hung, as a clause."""
    for inside in segments(sentence):
        verb = only_finite(sentence, inside)
        if verb is None or verb.dep not in _NO_CLAUSE or verb.passive:
            continue
        if any(sentence.tokens[k].pos in ("REL", "SUB") for k in inside):
            continue
        if verb.dep == "dep" and verb.head < 0:
            verb.dep = "root"
            continue
        top = _top(sentence, verb, inside)
        if top is not None:
            _raise(sentence, verb, top)


def _top(sentence: Sentence, verb: Token, inside: range) -> Token | None:
    """The word of a segment that all the others up to its verb hang below; None where it may not give way to the verb."""
    top = verb
    for _ in inside:
        if top.head not in inside:
            break
        top = sentence.tokens[top.head]
    if top.head in inside or (top is not verb and top.pos not in ("N", "PN", "A", "NUM", "ADV")):
        return None
    if top.head >= 0 and not finite(sentence.tokens[top.head]):
        return None
    return top


def _raise(sentence: Sentence, verb: Token, top: Token) -> None:
    """The verb takes the place of its top, with what stands on its side; the top takes part in it."""
    verb.head, verb.dep = (top.head, "ccomp") if top.head >= 0 else (-1, "root")
    if top is not verb:
        top.head, top.dep = verb.i, "dep"
        for each in [*sentence.children(top.i)]:
            if top.i < verb.i < each.i or each.i < verb.i < top.i:
                each.head = verb.i
    sentence.changed()
    if top is not verb:
        _place(sentence, top, verb)


def _own_side(sentence: Sentence) -> None:
    """«Договор подписали 3 мая, одна доза обошлась в 9 евро»: a noun that hangs on a word beyond the comma, or on none,
    belongs to the verb of its own segment; counter-example: «Директор, который купил завод, уехал»."""
    for inside in segments(sentence):
        verb = only_finite(sentence, inside)
        if verb is None:
            continue
        for k in inside:
            token = sentence.tokens[k]
            if token.head in inside or token is verb or token.dep not in _MOVED:
                continue
            if token.pos == "A" and token.forms and token.head < 0 and _stands_for_noun(sentence, token):
                token.pos = "N"
            if token.pos not in NOUNS or (token.head < 0 and token.dep == "root" and verb.dep == "acl:relcl"):
                continue
            if any(each is token for each in sentence.ancestors(verb.i)):
                continue  # the verb hangs below the noun
            if _place(sentence, token, verb):
                sentence.changed()


def _stands_for_noun(sentence: Sentence, token: Token) -> bool:
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    return after is None or after.pos not in NOUNS or "g" in own_cases(after)


def _place(sentence: Sentence, noun: Token, verb: Token) -> bool:
    """Give a noun its place at a verb, by its form; False where it has none."""
    cases = own_cases(noun) or noun.cases
    acts = sentence.child(verb.i, "nsubj", "nsubj:pass")
    acted = sentence.child(verb.i, "obj")
    if is_marked(sentence, noun) or is_temporal(noun):
        noun.head, noun.dep = verb.i, "obl"
    elif (acts is None or acts is noun) and "n" in (cases or "n") and may_act(noun, verb):
        noun.head, noun.dep, noun.cases = verb.i, "nsubj:pass" if verb.passive else "nsubj", "n"
    elif (acted is None or acted is noun) and verb.transitive != "i" and set(cases or "a") & {"a", "g"}:
        noun.head, noun.dep = verb.i, "obj"
    elif "d" in cases or "i" in cases:
        noun.head, noun.dep = verb.i, "iobj" if "d" in cases else "obl"
    else:
        return False
    return True


def _acted_on(sentence: Sentence) -> None:
    """«Каменскую шахту купил банк»: a noun whose adjective can only be accusative is acted on; an instrumental does not act
    («премии платили наличными»)."""
    for token in sentence.tokens:
        if token.dep != "nsubj" or token.pos not in NOUNS or token.head < 0:
            continue
        verb = sentence.tokens[token.head]
        if token.cases == "i" and finite(verb) and not token.forms and token.i > verb.i:
            token.dep = "obl"
            continue
        adjectives = [each for each in sentence.children(token.i) if each.pos in ("A", "PTCP") and each.dep == "amod"]
        if not any(each.cases == "a" and each.low.endswith(("ую", "юю")) for each in adjectives):
            continue
        other = sentence.child(verb.i, "obj")
        if other is not None and (
            ("n" not in (own_cases(other) or "n") and other.cases != "a") or not may_act(other, verb)
        ):
            continue
        token.dep, token.cases = "obj", "a"
        if other is not None and other.pos in NOUNS:
            other.dep, other.cases = "nsubj", "n"


def _verb_first(sentence: Sentence) -> None:
    """«Оплатив покупку медичний заклад»: behind a verb that opens its clause, the last of two nouns acts where it agrees."""
    for inside in segments(sentence):
        verb = only_finite(sentence, inside)
        words = [sentence.tokens[k] for k in inside if sentence.tokens[k].text not in ("«", '"')]
        if verb is None or words[0] is not verb or verb.tense != "past" or verb.number != "s" or verb.passive:
            continue
        if sentence.child(verb.i, "nsubj", "nsubj:pass", "csubj") is not None:
            continue
        below = [each for each in sentence.children(verb.i) if each.pos in NOUNS and each.i in inside]
        bare = [each for each in below if not is_marked(sentence, each) and each.dep in ("obj", "nmod", "obl", "iobj")]
        if len(below) < 2 or not bare or bare[-1] is not below[-1] or bare[-1].number != "s":
            continue
        actor = bare[-1]
        if set(own_cases(actor)) & {"n"} and actor.gender == verb.gender and not is_temporal(actor):
            if any(each.pos == "NUM" for each in sentence.children(actor.i)):
                continue
            actor.dep, actor.cases = "nsubj", "n"
