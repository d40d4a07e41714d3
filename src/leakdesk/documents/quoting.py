"""Letters cut into segments: what the sender wrote, what is quoted, who signed, and what programs put in between.

Line by line, with the rules of `quoting_rules.toml`. The segments cover the text without gaps:

- `header`      the line that introduces a quotation ("... wrote:") or a block of From/Sent/To lines inside the body
- `quoted`      older mail: lines under ">" marks, everything after a header block or a separator, what the HTML marks
- `signature`   from the customary dashes, a closing formula near the end, or "Sent from my ..."
- `boilerplate` confidentiality notices and footers of lists
- `body`        the rest
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

from leakdesk.model.document import Language, Role, Segment

Family = Literal["attribution", "separator", "label", "signature", "device", "closing", "notice"]
FAMILIES: tuple[Family, ...] = ("attribution", "separator", "label", "signature", "device", "closing", "notice")

#: A closing formula opens a signature only if no more than this many written lines follow it in its block.
_SIGNATURE_LINES = 14
#: A line longer than this belongs to no signature.
_SIGNATURE_WIDTH = 120
#: Programs break lines that are at least this long.
_WRAP_WIDTH = 60
#: Lines an introduction may be wrapped over.
_WRAPPED = 4
#: Lines a header block may have, wrapped ones included.
_BLOCK_LINES = 14


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the table; its pattern is compiled when it is first tried, because most letters try few of them."""

    id: str
    family: Family
    written: str
    example: str
    counter: str
    requires_date: bool = False
    any_of: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.written)

    def worth_trying(self, lower: str) -> bool:
        """Whether a line (in small letters) holds one of the pieces without which the pattern cannot match."""
        return not self.any_of or any(piece in lower for piece in self.any_of)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def rules() -> dict[Family, tuple[Rule, ...]]:
    """The rules of `quoting_rules.toml`, by family."""
    table = tomllib.loads(
        resources.files("leakdesk.documents").joinpath("quoting_rules.toml").read_text(encoding="utf-8")
    )
    return {family: tuple(_rule(family, row) for row in table[family]) for family in FAMILIES}


def _rule(family: Family, row: Mapping[str, object]) -> Rule:
    pattern = str(row["pattern"])
    if family == "label":
        pattern = rf"[\s*_]*{pattern}[*_]*\s*:[*_]*(?P<value>.*)"
    pieces = row.get("any_of", ())
    return Rule(
        str(row["id"]),
        family,
        pattern,
        str(row["example"]),
        str(row["counter"]),
        bool(row.get("requires_date", False)),
        tuple(str(piece) for piece in pieces) if isinstance(pieces, list) else (),
    )


_DATE_OR_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b|\d{1,2}\s+[^\W\d_]{3,9}"
)
_MARKED = re.compile(r"[ \t]{0,3}(?:>|\|\s?>|[A-Z]{1,3}>[ >])")
_INITIALED = re.compile(r"[ \t]{0,3}(?P<who>[A-ZА-ЯЁІЎЇЄҐ][^\W\d_]{0,11})[ ]?(?P<marks>>{1,5})")
_RULE_LINE = re.compile(r"\s*[_\-=*]{5,}\s*$")
_POSTSCRIPT = re.compile(r"\s*(?:p\.?\s?p?\.?s\b|з\.?ы\b|п\.?с\b)", re.IGNORECASE)
_LABEL_START = re.compile(r"[\s>*_]*[^\W\d_][\w -]{0,18}[*_]*\s*:")


def segment_letter(
    text: str,
    language: Language = "und",
    *,
    quoted: tuple[tuple[int, int], ...] = (),
    signatures: tuple[tuple[int, int], ...] = (),
    offset: int = 0,
) -> tuple[Segment, ...]:
    """The segments of a letter's text, without gaps. `quoted` and `signatures` are spans that the HTML body marks; `offset`
    is where this text stands in its layer."""
    lines = text.splitlines(keepends=True) if "\r" not in text else re.findall(r"[^\n]*\n|[^\n]+", text)
    lines = _feed_lines(text) if any(c in text for c in _OTHER_BREAKS) else lines
    roles = line_roles([line.rstrip("\r\n") for line in lines])
    if quoted or signatures:
        _apply_marks(lines, roles, quoted, signatures)
    return _segments(lines, roles, language, offset)


_OTHER_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def _feed_lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _apply_marks(
    lines: list[str], roles: list[Role], quoted: tuple[tuple[int, int], ...], signatures: tuple[tuple[int, int], ...]
) -> None:
    at = 0
    for number, line in enumerate(lines):
        middle = at + len(line) // 2
        if roles[number] in (Role.BODY, Role.SIGNATURE):
            if any(low <= middle < high for low, high in quoted):
                roles[number] = Role.QUOTED
            elif any(low <= middle < high for low, high in signatures):
                roles[number] = Role.SIGNATURE
        at += len(line)


def _segments(lines: list[str], roles: list[Role], language: Language, offset: int) -> tuple[Segment, ...]:
    found: list[Segment] = []
    at = start = offset
    current: Role | None = None
    for line, role in zip(lines, roles, strict=True):
        effective = role if line.strip() or current is None else current
        if current is not None and effective is not current:
            found.append(Segment(start=start, end=at, role=current, language=language))
            start = at
        current = effective
        at += len(line)
    if current is not None and at > start:
        found.append(Segment(start=start, end=at, role=current, language=language))
    return tuple(found)


# --- one role a line -----------------------------------------------------------------------------------------------


def line_roles(lines: list[str]) -> list[Role]:
    """The role of each line of a letter (line ends removed)."""
    lines = plain_marks(lines)
    roles = [Role.BODY] * len(lines)
    older = _mark_older_mail(lines, roles)
    _mark_broken_quotes(lines, roles)
    _mark_endings(lines, roles, older)
    return roles


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


def _mark_broken_quotes(lines: list[str], roles: list[Role]) -> None:
    """A line that a program broke off a marked one: unmarked, small first letter, between marked lines without blanks."""
    for number in range(1, len(lines) - 1):
        if roles[number] is Role.BODY and roles[number - 1] is Role.QUOTED and roles[number + 1] is Role.QUOTED:
            line = lines[number]
            if line[:1].islower() and len(lines[number - 1]) >= _WRAP_WIDTH and _MARKED.match(lines[number - 1]):
                roles[number] = Role.QUOTED


def _mark_older_mail(lines: list[str], roles: list[Role]) -> int:
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
        if _fits("separator", stripped):
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


def _fits(family: Family, text: str) -> bool:
    return any(rule.pattern.fullmatch(text) for rule in rules()[family])


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
                    and (not rule.requires_date or _DATE_OR_TIME.search(joined))
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


# --- endings ---------------------------------------------------------------------------------------------------------


def _mark_endings(lines: list[str], roles: list[Role], older: int) -> None:
    start = 0
    noticed = _may_hold_notices(lines)
    for number in range(len(lines) + 1):
        if number == len(lines) or roles[number] is not Role.BODY:
            if number > start:
                _end_block(
                    lines,
                    roles,
                    start,
                    number,
                    last=number >= min(older, len(lines)) or number == len(lines),
                    noticed=noticed,
                )
            start = number + 1


def _end_block(lines: list[str], roles: list[Role], start: int, end: int, *, last: bool, noticed: bool) -> None:
    """Signature and notices of one run of body lines [start, end)."""
    for number in range(start, end):
        line = lines[number].strip()
        if noticed and len(line) > 20 and _starts("notice", line):
            _mark(roles, number, _paragraph_end(lines, number, end), Role.BOILERPLATE)
        elif (
            line
            and (line[0] in "-_—")
            and len(line) < 40
            and _fits("signature", line)
            and _short_after(lines, number, end, last)
        ):
            _mark(roles, number, end, Role.SIGNATURE)
            _resume_after_postscript(lines, roles, number, end)
            end = number
            break
        elif 4 < len(line) < 120 and _is_device(line):
            _mark(roles, number, number + 1, Role.SIGNATURE)
    closing = _closing_line(lines, roles, start, end)
    if closing is not None:
        _mark(roles, closing, end, Role.SIGNATURE)
        _resume_after_postscript(lines, roles, closing, end)


#: Without one of these in the letter no rule for notices can hold: looked for once, before any line is.
_NOTICE_WORDS = (
    *("confidential", "privileged", "intended", "virus", "environment", "unsubscribe", "commands", "received this"),
    *("receiving this", "scanned", "конфиденциальн", "конфіденційн", "канфідэнцыйн", "предназначен", "призначен"),
    *("прызначан", "вирус", "окружающей", "рассылк", "розсилк", "проверено"),
)


def _may_hold_notices(lines: list[str]) -> bool:
    text = "\n".join(lines).lower()
    return any(word in text for word in _NOTICE_WORDS)


def _mark(roles: list[Role], start: int, end: int, role: Role) -> None:
    for number in range(start, end):
        if roles[number] is Role.BODY or (roles[number] is Role.SIGNATURE and role is not Role.SIGNATURE):
            roles[number] = role


def _starts(family: Family, line: str) -> bool:
    return any(rule.pattern.match(line) for rule in rules()[family])


_DEVICE_HINT = re.compile(
    r"\W{0,3}(?:sent|get|envoy|von|gesendet|отправ|послан|надісл|відправ|адправ|адпраў|даслан)", re.IGNORECASE
)


def _is_device(line: str) -> bool:
    return _DEVICE_HINT.match(line) is not None and _fits("device", line.rstrip(" .*_"))


def _paragraph_end(lines: list[str], number: int, end: int) -> int:
    while number < end and lines[number].strip():
        number += 1
    return number


def _short_after(lines: list[str], number: int, end: int, last: bool) -> bool:
    """Whether what follows dashes can be a signature: few, short lines (any number where they are the standard "-- ")."""
    following = [line for line in lines[number + 1 : end] if line.strip()]
    if not following:
        return last and lines[number].strip() != "__"
    if lines[number].rstrip("\r\n") == "-- ":
        return True
    return len(following) <= _SIGNATURE_LINES and all(len(line) <= _SIGNATURE_WIDTH for line in following)


def _closing_line(lines: list[str], roles: list[Role], start: int, end: int) -> int | None:
    """The last closing formula after which only a few short lines come."""
    written = 0
    for number in range(end - 1, start - 1, -1):
        line = lines[number].strip()
        if not line or roles[number] is not Role.BODY:
            continue
        if written <= _SIGNATURE_LINES and len(line) <= _SIGNATURE_WIDTH and _closes(line):
            return number
        if len(line) > _SIGNATURE_WIDTH and not _POSTSCRIPT.match(line):
            return None
        written += 1
        if written > _SIGNATURE_LINES:
            return None
    return None


_CLOSING_HINT = re.compile(
    r"(?:with|best|kind|warm|many|regards|sincerely|yours|respect|cheers|thank|cordial|br\b|rgds"
    r"|[сc][\s/]|всего|искренне|[зz]\s|щиро|на все|усього|всього|шчыра|усяго)",
    re.IGNORECASE,
)


def _closes(line: str) -> bool:
    if not _CLOSING_HINT.match(line):
        return False
    lower = line.lower()
    for rule in rules()["closing"]:
        match = rule.pattern.fullmatch(line) if rule.worth_trying(lower) else None
        if match is not None and _names_somebody(match["rest"]):
            return True
    return False


_VERBISH = re.compile(r"^[а-яёіўїєґa-z]")


def _names_somebody(rest: str) -> bool:
    """What follows a closing formula on its line is a name (capital first) or nothing."""
    rest = rest.strip(" ,.!-–—")
    return not rest or not _VERBISH.match(rest)


def _resume_after_postscript(lines: list[str], roles: list[Role], start: int, end: int) -> None:
    for number in range(start + 1, end):
        if _POSTSCRIPT.match(lines[number]):
            for later in range(number, end):
                if roles[later] is Role.SIGNATURE:
                    roles[later] = Role.BODY
            return


# --- quotations, for those who compare them with the archived original -------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuotedBlock:
    """A quotation in a letter: its code points, the introduction before it ("" if none), and its text without marks."""

    start: int
    end: int
    introduction: str
    text: str


_MARKS = re.compile(r"^[ \t]{0,3}(?:[>|][ \t]?|[A-Z]{1,3}>[ ]?)+", re.MULTILINE)


def quoted_blocks(text: str, segments: tuple[Segment, ...]) -> tuple[QuotedBlock, ...]:
    """The quotations of a letter, each with the introduction that stands before it."""
    blocks: list[QuotedBlock] = []
    introduction = ""
    for segment in segments:
        piece = text[segment.start : segment.end]
        if segment.role is Role.HEADER and segment.start > 0:
            introduction = piece.strip()
        elif segment.role is Role.QUOTED:
            bare = "\n".join(plain_marks(piece.split("\n")))
            blocks.append(QuotedBlock(segment.start, segment.end, introduction, _MARKS.sub("", bare).strip()))
            introduction = ""
        elif piece.strip():
            introduction = ""
    return tuple(blocks)
