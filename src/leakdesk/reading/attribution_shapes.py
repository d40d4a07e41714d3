"""Where what is said begins and ends behind an English cue word, by the shape of its frame (attribution_frames.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from leakdesk.reading import spans
from leakdesk.reading.sentence import Sentence, Token


class Governing(Protocol):
    """What a shape asks of a frame."""

    @property
    def shape(self) -> str: ...
    @property
    def preps(self) -> frozenset[str]: ...
    @property
    def nouns(self) -> frozenset[str]: ...
    @property
    def source(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def number(self) -> bool: ...


Shape = Callable[[Sentence, Token, Governing], int | None]
"""Index of the first word of what is said, or None where the shape does not fit."""

_WH = frozenset({"how", "why", "where", "when", "who", "what", "which", "whether", "if", "whom", "whose"})
_SELF = frozenset({"itself", "himself", "herself", "themselves", "ourselves", "myself"})
#: Words behind a feeling or a demand that say what it is about.
_OPENS = frozenset({"about", "over", "of", "for", "at", "against", "to", "with", "on", "in", "regarding", "that"})


def _behind(sentence: Sentence, cue: Token) -> int:
    """Index of the first word behind a cue, adverbs left out."""
    k = cue.i + 1
    while k < len(sentence.tokens) and sentence.tokens[k].pos == "ADV" and sentence.tokens[k].low not in _WH:
        k += 1
    return k


def _object(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    tokens = sentence.tokens
    thing = sentence.child(cue.i, "obj", "oprd", "attr")
    first = _behind(sentence, cue)
    if first < len(tokens) and tokens[first].text in '"«':
        return first
    if thing is None or thing.i < cue.i or thing.pos == "REL" or thing.low in _SELF or thing.low in ("nothing", "so"):
        return None
    if thing.low == "it" and (frame.source == "paper" or frame.number):
        return None
    start = min(spans.phrase(sentence, thing.i) or [thing.i])
    if not cue.i < start <= first + 1:
        return None
    return start - 1 if start - 1 > cue.i and tokens[start - 1].text in '"«' else start


def _preposition(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    k = _behind(sentence, cue)
    if k + 1 >= len(sentence.tokens) or sentence.tokens[k].low not in frame.preps:
        return None
    if sentence.child(cue.i, "obj") is not None or sentence.tokens[k + 1].pos in ("INF", "V"):
        return None
    following = next((t for t in sentence.tokens[k + 1 : k + 8] if t.pos in ("N", "PN", "PRON", "CONV")), None)
    if following is None or following.pos == "PRON":
        return None
    return k if frame.content == "with" else k + 1


def _object_and_preposition(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    start = _object(sentence, cue, frame)
    if start is None:
        return None
    tokens = sentence.tokens
    end = clause_end(sentence, cue, start)
    k = next(
        (
            t.i
            for t in tokens[start + 1 : end + 1]
            if t.low in frame.preps and (frame.number or _hangs(sentence, cue, t.i))
        ),
        None,
    )
    if k is None or k + 1 >= len(tokens):
        return None
    if frame.content == "with" and any(t.pos in ("V", "AUX", "SUB") or t.text in '"«' for t in tokens[start:k]):
        return None
    if frame.number and not any(t.pos == "NUM" for t in tokens[k : k + 8]):
        return None
    return k if frame.content == "with" else start


def _hangs(sentence: Sentence, cue: Token, k: int) -> bool:
    """Whether a preposition belongs to the verb or its object, and to nothing inside of that."""
    noun = sentence.tokens[sentence.tokens[k].head] if sentence.tokens[k].head >= 0 else None
    thing = sentence.child(cue.i, "obj", "oprd")
    above = {cue.i} | ({thing.i} if thing is not None else set[int]())
    if noun is None or noun.i in above or noun.i < k:
        return True
    return noun.head in above or sentence.tokens[k].low in ("as", "of")


def _infinitive(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    """ "asks the supplier to split the load", "were advised by police to stay in": from "to" on."""
    tokens = sentence.tokens
    last = clause_end(sentence, cue, cue.i + 1)
    to = next(
        (k for k in range(cue.i + 1, last) if tokens[k].low == "to" and tokens[k + 1].pos in ("INF", "V", "ADV")), None
    )
    if to is None or any(t.pos in ("V", "AUX", "SUB") or t.text == "," for t in tokens[cue.i + 1 : to]):
        return None
    if not any(t.pos in ("N", "PN", "PRON") for t in tokens[cue.i + 1 : to]):
        return None
    if frame.content == "what":
        return cue.i + 1
    return to - 1 if tokens[to - 1].low == "not" else to


def _adjective(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    window = sentence.tokens[cue.i + 1 : cue.i + 12]
    found = next((t for t in window if t.low in frame.nouns), None)
    if found is None or found.i == cue.i + 1 or any(t.pos in ("V", "PUNCT") for t in window[: found.i - cue.i - 1]):
        return None
    return cue.i + 1


def _named(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    """ "labelled the ruling absurd": a thing, then what it is called."""
    tokens = sentence.tokens
    start = _behind(sentence, cue)
    last = clause_end(sentence, cue, start) if start < len(tokens) else 0
    window = tokens[start : last + 1]
    if len(window) < 2 or window[0].text in '"«' or window[0].low in _SELF or window[0].pos in ("PREP", "X", "SUB"):
        return None
    called = sentence.child(cue.i, "oprd")
    quoted = next((t for t in window[1:] if t.text in '"«'), None)
    if called is not None and start < called.i <= last:
        return start
    return start if quoted is not None and tokens[quoted.i - 1].pos in ("N", "PN", "PRON") else None


def _listed_noun(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    thing = sentence.child(cue.i, "obj")
    start = _object(sentence, cue, frame)
    if start is None or thing is None or thing.low not in frame.nouns or thing.i + 1 >= len(sentence.tokens):
        return None
    following = sentence.tokens[thing.i + 1]
    if following.low not in _OPENS:
        return None
    return following.i + 1 if following.low == "that" else start


def _gerund(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    k = _behind(sentence, cue)
    if k >= len(sentence.tokens) or sentence.tokens[k].pos != "CONV" or sentence.tokens[k].head != cue.i:
        return None
    return k


def _question(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    k = _behind(sentence, cue)
    person = sentence.child(cue.i, "obj", "iobj")
    if person is not None and person.i == k:
        k += 1
    if k + 2 >= len(sentence.tokens) or sentence.tokens[k].low not in _WH:
        return None
    return k if any(t.pos in ("V", "AUX") for t in sentence.tokens[k + 1 :]) else None


def _number(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    start = _object(sentence, cue, frame)
    if start is None:
        return None
    return start if any(t.pos == "NUM" for t in sentence.tokens[start : start + 4]) else None


def _particle(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    k = cue.i + 1
    if k + 1 >= len(sentence.tokens) or sentence.tokens[k].low not in frame.preps:
        return None
    thing = sentence.child(cue.i, "obj")
    return k + 1 if thing is not None and thing.i > k and thing.pos in ("N", "PN", "CONV") else None


def _plea(sentence: Sentence, cue: Token, frame: Governing) -> int | None:
    return cue.i + 1 if any(t.low in frame.nouns for t in sentence.tokens[cue.i + 1 : cue.i + 3]) else None


SHAPES: Mapping[str, Shape] = {
    "np": _object,
    "pp": _preposition,
    "np-pp": _object_and_preposition,
    "np-inf": _infinitive,
    "np-adj": _adjective,
    "named": _named,
    "noun": _listed_noun,
    "ing": _gerund,
    "wh": _question,
    "number": _number,
    "phrasal": _particle,
    "plea": _plea,
}


# ---------------------------------------------------------------- to the end of the clause


def clause_end(sentence: Sentence, cue: Token, start: int) -> int:
    """The last word of what is said: up to another clause of the cue's own, outside of quotation marks."""
    tokens = sentence.tokens
    own = {t.i for t in sentence.children(cue.i) if t.i > start and _leaves(sentence, t)}
    stops = {min(sentence.subtree(k)) for k in own}
    quoted = False
    for k in range(start, len(tokens)):
        token = tokens[k]
        if token.text in '"«»':
            quoted = token.text == "«" or (token.text == '"' and not quoted)
        if quoted or k == start:
            continue
        if k in stops or token.text in (";", ":", "—", ")"):
            return _before_joint(sentence, k)
        if token.text == "," and not _runs_on(sentence, k):
            return k - 1
        if token.pos == "CCONJ" and any(each in own for each in range(k + 1, min(k + 4, len(tokens)))):
            return k - 1  # "... and called": the next verb is one of the cue's own
    return len(tokens) - 1


def _leaves(sentence: Sentence, token: Token) -> bool:
    """A branch of the cue that is not said: a second verb, a clause of time or reason."""
    if token.dep in ("conj", "parataxis"):
        return token.pos in ("V", "AUX", "PTCP", "CONV")
    mark = sentence.child(token.i, "mark")
    return token.dep == "advcl" and token.pos in ("V", "CONV", "PTCP") and mark is not None and mark.low in ASIDE


#: Conjunctions of a clause that tells when or why something was said.
ASIDE = frozenset({"after", "before", "while", "when", "as", "because", "since", "though", "although", "once", "until"})


def before_aside(sentence: Sentence, indices: list[int]) -> list[int]:
    """ "denies hiding defects as trial opens": without the clause that tells when, where it has a verb of its own."""
    tokens = sentence.tokens
    for k in indices[1:]:
        if tokens[k].low not in ("as", "after", "while", "when", "before") or tokens[k].pos not in ("SUB", "PREP"):
            continue
        stop = next((j for j in range(k + 1, len(tokens)) if tokens[j].pos == "PUNCT"), len(tokens))
        behind = tokens[k + 1 : stop]
        if len(behind) >= 2 and behind[0].pos in ("N", "PN", "PRON", "DET") and any(t.pos == "V" for t in behind[1:]):
            return sentence.trim([j for j in indices if j < k])
    return indices


def _before_joint(sentence: Sentence, k: int) -> int:
    k -= 1
    while k > 0 and sentence.tokens[k].pos in ("PUNCT", "CCONJ") and sentence.tokens[k].text not in '"»':
        k -= 1
    return k


def _runs_on(sentence: Sentence, comma: int) -> bool:
    """Whether a comma only parts the members of a list, or adjectives."""
    tokens = sentence.tokens
    if comma + 1 >= len(tokens) or tokens[comma + 1].pos in ("CCONJ", "SUB", "REL", "CONV", "V", "AUX", "PREP"):
        joins = comma + 1 < len(tokens) and tokens[comma + 1].pos == "CCONJ"
        return joins and any(t.dep == "conj" and t.pos in ("N", "PN") for t in tokens[comma + 1 : comma + 6])
    return any(t.dep in ("conj", "amod") and t.pos in ("N", "PN", "A") for t in tokens[comma + 1 : comma + 5])
