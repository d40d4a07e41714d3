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
    is_gerund,
    is_negated,
    lies_inside,
    overlap,
    phrase_head,
    unconfirmed,
    undisputed,
    without_contrast,
)
from leakdesk.reading.attribution_shapes import before_aside, clause_end
from leakdesk.reading.attribution_tags import speaker_phrase
from leakdesk.reading.lexicon import Lexicon
from leakdesk.reading.patterns import Hit, hits
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range
from leakdesk.reading.words import word_list

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


def by_patterns(
    text: Text, number: int, sentence: Sentence, words: Lexicon, direct: list[Found], *, papers: bool
) -> list[Found]:
    found: list[Found] = []
    for hit in (_spoken_by(sentence, each, words) for each in hits(sentence, words, papers=papers)):
        cue = sentence.tokens[hit.cue]
        if cue.start in text.used or _says_nothing(sentence, hit, words):
            continue
        content = _content_of(text, number, sentence, hit)
        if content is not None and (
            hit.pattern.id in ("calls-it", "sets-at", "is-estimated-at")
            or (hit.pattern.id in _RUNNING_ON and hit.content > hit.cue)
        ):
            content = _to_clause_end(sentence, content, hit.cue)
        if content is None or any(
            overlap(content, each.content) > 0.8 for each in direct if each.content and each.type == "direct"
        ):
            continue
        if hit.content > hit.cue:
            content = _to_stop(sentence, content, hit)
            content = _back_in_main(sentence, _with_second(sentence, _settled(sentence, content, hit.cue)))
        content = _in_english(sentence, hit, content, words)
        source = spans.extent(sentence, speaker_phrase(sentence, hit.source, words)) if hit.source is not None else None
        if hit.source is not None and _expletive(sentence, sentence.tokens[hit.source], cue):
            source = _from_paper(sentence, cue, words)
        if source is not None and lies_inside(source, content) and hit.pattern.id != "sets-at":
            continue
        text.used.update(t.start for t in sentence.tokens[cue.i : hit.cue_end + 1])
        kind = class_of(words, cue) if "noun" not in hit.pattern.classes else "noun"
        if undisputed(sentence, cue) or unconfirmed(sentence, cue):
            kind = "say" if undisputed(sentence, cue) else "open"
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


_SECOND = frozenset({"that", "что", "що", "што"})


def _from_paper(sentence: Sentence, cue: Token, words: Lexicon) -> Range | None:
    """ "From the letters it follows that": the paper is the source."""
    for child in sentence.children(cue.i):
        case = sentence.child(child.i, "case")
        if child.dep == "obl" and case is not None and case.low == "from" and words.is_document(child.low, child.lemma):
            return spans.extent(sentence, speaker_phrase(sentence, child.i, words))
    return None


def _shows_nothing(sentence: Sentence, hit: Hit, words: Lexicon) -> bool:
    """ "The move follows ...", "the crew carried ...": verbs that only papers say things by; "I know whom I believe"."""
    cue = sentence.tokens[hit.cue]
    classes = words.classes_of(cue.low, cue.lemma)
    opens_with_how = "describe" in classes
    if hit.pattern.id == "says-clause" and sentence.language == "en":
        content = sentence.tokens[hit.content]
        opened = any(t.pos == "REL" and t.low != "that" for t in sentence.children(content.i))
        if opened and not classes & {"say", "admit", "describe"}:
            return True
    if hit.pattern.id != "says-clause" or not classes or classes - {"show", "describe", "publish"} or opens_with_how:
        return False
    source = sentence.tokens[hit.source] if hit.source is not None else None
    return cue.lemma not in word_list("proving") and not (source is not None and _expletive(sentence, source, cue))


def _merely_done(sentence: Sentence, cue: Token, words: Lexicon) -> bool:
    """ "asked the auditors to establish who paid": an infinitive of learning or showing is something to do, nothing said."""
    if cue.pos != "INF" or cue.dep not in ("xcomp", "ccomp", "acl", "advcl", "csubj"):
        return False
    above = sentence.tokens[cue.head] if cue.head >= 0 else None
    if above is not None and sentence.language == "en" and above.lemma in word_list("unsaid"):
        return True  # "could help to explain", "voted to reject", "plans to tell"
    if above is None or above.lemma in word_list("emerging") or above.low in word_list("managed"):
        return False
    if above.lemma in ("manage", "able", "seem", "appear", "continue", "go", "come", "begin"):
        return False
    return not words.classes_of(cue.low, cue.lemma) & {"say", "promise", "ask", "deny", "admit", "think"}


def _adds(sentence: Sentence, cue: Token) -> bool:
    """«..., заявив, что»: a gerund whose subject is the sentence's own is read from the order of the words."""
    if not is_gerund(sentence, cue):
        return False
    behind = sentence.tokens[cue.i + 1 : cue.i + 4]
    return any(token.low in _SECOND for token in behind)


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


def _to_stop(sentence: Sentence, content: Range, hit: Hit) -> Range:
    """A Slavic clause behind «что» runs to a mark or a conjunction, wherever the tree cuts it."""
    tokens = sentence.tokens
    if sentence.language == "en" or hit.nominal or hit.pattern.id not in ("says-clause", "document-shows-clause"):
        return content
    first = next((t.i for t in tokens if t.start >= content[0]), 0)
    if not first or tokens[first - 1].low not in _SECOND or tokens[first - 2].text != ",":
        return content
    last = next((t.i for t in reversed(tokens) if t.end <= content[1]), first)
    while last + 1 < len(tokens) and tokens[last + 1].pos not in ("PUNCT", "CCONJ", "SUB", "REL"):
        last += 1
    return content[0], max(content[1], tokens[last].end)


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
    if k + 2 >= len(tokens) or tokens[k].pos != "CCONJ" or tokens[k + 1].low not in _SECOND:
        return content
    stop = next((j for j in range(k, len(tokens)) if tokens[j].text == ";"), len(tokens))
    rest = sentence.trim(list(range(k, stop)))
    return (content[0], tokens[rest[-1]].end) if rest else content


def _says_nothing(sentence: Sentence, hit: Hit, words: Lexicon) -> bool:
    """Whether the fit of a pattern tells of no saying."""
    cue = sentence.tokens[hit.cue]
    if hit.pattern.id == "it-is-said-that" and (cue.pos == "INF" or cue.low in word_list("seen")):
        return True
    if sentence.language == "en" and (
        _no_such(sentence, hit) or _across_colon(sentence, hit) or (hit.nominal and decides(sentence, cue, hit.source))
    ):
        return True
    if sentence.tokens[hit.content].low == "what" and sentence.tokens[hit.content].pos == "REL":
        return True
    if cue.low == "writing" and cue.i and sentence.tokens[cue.i - 1].low == "in":
        return True
    if is_negated(sentence, cue) or _asked(sentence, cue) or _adds(sentence, cue):
        return True
    return _merely_done(sentence, cue, words) or _shows_nothing(sentence, hit, words)


def _with_its_clause(sentence: Sentence, hit: Hit, content: Range) -> Range:
    """ "denied reports he was planning to quit": the reports with what they say."""
    noun = sentence.tokens[hit.content]
    below = [t for t in sentence.children(noun.i) if t.dep in ("acl", "acl:relcl", "ccomp") and t.i > noun.i]
    inside = [t.i for t in sentence.tokens if content[0] <= t.start < content[1]]
    if not below or not inside or sentence.tokens[min(inside[-1] + 1, len(sentence.tokens) - 1)].text == ",":
        return content
    return content[0], sentence.tokens[clause_end(sentence, sentence.tokens[hit.cue], inside[0])].end


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


def _no_such(sentence: Sentence, hit: Hit) -> bool:
    """ "There is no evidence that": nothing says it."""
    if "noun" not in hit.pattern.classes:
        return False
    cue = sentence.tokens[hit.cue]
    return cue.low in word_list("no_sayings") or any(t.low == "no" for t in sentence.children(hit.cue))


def decides(sentence: Sentence, cue: Token, source: int | None) -> bool:
    """ "The court rejected the appeal": a decision, nothing said."""
    if source is None or cue.lemma not in word_list("deciding"):
        return False
    return sentence.tokens[source].lemma in word_list("deciders")


def _across_colon(sentence: Sentence, hit: Hit) -> bool:
    """ "Experts were divided: some thought ...": what stands before a colon is not said by whom stands behind it."""
    return hit.content < hit.cue and any(t.text in (":", ";") for t in sentence.tokens[hit.content : hit.cue])


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


def _expletive(sentence: Sentence, source: Token, cue: Token) -> bool:
    """ "It emerged that", "it was said that": the pronoun stands for the clause; in "it said that" it is somebody."""
    if source.low != "it" or cue.lemma not in word_list("emerging"):
        return False
    if sentence.language != "en" or cue.lemma in (
        "emerge",
        "transpire",
        "appear",
        "turn",
        "follow",
        "become",
        "surface",
    ):
        return True
    return sentence.child(cue.i, "aux:pass") is not None


def _content_of(text: Text, number: int, sentence: Sentence, hit: Hit) -> Range | None:
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


def speaks_of_papers(sentence: Sentence, words: Lexicon) -> bool:
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
