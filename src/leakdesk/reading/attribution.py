"""Who says what: source, cue and content, found by sieves from certain to loose; each result names its rule.

Order: labels (`Source:`), quotations, tree patterns, "according to", "as X reports", hearsay. A cue word is used once. What
is asked or denied to have been said becomes no claim. Attributions nest: a smaller content inside a larger one has the
larger as its parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from leakdesk.language.concepts import fold
from leakdesk.model.anchor import span_of
from leakdesk.model.claim import Attribution, AttributionType
from leakdesk.model.document import Role, Segment
from leakdesk.model.ids import span_id
from leakdesk.reading import spans
from leakdesk.reading.lexicon import CLAUSAL, Lexicon, Phrases, lexicon
from leakdesk.reading.nearby import Nearby
from leakdesk.reading.parse import READ
from leakdesk.reading.patterns import Hit, antecedent, hits
from leakdesk.reading.quotes import Quotation, is_speech, quotations
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.spans import Range

_SPEECH = frozenset(
    {"say", "admit", "ask", "think", "deny", "promise", "learn", "reject", "show", "describe", "accuse"}
)


@dataclass(slots=True)
class Found:
    """An attribution before it has an id: spans as [start, end), the class of its cue word, the rule."""

    type: AttributionType
    rule: str
    source: Range | None = None
    cue: Range | None = None
    content: Range | None = None
    cue_class: str = ""
    hedged: bool = False
    source_head: int = -1
    sentence: int = -1
    factive: bool = False
    points_at: int | None = None
    on_paper: bool = False
    nominal: bool = False
    spoken: Range | None = None
    cue_text: str | None = None


@dataclass(slots=True)
class Text:
    """What the sieves look at: the canvas, its sentences and segments."""

    sheet: str
    sentences: list[Sentence]
    segments: tuple[Segment, ...]
    used: set[int] = field(default_factory=set)
    tagged: dict[int, int] = field(default_factory=lambda: {})

    def at(self, position: int) -> int | None:
        """Number of the sentence at a code point."""
        low, high = 0, len(self.sentences) - 1
        while low <= high:
            middle = (low + high) // 2
            sentence = self.sentences[middle]
            if position < sentence.start:
                high = middle - 1
            elif position >= sentence.end:
                low = middle + 1
            else:
                return middle
        return None


def find(sheet: str, sentences: list[Sentence], segments: tuple[Segment, ...]) -> list[Found]:
    """All attributions of a text, in order of their place."""
    text = Text(sheet, sentences, segments)
    found = _labels(text)
    direct = _direct(text)
    found += direct
    by_sentence: dict[int, list[Found]] = {}
    for each in direct:
        by_sentence.setdefault(each.sentence, []).append(each)
    for number, sentence in enumerate(sentences):
        if sentence.language not in READ:
            continue
        words = lexicon(sentence.language)
        mine = by_sentence.get(number, [])
        here = list(mine)
        here += _headline(number, sentence, words)
        here += _own_account(text, number, sentence)
        here += _in_their_words(text, number, sentence, words)
        here += _according(text, number, sentence, words)
        here += _as_says(text, number, sentence, words)
        here += _tags(text, number, sentence, words)
        here += _by_patterns(text, number, sentence, words, mine)
        _share_content(here)
        here += _hearsay(text, number, sentence, words, here)
        here += _pointing(text, number, sentence, words)
        found += here[len(mine) :]
    return sorted(_once(found), key=lambda each: ((each.cue or each.content or each.source or (0, 0))[0], each.rule))


_CITING = (
    "citing",
    "quoting",
    "referring",
    "со ссылкой",
    "ссылаясь",
    "із посиланням",
    "з посиланням",
    "посилаючись",
    "са спасылкай",
    "спасылаючыся",
)


def _share_content(mine: list[Found]) -> None:
    """ "The agency, citing a court, writes that C": the court, too, is the source of C."""
    for each in mine:
        if (
            each.rule != "according-to"
            or each.cue is None
            or each.content is None
            or each.cue_text is None
            or not each.cue_text.startswith(_CITING)
        ):
            continue
        for other in mine:
            if (
                other is not each
                and other.content is not None
                and other.rule != "according-to"
                and not _inside(each.cue, other.content)
            ):
                each.content = other.content
                break


def _once(found: list[Found]) -> list[Found]:
    """One attribution a cue and content; the first sieve wins."""
    kept: list[Found] = []
    seen: set[tuple[Range | None, Range | None]] = set()
    for each in found:
        key = (each.cue, each.content)
        if each.content is not None and each.content[0] >= each.content[1]:
            continue
        if key in seen:
            continue
        seen.add(key)
        kept.append(each)
    return kept


# ---------------------------------------------------------------- labels

_SOURCE_LABEL = re.compile(r"^\W*(sources?|via|источник\w*|джерел\w+|крыніц\w+)\s*:", re.I)


def _labels(text: Text) -> list[Found]:
    """`Source: X, ...`: X stands for the whole text."""
    found: list[Found] = []
    for segment, following in zip(text.segments, text.segments[1:], strict=False):
        label = text.sheet[segment.start : segment.end]
        if segment.role != Role.LABEL or not _SOURCE_LABEL.match(label):
            continue
        line_end = text.sheet.find("\n", following.start)
        line_end = following.end if line_end < 0 else min(line_end, following.end)
        line = text.sheet[following.start : line_end]
        name = re.match(r"\s*((?:[^,;(\n]|\([^)]*\))+)", line)
        if name is None or not name.group(1).strip():
            continue
        start = following.start + name.start(1)
        content = name.group(1).rstrip(" .")
        found.append(Found("label", "label-source", source=(start, start + len(content))))
    return found


# ---------------------------------------------------------------- quotations


def _direct(text: Text) -> list[Found]:
    found: list[Found] = []
    last: Found | None = None
    last_paragraph = -5
    for paragraph, start, end in _paragraphs(text):
        here: list[Quotation] = [
            each
            for each in quotations(text.sheet, start, end)
            if is_speech(text.sheet, each) or _dash_follows(text.sheet, each)
        ]
        here += _dialogue(text.sheet, start, end) if not here else []
        here = _joined(text, here)
        for number, quotation in enumerate(here):
            before = here[number - 1].end if number else start
            after = here[number + 1].start if number + 1 < len(here) else end
            made = _tagged(text, quotation, before, after)
            if (
                made is None
                and last is not None
                and _continues(text, quotation, last, paragraph, last_paragraph, start, end)
            ):
                made = replace(
                    last,
                    source=None,
                    cue=None,
                    spoken=last.source or last.spoken,
                    content=(quotation.inner_start, quotation.inner_end),
                    rule="quote-continued",
                )
            if made is not None:
                made.sentence = text.at(quotation.inner_start) or 0
                found.append(made)
                last, last_paragraph = made, paragraph
    return found


def _dash_follows(sheet: str, quotation: Quotation) -> bool:
    """«...», — : what is in the marks is spoken, however short."""
    return (
        re.match(r"\s*,?\s*—\s", sheet[quotation.end : quotation.end + 6]) is not None
        and "," in sheet[quotation.inner_end : quotation.end + 2]
    )


def _joined(text: Text, here: list[Quotation]) -> list[Quotation]:
    """ "Sold or scrapped," he told reporters, "she will not sail": one quotation, its tag inside."""
    joined: list[Quotation] = []
    for quotation in here:
        last = joined[-1] if joined else None
        if last is not None:
            between = text.sheet[last.end : quotation.start]
            unfinished = (
                text.sheet[last.inner_end : last.end].strip('"» ') == ","
                or text.sheet[last.inner_end - 1] not in ".!?…"
            )
            if (
                unfinished
                and len(between) < 90
                and between.rstrip(" —")[-1:] in (",", "—")
                and not re.search(r"[.!?:]\s", between)
            ):
                joined[-1] = Quotation(last.start, quotation.end, last.inner_start, quotation.inner_end)
                continue
        joined.append(quotation)
    return joined


def _paragraphs(text: Text) -> list[tuple[int, int, int]]:
    """(number, start, end) of paragraphs, from their sentences."""
    table: dict[int, tuple[int, int]] = {}
    for sentence in text.sentences:
        a, b = table.get(sentence.paragraph, (sentence.start, sentence.end))
        table[sentence.paragraph] = (min(a, sentence.start), max(b, sentence.end))
    lines: list[tuple[int, int, int]] = []
    for number, (a, b) in sorted(table.items()):
        at = a
        for piece in re.split(r"(\n)", text.sheet[a:b]):
            if piece.strip():
                lines.append((number, at, at + len(piece)))
            at += len(piece)
    return lines


_DASH_SPEECH = re.compile(r"^\s*—\s*(.+?)[,.!?…]\s*—\s")


def _dialogue(sheet: str, start: int, end: int) -> list[Quotation]:
    """«— Мы продали песок, — сказал кладовщик.»: speech between dashes at the start of a paragraph."""
    match = _DASH_SPEECH.match(sheet[start:end])
    if match is None:
        return []
    return [Quotation(start + match.start(1), start + match.end(1), start + match.start(1), start + match.end(1))]


def _tagged(text: Text, quotation: Quotation, before: int, after: int) -> Found | None:
    """The cue and speaker inside the quotation, right after it, else right before it."""
    inner = _tag_inside(text, quotation)
    if inner is not None:
        return inner
    number = (
        text.at(max(quotation.end - 1, 0))
        if text.at(max(quotation.end - 1, 0)) is not None
        else text.at(quotation.start)
    )
    for position, low, high, rule in (
        (quotation.end, quotation.end, after, "quote-then-speaker"),
        (quotation.start, before, quotation.start, "speaker-then-quote"),
    ):
        sentence_number = _sentence_of(text, position, number, after=rule == "quote-then-speaker")
        if sentence_number is None:
            continue
        made = _speaker(text, sentence_number, low, high, quotation, rule)
        if made is not None:
            return made
    return None


_INNER_TAG = re.compile(r"[,.!?…][\"»]?\s+(?:—\s+)?(?P<tag>[^,.!?—\"«»]{4,70}?)[,.]\s*(?:—|[\"«])")


def _tag_inside(text: Text, quotation: Quotation) -> Found | None:
    """«Людей, — уточнил он, — отправили домой»: the tag stands between dashes inside the marks."""
    for match in _INNER_TAG.finditer(text.sheet, quotation.inner_start, quotation.inner_end):
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
        if len(cues) != 1 or len(window) > 9:
            continue
        inside = {token.i for token in window}
        subject = sentence.child(cues[0].i, "nsubj")
        head = subject.i if subject is not None and subject.i in inside else _beside(sentence, cues[0], inside)
        if head is None:
            continue
        text.used.add(cues[0].start)
        return Found(
            "direct",
            "quote-around-tag",
            source=spans.extent(sentence, [k for k in spans.phrase(sentence, head) if sentence.tokens[k] in window]),
            cue=(cues[0].start, cues[0].end),
            content=(quotation.inner_start, quotation.inner_end),
            cue_class=_class_of(words, cues[0]),
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
                head = _phrase_head(sentence, k)
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


def _speaker(text: Text, number: int, low: int, high: int, quotation: Quotation, rule: str) -> Found | None:
    sentence = text.sentences[number]
    words = lexicon(sentence.language)
    window = [token for token in sentence.tokens if low <= token.start and token.end <= high]
    if rule == "speaker-then-quote":
        tail = text.sheet[max(low, quotation.start - 3) : quotation.start]
        window = window[-40:]
        introduced = ":" in tail or "," in tail or "—" in tail
    else:
        lead = text.sheet[quotation.end : quotation.end + 4]
        comma = text.sheet[quotation.inner_end : quotation.end + 1]
        introduced = any(mark in comma + lead for mark in (",", "—", "?", "!", "…")) or bool(
            window and window[0].pos in ("V", "PN", "N")
        )
        window = window[:16]
    cues = [
        token
        for token in window
        if token.pos in ("V", "PTCP", "CONV", "AUX") and words.classes_of(token.low, token.lemma) & _SPEECH
    ]
    if not cues:
        return _colon_name(text, window, quotation, sentence, number, words) if rule == "speaker-then-quote" else None
    cue = cues[-1] if rule == "speaker-then-quote" else cues[0]
    if not introduced and rule == "speaker-then-quote":
        return None
    ended = (
        text.sheet[quotation.inner_end - 1 : quotation.inner_end] == "."
        and "—" not in text.sheet[quotation.end : quotation.end + 4]
    )
    if rule == "quote-then-speaker" and (cue.i - window[0].i > 9 or not introduced or ended):
        return None
    if rule == "speaker-then-quote" and not _just_before(text, cue, quotation):
        return None
    source = _subject_of(sentence, cue, words, window)
    text.used.add(cue.start)
    kind = _class_of(words, cue)
    head = source if source is not None else -1
    return Found(
        "direct",
        rule,
        source=spans.extent(sentence, spans.phrase(sentence, head)) if head >= 0 else None,
        cue=(cue.start, cue.end),
        content=(quotation.inner_start, quotation.inner_end),
        cue_class=kind,
        source_head=head,
        sentence=number,
    )


def _just_before(text: Text, cue: Token, quotation: Quotation) -> bool:
    """Between cue and opening mark no other clause of its own stands, unless a colon introduces the quotation."""
    between = text.sheet[cue.end : quotation.start]
    return ":" in between or len(between) < 60


def _colon_name(
    text: Text, window: list[Token], quotation: Quotation, sentence: Sentence, number: int, words: Lexicon
) -> Found | None:
    """`Vellin: "..."`: a name and a colon."""
    tail = text.sheet[max(0, quotation.start - 3) : quotation.start]
    if ":" not in tail or not window:
        return None
    nouns = [token for token in window if token.pos in ("N", "PN")]
    if (
        not nouns
        or len([token for token in window if token.pos != "PUNCT"]) > 7
        or any(token.pos == "V" for token in window)
    ):
        return None
    first = [token for token in window if token.pos != "PUNCT"]
    label = text.sheet[first[0].start : first[-1].end]
    if words.is_saying(nouns[-1].low) or fold(label) in (
        "quote",
        "цитата",
        "цытата",
        "пряма мова",
        "прямая речь",
        "дослівно",
        "дословно",
    ):
        return None
    return Found(
        "direct",
        "name-colon-quote",
        source=(first[0].start, first[-1].end),
        content=(quotation.inner_start, quotation.inner_end),
        sentence=number,
        source_head=nouns[-1].i,
    )


def _subject_of(sentence: Sentence, cue: Token, words: Lexicon, window: list[Token]) -> int | None:
    """The head of who speaks: the subject of the cue, of its conjunct, or the nearest name beside the cue."""
    subject = sentence.child(cue.i, "nsubj", "nsubj:pass", "obl:agent")
    if subject is None and cue.dep in ("conj", "xcomp", "advcl") and cue.head >= 0:
        subject = sentence.child(cue.head, "nsubj")
    inside = {token.i for token in window}
    if subject is not None:
        subject = antecedent(sentence, subject)
        if subject.i in inside or subject.pos != "PRON" or subject.i < cue.i:
            return subject.i
    for step in (1, -1):
        k = cue.i + step
        while k in inside and sentence.tokens[k].pos in ("DET", "A", "ADV", "N", "PN", "PRON", "NUM", "AUX"):
            token = sentence.tokens[k]
            if token.pos in ("N", "PN", "PRON"):
                return _phrase_head(sentence, k)
            k += step
    return None


def _phrase_head(sentence: Sentence, k: int) -> int:
    token = sentence.tokens[k]
    guard = 0
    while token.dep in ("compound", "flat", "amod", "det", "appos", "nummod") and token.head >= 0 and guard < 6:
        token = sentence.tokens[token.head]
        guard += 1
    return token.i


def _continues(
    text: Text, quotation: Quotation, last: Found, paragraph: int, last_paragraph: int, start: int, end: int
) -> bool:
    """A quotation that goes on after its tag in the same paragraph, or a paragraph that is nothing but a quotation."""
    around = text.sheet[start : quotation.start] + text.sheet[quotation.end : end]
    if paragraph == last_paragraph and last.content is not None:
        between = text.sheet[last.content[1] : quotation.start]
        return len(between) < 160 and not re.search(r"[.!?]\s+\w+.*[.!?]\s", between[2:])
    return paragraph - last_paragraph == 1 and not re.search(r"\w", around)


# ---------------------------------------------------------------- headlines


def _headline(number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
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
                and _has_verb(sentence, rest)
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


# ---------------------------------------------------------------- tags between commas

_TAG_WORDS = frozenset({"N", "PN", "PRON", "DET", "A", "ADV", "NUM", "AUX", "PREP", "X", "PUNCT", "PTCP", "CCONJ"})


def _tags(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
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
        token.low in _AS for token in inside[:1]
    ):
        return None
    if any(_phrase_at(sentence, token.i, words.hearsay) for token in inside):
        return None
    cue = cues[0]
    nouns = [token for token in inside if token.pos in ("N", "PN", "PRON")]
    obj = sentence.child(cue.i, "obj")
    if (
        not nouns
        or (obj in inside and (sentence.language == "en" or (len(nouns) > 1 and "n" not in (obj.cases if obj else ""))))
        or _negated(sentence, cue)
    ):
        return None
    plain = [token for token in nouns if sentence.child(token.i, "case") is None]
    near = [token for token in plain if "n" in (token.cases or "n")]
    if not near and sentence.language != "en":  # "говорится в заключении", "подчеркнули в мэрии"
        near = [
            token for token in nouns if token.dep in ("obl", "nmod") and sentence.child(token.i, "case") is not None
        ] or nouns
    near = near or plain or nouns
    head = _phrase_head(sentence, near[0].i)
    if not comma < head < end or (near[0].i > cue.i and inside[0] is not cue and near[0].i - comma > 8):
        return None
    if near[0].i < cue.i and inside[-1].i - cue.i > 7:
        return None
    before = _after_boundary(sentence, sentence.trim(list(range(comma))))
    if sum(tokens[k].pos != "PUNCT" for k in before) < (2 if final else 1) or (
        final and not _has_verb(sentence, before)
    ):
        return None
    trailing = (
        not final
        and near[0].i > cue.i
        and not any(t.pos in ("V", "AUX", "INF") for t in tokens[end:])
        and len(tokens) - end <= 10
    )
    final = final or trailing
    after = [] if final else _before_boundary(sentence, sentence.trim(list(range(end + 1, len(tokens)))))
    content = (tokens[before[0]].start, tokens[(after or before)[-1]].end)
    source = spans.extent(sentence, [k for k in _speaker_phrase(sentence, head, words) if comma < k < end])
    if trailing and source is not None:
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
        cue_class=_class_of(words, cue),
        source_head=head,
        sentence=number,
    )


def _speaker_phrase(sentence: Sentence, head: int, words: Lexicon) -> list[int]:
    """A speaker without the letter it speaks in: "the bookkeeper (in one of the letters)"."""
    inside = spans.phrase(sentence, head)
    for child in sentence.children(head):
        if child.dep == "nmod" and child.i > head and (case := sentence.child(child.i, "case")) is not None:
            branch = [sentence.tokens[k] for k in sentence.subtree(child.i)]
            if case.low in ("in", "в", "у", "ў") and any(words.is_document(token.low, token.lemma) for token in branch):
                inside = [k for k in inside if k < case.i]
    return inside


def _plain_comment(sentence: Sentence, before: list[int], after: list[int]) -> bool:
    """A comment in the middle splits one clause: its verb stands on one side only."""
    verbs_before = any(sentence.tokens[k].pos == "V" for k in before)
    verbs_after = any(sentence.tokens[k].pos == "V" for k in after)
    return verbs_before != verbs_after


# ---------------------------------------------------------------- tree patterns


def _by_patterns(text: Text, number: int, sentence: Sentence, words: Lexicon, direct: list[Found]) -> list[Found]:
    found: list[Found] = []
    papers = number > 0 and _speaks_of_papers(text.sentences[number - 1], words)
    for hit in hits(sentence, words, papers=papers):
        cue = sentence.tokens[hit.cue]
        if cue.start in text.used or _negated(sentence, cue) or _asked(sentence, cue):
            continue
        content = _content_of(text, number, sentence, hit)
        if content is not None and (
            hit.pattern.id in ("calls-it", "sets-at") or (hit.pattern.id == "tells-of" and hit.content > hit.cue)
        ):
            content = _to_clause_end(sentence, content, hit.cue)
        if content is None or any(_overlap(content, each.content) > 0.8 for each in direct if each.content):
            continue
        source = (
            spans.extent(sentence, _speaker_phrase(sentence, hit.source, words)) if hit.source is not None else None
        )
        if source is not None and _inside(source, content):
            continue
        text.used.add(cue.start)
        kind = _class_of(words, cue) if "noun" not in hit.pattern.classes else "noun"
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
            )
        )
    return found


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


def _class_of(words: Lexicon, cue: Token) -> str:
    """The class that decides what becomes of the content: deny before say, and so on."""
    classes = words.classes_of(cue.low, cue.lemma)
    for kind in ("deny", "think", "promise", "ask", "reject", "admit", "learn", "show", "say"):
        if kind in classes:
            if kind == "deny" and "say" in classes and cue.lemma in ("запярэчыць", "заперечити"):
                return "deny"
            return "say" if kind in ("promise", "show", "learn", "admit") and "say" in classes else kind
    return ""


def _negated(sentence: Sentence, cue: Token) -> bool:
    """ "did not say that", "refused to say": nothing was said."""
    if sentence.child(cue.i, "neg") is not None or any(
        t.low in ("nor", "neither") and abs(t.i - cue.i) <= 4 and t.i < cue.i for t in sentence.tokens
    ):
        return True
    above = sentence.tokens[cue.head] if cue.head >= 0 else None
    return (
        cue.dep == "xcomp"
        and above is not None
        and above.lemma in ("refuse", "decline", "fail", "отказаться", "відмовитися", "адмовіцца")
    )


def _asked(sentence: Sentence, cue: Token) -> bool:
    return any(
        token.low in ("whether", "if", "ли", "чи", "ці") and token.dep == "mark" for token in sentence.children(cue.i)
    )


def _hedged(sentence: Sentence, cue: Token, words: Lexicon) -> bool:
    return any(
        token.low in ("reportedly", "allegedly", "якобы", "нібито", "нібыта", "apparently")
        for token in sentence.children(cue.i)
    )


def _overlap(left: Range, right: Range | None) -> float:
    if right is None:
        return 0.0
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return max(0, shared) / max(1, min(left[1] - left[0], right[1] - right[0]))


def _inside(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


# ---------------------------------------------------------------- according to


def _according(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    found: list[Found] = []
    at = 0
    while at < len(sentence.tokens):
        size = _phrase_at(sentence, at, words.according)
        if not size or sentence.tokens[at].start in text.used:
            at += 1
            continue
        made = _according_at(sentence, at, size, words)
        if made is not None:
            made.sentence = number
            found.append(made)
            text.used.update(token.start for token in sentence.tokens[at : at + size])
        at += size
    return found


def _phrase_at(sentence: Sentence, at: int, phrases: Phrases) -> int:
    """Length of the longest phrase that starts at a word, or 0."""
    tokens = sentence.tokens
    for phrase in phrases.get(fold(tokens[at].low), ()):
        if at + len(phrase) <= len(tokens) and all(fold(tokens[at + k].low) == word for k, word in enumerate(phrase)):
            return len(phrase)
    return 0


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
    content = _rest(sentence, _before_tag(sentence, at, words), inside[-1])
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


def _in_their_words(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
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
        if (slavic or english) and (content := _rest(sentence, at, at + 2)) is not None:
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
    r"\b(?:on|by) (?:its|their|his|her) own (?:showing|account|admission|reckoning|figures|estimate)\b", re.I
)


def _own_account(text: Text, number: int, sentence: Sentence) -> list[Found]:
    """ "By its own account, the company ...": the subject of the clause is the source."""
    match = _OWN.search(text.sheet, sentence.start, sentence.end)
    if match is None:
        return []
    tokens = sentence.tokens
    first = next((t.i for t in tokens if t.start >= match.start()), 0)
    last = max((t.i for t in tokens if t.end <= match.end()), default=first)
    content = _rest(sentence, first, last)
    subject = next((t for t in tokens if t.dep == "nsubj" and not first <= t.i <= last), None)
    if content is None or subject is None:
        return []
    return [
        Found(
            "according_to",
            "own-account",
            source=spans.extent(sentence, spans.phrase(sentence, subject.i)),
            cue=(match.start(), match.end()),
            content=content,
            cue_class="admit",
            source_head=subject.i,
            sentence=number,
        )
    ]


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
            head = _phrase_head(sentence, k)
            return head if head >= start else k
        if token.pos in ("V", "SUB") or token.text in (",", ";"):
            return None
    return None


def _rest(sentence: Sentence, first: int, last: int) -> Range | None:
    """What an adverbial source phrase speaks for: the clause after it at the start, before it at the end, around it else."""
    tokens = sentence.tokens
    before = sentence.trim(list(range(first)))
    after = sentence.trim(list(range(last + 1, len(tokens))))
    before = _after_boundary(sentence, before)
    after = _before_boundary(sentence, after)
    wordy_before = sum(tokens[k].pos != "PUNCT" for k in before)
    wordy_after = sum(tokens[k].pos != "PUNCT" for k in after)
    if wordy_before < 3 and wordy_after < 2:
        return None
    if wordy_before < 3 or not _has_verb(sentence, before):
        if wordy_before and _has_subject(sentence, before) and wordy_after:
            return tokens[before[0]].start, tokens[after[-1]].end
        return spans.extent(sentence, after) if wordy_after >= 2 else spans.extent(sentence, before)
    if wordy_after < 3 or not _has_verb(sentence, after):
        whole = before + [k for k in after if wordy_after]
        if wordy_after and tokens[last + 1].text != ",":
            return spans.extent(sentence, before)
        return tokens[whole[0]].start, tokens[whole[-1]].end
    if last + 1 < len(tokens) and tokens[last + 1].low in ("and", "but", "и", "но", "а", "і", "але", "та"):
        return spans.extent(sentence, before)
    return spans.extent(sentence, before)


def _has_verb(sentence: Sentence, indices: list[int]) -> bool:
    return any(sentence.tokens[k].pos in ("V", "AUX", "PTCP", "INF") or sentence.tokens[k].text == "—" for k in indices)


def _has_subject(sentence: Sentence, indices: list[int]) -> bool:
    return any(sentence.tokens[k].dep in ("nsubj", "nsubj:pass") for k in indices)


def _after_boundary(sentence: Sentence, indices: list[int]) -> list[int]:
    """Not across a semicolon, a colon or another speaker's sentence."""
    for k in reversed(indices):
        if sentence.tokens[k].text in (";", ":"):
            return sentence.trim([i for i in indices if i > k])
    return indices


def _before_boundary(sentence: Sentence, indices: list[int]) -> list[int]:
    for k in indices:
        if sentence.tokens[k].text == ";":
            return sentence.trim([i for i in indices if i < k])
    return indices


# ---------------------------------------------------------------- as X reports

_AS = frozenset({"as", "как", "як"})


def _as_says(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """ "As the auditors stressed, ...": the clause around a comment with a speech verb."""
    found: list[Found] = []
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        if token.low not in _AS or (at and tokens[at - 1].text not in (",", "—", "(", '"', "«") and at != 0):
            continue
        end = next(
            (k for k in range(at + 1, len(tokens)) if tokens[k].text in (",", "—", ")", ".", ";", ":")), len(tokens)
        )
        if end - at > 22:
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
        content = _rest(sentence, at, end if end < len(tokens) and tokens[end].text == ")" else end - 1)
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
                cue_class=_class_of(words, tokens[cue]),
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
        _phrase_head(sentence, nouns[0])
        if nouns and at < _phrase_head(sentence, nouns[0]) < end
        else (nouns[0] if nouns else None)
    )


# ---------------------------------------------------------------- hearsay


def _hearsay(text: Text, number: int, sentence: Sentence, words: Lexicon, found: list[Found]) -> list[Found]:
    """ "It is said that", "reportedly", «якобы»: nobody is named."""
    tokens = sentence.tokens
    made: list[Found] = []
    for at in range(len(tokens)):
        size = _phrase_at(sentence, at, words.hearsay)
        if not size or any(token.start in text.used for token in tokens[at : at + size]):
            continue
        phrase = " ".join(token.low for token in tokens[at : at + size])
        if phrase in PARTICLES:
            continue
        if any(each.cue and each.cue[0] <= tokens[at].start < each.cue[1] for each in found):
            continue
        last = at + size - 1
        if (
            last + 1 < len(tokens)
            and tokens[last + 1].low in ("that", "что", "що", "што")
            and size > 0
            and phrase.split()[0] not in ("якобы", "нібито")
        ):
            last += 1
        content = _hearsay_content(sentence, at, last)
        if content is None:
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
    before = sentence.trim(list(range(at)))
    after = sentence.trim(list(range(last + 1, len(tokens))))
    if len(before) >= 3 and not after:
        return spans.extent(sentence, _after_boundary(sentence, before))
    if len(before) < 2 and len(after) >= 2:
        return spans.extent(sentence, _before_boundary(sentence, after))
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


# ---------------------------------------------------------------- pointing back

_THIS = (
    ("об", "этом"),
    ("про", "это"),
    ("про", "це"),
    ("пра", "гэта"),
    ("аб", "гэтым"),
    ("про", "що"),
    ("о", "чем"),
    ("о", "чём"),
    ("пра", "што"),
)


def _pointing(text: Text, number: int, sentence: Sentence, words: Lexicon) -> list[Found]:
    """«Об этом сообщает X»: what is said stands in the sentence before; the content is the word that points at it."""
    tokens = sentence.tokens
    place = next((k for k in range(len(tokens) - 1) if (tokens[k].low, tokens[k + 1].low) in _THIS), None)
    if place is None:
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
    if cue is None or _negated(sentence, cue):
        return []
    subject = sentence.child(cue.i, "nsubj", "obl:agent")
    if subject is None:
        subject = next(
            (
                t
                for t in sentence.children(cue.i)
                if t.dep in ("obl", "nsubj:pass")
                and not {place, place + 1} & set(sentence.subtree(t.i))
                and t.pos in ("N", "PN")
            ),
            None,
        )
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
        cue_class=_class_of(words, cue),
        source_head=head,
        sentence=number,
        hedged=span is None,
    )
    made.points_at = number - 1 if number else None
    return [made]


# ---------------------------------------------------------------- into nouns


def as_attributions(text: str, sha256: str, found: list[Found], resolve: dict[Range, str]) -> tuple[Attribution, ...]:
    """Attributions with ids and parents; `resolve` maps a source's span to an entity id."""
    ordinals: dict[tuple[int, int, str], int] = {}
    made: list[Attribution] = []
    for each in found:
        place = each.content or each.cue or each.source
        if place is None:
            continue
        key = (place[0], place[1], each.type)
        ordinals[key] = ordinals.get(key, -1) + 1
        made.append(
            Attribution(
                id=span_id("a", sha256, place[0], place[1], each.type, ordinals[key]),
                type=each.type,
                source=span_of(text, *each.source) if each.source else None,
                cue=span_of(text, *each.cue) if each.cue else None,
                content=span_of(text, *each.content) if each.content else None,
                resolved_source=resolve.get(each.source or each.spoken or (-1, -1)),
                hedged=each.hedged,
                parent=None,
                rule=each.rule,
                cue_class=each.cue_class,
            )
        )
    near = Nearby((each.content.start, each.content.end, each) for each in made if each.content is not None)
    return tuple(
        replace(each, parent=_parent(each, near.at(each.content.start))) if each.content is not None else each
        for each in made
    )


def _parent(child: Attribution, all_: list[Attribution]) -> str | None:
    """The smallest content that holds the whole of another attribution (its cue or source, and its content)."""
    if child.content is None:
        return None
    marks = [span for span in (child.cue, child.source) if span is not None]
    best: Attribution | None = None
    for other in all_:
        if other is child or other.content is None:
            continue
        outer = (other.content.start, other.content.end)
        inner = (child.content.start, child.content.end)
        if (
            not _inside(inner, outer)
            or (marks and not any(_inside((span.start, span.end), outer) for span in marks))
            or inner == outer
        ):
            continue
        if (
            best is None
            or best.content is None
            or other.content.end - other.content.start < best.content.end - best.content.start
        ):
            best = other
    return best.id if best else None
