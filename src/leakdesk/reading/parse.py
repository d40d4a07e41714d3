"""Text to sentences with trees: the best parser that is there for each language, else by rule; never nothing.

English: spaCy. Russian: natasha. Ukrainian, Belarusian and whatever has no parser: `tagging` and `shallow`. Sentences are cut
at paragraph ends, labels and semicolons before parsing, since parsers make one clause of what two speakers say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leakdesk.language.sentences import sentence_spans
from leakdesk.language.syntax import MissingPart, Russian, english, russian
from leakdesk.model.document import Language, Role, Segment
from leakdesk.reading import pivot, shallow, slavic_repairs, tagging
from leakdesk.reading.english import from_spacy, join_hyphens
from leakdesk.reading.english_repairs import repair_headline
from leakdesk.reading.lexicon import lexicon
from leakdesk.reading.russian import from_natasha
from leakdesk.reading.russian_repairs import base_form
from leakdesk.reading.russian_words import comment_in, is_verb, parse_words
from leakdesk.reading.sentence import Sentence, Token

#: Sentences longer than this (words) are left to rules: parsers are slow and wrong on them.
LONGEST = 90
#: A text layer is read up to this many code points; the rest is listed as left out.
READ_LIMIT = 400_000
#: Languages with a lexicon.
READ = frozenset({"en", "ru", "uk", "be"})


#: The place a report opens with: "CLEVELAND — ", "WASHINGTON, Sept 17 (Meridian) - ", «МИНСК, 5 мая. — ».
_LEAD = re.compile(
    r"\s*[^\W\d_a-zа-яёіїєґў]{3,}(?:[ -][^\W\d_a-zа-яёіїєґў]{2,})?(?:, [\w. ]{3,14})?(?: \([\w ./]{2,30}\))?\.? [—–-]+ (?=\S)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch to read: [start, end) of the canvas, its role, language and paragraph number."""

    start: int
    end: int
    role: Role
    language: Language
    paragraph: int


def pieces(sheet: str, segments: Iterable[Segment], roles: frozenset[Role]) -> list[Piece]:
    """Sentences of the segments that speak, without surrounding space."""
    found: list[Piece] = []
    paragraph = 0
    for segment in segments:
        if segment.role not in roles:
            continue
        for start, end in paragraphs(sheet, segment.start, min(segment.end, READ_LIMIT)):
            paragraph += 1
            lead = _LEAD.match(sheet, start, end) if segment.role in (Role.BODY, Role.STANDFIRST) else None
            for a, b in sentence_spans(sheet[start:end]):
                left, right = start + a, start + b
                if lead is not None and left < lead.end() < right:
                    left = lead.end()
                while left < right and sheet[left].isspace():
                    left += 1
                while right > left and sheet[right - 1].isspace():
                    right -= 1
                for c, d in _at_semicolons(sheet, left, right):
                    if any(char.isalnum() for char in sheet[c:d]):
                        found.append(Piece(c, d, segment.role, segment.language, paragraph))
    return found


def _at_semicolons(sheet: str, start: int, end: int) -> list[tuple[int, int]]:
    """Parsers make one clause of what two speakers say: cut at semicolons between stretches of three words and more."""
    cuts = [start]
    depth = 0
    for at in range(start, end):
        char = sheet[at]
        if char in "«(":
            depth += 1
        elif char in "»)":
            depth -= 1
        elif char == '"':
            depth = 0 if depth else 1
        elif char == ";" and depth <= 0 and sheet.count(" ", cuts[-1], at) >= 2 and sheet.count(" ", at, end) >= 3:
            cuts.append(at + 1)
    pieces_: list[tuple[int, int]] = []
    for start_, right in zip(cuts, [*cuts[1:], end], strict=True):
        blank = len(sheet[start_:right]) - len(sheet[start_:right].lstrip())
        pieces_.append((start_ + blank, right))
    return pieces_


def paragraphs(sheet: str, start: int, end: int) -> list[tuple[int, int]]:
    """Paragraphs of [start, end): cut at blank lines (and at single line ends after a full stop)."""
    cuts: list[tuple[int, int]] = []
    at = start
    while at < end:
        stop = sheet.find("\n\n", at, end)
        stop = end if stop < 0 else stop
        if sheet[at:stop].strip():
            cuts.append((at, stop))
        at = stop + 2
    return cuts


def parse(
    sheet: str, found: list[Piece], *, parser_free: bool = False, deep: bool = True
) -> tuple[list[Sentence], tuple[str, ...]]:
    """Sentences with trees, in order, and notes about missing parsers ("English read without a parser: needs spacy ...")."""
    notes: list[str] = []
    parsed: dict[int, Sentence] = {}
    if not parser_free:
        for language, reader in (
            ("en", _parse_english),
            ("ru", _parse_russian),
            ("uk", _parse_by_way_of_russian),
            ("be", _parse_by_way_of_russian),
        ):
            mine = [(number, piece) for number, piece in enumerate(found) if piece.language == language]
            if not mine:
                continue
            try:
                parsed.update(reader(sheet, mine))
            except MissingPart as missing:
                notes.append(f"read without a parser ({language}): {missing}")
    sentences: list[Sentence] = []
    for number, piece in enumerate(found):
        sentence = parsed.get(number)
        if sentence is None or _verbless(sentence):
            again = by_rule(sheet, piece, deep=deep and not parser_free)
            sentence = again if sentence is None or not _verbless(again) else sentence
        slavic_repairs.settle(sentence)
        sentences.append(sentence)
    return sentences, tuple(notes)


def _verbless(sentence: Sentence) -> bool:
    """A full English sentence in which nobody does anything: the parser took its verb for a noun ("The files list setbacks.")."""
    tokens = sentence.tokens
    if sentence.language != "en" or len(tokens) < 5 or tokens[-1].text != ".":
        return False
    if any(token.head < 0 and token.pos in ("V", "AUX", "INF", "CONV") for token in tokens):
        return False
    return not any(token.dep in ("nsubj", "nsubj:pass", "expl", "csubj") for token in tokens)


def by_rule(sheet: str, piece: Piece, *, deep: bool) -> Sentence:
    """A sentence read without a parser."""
    tokens = tagging.tokenise(sheet, piece.start, piece.end)
    if piece.language not in READ:
        return _sentence(piece, tokens, parsed=False)
    tagging.tag(tokens, piece.language, sheet, deep=deep)
    shallow.attach(tokens, piece.language)
    return _sentence(piece, tokens, parsed=False)


def _sentence(piece: Piece, tokens: list[Token], *, parsed: bool) -> Sentence:
    return Sentence(
        start=piece.start,
        end=piece.end,
        language=piece.language,
        tokens=tokens,
        role=piece.role,
        parsed=parsed,
        paragraph=piece.paragraph,
    )


def _clean(text: str) -> str:
    """What a parser gets: line ends and soft hyphens as blanks, one code point for one."""
    return text.replace("\n", " ").replace("\u00ad", " ")


def _parse_english(sheet: str, mine: list[tuple[int, Piece]]) -> dict[int, Sentence]:
    nlp = english()
    short = [(number, piece) for number, piece in mine if piece.end - piece.start < LONGEST * 12]
    parsed: dict[int, Sentence] = {}
    texts = (_clean(sheet[piece.start : piece.end]) for _, piece in short)
    for (number, piece), doc in zip(short, nlp.pipe(texts, disable=["ner"]), strict=True):
        if len(doc) > LONGEST * 2:
            continue
        join_hyphens(doc)
        tokens = from_spacy(doc, piece.start)
        if piece.role is Role.HEADLINE:
            repair_headline(tokens)
        if tokens:
            parsed[number] = _sentence(piece, tokens, parsed=True)
    return parsed


def _parse_russian(sheet: str, mine: list[tuple[int, Piece]]) -> dict[int, Sentence]:
    models = russian()
    parsed: dict[int, Sentence] = {}
    for number, piece in mine:
        if piece.end - piece.start > LONGEST * 12:
            continue
        doc = models.document(_clean(sheet[piece.start : piece.end]), syntax=True)
        tokens: list[Token] = []
        for sentence in doc.sents:
            base = len(tokens)
            part = from_natasha(_without_comment(sentence, models), piece.start, base_form)
            for token in part:
                token.i += base
                token.head = token.head + base if token.head >= 0 else -1
            tokens += part
        if tokens:
            parsed[number] = _sentence(piece, tokens, parsed=True)
    return parsed


def _without_comment(sentence: Any, models: Russian) -> Any:
    """The sentence parsed again where a comment stands in it, else as it is."""
    lows = [token.text.lower() for token in sentence.tokens]
    if lows.count(",") < 2:
        return sentence
    verbs = [token.pos in ("VERB", "AUX") or is_verb(low) for token, low in zip(sentence.tokens, lows, strict=True)]
    comment = comment_in(lows, verbs, lexicon("ru"))
    if comment is None:
        return sentence
    places = [(token.start, token.stop) for token in sentence.tokens]
    return parse_words([token.text for token in sentence.tokens], places, comment, models)


def _parse_by_way_of_russian(sheet: str, mine: list[tuple[int, Piece]]) -> dict[int, Sentence]:
    models = russian()
    parsed: dict[int, Sentence] = {}
    for number, piece in mine:
        language = piece.language
        if piece.end - piece.start > LONGEST * 12 or language not in ("uk", "be"):
            continue
        tokens = tagging.tokenise(sheet, piece.start, piece.end)
        tagging.tag(tokens, language, sheet, deep=True)
        parsed[number] = _sentence(piece, pivot.project(tokens, sheet, language, models), parsed=True)
    return parsed
