"""Where sentences end, in four languages: full stops that are safe around initials, abbreviations, quotes and labels.

Own rules over a data table (`data/sentences.toml`) instead of a library: one pass, linear in the length of the text,
the same for ru, be, uk and en, and a break after «Ковальчук А. В. Он ...», which splitters for Russian miss.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from leakdesk.language.canvas import canvas
from leakdesk.model.anchor import Span, span_of

#: No sentence is longer than this (code points): a paragraph without full stops is cut at a space, so that all that
#: reads sentences stays linear.
LONGEST = 4000
_MARK = re.compile(r"""(?P<stop>[.!?…]+)(?P<close>["'»)\]]*)(?=\s|$)|(?P<blank>\n[ \t]*(?=\n))|(?P<line>\n)""")
_WORD_BEFORE = re.compile(r"([^\W_][^\s(\[«\"]*)$")
_INITIALS_AFTER_NAME = re.compile(r"[^\W\d_]{3,}\s+(?:[^\W\d_]\.\s?){1,2}$")
_INITIALS = re.compile(r"(?:[A-ZА-ЯЁІЇЄҐЎ]\.)*[A-ZА-ЯЁІЇЄҐЎ]")
_NEXT_WORD = re.compile(r"""[\s"'«(\[—-]*([^\W_][^\s,.;:!?»")]*)""")
_LIST_ITEM = re.compile(r"\s*(?:[-—*•·>]|\d{1,3}[.)]\s|[^\W\d_][.)]\s|[^\W\d_][\w .]{0,24}:\s)")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\d{1,3}(?:\.\d{1,3})*$")
_WRAPPED = 48


@cache
def _table() -> dict[str, frozenset[str]]:
    raw = tomllib.loads(files("leakdesk.language").joinpath("data/sentences.toml").read_text("utf-8"))
    return {key: frozenset(words) for key, words in raw.items()}


def openers() -> frozenset[str]:
    """Words, in small letters, that open sentences and are seldom names."""
    return _table()["starters"]


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Sentences as [start, end) without gaps: spaces and line ends after a sentence belong to it.

    >>> text = "Акт № 3 подписал Ковальчук А. В. Он в г. Лозовске."
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['Акт № 3 подписал Ковальчук А. В. ', 'Он в г. Лозовске.']
    """
    sheet = canvas(text)
    spans: list[tuple[int, int]] = []
    start = 0
    content = _skip_space(sheet, 0)
    for match in _MARK.finditer(sheet, content):
        if match.end() <= content or not _ends(sheet, content, match):
            continue
        end = _skip_space(sheet, match.end())
        spans.append((start, end))
        start = content = end
    if start < len(sheet):
        spans.append((start, len(sheet)))
    return [piece for span in spans for piece in _cut(sheet, *span)]


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences without the space around them; empty ones are left out."""
    found: list[Span] = []
    for start, end in sentence_spans(text):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append(span_of(text, start + left, start + len(piece.rstrip())))
    return tuple(found)


def _skip_space(sheet: str, at: int) -> int:
    while at < len(sheet) and sheet[at].isspace():
        at += 1
    return at


def _cut(sheet: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    while end - start > LONGEST:
        space = max(
            sheet.rfind(" ", start + LONGEST // 2, start + LONGEST),
            sheet.rfind("\n", start + LONGEST // 2, start + LONGEST),
        )
        middle = space + 1 if space > 0 else start + LONGEST
        pieces.append((start, middle))
        start = middle
    return [*pieces, (start, end)]


def _ends(sheet: str, start: int, match: re.Match[str]) -> bool:
    if match["blank"] is not None:
        return True
    if match["line"] is not None:
        return _line_ends(sheet, start, match.start())
    following = sheet[match.end() : match.end() + 60]
    if not following.strip():
        return True
    upper = _opens(following)
    if match["stop"] != ".":
        return upper
    return upper and _full_stop(
        sheet[max(start, match.start() - 60) : match.start()], following, closed=bool(match["close"])
    )


def _opens(following: str) -> bool:
    first = following.lstrip()
    if first[0] in "—-":
        return first[1:].lstrip()[:1].isupper() and "\n" in following[: len(following) - len(first)]
    bare = first.lstrip("\"'«([")
    return bool(bare) and (bare[0].isupper() or bare[0].isdigit() or not bare[0].isalpha())


def _full_stop(before: str, following: str, *, closed: bool) -> bool:
    if closed:
        return True
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    raw = word.group(1)
    follower = _NEXT_WORD.match(following)
    starter = follower is not None and follower.group(1).lower() in _table()["starters"]
    if _INITIALS.fullmatch(raw):
        alone = re.match(r"[^\W\d_]\.", following.lstrip()) is None
        return starter and alone and (_named(before) or raw.lower() in _table()["may"])
    if _LIST_NUMBER.search(before):
        return False
    return _not_abbreviation(
        before[: word.start()], raw.lower(), starter=starter, digit=following.lstrip()[:1].isdigit()
    )


def _named(before: str) -> bool:
    return _INITIALS_AFTER_NAME.search(before + ".") is not None


def _not_abbreviation(ahead: str, token: str, *, starter: bool, digit: bool) -> bool:
    table = _table()
    last = ahead.rstrip().rsplit(" ", 1)[-1].rstrip(".").lower()
    numbered = last[-1:].isdigit() or last in table["after_number"]
    pair = f"{ahead.rstrip().rsplit(' ', 1)[-1]} {token}" if ahead.strip() else token
    if token in table["before_number"]:
        return not digit
    if token in table["years"] and numbered:
        return starter
    if token in table["after_number"] and numbered:
        return True
    if token in table["may"] or pair.replace(". ", ".") in table["may"]:
        return starter
    return not (token in table["never"] or token in table["after_number"])


def _line_ends(sheet: str, start: int, at: int) -> bool:
    line_start = max(sheet.rfind("\n", max(start, at - 400), at) + 1, start)
    line = sheet[line_start:at].strip()
    following = sheet[at + 1 : at + 80]
    if not line or not following.strip():
        return bool(line)
    if line[-1] in ":;.!?…" or _LIST_ITEM.match(following):
        return line[-1] not in "." or _opens(following)
    first = following.lstrip()[0]
    if len(line) < _WRAPPED:
        return not first.islower() or (len(line) < _WRAPPED // 2 and line[-1] == ",")
    return False
