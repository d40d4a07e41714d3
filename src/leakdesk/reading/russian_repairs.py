"""What the Russian parser gets wrong in a regular way, put right on the tree: complementisers as objects, adjectives that
govern, words left without a place, sentences without a verb."""

from __future__ import annotations

from typing import Any

from leakdesk.language.syntax import russian_forms
from leakdesk.reading.sentence import Token


def repair(tokens: list[Token]) -> None:
    """All repairs, in place."""
    _noun_with_a_subject(tokens)
    _complementisers(tokens)
    _was_there(tokens)
    _somebody(tokens)
    _adjectives(tokens)
    _loose(tokens)
    _lone_nominative(tokens)
    _verbless(tokens)


_TENSES = {"past": "past", "pres": "pres", "fut": "futr"}


def transitivity(word: str, tense: str = "") -> str:
    """ "t" for a verb that takes an object, "i" for one that takes none, "" for a form no dictionary knows; of several verbs
    with this form, the one that has it in this tense («пошли» is past of «пойти», an order of «послать»)."""
    known = [each.tag for each in russian_forms(word.lower()) if each.is_known and each.tag.transitivity]
    tag = next((each for each in known if str(each.tense) == _TENSES.get(tense)), known[0] if known else None)
    return "" if tag is None else "t" if str(tag.transitivity) == "tran" else "i"


def base_form(word: str, tense: str) -> str:
    """The base form of a Russian word; of a finite verb in a tense, the verb's; of a short participle («закрыт»), the verb's."""
    forms = russian_forms(word.lower())
    if not forms:
        return word.lower()
    if tense == "short":
        chosen = next((each for each in forms if str(each.tag.POS) == "PRTS"), forms[0])
    else:
        wanted = _TENSES.get(tense)
        chosen = next((each for each in forms if wanted is not None and str(each.tag.tense) == wanted), forms[0])
    return str(chosen.normal_form)


def _noun_with_a_subject(tokens: list[Token]) -> None:
    """«Траулер сел на мель»: without another verb, what has a subject and is a verb's form as well is the verb."""
    if any(token.pos in ("V", "AUX", "INF") for token in tokens):
        return
    for token in tokens:
        if token.pos != "N" or token.dep not in ("root", "parataxis") or not token.text.islower():
            continue
        subject = next((each for each in tokens if each.head == token.i and each.dep == "nsubj"), None)
        if subject is None or subject.i > token.i or any(each.text in "—–-:" for each in tokens[subject.i : token.i]):
            continue
        told = next((each for each in russian_forms(token.low) if each.is_known and _is_of(each.tag, subject)), None)
        if told is not None:
            token.pos, token.cases, token.lemma = "V", "", str(told.normal_form)
            token.tense = {"past": "past", "pres": "pres", "futr": "fut"}[str(told.tag.tense)]
            token.number, token.gender = subject.number, subject.gender
            token.transitive = transitivity(token.low, token.tense)
            return


def _is_of(tag: Any, subject: Token) -> bool:
    """Whether a reading is a finite verb that agrees with a subject."""
    if str(tag.POS) != "VERB" or str(tag.mood) != "indc" or str(tag.person) in ("1per", "2per"):
        return False
    number = {"sing": "s", "plur": "p"}.get(str(tag.number), "")
    gender = {"masc": "m", "femn": "f", "neut": "n"}.get(str(tag.gender), "")
    return number == subject.number and (not gender or not subject.gender or gender == subject.gender)


_BE = "быть"


def _was_there(tokens: list[Token]) -> None:
    """«в машине были два пилота»: where somebody was tells where; who was there is told by what stands behind the copula."""
    for copula in tokens:
        if copula.dep != "cop" or copula.lemma != _BE or copula.head < 0:
            continue
        place = tokens[copula.head]
        if place.pos not in ("N", "PN") or place.i > copula.i or not _has(tokens, place, "case"):
            continue
        who = next(
            (each for each in tokens[copula.i :] if each.head in (place.i, copula.i) and each.dep == "nsubj"), None
        )
        if who is None or _has(tokens, place, "nsubj", before=copula.i):
            continue
        copula.pos, copula.head, copula.dep = "V", place.head, place.dep
        for other in tokens:
            if other.head == place.i and other.dep not in ("case", "amod", "det", "nmod", "flat", "appos", "nummod"):
                other.head = copula.i
        place.head, place.dep = copula.i, "obl"


def _has(tokens: list[Token], above: Token, dep: str, *, before: int | None = None) -> bool:
    return any(each.head == above.i and each.dep == dep and (before is None or each.i < before) for each in tokens)


#: Pronouns of somebody unnamed in the nominative.
_SOMEBODY = frozenset(
    {"кто-либо", "кто-то", "кто-нибудь", "кое-кто", "никто", "некто", "что-либо", "что-то", "что-нибудь"}
)


def _somebody(tokens: list[Token]) -> None:
    """«что кто-либо пострадал»: the parser takes the pronoun for an adverb."""
    for token in tokens:
        if token.low not in _SOMEBODY or token.dep != "advmod" or token.head < 0:
            continue
        verb = tokens[token.head]
        subject = any(each.head == verb.i and each.dep.startswith("nsubj") for each in tokens)
        if verb.pos == "V" and not subject and verb.number != "p":
            token.pos, token.cases, token.dep = "PRON", "n", "nsubj"


_ROLES = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod"})


def _complementisers(tokens: list[Token]) -> None:
    """«отрицает, что знал»: the parser takes the complementiser for the object of a clause that leaves out its subject."""
    for token in tokens:
        if token.pos == "SUB" and token.dep in _ROLES:
            token.dep = "mark"


def _adjectives(tokens: list[Token]) -> None:
    """An adjective never governs the noun it stands before; one that stands for a noun («задержанных отпустили») is one."""
    for token in tokens:
        if token.pos not in ("A", "PTCP") or token.dep not in _ROLES:
            continue
        noun = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
        if noun is not None and noun.pos in ("N", "PN") and noun.head in (token.i, token.head) and _agree(token, noun):
            noun.head, noun.dep = token.head, token.dep
            for other in tokens:
                if other.head == token.i and other is not noun:
                    other.head = noun.i
            token.head, token.dep = noun.i, "amod"
        elif not any(other.head == token.i and other.pos in ("N", "PN") and other.i > token.i for other in tokens):
            token.pos = "N"


def _agree(left: Token, right: Token) -> bool:
    return not left.cases or not right.cases or left.cases == right.cases


def _lone_nominative(tokens: list[Token]) -> None:
    """«Завод, повідомляє портал, ...»: of a verb in the singular without a subject, what may be nominative and agrees is it."""
    for verb in tokens:
        if verb.pos != "V" or verb.number != "s" or verb.passive or verb.dep in ("conj", "acl:relcl", "xcomp", "advcl"):
            continue
        below = [each for each in tokens if each.head == verb.i]
        if any(each.dep.startswith(("nsubj", "csubj", "aux:pass")) for each in below):
            continue
        thing = next((each for each in below if each.dep == "obj" and each.pos in ("N", "PN")), None)
        if (
            thing is None
            or thing.cases not in ("a", "n")
            or thing.number != "s"
            or thing.gender == "f"
            or thing.animate == "a"
        ):
            continue
        if verb.tense == "past" and thing.gender != verb.gender:
            continue
        if any(each.pos == "NUM" and each.head == thing.i for each in tokens) or verb.low.endswith(("ть", "лось")):
            continue
        thing.dep = "nsubj"


def _loose(tokens: list[Token]) -> None:
    """«остались около девяти тысяч человек»: a count that hangs nowhere counts the subject of the verb before it."""
    root = next((token for token in tokens if token.dep == "root"), None)
    if root is None or root.pos not in ("V", "AUX"):
        return
    for token in tokens:
        if token.head >= 0 or token is root or token.pos == "PUNCT":
            continue
        noun = next((each for each in tokens[token.i + 1 : token.i + 4] if each.pos == "N"), None)
        if token.pos in ("NUM", "PREP", "ADV") and noun is not None:
            token.head, token.dep = noun.i, "nummod" if token.pos == "NUM" else "advmod"
        elif token.pos == "N":
            counted = any(each.pos == "NUM" and 0 < token.i - each.i <= 2 for each in tokens)
            has_subject = any(each.head == root.i and each.dep.startswith("nsubj") for each in tokens)
            token.head, token.dep = root.i, "nsubj" if counted and not has_subject else "obl"


def _verbless(tokens: list[Token]) -> None:
    """«Смета бассейна — три мешка овса»: without a verb, what stands before the dash is what the rest says it is."""
    dash = next((token.i for token in tokens if token.text == "—" and token.i > 0), None)
    if dash is None or any(token.pos in ("V", "AUX", "INF") for token in tokens):
        return
    left = next(
        (each for each in tokens[:dash] if each.pos in ("N", "PN") and each.cases == "n" and each.dep != "nmod"), None
    )
    right = next(
        (each for each in tokens[dash:] if each.pos in ("N", "PN", "NUM") and each.dep not in ("nummod", "nmod")), None
    )
    if left is None or right is None:
        return
    right.head, right.dep = -1, "root"
    left.head, left.dep = right.i, "nsubj"
