"""Sources beside a dash or a colon: "Depot hid its sand — auditors", "The contractor insists: the concrete was good"."""

from __future__ import annotations

from leakdesk.model.document import Role
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, has_verb, is_negated, phrase_head
from leakdesk.reading.attribution_tags import PLACE, speaker_phrase
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.sentence import Sentence, Token


def headline_source(number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "Depot hid its sand — auditors", "Auditors: depot hid its sand": the source beside a dash or a colon."""
    if sentence.role not in (Role.HEADLINE, Role.STANDFIRST):
        return []
    tokens = sentence.tokens
    marks = [
        t.i
        for t in tokens
        if t.text in ("—", ":", "|") or (t.text == "-" and 0 < t.i < len(tokens) - 1 and tokens[t.i - 1].end < t.start)
    ]
    for mark in marks[-1:] + marks[:1]:
        after, before = sentence.trim(list(range(mark + 1, len(tokens)))), sentence.trim(list(range(mark)))
        for side, rest, wanted in ((after, before, ("—", "-", "|")), (before, after, (":",))):
            if (
                tokens[mark].text in wanted
                and 1 <= len(side) <= 6
                and _names_speaker(sentence, side, words)
                and has_verb(sentence, rest)
            ):
                return [
                    Found(
                        "indirect",
                        "headline-source",
                        source=spans.extent(sentence, side),
                        cue=(tokens[mark].start, tokens[mark].end),
                        content=spans.extent(sentence, rest),
                        cue_class="say",
                        sentence=number,
                    )
                ]
    return []


def _names_speaker(sentence: Sentence, side: list[int], words: Lexicon) -> bool:
    """One to six words, no verb, a noun that can speak or hold a saying, or nothing but names; nothing that a date is."""
    tokens = [sentence.tokens[k] for k in side]
    if any(t.pos in ("V", "AUX", "INF", "CONV", "NUM") for t in tokens):
        return False
    nouns = [t for t in tokens if t.pos in ("N", "PN")]
    stop = next((t.i for t in tokens[1:] if t.pos == "PREP" or t.text == ","), len(sentence.tokens))
    lead = [t for t in nouns if t.i < stop][-1:] if sentence.language == "en" else nouns[:1]
    named = any(words.speaks(t.low, t.lemma) or words.is_document(t.low, t.lemma) for t in lead)
    return bool(nouns) and (
        named
        or all(t.pos == "PN" for t in tokens)
        or (len(tokens) <= 2 and nouns[0].number == "p" and "n" in (nouns[0].cases or "n"))
    )


def colon_clauses(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "The contractor insists: the concrete was good.": the clause behind a colon after a verb of saying and its speaker."""
    tokens = sentence.tokens
    colon = next((token.i for token in tokens if token.text == ":"), None)
    if colon is None or colon < 2 or colon + 3 > len(tokens) or tokens[colon + 1].text in '«"':
        return []
    rest = sentence.trim(list(range(colon + 1, len(tokens))))
    cue = _cue_before(text, sentence, colon, words)
    if cue is None or not (has_verb(sentence, rest) or (sentence.language != "en" and len(rest) > 2)):
        return []
    subject = _subject(sentence, cue, words)
    if subject is None or subject.i > colon or any(token.pos == "V" for token in tokens[cue.i + 1 : colon]):
        return []
    evidential = words.is_document(subject.low, subject.lemma)
    if not evidential and not words.classes_of(cue.low, cue.lemma) & (_BEFORE_COLON - {"show"}):
        return []
    text.used.add(cue.start)
    return [
        Found(
            "evidential" if evidential else "indirect",
            "colon-clause",
            source=spans.extent(
                sentence, [k for k in speaker_phrase(sentence, subject.i, words) if (k < cue.i) == (subject.i < cue.i)]
            ),
            cue=(cue.start, cue.end),
            content=spans.extent(sentence, rest),
            cue_class=class_of(words, cue),
            source_head=subject.i,
            sentence=number,
        )
    ]


_BEFORE_COLON = frozenset({"say", "admit", "think", "learn", "show", "voice", "describe", "deny"})
#: Words between a cue and its colon.
_FARTHEST = 6


def _cue_before(text: Text, sentence: Sentence, colon: int, words: Lexicon) -> Token | None:
    """The verb of saying that a colon closes, unless it is denied, taken, or too far away."""
    cue = next(
        (
            t
            for t in reversed(sentence.tokens[:colon])
            if t.pos in ("V", "A", "PTCP") and words.classes_of(t.low, t.lemma) & _BEFORE_COLON
        ),
        None,
    )
    if cue is None or cue.start in text.used or colon - cue.i > _FARTHEST or is_negated(sentence, cue):
        return None
    denies = sentence.language == "en" and "deny" in words.classes_of(cue.low, cue.lemma)
    return None if denies else cue


def _subject(sentence: Sentence, cue: Token, words: Lexicon) -> Token | None:
    """Who speaks before a colon: the subject, a paper, or in «они пишут в посольстве: ...» the place of those who do."""
    subject = sentence.child(cue.i, "nsubj") or _before_cue(sentence, cue, words)
    if subject is None or (not words.is_document(subject.low, subject.lemma) and subject.pos == "N"):
        subject = _paper_before(sentence, cue, words) or subject
    if subject is not None or sentence.language == "en" or cue.number != "p":
        return subject
    tokens = sentence.tokens
    return next(
        (
            t
            for t in tokens[: cue.i]
            if t.pos in ("N", "PN") and t.i and PLACE & {each.low for each in tokens[max(0, t.i - 2) : t.i]}
        ),
        None,
    )


def _paper_before(sentence: Sentence, cue: Token, words: Lexicon) -> Token | None:
    """«В протоколе значится иное: ...»: the paper behind a preposition, before the cue word."""
    if sentence.language == "en":
        return None
    for token in sentence.tokens[: cue.i]:
        if (
            token.pos == "N"
            and token.i
            and sentence.tokens[token.i - 1].low in PLACE
            and words.is_document(token.low, token.lemma)
        ):
            return token
    return None


def _before_cue(sentence: Sentence, cue: Token, words: Lexicon) -> Token | None:
    """The first noun before a cue word that can be its subject, where the tree names none."""
    for token in sentence.tokens[: cue.i]:
        if token.pos in ("N", "PN", "PRON") and "n" in (token.cases or "n") and sentence.child(token.i, "case") is None:
            head = sentence.tokens[phrase_head(sentence, token.i)]
            speaks = (
                head.pos in ("PN", "PRON")
                or words.speaks(head.low, head.lemma)
                or words.is_document(head.low, head.lemma)
            )
            return head if speaks and head.i < cue.i else None
    return None
