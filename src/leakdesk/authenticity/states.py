"""The state of a signature, from what was taken down and the key table: repeated whenever it is asked for, so that a key that
comes in, or a private key published later, changes the answer at once.

States, the first that applies: malformed, rebuilt, body_differs, no_key, key_revoked, signature_differs, verifies.
Expiry, key size and a published private key are said beside the state. No clock is read.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from leakdesk.authenticity.keys import KeyRecord, KeyTable, PublicKey, public_key
from leakdesk.authenticity.rsa import NotAKey, ed25519_verifies, rsa_numbers, rsa_verifies
from leakdesk.authenticity.signatures import ALGORITHMS, SignatureFacts

State = Literal[
    "malformed", "rebuilt", "body_differs", "no_key", "key_revoked", "signature_differs", "verifies", "cannot_check"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedKey:
    """The key that was used, or found and not usable. `bits` 0 where it could not be read."""

    kind: str
    bits: int
    first_seen: str
    last_seen: str
    origin: str
    private_published: str
    testing: bool
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A signature and its state. `reason`: why it is malformed or its key not usable. `aligned`: how the signed domain
    relates to the domain in From. `downgraded`: it verifies, but the private key is public."""

    state: State
    reason: str
    domain: str
    selector: str
    algorithm: str
    covers: tuple[str, ...]
    not_covered: tuple[str, ...]
    body: tuple[int, int, int]
    repairs: tuple[str, ...]
    key: UsedKey | None
    aligned: Literal["same", "related", "differs", "unknown"]
    signed_at: str | None
    expires: str | None
    downgraded: bool
    place: tuple[int, int]


def check(facts: SignatureFacts, keys: KeyTable, *, rebuilt: bool = False) -> Checked:
    """The state of a signature under a key table. Never raises."""
    state, reason, used = _state(facts, keys, rebuilt)
    return Checked(
        state=state,
        reason=reason,
        domain=facts.domain,
        selector=facts.selector,
        algorithm=facts.algorithm,
        covers=facts.covers,
        not_covered=facts.not_covered,
        body=facts.body,
        repairs=facts.repairs,
        key=used,
        aligned=alignment(facts.domain, facts.from_domain),
        signed_at=moment(facts.signed_at),
        expires=moment(facts.expires),
        downgraded=state == "verifies" and used is not None and bool(used.private_published),
        place=(facts.start, facts.end),
    )


def _state(facts: SignatureFacts, keys: KeyTable, rebuilt: bool) -> tuple[State, str, UsedKey | None]:
    if facts.problem:
        return "malformed", facts.problem, None
    if rebuilt:
        return "rebuilt", "", None
    if not facts.body_same:
        return "body_differs", "", None
    state, reason, used = with_keys(
        facts.algorithm,
        facts.signature,
        facts.digest,
        keys.of(facts.selector, facts.domain),
        facts.identity,
        facts.domain,
    )
    if state == "verifies" and facts.froms > max(1, facts.froms_covered):
        return "signature_differs", "there is a From field that is not covered", used
    return state, reason, used


def with_keys(
    algorithm: str, signature: str, digest: str, records: Sequence[KeyRecord], identity: str = "", domain: str = ""
) -> tuple[State, str, UsedKey | None]:
    """no_key, key_revoked, signature_differs or verifies: the best that any record of the name gives."""
    best: tuple[int, State, str, UsedKey | None] = (0, "no_key", "", None)
    for record in records:
        tried = _with_key(algorithm, signature, digest, record, identity, domain)
        if tried[0] > best[0]:
            best = tried
    return best[1:]


def _with_key(
    algorithm: str, signature: str, digest: str, record: KeyRecord, identity: str, domain: str
) -> tuple[int, State, str, UsedKey]:
    key = public_key(record.record)
    kind, hash_name = ALGORITHMS[algorithm]
    problem = key.problem or _unfit(key, kind, hash_name, identity, domain)
    bits = 0
    if key.revoked:
        return 2, "key_revoked", "", _used(record, key, 0, "")
    if not problem and kind == "rsa":
        try:
            modulus, exponent = rsa_numbers(key.data)
        except NotAKey as why:
            problem = str(why)
        else:
            bits = modulus.bit_length()
            good = rsa_verifies(modulus, exponent, base64.b64decode(signature), bytes.fromhex(digest), hash_name)
            return (4, "verifies", "", _used(record, key, bits, "")) if good else (
                3, "signature_differs", "", _used(record, key, bits, ""),
            )  # fmt: skip
    if problem:
        return 1, "no_key", f"the key record cannot be used: {problem}", _used(record, key, bits, problem)
    good = ed25519_verifies(key.data, base64.b64decode(signature), bytes.fromhex(digest))
    used = _used(record, key, 256, "")
    return (4, "verifies", "", used) if good else (3, "signature_differs", "", used)


def _unfit(key: PublicKey, kind: str, hash_name: str, identity: str, domain: str) -> str:
    if not key.revoked and key.kind != kind:
        return "it is for another algorithm"
    if key.hashes and hash_name not in key.hashes:
        return "it does not allow this hash"
    if key.strict and identity and identity.rpartition("@")[2] != domain:
        return "it does not allow names below its domain"
    return ""


def _used(record: KeyRecord, key: PublicKey, bits: int, problem: str) -> UsedKey:
    return UsedKey(
        kind=key.kind,
        bits=bits,
        first_seen=record.first_seen,
        last_seen=record.last_seen,
        origin=record.origin,
        private_published=record.private_published,
        testing=key.testing,
        problem=problem,
    )


def alignment(signed: str, shown: str) -> Literal["same", "related", "differs", "unknown"]:
    """How the signing domain relates to the domain in From: the same, one below the other, or neither."""
    if not signed or not shown:
        return "unknown"
    if signed == shown:
        return "same"
    return "related" if f".{shown}".endswith(f".{signed}") or f".{signed}".endswith(f".{shown}") else "differs"


def moment(seconds: int | None) -> str | None:
    """Seconds since 1970 as ISO 8601 in UTC; None for none, and for years that no calendar holds."""
    if seconds is None:
        return None
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return None
