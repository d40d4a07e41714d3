"""Everything that a report puts between quotation marks, held against the letters.

What somebody is quoted as saying is always answered, with *absent* too. A few words set apart in a sentence of the report's
own (sold as “spare parts”) may be a quotation or a manner of speaking: they are answered only where a letter has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from leakdesk.claims.passages import Letter, Letters, windows
from leakdesk.claims.quotes import SHORTEST, LetterText, check_quotation
from leakdesk.claims.search_words import words_everywhere
from leakdesk.claims.translated import Translated, translated
from leakdesk.language.detect import detect
from leakdesk.language.words import WORD
from leakdesk.model.anchor import Span
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import CheckedQuotation, Passage
from leakdesk.model.document import Language, Role

#: Letters looked through for one quotation, best first by the full text.
CANDIDATES = 30
#: Words set apart that are too many for a manner of speaking are an ordinary quotation, which the reading finds.
LONGEST_ASIDE = 12

_MARKS = " \t\n\u00a0\"'“”„«»‘’,"
_SET_APART = re.compile(
    r"“([^“”\n]+)”|„([^„“”\n]+)[“”]|«([^«»\n]+)»|(?<!\w)\"([^\"\n]+)\"(?!\w)|(?<!\w)‘([^‘’\n]+)’(?!\w)"
)
_SPEAKS = frozenset({Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.QUOTED})
#: What stands between marks as a name.
_NAMES = frozenset({"person", "organization", "place", "equipment"})


def checked_quotations(reading: Reading, letters: Letters) -> list[CheckedQuotation]:
    """Every quotation of a report with what the letters have of it, in the order of the text."""
    quoted = quotations_of(reading)
    found = [_checked(each, reading, letters) for each in quoted]
    aside = [_checked(each, reading, letters) for each in _set_apart(reading, quoted)]
    found += [each for each in aside if each.verdict != "absent"]
    return sorted(found, key=lambda each: (each.start, each.end))


def _checked(quotation: Span, reading: Reading, letters: Letters) -> CheckedQuotation:
    own = [word for word in WORD.findall(quotation.text) if len(word) > 1]
    at_hand = letters.candidates([word for word in own if len(word) > 2] or own, CANDIDATES) if own else ()
    checked = check_quotation(quotation, [_text(each) for each in at_hand], letters.searched, letters.unreadable)
    if checked.verdict != "absent" or len(own) < SHORTEST:
        return checked
    language = _language(quotation, reading)
    meant = dict(words_everywhere(quotation.text, language))
    further = letters.candidates(meant, CANDIDATES) if meant else ()
    other = translated(quotation.text, language, windows([*at_hand, *further]))
    return _as_translated(checked, other) if other else checked


def _text(letter: Letter) -> LetterText:
    """A letter without its head: who wrote to whom is no part of what was written."""
    begins = max((each.end for each in letter.segments if each.role == Role.HEADER and each.start == 0), default=0)
    return LetterText(document=letter.document, text=letter.text, language=letter.language, begins=begins)


def _language(quotation: Span, reading: Reading) -> Language:
    home = next((each for each in reading.segments if each.start <= quotation.start < each.end), None)
    if home is not None and home.language != "und":
        return home.language
    return reading.languages[0] if reading.languages else detect(quotation.text)


def _as_translated(checked: CheckedQuotation, other: Translated) -> CheckedQuotation:
    window = other.window
    passage = Passage(document=window.letter.document, start=window.start, end=window.end, text=window.text, slots={})
    said = "given in translation: compare it with the letter's own words"
    if other.lost:
        said = f"given in translation, without {' and '.join(other.lost)} that the letter's sentence holds"
    return replace(
        checked,
        verdict="truncated" if other.lost else "altered",
        document=window.letter.document,
        passage=passage,
        difference=said,
    )


# ---------------------------------------------------------------- what is quoted


def quotations_of(reading: Reading) -> list[Span]:
    """The direct quotations of a report, in order, without repeats."""
    spans = {
        (each.content.start, each.content.end): each.content
        for each in reading.attributions
        if each.type == "direct" and each.content
    }
    return [_without_marks(spans[key]) for key in sorted(spans)]


def _set_apart(reading: Reading, quoted: Sequence[Span]) -> Iterator[Span]:
    """Stretches between marks in what the report says itself, names and direct quotations left out."""
    for segment in reading.segments:
        if segment.role not in _SPEAKS:
            continue
        for match in _SET_APART.finditer(reading.text, segment.start, segment.end):
            start, end = next(match.span(at) for at in range(1, 6) if match[at] is not None)
            span = _without_marks(Span(start=start, end=end, text=reading.text[start:end]))
            words = len(WORD.findall(span.text))
            known = any(each.start < span.end and span.start < each.end for each in quoted)
            if 1 < words <= LONGEST_ASIDE and not known and not _is_name(span, reading):
                yield span


def _is_name(span: Span, reading: Reading) -> bool:
    return any(
        each.type in _NAMES
        and each.start <= span.start
        and span.end <= each.end
        and (each.start, each.end) != (span.start, span.end)
        for each in reading.mentions
    ) or any(
        each.type in _NAMES - {"person"} and (each.start, each.end) == (span.start, span.end)
        for each in reading.mentions
    )


def _without_marks(span: Span) -> Span:
    left = len(span.text) - len(span.text.lstrip(_MARKS))
    right = len(span.text) - len(span.text.rstrip(_MARKS))
    if left + right >= len(span.text):
        return span
    return Span(start=span.start + left, end=span.end - right, text=span.text[left : len(span.text) - right])
