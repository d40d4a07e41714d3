"""S/MIME and OpenPGP signatures: their structure, and their state where certificates were supplied.

S/MIME (RFC 5652, RFC 8551): the digest of the signed part is compared in the box; the signer's own signature over the signed
attributes is checked afterwards, with supplied certificates only: the one inside the letter proves nothing about itself.
OpenPGP (RFC 9580): key id, algorithm and time are read; checking needs a library that is not part of leakdesk, and that is
said. Encrypted letters are the business of `documents`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from leakdesk.authenticity.fields import with_crlf
from leakdesk.authenticity.rsa import NotAKey, element, sequence
from leakdesk.documents import mime
from leakdesk.documents.headers import lenient_base64
from leakdesk.documents.mail import part_bytes

Kind = Literal["S/MIME", "OpenPGP"]
SealedState = Literal["verifies", "signature_differs", "no_key", "malformed", "needs"]
_HASHES = {
    bytes.fromhex("2b0e03021a"): "sha1",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_EMAIL = re.compile(rb"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFacts:
    """A signature around a part. `content_same`: the signed digest is that of the part; `signed`: the DER that the signer's
    key was applied to; `signer`: an address or key id that the signature names, "" where it names none."""

    kind: Kind
    signer: str = ""
    hash: str = ""
    content_same: bool = False
    signed: str = ""
    signature: str = ""
    made: int | None = None
    problem: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedChecked:
    """Its state; `needs` names what is missing."""

    kind: Kind
    state: SealedState
    signer: str
    needs: str
    place: tuple[int, int]


def read_sealed(data: bytes, whole: mime.Cut) -> tuple[SealedFacts, ...]:
    """The S/MIME and OpenPGP signatures of a message. Never raises."""
    found: list[SealedFacts] = []
    stack = [whole.root]
    while stack and len(found) < MOST:
        piece = stack.pop()
        stack.extend(piece.children)
        if piece.kind == "multipart/signed" and len(piece.children) >= 2:
            content, seal = piece.children[0], piece.children[-1]
            raw = part_bytes(data, seal)[0]
            facts = (
                _pgp(raw)
                if b"BEGIN PGP" in raw[:200] or seal.kind == "application/pgp-signature"
                else _smime(raw, with_crlf(data[content.start : content.end]))
            )
            found.append(replace(facts, start=seal.start, end=seal.end))
    if b"-----BEGIN PGP SIGNED MESSAGE-----" in data:
        at = data.index(b"-----BEGIN PGP SIGNED MESSAGE-----")
        block = data.find(b"-----BEGIN PGP SIGNATURE-----", at)
        found.append(replace(_pgp(data[max(block, 0) :]), start=at, end=len(data)))
    return tuple(found)


# --- S/MIME -----------------------------------------------------------------------------------------------------------------


def _smime(raw: bytes, content: bytes) -> SealedFacts:
    try:
        return _signed_data(raw if raw[:1] == b"\x30" else lenient_base64(raw)[0], content)
    except (NotAKey, IndexError, ValueError, StopIteration):
        return SealedFacts(kind="S/MIME", problem="its structure cannot be read")


def _signed_data(raw: bytes, content: bytes) -> SealedFacts:
    outer = list(_elements(sequence(raw)))
    if outer[0] != (0x06, _SIGNED_DATA):
        raise NotAKey("no signed data")
    inside = list(_elements(sequence(outer[1][1])))
    signers = [one for one in inside if one[0] == 0x31][-1]
    info = list(_elements(next(iter(_elements(signers[1])))[1]))
    hash_name = _HASHES.get(next(iter(_elements(info[2][1])))[1], "")
    attributes = next((one for one in info if one[0] == 0xA0), None)
    signature = next(one for one in reversed(info) if one[0] == 0x04)[1]
    certificates = next((one[1] for one in inside if one[0] == 0xA0), b"")
    address = _EMAIL.search(certificates)
    signer = address[0].decode() if address else ""
    if not hash_name:
        return SealedFacts(kind="S/MIME", signer=signer, problem="an unknown hash")
    if attributes is None:
        return SealedFacts(
            kind="S/MIME",
            signer=signer,
            hash=hash_name,
            content_same=True,
            signed=content.hex(),
            signature=signature.hex(),
        )
    same = _digest_said(attributes[1]) == hashlib.new(hash_name, content).digest()
    return SealedFacts(
        kind="S/MIME",
        signer=signer,
        hash=hash_name,
        content_same=same,
        signed=(b"\x31" + _length(len(attributes[1])) + attributes[1]).hex(),
        signature=signature.hex(),
    )


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        one, at = element(data, at)
        yield one


def _digest_said(attributes: bytes) -> bytes:
    for _, attribute in _elements(attributes):
        parts = list(_elements(attribute))
        if parts[0][1] == _MESSAGE_DIGEST:
            return next(iter(_elements(parts[1][1])))[1]
    return b""


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(raw),)) + raw


# --- OpenPGP ----------------------------------------------------------------------------------------------------------------


def _pgp(raw: bytes) -> SealedFacts:
    """Key id and time of the first signature packet (version 4 and later)."""
    if b"-----BEGIN PGP SIGNATURE-----" in raw:
        body = raw.partition(b"-----BEGIN PGP SIGNATURE-----")[2].partition(b"-----END")[0].replace(b"\r\n", b"\n")
        raw = lenient_base64(body.partition(b"\n\n")[2].rpartition(b"\n=")[0] or body)[0]
    try:
        packet = _packet(raw)
        hashed = packet[6 : 6 + int.from_bytes(packet[4:6], "big")]
        rest = 6 + len(hashed)
        loose = packet[rest + 2 : rest + 2 + int.from_bytes(packet[rest : rest + 2], "big")]
        made = key = None
        for kind, value in (*_subpackets(hashed), *_subpackets(loose)):
            made = int.from_bytes(value[:4], "big") if kind == 2 and made is None else made
            key = value[:8].hex().upper() if kind == 16 else key
    except IndexError:
        return SealedFacts(kind="OpenPGP", problem="its structure cannot be read")
    return SealedFacts(kind="OpenPGP", signer=key or "", made=made)


def _packet(raw: bytes) -> bytes:
    """The body of the first packet, which must be a signature. Raises IndexError."""
    tag = raw[0]
    if tag & 0x40:
        kind, size, start = tag & 0x3F, raw[1], 2
        if size >= 192:
            size, start = ((size - 192) << 8) + raw[2] + 192, 3
    else:
        kind, width = (tag >> 2) & 0x0F, 1 << (tag & 3)
        size, start = int.from_bytes(raw[1 : 1 + width], "big"), 1 + width
    packet = raw[start : start + size]
    if kind != 2 or packet[0] not in (4, 5, 6):
        raise IndexError
    return packet


def _subpackets(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(raw):
        size, at = raw[at], at + 1
        if size >= 192:
            size, at = ((size - 192) << 8) + raw[at] + 192, at + 1
        if size < 1:
            raise IndexError
        yield raw[at] & 0x7F, raw[at + 1 : at + size]
        at += size


# --- with certificates ------------------------------------------------------------------------------------------------------


def check(facts: SealedFacts, certificates: Sequence[bytes]) -> SealedChecked:
    """The state of a signature. Never raises."""
    state, needs = _state(facts, certificates)
    return SealedChecked(kind=facts.kind, state=state, signer=facts.signer, needs=needs, place=(facts.start, facts.end))


def _state(facts: SealedFacts, certificates: Sequence[bytes]) -> tuple[SealedState, str]:
    if facts.problem:
        return "malformed", ""
    if facts.kind == "OpenPGP":
        return "needs", "an OpenPGP program such as gpg"
    if not facts.content_same:
        return "signature_differs", ""
    if not certificates:
        return "no_key", ""
    return ("verifies", "") if any(_verifies(facts, each) for each in certificates) else ("no_key", "")


def _verifies(facts: SealedFacts, certificate: bytes) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    kinds = {"sha1": hashes.SHA1, "sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
    signature, signed, chosen = bytes.fromhex(facts.signature), bytes.fromhex(facts.signed), kinds[facts.hash]()
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(chosen))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True
