"""Attributions by the patterns over trees (patterns.toml): from the words a pattern fits to spans."""

from __future__ import annotations

from dataclasses import replace

from leakdesk.language.concepts import fold
from leakdesk.model.claim import AttributionType
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import (
    Found,
    Text,
    class_of,
    lies_inside,
    phrase_head,
    unconfirmed,
    undisputed,
)
from leakdesk.reading.attribution_tags import speaker_phrase
from leakdesk.reading.attribution_tree_contents import content_of
from leakdesk.reading.attribution_tree_silence import is_expletive, says_nothing
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns import Hit, hits
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range
from leakdesk.reading.words import word_list


def by_patterns(
    text: Text, number: int, sentence: Sentence, words: Lexicon, direct: list[Found], *, papers: bool
) -> list[Found]:
    """What the patterns find in sentence `number`; what is in the quotation marks of `direct` is found there already."""
    found: list[Found] = []
    quoted = [each.content for each in direct if each.content and each.type == "direct"]
    for hit in (_spoken_by(sentence, each, words) for each in hits(sentence, words, papers=papers)):
        cue = sentence.tokens[hit.cue]
        if cue.start in text.used or says_nothing(sentence, hit, words):
            continue
        content = content_of(text, number, sentence, hit, words, quoted=quoted)
        if content is None:
            continue
        source = _source_of(sentence, hit, words)
        if source is not None and lies_inside(source, content) and hit.pattern.id != "sets-at":
            continue
        text.used.update(t.start for t in sentence.tokens[cue.i : hit.cue_end + 1])
        found.append(_found(number, sentence, hit, words, (source, content)))
    return found


def _source_of(sentence: Sentence, hit: Hit, words: Lexicon) -> Range | None:
    cue = sentence.tokens[hit.cue]
    if hit.source is None:
        return None
    if is_expletive(sentence, sentence.tokens[hit.source], cue):
        return _from_paper(sentence, cue, words)
    return spans.extent(sentence, speaker_phrase(sentence, hit.source, words))


def _found(
    number: int, sentence: Sentence, hit: Hit, words: Lexicon, source_and_content: tuple[Range | None, Range]
) -> Found:
    source, content = source_and_content
    cue = sentence.tokens[hit.cue]
    type_ = _type_of(sentence, hit, words, named=source is not None)
    return Found(
        type_,
        hit.pattern.id,
        source=source,
        cue=(cue.start, sentence.tokens[hit.cue_end].end),
        content=content,
        cue_class=_cue_class(sentence, hit, words),
        sentence=number,
        hedged=type_ == "agentless" or _hedged(sentence, cue),
        source_head=hit.source if hit.source is not None else -1,
        factive=fold(cue.lemma) in words.factive,
        nominal=hit.nominal,
        complaint=cue.lemma in word_list("complaints"),
    )


def _cue_class(sentence: Sentence, hit: Hit, words: Lexicon) -> str:
    cue = sentence.tokens[hit.cue]
    if undisputed(sentence, cue):
        return "say"
    if unconfirmed(sentence, cue):
        return "open"
    return class_of(words, cue) if "noun" not in hit.pattern.classes else "noun"


def _type_of(sentence: Sentence, hit: Hit, words: Lexicon, *, named: bool) -> AttributionType:
    type_: AttributionType = hit.pattern.type  # type: ignore[assignment]
    source = sentence.tokens[hit.source] if hit.source is not None else None
    if source is not None and words.is_document(source.low, source.lemma):
        return "evidential"
    return "agentless" if not named and type_ == "indirect" else type_


def _from_paper(sentence: Sentence, cue: Token, words: Lexicon) -> Range | None:
    """ "From the letters it follows that": the paper is the source."""
    for child in sentence.children(cue.i):
        case = sentence.child(child.i, "case")
        if child.dep == "obl" and case is not None and case.low == "from" and words.is_document(child.low, child.lemma):
            return spans.extent(sentence, speaker_phrase(sentence, child.i, words))
    return None


def _spoken_by(sentence: Sentence, hit: Hit, words: Lexicon) -> Hit:
    return replace(hit, source=_who_can(sentence, hit, words))


def _who_can(sentence: Sentence, hit: Hit, words: Lexicon) -> int | None:
    """«Решение по контракту правительство обещает принять»: where a thing is the subject, the nominative that can speak."""
    source = hit.source
    if source is None or sentence.language == "en":
        return source
    tokens = sentence.tokens
    top = tokens[source]
    if (
        top.pos != "N"
        or top.animate == "a"
        or words.speaks(top.low, top.lemma)
        or words.is_document(top.low, top.lemma)
    ):
        return source
    for token in reversed(tokens[source + 1 : hit.cue]):
        if token.text in (",", ";", ":", "—"):
            return source
        plain = sentence.child(token.i, "case") is None and token.dep not in ("nmod", "amod", "appos", "flat")
        if token.pos in ("N", "PN") and "n" in token.cases and plain and words.speaks(token.low, token.lemma):
            return phrase_head(sentence, token.i)
    return source


def speaks_of_papers(sentence: Sentence, words: Lexicon) -> bool:
    """Whether the subject of a sentence is something written: "they" in the next one may be it."""
    subjects = [token for token in sentence.tokens if token.dep in ("nsubj", "nsubj:pass")]
    return bool(subjects) and words.is_document(subjects[0].low, subjects[0].lemma)


def _hedged(sentence: Sentence, cue: Token) -> bool:
    return any(
        token.low in ("reportedly", "allegedly", "якобы", "нібито", "нібыта", "apparently")
        for token in sentence.children(cue.i)
    )
