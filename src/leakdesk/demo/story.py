"""The letters as they were written: one plain-text file a thread, read into frozen letters with every name filled in.

A file holds letters one after another. Each starts with `== name`, then `key: value` lines, a blank line, the body:

    from, to, cc, bcc   contacts (contacts.toml), comma by comma
    date, lang, client  when, in which language, with which mail program (clients.py)
    charset, encoding   of the body; utf-8 and base64 unless said
    subject             left out in replies
    reply, forward      the letter answered or passed on; quote: none | opening (answers between quoted lines)
    attach              papers (papers.toml) or `letter NAME`
    html                both | only;  sign: no;  hold: a | b | ab;  twin: yes (same bytes in both mailboxes)
    tricks              what an attacker or a mailing program did to it, see mail.py
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from leakdesk.demo.clients import CLIENTS, PHONE_SIGNATURES, Client, Sent, forwarded, opening, quoted
from leakdesk.demo.sources import Table, source_names, source_table, source_text
from leakdesk.demo.wording import Use, Wording


@dataclass(frozen=True, slots=True)
class Contact:
    """A name and an address as one letter shows them."""

    key: str
    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.partition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, complete but for its technical dress."""

    key: str
    thread: str
    sender: Contact
    to: tuple[Contact, ...]
    cc: tuple[Contact, ...]
    bcc: tuple[Contact, ...]
    moment: datetime
    language: str
    client: Client
    charset: str
    encoding: str
    subject: str
    own: str  # what this sender wrote, signature included
    signature: str
    body: str  # own, and what is quoted or forwarded below
    reply: str
    forward: str
    attach: tuple[str, ...]
    html: str
    hold: str
    twin: bool
    tricks: tuple[str, ...]
    uses: tuple[Use, ...]

    def everybody(self) -> tuple[Contact, ...]:
        return (self.sender, *self.to, *self.cc, *self.bcc)


Fields = Mapping[str, str]


class Story:
    """Fills the sources for one cast. Letters come in the order of the files, answers after what they answer."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self._contacts = source_table("contacts.toml")
        self.letters: dict[str, Letter] = {}
        for name in source_names("threads"):
            for key, fields, body in read_thread(source_text(name)):
                thread = name.rpartition("/")[2].removesuffix(".txt").lstrip("0123456789-")
                self.letters[key] = self._letter(key, thread, fields, body)

    def contact(self, key: str, language: str) -> Contact:
        """A contact as a letter in `language` shows it."""
        row: Table = self._contacts[key]
        user = _address_part(self.wording.fill(str(row["user"]), language))
        domain = _address_part(self.wording.fill(str(row["domain"]), language))
        return Contact(key, self.wording.fill(str(row["name"]), language), f"{user}@{domain}")

    def _letter(self, key: str, thread: str, fields: Fields, body: str) -> Letter:
        before = len(self.wording.uses)
        language, client = fields["lang"], CLIENTS[fields["client"]]
        charset = fields.get("charset", "utf-8")
        signature = typed(self._signature(fields, language), charset)
        own = typed(self.wording.fill(body.strip("\n"), language), charset)
        own = f"{own}\n\n{signature}" if signature else own
        sender = self.contact(fields["from"], language)
        return Letter(
            key=key, thread=thread, sender=sender,
            to=self._contacts_of(fields, "to"), cc=self._contacts_of(fields, "cc"), bcc=self._contacts_of(fields, "bcc"),
            moment=self.wording.shift(datetime.fromisoformat(fields["date"])),
            language=language, client=client,
            charset=charset, encoding=fields.get("encoding", "base64"),
            subject=typed(self._subject(fields, client, language), charset),
            own=own, signature=signature, body=typed(self._body(fields, own, client, language), charset),
            reply=fields.get("reply", ""), forward=fields.get("forward", ""),
            attach=_split(fields.get("attach", "")), html=fields.get("html", ""),
            hold=fields.get("hold", "") or self._hold(fields), twin=fields.get("twin") == "yes",
            tricks=_split(fields.get("tricks", "")), uses=tuple(self.wording.uses[before:]),
        )  # fmt: skip

    def _contacts_of(self, fields: Fields, field: str) -> tuple[Contact, ...]:
        return tuple(self.contact(key, fields["lang"]) for key in _split(fields.get(field, "")))

    @staticmethod
    def _hold(fields: Fields) -> str:
        """Mailbox a is the engineer's, b is that of the head of cooperation."""
        keys = {key for field in ("from", "to", "cc", "bcc") for key in _split(fields.get(field, ""))}
        a, b = keys & {"eng", "home", "all"}, keys & {"coop", "all"}
        return ("a" if a else "") + ("b" if b else "")

    def _signature(self, fields: Fields, language: str) -> str:
        if fields["client"] == "iphone":
            return PHONE_SIGNATURES[language]
        if fields.get("sign") == "no":
            return ""
        return self.wording.fill(str(self._contacts[fields["from"]].get("sig", {}).get(language, "")), language)

    def _subject(self, fields: Fields, client: Client, language: str) -> str:
        if "subject" in fields:
            return self.wording.fill(fields["subject"], language)
        older = self.letters[fields.get("reply") or fields["forward"]].subject
        mark = client.re if "reply" in fields else client.fwd
        return older if older.startswith(mark) else mark + older

    def _body(self, fields: Fields, own: str, client: Client, language: str) -> str:
        older = fields.get("reply") or fields.get("forward")
        if not older or fields.get("quote") == "none":
            return own
        sent = self.sent(older)
        if "forward" in fields:
            return f"{own}\n\n{forwarded(client, sent, language)}".strip("\n")
        if fields.get("quote") == "opening":
            return f"{opening(client, sent, language)}\n\n{own}"
        return f"{own}\n\n{quoted(client, sent, language)}"

    def sent(self, key: str) -> Sent:
        """What an answer to this letter quotes."""
        letter = self.letters[key]
        to = "; ".join(contact.name for contact in letter.to)
        body = letter.body.rstrip()
        return Sent(letter.sender.name, letter.sender.address, to, letter.moment, letter.subject, body)


def read_thread(text: str) -> Iterable[tuple[str, Fields, str]]:
    """The letters of one file: name, fields, body."""
    for part in text.split("\n== ")[1:]:
        head, _, body = part.partition("\n\n")
        key, *lines = head.split("\n")
        yield key.strip(), {name.strip(): value.strip() for name, _, value in map(_field, lines)}, body


def _field(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _address_part(text: str) -> str:
    return "".join(char for char in text.lower().replace(" ", "-") if char.isascii())


# What people at old keyboards type for letters that KOI8-R does not have.
_KOI8 = str.maketrans({"«": '"', "»": '"', "№": "N", "—": "-", "–": "-", "…": "...", "’": "'", "“": '"', "”": '"'})


def typed(text: str, charset: str) -> str:
    """The text as an old program can write it: what its charset lacks becomes a question mark."""
    if charset == "koi8-r":
        text = text.translate(_KOI8)
    return text.encode(charset, "replace").decode(charset)
