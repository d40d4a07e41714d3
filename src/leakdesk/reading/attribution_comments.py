"""Comments of a speaker put into or beside a clause: "as the auditors stressed", "from what guards say", «как видно из писем»."""

from __future__ import annotations

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, phrase_head, rest_of
from leakdesk.reading.attribution_sources import AS, past_relative
from leakdesk.reading.lexicon import CLAUSAL, Lexicon
from leakdesk.reading.sentence import Sentence

#: "as soon as", "as if": no comment of a speaker.
_NO_COMMENT = frozenset({"soon", "long", "far", "much", "many", "if", "though", "only", "только", "тільки", "толькі"})
#: "As the pilot put it": verbs that say only together with "it".
_WITH_IT = frozenset({"put", "have", "see", "tell", "explain"})


def as_somebody_says(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "As the auditors stressed, ...": the clause around a comment with a speech verb."""
    found: list[Found] = []
    tokens = sentence.tokens
    for at in range(len(tokens)):
        start = _opens_comment(sentence, at)
        if start is None:
            continue
        end = next(
            (k for k in range(start, len(tokens)) if tokens[k].text in (",", "—", ")", ".", ";", ":")), len(tokens)
        )
        if end - at > 22 or (start < len(tokens) and tokens[start].low in _NO_COMMENT):
            continue
        cues = [k for k in range(start, end) if _comments(sentence, k, words)]
        if not cues or tokens[cues[0]].start in text.used:
            continue
        cue = cues[0]
        source = _in_comment(sentence, at, end, cue, words)
        last = end if end < len(tokens) and tokens[end].text == ")" else past_relative(sentence, end - 1)
        content = rest_of(sentence, at, last)
        if content is None:
            continue
        text.used.add(tokens[cue].start)
        head = source if source is not None else -1
        span = spans.extent(sentence, [k for k in spans.phrase(sentence, head) if at < k < end]) if head >= 0 else None
        evidential = head >= 0 and words.is_document(tokens[head].low, tokens[head].lemma)
        found.append(
            Found(
                "evidential" if evidential else "indirect" if span else "agentless",
                "as-says",
                source=span,
                cue=(tokens[cue].start, tokens[cue].end),
                content=content,
                cue_class=class_of(words, tokens[cue]) or "say",
                source_head=head,
                sentence=number,
                hedged=span is None,
            )
        )
    return found


def _opens_comment(sentence: Sentence, at: int) -> int | None:
    """Index of the first word of a comment behind its "as" or "from what", at the start of a sentence or behind a comma."""
    tokens = sentence.tokens
    if at and tokens[at - 1].text not in (",", "—", "(", '"', "«"):
        return None
    if [token.low for token in tokens[at : at + 3]] == ["as", "far", "as"]:
        return at + 3
    if tokens[at].low in AS:
        return at + 1
    if [token.low for token in tokens[at : at + 2]] == ["to", "hear"]:
        return at + 2
    if tokens[at].low in ("from", "by") and at + 1 < len(tokens) and tokens[at + 1].low == "what":
        return at + 2
    return None


def _comments(sentence: Sentence, k: int, words: Lexicon) -> bool:
    token = sentence.tokens[k]
    told = token.low == "tell" and k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].low == "it"
    if token.pos not in ("V", "PTCP", "AUX") or told:
        return told
    if words.classes_of(token.low, token.lemma) & set(CLAUSAL):
        return True
    if token.lemma in ("tell", "know", "see") and any(t.low in ("could", "can") for t in sentence.children(k)):
        return True
    return token.lemma in _WITH_IT and k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].low == "it"


#: Prepositions of the place or paper that a comment speaks from.
_FROM_WHERE = frozenset({"из", "з", "із", "зі", "са", "со", "в", "во", "у", "ў", "на", "in", "from", "by"})


def _in_comment(sentence: Sentence, at: int, end: int, cue: int, words: Lexicon) -> int | None:
    """Who comments: the subject, in the Slavic languages the first noun that can be one, else a place or paper."""
    tokens = sentence.tokens
    subject = sentence.child(cue, "nsubj", "obl:agent")
    if subject is not None and at < subject.i < end and "n" in (subject.cases or "n"):
        return subject.i
    nouns = [k for k in range(at + 1, end) if tokens[k].pos in ("N", "PN", "PRON") and not _in_quotes(sentence, k)]
    if sentence.language != "en":
        plain = [
            k
            for k in nouns
            if "n" in (tokens[k].cases or "n")
            and sentence.child(k, "case") is None
            and k != cue
            and tokens[k].cases != "d"
        ]
        if not plain:
            nouns = [k for k in nouns if tokens[max(k - 1, 0)].low in _FROM_WHERE or _has_case(sentence, k)]
        nouns = plain or nouns
    if not nouns:
        return None
    head = phrase_head(sentence, nouns[0])
    return head if at < head < end else nouns[0]


def _has_case(sentence: Sentence, k: int) -> bool:
    case = sentence.child(k, "case")
    return case is not None and case.low in _FROM_WHERE


def _in_quotes(sentence: Sentence, k: int) -> bool:
    """Whether a word stands between quotation marks: an outlet's name that is told something."""
    opening = [token.i for token in sentence.tokens[:k] if token.text == "«"]
    return bool(opening) and not any(token.text == "»" for token in sentence.tokens[opening[-1] : k])
