"""Quotations and who speaks them: the tag before, behind or inside the marks, and quotations that run on without one."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.language.concepts import fold
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, phrase_head
from leakdesk.reading.lexicon import Lexicon, lexicon
from leakdesk.reading.patterns_needs import antecedent
from leakdesk.reading.quotes import Quotation, dialogue, is_speech, quotations
from leakdesk.reading.sentence import Sentence, Token

_SPEECH = frozenset(
    {"say", "admit", "ask", "think", "deny", "promise", "learn", "reject", "show", "describe", "accuse", "voice"}
)


def direct_speech(text: Text) -> list[Found]:
    found: list[Found] = []
    last: Found | None = None
    last_paragraph = -5
    for paragraph, start, end in _paragraphs(text):
        here: list[Quotation] = [
            each
            for each in quotations(text.sheet, start, end)
            if is_speech(text.sheet, each) or _dash_follows(text.sheet, each) or _colon_before(text.sheet, each)
        ]
        here += [
            each
            for each in dialogue(text.sheet, start, end)
            if not any(q.start < each.end and each.start < q.end for q in here)
        ]
        here.sort(key=lambda each: each.start)
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
            if made is None and _stands_alone(text.sheet, quotation, start, end):
                made = Found(
                    "direct", "quote-alone", content=(quotation.inner_start, quotation.inner_end), cue_class="say"
                )
            if made is not None:
                made.sentence = text.at(quotation.inner_start) or 0
                found.append(made)
                if made.content is not None and made.content[1] < quotation.inner_end - 3:
                    rest = re.compile(r"\.\s*—\s*").search(text.sheet, made.content[1], quotation.inner_end)
                    if rest is not None:
                        found.append(
                            replace(
                                made,
                                source=None,
                                cue=None,
                                spoken=made.source,
                                content=(rest.end(), quotation.inner_end),
                                rule="quote-continued",
                                sentence=text.at(rest.end()) or 0,
                            )
                        )
                if made.content is not None and made.rule != "quote-around-tag":
                    text.spoken.append(made.content)
                last, last_paragraph = made, paragraph
    return found


def _stands_alone(sheet: str, quotation: Quotation, start: int, end: int) -> bool:
    """A quotation that is a sentence of its own: nothing but sentence ends around it, its first letter large."""
    lead, tail = sheet[start : quotation.start].rstrip(), sheet[quotation.end : end].lstrip(" .")
    begins = not lead or lead[-1] in '.!?…"'
    closed = sheet[quotation.inner_end - 1] in ".!?…" or sheet[quotation.end : quotation.end + 1] in (".", "")
    words = re.findall(r"[^\W\d_]+", sheet[quotation.inner_start : quotation.inner_end])
    large = sheet[quotation.inner_start : quotation.inner_start + 1].isupper()
    return begins and closed and large and len(words) >= 4 and (not tail or tail[0].isupper() or tail[0] in '«"—')


def _dash_follows(sheet: str, quotation: Quotation) -> bool:
    """«...», — : what is in the marks is spoken, however short."""
    return (
        re.match(r"\s*,?\s*—\s", sheet[quotation.end : quotation.end + 6]) is not None
        and "," in sheet[quotation.inner_end : quotation.end + 2]
    )


def _colon_before(sheet: str, quotation: Quotation) -> bool:
    """`says: «...»`: two words may be a whole speech, unless both are written as a name."""
    inner = re.findall(r"[^\W\d_]+", sheet[quotation.inner_start : quotation.inner_end])
    introduced = sheet[max(0, quotation.start - 3) : quotation.start].rstrip().endswith(":")
    return introduced and len(inner) >= 2 and not all(word[0].isupper() for word in inner)


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
    if not cues and rule == "quote-then-speaker":
        cues = _any_verb(text, sentence, window, quotation, words)
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
    if source is None:
        source = _place_of(sentence, cue, window, words)
    text.used.add(cue.start)
    kind = class_of(words, cue) or "say"
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


def _any_verb(text: Text, sentence: Sentence, window: list[Token], quotation: Quotation, words: Lexicon) -> list[Token]:
    """«...», — бросил, выходя, истец: whatever the one verb right behind a speech is, it tells how it was said."""
    tail = text.sheet[quotation.inner_end : quotation.end + 3]
    if not any(mark in tail for mark in (",", "?", "!", "—", "…")):
        return []
    stop = next(
        (n for n, token in enumerate(window) if token.text in (".", ";", ":", "«", '"', "—") and n > 1), len(window)
    )
    near = window[:stop]
    verbs = [token for token in near if token.pos == "V" and token.dep not in ("acl:relcl", "acl", "advcl")]
    if len(verbs) != 1 or verbs[0].i - near[0].i > 5:
        return []
    verb = verbs[0]
    nouns = [
        t
        for t in near
        if t.pos in ("N", "PN", "PRON") and "n" in (t.cases or "n") and sentence.child(t.i, "case") is None
    ]
    human = [t for t in nouns if t.pos in ("PN", "PRON") or t.animate == "a" or words.speaks(t.low, t.lemma)]
    object_ = sentence.child(verb.i, "obj")
    if not human or (sentence.language == "en" and object_ is not None and near[0].low not in ("thus", "so")):
        return []
    return verbs if abs(human[0].i - verb.i) <= 5 and human[0] is not object_ else []


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
    if any(token.pos == "V" for token in window):
        return _clause_colon(text, window, quotation, sentence, number, words)
    if not nouns or len([token for token in window if token.pos != "PUNCT"]) > 7:
        return None
    first = [token for token in window if token.pos != "PUNCT"]
    if first[0].low in _PLACE and sentence.language != "en":
        paper = next((t for t in first[1:4] if t.pos == "N"), None)
        if paper is not None and words.is_document(paper.low, paper.lemma):
            inside = [k for k in spans.phrase(sentence, paper.i) if k > first[0].i]
            return Found(
                "evidential",
                "paper-colon-quote",
                source=spans.extent(sentence, inside),
                content=(quotation.inner_start, quotation.inner_end),
                sentence=number,
                source_head=paper.i,
            )
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
    near = _nearest_speaker(sentence, cue, inside, words)
    if near is not None:
        return near
    for step in (1, -1):
        k = cue.i + step
        while k in inside and sentence.tokens[k].pos in ("DET", "A", "ADV", "N", "PN", "PRON", "NUM", "AUX"):
            token = sentence.tokens[k]
            if token.pos in ("N", "PN", "PRON"):
                return phrase_head(sentence, k)
            k += step
    return None


def _nearest_speaker(sentence: Sentence, cue: Token, inside: set[int], words: Lexicon) -> int | None:
    """The nearest nominative that can speak, first behind the cue word, then before it; no adverb, no hearer."""
    if sentence.language == "en":
        return None
    for side in (range(cue.i + 1, cue.i + 9), range(cue.i - 1, cue.i - 9, -1)):
        for k in side:
            if k not in inside:
                break
            token = sentence.tokens[k]
            speaks = token.pos in ("PN", "PRON") or token.animate == "a" or words.speaks(token.low, token.lemma)
            if (
                token.pos in ("N", "PN", "PRON")
                and "n" in token.cases
                and (speaks or words.is_document(token.low, token.lemma))
            ):
                return phrase_head(sentence, k) if phrase_head(sentence, k) in inside else k
    return None


def _clause_colon(
    text: Text, window: list[Token], quotation: Quotation, sentence: Sentence, number: int, words: Lexicon
) -> Found | None:
    """«Счёт утвердил директор: "Проводите".»: a whole speech behind a colon is spoken by whom the clause is about."""
    colon = next((token for token in reversed(window) if token.text == ":"), None)
    first = text.sheet[quotation.inner_start : quotation.inner_start + 1]
    if colon is None or quotation.start - colon.end > 2 or not first.isupper() or not is_speech(text.sheet, quotation):
        return None
    inside = {token.i for token in window}
    speakers = [
        token
        for token in window
        if token.pos in ("N", "PN", "PRON")
        and (token.dep in ("nsubj", "nsubj:pass") or (sentence.language != "en" and token.cases == "n"))
        and (
            token.pos in ("PN", "PRON")
            or token.animate == "a"
            or words.speaks(token.low, token.lemma)
            or words.is_document(token.low, token.lemma)
        )
    ]
    head = speakers[0].i if speakers else None
    top = sentence.tokens[head] if head is not None else None
    return Found(
        "evidential" if top is not None and words.is_document(top.low, top.lemma) else "direct",
        "clause-colon-quote",
        source=spans.extent(sentence, [k for k in spans.phrase(sentence, head) if k in inside])
        if head is not None
        else None,
        cue=(colon.start, colon.end),
        content=(quotation.inner_start, quotation.inner_end),
        cue_class="say",
        source_head=head if head is not None else -1,
        sentence=number,
    )


#: Prepositions of the paper or place that speaks: «говорится в ответе», «подчеркнули в мэрии».
_PLACE = frozenset({"в", "во", "у", "ў", "на", "из", "з", "із", "зі", "са", "со"})


def _place_of(sentence: Sentence, cue: Token, window: list[Token], words: Lexicon) -> int | None:
    """The paper or place behind a preposition, where a Slavic cue word has no subject."""
    if sentence.language == "en" or (
        cue.number == "s" and not cue.low.endswith(("ся", "сь", "цца")) and cue.pos == "V"
    ):
        return None
    inside = {token.i for token in window}
    for token in window:
        if token.i == 0 or token.i - 1 not in inside or abs(token.i - cue.i) > 6 or token.pos not in ("N", "PN", "A"):
            continue
        if sentence.tokens[token.i - 1].low not in _PLACE:
            continue
        head = next((t for t in sentence.tokens[token.i : token.i + 4] if t.pos in ("N", "PN")), None)
        if head is not None and (words.is_document(head.low, head.lemma) or cue.number == "p"):
            return phrase_head(sentence, head.i)
    return None


def _continues(
    text: Text, quotation: Quotation, last: Found, paragraph: int, last_paragraph: int, start: int, end: int
) -> bool:
    """A quotation that goes on after its tag in the same paragraph, or a paragraph that is nothing but a quotation."""
    around = text.sheet[start : quotation.start] + text.sheet[quotation.end : end]
    lead = text.sheet[start : quotation.start].rstrip()
    if lead and lead[-1] not in '.!?…—»"':
        return False
    if paragraph == last_paragraph and last.content is not None:
        between = text.sheet[last.content[1] : quotation.start]
        return len(between) < 160 and not re.search(r"[.!?]\s+\w+.*[.!?]\s", between[2:])
    return paragraph - last_paragraph == 1 and not re.search(r"\w", around)
