"""Messages rebuilt as an mbox: new headers from what may be shown, never the original ones, and the text as a plain part.

The `From ` line and all that a mail program needs is the same for every message; lines of the text that begin with "From "
are escaped as mboxrd does (RFC 4155 leaves it open; mboxrd can be undone).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.header import Header
from email.utils import formataddr

from leakdesk.exports.seen import INTERNAL, SeenDocument, View
from leakdesk.model.document import MailAddress

_FROM_LINE = b"From leakdesk Thu Jan  1 00:00:00 1970\n"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?([+-]\d{2}:\d{2}|Z)?")


def export(view: View) -> Iterator[tuple[str, bytes]]:
    """The file messages.mbox with every message, in the view's order."""
    name = f"{INTERNAL}-messages.mbox" if view.internal else "messages.mbox"
    yield name, b""
    for each in view.documents:
        if each.is_message:
            yield name, _message(each, view.internal)


def _message(document: SeenDocument, internal: bool) -> bytes:
    headers = [
        ("From", _people(document.sender)),
        ("To", _people(document.to)),
        ("Cc", _people(document.cc)),
        ("Bcc", _people(document.bcc)),
        ("Date", _date(document.date)),
        ("Subject", _encoded(document.title)),
        ("Message-ID", document.message_id),
        ("In-Reply-To", document.in_reply_to),
        ("X-Leakdesk", f"{INTERNAL}: rebuilt" if internal else "rebuilt and masked: not an original message"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    head = "".join(f"{name}: {_one_line(value)}\n" for name, value in headers if value)
    body = document.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    escaped = re.sub(r"(?m)^(>*From )", r">\1", body)
    return _FROM_LINE + head.encode("utf-8", "replace") + b"\n" + escaped.encode("utf-8", "replace") + b"\n\n"


def _people(people: Sequence[MailAddress]) -> str:
    return ", ".join(
        formataddr((_one_line(each.name), each.address))
        if each.address.isascii() and each.address
        else _encoded(each.name)
        for each in people
    )


def _encoded(text: str) -> str:
    plain = _one_line(text)
    return plain if plain.isascii() else Header(plain, "utf-8", maxlinelen=10**6).encode(linesep="")


def _one_line(text: str) -> str:
    """No header of ours ever has a second line: nobody's subject becomes a header."""
    return " ".join(text.split())


def _date(date: str) -> str:
    match = _DATE.match(date)
    if match is None:
        return ""
    year, month, day, time, zone = match.groups()
    offset = "-0000" if not zone else "+0000" if zone == "Z" else zone.replace(":", "")
    clock = (time or "00:00:00") + (":00" if time and len(time) == 5 else "")
    return f"{int(day)} {_MONTHS.split()[int(month) - 1]} {year} {clock} {offset}" if 1 <= int(month) <= 12 else ""
