"""find_mentions: everything that is a name or a value in a text layer, in all its segments.

The order is the idea: what can be proved by its shape (addresses, check digits, dates, amounts, designations) is taken
first and hidden from the models; then names by rule and by model are weighed against each other; then names that were
certain once are found again wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from leakdesk.language.canvas import canvas
from leakdesk.language.detect import detect_spans
from leakdesk.mentions import checks, heads
from leakdesk.mentions.again import again, beside_given, surnames
from leakdesk.mentions.beside import by_noun_beside
from leakdesk.mentions.dates import dates
from leakdesk.mentions.doubts import second_thoughts
from leakdesk.mentions.equipment import equipment
from leakdesk.mentions.found import Found, Mask
from leakdesk.mentions.models import CHUNK, by_model, ordinary_word
from leakdesk.mentions.normal import base_of
from leakdesk.mentions.organisations import organisations
from leakdesk.mentions.patterns import contacts, identifiers, phones
from leakdesk.mentions.persons import persons
from leakdesk.mentions.places import places
from leakdesk.mentions.quantities import values
from leakdesk.mentions.weigh import Settled, tidy, weigh
from leakdesk.model.document import Language, MessageHead, TextLayer
from leakdesk.model.entity import Mention
from leakdesk.model.ids import span_id

#: Rules for organisations that are proof enough to be taken before numbers and designations inside them.
_PROVEN = frozenset(
    (
        "legal form and quoted name",
        "quoted name and legal form",
        "head noun and quoted name",
        "numbered head noun",
        "head noun and number",
    )
)
#: Models are asked about this much of a text (code points): a text of megabytes must end in minutes, not in hours.
MODEL_LIMIT = 400_000
_OPEN_IDENTIFIERS = frozenset(("number sign", "document number", "drawing number"))
_WRAP = re.compile(r"(?<=[^\n]{48})(?<=[\w,»\")])\n(?=[^\W\d_«\"(])")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionsFound:
    """The mentions in text order, without overlaps, and notes for a person about what could not be done."""

    mentions: tuple[Mention, ...]
    notes: tuple[str, ...] = ()


def find_mentions(
    layer: TextLayer, head: MessageHead | None = None, *, parser_free: bool = False, today: date | None = None
) -> MentionsFound:
    """All mentions of a text layer.

    `head` gives names and the date of a message, `today` the date of a report (wins over the head's); `parser_free` leaves
    the models out. Raises nothing: a missing model is a note. The same layer gives the same mentions, and a layer that
    differs only in line ends, blanks, quotes or look-alike letters gives mentions at the same places.
    """
    sheet = _WRAP.sub(" ", _apart(canvas(layer.text), layer.text))
    runs = detect_spans(layer.text)
    reference = today or _date_of(head)
    named = list(organisations(sheet))
    values_found = _values(sheet, reference, named)
    mask = Mask(len(sheet))
    for each in values_found:
        mask.take(each.start, each.end)
    candidates = [
        found
        for found in _by_rules(sheet, layer, head, runs, named)
        if mask.free(found.start, found.end) or _stands(found)
    ]
    notes: list[str] = []
    if not parser_free:
        answered, notes = _by_models(sheet, [(a, min(b, MODEL_LIMIT), g) for a, b, g in runs if a < MODEL_LIMIT], mask)
        if len(sheet) > MODEL_LIMIT:
            notes.append(f"names after the first {MODEL_LIMIT} code points are found by rule only")
        candidates += answered
    tidied = [
        each
        for each in (tidy(sheet, found) for found in candidates)
        if each is not None and mask.free(each.start, each.end)
    ]
    settled = by_noun_beside(sheet, (each for each in weigh(tidied) if not _is_ordinary(sheet, each, runs)))
    known = {
        base for each in settled if each.found.type == "person" and each.sure for base in surnames(sheet, each.found)
    }
    in_full = {word for each in settled if each.found.type == "person" for word in beside_given(sheet, each.found)}
    settled = second_thoughts(sheet, settled, lambda at: _language_at(runs, at), known, in_full)
    settled = again(sheet, settled, mask, known, lambda at: _language_at(runs, at))
    settled += [Settled(each, (each.rule,), sure=each.weight >= 0.7) for each in values_found]
    return MentionsFound(mentions=_mentions(layer, sheet, settled, runs), notes=tuple(dict.fromkeys(notes)))


def _apart(sheet: str, text: str) -> str:
    """The canvas with a line end where the text has a tab: no name reaches from one cell into the next."""
    if "\t" not in text:
        return sheet
    return "".join("\n" if char == "\t" else plain for char, plain in zip(text, sheet, strict=True))


def _is_ordinary(sheet: str, each: Settled, runs: list[tuple[int, int, Language]]) -> bool:
    """Whether only its ending speaks for a word being a surname, and a dictionary knows it as another word: Приёмка."""
    if each.rules != ("ending of a surname",):
        return False
    return ordinary_word(sheet[each.found.start : each.found.end], _language_at(runs, each.found.start)) is True


def _language_at(runs: list[tuple[int, int, Language]], at: int) -> Language:
    for start, end, language in runs:
        if start <= at < end:
            return language
    return "und"


def _stands(found: Found) -> bool:
    return found.rule in _PROVEN


def _date_of(head: MessageHead | None) -> date | None:
    try:
        return date.fromisoformat((head.date or head.date_utc or "")[:10]) if head is not None else None
    except ValueError:
        return None


def _by_length(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda each: (-each.weight, each.start - each.end, each.start))


def _values(sheet: str, today: date | None, named: list[Found]) -> list[Found]:
    """Everything that its shape proves, plus proven organisations to hold the place of their own numbers."""
    mask = Mask(len(sheet))
    proven = [found for found in named if found.rule in _PROVEN]
    every = list(identifiers(sheet))
    kept = mask.keep_free(contacts(sheet))
    kept += mask.keep_free(each for each in every if each.rule not in _OPEN_IDENTIFIERS)
    kept += mask.keep_free(phones(sheet))
    kept += mask.keep_free(sorted(dates(sheet, today), key=lambda each: (each.start - each.end, each.start)))
    amounts = list(values(sheet))
    kept += mask.keep_free(each for each in amounts if each.type in ("percent", "money"))
    mask.keep_free(_by_length(proven))  # holds the place only
    kept += mask.keep_free(each for each in every if each.rule in _OPEN_IDENTIFIERS)
    shapes = list(equipment(sheet))
    kept += mask.keep_free(_by_length(each for each in shapes if each.weight > 0.6))
    kept += mask.keep_free(each for each in amounts if each.type == "quantity")
    kept += mask.keep_free(_by_length(each for each in shapes if each.weight <= 0.6))
    return kept


def _by_rules(
    sheet: str, layer: TextLayer, head: MessageHead | None, runs: list[tuple[int, int, Language]], named: list[Found]
) -> Iterator[Found]:
    yield from heads.header_names(sheet, head)
    yield from heads.address_lines(sheet)
    yield from heads.signatures(sheet, layer.segments)
    yield from named
    yield from persons(sheet)
    for start, end, language in runs:
        for found in places(sheet[start:end], language):
            yield _moved(found, start)


def _moved(found: Found, by: int) -> Found:
    return Found(found.start + by, found.end + by, found.type, found.normal, found.rule, found.weight)


def _by_models(sheet: str, runs: list[tuple[int, int, Language]], mask: Mask) -> tuple[list[Found], list[str]]:
    found: list[Found] = []
    notes: list[str] = []
    for start, end, language in runs:
        if language == "und":
            continue
        at = start
        while at < end:
            stop = _cut(sheet, at, end)
            piece = sheet[at:stop]
            if any(char.isupper() for char in piece):
                answer = by_model(piece, language)
                tidied = (tidy(sheet, _moved(one, at)) for one in answer.found)
                clear = [each for each in tidied if each is not None and checks.clear(sheet, each, mask)]
                judged = (checks.judged(sheet, each, language) for each in clear)
                found += [each for each in judged if each.weight > 0]
                notes += [answer.note] if answer.note else []
            at = stop
    return found, notes


def _cut(sheet: str, at: int, end: int) -> int:
    if end - at <= CHUNK:
        return end
    for mark in ("\n\n", "\n", ". ", " "):
        cut = sheet.rfind(mark, at + CHUNK // 2, at + CHUNK)
        if cut > 0:
            return cut + len(mark)
    return at + CHUNK


def _mentions(
    layer: TextLayer, sheet: str, settled: list[Settled], runs: list[tuple[int, int, Language]]
) -> tuple[Mention, ...]:
    mentions: list[Mention] = []
    reach, run = 0, 0
    for each in sorted(settled, key=lambda one: (one.found.start, -one.found.end)):
        found = each.found
        if found.start < reach:
            continue
        while run + 1 < len(runs) and runs[run][1] <= found.start:
            run += 1
        language = runs[run][2] if runs else "und"
        reach = found.end
        text = layer.text[found.start : found.end]
        normal = found.normal or base_of(re.sub("\u00ad", "", sheet[found.start : found.end]), found.type, language)
        mentions.append(
            Mention(
                id=span_id("m", layer.sha256, found.start, found.end, found.type),
                start=found.start,
                end=found.end,
                text=text,
                type=found.type,
                normal=normal,
                rules=each.rules,
                confidence="likely" if each.sure else "check",
            )
        )
    return tuple(mentions)
