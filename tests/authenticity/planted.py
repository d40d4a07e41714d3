"""A corpus in which what was altered is known: 200 letters as mail programs write them, and 60 altered in 12 ways.

Senders differ in program, zone and Message-ID; clocks run a little wrong, drafts lie, laptops sleep, mailboxes rewrap and
trim quotations, gateways rewrite transfer encodings: none of that is an alteration. The same seed gives the same bytes.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from leakdesk.authenticity.corpus import Across, Inside, Letter, look_across
from leakdesk.authenticity.letter import look
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.mail import read
from leakdesk.model.document import TextLayer

CLEAN, EACH = 200, 5
_WORDS = [
    "valve",
    "barge",
    "ledger",
    "depot",
    "harbour",
    "engine",
    "contract",
    "invoice",
    "delivery",
    "timber",
    "grain",
    "crane",
    "quay",
    "pilot",
    "lock",
    "keeper",
    "cargo",
    "winter",
    "price",
    "letter",
    "meeting",
    "office",
    "answer",
    "number",
    "week",
    "today",
    "driver",
    "repair",
    "pump",
    "flange",
    "gasket",
    "order",
]


@dataclass(frozen=True)
class Person:
    name: str
    address: str
    zone: str
    client: str
    shape: str  # hex | outlook | uuid | java


PEOPLE = (
    Person(
        "Ilse Morrant", "morrant@brewery.de", "Europe/Berlin", "Mozilla/5.0 (X11; rv:31.0) Thunderbird/31.3.0", "hex"
    ),
    Person("Oskar Vellin", "vellin@depot.ua", "Europe/Kyiv", "Microsoft Outlook 14.0", "outlook"),
    Person("Tamsin Okrel", "okrel@quay.by", "Europe/Minsk", "The Bat! (v5.0) Professional", "uuid"),
    Person("Berta Lunde", "lunde@grain.no", "Europe/Oslo", "Microsoft Outlook 14.0", "outlook"),
    Person("Jaro Testar", "testar@pilot.ua", "Europe/Kyiv", "JavaMail", "java"),
    Person("Mina Sorvik", "sorvik@crane.example", "Europe/Warsaw", "iPhone Mail (12A365)", "uuid"),
)


@dataclass
class Draft:
    """One letter in the making: what a program would write, and what may be changed afterwards."""

    number: int
    sender: Person
    to: Person
    sent: datetime
    subject: str
    body: str
    answers: Draft | None = None
    lag: float = 4.0
    headers: dict[str, str] = field(default_factory=dict)
    hops: list[datetime] = field(default_factory=list)
    boundary: str = ""
    inside: tuple[str, datetime] | None = None
    altered: str = ""

    @property
    def document(self) -> str:
        return f"letter-{self.number:03}"

    def bytes(self) -> bytes:
        here, there = self.sender.address.partition("@")[2], self.to.address.partition("@")[2]
        lines = [
            f"Received: from mx.{here} (mx.{here} [192.0.2.7]) by mail.{there} with ESMTPS id Q{self.number};",
            f"\t{format_datetime(self.hops[1])}",
            f"Received: from [198.51.100.9] by mx.{here} with ESMTPSA;",
            f"\t{format_datetime(self.hops[0])}",
        ]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        kind = f'multipart/mixed;\r\n boundary="{self.boundary}"' if self.boundary else "text/plain; charset=utf-8"
        lines += ["MIME-Version: 1.0", f"Content-Type: {kind}", ""]
        body = self.body.replace("\n", "\r\n")
        if self.boundary:
            inner = "Content-Type: text/plain; charset=utf-8"
            body = f"--{self.boundary}\r\n{inner}\r\n\r\n{body}\r\n--{self.boundary}--\r\n"
        return "\r\n".join([*lines, body]).encode()


def filetime(moment: datetime) -> int:
    return int(moment.timestamp() * 10_000_000) + 116_444_736_000_000_000


def thread_index(moment: datetime, seed: int) -> str:
    head = filetime(moment).to_bytes(8, "big")[:6]
    return base64.b64encode(head + random.Random(seed).randbytes(16)).decode()


class Planted:
    """The corpus: `letters` in order, `copies` as pairs of documents, `truth`: document -> the rule that must speak."""

    def __init__(self, seed: int = 8, clean: int = CLEAN) -> None:
        self.random, self.clean = random.Random(seed), clean
        self.drafts = [self._draft(number) for number in range(clean + 12 * EACH)]
        self.copies: list[tuple[str, bytes, str]] = []
        self.truth: dict[str, tuple[str, ...]] = {}
        for number, draft in enumerate(self.drafts[self.clean :]):
            ALTERATIONS[number // EACH](self, draft)
        for draft in self.drafts[: self.clean : 9]:
            self._copy(draft, draft.bytes().replace(b"Received: from mx", b"X-UIDL: 77\r\nReceived: from mx", 1))

    def _draft(self, number: int) -> Draft:
        pick = self.random
        sender = PEOPLE[number % len(PEOPLE)]
        to = pick.choice([each for each in PEOPLE if each is not sender])
        day = datetime(2015, 1, 12, tzinfo=UTC) + timedelta(
            days=number * 1.4 * CLEAN / self.clean, hours=pick.randint(6, 15)
        )
        sent = day.replace(minute=pick.randint(0, 59), second=pick.randint(0, 59)).astimezone(ZoneInfo(sender.zone))
        words = " ".join(pick.choice(_WORDS) for _ in range(pick.randint(25, 70)))
        draft = Draft(number, sender, to, sent, f"{pick.choice(_WORDS)} {pick.choice(_WORDS)}", f"{words}.\n")
        earlier = self.drafts_so_far[-30:] if number % 4 == 3 and number < self.clean else []
        if earlier:
            self._answer(draft, pick.choice(earlier))
        self._dress(draft)
        self.drafts_so_far.append(draft)
        return draft

    drafts_so_far: list[Draft]

    def __new__(cls, *_: object, **__: object) -> Planted:
        made = super().__new__(cls)
        made.drafts_so_far = []
        return made

    def _answer(self, draft: Draft, parent: Draft) -> None:
        draft.answers, draft.subject = parent, f"Re: {parent.subject}"
        words = parent.body.split("\n\nOn ")[0].split()
        kept = words[: self.random.randint(max(1, len(words) - 8), len(words))]
        width = self.random.randint(6, 11)
        lines = [" ".join(kept[at : at + width]) for at in range(0, len(kept), width)]
        quoted = "\n".join(f"> {line}" for line in lines)
        draft.body += f"\n\nOn {parent.sent:%a, %d %b %Y}, {parent.sender.name} wrote:\n{quoted}\n"

    def _dress(self, draft: Draft) -> None:
        """What the sender's program and the servers write."""
        pick, person, sent = self.random, draft.sender, draft.sent
        written = sent - timedelta(minutes=pick.choice([0, 1, 3, 40, 600]))
        draft.lag = pick.choice([2, 3, 5, 9, -120, 300, 3600])
        first = sent + timedelta(seconds=draft.lag)
        draft.hops = [first.astimezone(UTC), (first + timedelta(seconds=pick.choice([1, 2, 7, -90]))).astimezone(UTC)]
        domain = person.address.partition("@")[2]
        token = pick.randbytes(16).hex()
        ids = {
            "hex": f"{int(written.timestamp()):08X}.{pick.randint(1000000, 9999999)}@{domain}",
            "outlook": f"{pick.randint(0, 65535):04x}{_word(written)}${token[:8]}$@{domain}",
            "uuid": f"{token[:8]}-{token[8:12]}-{token[12:16]}-{token[16:20]}-{token[20:]}@{domain}",
            "java": f"{pick.randint(1, 99)}.{pick.randint(1, 9)}.{int(written.timestamp() * 1000)}.JavaMail.app@{domain}",
        }
        draft.headers = {
            "From": f"{person.name} <{person.address}>",
            "To": f"{draft.to.name} <{draft.to.address}>",
            "Subject": draft.subject,
            "Date": format_datetime(sent),
            "Message-ID": f"<{ids[person.shape]}>",
        }
        if person.client != "JavaMail":
            draft.headers["User-Agent" if "Mozilla" in person.client else "X-Mailer"] = person.client
        if draft.answers:
            draft.headers["In-Reply-To"] = draft.answers.headers["Message-ID"]
        if person.shape == "outlook":
            began = draft.answers.sent if draft.answers else written
            draft.headers["Thread-Index"] = thread_index(began, draft.number)
            words = f"{filetime(written):016X}"
            draft.boundary = f"----=_NextPart_000_{pick.randint(0, 65535):04X}_{words[:8]}.{words[8:]}"

    def _copy(self, draft: Draft, data: bytes, rule: str = "") -> None:
        name = f"{draft.document}-copy"
        self.copies.append((name, data, draft.document))
        if rule:
            self.truth[name] = (rule,)

    # --- the whole corpus, looked at ------------------------------------------------------------------------------------

    def letters(self) -> dict[str, bytes]:
        made = {draft.document: draft.bytes() for draft in self.drafts}
        return made | {name: data for name, data, _ in self.copies}

    def prepared(self) -> tuple[list[Letter], list[list[str]], dict[str, TextLayer]]:
        """Everything that looking across needs."""
        drafts = {draft.document: draft for draft in self.drafts}
        layers: dict[str, TextLayer] = {}
        letters: list[Letter] = []
        for own, raw in self.letters().items():
            extract = read(raw, ReaderHints())
            assert extract.layer is not None and extract.head is not None
            layers[own] = extract.layer
            head = extract.head
            letters.append(
                Letter(
                    document=own,
                    facts=look(raw).headers,
                    message_id=head.message_id,
                    answers=head.in_reply_to,
                    inside=_inside(drafts.get(own)),
                )
            )
        return letters, [[of, name] for name, _, of in self.copies], layers

    @staticmethod
    def across(letters: list[Letter], groups: list[list[str]], layers: dict[str, TextLayer]) -> Across:
        return look_across(letters, groups, layers.get)

    def look(self) -> tuple[Across, dict[str, bytes], dict[str, TextLayer]]:
        letters, groups, layers = self.prepared()
        return self.across(letters, groups, layers), self.letters(), layers


def _inside(draft: Draft | None) -> tuple[Inside, ...]:
    if draft is None or draft.inside is None:
        return ()
    what, moment = draft.inside
    own = f"{draft.document}-a"
    return (Inside(document=own, what=what, text=moment.isoformat(), utc=moment.timestamp(), exact=True),)


def _word(moment: datetime) -> str:
    words = f"{filetime(moment):016x}"
    return f"{words[:8]}${words[8:]}"


# --- twelve ways of altering a letter -----------------------------------------------------------------------------------------

_Alter = Callable[[Planted, Draft], None]
ALTERATIONS: list[_Alter] = []


def _way(*rules: str) -> Callable[[Callable[[Draft], None]], None]:
    def add(change: Callable[[Draft], None]) -> None:
        def alter(corpus: Planted, draft: Draft) -> None:
            change(draft)
            draft.altered = rules[0]
            corpus.truth[draft.document] = rules

        ALTERATIONS.append(alter)

    return add


def _as(draft: Draft, number: int) -> None:
    """Let somebody else have written it: some traces belong to some programs only."""
    draft.sender = PEOPLE[number]
    draft.sent = draft.sent.astimezone(ZoneInfo(draft.sender.zone))
    corpus = Planted.__new__(Planted)
    corpus.random = random.Random(draft.number)
    draft.boundary = ""
    corpus._dress(draft)


@_way("date_after_received")
def _date_later(draft: Draft) -> None:
    draft.headers["Date"] = format_datetime(draft.sent + timedelta(days=9 + draft.number % 30))


@_way("date_before_received")
def _date_earlier(draft: Draft) -> None:
    draft.headers["Date"] = format_datetime(draft.sent - timedelta(days=9 + draft.number % 30))


@_way("received_order")
def _hop_moved(draft: Draft) -> None:
    draft.hops[0] += timedelta(hours=2 + draft.number % 5)
    draft.headers["Date"] = format_datetime(draft.sent + timedelta(hours=2 + draft.number % 5))


@_way("zone_clock", "zone_unusual")
def _wrong_season(draft: Draft) -> None:
    _as(draft, 1 if draft.number % 2 else 4)
    offset = draft.sent.utcoffset() or timedelta(0)
    other = timedelta(hours=3) if offset == timedelta(hours=2) else timedelta(hours=2)
    sign = f"+{int(other.total_seconds() // 3600):02}00"
    draft.headers["Date"] = f"{(draft.sent.astimezone(UTC) + other):%a, %d %b %Y %H:%M:%S} {sign}"


@_way("weekday")
def _wrong_weekday(draft: Draft) -> None:
    moved = draft.sent - timedelta(hours=24)
    draft.headers["Date"] = f"{draft.sent:%a}, {format_datetime(moved).partition(', ')[2]}"


@_way("message_id_host")
def _other_host(draft: Draft) -> None:
    own = draft.headers["Message-ID"]
    draft.headers["Message-ID"] = own.partition("@")[0] + "@laptop.invented.example>"


@_way("message_id_time")
def _id_of_another_day(draft: Draft) -> None:
    _as(draft, 0 if draft.number % 2 else 4)
    late = draft.sent + timedelta(days=40)
    if draft.sender.shape == "hex":
        draft.headers["Message-ID"] = f"<{int(late.timestamp()):08X}.1234567@brewery.de>"
    else:
        draft.headers["Message-ID"] = f"<7.1.{int(late.timestamp() * 1000)}.JavaMail.app@pilot.ua>"


@_way("client_later")
def _newer_client(draft: Draft) -> None:
    draft.headers.pop("User-Agent", None)
    newer = ("Microsoft Outlook 16.0.4266.1001", "The Bat! (v8.2) Home", "iPhone Mail (15E216)")
    draft.headers["X-Mailer"] = newer[draft.number % 3] if draft.sent.year < 2015 or draft.number % 3 else newer[1]


@_way("thread_index_time", "boundary_time")
def _index_of_another_day(draft: Draft) -> None:
    _as(draft, 1)
    late = draft.sent + timedelta(days=17)
    if draft.number % 2:
        draft.headers["Thread-Index"] = thread_index(late, draft.number)
    else:
        words = f"{filetime(late):016X}"
        draft.boundary = f"----=_NextPart_000_0A0B_{words[:8]}.{words[8:]}"


@_way("attachment_later")
def _newer_attachment(draft: Draft) -> None:
    draft.inside = ("modified" if draft.number % 2 else "created", draft.sent + timedelta(days=3 + draft.number % 9))


def _quote_changed(corpus: Planted, draft: Draft) -> None:
    parent = corpus.drafts[draft.number % 150]
    corpus._answer(draft, parent)
    head, mark, quoted = draft.body.rpartition("wrote:\n")
    words = quoted.split(" ")
    at = next(n for n in range(12, len(words)) if words[n].isalpha() and words[n] in _WORDS)
    words[at] = "forbidden" if draft.number % 2 else "not " + words[at]
    draft.body = head + mark + " ".join(words)
    draft.headers["In-Reply-To"] = parent.headers["Message-ID"]
    draft.headers["Subject"] = draft.subject
    draft.altered = "quoted_differs"
    corpus.truth[draft.document] = ("quoted_differs",)


ALTERATIONS.append(_quote_changed)


def _copy_changed(corpus: Planted, draft: Draft) -> None:
    data = draft.bytes()
    if draft.number % 2:
        changed = data.replace(b"Subject: ", b"Subject: No ", 1)
    else:
        changed = data.replace(b".\r\n", b", but not before spring.\r\n", 1)
    draft.altered = "copies_differ"
    corpus._copy(draft, changed, "copies_differ")


ALTERATIONS.append(_copy_changed)
