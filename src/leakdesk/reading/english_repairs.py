"""What the English parser gets wrong in a regular way, put right on the tree: a plural verb taken for a noun, "if" clauses taken
for what is said, adjectives that govern, what is called for or made possible."""

from __future__ import annotations

from leakdesk.language.concepts import all_concepts, concepts_of_word
from leakdesk.reading.english_attachments import attach_anew
from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Token, dependents
from leakdesk.reading.words import word_list


def repair(tokens: list[Token]) -> None:
    """All repairs, in place."""
    _from_auxiliaries(tokens)
    for token in tokens:
        _plural_for_verb(tokens, token)
        _has_since(tokens, token)
    for token in tokens:
        _second_verb(tokens, token)
        _two_clauses(tokens, token)
    for token in tokens:
        _root_with_a_subject(tokens, token)
        _noun_for_verb(tokens, token)
        _condition(tokens, token)
        _two_subjects(tokens, token)
        _called_for(tokens, token)
        _made_possible(tokens, token)
        _spent_doing(tokens, token)
        _behind_apposition(tokens, token)
        _resumed(tokens, token)
        _stood_there(tokens, token)
        _across_the_tag(tokens, token)
    attach_anew(tokens)


def repair_headline(tokens: list[Token]) -> None:
    """ "Tractor plant to shed 900 jobs", "Minister accused of fraud": a headline leaves out "is", and its first noun acts."""
    for token in tokens:
        noun = tokens[token.head] if token.head >= 0 else None
        if noun is None or noun.dep != "root" or noun.pos not in ("N", "PN") or noun.i > token.i:
            continue
        will = token.pos == "INF" and any(
            each.low == "to" and each.i == token.i - 1 for each in dependents(tokens, token)
        )
        done = token.pos == "PTCP" and not token.low.endswith("ing") and token.i == noun.i + 1
        if token.dep in ("acl", "acl:relcl") and (will or done):
            token.head, token.dep, noun.head = -1, "root", token.i
            noun.dep = "nsubj" if will else "nsubj:pass"
            return


def _from_auxiliaries(tokens: list[Token]) -> None:
    """Subject and "if" belong to the verb, not to its auxiliary."""
    for token in tokens:
        if token.head >= 0 and tokens[token.head].dep in ("aux", "aux:pass") and tokens[token.head].head >= 0:
            token.head = tokens[token.head].head
            if token.dep == "nsubj" and any(each.dep == "aux:pass" for each in dependents(tokens, tokens[token.head])):
                token.dep = "nsubj:pass"


def _root_with_a_subject(tokens: list[Token], token: Token) -> None:
    """ "The plant in Lowmere overhauls gliders": a plural that has a subject and no "are" is the verb of the sentence."""
    if token.pos != "N" or token.dep != "root" or token.number != "p" or not token.low.endswith("s"):
        return
    below = dependents(tokens, token)
    subject = next((each for each in below if each.dep == "nsubj" and each.i < token.i and each.number == "s"), None)
    if (
        subject is None
        or subject.pos not in ("N", "PN")
        or any(t.low in ("'s", "’s") for t in tokens[subject.i : token.i])
    ):
        return
    thing = next((each for each in below if each.i > token.i and each.dep in ("obj", "appos", "dep")), None)
    if thing is None or any(each.dep == "cop" for each in below) or not _is_deed(token.lemma):
        return
    _make_present(token, token.lemma)
    thing.dep = "obj"
    _govern(below)
    for each in below:
        if each.dep == "compound" and each.i < token.i:  # "at Lowmere in Ostria repairs": the land belongs to the place
            each.dep, each.head = "nmod", subject.i


def _make_present(token: Token, lemma: str) -> None:
    """What was taken for a plural is a verb in the present."""
    token.pos, token.lemma, token.tense, token.number = "V", lemma, "pres", ""


def _govern(below: list[Token]) -> None:
    """ "Records hint at years of waste": what belonged to a noun stands beside a verb."""
    for each in below:
        if each.dep == "nmod":
            each.dep = "obl"


def _is_deed(lemma: str) -> bool:
    known = all_concepts()
    return any(known[each].verbal for each in concepts_of_word(lemma, "en"))


def _noun_for_verb(tokens: list[Token], token: Token) -> None:
    """ "..., the commission's report states.": the last word, taken for a noun, governs a clause: it is the verb."""
    if token.pos != "N" or token.dep != "root" or token.low not in lexicon("en").forms:
        return
    below = dependents(tokens, token)
    subject = next((each for each in below if each.dep == "nsubj" and each.number == "p"), None)
    if subject is not None and token.number == "s" and not any(each.dep == "cop" for each in below):
        _make_present(token, lexicon("en").forms[token.low][0])
        _govern(below)
        return
    before = next((each for each in below if each.i == token.i - 1 and each.dep == "compound"), None)
    if before is None or not any(each.dep == "ccomp" for each in below):
        return
    _make_present(token, lexicon("en").forms[token.low][0])
    before.dep = "nsubj"
    for each in below:
        if each.dep in ("det", "nmod:poss", "amod", "compound") and each is not before and each.i < before.i:
            each.head = before.i


def _condition(tokens: list[Token], token: Token) -> None:
    """ "If the contract is not extended, ...": a condition before its main clause is nobody's saying."""
    if (
        token.dep == "ccomp"
        and token.i < token.head
        and any(each.low in ("if", "unless") and each.dep == "mark" for each in dependents(tokens, token))
    ):
        token.dep = "advcl"


def _two_subjects(tokens: list[Token], token: Token) -> None:
    """ "Leaked e-mails suggest": the participle right before a subject belongs to it."""
    if token.dep != "nsubj" or token.pos not in ("PTCP", "A") or token.i + 1 >= len(tokens):
        return
    after = tokens[token.i + 1]
    if after.dep == "nsubj" and after.head == token.head and after.pos in ("N", "PN"):
        token.head, token.dep = after.i, "amod"


def _called_for(tokens: list[Token], token: Token) -> None:
    """ "called for the head to be dismissed": the head is to be dismissed."""
    if token.dep != "advcl" or token.pos not in ("V", "INF") or token.head < 0:
        return
    verb = tokens[token.head]
    if not any(each.low == "to" for each in dependents(tokens, token)) or not lexicon("en").classes_of(
        verb.low, verb.lemma
    ) & {"ask"}:
        return
    for each in dependents(tokens, verb):
        case = next((mark for mark in dependents(tokens, each) if mark.dep == "case" and mark.low == "for"), None)
        if each.dep == "obl" and case is not None and verb.i < each.i < token.i:
            passive = any(mark.dep == "aux:pass" for mark in dependents(tokens, token))
            each.head, each.dep = token.i, "nsubj:pass" if passive else "nsubj"
            case.dep = "mark"
            case.head = token.i
            token.dep = "ccomp"


def _made_possible(tokens: list[Token], token: Token) -> None:
    """ "makes it possible to evade": to make evade."""
    if token.pos != "INF" or token.head < 0 or tokens[token.head].pos != "A" or tokens[token.head].head < 0:
        return
    adjective = tokens[token.head]
    verb = tokens[adjective.head]
    if verb.lemma == "make" and any(each.low == "it" for each in dependents(tokens, adjective)):
        token.head, token.dep = verb.i, "xcomp"


def _spent_doing(tokens: list[Token], token: Token) -> None:
    """ "spent the best part of the winter flying": what was done is the event, the winter is when."""
    if token.pos != "CONV" or token.dep not in ("advcl", "xcomp", "acl") or token.head < 0:
        return
    verb = tokens[token.head]
    while verb.pos in ("N", "PN", "NUM") and 0 <= verb.head != verb.i:
        verb = tokens[verb.head]
    thing = next((each for each in dependents(tokens, verb) if each.dep == "obj" and verb.i < each.i < token.i), None)
    if verb.lemma not in ("spend", "waste", "pass") or thing is None:
        return
    if any(is_temporal(each) for each in tokens[thing.i : token.i]):
        thing.dep = "obl:tmod"
        token.head, token.dep = verb.i, "xcomp"


def _behind_apposition(tokens: list[Token], token: Token) -> None:
    """ "The inspector's daughter, Melania Hudz, studies in Vienna": behind a name set between commas the plural is the verb."""
    if token.pos != "N" or token.dep != "appos" or not token.low.endswith("s") or token.head < 0:
        return
    subject = tokens[token.head]
    named = any(each.dep == "appos" and each.i < token.i for each in dependents(tokens, subject))
    if subject.dep != "root" or subject.number == "p" or not named or tokens[token.i - 1].text != ",":
        return
    if any(each.pos in ("V", "AUX") for each in tokens) or not _is_deed(token.lemma):
        return
    below = dependents(tokens, token)
    _make_present(token, token.lemma)
    _govern(below)
    token.head, token.dep = -1, "root"
    subject.head, subject.dep = token.i, "nsubj"


def _resumed(tokens: list[Token], token: Token) -> None:
    """ "The firm, which denies it, applied for a licence.": behind what commas put in, the clause of the first noun goes on."""
    if (
        token.pos not in ("V", "PTCP")
        or token.dep not in ("acl", "acl:relcl")
        or token.head < 0
        or token.low.endswith("ing")
    ):
        return
    noun = tokens[token.head]
    if noun.dep != "root" or noun.pos not in ("N", "PN") or tokens[-1].text not in (".", '"', "”"):
        return
    before = [each for each in tokens[noun.i : token.i] if each.pos != "ADV"]
    put_in = sum(each.text == "," for each in before) == 2 and before[-1].text == ","
    below = dependents(tokens, token)
    if not put_in or any(each.pos == "REL" or each.dep.startswith(("nsubj", "aux", "mark")) for each in below):
        return
    main = (each for each in tokens if each.pos in ("V", "AUX") and each.dep in ("root", "ccomp", "parataxis"))
    if next(main, None) is not None:
        return
    token.pos, token.tense = "V", token.tense or "past"
    token.head, token.dep, noun.head, noun.dep = -1, "root", token.i, "nsubj"


def _stood_there(tokens: list[Token], token: Token) -> None:
    """ "In a shed behind the stables stood four stills": behind a place and a verb of being there stands who is there."""
    if token.pos != "V" or not token.tense or token.lemma not in word_list("being_there"):
        return
    below = dependents(tokens, token)
    if any(each.dep in ("nsubj", "nsubj:pass", "expl", "csubj") for each in below):
        return
    place = next((each for each in below if each.dep == "obl" and each.i < token.i), None)
    thing = next((each for each in below if each.dep == "obj" and each.i > token.i), None)
    if place is not None and thing is not None and any(each.dep == "case" for each in dependents(tokens, place)):
        thing.dep = "nsubj"


_QUOTE_MARKS = frozenset({'"', "“", "”", "«", "»"})


def _across_the_tag(tokens: list[Token], token: Token) -> None:
    """ "The steel," the foreman said, "came from our yard.": what stands before the tag acts in what stands behind it."""
    if (
        token.dep not in ("dep", "nsubj", "dislocated", "npadvmod")
        or token.pos not in ("N", "PN", "PRON")
        or token.head < 0
    ):
        return
    tag = tokens[token.head]
    verb = tokens[tag.head] if tag.dep == "parataxis" and tag.head >= 0 else None
    verb = verb or next((each for each in dependents(tokens, tag) if each.dep == "ccomp" and each.i > tag.i), None)
    if verb is None or not token.i < tag.i < verb.i or verb.pos not in ("V", "AUX") or not verb.tense:
        return
    if any(each.dep.startswith(("nsubj", "csubj", "expl")) for each in dependents(tokens, verb)):
        return
    speaker = next((each for each in dependents(tokens, tag) if each.dep == "nsubj" and each is not token), None)
    between = [each.text for each in tokens[token.i : tag.i]]
    if speaker is not None and _QUOTE_MARKS & set(between) and tokens[verb.i - 1].text in _QUOTE_MARKS:
        token.head, token.dep = verb.i, "nsubj"


#: Words right behind a plural that only a verb can have there: "disputes that account", "counters that it", "proposes a date".
_AFTER_VERB = frozenset({"a", "an", "the", "its", "his", "her", "their", "any", "this", "these", "those"})
_SAYS = frozenset({"say", "deny", "ask", "promise", "admit", "think", "show", "learn"})


def _plural_for_verb(tokens: list[Token], token: Token) -> None:
    """ "The distributor, Bosfor, disputes that account": a verb of saying in the present, taken for a plural noun."""
    if not (0 < token.i < len(tokens) - 2) or token.pos not in ("N", "V") or not token.low.endswith("s"):
        return
    before, after = tokens[token.i - 1], tokens[token.i + 1]
    if not lexicon("en").classes_of(token.low, "") & _SAYS or token.low not in lexicon("en").forms:
        return
    if token.pos == "V":
        if before.dep == "compound" and before.head == token.i and before.pos in ("N", "PN"):
            before.dep = "nsubj"  # "Nordving counters that ...": a name taken for the first half of a noun
        return
    that = after.low == "that" and tokens[token.i + 2].pos in ("N", "PN", "PRON", "DET", "A", "V")
    if not (after.low in _AFTER_VERB or that):
        return
    joined = before.pos == "CCONJ" or (before.text == "," and any(t.dep == "appos" for t in tokens[: token.i]))
    named = before.pos == "PN" or (before.pos == "N" and before.number == "s" and before.dep == "compound")
    if joined or named:
        _make_verb(tokens, token, before, after)


def _has_since(tokens: list[Token], token: Token) -> None:
    """ "It has since promised checks": a participle behind "has since" is the verb, the noun behind it what it governs."""
    if token.pos != "PTCP" or token.dep != "amod" or token.i < 3 or not 0 <= token.head < len(tokens):
        return
    have, adverb = tokens[token.i - 2], tokens[token.i - 1]
    if have.lemma != "have" or adverb.low not in ("since", "also", "already", "now", "long", "repeatedly"):
        return
    noun = tokens[token.head]
    token.pos, token.tense, token.head, token.dep = "V", "past", noun.head, noun.dep
    noun.head, noun.dep = token.i, "obj"
    for each in tokens[: token.i]:
        if each.head in (noun.i, adverb.i) and each is not token:
            each.head = token.i
    adverb.pos, adverb.dep, adverb.head = "ADV", "advmod", token.i


def _make_verb(tokens: list[Token], token: Token, before: Token, after: Token) -> None:
    """Give a plural for a verb its subject or first verb, and its object."""
    below = dependents(tokens, token)
    _make_present(token, lexicon("en").forms[token.low][0])
    first = next((t for t in tokens[: token.i] if t.dep in ("nsubj", "nsubj:pass") and t.pos in ("N", "PN")), None)
    main = next((t for t in reversed(tokens[: token.i]) if t.pos == "V" and t.head != token.i), None)
    if before.pos == "CCONJ" and main is not None:
        token.head, token.dep = main.i, "conj"
        before.head, before.dep = token.i, "cc"
    else:
        subject = before if before.pos in ("N", "PN") else (first or _first_noun(tokens, token))
        if subject is not None and subject is not token:
            for each in below:
                if each.i < subject.i:
                    each.head = subject.i
            subject.head, subject.dep = token.i, "nsubj"
        token.head, token.dep = -1, "root"
    if after.low == "that" and tokens[after.i + 1].pos == "PRON":
        return
    thing = next((t for t in tokens[after.i + 1 : after.i + 5] if t.pos in ("N", "PN") or t.low == "account"), None)
    if thing is not None:
        after.pos, after.dep, after.head = "DET", "det", thing.i
        thing.pos, thing.head, thing.dep = "N" if thing.pos == "V" else thing.pos, token.i, "obj"


def _first_noun(tokens: list[Token], token: Token) -> Token | None:
    return next((t for t in tokens[: token.i] if t.pos in ("N", "PN") and t.dep not in ("compound", "nmod:poss")), None)


def _two_clauses(tokens: list[Token], token: Token) -> None:
    """ "say that the crane, bought in Gdynia, was never tested": the participle between commas is no clause of its own."""
    if token.dep != "ccomp" or token.head < 0 or token.head > token.i or tokens[token.i - 1].text != ",":
        return
    rest = [t for t in dependents(tokens, tokens[token.head]) if t.dep == "ccomp" and t.i > token.i]
    if not rest or any(t.dep in ("nsubj", "nsubj:pass") for t in dependents(tokens, rest[0])):
        return
    subject = next((t for t in dependents(tokens, token) if t.dep in ("nsubj", "nsubj:pass") and t.i < token.i), None)
    if subject is None or not any(t.text == "," for t in tokens[token.i + 1 : rest[0].i]):
        return
    for each in dependents(tokens, token):
        if each.i < token.i - 1:
            each.head = rest[0].i
    subject.dep = "nsubj:pass" if any(t.dep == "aux:pass" for t in dependents(tokens, rest[0])) else "nsubj"
    token.head, token.dep, token.pos = subject.i, "acl", "PTCP"


#: Classes of verbs by which the speaker of a sentence goes on: "said it was sound and urged savers to wait".
_GOES_ON = frozenset({"say", "deny", "ask", "promise", "admit", "accuse", "reject"})


def _second_verb(tokens: list[Token], token: Token) -> None:
    """ "said the books were clean and accused the paper", "says he asked, was thanked and heard nothing": a verb behind "and"
    without a subject belongs to the speaker or into what is said, as its tense and its meaning tell."""
    if token.dep != "conj" or token.pos not in ("V", "PTCP") or token.head < 0:
        return
    if any(each.dep in ("nsubj", "nsubj:pass", "mark", "expl") for each in dependents(tokens, token)):
        return
    first = tokens[token.head]
    while first.dep == "conj" and first.head >= 0 and tokens[first.head].pos in ("V", "PTCP", "AUX", "INF"):
        first = tokens[first.head]
    words = lexicon("en")
    mine = _finite(tokens, token)
    speaker = tokens[first.head] if first.dep in ("ccomp", "xcomp") and first.head >= 0 else None
    if speaker is not None and speaker.i < first.i and words.classes_of(speaker.low, speaker.lemma):
        if mine and mine == _finite(tokens, speaker) and _parts(tokens, first, token, mine):
            token.head = speaker.i
        return
    said = next((t for t in dependents(tokens, first) if t.dep == "ccomp" and first.i < t.i < token.i), None)
    if said is None or not words.classes_of(first.low, first.lemma) or mine == _finite(tokens, first):
        return
    if mine and mine == _finite(tokens, said):
        token.head = said.i


def _parts(tokens: list[Token], first: Token, token: Token, mine: str) -> bool:
    """Whether a second verb parts from the clause before it: another tense, or a saying where nobody in that clause speaks."""
    words = lexicon("en")
    if mine != _finite(tokens, first):
        return first.pos == "INF" or bool(words.classes_of(token.low, token.lemma) & _GOES_ON)
    subject = next((t for t in dependents(tokens, first) if t.dep in ("nsubj", "nsubj:pass")), None)
    passive = any(t.dep == "aux:pass" for t in dependents(tokens, first))
    still = subject is None or not (subject.pos in ("PN", "PRON") or words.is_people(subject.low, subject.lemma))
    says = bool(words.classes_of(token.low, token.lemma) & _GOES_ON)
    return says and (passive or first.lemma == "be") and (still or first.lemma == "be")


def _finite(tokens: list[Token], token: Token) -> str:
    """Tense of a verb with its auxiliaries: "past", "pres", "modal", "" for an infinitive."""
    for each in dependents(tokens, token):
        if each.dep in ("aux", "aux:pass"):
            if each.low == "to":
                return ""
            if (
                each.tense
                or each.pos != "AUX"
                or each.low in ("will", "would", "can", "could", "may", "might", "shall")
            ):
                return each.tense or "modal"
    return token.tense
