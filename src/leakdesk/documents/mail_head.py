"""The head of a message: who, to whom, when, about what, in answer to what; and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leakdesk.documents import headers as read_headers
from leakdesk.documents import mime
from leakdesk.documents.header_dates import NO_DATE, HeaderDate, header_date
from leakdesk.model.document import MailAddress, MessageHead

_ADDRESSED = frozenset({"from", "to", "cc", "bcc"})


def head_of(
    data: bytes, root: mime.Piece, expected: str | None, note: Callable[[str, str], None]
) -> tuple[MessageHead, dict[str, str]]:
    """The head, and the decoded values for the header block (repeated lines joined). `expected` is the charset of the body, a
    guide for undeclared eight-bit bytes; `note` is told what is odd: a rule and a sentence."""
    raw: dict[str, list[bytes]] = {}
    for name, low, high in root.headers:
        raw.setdefault(name, []).append(data[low:high])
    for name in ("from", "subject", "date", "message-id"):
        if len(raw.get(name, ())) > 1:
            note("repeated header", f"{name} stands {len(raw[name])} times")
    people = {name: _people(raw.get(name, ()), expected) for name in _ADDRESSED}
    values = {name: ", ".join(_shown(address) for address in people[name]) for name in _ADDRESSED}
    subjects = [read_headers.decode_header(value, expected) for value in raw.get("subject", ())]
    values["subject"] = "; ".join(s for s in subjects if s)
    dates = raw.get("date", ())
    values["date"] = read_headers.decode_header(dates[0], expected) if dates else ""
    when = _date(dates, note)
    for name in ("subject", "from", "to", "cc"):
        if any(not value.isascii() and not _is_utf8(value) for value in raw.get(name, ())):
            note("header charset", f"{name} holds undeclared eight-bit characters")
    answered = raw.get("in-reply-to")
    head = MessageHead(
        subject=subjects[0] if subjects else None,
        sender=people["from"],
        to=people["to"],
        cc=people["cc"],
        bcc=people["bcc"],
        date=when.date,
        date_utc=when.date_utc,
        message_id=read_headers.message_id(raw["message-id"][0]) if raw.get("message-id") else None,
        in_reply_to=next(iter(read_headers.message_ids(answered[0])), None) if answered else None,
        references=tuple(
            dict.fromkeys(i for value in raw.get("references", ()) for i in read_headers.message_ids(value))
        ),
    )
    return head, values


def _date(dates: Sequence[bytes], note: Callable[[str, str], None]) -> HeaderDate:
    """The first date that is in order, else the first."""
    readings = [header_date(value) for value in dates]
    when = next((each for each in readings if not each.oddity), readings[0] if readings else NO_DATE)
    if not dates:
        note("date", "there is no date")
    elif when.oddity:
        note("date", when.oddity)
    return when


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _people(values: list[bytes] | tuple[()], expected: str | None) -> tuple[MailAddress, ...]:
    return tuple(address for value in values for address in read_headers.addresses(value, expected))


def _shown(address: MailAddress) -> str:
    if address.name and address.address:
        return f"{address.name} <{address.address}>"
    return address.name or address.address
