"""The chain of ARC sets (RFC 8617, 5.2): what intermediaries sealed, in the same two steps as `signatures`.

`cv` is the chain's: "none" (no set), "pass", "fail", and "cannot_check" where a key is missing and nothing else is wrong.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from leakdesk.authenticity import fields as f
from leakdesk.authenticity.keys import KeyTable
from leakdesk.authenticity.signatures import (
    ALGORITHMS,
    Malformed,
    Variant,
    body_covered,
    canons,
    check_tags,
    covered_names,
    signed_digest,
    variants,
)
from leakdesk.authenticity.states import with_keys

CV = Literal["none", "pass", "fail", "cannot_check"]
MOST_SETS = 50
#: RFC 8301, 3.2: a chain does not rest on shorter RSA keys. (For DKIM the size is said beside the state.)
SMALLEST_KEY = 1024
SEAL, SIGNATURE, RESULTS = "arc-seal", "arc-message-signature", "arc-authentication-results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """One signature of the chain, ready for its key."""

    domain: str
    selector: str
    algorithm: str
    digest: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcFacts:
    """`problem`: why the chain fails whatever the keys are. `seals`: newest first; `message`: the newest set's own
    signature over the message."""

    sets: int = 0
    problem: str = ""
    message: Sealing | None = None
    seals: tuple[Sealing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcChecked:
    """The chain's state, its length, and the domains that sealed it, the newest first."""

    cv: CV
    sets: int
    domains: tuple[str, ...]
    reason: str


class Broken(ValueError):
    """The chain fails; the message says why."""


def read_arc(data: bytes) -> ArcFacts:
    """Everything about the chain that needs no key. Never raises."""
    held = f.split(data)
    if not any(held.named(name) for name in (SEAL, SIGNATURE, RESULTS)):
        return ArcFacts()
    best: ArcFacts | None = None
    for variant in variants(data):
        facts = _read(variant)
        best = facts if best is None or not facts.problem else best
        if not facts.problem:
            break
    return best or ArcFacts()


@dataclass(frozen=True, slots=True)
class _Line:
    place: f.Field
    tags: Mapping[str, str]


def _read(variant: Variant) -> ArcFacts:
    message = variant.message
    count = len(message.named(SEAL))
    try:
        sets = _sets(message)
        count = len(sets)
        _structure(sets)
        newest = _message_signature(variant, sets[-1][1], must_match=True)
        seals = tuple(_seal(message, sets, number) for number in range(len(sets), 0, -1))
    except (Broken, Malformed, f.NotTags) as why:
        return ArcFacts(sets=count, problem=str(why))
    return ArcFacts(sets=count, message=newest, seals=seals)


def _sets(message: f.Message) -> list[tuple[_Line, _Line, _Line]]:
    """(seal, message signature, results) of each instance from 1 on. Raises Broken."""
    kinds: list[dict[int, _Line]] = []
    for name in (SEAL, SIGNATURE, RESULTS):
        lines: dict[int, _Line] = {}
        for place in message.named(name):
            found = _tags(message.value(place), results=name == RESULTS)
            number = _instance(found)
            if number in lines:
                raise Broken("an instance stands twice")
            lines[number] = _Line(place, found)
        kinds.append(lines)
    seals, signatures, results = kinds
    if not len(seals) == len(signatures) == len(results) or set(seals) != set(signatures) or set(seals) != set(results):
        raise Broken("a set is not complete")
    if sorted(seals) != list(range(1, len(seals) + 1)):
        raise Broken("an instance is missing")
    return [(seals[number], signatures[number], results[number]) for number in sorted(seals)]


def _tags(value: bytes, *, results: bool) -> Mapping[str, str]:
    if not results:
        return f.tags(value)
    first = value.partition(b";")[0].decode("latin-1")
    return {"i": first.partition("=")[2].strip()} if first.partition("=")[0].strip() == "i" else {}


def _instance(found: Mapping[str, str]) -> int:
    text = found.get("i", "")
    if not re.fullmatch(r"\d{1,2}", text) or not 1 <= int(text) <= MOST_SETS:
        raise Broken("an instance is no number from 1 to 50")
    return int(text)


def _structure(sets: Sequence[tuple[_Line, _Line, _Line]]) -> None:
    for number, (seal, _, _) in enumerate(sets, 1):
        cv = seal.tags.get("cv", "").lower()
        if cv != ("none" if number == 1 else "pass"):
            raise Broken("a seal says that the chain was broken before")
        if "h" in seal.tags:
            raise Broken("a seal names fields")
        check_tags(seal.tags, ("a", "b", "d", "s", "cv"))
        _not_weak(seal.tags)


def _message_signature(variant: Variant, line: _Line, *, must_match: bool) -> Sealing:
    found = line.tags
    check_tags(found, ("a", "b", "bh", "d", "s"))
    _not_weak(found)
    if "h" not in found:
        raise Broken("a message signature names no fields")
    names = covered_names({"h": ":".join(name for name in found["h"].split(":") if name.strip())}) if found["h"] else []
    if SEAL in names:
        raise Broken("a message signature covers a seal")
    hash_name = ALGORITHMS[f.packed(found["a"]).lower()][1]
    head, body = canons(found, "relaxed/relaxed")
    if must_match and body_covered(variant, found, hash_name, body) is None:
        raise Broken("the body differs from the one sealed last")
    digest, _, _ = signed_digest(variant.message, names, line.place, head, hash_name)
    return _sealing(found, digest)


def _not_weak(found: Mapping[str, str]) -> None:
    if f.packed(found["a"]).lower() == "rsa-sha1":
        raise Broken("rsa-sha1 is not used in ARC")


def _seal(message: f.Message, sets: Sequence[tuple[_Line, _Line, _Line]], number: int) -> Sealing:
    """RFC 8617, 5.1.1: results, message signature and seal of each set in order, the last seal without its b=."""
    own = sets[number - 1][0]
    hasher = hashlib.new(ALGORITHMS[f.packed(own.tags["a"]).lower()][1])
    for seal, signature, results in sets[:number]:
        hasher.update(message.canonical(results.place, "relaxed"))
        hasher.update(message.canonical(signature.place, "relaxed"))
        if seal is not own:
            hasher.update(message.canonical(seal.place, "relaxed"))
    hasher.update(f.relaxed_field(f.without_signature(message.raw(own.place))))
    return _sealing(own.tags, hasher.digest())


def _sealing(found: Mapping[str, str], digest: bytes) -> Sealing:
    signature = f.packed(found["b"])
    base64.b64decode(signature, validate=True)
    return Sealing(
        domain=found["d"].lower(),
        selector=f.packed(found["s"]).lower(),
        algorithm=f.packed(found["a"]).lower(),
        digest=digest.hex(),
        signature=signature,
    )


def check(facts: ArcFacts, keys: KeyTable) -> ArcChecked:
    """The chain's state under a key table. Never raises."""
    domains = tuple(seal.domain for seal in facts.seals)
    if not facts.sets and not facts.problem:
        return ArcChecked(cv="none", sets=0, domains=(), reason="")
    if facts.problem or facts.message is None:
        return ArcChecked(cv="fail", sets=facts.sets, domains=domains, reason=facts.problem)
    found = [
        with_keys(one.algorithm, one.signature, one.digest, keys.of(one.selector, one.domain))
        for one in (facts.message, *facts.seals)
    ]
    kinds = {state for state, _, _ in found}
    if any(used is not None and used.kind == "rsa" and 0 < used.bits < SMALLEST_KEY for _, _, used in found):
        return ArcChecked(cv="fail", sets=facts.sets, domains=domains, reason="a key is shorter than 1024 bits")
    if "signature_differs" in kinds:
        return ArcChecked(cv="fail", sets=facts.sets, domains=domains, reason="a seal differs")
    missing = [reason for state, reason, used in found if state == "no_key" and used is None]
    if missing:
        return ArcChecked(cv="cannot_check", sets=facts.sets, domains=domains, reason="no key available")
    if kinds - {"verifies"}:
        return ArcChecked(cv="fail", sets=facts.sets, domains=domains, reason="a key cannot be used or was revoked")
    return ArcChecked(cv="pass", sets=facts.sets, domains=domains, reason="")
