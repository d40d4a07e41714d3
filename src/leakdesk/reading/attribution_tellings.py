"""Tellings that somebody owns: "in his words", "by Ms Orrin's account", "by its own admission", «по его словам»."""

from __future__ import annotations

import re

from leakdesk.language.concepts import fold
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, rest_of
from leakdesk.reading.attribution_sources import POSSESSIVE
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token

#: English: the preposition and the noun that make a telling of what somebody owns ("by her account", "on the firm's telling").
_TELLINGS = {
    "in": frozenset(
        {
            "words",
            "view",
            "opinion",
            "account",
            "telling",
            "estimation",
            "assessment",
            "version",
            "judgment",
            "judgement",
            "recollection",
            "reckoning",
            "reading",
            "description",
            "testimony",
            "evidence",
            "phrase",
        }
    ),
    "by": frozenset(
        {
            "account",
            "accounts",
            "reckoning",
            "estimate",
            "estimates",
            "count",
            "admission",
            "calculation",
            "calculations",
            "telling",
            "tally",
            "figures",
            "testimony",
            "measure",
            "lights",
            "math",
            "maths",
            "arithmetic",
            "logic",
        }
    ),
    "on": frozenset(
        {
            "account",
            "telling",
            "showing",
            "reading",
            "testimony",
            "evidence",
            "reckoning",
            "admission",
            "figures",
            "word",
        }
    ),
    "from": frozenset({"account", "description", "testimony", "telling"}),
    "to": frozenset({"mind", "knowledge", "recollection"}),
}
_PRONOUNS = frozenset({"his", "her", "their", "its"})


def in_their_words(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """«По его словам», «за її словами», "in his words", "by Ms Orrin's account": the owner is the source."""
    for at in range(len(sentence.tokens) - 2):
        first = sentence.tokens[at]
        if first.start in text.used:
            continue
        spoken = _named_words(sentence, at) if sentence.language == "en" else _slavic_words(sentence, at, words)
        content = rest_of(sentence, at, spoken[2]) if spoken is not None else None
        if spoken is None or content is None:
            continue
        owner, head, end = spoken
        if sentence.language == "en" and _told_again(sentence, end, words):
            continue
        text.used.update(token.start for token in sentence.tokens[at : end + 1])
        cue_end = sentence.tokens[end].end if owner == head else first.end
        return [
            Found(
                "according_to",
                "in-their-words",
                source=(sentence.tokens[owner].start, sentence.tokens[head].end),
                cue=(first.start, cue_end),
                content=content,
                cue_class="say",
                source_head=head,
                sentence=number,
            )
        ]
    return []


def _told_again(sentence: Sentence, end: int, words: Lexicon) -> bool:
    """ "In his testimony, the captain said ...": the telling is told of by a verb of its own."""
    for verb in sentence.tokens[end + 1 :]:
        if verb.dep == "root" and words.classes_of(verb.low, verb.lemma) & {"say", "admit", "deny"}:
            return sentence.child(verb.i, "ccomp") is not None
    return False


def _slavic_words(sentence: Sentence, at: int, words: Lexicon) -> tuple[int, int, int] | None:
    """«По его словам»: indices of the owner (twice) and of the last word."""
    tokens = sentence.tokens
    if fold(tokens[at].low) not in words.according:
        return None
    owner = tokens[at + 1]
    if owner.low not in POSSESSIVE:
        return None
    for k in range(at + 2, min(at + 4, len(tokens))):
        if (fold(tokens[at].low), fold(tokens[k].low)) in words.according.get(fold(tokens[at].low), ()):
            return owner.i, owner.i, k
        if tokens[k].pos not in ("A", "DET"):
            return None
    return None


def _named_words(sentence: Sentence, at: int) -> tuple[int, int, int] | None:
    """ "in Ms Orrin's words", "by her own account": first and last index of the owner, index of the last word."""
    tokens = sentence.tokens
    nouns = _TELLINGS.get(tokens[at].low)
    if nouns is None:
        return None
    if tokens[at + 1].low in _PRONOUNS:
        k = at + 2 + (tokens[at + 2].low == "own")
        return (at + 1, at + 1, k) if k < len(tokens) and tokens[k].low in nouns and k == at + 2 else None
    for k in range(at + 2, min(at + 9, len(tokens) - 1)):
        if tokens[k].pos in ("V", "PREP", "SUB") or tokens[k].text == ",":
            return None
        if tokens[k].text in ("'s", "’s", "'", "’"):
            said = next((j for j in range(k + 1, min(k + 3, len(tokens))) if tokens[j].low in nouns), None)
            if said is not None and all(tokens[j].pos in ("A", "DET", "N", "NUM") for j in range(k + 1, said)):
                return (at + 1, k - 1, said) if tokens[said - 1].low != "own" else None
    return None


_OWN = re.compile(
    r"\b(?:on|by) (?:its|their|his|her|(?:the )?[\w-]+['’]s?) own (?:showing|account|admission|reckoning|figures|estimate)\b",
    re.I,
)


def own_account(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "By its own account, the company ...": the subject of the clause is the source."""
    match = _OWN.search(text.sheet, sentence.start, sentence.end)
    if match is None:
        return []
    tokens = sentence.tokens
    first = next((t.i for t in tokens if t.start >= match.start()), 0)
    last = max((t.i for t in tokens if t.end <= match.end()), default=first)
    content = rest_of(sentence, first, last)
    subject = _owner(sentence, first, last, words)
    if content is None or subject is None:
        return []
    inside = [
        k for k in spans.phrase(sentence, subject.i) if k != first and tokens[k].text not in ("'s", "’s", "'", "’")
    ]
    return [
        Found(
            "according_to",
            "own-account",
            source=spans.extent(sentence, sentence.trim(inside)),
            cue=(match.start(), match.end()),
            content=content,
            cue_class="admit",
            source_head=subject.i,
            sentence=number,
        )
    ]


def _owner(sentence: Sentence, first: int, last: int, words: Lexicon) -> Token | None:
    """Whose account it is: the owner named in the phrase ("the yard's own reckoning"), else the subject of the clause."""
    tokens = sentence.tokens
    named = next((t for t in tokens[first + 1 : last] if t.pos in ("N", "PN") and t.dep == "nmod:poss"), None)
    if named is not None:
        return named
    subject = next((t for t in tokens if t.dep == "nsubj" and not first <= t.i <= last), None)
    if subject is None or first == 0 or subject.pos in ("PN", "PRON") or words.speaks(subject.low, subject.lemma):
        return subject
    return tokens[last]  # "Costs have doubled, by his own estimate": the owner stands in another sentence
