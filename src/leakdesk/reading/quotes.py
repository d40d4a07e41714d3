"""Quotations: pairs of quotation marks in a paragraph, nested and unbalanced ones included, and dialogue after a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A quotation longer than this (code points) is not one: a mark is missing.
LONGEST = 3000
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)([^'\n]{8,600}?(?:'\w[^'\n]*?)*)(?<=[.,!?…\w])'(?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """[start, end) with the marks, [inner_start, inner_end) without them and without a comma before the closing one."""

    start: int
    end: int
    inner_start: int
    inner_end: int


def quotations(sheet: str, start: int, end: int) -> list[Quotation]:
    """Outermost quotations of a paragraph, in order. A mark without partner is ignored (or ends at the paragraph's end
    when it opens the paragraph, as continued quotations do)."""
    found: list[Quotation] = []
    at = start
    while at < end:
        char = sheet[at]
        if char == "«":
            close = _closing_angle(sheet, at, end)
        elif char == '"' and _opens(sheet, at, start):
            close = _closing_straight(sheet, at, end)
        else:
            at += 1
            continue
        if close is None or close - at > LONGEST:
            at += 1
            continue
        found.append(_quotation(sheet, at, close))
        at = close + 1
    if not found:
        found = [_quotation(sheet, match.start(), match.end() - 1) for match in _SINGLE.finditer(sheet, start, end)]
    return found


def _quotation(sheet: str, opening: int, closing: int) -> Quotation:
    inner_start, inner_end = opening + 1, closing
    while inner_end > inner_start and sheet[inner_end - 1] in ", \n":
        inner_end -= 1
    while inner_start < inner_end and sheet[inner_start].isspace():
        inner_start += 1
    return Quotation(opening, closing + 1, inner_start, inner_end)


def _opens(sheet: str, at: int, start: int) -> bool:
    before = sheet[at - 1] if at > start else " "
    after = sheet[at + 1] if at + 1 < len(sheet) else " "
    return (before.isspace() or before in "([—-«:") and not after.isspace()


def _closing_straight(sheet: str, at: int, end: int) -> int | None:
    for k in range(at + 1, min(end, at + LONGEST)):
        if sheet[k] == '"':
            after = sheet[k + 1] if k + 1 < len(sheet) else " "
            before = sheet[k - 1]
            if not after.isalnum() and not before.isspace():
                return k
            if before.isspace() and not after.isspace():
                continue
            if not after.isalnum():
                return k
    return None


def _closing_angle(sheet: str, at: int, end: int) -> int | None:
    depth = 0
    for k in range(at, min(end, at + LONGEST)):
        if sheet[k] == "«":
            depth += 1
        elif sheet[k] == "»":
            depth -= 1
            if depth == 0:
                return k
    first = sheet.find("»", at, end)
    return first if first > 0 else None


def is_speech(sheet: str, quotation: Quotation) -> bool:
    """Whether a quotation is something said rather than a name or a scare-quoted word."""
    inner = sheet[quotation.inner_start : quotation.inner_end]
    words = re.findall(r"[^\W\d_]+", inner)
    if len(words) >= 6:
        return True
    ends = inner[-1:] in ".!?…" or sheet[quotation.end - 2 : quotation.end - 1] in ",.!?…"
    return (len(words) >= 3 and (ends or (sum(word[0].isupper() for word in words) <= 1 and len(words) >= 4))) or (
        ends and len(words) >= 1
    )


_DASH_SPEECH = re.compile(r"(?:^\s*|(?<=[.!?…»\"])\s+)—\s*(?P<said>[^—«»]+?[,.!?…])\s*—\s(?=[^\W\d])")


def dialogue(sheet: str, start: int, end: int) -> list[Quotation]:
    """«— Мы продали песок, — сказал кладовщик.»: speech between dashes at the start of a paragraph."""
    found: list[Quotation] = []
    at = start
    while (match := _DASH_SPEECH.search(sheet, at, end)) is not None:
        left, right = match.span("said")
        inner = right - 1 if sheet[right - 1] == "," else right
        more = _DASH_MORE.match(sheet, right, end)
        if more is not None:
            inner = right = more.end("more")
        found.append(Quotation(left, right, left, inner))
        at = right if more is not None else match.end()
    return found


#: «— Слесаря, — отвечает юрист, — он на пенсии.»: speech, tag, speech.
_DASH_MORE = re.compile(r"\s*—\s[^—.!?«»]{3,90},\s—\s(?P<more>[^—«»]+?)(?=[.!?…](?:\s|$))")
