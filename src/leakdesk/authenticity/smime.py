"""S/MIME signatures (RFC 5652, RFC 8551): read from a letter, and checked with supplied certificates.

The digest of the signed part is compared in the box; the signer's own signature over the signed attributes is checked
afterwards, with supplied certificates only: the one inside the letter proves nothing about itself. Who issued a certificate, and
whether it was valid then, is not looked at, and the sentence says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from leakdesk.authenticity.rsa import NotAKey, element, sequence
from leakdesk.authenticity.seal_facts import SealedFacts, SealedState
from leakdesk.documents.headers import lenient_base64

_HASHES = {
    bytes.fromhex("2b0e03021a"): "sha1",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_EMAIL = re.compile(rb"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
#: What bytes that are no signature lead to.
_UNREADABLE = (NotAKey, IndexError, ValueError, StopIteration)
_DEEPEST = 40


def read_detached(raw: bytes, content: bytes) -> SealedFacts:
    """A signature beside its part: `content` with CRLF line ends. Never raises."""
    try:
        return _signed_data(_der(raw), content)
    except _UNREADABLE:
        return SealedFacts(kind="S/MIME", problem="its structure cannot be read")


def read_opaque(raw: bytes) -> SealedFacts | None:
    """A signature with its part inside; None where the bytes are something else, such as an encrypted letter. Never raises."""
    try:
        der = _der(raw)
        if next(iter(_elements(sequence(der)))) != (0x06, _SIGNED_DATA):
            return None
    except _UNREADABLE:
        return None
    try:
        return _signed_data(der, None)
    except _UNREADABLE:
        return SealedFacts(kind="S/MIME", problem="its structure cannot be read")


def _signed_data(der: bytes, content: bytes | None) -> SealedFacts:
    """The first signer of signed data. `content`: None where it is inside. Raises one of _UNREADABLE."""
    outer = list(_elements(sequence(der)))
    if outer[0] != (0x06, _SIGNED_DATA):
        raise NotAKey("no signed data")
    inside = list(_elements(sequence(outer[1][1])))
    signers = [one for one in inside if one[0] == 0x31][-1]
    info = list(_elements(next(iter(_elements(signers[1])))[1]))
    hash_name = _HASHES.get(next(iter(_elements(info[2][1])))[1], "")
    attributes = next((one[1] for one in info if one[0] == 0xA0), None)
    certificates = next((one[1] for one in inside if one[0] == 0xA0), b"")
    address = _EMAIL.search(certificates)
    signer = address[0].decode() if address else ""
    if not hash_name:
        return SealedFacts(kind="S/MIME", signer=signer, problem="an unknown hash")
    own = hashlib.new(hash_name, _content(inside) if content is None else content, usedforsecurity=False).digest()
    signed = own
    if attributes is not None:
        whole = b"\x31" + _length(len(attributes)) + attributes
        signed = hashlib.new(hash_name, whole, usedforsecurity=False).digest()
    return SealedFacts(
        kind="S/MIME",
        signer=signer,
        signer_id=_signer_id(info[1]),
        hash=hash_name,
        content_same=attributes is None or _digest_said(attributes) == own,
        digest=signed.hex(),
        signature=next(one for one in reversed(info) if one[0] == 0x04)[1].hex(),
    )


def _content(inside: Sequence[tuple[int, bytes]]) -> bytes:
    """The part that stands inside. Raises StopIteration where there is none."""
    kind, *wrapped = _elements(next(one[1] for one in inside if one[0] == 0x30))
    if kind[0] != 0x06 or not wrapped:
        raise NotAKey("no content inside")
    return next(iter(_elements(wrapped[0][1])))[1]


def _signer_id(said: tuple[int, bytes]) -> str:
    """Issuer and serial number that a signer is named by; "" where it is named in another way."""
    tag, value = said
    if tag != 0x30:
        return ""
    issuer, serial = list(_elements(value))[:2]
    return f"{issuer[1].hex()}:{serial[1].hex()}"


def _digest_said(attributes: bytes) -> bytes:
    for _, attribute in _elements(attributes):
        parts = list(_elements(attribute))
        if parts[0][1] == _MESSAGE_DIGEST:
            return next(iter(_elements(parts[1][1])))[1]
    return b""


# --- with certificates ------------------------------------------------------------------------------------------------------


def state(facts: SealedFacts, certificates: Sequence[bytes]) -> tuple[SealedState, str]:
    """The state of a signature that could be read, and what is missing to say more. Never raises."""
    if not facts.content_same:
        return "signature_differs", ""
    tried = [_verifies(facts, each) for each in certificates]
    if any(one is True for one in tried):
        return "verifies", ""
    if any(one is None for one in tried):
        return "needs", "a program that knows its kind of key"
    named = facts.signer_id and any(_is_named(facts, each) for each in certificates)
    return ("signature_differs", "") if named else ("no_key", "")


def _verifies(facts: SealedFacts, certificate: bytes) -> bool | None:
    """Whether it does; None where the named signer's key is of a kind that is not known here."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

    chosen = getattr(hashes, facts.hash.upper())()
    done = utils.Prehashed(chosen)
    signature, digest = bytes.fromhex(facts.signature), bytes.fromhex(facts.digest)
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        if isinstance(key, rsa.RSAPublicKey):
            for filling in (padding.PKCS1v15(), padding.PSS(padding.MGF1(chosen), padding.PSS.AUTO)):
                with suppress(InvalidSignature):
                    key.verify(signature, digest, filling, done)
                    return True
            return False
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ec.ECDSA(done))
            return True
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return None if _is_named(facts, certificate) else False


def _is_named(facts: SealedFacts, certificate: bytes) -> bool:
    """Is this the certificate that the signature names as its signer's?"""
    from cryptography import x509

    try:
        own = x509.load_der_x509_certificate(certificate)
        issuer = element(own.issuer.public_bytes(), 0)[0][1]
    except (ValueError, TypeError):
        return False
    size = own.serial_number.bit_length() // 8 + 1
    return facts.signer_id == f"{issuer.hex()}:{own.serial_number.to_bytes(size, 'big', signed=True).hex()}"


# --- DER ----------------------------------------------------------------------------------------------------------------------


def _der(raw: bytes) -> bytes:
    """The bytes of a signature, decoded from base64 and written with definite lengths where they are not."""
    plain = raw if raw[:1] == b"\x30" else lenient_base64(raw)[0]
    return _definite(plain, 0, _DEEPEST)[0] if plain[1:2] == b"\x80" else plain


def _definite(data: bytes, at: int, deepest: int) -> tuple[bytes, int]:
    """(an element with a definite length, where the next one begins): programs that sign while they send write BER (X.690,
    8.1.3.6). Strings in pieces are joined. Raises NotAKey or IndexError."""
    tag = data[at]
    if not deepest:
        raise NotAKey("too deep")
    if data[at + 1] != 0x80:
        (_, content), after = element(data, at)
        if not tag & 0x20:
            return data[at:after], after
        inner, end = at + (after - at - len(content)), after
    else:
        inner, end = at + 2, -1
    pieces: list[bytes] = []
    while inner != end and data[inner : inner + 2] != b"\0\0":
        piece, inner = _definite(data, inner, deepest - 1)
        pieces.append(piece)
    after = inner if end >= 0 else inner + 2
    if tag == 0x24:
        tag, pieces = 0x04, [element(piece, 0)[0][1] for piece in pieces]
    content = b"".join(pieces)
    return bytes((tag,)) + _length(len(content)) + content, after


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        one, at = element(data, at)
        yield one


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(raw),)) + raw
