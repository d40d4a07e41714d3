"""What nobody is named for ("it is said"), and sentences that point back at what was said («Об этом сообщает X»)."""

from __future__ import annotations

from leakdesk.language.concepts import fold
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import (
    Found,
    Text,
    after_boundary,
    before_boundary,
    class_of,
    is_negated,
    phrase_at,
    rest_of,
)
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

_COMMA_THAT = ([",", "что"], [",", "що"], [",", "што"])


def hearsay_phrases(text: Text, number: int, sentence: Sentence, words: Lexicon, found: list[Found]) -> list[Found]:
    """ "It is said that", "reportedly", «якобы»: nobody is named."""
    tokens = sentence.tokens
    made: list[Found] = []
    for at in range(len(tokens)):
        size = _hearsay_size(sentence, at, words)
        if not size or any(token.start in text.used for token in tokens[at : at + size]):
            continue
        phrase = " ".join(token.low for token in tokens[at : at + size])
        if phrase in _ONLY_PASSIVE and sentence.child(at, "aux:pass") is None:
            continue
        if size == 1 and tokens[at].pos == "V" and _is_spoken_by(sentence, at):
            continue
        if phrase in PARTICLES and (_is_held(sentence, at, found) or _joins(sentence, at)):
            continue
        if any(each.cue and each.cue[0] <= tokens[at].start < each.cue[1] for each in found):
            continue
        last = at + size - 1
        if phrase not in PARTICLES:
            last = _with_that(tokens, last)
        whole = _of_somebody(sentence, at, phrase)
        if whole is not None and sentence.child(at, "obl:agent") is not None:
            continue
        content = whole or _hearsay_content(sentence, at, last)
        if content is None or (phrase in PARTICLES and not _tells(sentence, content)):
            continue
        text.used.update(token.start for token in tokens[at : last + 1])
        made.append(
            Found(
                "agentless",
                "hearsay",
                cue=(tokens[at].start, tokens[last].end),
                content=content,
                cue_class="say",
                hedged=True,
                sentence=number,
            )
        )
    return made


def _with_that(tokens: list[Token], last: int) -> int:
    """The last word of a phrase with the "that" behind it."""
    if last + 1 < len(tokens) and tokens[last + 1].low in ("that", "что", "що", "што"):
        last += 1
    return last + 2 if [t.low for t in tokens[last + 1 : last + 3]] in _COMMA_THAT else last


def _of_somebody(sentence: Sentence, at: int, phrase: str) -> Range | None:
    """ "Portugal, which has twelve, is understood to have asked": the whole clause; "is charged with two counts": the counts."""
    if sentence.language != "en" or not phrase.endswith((" to", " of", " with", " for")):
        return None
    subject = sentence.child(at, "nsubj:pass")
    if subject is None or sentence.child(at, "aux:pass") is None:
        return None
    start = min(sentence.subtree(subject.i)) if phrase.endswith(" to") else at + len(phrase.split())
    run = before_boundary(sentence, sentence.trim(list(range(start, len(sentence.tokens)))))
    return spans.extent(sentence, run)


def _is_spoken_by(sentence: Sentence, at: int) -> bool:
    """«Пра гэта гавораць дакументы», «кажуць у райвыканкаме»: somebody or some place does say it."""
    tokens = sentence.tokens
    subject = sentence.child(at, "nsubj")
    if subject is not None and subject.pos in ("N", "PN"):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    words = lexicon(sentence.language)
    return following is not None and (
        following.low in ("в", "во", "у", "ў", "на")
        or (following.pos in ("N", "PN") and "n" in following.cases)
        or words.is_document(following.low, following.lemma)
    )


def _hearsay_size(sentence: Sentence, at: int, words: Lexicon) -> int:
    """Words of a hearsay phrase; one adverb may stand inside ("it later emerged")."""
    size = phrase_at(sentence, at, words.hearsay)
    tokens = sentence.tokens
    if size or tokens[at].low != "it" or at + 2 >= len(tokens) or tokens[at + 1].pos != "ADV":
        return size
    for phrase in words.hearsay.get("it", ()):
        if all(at + 1 + k < len(tokens) and fold(tokens[at + 1 + k].low) == word for k, word in enumerate(phrase) if k):
            return len(phrase) + 1
    return 0


def _is_held(sentence: Sentence, at: int, found: list[Found]) -> bool:
    """Whether somebody who is named says it: then the particle only colours what that one says."""
    start = sentence.tokens[at].start
    return any(each.content is not None and each.content[0] <= start < each.content[1] for each in found) or any(
        each.cue is not None and 0 <= each.cue[0] - start < 20 for each in found
    )


def _joins(sentence: Sentence, at: int) -> bool:
    """«Жители утверждают, будто»: behind a verb of saying and a comma the particle is a "that"."""
    tokens = sentence.tokens
    if at < 2 or tokens[at - 1].text != ",":
        return False
    words = lexicon(sentence.language)
    return any(
        words.classes_of(t.low, t.lemma) for t in tokens[max(0, at - 4) : at - 1] if t.pos in ("V", "CONV", "A", "N")
    )


def _tells(sentence: Sentence, content: Range) -> bool:
    return any(content[0] <= token.start < content[1] and token.pos in ("V", "AUX") for token in sentence.tokens)


#: Phrases that tell a rumour or a charge only as the verb of a clause ("is charged with"), not behind a noun.
_ONLY_PASSIVE = frozenset({"charged with", "tipped for", "tipped to"})
#: Words that only colour a clause: a hedge, no attribution.
PARTICLES = frozenset(
    {
        "якобы",
        "будто",
        "мол",
        "дескать",
        "нібито",
        "начебто",
        "мовляв",
        "буцімто",
        "нібыта",
        "быццам",
        "маўляў",
        "нібы",
        "предположительно",
        "імовірно",
        "ймовірно",
        "імаверна",
    }
)


def _hearsay_content(sentence: Sentence, at: int, last: int) -> Range | None:
    tokens = sentence.tokens
    close = next((k for k in range(last + 1, min(last + 4, len(tokens))) if tokens[k].text == ","), None)
    if sentence.language == "en" and at > 1 and tokens[at - 1].text == "," and close is not None:
        return rest_of(sentence, at, close - 1)  # "Bosses, it emerged yesterday, had known"
    before = sentence.trim(list(range(at)))
    after = sentence.trim(list(range(last + 1, len(tokens))))
    if at and after and tokens[at - 1].text == ":" and sentence.language != "en":
        return spans.extent(sentence, before_boundary(sentence, after))  # «развели руками: дескать, документы сгорели»
    if after and tokens[last].low in ("что", "що", "што") and sentence.language != "en":
        return spans.extent(sentence, before_boundary(sentence, after))
    if len(before) >= 3 and not after:
        return spans.extent(sentence, after_boundary(sentence, before))
    if len(before) < 2 and len(after) >= 2:
        return spans.extent(sentence, before_boundary(sentence, after))
    if before and after:
        start = (
            max(
                [
                    k
                    for k in before
                    if tokens[k].text in (",", ";", ":", "—") or tokens[k].low in ("that", "что", "що", "што")
                ]
                or [before[0] - 1]
            )
            + 1
        )
        end = next((k for k in after if tokens[k].text in (",", ";", ":", "—")), after[-1] + 1) - 1
        if start < at <= end or at == start:
            return tokens[start].start, tokens[max(end, last)].end
    return None


_THIS = (
    ("об", "этом"),
    ("про", "это"),
    ("про", "це"),
    ("пра", "гэта"),
    ("аб", "гэтым"),
    ("на", "это"),
    ("на", "це"),
    ("на", "гэта"),
    ("про", "що"),
    ("о", "чем"),
    ("о", "чём"),
    ("пра", "што"),
)


def pointing_back(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """«Об этом сообщает X»: what is said stands in the sentence before; the content is the word that points at it."""
    tokens = sentence.tokens
    place = next((k for k in range(len(tokens) - 1) if (tokens[k].low, tokens[k + 1].low) in _THIS), None)
    if place is None or (place and not words.classes_of(tokens[place - 1].low, tokens[place - 1].lemma)):
        return []
    cue = next(
        (
            t
            for t in tokens
            if t.pos in ("V", "AUX", "PTCP")
            and t.start not in text.used
            and words.classes_of(t.low, t.lemma) & {"say", "show", "admit"}
        ),
        None,
    )
    if cue is None or is_negated(sentence, cue):
        return []
    subject = sentence.child(cue.i, "nsubj", "obl:agent") or _beside_this(sentence, cue, place)
    text.used.add(cue.start)
    head = subject.i if subject is not None else -1
    span = spans.extent(sentence, spans.phrase(sentence, head)) if head >= 0 else None
    evidential = head >= 0 and words.is_document(tokens[head].low, tokens[head].lemma)
    made = Found(
        "evidential" if evidential else "indirect" if span else "agentless",
        "points-back",
        source=span,
        cue=(cue.start, cue.end),
        content=(tokens[place].start, tokens[place + 1].end),
        cue_class=class_of(words, cue),
        source_head=head,
        sentence=number,
        hedged=span is None,
    )
    made.points_at = number - 1 if number else None
    return [made]


def _beside_this(sentence: Sentence, cue: Token, place: int) -> Token | None:
    """The noun at the cue that the words which point back are no part of."""
    for token in sentence.children(cue.i):
        points = {place, place + 1} & set(sentence.subtree(token.i))
        if token.dep in ("obl", "nsubj:pass") and token.pos in ("N", "PN") and not points:
            return token
    return None
