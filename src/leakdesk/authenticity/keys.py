"""The offline table of published signing keys: selector, domain, record, when it was seen, and whether its private half is
known to be public. Nothing is ever looked up: what is not in the table is "no key".

Read from (each by its content, never by its name):

- plain lines: `selector._domainkey.domain<TAB>record[<TAB>first_seen<TAB>last_seen<TAB>origin<TAB>private_published]`
- zone files (RFC 1035): TXT records below `_domainkey`, with $ORIGIN, parentheses and strings in pieces
- dumps of key archives: JSON (a list, or an object a line) or CSV, with columns called as such archives call them
- certificates (PEM) for signatures of S/MIME, and armoured public keys for signatures of OpenPGP

DKIM records are RFC 6376, 3.6.1; Ed25519 keys are RFC 8463. A record that cannot be used says why and stays in the table.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from leakdesk.authenticity.fields import NotTags, packed, tags
from leakdesk.authenticity.openpgp import PgpKey, armoured_keys

Format = Literal["lines", "zone file", "archive (JSON)", "archive (CSV)", "certificates", "OpenPGP keys"]
#: Lines of one table; more are counted, not kept.
MOST_RECORDS = 2_000_000
#: A private key that is known to be public, without a date.
UNDATED = "yes"
_NO = frozenset({"", "no", "false", "0", "null", "none", "unknown", "-"})
_YES = frozenset({"yes", "true", "1"})
_NAME = re.compile(r"([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}))\._domainkey\.([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,250}))\.?")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """A record as it was published. Dates are ISO 8601 (a year, a month or a day), "" where unknown. `private_published`:
    "" not known to be public, a date from which on it was, or "yes"."""

    selector: str
    domain: str
    record: str
    first_seen: str = ""
    last_seen: str = ""
    origin: str = ""
    private_published: str = ""

    @property
    def name(self) -> str:
        """The DNS name it stood at."""
        return f"{self.selector}._domainkey.{self.domain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """What a record says. `problem`: why it cannot be used, "" where it can; `revoked`: an empty p=."""

    kind: str
    data: bytes = b""
    hashes: tuple[str, ...] = ()
    revoked: bool = False
    testing: bool = False
    strict: bool = False
    problem: str = ""


@dataclass(slots=True)
class KeyTable:
    """All records known, by DNS name in lower case."""

    records: dict[str, list[KeyRecord]] = field(default_factory=dict[str, "list[KeyRecord]"])
    certificates: list[bytes] = field(default_factory=list[bytes])
    pgp_keys: list[PgpKey] = field(default_factory=list[PgpKey])

    def take(self, read: ReadTable) -> None:
        """Take in everything of a table that was read."""
        self.add(read.records)
        self.certificates += [one for one in read.certificates if one not in self.certificates]
        self.pgp_keys += [one for one in read.pgp_keys if one not in self.pgp_keys]

    def add(self, records: Iterable[KeyRecord]) -> int:
        """Take records in, equal ones once; how many were new."""
        new = 0
        for one in records:
            held = self.records.setdefault(one.name.lower(), [])
            if one not in held:
                held.append(one)
                new += 1
        return new

    def of(self, selector: str, domain: str) -> tuple[KeyRecord, ...]:
        """The records of a name. A private key known to be public from one record is public for its equals too."""
        held = self.records.get(f"{selector}._domainkey.{domain}".lower().rstrip("."), [])
        public = {public_half(one.record): one.private_published for one in held if one.private_published}
        return tuple(
            one if one.private_published or public_half(one.record) not in public else _published(one, public)
            for one in held
        )

    def __len__(self) -> int:
        return sum(map(len, self.records.values()))


def _published(one: KeyRecord, public: Mapping[str, str]) -> KeyRecord:
    from dataclasses import replace

    return replace(one, private_published=public[public_half(one.record)])


def public_half(record: str) -> str:
    """The p= of a record, white space dropped; the record itself where it has none."""
    try:
        return packed(tags(record.encode("utf-8", "replace")).get("p", record))
    except NotTags:
        return record


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """A table that was read: its format, its records, and the lines (from 1) that are none, with why."""

    format: Format
    records: tuple[KeyRecord, ...]
    left_out: tuple[tuple[int, str], ...]
    certificates: tuple[bytes, ...] = ()
    pgp_keys: tuple[PgpKey, ...] = ()

    def __len__(self) -> int:
        """How many records, certificates and keys it holds."""
        return len(self.records) + len(self.certificates) + len(self.pgp_keys)


def read_table(data: bytes) -> ReadTable:
    """Read a key table of any of the formats. Never raises; what cannot be used stands in `left_out`."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    kind = _format(text)
    if kind in ("certificates", "OpenPGP keys"):
        found, broken = _certificates(text)
        keys, unusable = _pgp_keys(text)
        return ReadTable(format=kind, records=(), left_out=(*broken, *unusable), certificates=found, pgp_keys=keys)
    read = {"lines": _lines, "zone file": _zone, "archive (JSON)": _json, "archive (CSV)": _csv}[kind]
    records: dict[KeyRecord, None] = {}
    left_out: list[tuple[int, str]] = []
    for number, one in read(text):
        if isinstance(one, str):
            left_out.append((number, one))
        elif len(records) < MOST_RECORDS:
            records[one] = None
    return ReadTable(format=kind, records=tuple(records), left_out=tuple(left_out))


def _format(text: str) -> Format:
    start = next((line for line in text.split("\n") if line.strip() and not line.lstrip().startswith(("#", ";"))), "")
    if "-----BEGIN CERTIFICATE-----" in text:
        return "certificates"
    if "-----BEGIN PGP PUBLIC KEY BLOCK-----" in text:
        return "OpenPGP keys"
    if start.lstrip()[:1] in ("{", "["):
        return "archive (JSON)"
    if "\t" in start and _NAME.fullmatch(start.partition("\t")[0].strip()):
        return "lines"
    if re.search(r"\bTXT\b", text) and re.search(r"(?im)^\$(ORIGIN|TTL)|\bTXT\s*[\"(]|\bIN\s+(SOA|TXT)\b", text):
        return "zone file"
    names = {_plain(name) for name in next(csv.reader([start]), [])}
    if "," in start and "domain" in names and names & {"selector", "name"}:
        return "archive (CSV)"
    return "lines"


_PEM = re.compile(r"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----")


def _certificates(text: str) -> tuple[tuple[bytes, ...], tuple[tuple[int, str], ...]]:
    found: list[bytes] = []
    broken: list[tuple[int, str]] = []
    for one in _PEM.finditer(text):
        try:
            found.append(base64.b64decode("".join(one[1].split()), validate=True))
        except (binascii.Error, ValueError):
            broken.append((text.count("\n", 0, one.start()) + 1, "not base64"))
    return tuple(found), tuple(broken)


def _pgp_keys(text: str) -> tuple[tuple[PgpKey, ...], tuple[tuple[int, str], ...]]:
    data = text.encode("ascii", "replace")
    blocks = list(armoured_keys(data))
    broken = tuple((data.count(b"\n", 0, at) + 1, "no key can be read in it") for at, keys in blocks if not keys)
    return tuple(dict.fromkeys(key for _, keys in blocks for key in keys)), broken


_Read = Iterator[tuple[int, "KeyRecord | str"]]


def _lines(text: str) -> _Read:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        found = _NAME.fullmatch(cells[0])
        if found is None or len(cells) < 2 or not cells[1]:
            yield number, "not `selector._domainkey.domain`, a tab and a record"
            continue
        cells += [""] * (6 - len(cells))
        yield number, _record(found[1], found[2], cells[1], cells[2], cells[3], cells[4], cells[5])


def _record(selector: str, domain: str, record: str, first: str, last: str, origin: str, private: str) -> KeyRecord:
    return KeyRecord(
        selector=selector.lower(),
        domain=domain.lower().rstrip("."),
        record=record,
        first_seen=_day(first),
        last_seen=_day(last),
        origin=origin[:200],
        private_published=_private(private),
    )


def _day(text: str) -> str:
    found = _DAY.match(text.strip())
    return found[0][:10] if found else ""


def _private(text: str) -> str:
    word = text.strip().lower()
    if word in _NO:
        return ""
    return _day(word) or (UNDATED if word in _YES or word else "")


# --- zone files --------------------------------------------------------------------------------------------------------------

_ZONE_TOKEN = re.compile(r'"((?:[^"\\\n]|\\.)*)"|(;[^\n]*)|([()])|(\n)|([^\s"();]+)|([ \t]+)')
_CLASSES = frozenset({"IN", "CH", "HS"})


def _zone(text: str) -> _Read:
    origin = owner = ""
    for number, indented, words in _entries(text):
        if words[0][0].upper() == "$ORIGIN" and len(words) > 1:
            origin = words[1][0].strip(".")
            continue
        if words[0][0].startswith("$"):
            continue
        if not indented:
            owner = _absolute(words[0][0], origin)
            words = words[1:]  # noqa: PLW2901
        while words and not words[0][1] and (words[0][0].upper() in _CLASSES or _TTL.fullmatch(words[0][0])):
            words = words[1:]  # noqa: PLW2901
        if not words or words[0][0].upper() != "TXT":
            continue
        found = _NAME.fullmatch(owner)
        if found is not None:
            yield number, _record(found[1], found[2], "".join(word for word, _ in words[1:]), "", "", "", "")


_TTL = re.compile(r"\d+[smhdwSMHDW]?(?:\d+[smhdwSMHDW])*")


def _entries(text: str) -> Iterator[tuple[int, bool, list[tuple[str, bool]]]]:
    """(line, begins with white space, [(word, quoted)]) of each entry; parentheses join lines."""
    words: list[tuple[str, bool]] = []
    depth, line, began, indented, fresh = 0, 1, 1, False, True
    for token in _ZONE_TOKEN.finditer(text):
        quoted, _, bracket, newline, word, blank = token.groups()
        if newline is not None:
            line += 1
            if depth == 0:
                if words:
                    yield began, indented, words
                words, indented, fresh = [], False, True
            continue
        if blank is not None and fresh and not words and depth == 0:
            indented = True
        fresh = False
        if bracket is not None:
            depth = depth + 1 if bracket == "(" else max(0, depth - 1)
        elif quoted is not None or word is not None:
            began = line if not words else began
            words.append((re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else word, quoted is not None))
    if words:
        yield began, indented, words


def _absolute(name: str, origin: str) -> str:
    if name.endswith("."):
        return name[:-1]
    if name == "@":
        return origin
    return f"{name}.{origin}" if origin else name


# --- dumps of key archives ------------------------------------------------------------------------------------------------

#: Column -> what archives call it.
_CALLED: Mapping[str, tuple[str, ...]] = {
    "domain": ("domain", "d", "signingdomain"),
    "selector": ("selector", "s", "dkimselector"),
    "name": ("name", "host", "fqdn", "query", "rrname"),
    "record": ("record", "value", "txt", "data", "rdata", "content", "dnsrecord", "publickey", "p"),
    "first": ("firstseen", "firstseenat", "first", "timefirst", "createdat", "seenfrom"),
    "last": ("lastseen", "lastseenat", "last", "timelast", "updatedat", "seento"),
    "origin": ("origin", "source", "provenance", "archive"),
    "private": ("privatepublished", "privatekeypublished", "privatekey", "private", "leaked"),
}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _json(text: str) -> _Read:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _json_lines(text)
        return
    rows = whole if isinstance(whole, list) else next((v for v in whole.values() if isinstance(v, list)), [whole])
    for number, row in enumerate(rows, 1):
        yield number, _row(row)


def _json_lines(text: str) -> _Read:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, _row(json.loads(line))
        except (ValueError, RecursionError):
            yield number, "not JSON"


def _csv(text: str) -> _Read:
    csv.field_size_limit(1 << 20)
    reader = csv.DictReader(io.StringIO(text))
    try:
        for row in reader:
            yield reader.line_num, _row({str(k): v for k, v in row.items() if isinstance(v, str)})
    except csv.Error as error:
        yield reader.line_num, f"not CSV ({error})"


def _row(row: Any) -> KeyRecord | str:
    if not isinstance(row, dict):
        return "not an object"
    plain = {_plain(str(name)): value for name, value in row.items()}
    cell = {column: _first(plain, names) for column, names in _CALLED.items()}
    named = _NAME.fullmatch(cell["name"])
    selector, domain = cell["selector"], cell["domain"]
    if named is not None:
        selector, domain = named[1], named[2]
    if not _NAME.fullmatch(f"{selector}._domainkey.{domain}"):
        return "no selector and domain"
    record = cell["record"]
    if record and "=" not in record.rstrip("="):
        record = f"v=DKIM1; k=rsa; p={record}"  # some archives keep the key alone
    return _record(selector, domain, record, cell["first"], cell["last"], cell["origin"], cell["private"])


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    value = next((row[name] for name in names if row.get(name) not in (None, "")), "")
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


# --- one record --------------------------------------------------------------------------------------------------------------


def public_key(record: str) -> PublicKey:
    """Read a record. Never raises: a record that cannot be used has a `problem`."""
    try:
        found = tags(record.encode("utf-8", "replace"))
    except NotTags as why:
        return PublicKey(kind="", problem=f"the record cannot be read ({why})")
    kind = found.get("k", "rsa").lower()
    if "v" in found and (found["v"] != "DKIM1" or next(iter(found)) != "v"):
        return PublicKey(kind=kind, problem="the record is not of version DKIM1")
    if "p" not in found:
        return PublicKey(kind=kind, problem="the record has no key")
    if kind not in ("rsa", "ed25519"):
        return PublicKey(kind=kind, problem="the key is of an unknown kind")
    services = {word.strip() for word in found.get("s", "*").split(":")}
    if not services & {"*", "email"}:
        return PublicKey(kind=kind, problem="the key is not for mail")
    flags = {word.strip() for word in found.get("t", "").split(":")}
    hashes = tuple(word.strip().lower() for word in found["h"].split(":")) if "h" in found else ()
    if not packed(found["p"]):
        return PublicKey(kind=kind, revoked=True)
    try:
        data = base64.b64decode(packed(found["p"]), validate=True)
    except (binascii.Error, ValueError):
        return PublicKey(kind=kind, problem="the key is not base64")
    if kind == "ed25519" and len(data) != 32:
        return PublicKey(kind=kind, problem="an Ed25519 key has 32 bytes")
    return PublicKey(kind=kind, data=data, hashes=hashes, testing="y" in flags, strict="s" in flags)
