"""How letters end: signatures, closing formulas, notices of programs, and what a postscript takes back."""

from __future__ import annotations

import re

from leakdesk.documents.quoting_rules import fits, rules, starts
from leakdesk.model.document import Role

#: A closing formula opens a signature only if no more than this many written lines follow it in its block.
_SIGNATURE_LINES = 14
#: A line longer than this belongs to no signature.
_SIGNATURE_WIDTH = 120

_POSTSCRIPT = re.compile(r"\s*(?:p\.?\s?p?\.?s\b|з\.?ы\b|п\.?с\b)", re.IGNORECASE)


def mark_endings(lines: list[str], roles: list[Role], older: int) -> None:
    """Mark signatures and notices among body lines; `older` is the first line after which everything is older mail."""
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
        if noticed and len(line) > 20 and starts("notice", line):
            _mark(roles, number, _paragraph_end(lines, number, end), Role.BOILERPLATE)
        elif (
            line
            and (line[0] in "-_—")
            and len(line) < 40
            and fits("signature", line)
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


_DEVICE_HINT = re.compile(
    r"\W{0,3}(?:sent|get|envoy|von|gesendet|отправ|послан|надісл|відправ|адправ|адпраў|даслан)", re.IGNORECASE
)


def _is_device(line: str) -> bool:
    return _DEVICE_HINT.match(line) is not None and fits("device", line.rstrip(" .*_"))


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
