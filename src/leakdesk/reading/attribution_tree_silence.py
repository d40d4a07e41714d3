"""Fits of patterns over trees that tell of no saying: decisions, facts, things to be done, what nobody says."""

from __future__ import annotations

from leakdesk.reading.attribution_found import is_gerund, is_negated
from leakdesk.reading.attribution_tree_contents import SECOND
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns import Hit
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list


def says_nothing(sentence: Sentence, hit: Hit, words: Lexicon) -> bool:
    """Whether the fit of a pattern tells of no saying."""
    cue = sentence.tokens[hit.cue]
    if hit.pattern.id == "it-is-said-that" and (cue.pos == "INF" or cue.low in word_list("seen")):
        return True
    if sentence.language == "en" and (
        _no_such(sentence, hit) or _across_colon(sentence, hit) or (hit.nominal and decides(sentence, cue, hit.source))
    ):
        return True
    if sentence.tokens[hit.content].low == "what" and sentence.tokens[hit.content].pos == "REL":
        return True
    if cue.low == "writing" and cue.i and sentence.tokens[cue.i - 1].low == "in":
        return True
    if is_negated(sentence, cue) or _asked(sentence, cue) or _adds(sentence, cue):
        return True
    return _merely_done(sentence, cue, words) or _shows_nothing(sentence, hit, words)


def _shows_nothing(sentence: Sentence, hit: Hit, words: Lexicon) -> bool:
    """ "The move follows ...", "the crew carried ...": verbs that only papers say things by; "I know whom I believe"."""
    cue = sentence.tokens[hit.cue]
    classes = words.classes_of(cue.low, cue.lemma)
    opens_with_how = "describe" in classes
    if hit.pattern.id == "says-clause" and sentence.language == "en":
        content = sentence.tokens[hit.content]
        opened = any(t.pos == "REL" and t.low != "that" for t in sentence.children(content.i))
        if opened and not classes & {"say", "admit", "describe"}:
            return True
    if hit.pattern.id != "says-clause" or not classes or classes - {"show", "describe", "publish"} or opens_with_how:
        return False
    source = sentence.tokens[hit.source] if hit.source is not None else None
    return cue.lemma not in word_list("proving") and not (source is not None and is_expletive(sentence, source, cue))


def _merely_done(sentence: Sentence, cue: Token, words: Lexicon) -> bool:
    """ "asked the auditors to establish who paid": an infinitive of learning or showing is something to do, nothing said."""
    if cue.pos != "INF" or cue.dep not in ("xcomp", "ccomp", "acl", "advcl", "csubj"):
        return False
    above = sentence.tokens[cue.head] if cue.head >= 0 else None
    if above is not None and sentence.language == "en" and above.lemma in word_list("unsaid"):
        return True  # "could help to explain", "voted to reject", "plans to tell"
    if above is None or above.lemma in word_list("emerging") or above.low in word_list("managed"):
        return False
    if above.lemma in ("manage", "able", "seem", "appear", "continue", "go", "come", "begin"):
        return False
    return not words.classes_of(cue.low, cue.lemma) & {"say", "promise", "ask", "deny", "admit", "think"}


def _adds(sentence: Sentence, cue: Token) -> bool:
    """«..., заявив, что»: a gerund whose subject is the sentence's own is read from the order of the words."""
    if not is_gerund(sentence, cue):
        return False
    behind = sentence.tokens[cue.i + 1 : cue.i + 4]
    return any(token.low in SECOND for token in behind)


def _no_such(sentence: Sentence, hit: Hit) -> bool:
    """ "There is no evidence that": nothing says it."""
    if "noun" not in hit.pattern.classes:
        return False
    cue = sentence.tokens[hit.cue]
    return cue.low in word_list("no_sayings") or any(t.low == "no" for t in sentence.children(hit.cue))


def decides(sentence: Sentence, cue: Token, source: int | None) -> bool:
    """ "The court rejected the appeal": a decision, nothing said."""
    if source is None or cue.lemma not in word_list("deciding"):
        return False
    return sentence.tokens[source].lemma in word_list("deciders")


def _across_colon(sentence: Sentence, hit: Hit) -> bool:
    """ "Experts were divided: some thought ...": what stands before a colon is not said by whom stands behind it."""
    return hit.content < hit.cue and any(t.text in (":", ";") for t in sentence.tokens[hit.content : hit.cue])


def is_expletive(sentence: Sentence, source: Token, cue: Token) -> bool:
    """ "It emerged that", "it was said that": the pronoun stands for the clause; in "it said that" it is somebody."""
    if source.low != "it" or cue.lemma not in word_list("emerging"):
        return False
    if sentence.language != "en" or cue.lemma in (
        "emerge",
        "transpire",
        "appear",
        "turn",
        "follow",
        "become",
        "surface",
    ):
        return True
    return sentence.child(cue.i, "aux:pass") is not None


def _asked(sentence: Sentence, cue: Token) -> bool:
    return any(
        token.low in ("whether", "if", "ли", "чи", "ці") and token.dep == "mark" for token in sentence.children(cue.i)
    )
