"""One text layer in, one Reading out: zones, names, who says what, references, claims. Reports and letters alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from leakdesk.documents.quoting import segment_letter
from leakdesk.language.canvas import canvas
from leakdesk.language.clean import clean
from leakdesk.language.detect import detect, detect_spans
from leakdesk.mentions.dates import dates
from leakdesk.model.claim import Claim, LeftOut, Reading
from leakdesk.model.document import SPEAKING_ROLES, Language, MessageHead, Role, Segment, TextLayer
from leakdesk.reading import (
    attribution,
    claims,
    letters,
    letters_acts,
    letters_frame,
    letters_trees,
    references,
    tables,
    tables_claims,
)
from leakdesk.reading.attribution_found import Found
from leakdesk.reading.claims_context import Context
from leakdesk.reading.endless import within_reach
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.names import named
from leakdesk.reading.original import clean_layer, in_original
from leakdesk.reading.parse import READ_LIMIT, parse, pieces
from leakdesk.reading.sentence import Sentence
from leakdesk.reading.zones import report_segments

#: In letters older mail speaks for the message that wrote it.
_LETTER_ROLES = frozenset(SPEAKING_ROLES - {Role.QUOTED})


def read_text(
    layer: TextLayer,
    *,
    as_: Literal["report", "message"] = "report",
    head: MessageHead | None = None,
    published: str | None = None,
    language: Language | None = None,
    parser_free: bool = False,
) -> Reading:
    """Read a text layer.

    `as_` decides the zones (and whose words `quoted` is); `head` gives a letter's From, To and date; `published` (ISO 8601)
    anchors relative dates of a report; `language` overrides detection; `parser_free` reads by rule alone, without models.
    Never raises for bad text: what was not read is listed under `left_out`, missing parts under `notes`. What is read is
    the clean text (`language.clean`); places and quotations are the layer's own.
    """
    made = clean(layer.text)
    if made.text == layer.text:
        return _read(layer, as_, head, published, language, parser_free=parser_free)
    reading = _read(clean_layer(layer, made), as_, head, published, language, parser_free=parser_free)
    return in_original(reading, layer, made)


def _read(
    layer: TextLayer,
    as_: Literal["report", "message"],
    head: MessageHead | None,
    published: str | None,
    language: Language | None,
    *,
    parser_free: bool,
) -> Reading:
    """Read a clean text layer."""
    text = layer.text
    if as_ == "message" and head is None:
        head = letters.bare_head(text)[1]
    sheet = canvas(text)
    segments = _segments(layer, sheet, as_, language)
    if as_ == "message":
        segments = letters_frame.signed(sheet, segments, head)
    parsed = _parsed(text, sheet, segments, head, as_, parser_free=parser_free)
    sentences = parsed.sentences
    dated = published or _dateline(sheet, segments) if as_ == "report" else published
    mentions, entities, more = named(layer, head, today=dated, parser_free=parser_free)
    people = sorted((each.start, each.end) for each in mentions if each.type == "person")
    found = attribution.find(sheet, sentences, segments, people)
    parties = letters.parties(text, head, segments, mentions, parsed.addressed) if as_ == "message" else None
    if parties is not None:
        found = letters_acts.with_acts(sentences, found, parties)
    refs = references.find(text, sentences, mentions)
    index = references.entity_index(mentions, refs)
    attributions = attribution.as_attributions(text, layer.sha256, found, _resolved(found, index))
    context = Context(
        text=text,
        sha256=layer.sha256,
        sentences=sentences,
        found=found,
        attributions=attributions,
        mentions=mentions,
        entities=index,
        captions={each.id: each.caption for each in entities},
        published=dated or (head.date if head else None),
        parties=parties,
        document_source=_written_source(text, found),
    )
    made, left = _claims(context, segments, parsed.rows)
    return Reading(
        text=text,
        sha256=layer.sha256,
        languages=_languages(segments),
        segments=segments,
        mentions=mentions,
        entities=entities,
        references=refs,
        attributions=attributions,
        claims=made,
        left_out=left,
        notes=(*parsed.notes, *more),
    )


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The sentences of a text; its tables, which are no sentences; what opens letters; and what could not be parsed."""

    sentences: list[Sentence]
    rows: list[tables.Table]
    addressed: list[tuple[int, int]]
    notes: tuple[str, ...]


def _parsed(
    text: str,
    sheet: str,
    segments: tuple[Segment, ...],
    head: MessageHead | None,
    as_: Literal["report", "message"],
    *,
    parser_free: bool,
) -> _Parsed:
    speaking = SPEAKING_ROLES if as_ == "report" else _LETTER_ROLES
    rows = [
        table
        for each in segments
        if each.role in speaking
        for table in tables.find(text, each.start, min(each.end, READ_LIMIT))
    ]
    found_pieces = pieces(tables.without(sheet, tables.ranges(rows)), segments, speaking)
    addressed: list[tuple[int, int]] = []
    if as_ == "message":
        found_pieces, addressed = letters_frame.opened(sheet, found_pieces, head)
    found_pieces = within_reach(sheet, found_pieces)
    sentences, notes = parse(sheet, found_pieces, parser_free=parser_free)
    if as_ == "message":
        letters_trees.settle(sentences)
    return _Parsed(sentences, rows, addressed, notes)


def _claims(
    context: Context, segments: tuple[Segment, ...], rows: list[tables.Table]
) -> tuple[tuple[Claim, ...], tuple[LeftOut, ...]]:
    """Claims of sentences and of tables, in order, and what was left out."""
    made, left = claims.find(context)
    if context.parties is not None:
        made = letters.housed(made, context.parties, _languages(segments)[0])
    if rows:
        cells, longer = tables_claims.claims_of(
            tables_claims.Sheet(context.text, context.sha256, context.mentions), rows
        )
        made = tuple(sorted((*made, *cells), key=lambda each: each.quote.start))
        left = (*left, *longer)
    length = len(context.text)
    if length > READ_LIMIT:
        left = (*left, LeftOut(start=READ_LIMIT, end=length, reason=f"longer than {READ_LIMIT} code points"))
    return made, left


def _dateline(sheet: str, segments: tuple[Segment, ...]) -> str | None:
    """The day a report gives for itself, ISO 8601."""
    for each in segments:
        if each.role == Role.DATELINE:
            for found in dates(sheet[each.start : each.end]):
                if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found.normal):
                    return found.normal
    return None


def _segments(layer: TextLayer, sheet: str, as_: str, language: Language | None) -> tuple[Segment, ...]:
    """The layer's own segments, else zones; each with its language."""
    if layer.segments and (as_ == "message" or any(each.role != Role.BODY for each in layer.segments)):
        bare = layer.segments
    elif as_ == "message":
        bare = _letter(layer.text, language)
    else:
        bare = report_segments(layer.text)
    if language is not None:
        return tuple(Segment(start=each.start, end=each.end, role=each.role, language=language) for each in bare)
    whole = detect(sheet)
    made: list[Segment] = []
    for each in bare:
        if each.language != "und":
            made.append(each)
            continue
        own = detect(sheet[each.start : each.end][:4000])
        made += _by_language(sheet, each, own if own != "und" else whole)
    return tuple(made)


def _letter(text: str, language: Language | None) -> tuple[Segment, ...]:
    """Header lines, body, quoted mail and signature of a letter that comes as bare text."""
    start, _ = letters.bare_head(text)
    head = (Segment(start=0, end=start, role=Role.HEADER),) if start else ()
    rest = segment_letter(text[start:], language or detect(text[start:]))
    return (
        *head,
        *(
            Segment(start=each.start + start, end=each.end + start, role=each.role, language=each.language)
            for each in rest
        ),
    )


def _by_language(sheet: str, segment: Segment, own: Language) -> list[Segment]:
    """A long body in several languages is cut where the language changes."""
    if (
        segment.end - segment.start < 200
        or segment.role not in SPEAKING_ROLES
        or "\n" not in sheet[segment.start : segment.end].strip()
    ):
        return [Segment(start=segment.start, end=segment.end, role=segment.role, language=own)]
    runs = detect_spans(sheet[segment.start : segment.end])
    return [
        Segment(
            start=segment.start + a, end=segment.start + b, role=segment.role, language=found if found != "und" else own
        )
        for a, b, found in runs
        if b > a
    ]


def _written_source(text: str, found: list[Found]) -> str | None:
    """The source line where it names something written ("audit of leaked ledgers"): then the whole text rests on it."""
    for each in found:
        if each.type == "label" and each.source is not None:
            line = text[each.source[0] : (text.find("\n", each.source[1]) + 1 or len(text))]
            words = lexicon(detect(line))
            if any(words.is_document(word) for word in re.findall(r"[\w'-]+", line)):
                return line.strip()
    return None


def _resolved(found: list[Found], index: list[tuple[tuple[int, int], str]]) -> dict[tuple[int, int], str]:
    """Source span -> entity: the name that fills most of it."""
    table: dict[tuple[int, int], str] = {}
    for each in found:
        source = each.source or each.spoken
        if source is None:
            continue
        inside = [(span, entity) for span, entity in index if source[0] <= span[0] and span[1] <= source[1]]
        if inside:
            table[source] = inside[0][1]
    return table


def _languages(segments: tuple[Segment, ...]) -> tuple[Language, ...]:
    """Languages of what speaks, most text first."""
    amount: dict[Language, int] = {}
    for each in segments:
        if each.language != "und":
            amount[each.language] = amount.get(each.language, 0) + each.end - each.start
    return tuple(sorted(amount, key=lambda name: (-amount[name], name))) or ("und",)
