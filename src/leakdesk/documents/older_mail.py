"""Older mail inside a letter: lines under marks, the lines that introduce a quotation, separators, blocks of header lines."""

from __future__ import annotations

import re
from itertools import pairwise

from leakdesk.documents.quoting_rules import DATE_OR_TIME, fits, rules
from leakdesk.model.document import Role

#: Programs break lines that are at least this long.
_WRAP_WIDTH = 60
#: Lines an introduction may be wrapped over.
_WRAPPED = 4
#: Lines a header block may have, wrapped ones included.
_BLOCK_LINES = 14

_MARKED = re.compile(r"[ \t]{0,3}(?:>|\|\s?>|[A-Z]{1,3}>[ >])")
_INITIALED = re.compile(r"[ \t]{0,3}(?P<who>[A-ZА-ЯЁІЎЇЄҐ][^\W\d_]{0,11})[ ]?(?P<marks>>{1,5})")
_RULE_LINE = re.compile(r"\s*[_\-=*]{5,}\s*$")
_LABEL_START = re.compile(r"[\s>*_]*[^\W\d_][\w -]{0,18}[*_]*\s*:")


def plain_marks(lines: list[str]) -> list[str]:
    """The same lines with initials or a name before a quotation mark left out ("ИИ> ", "JH>>", "Pavel>"), as mailers of the
    FidoNet tradition write them; only where a neighbouring line carries the same ones."""
    if not any(">" in line for line in lines):
        return lines
    found = [_INITIALED.match(line) for line in lines]
    spoken = [number for number, line in enumerate(lines) if line.strip()]
    marked: set[int] = set()
    for one, two in pairwise(spoken):
        left, right = found[one], found[two]
        if left is not None and right is not None and left["who"] == right["who"]:
            marked |= {one, two}
    return [_unnamed(line, found[number]) if number in marked else line for number, line in enumerate(lines)]


def _unnamed(line: str, found: re.Match[str] | None) -> str:
    return line if found is None else f"{found['marks']} {line[found.end() :]}"


def mark_broken_quotes(lines: list[str], roles: list[Role]) -> None:
    """A line that a program broke off a marked one: unmarked, small first letter, between marked lines without blanks."""
    for number in range(1, len(lines) - 1):
        if roles[number] is Role.BODY and roles[number - 1] is Role.QUOTED and roles[number + 1] is Role.QUOTED:
            line = lines[number]
            if line[:1].islower() and len(lines[number - 1]) >= _WRAP_WIDTH and _MARKED.match(lines[number - 1]):
                roles[number] = Role.QUOTED


def mark_older_mail(lines: list[str], roles: list[Role]) -> int:
    """Mark headers and quotations; the number of the first line after which everything is older mail."""
    number, older, count = 0, len(lines), len(lines)
    ending = _introducing_ends(lines)
    wanted = frozenset(before for last in ending for before in range(max(0, last - _WRAPPED + 1), last + 1))
    while number < count:
        line = lines[number]
        if number not in wanted and ":" not in line and ">" not in line and line.lstrip()[:1] not in _OPENING_SIGNS:
            if number >= older:
                roles[number] = Role.QUOTED
            number += 1
            continue
        if _MARKED.match(line):
            roles[number] = Role.QUOTED
            number += 1
            continue
        after = _opening(lines, number, wanted=number in wanted)
        if after is None:
            if number >= older:
                roles[number] = Role.QUOTED
            number += 1
            continue
        end, rest_is_older = after
        for covered in range(number, end):
            roles[covered] = Role.HEADER
        if rest_is_older:
            older = min(older, end)
        number = end
    return older


def _introducing_ends(lines: list[str]) -> frozenset[int]:
    """The lines that can be the last one of an introduction: they end as introductions end."""
    return frozenset(number for number, line in enumerate(lines) if line and line.rstrip().endswith(_INTRODUCING_ENDS))


#: What lines begin with that are marked as quoted or open older mail without a colon ("" is an empty line).
_OPENING_SIGNS = frozenset("-_=*|")
_INTRODUCING_ENDS = (":", "-", "wrote", "a écrit", "пишет", "пише", "піша")


def _opening(lines: list[str], number: int, *, wanted: bool) -> tuple[int, bool] | None:
    """(line after it, whether all the rest is older) if an introduction, a separator or a header block starts here."""
    line = lines[number]
    stripped = line.strip()
    if len(stripped) < 3:
        return None
    if stripped[0] in "-_=*" or stripped[-1] == ":":
        if fits("separator", stripped):
            end = _header_block(lines, number + 1)
            return (end or number + 1), True
        if _RULE_LINE.match(stripped):
            end = _header_block(lines, number + 1)
            if end is not None:
                return end, True
    if ":" in line and _LABEL_START.match(line):
        end = _header_block(lines, number)
        if end is not None:
            return end, True
    end = _introduction(lines, number) if wanted else None
    if end is None:
        return None
    return end, not _marked_follows(lines, end)


def _marked_follows(lines: list[str], number: int) -> bool:
    for line in lines[number : number + 3]:
        if line.strip():
            return _MARKED.match(line) is not None
    return False


_MAYBE_INTRODUCED = re.compile(
    r"\W{0,4}(?:on\b|\d|am\b|in data\b|tir|ons|tor|fre|lør|søn|man|le\b|dnia\b|w dniu\b|el\b|il\b|em\b|op\b|den\b|pe\b|ke\b|вы\b|ты\b|ви\b|пн|вт|ср|чт|пт|сб|вс|нд|аў|чц|пят|суб|няд|сер|чет|пон|пан|втор|віт|вів|вос|нед"  # noqa: E501
    r"|mon|tue|wed|thu|fri|sat|sun|.{0,80}<[^<>\s]+@|здравствуйте|.{0,200}(?:wrote|пишет|писал|написа|пише|писав|піша|пісаў|напіса))",
    re.IGNORECASE,
)


def _introduction(lines: list[str], number: int) -> int | None:
    """The line after an introduction that starts at this line, wrapped over up to four lines; None if none does."""
    if not _MAYBE_INTRODUCED.match(lines[number]):
        return None
    joined = ""
    for end in range(number, min(number + _WRAPPED, len(lines))):
        piece = lines[end].strip()
        if not piece or (_MARKED.match(piece) and piece not in (">:", ">")):
            return None
        joined = f"{joined} {piece}" if joined else piece
        if len(joined) > 500:
            return None
        if joined.endswith(_INTRODUCING_ENDS):
            lower = joined.lower()
            for rule in rules()["attribution"]:
                if (
                    rule.worth_trying(lower)
                    and rule.pattern.fullmatch(joined)
                    and (not rule.requires_date or DATE_OR_TIME.search(joined))
                ):
                    return end + 1
    return None


def label_of(line: str) -> str | None:
    """Which label ("from", "sent", "to", "cc", "subject", "other") a line of a header block starts with, or None."""
    if not _LABEL_START.match(line):
        return None
    for rule in rules()["label"]:
        if rule.pattern.fullmatch(line):
            return rule.id
    return None


def _header_block(lines: list[str], number: int) -> int | None:
    """The line after a block of header lines inside a body; None where there is no such block.

    It takes a sender and one more label, or three labels, in neighbouring lines; wrapped values may lie between them.
    """
    at = number
    while at < len(lines) and at < number + 2 and not lines[at].strip():
        at += 1
    labels: list[str] = []
    end, wrapped = at, 0
    while at < len(lines) and at < number + _BLOCK_LINES:
        line = lines[at].lstrip("> ")
        label = label_of(line)
        if label is not None:
            labels.append(label)
            end, wrapped = at + 1, 0
        elif not labels or not line.strip() or wrapped >= 2:
            break
        else:
            wrapped += 1
        at += 1
    distinct = set(labels)
    if ("from" in distinct and distinct & {"sent", "subject", "to"}) or len(distinct - {"other"}) >= 3:
        return end
    return None
