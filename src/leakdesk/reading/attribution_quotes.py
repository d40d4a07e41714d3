"""Quotations and who speaks them: the tag before, behind or inside the marks, and quotations that run on without one."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.model.document import Role
from leakdesk.reading import spans
from leakdesk.reading.attribution_found import Found, Text, class_of, phrase_head
from leakdesk.reading.attribution_speakers import (
    any_verb,
    colon_name,
    just_before,
    place_of,
    subject_of,
    was_the_word,
    within_clause,
)
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.quotes import Quotation, dialogue, is_speech, quotations
from leakdesk.reading.sentence import Sentence, Token
from leakdesk.reading.slavic_groups import groups_of

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
            if is_speech(text.sheet, each)
            or _dash_follows(text.sheet, each)
            or _colon_before(text.sheet, each)
            or _headlined(text, each)
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
            if made is not None and made.rule == "quote-then-speaker":
                made = _begun_before(text, made, quotation)
            if made is None and (_stands_alone(text.sheet, quotation, start, end) or _headlined(text, quotation)):
                made = Found(
                    "direct", "quote-alone", content=(quotation.inner_start, quotation.inner_end), cue_class="say"
                )
            if made is not None:
                made.sentence = text.at(quotation.inner_start) or 0
                found.append(made)
                found += _running_on(text, made, quotation)
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


def _headlined(text: Text, quotation: Quotation) -> bool:
    """Words in quotation marks in an English headline ("Engines ‘sold as scrap’"): somebody's, whoever it is."""
    number = text.at(quotation.start)
    if number is None or text.sentences[number].language != "en" or text.sentences[number].role != Role.HEADLINE:
        return False
    inside = [t for t in text.sentences[number].tokens if quotation.inner_start <= t.start < quotation.inner_end]
    verbal = any(t.pos in ("V", "AUX", "PTCP", "CONV") for t in inside)
    shouted = all(t.text.isupper() for t in inside if t.pos != "PUNCT")
    return len(inside) >= 3 and (verbal or shouted)


def _begun_before(text: Text, made: Found, quotation: Quotation) -> Found:
    """ "He believes the jury will “see through it,” she said": what she said begins before the quotation marks."""
    number = text.at(quotation.start)
    if number is None or text.sentences[number].language != "en" or not text.sheet[quotation.inner_start].islower():
        return made
    sentence = text.sentences[number]
    lead = [t for t in sentence.tokens if t.end <= quotation.start and t.pos != "PUNCT"]
    if (
        len(lead) < 2
        or any(t.start in text.used for t in lead)
        or any(mark in _BREAKS for mark in _marks(text, lead, quotation))
    ):
        return made
    return replace(made, type="indirect", content=(lead[0].start, quotation.inner_end))


_BREAKS = frozenset('";:»«')


def _marks(text: Text, lead: list[Token], quotation: Quotation) -> str:
    return text.sheet[lead[0].start : quotation.start]


def _running_on(text: Text, made: Found, quotation: Quotation) -> list[Found]:
    """ "The message reads: “A. B.”": every further sentence of an English quotation behind its tag."""
    if made.rule not in ("speaker-then-quote", "clause-colon-quote", "name-colon-quote"):
        return []
    further: list[Found] = []
    first = text.at(quotation.inner_start)
    for number in range((first if first is not None else len(text.sentences)) + 1, len(text.sentences)):
        sentence = text.sentences[number]
        if sentence.start >= quotation.inner_end or sentence.language != "en":
            break
        end = min(sentence.end, quotation.inner_end)
        further.append(
            replace(
                made,
                source=None,
                cue=None,
                spoken=made.source,
                content=(sentence.start, end),
                rule="quote-continued",
                sentence=number,
            )
        )
    return further


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


#: A tag with a participle or an age behind its speaker: "Look," she said, pointing at the ceiling, "you can see it."
_LONG_TAG = re.compile(r"[,.!?…]\"\s+(?P<tag>[^.!?—\"«»]{4,100}?),\s*\"")


def _tag_inside(text: Text, quotation: Quotation) -> Found | None:
    """«Людей, — уточнил он, — отправили домой»: the tag stands between dashes inside the marks."""
    inner = (text.sheet, quotation.inner_start, quotation.inner_end)
    for match in (*_INNER_TAG.finditer(*inner), *_LONG_TAG.finditer(*inner)):
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
        if match.re is _LONG_TAG and sentence.language != "en":
            continue
        if len(cues) != 1 or len(window) > (9 if match.re is _INNER_TAG else 16):
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
        first = quotation.inner_end - (sentence.language == "en")  # "Corruption?" he asks
        comma = text.sheet[first : quotation.end + 1]
        introduced = any(mark in comma + lead for mark in (",", "—", "?", "!", "…")) or bool(
            window and window[0].pos in ("V", "PN", "N")
        )
        window = window[:16]
    cues = [
        token
        for token in window
        if token.pos in ("V", "PTCP", "CONV", "AUX") and words.classes_of(token.low, token.lemma) & _SPEECH
    ]
    if not cues and rule == "speaker-then-quote" and window and window[-1].text == ":":
        cues = [t for t in window if any(group.id == "is-short" for group in groups_of(t, sentence.language))]
    if rule == "quote-then-speaker":
        told = was_the_word(sentence, window, quotation, number, words)
        if told is not None:
            return told
    if not cues and rule == "quote-then-speaker":
        cues = any_verb(text, sentence, window, quotation, words)
    if not cues:
        return colon_name(text, window, quotation, sentence, number, words) if rule == "speaker-then-quote" else None
    cue = cues[-1] if rule == "speaker-then-quote" else cues[0]
    if rule == "speaker-then-quote" and (not introduced or within_clause(text.sheet, quotation, low, sentence, cue)):
        return None
    ended = (
        text.sheet[quotation.inner_end - 1 : quotation.inner_end] == "."
        and "—" not in text.sheet[quotation.end : quotation.end + 4]
    )
    named = sentence.language == "en" and any(t.text == "," for t in window[: cue.i - window[0].i])
    farthest = 14 if named else 9  # "..., the plant's head of procurement, Anatol Skibar, wrote"
    if rule == "quote-then-speaker" and (cue.i - window[0].i > farthest or not introduced or ended):
        return None
    if rule == "speaker-then-quote" and not just_before(text, cue, quotation):
        return None
    source = subject_of(sentence, cue, words, window)
    if (
        source is not None
        and sentence.language != "en"
        and quotation.start <= sentence.tokens[source].start < quotation.end
    ):
        source = None  # a subject inside the speech speaks of itself
    if source is None:
        source = place_of(sentence, cue, window, words)
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
