"""Attributions by the patterns over trees (patterns.toml): from the words a pattern fits to spans."""

from __future__ import annotations

from leakdesk.language.concepts import fold
from leakdesk.model.claim import AttributionType
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, is_negated, lies_inside, overlap
from leakdesk.reading.attribution_tags import speaker_phrase
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns import Hit, hits
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range
from leakdesk.reading.words import word_list

#: Patterns whose content runs to the end of its clause: a noun with all that belongs to it.
_RUNNING_ON = frozenset(
    {"tells-of", "document-lists", "relates-a-thing", "accuses-of-an-act", "states-an-act", "denies-an-act"}
)


def by_patterns(text: Text, number: int, sentence: Sentence, words: Lexicon, direct: list[Found]) -> list[Found]:
    found: list[Found] = []
    papers = number > 0 and _speaks_of_papers(text.sentences[number - 1], words)
    for hit in hits(sentence, words, papers=papers):
        cue = sentence.tokens[hit.cue]
        if hit.pattern.id == "it-is-said-that" and (cue.pos == "INF" or cue.low in word_list("seen")):
            continue
        if cue.start in text.used or is_negated(sentence, cue) or _asked(sentence, cue):
            continue
        content = _content_of(text, number, sentence, hit)
        if content is not None and (
            hit.pattern.id in ("calls-it", "sets-at", "is-estimated-at")
            or (hit.pattern.id in _RUNNING_ON and hit.content > hit.cue)
        ):
            content = _to_clause_end(sentence, content, hit.cue)
        if content is None or any(overlap(content, each.content) > 0.8 for each in direct if each.content):
            continue
        source = spans.extent(sentence, speaker_phrase(sentence, hit.source, words)) if hit.source is not None else None
        if hit.source is not None and _expletive(sentence.tokens[hit.source], cue):
            source = None
        if source is not None and lies_inside(source, content) and hit.pattern.id != "sets-at":
            continue
        text.used.add(cue.start)
        kind = class_of(words, cue) if "noun" not in hit.pattern.classes else "noun"
        type_: AttributionType = hit.pattern.type  # type: ignore[assignment]
        if hit.source is not None and words.is_document(
            sentence.tokens[hit.source].low, sentence.tokens[hit.source].lemma
        ):
            type_ = "evidential"
        elif source is None and type_ == "indirect":
            type_ = "agentless"
        found.append(
            Found(
                type_,
                hit.pattern.id,
                source=source,
                cue=(cue.start, sentence.tokens[hit.cue_end].end),
                content=content,
                cue_class=kind,
                sentence=number,
                hedged=type_ == "agentless" or _hedged(sentence, cue, words),
                source_head=hit.source if hit.source is not None else -1,
                factive=fold(cue.lemma) in words.factive,
                nominal=hit.nominal,
                complaint=cue.lemma in word_list("complaints"),
            )
        )
    return found


def _expletive(source: Token, cue: Token) -> bool:
    """ "It emerged that": the pronoun stands for the clause."""
    return source.low == "it" and cue.lemma in word_list("emerging")


def _content_of(text: Text, number: int, sentence: Sentence, hit: Hit) -> Range | None:
    if hit.nominal:
        return _nominal_content(sentence, hit.content)
    return _content(sentence, hit.cue, hit.content, above=hit.above, source=hit.source, last=text.tagged.get(number))


def _nominal_content(sentence: Sentence, head: int) -> Range | None:
    """A noun phrase as content: with what belongs to it, without relative clauses."""
    inside = spans.phrase(sentence, head)
    tail = [child for child in sentence.children(head) if child.dep == "nmod" and child.i > head]
    for child in tail:
        branch = sentence.subtree(child.i)
        if inside and branch[0] <= inside[-1] + 1:
            inside = sorted({*inside, *branch})
    return spans.extent(sentence, inside)


def _to_clause_end(sentence: Sentence, content: Range, cue: int) -> Range:
    """ "called the report a fabrication": both what is called and what it is called."""
    tokens = sentence.tokens
    last = cue
    while last + 1 < len(tokens) and (
        tokens[last + 1].pos not in ("PUNCT", "V", "SUB", "REL") or tokens[last + 1].text in '«»"'
    ):
        last += 1
    kept = sentence.trim([k for k in range(last + 1) if tokens[k].start >= content[0]])
    return (content[0], max(content[1], tokens[kept[-1]].end)) if kept else content


def _speaks_of_papers(sentence: Sentence, words: Lexicon) -> bool:
    """Whether the subject of a sentence is something written: "they" in the next one may be it."""
    subjects = [token for token in sentence.tokens if token.dep in ("nsubj", "nsubj:pass")]
    return bool(subjects) and words.is_document(subjects[0].low, subjects[0].lemma)


def _content(
    sentence: Sentence, cue: int, head: int, *, above: bool, source: int | None, last: int | None
) -> Range | None:
    while last is not None and head > last:
        nested = next((t for t in sentence.children(head) if t.dep == "ccomp" and t.i <= last), None)
        if nested is None:
            return None
        head = nested.i
    if not above and head > cue:
        mark = next((t.i for t in sentence.children(head) if t.dep == "mark" and cue < t.i < head), None)
        if mark is not None:
            inside = set(sentence.subtree(head))
            limit = max(inside) if last is None else min(max(inside), last)
            run = spans.without_tail(sentence, sentence.trim(list(range(mark + 1, limit + 1))), head)
            if all(sentence.tokens[k].text not in (";",) for k in run):
                return spans.extent(sentence, sentence.trim(run))
    without = frozenset({cue}) if above else frozenset[int]()
    if above:
        side = (0, cue - 1) if cue > head else (cue + 1, len(sentence.tokens) - 1)
    else:
        side = (cue + 1, len(sentence.tokens) - 1) if head > cue else (0, cue - 1)
        if source is not None and head < cue and source < cue and source > head:
            side = (0, source - 1)
    if last is not None:
        side = (side[0], min(side[1], last))
    return spans.extent(sentence, spans.clause(sentence, head, without=without, side=side))


def _asked(sentence: Sentence, cue: Token) -> bool:
    return any(
        token.low in ("whether", "if", "ли", "чи", "ці") and token.dep == "mark" for token in sentence.children(cue.i)
    )


def _hedged(sentence: Sentence, cue: Token, words: Lexicon) -> bool:
    return any(
        token.low in ("reportedly", "allegedly", "якобы", "нібито", "нібыта", "apparently")
        for token in sentence.children(cue.i)
    )
