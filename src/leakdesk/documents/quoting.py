"""Letters cut into segments: what the sender wrote, what is quoted, who signed, and what programs put in between.

Line by line, with the rules of `quoting_rules.toml`: first older mail (`older_mail`), then how what is left ends
(`letter_endings`). The segments cover the text without gaps:

- `header`      the line that introduces a quotation ("... wrote:") or a block of From/Sent/To lines inside the body
- `quoted`      older mail: lines under ">" marks, everything after a header block or a separator, what the HTML marks
- `signature`   from the customary dashes, a closing formula near the end, or "Sent from my ..."
- `boilerplate` confidentiality notices and footers of lists
- `body`        the rest
"""

from __future__ import annotations

import re

from leakdesk.documents.letter_endings import mark_endings
from leakdesk.documents.older_mail import mark_broken_quotes, mark_older_mail, plain_marks
from leakdesk.model.document import Language, Role, Segment


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
    lines = _feed_lines(text) if any(c in text for c in _OTHER_BREAKS) else text.splitlines(keepends=True)
    roles = line_roles([line.rstrip("\r\n") for line in lines])
    if quoted or signatures:
        _apply_marks(lines, roles, quoted, signatures)
    return _segments(lines, roles, language, offset)


#: What Python takes for line ends besides line feeds; in letters it is part of a line.
_OTHER_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


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
    older = mark_older_mail(lines, roles)
    mark_broken_quotes(lines, roles)
    mark_endings(lines, roles, older)
    return roles
