"""The arithmetic of a signature: RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2) and Ed25519 over a digest that is known already.

RSA is computed here, not by the `cryptography` library, because mail of earlier years is signed with keys (384 to 1023
bits) that the library refuses to load, and checking is one modular power and a comparison of every byte. Ed25519 is the
library's. Nothing here is secret, so no timing matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

#: RFC 8017, 9.2, note 1: what stands before each digest.
DIGEST_INFO: Mapping[str, bytes] = {
    "sha1": bytes.fromhex("3021300906052b0e03021a05000414"),
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
    "sha384": bytes.fromhex("3041300d060960864801650304020205000430"),
    "sha512": bytes.fromhex("3051300d060960864801650304020305000440"),
}
_RSA_OID = bytes.fromhex("06092a864886f70d010101")
#: Keys beyond these are nobody's: a modulus of 64 kbit would only cost time.
LARGEST_MODULUS, LARGEST_EXPONENT = 16_384, 1 << 64
SMALLEST_MODULUS = 256


class NotAKey(ValueError):
    """These bytes are no RSA public key; the message says why."""


@lru_cache(maxsize=4096)
def rsa_numbers(data: bytes) -> tuple[int, int]:
    """(modulus, exponent) of a SubjectPublicKeyInfo, or of a bare RSAPublicKey as some domains publish. Raises NotAKey."""
    try:
        outer = sequence(data)
        first, after = element(outer, 0)
        if first[0] == 0x30:  # SubjectPublicKeyInfo: AlgorithmIdentifier, BIT STRING
            if not first[1].startswith(_RSA_OID):
                raise NotAKey("another kind of key than RSA")
            bits, _ = element(outer, after)
            if bits[0] != 0x03 or bits[1][:1] != b"\0":
                raise NotAKey("no key inside")
            outer = sequence(bits[1][1:])
            first, after = element(outer, 0)
        second, _ = element(outer, after)
        if first[0] != 0x02 or second[0] != 0x02:
            raise NotAKey("no two numbers inside")
        modulus, exponent = int.from_bytes(first[1], "big"), int.from_bytes(second[1], "big")
    except IndexError:
        raise NotAKey("it is cut short") from None
    if not SMALLEST_MODULUS <= modulus.bit_length() <= LARGEST_MODULUS or modulus % 2 == 0:
        raise NotAKey("its modulus cannot be used")
    if not 3 <= exponent < LARGEST_EXPONENT or exponent % 2 == 0:
        raise NotAKey("its exponent cannot be used")
    return modulus, exponent


def rsa_verifies(modulus: int, exponent: int, signature: bytes, digest: bytes, hash_name: str) -> bool:
    """Whether the signature is the one and only encoding of this digest under this key."""
    size = (modulus.bit_length() + 7) // 8
    tail = b"\0" + DIGEST_INFO[hash_name] + digest
    if len(signature) > size or size < len(tail) + 10:
        return False
    number = int.from_bytes(signature, "big")
    if number >= modulus:
        return False
    wanted = b"\0\1" + b"\xff" * (size - 2 - len(tail)) + tail
    return pow(number, exponent, modulus).to_bytes(size, "big") == wanted


def ed25519_verifies(key: bytes, signature: bytes, message: bytes) -> bool:
    """RFC 8032, by the library; a key or signature of the wrong shape does not verify."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sequence(data: bytes) -> bytes:
    """What is inside a DER sequence. Raises NotAKey."""
    (tag, content), end = element(data, 0)
    if tag != 0x30 or end > len(data):
        raise NotAKey("no sequence")
    return content


def element(data: bytes, at: int) -> tuple[tuple[int, bytes], int]:
    """((tag, content), where the next one begins) of the DER element at `at`."""
    tag, first = data[at], data[at + 1]
    start = at + 2
    if first & 0x80:
        count = first & 0x7F
        if not 1 <= count <= 4:
            raise NotAKey("a length that cannot be")
        first = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + first > len(data):
        raise NotAKey("it is cut short")
    return (tag, data[start : start + first]), start + first
