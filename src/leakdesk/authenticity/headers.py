"""What the header lines of one letter say about time, host and client, each with the bytes it stands at.

Only what is written is taken down here; what does not go together is the business of `observations`. Hidden times:

- Message-ID: old Thunderbird (seconds in hex), Outlook (FILETIME), JavaMail (milliseconds), Exim (base 62), many servers
  (a date in digits, whose zone is unknown)
- MIME boundary: Outlook (`NextPart_000_0012_01D1A2B3.7E8F9A00`), JavaMail (`Part_0_123.1483475522271`)
- Thread-Index (MS-OXOMSG 2.2.1.3): the time of the first letter of the conversation
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from leakdesk.authenticity.bodies import LONGEST, Place, Shown
from leakdesk.documents import headers as read_headers
from leakdesk.documents import mime
from leakdesk.documents.header_dates import header_date
from leakdesk.model.ids import sha256_hex

#: Servers on the way that are looked at, parts of a letter, fields that copies are compared in.
MOST_HOPS, MOST_PARTS, MOST_FIELDS = 60, 200, 200
_EPOCH_FILETIME = 116_444_736_000_000_000
_PLAUSIBLE = (631_152_000.0, 4_102_444_800.0)
"""1990 to 2100: what looks like a time outside is taken for a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time written somewhere. `utc`: seconds since 1970; `offset`: minutes, None where the zone is not said; `exact`:
    False where the zone had to be guessed."""

    place: Place
    utc: float
    offset: int | None
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldHash:
    """A header field as copies are compared: its name, a short hash of its unfolded value, and its place."""

    name: str
    hash: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderFacts:
    """Everything that observations need of one letter. `received`: from the top (last server) down; `hidden`: times inside
    Message-ID, boundaries, Thread-Index and signatures, by what they are."""

    date: Stamp | None = None
    weekday: Place | None = None
    received: tuple[Stamp, ...] = ()
    sender: str = ""
    message_id: Place | None = None
    id_host: str = ""
    id_shape: str = ""
    client: Place | None = None
    hidden: tuple[tuple[str, Stamp], ...] = ()
    fonts: tuple[Place, ...] = ()
    generators: tuple[Place, ...] = ()
    pixels: tuple[Place, ...] = ()
    links: tuple[Place, ...] = ()
    receipts: tuple[Place, ...] = ()
    subject: Place | None = None
    fields: tuple[FieldHash, ...] = ()
    body_hash: str = ""


def read_headers_of(data: bytes, cut: mime.Cut | None = None) -> HeaderFacts:
    """Take down what one message says. Never raises."""
    whole = cut or mime.cut(data)
    lines = _Lines(data, whole.root.headers)
    date = lines.first("date")
    identity = lines.first("message-id")
    client = lines.first("x-mailer") or lines.first("user-agent")
    leaves = [leaf for _, leaf in zip(range(MOST_PARTS), whole.leaves(), strict=False)]
    seen = Shown(data, leaves)
    return HeaderFacts(
        date=_stamp(data, date),
        weekday=_weekday(data, date),
        received=tuple(_received(data, lines)),
        sender=_sender(data, lines),
        message_id=place_of(data, identity),
        id_host=_host(data, identity),
        id_shape=id_shape(_text(data, identity).strip().strip("<>")) if identity else "",
        client=place_of(data, client),
        hidden=tuple(_hidden(data, lines, whole)),
        fonts=seen.fonts,
        generators=seen.generators,
        pixels=seen.pixels,
        links=seen.links,
        receipts=tuple(
            place
            for name in ("disposition-notification-to", "return-receipt-to", "x-confirm-reading-to")
            if (place := place_of(data, lines.first(name)))
        ),
        subject=place_of(data, lines.first("subject")),
        fields=tuple(_field_hashes(data, whole.root.headers)),
        body_hash=sha256_hex(b"\n".join(data[whole.root.body :].split()))[:16],
    )


_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Lines:
    data: bytes
    headers: Sequence[tuple[str, int, int]]

    def all(self, name: str) -> Iterator[_Range]:
        """Ranges of the values of a name, white space at the ends left out."""
        for found, start, end in self.headers:
            if found == name:
                raw = self.data[start:end]
                yield start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip())

    def first(self, name: str) -> _Range | None:
        return next(self.all(name), None)


def place_of(data: bytes, where: _Range | None) -> Place | None:
    """A range as a place; None for none."""
    if where is None or where[0] >= where[1]:
        return None
    return Place(start=where[0], end=where[1], text=_text(data, where)[:LONGEST])


def _text(data: bytes, where: _Range | None) -> str:
    return "" if where is None else " ".join(read_headers.decode_header(data[where[0] : where[1]][:4096]).split())


# --- times ---------------------------------------------------------------------------------------------------------------------


def _stamp(data: bytes, where: _Range | None) -> Stamp | None:
    place = place_of(data, where)
    if where is None or place is None:
        return None
    found = header_date(data[where[0] : where[1]][:200])
    if found.date is None or found.date_utc is None:
        return None
    try:
        local, utc = datetime.fromisoformat(found.date), datetime.fromisoformat(found.date_utc)
    except ValueError:
        return None
    offset = None if local.tzinfo is None else round((local.utcoffset() or utc - utc).total_seconds() / 60)
    return Stamp(place=place, utc=utc.timestamp(), offset=offset, exact=offset is not None)


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(data: bytes, where: _Range | None) -> Place | None:
    """The name of a day at the head of the Date line, if it is not the day of that date."""
    if where is None:
        return None
    said = re.match(rb"(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*", data[where[0] : where[1]])
    found = header_date(data[where[0] : where[1]][:200])
    if said is None or found.date is None:
        return None
    true = datetime.fromisoformat(found.date).weekday()
    if _DAYS[true] == said[1].lower().decode():
        return None
    return Place(start=where[0], end=where[0] + said.end(), text=said[0].decode())


def _received(data: bytes, lines: _Lines) -> Iterator[Stamp]:
    for number, (start, end) in enumerate(lines.all("received")):
        if number >= MOST_HOPS:
            return
        at = data.rfind(b";", start, end)
        if at < 0:
            continue
        raw = data[at + 1 : end]
        stamp = _stamp(data, (at + 1 + len(raw) - len(raw.lstrip()), end))
        if stamp is not None:
            yield stamp


def _hidden(data: bytes, lines: _Lines, whole: mime.Cut) -> Iterator[tuple[str, Stamp]]:
    identity = lines.first("message-id")
    if identity is not None:
        yield from _in_text(data, identity, _ID_TIMES, "message_id_time")
    index = lines.first("thread-index")
    if index is not None:
        raw = data[index[0] : index[1]]
        seconds = thread_index_seconds(raw)
        if seconds is not None:
            place = Place(start=index[0], end=index[1], text=raw.decode("latin-1")[:LONGEST])
            yield "thread_index_time", Stamp(place=place, utc=seconds, offset=0)
    for name, start, end in whole.root.headers:
        if name == "content-type":
            yield from _in_text(data, (start, end), _BOUNDARY_TIMES, "boundary_time")
    for number, (start, end) in enumerate(lines.all("dkim-signature")):
        found = re.search(rb"(?:^|;)\s*t=(\d{9,10})\s*(?:;|$)", data[start:end])
        if found is not None and number < MOST_HOPS:
            place = Place(start=start + found.start(1), end=start + found.end(1), text=found[1].decode())
            yield "signed_time", Stamp(place=place, utc=float(found[1]), offset=0)


def thread_index_seconds(raw: bytes) -> float | None:
    """The time in a Thread-Index: the six high bytes of a FILETIME. None where it holds none."""
    try:
        index = base64.b64decode(b"".join(raw.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return _filetime(int.from_bytes(index[:6] + b"\0\0", "big")) if len(index) >= 22 else None


def _filetime(ticks: int) -> float | None:
    return _plausible((ticks - _EPOCH_FILETIME) / 1e7)


def _plausible(seconds: float) -> float | None:
    return seconds if _PLAUSIBLE[0] <= seconds <= _PLAUSIBLE[1] else None


def _hex_seconds(found: re.Match[bytes]) -> float | None:
    return _plausible(float(int(found[1], 16)))


def _two_words(found: re.Match[bytes]) -> float | None:
    return _filetime(int(found[1] + found[2], 16))


def _milliseconds(found: re.Match[bytes]) -> float | None:
    return _plausible(int(found[1]) / 1000)


_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def _exim(found: re.Match[bytes]) -> float | None:
    seconds = 0
    for letter in found[1].decode():
        seconds = seconds * 62 + _BASE62.index(letter)
    return _plausible(float(seconds))


def _digits(found: re.Match[bytes]) -> float | None:
    text = found[1].decode().ljust(14, "0")
    try:
        return _plausible(datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


#: (pattern, how it is read, whether its zone is known).
_ID_TIMES = (
    (re.compile(rb"<([0-9A-F]{8})\.\d{5,8}@"), _hex_seconds, True),
    (re.compile(rb"<[0-9a-f]{4}(01[cd][0-9a-f]{5})\$([0-9a-f]{8})\$"), _two_words, True),
    (re.compile(rb"\.(\d{13})\.JavaMail"), _milliseconds, True),
    (re.compile(rb"<E?(1[0-9A-Za-z]{5})-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}@"), _exim, True),
    (re.compile(rb"<((?:19|20)\d{10}(?:\d{2})?)[.\-]"), _digits, False),
)
_BOUNDARY_TIMES = (
    (re.compile(rb"NextPart_[0-9A-F]{3}_[0-9A-F]{4}_([0-9A-F]{8})\.([0-9A-F]{8})"), _two_words, True),
    (re.compile(rb"_Part_\d+_\d+\.(\d{13})"), _milliseconds, True),
)


def _in_text(data: bytes, where: _Range, patterns: Sequence[tuple[re.Pattern[bytes], object, bool]], kind: str):
    for pattern, read, exact in patterns:
        found = pattern.search(data, *where)
        seconds = read(found) if found and callable(read) else None
        if found is not None and isinstance(seconds, float):
            start, end = found.start(1), found.end(found.re.groups)
            place = Place(start=start, end=end, text=data[start:end].decode("latin-1"))
            yield kind, Stamp(place=place, utc=seconds, offset=0, exact=exact)
            return


# --- who -----------------------------------------------------------------------------------------------------------------------


def _sender(data: bytes, lines: _Lines) -> str:
    where = lines.first("from")
    people = read_headers.addresses(data[where[0] : where[1]][:2000]) if where else ()
    return people[0].address.lower()[:200] if people else ""


def _host(data: bytes, where: _Range | None) -> str:
    return _text(data, where).strip("<> ").rpartition("@")[2].lower()[:200] if where else ""


_RUN = re.compile(r"[0-9a-f]+|[0-9A-F]+|[0-9]+|[A-Za-z]+")


def id_shape(identity: str) -> str:
    """How the part before the @ is built: runs of digits, hex digits and letters with their separators kept.

    >>> id_shape("54B84785.1060301@depot.example")
    'H.9'
    """
    local = identity.rpartition("@")[0] or identity
    kinds: list[str] = []
    for run in re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9]", local[:200]):
        if not run.isalnum():
            kinds.append(run if run in ".$-_+=%" else "?")
        elif run.isdigit():
            kinds.append("9")
        elif re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", run) and any(c.isdigit() for c in run):
            kinds.append("h" if run == run.lower() else "H")
        else:
            kinds.append("w")
    # Base64-like names have separators by chance: runs of words between them count as one.
    return re.sub(r"(?:[wh9H][-_+]?){4,}", "w*", "".join(kinds))[:40]


# --- copies --------------------------------------------------------------------------------------------------------------------

#: Fields that each server writes for itself: copies differ in them and nobody changed anything.
TRACE = frozenset(
    {
        "received", "return-path", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
        "x-envelope-from", "status", "x-status", "x-uidl", "x-uid", "x-keywords", "content-length", "lines",
        "x-mozilla-status", "x-mozilla-status2", "x-mozilla-keys", "x-account-key", "bcc", "sender",
        "authentication-results", "received-spf", "dkim-signature", "arc-seal", "arc-message-signature",
        "arc-authentication-results", "x-gmail-labels", "x-gm-thrid", "x-gm-message-state", "x-received",
        "x-google-smtp-source", "x-google-dkim-signature", "thread-index", "errors-to", "precedence",
        "mailing-list", "x-evolution-source", "delivery-date", "x-sieve", "x-folder",
    }
)  # fmt: skip


def _field_hashes(data: bytes, headers: Sequence[tuple[str, int, int]]) -> Iterator[FieldHash]:
    kept = 0
    for name, start, end in headers:
        if name in TRACE or name.startswith(("x-spam", "x-virus", "x-ms-exchange", "x-forefront", "list-")):
            continue
        kept += 1
        if kept > MOST_FIELDS:
            return
        yield FieldHash(name=name, hash=sha256_hex(b" ".join(data[start:end].split()))[:12], start=start, end=end)
