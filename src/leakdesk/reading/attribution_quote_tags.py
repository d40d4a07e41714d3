"""The tag of a quotation: the cue and the speaker before the marks, behind them, or inside."""

from __future__ import annotations

import re

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, phrase_head
from leakdesk.reading.attribution_speakers import (
    any_verb,
    colon_name,
    just_before,
    place_of,
    subject_of,
    was_the_word,
    within_clause,
)
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.quotes import Quotation
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_groups import groups_of

_SPEECH = frozenset(
    {"say", "admit", "ask", "think", "deny", "promise", "learn", "reject", "show", "describe", "accuse", "voice"}
)
#: Words before and behind a quotation among which its tag is looked for.
_BEFORE, _BEHIND = 40, 16


def tagged(text: Text, quotation: Quotation, before: int, after: int) -> Found | None:
    """The cue and speaker inside the quotation, right after it, else right before it; `before` and `after` are where the
    text begins and ends that may hold them."""
    inner = _tag_inside(text, quotation)
    if inner is not None:
        return inner
    number = text.at(max(quotation.end - 1, 0))
    if number is None:
        number = text.at(quotation.start)
    behind = _sentence_of(text, quotation.end, number, after=True)
    made = _spoken_behind(text, behind, after, quotation) if behind is not None else None
    if made is not None:
        return made
    ahead = _sentence_of(text, quotation.start, number, after=False)
    return _spoken_before(text, ahead, before, quotation) if ahead is not None else None


_INNER_TAG = re.compile(r"[,.!?…][\"»]?\s+(?:—\s+)?(?P<tag>[^,.!?—\"«»]{4,70}?)[,.]\s*(?:—|[\"«])")


#: A tag with a participle or an age behind its speaker: "Look," she said, pointing at the ceiling, "you can see it."
_LONG_TAG = re.compile(r"[,.!?…]\"\s+(?P<tag>[^.!?—\"«»]{4,100}?),\s*\"")


def _tag_inside(text: Text, quotation: Quotation) -> Found | None:
    """«Людей, — уточнил он, — отправили домой»: the tag stands between dashes inside the marks."""
    inner = (text.sheet, quotation.inner_start, quotation.inner_end)
    for match in (*_INNER_TAG.finditer(*inner), *_LONG_TAG.finditer(*inner)):
        number = text.at(match.start("tag"))
        if number is None:
            continue
        sentence = text.sentences[number]
        words = lexicon(sentence.language)
        window = [
            token for token in sentence.tokens if match.start("tag") <= token.start and token.end <= match.end("tag")
        ]
        cues = [
            token
            for token in window
            if token.pos in ("V", "AUX", "PTCP") and words.classes_of(token.low, token.lemma) & _SPEECH
        ]
        if match.re is _LONG_TAG and sentence.language != "en":
            continue
        if len(cues) != 1 or len(window) > (9 if match.re is _INNER_TAG else 16):
            continue
        inside = {token.i for token in window}
        subject = sentence.child(cues[0].i, "nsubj")
        head = subject.i if subject is not None and subject.i in inside else _beside(sentence, cues[0], inside)
        if head is None:
            continue
        text.used.add(cues[0].start)
        if text.sheet[match.end("tag") : match.end("tag") + 1] == "." and "—" in match.group():
            quotation = Quotation(quotation.start, match.start() + 1, quotation.inner_start, match.start())
        return Found(
            "direct",
            "quote-around-tag",
            source=spans.extent(sentence, [k for k in spans.phrase(sentence, head) if sentence.tokens[k] in window]),
            cue=(cues[0].start, cues[0].end),
            content=(quotation.inner_start, quotation.inner_end),
            cue_class=class_of(words, cues[0]),
            source_head=head,
            sentence=number,
        )
    return None


def _beside(sentence: Sentence, cue: Token, inside: set[int]) -> int | None:
    """The head of the nearest noun phrase beside a cue word, within a window."""
    for step in (1, -1):
        k = cue.i + step
        while k in inside and sentence.tokens[k].pos in ("DET", "A", "ADV", "N", "PN", "PRON", "NUM", "AUX"):
            if sentence.tokens[k].pos in ("N", "PN", "PRON"):
                head = phrase_head(sentence, k)
                return head if head in inside else k
            k += step
    return None


def _sentence_of(text: Text, position: int, fallback: int | None, *, after: bool) -> int | None:
    """The sentence whose words stand next to a quotation mark; a tag may be a sentence of its own for the splitter."""
    found = text.at(position)
    if found is None and after:
        found = text.at(position + 1)
        if found is None:
            found = text.at(position + 2)
    if found is None and not after:
        found = text.at(position - 2)
    return found if found is not None else fallback


def _cues(window: list[Token], words: Lexicon) -> list[Token]:
    return [
        token
        for token in window
        if token.pos in ("V", "PTCP", "CONV", "AUX") and words.classes_of(token.low, token.lemma) & _SPEECH
    ]


def _spoken_before(text: Text, number: int, low: int, quotation: Quotation) -> Found | None:
    """She said: "..." - the tag ends right before the marks."""
    sentence = text.sentences[number]
    words = lexicon(sentence.language)
    window = [token for token in sentence.tokens if low <= token.start and token.end <= quotation.start][-_BEFORE:]
    cues = _cues(window, words)
    if not cues and window and window[-1].text == ":":
        cues = [t for t in window if any(group.id == "is-short" for group in groups_of(t, sentence.language))]
    if not cues:
        return colon_name(text, window, quotation, sentence, number, words)
    tail = text.sheet[max(low, quotation.start - 3) : quotation.start]
    introduced = ":" in tail or "," in tail or "—" in tail
    if not introduced or within_clause(text.sheet, quotation, low, sentence, cues[-1]):
        return None
    if not just_before(text, cues[-1], quotation):
        return None
    return _spoken(text, number, quotation, cues[-1], window, "speaker-then-quote")


def _spoken_behind(text: Text, number: int, high: int, quotation: Quotation) -> Found | None:
    """ "...," she said: the tag begins right behind the marks."""
    sentence = text.sentences[number]
    words = lexicon(sentence.language)
    window = [token for token in sentence.tokens if quotation.end <= token.start and token.end <= high][:_BEHIND]
    told = was_the_word(sentence, window, quotation, number, words)
    if told is not None:
        return told
    cues = _cues(window, words) or any_verb(text, sentence, window, quotation, words)
    if not cues:
        return None
    lead = text.sheet[quotation.end : quotation.end + 4]
    first = quotation.inner_end - (sentence.language == "en")  # "Corruption?" he asks
    comma = text.sheet[first : quotation.end + 1]
    introduced = any(mark in comma + lead for mark in (",", "—", "?", "!", "…")) or window[0].pos in ("V", "PN", "N")
    ended = text.sheet[quotation.inner_end - 1 : quotation.inner_end] == "." and "—" not in lead
    named = sentence.language == "en" and any(t.text == "," for t in window[: cues[0].i - window[0].i])
    farthest = 14 if named else 9  # "..., the plant's head of procurement, Anatol Skibar, wrote"
    if cues[0].i - window[0].i > farthest or not introduced or ended:
        return None
    return _spoken(text, number, quotation, cues[0], window, "quote-then-speaker")


def _spoken(text: Text, number: int, quotation: Quotation, cue: Token, window: list[Token], rule: str) -> Found:
    sentence = text.sentences[number]
    words = lexicon(sentence.language)
    source = subject_of(sentence, cue, words, window)
    if (
        source is not None
        and sentence.language != "en"
        and quotation.start <= sentence.tokens[source].start < quotation.end
    ):
        source = None  # a subject inside the speech speaks of itself
    if source is None:
        source = place_of(sentence, cue, window, words)
    text.used.add(cue.start)
    return Found(
        "direct",
        rule,
        source=spans.extent(sentence, spans.phrase(sentence, source)) if source is not None else None,
        cue=(cue.start, cue.end),
        content=(quotation.inner_start, quotation.inner_end),
        cue_class=class_of(words, cue) or "say",
        source_head=source if source is not None else -1,
        sentence=number,
    )
