"""A tree without a parser: noun phrases, clauses and their ties by rule, for every language.

Coarser than a parser and never in doubt about what it does not know: what cannot be attached hangs on the verb of its
clause. It stands in where a model is missing, and gives the second opinion where parsers fail.
"""

from __future__ import annotations

from leakdesk.model.document import Language
from leakdesk.reading.lexicon import CLAUSAL, Lexicon, lexicon
from leakdesk.reading.sentence import Token
from leakdesk.reading.shallow_clauses import Clause, clauses_of
from leakdesk.reading.shallow_phrases import noun_phrases, preposition_of

_THAT = frozenset({"that", "что", "що", "што", "чтобы", "щоб", "аби", "каб", "будто", "ніби", "нібыта", "нібито"})


def attach(tokens: list[Token], language: Language) -> None:
    """Give every token a head and a label."""
    for token in tokens:
        token.head, token.dep = -1, "dep"
    words = lexicon(language)
    heads = noun_phrases(tokens, language)
    clauses = clauses_of(tokens, heads, words)
    for clause in clauses:
        _inside(tokens, clause, language)
    _between(tokens, clauses, words)
    if not any(clause.verb is not None for clause in clauses):
        _dash_predicate(tokens)
    _leftovers(tokens, clauses)


def _dash_predicate(tokens: list[Token]) -> None:
    """«Кошт скрыні — 12 тысяч еўра»: a sentence without a verb, its subject before the dash, what it is after it."""
    dash = next((token.i for token in tokens if token.text == "—" and token.i > 0), None)
    if dash is None:
        return
    loose = [
        k
        for k, token in enumerate(tokens)
        if token.dep == "dep" and token.pos in ("N", "PN", "NUM") and preposition_of(tokens, k) is None
    ]
    left = next((k for k in loose if k < dash and _nominative(tokens[k])), None)
    right = next((k for k in loose if k > dash), None)
    if left is not None and right is not None:
        tokens[left].head, tokens[left].dep = right, "nsubj"
        tokens[right].dep = "root"


def _inside(tokens: list[Token], clause: Clause, language: Language) -> None:
    """Subject, object and obliques of the verb of a clause."""
    if clause.verb is None:
        return
    verb = tokens[clause.verb]
    nominal = [
        k for k in clause.indices if tokens[k].pos in ("N", "PN", "PRON", "NUM", "REL") and tokens[k].dep == "dep"
    ]
    plain = [k for k in nominal if preposition_of(tokens, k) is None and not _marked_rel(tokens, k)]
    subject = _subject(tokens, clause, plain, language)
    if subject is not None:
        tokens[subject].head, tokens[subject].dep = verb.i, "nsubj:pass" if verb.passive else "nsubj"
    objects = [k for k in plain if k != subject and k > verb.i]
    early = [
        k
        for k in plain
        if k != subject and k < verb.i and _object_case(tokens[k], language, negated=True) and tokens[k].pos != "REL"
    ]
    negated = any(tokens[k].pos == "NEG" for k in clause.indices)
    if not any(_object_case(tokens[k], language, negated=negated) for k in objects) and early and language != "en":
        objects = [early[-1], *objects]
    taken = False
    for k in objects:
        token = tokens[k]
        previous = next((j for j in reversed(range(k)) if tokens[j].pos == "CCONJ" or tokens[j].text == ","), None)
        anchor = next((j for j in objects if j < k and previous is not None and j < previous), None)
        if anchor is not None and taken:
            token.head, token.dep = anchor, "conj"
        elif not taken and _object_case(token, language, negated=negated):
            token.head, token.dep = verb.i, "obj"
            taken = True
        else:
            token.head, token.dep = (
                verb.i,
                "obl:agent" if verb.passive and token.cases == "i" else "iobj" if token.cases == "d" else "obl",
            )
    for k in nominal:
        if tokens[k].dep == "dep":
            _oblique(tokens, clause, k, verb)
    _verb_chain(tokens, clause, verb)


def _marked_rel(tokens: list[Token], k: int) -> bool:
    return tokens[k].pos == "REL" and k > 0 and tokens[k - 1].pos == "PREP"


def _subject(tokens: list[Token], clause: Clause, plain: list[int], language: Language) -> int | None:
    verb = tokens[clause.verb or 0]
    if verb.pos in ("INF", "CONV", "PTCP"):
        return None
    before = [k for k in plain if k < verb.i]
    if language == "en":
        return before[-1] if before else None
    fitting = [k for k in before if _nominative(tokens[k]) and _agrees(tokens[k], verb)]
    if fitting:
        return fitting[0]
    if verb.lemma in _EXISTS and any(tokens[k].pos == "NEG" for k in clause.indices) and before:
        return next((k for k in before if "g" in tokens[k].cases), None)
    if clause.opener is not None and clause.opener.pos == "CCONJ" and clause.opener.i < verb.i:
        return next((k for k in plain if k > verb.i and tokens[k].cases == "n" and _agrees(tokens[k], verb)), None)
    after = [
        k
        for k in plain
        if k > verb.i and tokens[k].cases.replace("a", "") in ("n", "ng", "ngl", "nl") and _agrees(tokens[k], verb)
    ]
    counted = [
        k
        for k in plain
        if k > verb.i and "n" in tokens[k].cases and any(t.pos == "NUM" and t.head == k for t in tokens)
    ]
    after = after or counted or [k for k in plain if k > verb.i and "n" in tokens[k].cases and _agrees(tokens[k], verb)]
    return after[0] if after else None


#: Verbs whose subject stands in the genitive under negation: «договору не існує».
_EXISTS = frozenset(
    {"существовать", "быть", "остаться", "існувати", "бути", "лишитися", "існаваць", "быць", "застацца"}
)


def _nominative(token: Token) -> bool:
    return not token.cases or "n" in token.cases


def _agrees(noun: Token, verb: Token) -> bool:
    if verb.number and noun.number and verb.number != noun.number:
        return noun.pos == "REL" and not noun.number
    if verb.tense == "past" and verb.number == "s" and verb.gender and noun.gender and noun.number != "p":
        return verb.gender == noun.gender or {verb.gender, noun.gender} == {"f", "n"} or noun.pos == "PN"
    return True


def _object_case(token: Token, language: Language, *, negated: bool = False) -> bool:
    if language == "en" or not token.cases or "a" in token.cases:
        return True
    return negated and "g" in token.cases


def _oblique(tokens: list[Token], clause: Clause, k: int, verb: Token) -> None:
    preposition = preposition_of(tokens, k)
    token = tokens[k]
    if preposition is None:
        token.head, token.dep = verb.i, "obl" if k > verb.i or token.cases == "i" else "dislocated"
        return
    before = preposition.i - 1
    adjoined = before >= 0 and before in clause.indices and tokens[before].pos in ("N", "PN")
    if adjoined and preposition.low in _NOMINAL and (k < verb.i or preposition.low in _TOPIC):
        token.head, token.dep = before, "nmod"
        return
    agent = verb.passive and preposition.low == "by"
    token.head, token.dep = verb.i, "obl:agent" if agent else "obl"


#: Prepositions that tie a noun to the noun before it; those of _TOPIC after the verb too.
_TOPIC = frozenset({"о", "об", "про", "пра", "аб", "about", "of"})


_NOMINAL = _TOPIC | frozenset(
    {
        "для",
        "от",
        "від",
        "ад",
        "по",
        "for",
        "between",
        "между",
        "між",
        "паміж",
        "against",
        "против",
        "проти",
        "супраць",
        "with",
        "at",
        "in",
        "on",
        "from",
    }
)


def _verb_chain(tokens: list[Token], clause: Clause, verb: Token) -> None:
    """Infinitives after the verb, auxiliaries and negation before it, converbs beside it."""
    for k in clause.indices:
        token = tokens[k]
        if token.dep != "dep" or k == verb.i:
            continue
        if token.pos == "INF":
            token.head, token.dep = verb.i, "xcomp"
        elif token.pos == "AUX":
            token.head, token.dep = verb.i, "aux"
        elif token.pos == "NEG":
            follows = k + 1 < len(tokens) and tokens[k + 1].pos in ("INF", "CONV", "PTCP")
            token.head, token.dep = (k + 1 if follows else verb.i), "neg"
        elif token.pos in ("CONV", "PTCP"):
            token.head, token.dep = verb.i, "advcl"
        elif token.pos == "ADV":
            token.head, token.dep = verb.i, "advmod"
        elif token.pos in ("SUB",):
            token.head, token.dep = verb.i, "mark"
        elif token.pos == "CCONJ":
            token.head, token.dep = verb.i, "cc"
        elif token.pos == "V" and token.i > verb.i:
            token.head, token.dep = verb.i, "conj"
    _after_infinitive(tokens, clause, verb)


def _after_infinitive(tokens: list[Token], clause: Clause, verb: Token) -> None:
    """What follows an infinitive is its own object, not its governor's."""
    infinitives = [k for k in clause.indices if tokens[k].dep == "xcomp" and tokens[k].head == verb.i]
    if not infinitives:
        return
    first = infinitives[0]
    for k in clause.indices:
        if (
            (k > first or tokens[k].dep == "obj")
            and tokens[k].head == verb.i
            and tokens[k].dep in ("obj", "iobj", "obl", "advcl", "conj")
        ):
            tokens[k].head = first


def _between(tokens: list[Token], clauses: list[Clause], words: Lexicon) -> None:
    """How clauses hang together: that-clauses, relative clauses, conjoined verbs, speech tags."""
    withverb = [clause for clause in clauses if clause.verb is not None]
    for number, clause in enumerate(withverb):
        verb = tokens[clause.verb or 0]
        noun = _noun_before(tokens, clause.indices[0])
        relative = clause.opener is not None and clause.opener.pos == "REL"
        if number == 0:
            if (relative or verb.pos == "PTCP") and noun is not None:
                verb.head, verb.dep = noun, "acl:relcl" if verb.pos != "PTCP" else "acl"
            continue
        if min(clause.indices) < min(withverb[number - 1].indices):
            continue  # the main clause, after a relative clause inside it
        above = tokens[withverb[number - 1].verb or 0]
        if relative and noun is not None:
            verb.head, verb.dep = noun, "acl:relcl"
        else:
            verb.head, verb.dep = _tie(tokens, clause, verb, above, noun, words)


def _noun_before(tokens: list[Token], at: int) -> int | None:
    """The head of the last noun phrase before a word."""
    noun = next((k for k in reversed(range(at)) if tokens[k].pos in ("N", "PN")), None)
    while noun is not None and tokens[noun].dep in ("flat", "compound") and 0 <= tokens[noun].head < noun:
        noun = tokens[noun].head
    return noun


def _tie(
    tokens: list[Token], clause: Clause, verb: Token, above: Token, noun: int | None, words: Lexicon
) -> tuple[int, str]:
    """Head and label of a clause's verb, from the word that opens the clause and the verbs on both sides."""
    opener = clause.opener
    if opener is not None and opener.low in _THAT:
        if not _clausal(above, words) and noun is not None and words.is_saying(tokens[noun].low):
            return noun, "acl"
        return above.i, "ccomp" if _clausal(above, words) else "advcl"
    if (opener is not None and opener.pos == "SUB") or verb.pos == "CONV":
        return above.i, "advcl"
    if opener is not None and opener.pos == "CCONJ":
        return above.i, "conj"
    return above.i, "ccomp" if _clausal(above, words) and not _clausal(verb, words) and above.head < 0 else "parataxis"


def _clausal(token: Token, words: Lexicon) -> bool:
    return bool(words.classes_of(token.text, token.lemma) & set(CLAUSAL))


def _leftovers(tokens: list[Token], clauses: list[Clause]) -> None:
    """Every word hangs somewhere: punctuation and the rest on the verb of its clause; the first verb is the root."""
    for clause in clauses:
        top = clause.verb if clause.verb is not None else clause.indices[0]
        for k in clause.indices:
            if k != top and tokens[k].head < 0:
                tokens[k].head = top
                if tokens[k].pos == "PUNCT":
                    tokens[k].dep = "punct"
        if tokens[top].head < 0 and tokens[top].dep == "dep":
            tokens[top].dep = "root"
