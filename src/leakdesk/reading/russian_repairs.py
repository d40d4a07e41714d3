"""What the Russian parser gets wrong in a regular way, put right on the tree: complementisers as objects, adjectives that
govern, words left without a place, sentences without a verb."""

from __future__ import annotations

from leakdesk.language.syntax import russian_forms
from leakdesk.reading.sentence import Token


def repair(tokens: list[Token]) -> None:
    """All repairs, in place."""
    _complementisers(tokens)
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
