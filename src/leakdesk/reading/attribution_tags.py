"""Sources beside a dash or a colon in headlines, and tags between commas: ", officials said,"."""

from __future__ import annotations

from leakdesk.model.document import Role
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import (
    Found,
    Text,
    after_boundary,
    before_boundary,
    class_of,
    has_verb,
    is_negated,
    phrase_at,
    phrase_head,
)
from leakdesk.reading.attribution_sources import AS
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
    named = any(words.speaks(t.low, t.lemma) or words.is_document(t.low, t.lemma) for t in nouns)
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
    cue = next(
        (t for t in reversed(tokens[:colon]) if t.pos == "V" and words.classes_of(t.low, t.lemma) & {"say", "admit"}),
        None,
    )
    rest = sentence.trim(list(range(colon + 1, len(tokens))))
    if (
        cue is None
        or cue.start in text.used
        or is_negated(sentence, cue)
        or colon - cue.i > 6
        or not has_verb(sentence, rest)
    ):
        return []
    subject = sentence.child(cue.i, "nsubj")
    if subject is None or subject.i > colon or any(token.pos == "V" for token in tokens[cue.i + 1 : colon]):
        return []
    text.used.add(cue.start)
    evidential = words.is_document(subject.low, subject.lemma)
    return [
        Found(
            "evidential" if evidential else "indirect",
            "colon-clause",
            source=spans.extent(sentence, spans.phrase(sentence, subject.i)),
            cue=(cue.start, cue.end),
            content=spans.extent(sentence, rest),
            cue_class=class_of(words, cue),
            source_head=subject.i,
            sentence=number,
        )
    ]


_THAT = frozenset({"что", "що", "што", "чтобы", "щоб", "каб"})
#: Prepositions of the place that speaks: «подчеркнули в мэрии», «говорится в заключении».
_PLACE = frozenset({"в", "во", "у", "ў", "на", "из", "з", "із", "зі", "са", "со"})
_OWNERS = frozenset({"its", "his", "her", "their", "our", "my", "your"})
#: Verbs that take their hearer as an object: behind them a noun is no speaker.
_HEARD = frozenset(
    {
        "tell",
        "inform",
        "warn",
        "remind",
        "assure",
        "ask",
        "brief",
        "notify",
        "persuade",
        "convince",
        "teach",
        "show",
        "know",
        "see",
        "find",
        "hear",
        "read",
        "follow",
        "hold",
        "give",
        "carry",
        "bear",
        "contain",
        "include",
        "list",
        "name",
        "identify",
        "recognise",
        "recognize",
        "detect",
        "discover",
        "require",
        "provide",
        "record",
        "register",
        "leak",
        "deliver",
        "broadcast",
        "circulate",
        "confess",
        "grant",
        "trust",
        "judge",
        "figure",
        "expose",
    }
)
_TAG_WORDS = frozenset({"N", "PN", "PRON", "DET", "A", "ADV", "NUM", "AUX", "PREP", "X", "PUNCT", "PTCP", "CCONJ"})


def comma_tags(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ ", officials said," and ", сообщил директор." between commas or at the end: they speak for the rest of the sentence."""
    tokens = sentence.tokens
    found: list[Found] = []
    commas = [token.i for token in tokens if token.text in (",", "—")]
    last = len(tokens) - 1
    while last > 0 and tokens[last].pos == "PUNCT":
        last -= 1
    for comma in commas:
        end = next((k for k in commas if k > comma + 1), last + 1)
        if end > last:
            end = last + 1
        if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].low in _THAT:
            continue  # «источник, клерк, сообщил, что»: what is said follows
        made = _tag(text, number, sentence, words, comma, end, final=end == last + 1)
        if made is not None:
            found.append(made)
    return found


def _tag(
    text: Text, number: int, sentence: Sentence, words: Lexicon, comma: int, end: int, *, final: bool
) -> Found | None:
    tokens = sentence.tokens
    inside = tokens[comma + 1 : end]
    cues = [
        token
        for token in inside
        if token.pos == "V" and words.classes_of(token.low, token.lemma) & {"say", "admit", "think", "learn", "show"}
    ]
    if (
        not 2 <= len(inside) <= 16
        or len(cues) != 1
        or cues[0].start in text.used
        or any(t.pos in ("INF", "SUB", "REL", "CONV") for t in inside)
    ):
        return None
    if any(token.pos == "V" and token is not cues[0] for token in inside) or any(
        token.low in AS for token in inside[:1]
    ):
        return None
    if any(phrase_at(sentence, token.i, words.hearsay) for token in inside):
        return None
    cue = cues[0]
    nouns = [token for token in inside if token.pos in ("N", "PN", "PRON") and token.low not in _OWNERS]
    obj = sentence.child(cue.i, "obj")
    if (
        not nouns
        or (
            obj in inside
            and not _turned(sentence, cue, comma, final, words)
            and (sentence.language == "en" or (len(nouns) > 1 and "n" not in (obj.cases if obj else "")))
        )
        or is_negated(sentence, cue)
        or (sentence.language == "en" and sentence.child(cue.i, "aux:pass") is not None)
    ):
        return None
    near = _candidates(sentence, nouns)
    if not near:
        return None
    head = phrase_head(sentence, near[0].i)
    if not comma < head < end or (near[0].i > cue.i and inside[0] is not cue and near[0].i - comma > 8):
        return None
    if near[0].i < cue.i and inside[-1].i - cue.i > 7:
        return None
    before = after_boundary(sentence, sentence.trim(list(range(comma))))
    trailing = (
        not final
        and near[0].i > cue.i
        and (
            (not any(t.pos in ("V", "AUX", "INF") for t in tokens[end:]) and len(tokens) - end <= 10)
            or _only_relative(sentence, end)
        )
    ) or (not final and _cites(sentence, end))
    final = final or trailing
    if sum(tokens[k].pos != "PUNCT" for k in before) < (2 if final else 1) or (
        final and not has_verb(sentence, before)
    ):
        return None
    after = [] if final else before_boundary(sentence, sentence.trim(list(range(end + 1, len(tokens)))))
    content = (tokens[before[0]].start, tokens[(after or before)[-1]].end)
    source = spans.extent(sentence, [k for k in speaker_phrase(sentence, head, words) if comma < k < end])
    if trailing and source is not None and not _cites(sentence, end):
        rest = sentence.trim(list(range(end, len(tokens))))
        source = (source[0], tokens[rest[-1]].end if rest else source[1])
    if not final and (not after or not _plain_comment(sentence, before, after)):
        return None
    text.used.add(cue.start)
    if final:
        text.tagged[number] = comma - 1
    evidential = words.is_document(tokens[head].low, tokens[head].lemma)
    return Found(
        "evidential" if evidential else "indirect",
        "speech-tag",
        source=source,
        cue=(cue.start, cue.end),
        content=content,
        cue_class=class_of(words, cue),
        source_head=head,
        sentence=number,
    )


def _candidates(sentence: Sentence, nouns: list[Token]) -> list[Token]:
    """Nouns of a tag that may be who speaks: subjects first, then places («говорится в заключении», «подчеркнули в мэрии»)."""
    plain = [token for token in nouns if sentence.child(token.i, "case") is None]
    near = [token for token in plain if "n" in (token.cases or "n")]
    if near or sentence.language == "en":
        return near or plain or nouns
    return [
        token
        for token in nouns
        if (case := sentence.child(token.i, "case")) is None or (case.low in _PLACE and token.dep in ("obl", "nmod"))
    ]


def _turned(sentence: Sentence, cue: Token, comma: int, final: bool, words: Lexicon) -> bool:
    """ ", argued engineers at the institute.": the verb right behind the comma, its speaker taken for an object."""
    tokens = sentence.tokens
    if sentence.language != "en" or not final or cue.i != comma + 1 or cue.lemma in _HEARD:
        return False
    obj = sentence.child(cue.i, "obj")
    if obj is None or not words.classes_of(cue.low, cue.lemma) & {"say", "admit", "think"}:
        return False
    before = [token for token in tokens[:comma] if token.pos != "PUNCT"]
    whole = any(t.dep in ("nsubj", "nsubj:pass") for t in before) and any(t.pos in ("V", "AUX") for t in before)
    return whole and (obj.pos == "PN" or words.speaks(obj.low, obj.lemma))


def _cites(sentence: Sentence, end: int) -> bool:
    """Whether what follows a tag names a further source: ", the agency reported, citing an official"."""
    rest = sentence.tokens[end + 1 : end + 3]
    return bool(rest) and (
        rest[0].low in ("citing", "quoting", "ссылаясь", "посилаючись", "спасылаючыся")
        or [token.low for token in rest]
        in (["со", "ссылкой"], ["із", "посиланням"], ["з", "посиланням"], ["са", "спасылкай"])
    )


def _only_relative(sentence: Sentence, end: int) -> bool:
    """Whether a comma opens a relative clause that runs to the end of the sentence: «, свідчать листи, які отримала редакція»."""
    rest = [token for token in sentence.tokens[end:] if token.pos != "PUNCT"]
    commas = sum(token.text == "," for token in sentence.tokens[end:])
    return commas == 1 and len(rest) > 2 and any(token.pos == "REL" for token in rest[:2])


#: "with reference to": what follows is another source.
_CITED = frozenset({"ссылкой", "посиланням", "спасылкай"})


def speaker_phrase(sentence: Sentence, head: int, words: Lexicon) -> list[int]:
    """A speaker without the letter it speaks in: "the bookkeeper (in one of the letters)"."""
    inside = spans.phrase(sentence, head)
    for child in sentence.children(head):
        if child.i > head and child.low in _CITED:
            inside = [k for k in inside if k < child.i - 1]
        if child.dep == "nmod" and child.i > head and (case := sentence.child(child.i, "case")) is not None:
            branch = [sentence.tokens[k] for k in sentence.subtree(child.i)]
            if case.low in ("in", "в", "у", "ў") and any(words.is_document(token.low, token.lemma) for token in branch):
                inside = [k for k in inside if k < case.i]
    return inside


def _plain_comment(sentence: Sentence, before: list[int], after: list[int]) -> bool:
    """A comment in the middle splits one clause: its verb stands on one side only."""
    verbs_before = any(sentence.tokens[k].pos in ("V", "AUX") for k in before)
    verbs_after = any(sentence.tokens[k].pos in ("V", "AUX") for k in after)
    return verbs_before != verbs_after
