"""DKIM signatures (RFC 6376, RFC 8463), first step: what a signature covers, from the message alone and without any key.

This step sees untrusted bytes and runs in the box. What it gives is enough for `states` to check the signature whenever a key
comes in, without the message. No clock is read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from leakdesk.authenticity import fields as f

#: Algorithm -> (kind of key, hash).
ALGORITHMS: Mapping[str, tuple[str, str]] = {
    "rsa-sha1": ("rsa", "sha1"),
    "rsa-sha256": ("rsa", "sha256"),
    "ed25519-sha256": ("ed25519", "sha256"),
}
#: Signatures of one message that are looked at.
MOST_SIGNATURES = 1_000
#: Field names in an h= tag that are looked at: more are no signature of anybody's mail.
MOST_COVERED = 2_000
_WANTED = ("v", "a", "b", "bh", "d", "h", "s")
_NUMBER = re.compile(r"\d{1,15}")
_DOMAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")


class Malformed(ValueError):
    """The signature field is not as RFC 6376 has it; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """What a signature field says, and what of it can be checked without a key.

    `body`: [from, to, of] bytes of the canonical body. `digest`: what the signer's key was applied to. `start`, `end`: the
    field in the original bytes. `signed_at`, `expires`: seconds since 1970, None where not said."""

    domain: str = ""
    selector: str = ""
    algorithm: str = ""
    identity: str = ""
    problem: str = ""
    covers: tuple[str, ...] = ()
    not_covered: tuple[str, ...] = ()
    body: tuple[int, int, int] = (0, 0, 0)
    body_same: bool = False
    repairs: tuple[str, ...] = ()
    digest: str = ""
    signature: str = ""
    signed_at: int | None = None
    expires: int | None = None
    from_domain: str = ""
    froms: int = 1
    froms_covered: int = 1
    start: int = 0
    end: int = 0


# --- without a key ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Variant:
    """A message as it may have travelled, and the repairs that made it so."""

    message: f.Message
    repairs: tuple[str, ...]
    bodies: dict[tuple[str, str, int], bytes] = field(default_factory=dict[tuple[str, str, int], bytes])

    def body_hash(self, canon: str, hash_name: str, length: int) -> bytes:
        """The hash of the canonical body, or of its first `length` bytes (-1: of all)."""
        key = (canon, hash_name, length)
        if key not in self.bodies:
            body = self.message.canonical_body(canon)
            self.bodies[key] = hashlib.new(hash_name, body if length < 0 else body[:length]).digest()
        return self.bodies[key]


_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")
_FROM = re.compile(rb"(?m)^(>*From )")
LINE_ENDS, FROM_ESCAPING = "line ends", "From-escaping"


def variants(data: bytes) -> list[Variant]:
    """The message as it is held, and as it may have been before mailboxes changed it, the smallest repair first."""
    made: list[Variant] = []
    if f.has_crlf_only(data):
        made.append(Variant(f.split(data), ()))
        base, repairs = data, tuple[str, ...]()
    else:
        if b"\r\n" in data:
            made.append(Variant(f.split(data), ()))
        base, repairs = f.with_crlf(data), (LINE_ENDS,)
        made.append(Variant(f.split(base), repairs))
    body = made[-1].message.body
    for pattern, put in ((_QUOTED_FROM, rb"\1"), (_FROM, rb">\1")):
        changed = pattern.sub(put, base[body:])
        if changed != base[body:]:
            made.append(Variant(f.split(base[:body] + changed), (*repairs, FROM_ESCAPING)))
    return made


def read_signatures(data: bytes) -> tuple[SignatureFacts, ...]:
    """Everything about the DKIM signatures of a message that needs no key, from top to bottom. Never raises."""
    held = f.split(data)
    places = held.named("dkim-signature")
    if not places:
        return ()
    tried = variants(data)
    lines = [each.message.named("dkim-signature") for each in tried]
    domain, froms = from_domain(held)
    found: list[SignatureFacts] = []
    for number, place in enumerate(places[:MOST_SIGNATURES]):
        if any(len(each) != len(places) for each in lines):
            facts = SignatureFacts(problem="the header cannot be read in one way")
        else:
            facts = _facts([(each, own[number]) for each, own in zip(tried, lines, strict=True)])
        found.append(replace(facts, start=place.start, end=place.end, from_domain=domain, froms=froms))
    left = "not looked at: more than 1,000 signatures"
    found += [SignatureFacts(problem=left, start=one.start, end=one.end) for one in places[MOST_SIGNATURES:]]
    return tuple(found)


def from_domain(message: f.Message) -> tuple[str, int]:
    """The domain in the last From field, and how many From fields there are."""
    froms = message.named("from")
    if not froms:
        return "", 0
    value = message.value(froms[-1]).decode("latin-1")
    found = re.findall(r"@([A-Za-z0-9.-]+)", value.rpartition("<")[2]) or re.findall(r"@([A-Za-z0-9.-]+)", value)
    return (found[-1].lower().strip(".") if found else ""), len(froms)


def _facts(tried: Sequence[tuple[Variant, f.Field]]) -> SignatureFacts:
    variant, place = tried[0]
    message = variant.message
    domain = selector = algorithm = ""
    try:
        found = dict(f.tags(message.value(place)))
        domain, selector = found.get("d", "")[:255].lower(), f.packed(found.get("s", ""))[:255].lower()
        algorithm = f.packed(found.get("a", ""))[:40].lower()
        return _read(tried, found)
    except (f.NotTags, Malformed) as why:
        return SignatureFacts(problem=str(why), domain=domain, selector=selector, algorithm=algorithm)


def _read(tried: Sequence[tuple[Variant, f.Field]], found: Mapping[str, str]) -> SignatureFacts:
    check_tags(found, _WANTED)
    if found["v"] != "1":
        raise Malformed("v= is not 1")
    _check_identity(found)
    names = covered_names(found)
    if "from" not in names:
        raise Malformed("h= leaves out From")
    hash_name = ALGORITHMS[f.packed(found["a"]).lower()][1]
    head, body = canons(found)
    variant, place, part = _matching(tried, found, hash_name, body)
    message = variant.message
    digest, covers, missed = signed_digest(message, names, place, head, hash_name)
    return SignatureFacts(
        domain=found["d"].lower(),
        selector=f.packed(found["s"]).lower(),
        algorithm=f.packed(found["a"]).lower(),
        identity=found.get("i", "").lower(),
        covers=covers,
        not_covered=missed,
        body=part or (0, 0, len(message.canonical_body(body))),
        body_same=part is not None,
        repairs=variant.repairs,
        digest=digest.hex(),
        signature=f.packed(found["b"]),
        signed_at=_seconds(found, "t"),
        expires=_seconds(found, "x"),
        froms_covered=names.count("from"),
    )


def check_tags(found: Mapping[str, str], wanted: Sequence[str]) -> None:
    """Raise Malformed unless all wanted tags are there and those that are numbers, names or base64 are such."""
    for name in wanted:
        if not f.packed(found.get(name, "")):
            raise Malformed(f"{name}= is missing")
    if f.packed(found["a"]).lower() not in ALGORITHMS:
        raise Malformed("a= is of an unknown kind")
    for name in ("b", "bh"):
        if name in found:
            try:
                base64.b64decode(f.packed(found[name]), validate=True)
            except (binascii.Error, ValueError):
                raise Malformed(f"{name}= is not base64") from None
    if not _DOMAIN.fullmatch(found["d"]) or not _DOMAIN.fullmatch(f.packed(found["s"])):
        raise Malformed("d= or s= is no name")
    for name in ("t", "x", "l"):
        if name in found and not _NUMBER.fullmatch(found[name]):
            raise Malformed(f"{name}= is no number")
    if "t" in found and "x" in found and int(found["x"]) <= int(found["t"]):
        raise Malformed("x= is not after t=")
    if "q" in found and "dns/txt" not in [word.strip().lower() for word in found["q"].split(":")]:
        raise Malformed("q= names no known way to the key")


def _check_identity(found: Mapping[str, str]) -> None:
    if "i" not in found:
        return
    _, at, domain = found["i"].rpartition("@")
    if not at or not f".{domain.lower()}".endswith(f".{found['d'].lower()}"):
        raise Malformed("i= is not below d=")


def covered_names(found: Mapping[str, str]) -> list[str]:
    """The names of an h= tag in lower case. Raises Malformed."""
    names = [name.strip(" \t\r\n").lower() for name in found["h"].split(":")]
    if len(names) > MOST_COVERED:
        raise Malformed("h= names too many fields")
    if any(not name or not re.fullmatch(r"[!-9;-~]+", name) for name in names):
        raise Malformed("h= is no list of names")
    return names


def canons(found: Mapping[str, str], default: str = "simple/simple") -> tuple[str, str]:
    """The canonical forms of header and body. Raises Malformed."""
    head, _, body = f.packed(found.get("c", default)).lower().partition("/")
    if head not in f.CANONS or (body or "simple") not in f.CANONS:
        raise Malformed("c= is of an unknown kind")
    return head, body or "simple"


def _matching(
    tried: Sequence[tuple[Variant, f.Field]], found: Mapping[str, str], hash_name: str, canon: str
) -> tuple[Variant, f.Field, tuple[int, int, int] | None]:
    """The first variant whose body has the hash that the signature says, with what of it is covered; else the last plain
    one, without."""
    for variant, place in tried:
        covered = body_covered(variant, found, hash_name, canon)
        if covered is not None:
            return variant, place, covered
    plain = [each for each in tried if FROM_ESCAPING not in each[0].repairs][-1]
    return *plain, None


def body_covered(variant: Variant, found: Mapping[str, str], hash_name: str, canon: str) -> tuple[int, int, int] | None:
    """(from, to, of) of the canonical body if its hash is that of bh=, else None."""
    whole = len(variant.message.canonical_body(canon))
    length = int(found["l"]) if "l" in found else -1
    if length > whole:
        return None
    same = variant.body_hash(canon, hash_name, length) == base64.b64decode(f.packed(found["bh"]))
    return (0, whole if length < 0 else length, whole) if same else None


def signed_digest(
    message: f.Message, names: Sequence[str], own: f.Field, canon: str, hash_name: str
) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
    """(digest of header fields and the signature itself, names covered, names with a field that is not covered)."""
    hasher = hashlib.new(hash_name)
    taken: set[int] = {own.start}
    covers: dict[str, None] = {}
    for name, one in f.chosen(message, names):
        if one is not None:
            hasher.update(message.canonical(one, canon))
            taken.add(one.start)
            covers[name] = None
    bare = f.without_signature(message.raw(own))
    hasher.update(f.relaxed_field(bare) if canon == "relaxed" else bare.rstrip(b"\r\n"))
    missed = dict.fromkeys(one.name for one in message.fields if one.start not in taken)
    return hasher.digest(), tuple(covers), tuple(missed)


def _seconds(found: Mapping[str, str], name: str) -> int | None:
    return int(found[name]) if name in found else None
