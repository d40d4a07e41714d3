"""The frame of a letter: whom its opening addresses, what signs it, and the names called out inside a sentence.

Greetings and vocatives say nothing of an event and must not be taken for participants («Арсений, мы летим»); a name under
the last paragraph signs the letter also where no closing formula stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from leakdesk.language.concepts import fold
from leakdesk.model.document import MailAddress, MessageHead, Role, Segment
from leakdesk.reading.letters_words import words
from leakdesk.reading.parse import Piece
from leakdesk.reading.spans import Range

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
#: Words that a vocative may have («Дорогая Мария Ивановна»).
_VOCATIVE = 5
#: Lines that a signature without a closing formula may have, and their longest.
_LINES, _WIDTH = 6, 72
_NAME_LINE = re.compile(
    r"(?:[^\W\d_a-zа-яёіїєґў]\.\s?){0,2}[^\W\d_a-zа-яёіїєґў][\w'’.-]*(?:\s+[^\W\d_a-zа-яёіїєґў][\w'’.-]*){0,3}(?:,.{2,60})?"
)


def opened(sheet: str, found: list[Piece], head: MessageHead | None) -> tuple[list[Piece], list[Range]]:
    """Sentences without the words that only address the reader; and the places of those words."""
    called = _names(head.to + head.cc if head is not None else ())
    kept: list[Piece] = []
    addressed: list[Range] = []
    for number, piece in enumerate(found):
        cut = _address(sheet[piece.start : piece.end], called, first=number == 0)
        if not cut:
            kept.append(piece)
            continue
        addressed.append((piece.start, piece.start + cut))
        rest = sheet[piece.start + cut : piece.end]
        start = piece.start + cut + len(rest) - len(rest.lstrip(" ,!.—\n\t"))
        if any(char.isalnum() for char in sheet[start : piece.end]):
            kept.append(replace(piece, start=start))
    return kept, addressed


def _address(sentence: str, called: frozenset[str], *, first: bool) -> int:
    """Length of the address that a sentence opens with; 0 where it opens with none."""
    comma = re.search(r"[,!]|\n|[.—](?=\s|$)", sentence)
    end = comma.start() if comma else len(sentence)
    before = sentence[:end]
    spoken = _WORD.findall(before)
    if not spoken or len(spoken) > _VOCATIVE + 2 or len(before) > 80:
        return 0
    low = fold(before.strip())
    if _greets(low):
        names_follow = comma is not None and comma.group() == "," and len(spoken) <= 2
        return _address_after(sentence, end) if names_follow else end
    if comma is None or comma.group() not in ",!":
        return 0
    if len(spoken) <= 3 and all(fold(word) in words("greeting", "people") for word in spoken):
        return end
    capital = all(word[0].isupper() for word in spoken)
    if not capital or len(spoken) > 3:
        return 0
    known = any(_same_name(word, name) for word in spoken for name in called)
    follows = sentence[end + 1 :].lstrip()[:1]
    return (
        end
        if known or ((first and len(spoken) <= 2 and _greets(fold(sentence[end + 1 :].strip(" \n.!,")))) and follows)
        else 0
    )


def _greets(low: str) -> bool:
    return any(low == word or low.startswith((word + " ", word + ",")) for word in words("greeting", "words"))


def _address_after(sentence: str, end: int) -> int:
    """«Добрый день, Кирилл!»: the name after the greeting belongs to it."""
    rest = re.match(r"\s*((?:[^\W\d_]+\s?){1,3})([,!.\n]|$)", sentence[end + 1 :])
    if rest is None:
        return end
    names = _WORD.findall(rest.group(1))
    if all(word[0].isupper() or fold(word) in words("greeting", "people") for word in names):
        return end + 1 + rest.end(1)
    return end


def _names(people: tuple[MailAddress, ...]) -> frozenset[str]:
    return frozenset(word for each in people for word in _WORD.findall(each.name) if len(word) > 2)


def _same_name(called: str, name: str) -> bool:
    """«Романе» calls «Роман», «Яно» calls «Яна»."""
    left, right = fold(called), fold(name)
    shared = min(len(left), len(right))
    return left[: shared - 1] == right[: shared - 1] and abs(len(left) - len(right)) <= 2 and shared >= 3


# ---------------------------------------------------------------- signatures


def signed(sheet: str, segments: tuple[Segment, ...], head: MessageHead | None) -> tuple[Segment, ...]:
    """Segments in which the last lines of the author's own text are his signature where they name him and say nothing."""
    last = next((k for k in reversed(range(len(segments))) if segments[k].role == Role.BODY), None)
    if last is None or any(each.role == Role.SIGNATURE for each in segments):
        return segments
    body = segments[last]
    start = _signature_at(sheet, body.start, body.end, _names(head.sender) if head is not None else frozenset())
    if start is None:
        return segments
    return (
        *segments[:last],
        replace(body, end=start),
        replace(body, start=start, role=Role.SIGNATURE),
        *segments[last + 1 :],
    )


def _signature_at(sheet: str, start: int, end: int, author: frozenset[str]) -> int | None:
    """Where the signature of a body begins: its last block, or the last line that is nothing but the author's name."""
    text = sheet[start:end].rstrip()
    cut = text.rfind("\n\n")
    block = text[cut + 2 :] if cut >= 0 else text.rsplit("\n", 1)[-1]
    if cut < 0:
        cut = text.rfind("\n") - 1
    if cut < 0 or not block.strip():
        return None
    lines = [line.strip() for line in block.strip().splitlines()]
    if len(lines) > _LINES or any(len(line) > _WIDTH for line in lines) or lines[0][-1] in "?!:;":
        return None
    spoken = _WORD.findall(lines[0])
    named = bool(author) and any(_same_name(word, name) for word in spoken for name in author)
    plain = _NAME_LINE.fullmatch(lines[0].rstrip(" .,")) is not None
    if not plain or not (named or (not author and len(spoken) >= 2)) or len(spoken) > 8:
        return None
    return start + cut + 2 + len(block) - len(block.lstrip())
