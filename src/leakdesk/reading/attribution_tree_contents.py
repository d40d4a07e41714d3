"""What a fit of a pattern over a tree says somebody said: the span of the content, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence

from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Text, overlap, without_contrast
from leakdesk.reading.attribution_shapes import before_aside, clause_end
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns import Hit
from leakdesk.reading.sentence import Sentence
from leakdesk.reading.spans import Range
from leakdesk.reading.words import word_list

#: A content that shares more than this with a quotation is the quotation.
_THE_SAME = 0.8
#: What opens a clause of content, and its second one.
SECOND = frozenset({"that", "что", "що", "што"})
#: Patterns whose content runs to the end of its clause: a noun with all that belongs to it.
_RUNNING_ON = frozenset(
    {
        "tells-of",
        "document-lists",
        "relates-a-thing",
        "accuses-of-an-act",
        "is-accused-of",
        "states-an-act",
        "concedes-a-thing",
        "denies-an-act",
        "stands-in-a-document",
    }
)


def content_of(
    text: Text, number: int, sentence: Sentence, hit: Hit, words: Lexicon, *, quoted: Sequence[Range]
) -> Range | None:
    """The content of a fit in sentence `number` of a text; None where it has none, or one of the `quoted` ones."""
    content = _below(text, number, sentence, hit)
    if content is None:
        return None
    if hit.pattern.id in ("calls-it", "sets-at", "is-estimated-at") or (
        hit.pattern.id in _RUNNING_ON and hit.content > hit.cue
    ):
        content = _to_clause_end(sentence, content, hit.cue)
    if any(overlap(content, each) > _THE_SAME for each in quoted):
        return None
    if hit.content > hit.cue:
        content = _to_stop(sentence, content, hit)
        content = _back_in_main(sentence, _with_second(sentence, _settled(sentence, content, hit.cue)))
    return _in_english(sentence, hit, content, words)


def _below(text: Text, number: int, sentence: Sentence, hit: Hit) -> Range | None:
    if sentence.language == "en" and (clause := _denied_before(sentence, hit)) is not None:
        return clause
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


def _to_clause_end(sentence: Sentence, content: Range, cue: int) -> Range:
    """ "called the report a fabrication": both what is called and what it is called."""
    tokens = sentence.tokens
    last = cue
    opened = False
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        if following.text in '«»"':
            opened = following.text == "«" or (following.text == '"' and not opened)
        elif following.pos in ("PUNCT", "V", "SUB", "REL") and not opened:
            break
        last += 1
    kept = sentence.trim([k for k in range(last + 1) if tokens[k].start >= content[0]])
    return (content[0], max(content[1], tokens[kept[-1]].end)) if kept else content


def _to_stop(sentence: Sentence, content: Range, hit: Hit) -> Range:
    """A Slavic clause behind «что» runs to a mark or a conjunction, wherever the tree cuts it."""
    tokens = sentence.tokens
    if sentence.language == "en" or hit.nominal or hit.pattern.id not in ("says-clause", "document-shows-clause"):
        return content
    first = next((t.i for t in tokens if t.start >= content[0]), 0)
    if not first or tokens[first - 1].low not in SECOND or tokens[first - 2].text != ",":
        return content
    last = next((t.i for t in reversed(tokens) if t.end <= content[1]), first)
    while last + 1 < len(tokens) and tokens[last + 1].pos not in ("PUNCT", "CCONJ", "SUB", "REL"):
        last += 1
    return content[0], max(content[1], tokens[last].end)


def _back_in_main(sentence: Sentence, content: Range) -> Range:
    """«..., що декларацію не перевіряли, і пообіцяла ...»: a comma before "and" and a verb closes a Slavic clause."""
    if sentence.language == "en":
        return content
    tokens = sentence.tokens
    inside = [t.i for t in tokens if content[0] <= t.start < content[1]]
    for k in inside[2:-1]:
        joins = tokens[k].low in ("и", "і", "й", "та", "ды") and tokens[k - 1].text == ","
        if joins and tokens[k + 1].pos == "V" and any(tokens[i].pos in ("V", "AUX") for i in inside if i < k):
            kept = sentence.trim([i for i in inside if i < k])
            return (content[0], tokens[kept[-1]].end) if kept else content
    return content


def _settled(sentence: Sentence, content: Range, cue: int) -> Range:
    """Without a "that" which the parser took for a pronoun, with the adverb that closes the clause."""
    tokens = [token for token in sentence.tokens if content[0] <= token.start < content[1]]
    if not tokens:
        return content
    start, end = content
    if (
        sentence.language == "en"
        and tokens[0].low == "that"
        and len(tokens) > 2
        and tokens[1].pos in ("N", "PN", "A", "PRON", "DET")
    ):
        start = tokens[1].start
    following = tokens[-1].i + 1
    while following < len(sentence.tokens) and sentence.tokens[following].pos == "ADV" and tokens[-1].i > cue:
        end = sentence.tokens[following].end
        following += 1
    return start, end


def _with_second(sentence: Sentence, content: Range) -> Range:
    """ "that A and that B": the second clause as well."""
    tokens = sentence.tokens
    k = next((token.i for token in tokens if token.start >= content[1]), len(tokens))
    while k + 1 < len(tokens) and tokens[k].text == ",":
        k += 1
    if k + 2 >= len(tokens) or tokens[k].pos != "CCONJ" or tokens[k + 1].low not in SECOND:
        return content
    stop = next((j for j in range(k, len(tokens)) if tokens[j].text == ";"), len(tokens))
    rest = sentence.trim(list(range(k, stop)))
    return (content[0], tokens[rest[-1]].end) if rest else content


def _in_english(sentence: Sentence, hit: Hit, content: Range, words: Lexicon) -> Range:
    """What English adds to a content or leaves outside of it."""
    if sentence.language != "en" or hit.content < hit.cue:
        return content
    if hit.pattern.id in ("deny-doing", "admits-doing"):
        run = [t.i for t in sentence.tokens if content[0] <= t.start < content[1]]
        content = spans.extent(sentence, before_aside(sentence, run)) or content
    run = [t.i for t in sentence.tokens if content[0] <= t.start < content[1]]
    content = spans.extent(sentence, without_contrast(sentence, run)) or content
    content = _without_echo(sentence, content, words)
    return _with_its_clause(sentence, hit, content) if hit.pattern.id == "disputes-a-saying" else content


def _with_its_clause(sentence: Sentence, hit: Hit, content: Range) -> Range:
    """ "denied reports he was planning to quit": the reports with what they say."""
    noun = sentence.tokens[hit.content]
    below = [t for t in sentence.children(noun.i) if t.dep in ("acl", "acl:relcl", "ccomp") and t.i > noun.i]
    inside = [t.i for t in sentence.tokens if content[0] <= t.start < content[1]]
    if not below or not inside or sentence.tokens[min(inside[-1] + 1, len(sentence.tokens) - 1)].text == ",":
        return content
    return content[0], sentence.tokens[clause_end(sentence, sentence.tokens[hit.cue], inside[0])].end


def _without_echo(sentence: Sentence, content: Range, words: Lexicon) -> Range:
    """ "says 400 jobs are at risk, a figure the company rejects": without the noun that sums up what was said."""
    tokens = sentence.tokens
    inside = [t.i for t in tokens if content[0] <= t.start < content[1]]
    for k in inside[2:-2]:
        if tokens[k].text != "," or tokens[k + 1].low not in ("a", "an"):
            continue
        noun = next((t for t in tokens[k + 2 : k + 5] if t.pos == "N"), None)
        sums_up = noun is not None and (words.is_saying(noun.low, noun.lemma) or noun.lemma in word_list("summing_up"))
        if noun is not None and sums_up and any(t.dep in ("acl:relcl", "acl") for t in sentence.children(noun.i)):
            return content[0], tokens[k - 1].end
    return content


def _denied_before(sentence: Sentence, hit: Hit) -> Range | None:
    """ "accused them of sending drones across the border, which they deny": what is denied is the clause before."""
    tokens = sentence.tokens
    which = next((t for t in tokens[hit.content + 1 : hit.cue] if t.low == "which"), None)
    if hit.content > hit.cue or hit.pattern.id not in ("denies-an-act", "disputes-a-saying") or which is None:
        return None
    said = tokens[hit.content].lemma
    if (
        tokens[which.i - 1].text != ","
        or said in word_list("summing_up")
        or said in ("claim", "charge", "allegation", "accusation")
    ):
        return None
    return spans.extent(sentence, sentence.trim(list(range(which.i - 1))))
