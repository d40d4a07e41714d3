"""Sources in adverbial phrases: "according to X", "in his words", "by its own account", "as X reports"."""

from __future__ import annotations

import re

from leakdesk.language.concepts import fold
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, phrase_at, phrase_head, rest_of
from leakdesk.reading.lexicon import CLAUSAL, Lexicon
from leakdesk.reading.sentence import Sentence, Token


def named_sources(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    found: list[Found] = []
    at = 0
    while at < len(sentence.tokens):
        size = phrase_at(sentence, at, words.according)
        hearsay = phrase_at(sentence, at, words.hearsay)
        if not size or hearsay > size or sentence.tokens[at].start in text.used:
            at += 1
            continue
        made = _according_at(sentence, at, size, words)
        if made is not None:
            made.sentence = number
            found.append(made)
            text.used.update(token.start for token in sentence.tokens[at : at + size])
        at += size
    return found


def _according_at(sentence: Sentence, at: int, size: int, words: Lexicon) -> Found | None:
    tokens = sentence.tokens
    start = at + size
    if start >= len(tokens):
        return None
    head = _next_noun(sentence, start)
    if head is None or not _can_speak(sentence, at, size, head, words):
        return None
    inside = [k for k in spans.phrase(sentence, head) if k >= start]
    inside = _own_run(sentence, inside, start)
    source = spans.extent(sentence, inside)
    if source is None:
        return None
    content = rest_of(sentence, _before_tag(sentence, at, words), inside[-1])
    if content is None:
        return None
    last = tokens[start - 1]
    paper = words.is_document(tokens[head].low, tokens[head].lemma)
    return Found(
        "according_to",
        "according-to",
        source=source,
        cue=(tokens[at].start, last.end),
        content=content,
        cue_class="say",
        source_head=head,
        on_paper=paper,
        cue_text=" ".join(token.low for token in tokens[at : at + size]),
    )


def _before_tag(sentence: Sentence, at: int, words: Lexicon) -> int:
    """ "..., the Post writes, citing files": what is cited is what the Post writes, not the tag."""
    tokens = sentence.tokens
    comma = next((k for k in reversed(range(at)) if tokens[k].text in (",", "—") and k != at - 1), None)
    if comma is None:
        return at
    between = tokens[comma + 1 : at]
    verbs = [token for token in between if token.pos == "V"]
    if len(verbs) == 1 and words.classes_of(verbs[0].low, verbs[0].lemma) & {"say", "admit"} and len(between) <= 12:
        return comma
    return at


_POSSESSIVE = frozenset(
    {
        "его",
        "её",
        "ее",
        "их",
        "його",
        "її",
        "їх",
        "їхню",
        "їхнім",
        "їхніми",
        "яго",
        "яе",
        "іх",
        "моему",
        "нашим",
        "нашему",
    }
)


def in_their_words(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """«По его словам», «за її словами», "in his words": the pronoun is the source."""
    tokens = sentence.tokens
    for at in range(len(tokens) - 2):
        first, owner, noun = tokens[at], tokens[at + 1], tokens[at + 2]
        phrase = (fold(first.low), fold(noun.low))
        slavic = owner.low in _POSSESSIVE and phrase in words.according.get(phrase[0], ())
        english = (
            first.low == "in"
            and owner.low in ("his", "her", "their")
            and noun.low in ("words", "view", "opinion", "account", "telling")
        )
        if not english and first.low == "in" and (named := _named_words(sentence, at)) is not None:
            head, end = named
            content = rest_of(sentence, at, end)
            if content is not None:
                text.used.update(token.start for token in tokens[at : end + 1])
                return [
                    Found(
                        "according_to",
                        "in-their-words",
                        source=(tokens[at + 1].start, tokens[head].end),
                        cue=(first.start, first.end),
                        content=content,
                        cue_class="say",
                        source_head=head,
                        sentence=number,
                    )
                ]
        if (
            (slavic or english)
            and first.start not in text.used
            and (content := rest_of(sentence, at, at + 2)) is not None
        ):
            text.used.update(token.start for token in tokens[at : at + 3])
            return [
                Found(
                    "according_to",
                    "in-their-words",
                    source=(owner.start, owner.end),
                    cue=(first.start, noun.end),
                    content=content,
                    cue_class="say",
                    source_head=owner.i,
                    sentence=number,
                )
            ]
    return []


_TELLINGS = frozenset(
    {"words", "view", "opinion", "account", "telling", "estimation", "assessment", "version", "judgment"}
)


def _named_words(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """ "in Ms Orrin's words": indices of the owner and of the last word."""
    tokens = sentence.tokens
    for k in range(at + 2, min(at + 8, len(tokens) - 1)):
        if tokens[k].pos in ("V", "PREP", "SUB") or tokens[k].text == ",":
            return None
        if tokens[k].text in ("'s", "’s", "'", "’") and tokens[k + 1].low in _TELLINGS:
            return k - 1, k + 1
    return None


#: Prepositions that introduce a source only before somebody or something that can say it.
_WEAK = frozenset(
    {
        "per",
        "based on",
        "on the basis of",
        "citing",
        "quoting",
        "to hear",
        "from what",
        "на основании",
        "на підставі",
        "на падставе",
        "исходя из",
        "виходячи з",
        "зыходзячы з",
        "with reference to",
        "referring to",
    }
)


_OWN = re.compile(
    r"\b(?:on|by) (?:its|their|his|her|(?:the )?[\w-]+['’]s?) own (?:showing|account|admission|reckoning|figures|estimate)\b",
    re.I,
)


def own_account(text: Text, number: int, sentence: Sentence) -> list[Found]:
    """ "By its own account, the company ...": the subject of the clause is the source."""
    match = _OWN.search(text.sheet, sentence.start, sentence.end)
    if match is None:
        return []
    tokens = sentence.tokens
    first = next((t.i for t in tokens if t.start >= match.start()), 0)
    last = max((t.i for t in tokens if t.end <= match.end()), default=first)
    content = rest_of(sentence, first, last)
    subject = _owner(sentence, first, last)
    if content is None or subject is None:
        return []
    inside = [k for k in spans.phrase(sentence, subject.i) if tokens[k].text not in ("'s", "’s", "'", "’")]
    return [
        Found(
            "according_to",
            "own-account",
            source=spans.extent(sentence, sentence.trim(inside)),
            cue=(match.start(), match.end()),
            content=content,
            cue_class="admit",
            source_head=subject.i,
            sentence=number,
        )
    ]


def _owner(sentence: Sentence, first: int, last: int) -> Token | None:
    """Whose account it is: the owner named in the phrase ("the yard's own reckoning"), else the subject of the clause."""
    tokens = sentence.tokens
    named = next((t for t in tokens[first + 1 : last] if t.pos in ("N", "PN") and t.dep == "nmod:poss"), None)
    if named is not None:
        return named
    return next((t for t in tokens if t.dep == "nsubj" and not first <= t.i <= last), None)


def _can_speak(sentence: Sentence, at: int, size: int, head: int, words: Lexicon) -> bool:
    """Something that says or holds what is said: a document, a person, a body, a name."""
    token = sentence.tokens[head]
    phrase = " ".join(each.low for each in sentence.tokens[at : at + size])
    if phrase not in _WEAK:
        return token.lemma not in ("plan", "schedule", "law", "rule", "план", "закон", "график", "графік", "закону")
    return (
        token.pos in ("PN", "PRON")
        or words.is_document(token.low, token.lemma)
        or words.is_people(token.low, token.lemma)
    )


def _own_run(sentence: Sentence, inside: list[int], start: int) -> list[int]:
    """From the preposition on, without a gap and not past a verb or a clause comma."""
    run: list[int] = []
    for k in range(start, len(sentence.tokens)):
        token = sentence.tokens[k]
        if (
            k in inside
            or (token.pos in ("PUNCT", "PREP", "CCONJ", "DET", "A") and any(i > k for i in inside))
            or not run
        ):
            run.append(k)
        else:
            break
    return sentence.trim(run)


def _next_noun(sentence: Sentence, start: int) -> int | None:
    for k in range(start, min(len(sentence.tokens), start + 9)):
        token = sentence.tokens[k]
        owner = (
            token.low in _POSSESSIVE and k + 1 < len(sentence.tokens) and sentence.tokens[k + 1].pos in ("N", "A", "PN")
        )
        if token.pos in ("N", "PN", "PRON", "REL") and not owner:
            head = phrase_head(sentence, k)
            return head if head >= start else k
        if token.pos in ("V", "SUB") or token.text in (",", ";"):
            return None
    return None


#: "as soon as", "as if": no comment of a speaker.
_NO_COMMENT = frozenset({"soon", "long", "far", "much", "many", "if", "though", "only", "только", "тільки", "толькі"})
AS = frozenset({"as", "как", "як"})


def as_somebody_says(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "As the auditors stressed, ...": the clause around a comment with a speech verb."""
    found: list[Found] = []
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.low not in AS or (at and tokens[at - 1].text not in (",", "—", "(", '"', "«") and at != 0):
            continue
        end = next(
            (k for k in range(at + 1, len(tokens)) if tokens[k].text in (",", "—", ")", ".", ";", ":")), len(tokens)
        )
        if end - at > 22 or (at + 1 < len(tokens) and tokens[at + 1].low in _NO_COMMENT):
            continue
        cues = [
            k
            for k in range(at + 1, end)
            if tokens[k].pos in ("V", "PTCP", "AUX") and words.classes_of(tokens[k].low, tokens[k].lemma) & set(CLAUSAL)
        ]
        if not cues or tokens[cues[0]].start in text.used:
            continue
        cue = cues[0]
        source = _in_comment(sentence, at, end, cue, words)
        content = rest_of(sentence, at, end if end < len(tokens) and tokens[end].text == ")" else end - 1)
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
                cue_class=class_of(words, tokens[cue]),
                source_head=head,
                sentence=number,
                hedged=span is None,
            )
        )
    return found


def _in_comment(sentence: Sentence, at: int, end: int, cue: int, words: Lexicon) -> int | None:
    subject = sentence.child(cue, "nsubj", "obl:agent")
    if subject is not None and at < subject.i < end:
        return subject.i
    nouns = [k for k in range(at + 1, end) if sentence.tokens[k].pos in ("N", "PN", "PRON")]
    return (
        phrase_head(sentence, nouns[0])
        if nouns and at < phrase_head(sentence, nouns[0]) < end
        else (nouns[0] if nouns else None)
    )
