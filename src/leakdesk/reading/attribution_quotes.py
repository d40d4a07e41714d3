"""Quotations and who speaks them: what is a quotation, with its tag, and quotations that run on without one."""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.model.document import Role
from leakdesk.reading.attribution_found import Found, Text
from leakdesk.reading.attribution_quote_tags import tagged
from leakdesk.reading.quotes import Quotation, dialogue, is_speech, quotations
from leakdesk.reading.sentence import Token
from leakdesk.reading.spans import Range


def direct_speech(text: Text) -> list[Found]:
    """Everything between quotation marks or behind dashes of dialogue that somebody says, in order."""
    found: list[Found] = []
    last: Found | None = None
    last_paragraph = -5
    for paragraph, start, end in _paragraphs(text):
        here = _spoken_words(text, start, end)
        for number, quotation in enumerate(here):
            before = here[number - 1].end if number else start
            after = here[number + 1].start if number + 1 < len(here) else end
            made = tagged(text, quotation, before, after)
            inner = (quotation.inner_start, quotation.inner_end)
            if (
                made is None
                and last is not None
                and _continues(text, quotation, last, paragraph, last_paragraph, start, end)
            ):
                made = _continued(last, last.source or last.spoken, inner)
            if made is not None and made.rule == "quote-then-speaker":
                made = _begun_before(text, made, quotation)
            if made is None and (_stands_alone(text.sheet, quotation, start, end) or _headlined(text, quotation)):
                made = Found("direct", "quote-alone", content=inner, cue_class="say")
            if made is None:
                continue
            made.sentence = text.at(quotation.inner_start) or 0
            found += [made, *_running_on(text, made, quotation), *_behind_tag(text, made, quotation)]
            if made.content is not None and made.rule != "quote-around-tag":
                text.spoken.append(made.content)
            last, last_paragraph = made, paragraph
    return found


def _spoken_words(text: Text, start: int, end: int) -> list[Quotation]:
    """The quotations of a paragraph that are speech, and its lines of dialogue."""
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
    return _joined(text, here)


def _continued(made: Found, spoken: Range | None, content: Range) -> Found:
    """More words of the same speaker, without a tag of their own."""
    return replace(made, source=None, cue=None, spoken=spoken, content=content, rule="quote-continued")


_AFTER_TAG = re.compile(r"\.\s*—\s*")


def _behind_tag(text: Text, made: Found, quotation: Quotation) -> list[Found]:
    """«Людей отправили, — уточнил он. — Сегодня»: the second sentence, behind the tag inside the marks."""
    if made.content is None or made.content[1] >= quotation.inner_end - 3:
        return []
    rest = _AFTER_TAG.search(text.sheet, made.content[1], quotation.inner_end)
    if rest is None:
        return []
    more = _continued(made, made.source, (rest.end(), quotation.inner_end))
    return [replace(more, sentence=text.at(rest.end()) or 0)]


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
        further.append(replace(_continued(made, made.source, (sentence.start, end)), sentence=number))
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
