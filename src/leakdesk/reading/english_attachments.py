"""What the English parser hangs on the wrong word in a regular way: a relative clause on the nearest noun, a closing "the
letters show" on the clause before it, "because of", a participle before its noun behind "as"."""

from __future__ import annotations

from leakdesk.reading.frame import is_temporal
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.sentence import Token, dependents

_ONE = frozenset({"was", "is", "has", "does"})
_MANY = frozenset({"were", "are", "have", "do"})


def attach_anew(tokens: list[Token]) -> None:
    """All of them, in place."""
    _past_for_participle(tokens)
    for token in tokens:
        _because_of(tokens, token)
        _used_presses(tokens, token)
        _title_before_name(tokens, token)
        _between_commas(tokens, token)
        _had_done(tokens, token)
    _closing_tag(tokens)
    for token in tokens:
        _whose_clause(tokens, token)


def _past_for_participle(tokens: list[Token]) -> None:
    """ "The agent, Tarek Dubrow, offered to pay.": in a full sentence without any other verb, the participle is its verb.
    Counter-example, without a full stop: "Engines sold as lawnmower parts"."""
    top = next((each for each in tokens if each.head < 0 and each.dep == "root"), None)
    if top is None or top.pos not in ("N", "PN") or len(tokens) < 6 or tokens[-1].text != ".":
        return
    below = dependents(tokens, top)
    if any(each.dep in ("nsubj", "nsubj:pass", "cop", "expl") for each in below):
        return
    verb = next((each for each in reversed(below) if each.dep == "acl" and each.pos == "PTCP" and each.i > top.i), None)
    if verb is None or any(each.dep in ("obl:agent", "nsubj") for each in dependents(tokens, verb)):
        return
    if any(each.pos == "V" and each.dep not in ("acl:relcl", "parataxis", "ccomp", "advcl") for each in tokens):
        return
    verb.pos, verb.tense, verb.head, verb.dep = "V", "past", -1, "root"
    top.head, top.dep = verb.i, "nsubj"
    for each in below:
        if each.i > verb.i:
            each.head = verb.i


def _because_of(tokens: list[Token], token: Token) -> None:
    """ "rejected 17 because of cracks": the cracks stand beside the verb, "because of" marks them."""
    if token.pos != "PREP" or token.dep != "advcl" or token.head < 0:
        return
    noun = next((each for each in dependents(tokens, token) if each.i > token.i and each.dep == "obl"), None)
    if noun is None or noun.pos not in ("N", "PN", "NUM", "PRON"):
        return
    noun.head, noun.dep = token.head, "obl"
    token.head, token.dep = noun.i, "case"


def _used_presses(tokens: list[Token], token: Token) -> None:
    """ "declared them as used presses": right behind "as", a participle right before a bare noun describes it."""
    if token.pos != "PTCP" or token.dep != "advcl" or token.i + 1 >= len(tokens) or token.i == 0:
        return
    noun, before = tokens[token.i + 1], tokens[token.i - 1]
    if before.low != "as" or noun.pos != "N" or noun.head != token.i or noun.dep != "obj" or token.head < 0:
        return
    noun.head, noun.dep = token.head, "obl"
    token.head, token.dep, token.pos = noun.i, "amod", "A"
    before.head, before.dep, before.pos = noun.i, "case", "PREP"


def _title_before_name(tokens: list[Token], token: Token) -> None:
    """ "The ferry Zorya was carrying 90": the common noun before a name that acts is its title, not the top of the sentence."""
    if token.pos != "PN" or token.dep not in ("nsubj", "nsubj:pass") or token.head < 0 or token.i < 2:
        return
    first = token.i
    while first > 0 and tokens[first - 1].head == token.i and tokens[first - 1].dep in ("flat", "compound"):
        first -= 1
    verb = tokens[token.head]
    title = tokens[first - 1] if first else token
    if title.pos == "N" and title.dep == "root" and verb.head == title.i and verb.dep in ("acl", "acl:relcl"):
        for each in dependents(tokens, title):
            if each.pos == "PUNCT":
                each.head = verb.i
        verb.head, verb.dep = -1, "root"
        verb.pos = "V" if verb.pos == "CONV" else verb.pos
        title.head, title.dep = token.i, "compound"
        for each in dependents(tokens, title):
            each.head = token.i


def _between_commas(tokens: list[Token], token: Token) -> None:
    """ "Under the lease, signed in May, the port pays": the participle right behind the comma tells of the lease."""
    if token.pos != "PTCP" or token.dep != "advcl" or token.i < 3 or token.head < token.i:
        return
    comma = tokens[token.i - 1]
    noun = tokens[token.i - 2]
    if comma.low in ("since", "now", "later", "first", "once"):
        comma, noun = tokens[token.i - 2], tokens[token.i - 3]
    if comma.text != "," or noun.pos not in ("N", "PN") or not any(t.text == "," for t in tokens[token.i : token.head]):
        return
    while noun.dep in ("nmod", "compound") and 0 <= noun.head < noun.i and tokens[noun.head].pos in ("N", "PN"):
        noun = tokens[noun.head]
    if any(each.dep in ("nsubj", "nsubj:pass") for each in dependents(tokens, token)) or is_temporal(noun):
        return
    if noun.head == token.i:
        noun.head, noun.dep = token.head, "obl"
    token.head, token.dep = noun.i, "acl"


def _had_done(tokens: list[Token], token: Token) -> None:
    """ "had the boxes relabelled": one event, done to the boxes at somebody's wish. Counter-example: "had seen it"."""
    if token.pos != "PTCP" or token.dep != "ccomp" or token.head < 0 or tokens[token.head].lemma != "have":
        return
    verb = tokens[token.head]
    thing = next(
        (each for each in dependents(tokens, token) if each.dep == "nsubj" and verb.i < each.i < token.i), None
    )
    if thing is not None and thing.pos in ("N", "PN", "PRON"):
        thing.dep, token.dep = "obj", "xcomp"


def _closing_tag(tokens: list[Token]) -> None:
    """ "The pumps came late, letters from the depot show.": the last word, taken for a noun, is the verb of who shows it."""
    last = next((each for each in reversed(tokens) if each.pos != "PUNCT"), None)
    if last is None or last.pos not in ("N", "A") or "show" not in lexicon("en").classes_of(last.low, ""):
        return
    comma = next((each for each in reversed(tokens[: last.i]) if each.text == ","), None)
    root = next((each for each in tokens if each.head < 0 and each.dep == "root"), None)
    if comma is None or root is None or root.i > comma.i or root.pos not in ("V", "PTCP"):
        return
    stretch = tokens[comma.i + 1 : last.i]
    papers = next((each for each in stretch if each.pos in ("N", "PN") and each.dep != "compound"), None)
    if papers is None or any(each.pos in ("V", "AUX", "INF", "CONV", "REL") for each in stretch):
        return
    if (papers.number == "p") == last.low.endswith("s") or last.low not in lexicon("en").forms:
        return
    inside = range(comma.i + 1, last.i)
    for each in stretch:
        if each is not papers and (each.head == last.i or each.head not in inside):
            noun = next((n for n in stretch if n.i > each.i and n.pos in ("N", "PN")), None)
            if each.pos in ("DET", "A", "PREP", "NUM") and noun is not None:
                each.head = noun.i
                each.dep = "case" if each.pos == "PREP" else each.dep
            else:
                each.head, each.dep = papers.i, "nmod"
    last.pos, last.lemma, last.tense, last.number = "V", lexicon("en").forms[last.low][0], "pres", ""
    last.head, last.dep = -1, "root"
    papers.head, papers.dep = last.i, "nsubj"
    root.head, root.dep = last.i, "ccomp"
    comma.head = last.i


def _whose_clause(tokens: list[Token], token: Token) -> None:
    """ "sold by Polvine, a dealer in Lowmere, which had hidden them": the clause tells of Polvine; "invoices from the mill,
    which were stolen" of the invoices. Counter-example: "the mill, which was sold"."""
    if token.dep != "acl:relcl" or token.head < 0:
        return
    below = dependents(tokens, token)
    pronoun = next((each for each in below if each.pos == "REL" and each.low in ("which", "who")), None)
    if pronoun is None or pronoun.i == 0 or tokens[pronoun.i - 1].text != "," or tokens[token.head].i > pronoun.i:
        return
    verb = next((each for each in below if each.dep in ("aux", "aux:pass") and each.low in _ONE | _MANY), token)
    noun = _of_apposition(tokens, tokens[token.head], pronoun)
    if pronoun.dep in ("nsubj", "nsubj:pass") and not _agree(tokens, noun, verb):
        fitting = [each for each in _above(tokens, noun) if each.pos == "N" and _agree(tokens, each, verb)]
        noun = fitting[0] if fitting else noun
    token.head = noun.i


def _of_apposition(tokens: list[Token], noun: Token, pronoun: Token) -> Token:
    """The name that an apposition right before the pronoun tells of, or the noun itself."""
    top = noun
    while top.dep in ("nmod", "compound", "appos") and 0 <= top.head < top.i:
        above = tokens[top.head]
        if top.dep == "appos" and above.pos == "PN" and any(t.text == "," for t in tokens[above.i : top.i]):
            return above
        if any(t.text == "," for t in tokens[above.i : top.i]) or above.pos not in ("N", "PN"):
            return noun
        top = above
    return noun


def _above(tokens: list[Token], noun: Token) -> list[Token]:
    """The nouns that a noun hangs on, nearest first, and then those before it up to its verb."""
    found: list[Token] = []
    for each in reversed(tokens[: noun.i]):
        if each.pos in ("V", "AUX", "REL"):
            if found:
                break
            continue
        if each.pos in ("N", "PN") and each.dep not in ("compound", "nmod:poss"):
            found.append(each)
    return found


def _agree(tokens: list[Token], noun: Token, verb: Token) -> bool:
    """Whether a noun may be the subject of a verb, by number alone; a name in the plural may be of one."""
    if verb.low not in _ONE | _MANY or not noun.number:
        return True
    many = noun.number == "p" or any(each.dep == "conj" for each in dependents(tokens, noun))
    return many == (verb.low in _MANY) or (many and noun.pos == "PN")
