"""Trees of letters put right where letters differ from the news that parsers learnt: first and second person, orders.

«Направляем вам договор»: a noun is never the subject of a verb in the first or second person. «Ваша фабрика»: a possessive
is never a participant. «Вышлите акт» is a verb. Each rule changes only what a parser could not know.
"""

from __future__ import annotations

from functools import lru_cache

from leakdesk.language import apertium
from leakdesk.language.concepts import concept_of
from leakdesk.language.syntax import MissingPart, russian_forms
from leakdesk.reading import shallow
from leakdesk.reading.letters_words import base_of, is_act_form, owner, verb_person
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Sentence, Token

_IMPERATIVE = ("йте", "ите", "ьте", "йтесь", "итесь", "йтеся", "іть", "їть", "айце", "іце", "ыце", "йце", "ьце", "яце")
_FIRST_PRONOUNS = frozenset({"я", "i"})
_SUBJECTS = ("nsubj", "nsubj:pass")


def settle(sentences: list[Sentence]) -> None:
    """Put the trees of a letter's sentences right, in place."""
    for sentence in sentences:
        if sentence.language not in ("en", "ru", "uk", "be") or not sentence.tokens:
            continue
        changed = _classes(sentence)
        if changed and not sentence.parsed:
            shallow.attach(sentence.tokens, sentence.language)
        _possessives(sentence)
        if sentence.language == "en":
            _drawings(sentence)
            _idle(sentence)
        else:
            persons(sentence)
            who_acts(sentence)
        _request(sentence)
        sentence.changed()


# ---------------------------------------------------------------- word classes


def _classes(sentence: Sentence) -> bool:
    """Word classes that only the grammar of letters gives away; True if one changed."""
    changed = False
    for token in sentence.tokens:
        if owner(token.low) and token.pos in ("N", "PN", "A", "PRON") and _noun_follows(sentence, token):
            token.pos, changed = "DET", True
        elif sentence.language != "en" and is_act_form(token) and token.pos != "V":
            token.pos, token.tense, token.cases, token.number, changed = "V", "pres", "", "", True
        elif sentence.language != "en":
            changed |= _order(sentence, token) or _after_i(sentence, token)
    return changed


def _noun_follows(sentence: Sentence, token: Token) -> bool:
    return any(each.pos in ("N", "PN") for each in sentence.tokens[token.i + 1 : token.i + 4])


def _order(sentence: Sentence, token: Token) -> bool:
    """«Вышлите акт»: an imperative at the start of a clause, taken for something else."""
    opens = token.i == 0 or sentence.tokens[token.i - 1].pos in ("PUNCT", "CCONJ", "X", "ADV")
    if not opens or token.pos in ("V", "NUM", "PREP", "PRON", "DET", "ADV", "X") or not token.low.endswith(_IMPERATIVE):
        return False
    if token.low == token.lemma or len(token.low) < 6:
        return False
    if concept_of(token.lemma, sentence.language, verbal=True) is None and token.pos != "A":
        return False
    token.pos, token.tense, token.number, token.cases = "V", "", "p", ""
    return True


def _after_i(sentence: Sentence, token: Token) -> bool:
    """«я їду»: after "I" a word in -у or -ю is what I do."""
    before = [each for each in sentence.tokens[max(0, token.i - 2) : token.i] if each.pos not in ("NEG", "ADV")]
    if not before or before[-1].low not in _FIRST_PRONOUNS or token.pos not in ("N", "A", "PN"):
        return False
    if not token.low.endswith(("у", "ю")) or "V" in {each.pos for each in sentence.tokens[token.i + 1 :]}:
        return False
    token.pos, token.tense, token.number, token.cases = "V", "pres", "s", ""
    return True


# ---------------------------------------------------------------- trees


_COULD = frozenset(
    {"could", "can", "would", "will", "можете", "могли", "мог", "могла", "сможете", "зможете", "маглі", "здолееце"}
)
_YOU = frozenset({"you", "вы", "ви", "ты", "ти"})


def _request(sentence: Sentence) -> None:
    """A polite question asks for an act: "Could you send the certificate?", «Не могли бы вы прислать акт?»."""
    tokens = sentence.tokens
    if tokens[-1].text != "?" or not any(token.low in _YOU for token in tokens[:5]):
        return
    if any(token.low in _COULD for token in tokens[:4]) and not any(token.pos == "REL" for token in tokens[:2]):
        sentence.request = True
        tokens[-1].text = "."
        for token in tokens[:3]:
            if token.pos == "NEG":  # «Не могли бы вы» denies nothing
                token.pos, token.dep = "X", "discourse"
        if sentence.language != "en":
            _joined(tokens)


def _joined(tokens: list[Token]) -> None:
    """«Не могли бы Вы прислать»: the infinitive belongs to "could", "you" is its subject."""
    could = next((token for token in tokens[:4] if token.low in _COULD), None)
    act = next((token for token in tokens if token.pos == "INF"), None)
    if could is None or act is None:
        return
    if could.head == act.i or could.head < 0 or act.head < 0:
        could.head, could.dep = -1, "root"
    could.pos, act.head, act.dep = "V", could.i, "xcomp"
    for token in tokens[:5]:
        if token.low in _YOU:
            token.head, token.dep = could.i, "nsubj"


def _idle(sentence: Sentence) -> None:
    """ "Let me know": asks for an answer and names no act."""
    low = [token.low for token in sentence.tokens]
    for at in range(len(low) - 2):
        if low[at] == "let" and low[at + 1] in ("me", "us") and low[at + 2] == "know":
            sentence.tokens[at].pos = sentence.tokens[at + 2].pos = "X"


def _possessives(sentence: Sentence) -> None:
    """The noun that is possessed takes the place that a parser gave its possessive."""
    tokens = sentence.tokens
    for token in tokens:
        if not owner(token.low) or token.dep in ("det", "nmod:poss", "poss", "amod"):
            continue
        noun = next((each for each in tokens[token.i + 1 : token.i + 5] if each.pos in ("N", "PN")), None)
        if noun is None or any(each.pos in ("V", "PUNCT", "PREP") for each in tokens[token.i + 1 : noun.i]):
            continue
        if noun.head == token.i or noun.dep in ("dislocated", "dep", "flat", "nmod", "appos", "compound"):
            noun.head, noun.dep = token.head, token.dep
        for each in tokens:
            if each.head == token.i and each is not noun:
                each.head = noun.i
        token.head, token.dep, token.pos = noun.i, "det", "DET"


def _drawings(sentence: Sentence) -> None:
    """ "two shafts, drawing PS-118/4": before a designation, "drawing" is a paper."""
    for token, following in zip(sentence.tokens, sentence.tokens[1:], strict=False):
        if token.low == "drawing" and token.pos != "N" and any(char.isdigit() for char in following.text):
            token.pos, token.lemma = "N", "drawing"
            token.dep = "appos" if token.dep in ("acl", "advcl", "conj", "xcomp") else token.dep


def persons(sentence: Sentence) -> None:
    """A noun beside a verb in the first or second person is its object (or its infinitive's), never its subject."""
    for verb in sentence.tokens:
        person = verb_person(verb, sentence.language)
        if person is None:
            continue
        verb.lemma = base_of(verb)
        if verb.tense != "fut" and _is_future(verb.low, sentence.language):
            verb.tense = "fut"
        below = [each for each in sentence.tokens if each.head == verb.i]
        for subject in [each for each in below if each.dep in _SUBJECTS and each.pos in ("N", "PN", "NUM")]:
            _not_subject(sentence, verb, subject, below)
        _pronoun_subject(sentence, verb, below)


@lru_cache(maxsize=4096)
def _is_future(word: str, language: str) -> bool:
    """Whether a form of the first or second person is of a verb that ends («подпишем»): then it lies ahead."""
    try:
        if language == "ru":
            forms = [each for each in russian_forms(word) if str(each.tag.POS) == "VERB"]
            return bool(forms) and str(forms[0].tag.tense) == "futr"
        if language in ("uk", "be"):
            found = apertium.analyse(word, "uk" if language == "uk" else "be")
            return bool(found) and "fut" in found[0].tags
    except MissingPart:
        return False
    return False


def _not_subject(sentence: Sentence, verb: Token, noun: Token, below: list[Token]) -> None:
    infinitive = next((each for each in below if each.pos == "INF" and each.dep in ("xcomp", "ccomp", "obj")), None)
    if any(each.head == noun.i and each.dep == "case" for each in sentence.tokens):
        noun.dep = "obl"
        return
    taker = infinitive if infinitive is not None and noun.i > infinitive.i else verb
    if infinitive is not None and not _has_object(sentence, infinitive):
        taker = infinitive
    for each in sentence.tokens:
        if each.head == taker.i and each.dep == "obj" and _preposition(sentence, each):
            each.dep = "obl"
    noun.head, noun.dep = taker.i, "obl" if _has_object(sentence, taker) else "obj"


def _has_object(sentence: Sentence, verb: Token) -> bool:
    return any(
        each.head == verb.i and each.dep == "obj" and not _preposition(sentence, each) for each in sentence.tokens
    )


def _preposition(sentence: Sentence, token: Token) -> bool:
    return any(each.head == token.i and each.dep == "case" for each in sentence.tokens)


def _pronoun_subject(sentence: Sentence, verb: Token, below: list[Token]) -> None:
    """«акт я підпишу»: the pronoun that agrees with the verb is its subject, wherever it stands."""
    if any(each.dep in _SUBJECTS for each in below if each.pos == "PRON"):
        return
    wanted = ("я", "мы", "ми") if verb_person(verb, sentence.language) == "author" else ("ты", "вы", "ти", "ви")
    near = [each for each in below if each.low in wanted and each.dep in ("dislocated", "dep", "obl", "iobj", "obj")]
    if near:
        near[0].dep = "nsubj"


def who_acts(sentence: Sentence) -> None:
    """«Холодильник полагодив майстер»: of two that could each be subject, the one that can act is it."""
    tokens = sentence.tokens
    for verb in tokens:
        if verb.pos != "V" or verb.passive:
            continue
        below = [each for each in tokens if each.head == verb.i]
        subject = next((each for each in below if each.dep == "nsubj" and each.pos in ("N", "PN")), None)
        thing = next((each for each in below if each.dep == "obj" and each.pos in ("N", "PN")), None)
        if subject is None or thing is None or not subject.i < verb.i < thing.i:
            continue
        if "a" not in (subject.cases or "a") or "n" not in (thing.cases or "n") or not _agrees(thing, verb):
            continue
        turned = (subject.cases, thing.cases) == ("a", "n")
        if turned or (_acts(thing, sentence.language) and not _acts(subject, sentence.language)):
            subject.dep, thing.dep = "obj", "nsubj"


def _agrees(noun: Token, verb: Token) -> bool:
    if noun.number and verb.number and noun.number != verb.number:
        return False
    return not (noun.gender and verb.gender and noun.gender != verb.gender and verb.number != "p")


def _acts(token: Token, language: str) -> bool:
    """Whether a noun names a person or a body that acts."""
    return lexicon(language).speaks(token.low, token.lemma)
