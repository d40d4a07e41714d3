"""Sayings that a noun or a clause of its own names, in English: "the landlord's version is that ...", "what the ledgers show
is ...", "their complaint: ..."."""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, has_verb
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.words import word_list

_BE = frozenset({"be", "remain", "go", "run", "read", "was", "is"})
#: Behind these nouns a colon opens what somebody says.
_WORD = frozenset({"verdict", "answer", "reply", "response", "advice", "message", "motto", "explanation", "excuse"})


def named_sayings(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """All of these in an English sentence."""
    if sentence.language != "en":
        return []
    found = [
        *_noun_is_that(text, sentence, words),
        *_what_they_show(text, sentence, words),
        *_noun_colon(text, sentence, words),
    ]
    for each in found:
        each.sentence = number
    return found


def _saying(noun: Token, words: Lexicon) -> bool:
    return noun.pos == "N" and (words.is_saying(noun.low, noun.lemma) or noun.lemma in word_list("saying_more"))


def _noun_is_that(text: Text, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "The landlord's version is that the tenants left": the owner says the clause; without an owner nobody does."""
    tokens = sentence.tokens
    for verb in tokens:
        noun = sentence.child(verb.i, "nsubj")
        if verb.lemma not in _BE or verb.start in text.used or noun is None or not _saying(noun, words):
            continue
        that = next((t for t in tokens[verb.i + 1 : verb.i + 3] if t.low == "that"), None)
        owner = sentence.child(noun.i, "nmod:poss")
        if that is None or owner is None or any(t.dep == "neg" for t in sentence.children(verb.i)):
            continue
        whole = sentence.trim(list(range(that.i + 1, len(tokens))))
        if not has_verb(sentence, whole):
            continue
        text.used.update((verb.start, noun.start))
        return [
            Found(
                "evidential" if words.is_document(owner.low, owner.lemma) else "indirect",
                "noun-is-that",
                source=spans.extent(sentence, _own(sentence, owner)),
                cue=(noun.start, that.end),
                content=spans.extent(sentence, whole),
                cue_class="say",
                source_head=owner.i,
            )
        ]
    return []


def _own(sentence: Sentence, owner: Token) -> list[int]:
    return [k for k in spans.phrase(sentence, owner.i) if sentence.tokens[k].text not in ("'s", "’s", "'", "’")]


def _what_they_show(text: Text, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "What the ledgers show is a steady drain of cash": the clause or thing behind the second verb."""
    tokens = sentence.tokens
    for opening in tokens:
        if opening.low != "what":
            continue
        close = next((t for t in tokens[opening.i + 2 : opening.i + 16] if t.low in ("is", "was", "are", "were")), None)
        between = tokens[opening.i + 1 : close.i] if close is not None else []
        cue = next((t for t in reversed(between) if t.pos in ("V", "AUX", "N")), None)
        if close is None or cue is None or cue.i != close.i - 1 or cue.start in text.used:
            continue
        if not words.classes_of(cue.low, cue.lemma) & {"say", "show", "admit", "learn", "think"}:
            continue
        if any(t.pos == "NEG" or t.low in ("not", "n't", "never") for t in between):
            continue
        who = next(
            (t for t in between if t.pos in ("N", "PN", "PRON") and t is not cue and _subject(sentence, t, cue)), None
        )
        rest = sentence.trim(list(range(close.i + 1, len(tokens))))
        if rest and tokens[rest[0]].low == "that":
            rest = rest[1:]
        if who is None or len(rest) < 2:
            continue
        text.used.add(cue.start)
        return [
            Found(
                "evidential" if words.is_document(who.low, who.lemma) else "indirect",
                "what-they-show",
                source=spans.extent(sentence, [k for k in spans.phrase(sentence, who.i) if opening.i < k < cue.i]),
                cue=(cue.start, cue.end),
                content=spans.extent(sentence, rest),
                cue_class="say",
                source_head=who.i,
            )
        ]
    return []


def _subject(sentence: Sentence, token: Token, cue: Token) -> bool:
    return token.dep == "nsubj" or (token.i == cue.i - 1 and sentence.child(token.i, "case") is None)


def _noun_colon(text: Text, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "Their complaint: the pitch was frozen", "The verdict from the fans: sack the lot": a noun with an owner, a colon."""
    tokens = sentence.tokens
    colon = next((t.i for t in tokens if t.text == ":"), None)
    if colon is None or colon > 9 or colon + 2 >= len(tokens) or tokens[colon + 1].text in '"«':
        return []
    if any(t.pos in ("V", "AUX") and not (t.lemma == "be" and colon - t.i <= 3) for t in tokens[:colon]):
        return []  # "their verdict was blunt:" may stand
    noun = next((t for t in tokens[:colon] if _saying(t, words) or t.low in _WORD), None)
    if noun is None:
        return []
    owner = sentence.child(noun.i, "nmod:poss")
    if owner is None:
        owner = next(
            (
                t
                for t in sentence.children(noun.i)
                if t.dep == "nmod" and (case := sentence.child(t.i, "case")) is not None and case.low == "from"
            ),
            None,
        )
    rest = sentence.trim(list(range(colon + 1, len(tokens))))
    if owner is None or len(rest) < 2 or tokens[rest[0]].low == "no" or not has_verb(sentence, rest):
        return []
    return [
        Found(
            "indirect",
            "noun-colon",
            source=spans.extent(sentence, _own(sentence, owner)),
            cue=(noun.start, tokens[colon].end) if noun.i == colon - 1 else (tokens[colon].start, tokens[colon].end),
            content=spans.extent(sentence, rest),
            cue_class="say",
            source_head=owner.i,
        )
    ]
