"""OpenPGP signatures (RFC 9580, versions 3, 4 and 6): read from a letter, and checked with supplied public keys.

The digest that was signed follows from the part and the signature alone, so it is computed in the box; a key is needed only
to compare it afterwards, and no text has to leave the box for that. Whose key it is, whether it was revoked or ran out, and
who vouches for it is not looked at, and the sentence says so.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leakdesk.authenticity.rsa import DIGEST_INFO, ed25519_verifies, rsa_verifies
from leakdesk.authenticity.seal_facts import SealedFacts, SealedState
from leakdesk.documents.headers import lenient_base64

_HASHES = {1: "md5", 2: "sha1", 8: "sha256", 9: "sha384", 10: "sha512", 11: "sha224", 12: "sha3_256", 14: "sha3_512"}
_RSA, _DSA, _ECDSA, _EDDSA, _ED25519 = frozenset({1, 3}), 17, 19, 22, 27
#: Kinds of keys whose public half is a fixed number of bytes and not numbers, and the bytes of their signatures.
_FIXED = {_ED25519: 64, 28: 114}
#: Object identifier of a curve -> its name in the library.
_CURVES = {
    bytes.fromhex("2a8648ce3d030107"): "SECP256R1",
    bytes.fromhex("2b81040022"): "SECP384R1",
    bytes.fromhex("2b81040023"): "SECP521R1",
    bytes.fromhex("2b8104000a"): "SECP256K1",
    bytes.fromhex("2b2403030208010107"): "BrainpoolP256R1",
    bytes.fromhex("2b240303020801010b"): "BrainpoolP384R1",
    bytes.fromhex("2b240303020801010d"): "BrainpoolP512R1",
}
_ED25519_CURVE = bytes.fromhex("2b06010401da470f01")
_SIGNATURE, _KEY, _SUBKEY = 2, 6, 14
_BEGIN, _END = b"-----BEGIN PGP SIGNATURE-----", b"-----END PGP SIGNATURE-----"
SIGNED_MESSAGE = b"-----BEGIN PGP SIGNED MESSAGE-----"
_ARMOURED_KEYS = re.compile(rb"-----BEGIN PGP PUBLIC KEY BLOCK-----(.*?)-----END PGP PUBLIC KEY BLOCK-----", re.DOTALL)
#: A text signature is over the text with these line ends (RFC 9580, 5.2.1.2).
_ANY_LINE_END = re.compile(rb"\r\n|\r|\n")


class _Broken(ValueError):
    """These bytes are no packet of the kind that was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PgpKey:
    """A public key or subkey: its id (16 hexadecimal digits), the number of its kind, and its numbers; for curves `curve` and
    the point are in `point`."""

    id: str
    algorithm: int
    numbers: tuple[int, ...] = ()
    curve: bytes = b""
    point: bytes = b""


# --- signatures ---------------------------------------------------------------------------------------------------------------


def read_detached(raw: bytes, content: bytes) -> SealedFacts:
    """A signature beside its part (RFC 3156): `content` with CRLF line ends. Never raises."""
    return _read(_unarmoured(raw), content, cleartext=False)


def read_cleartext(text: bytes) -> SealedFacts:
    """A text between the lines of a signed message (RFC 9580, 7). Never raises."""
    _, _, after = text.partition(SIGNED_MESSAGE)
    inside, _, block = after.partition(_BEGIN)
    lines = _ANY_LINE_END.sub(b"\n", inside).split(b"\n")[1:]
    while lines and lines[0].strip():  # the armour's own headers, up to an empty line
        lines.pop(0)
    said = [line.removeprefix(b"- ").rstrip(b" \t") for line in lines[1:-1]]
    return _read(_unarmoured(_BEGIN + block), b"\r\n".join(said), cleartext=True)


def _unarmoured(raw: bytes) -> bytes:
    if _BEGIN not in raw:
        return raw
    body = _ANY_LINE_END.sub(b"\n", raw.partition(_BEGIN)[2].partition(_END)[0])
    _, _, coded = body.partition(b"\n\n")
    return lenient_base64(re.sub(rb"\n=[A-Za-z0-9+/]{4}\s*$", b"", coded or body))[0]


def _read(raw: bytes, content: bytes, *, cleartext: bool) -> SealedFacts:
    try:
        kind, packet = next(_packets(raw))
        if kind != _SIGNATURE:
            raise _Broken
        return _old(packet, content) if packet[0] == 3 else _new(packet, content, cleartext)
    except (_Broken, IndexError, StopIteration):
        return SealedFacts(kind="OpenPGP", problem="its structure cannot be read")


def _new(packet: bytes, content: bytes, cleartext: bool) -> SealedFacts:
    """Versions 4 and 6."""
    version, shape, algorithm, hash_id = packet[:4]
    if version not in (4, 6):
        raise _Broken
    wide = 4 if version == 6 else 2
    hashed, at = _sized(packet, 4, wide)
    signed = packet[:at]
    loose, at = _sized(packet, at, wide)
    at += 2  # the first two bytes of the digest
    salt, at = _sized(packet, at, 1) if version == 6 else (b"", at)
    made, signer = _said(hashed, loose)
    text = _ANY_LINE_END.sub(b"\r\n", content) if shape == 1 or cleartext else content
    end = bytes((version, 0xFF)) + len(signed).to_bytes(4, "big")
    return SealedFacts(
        kind="OpenPGP",
        signer=signer,
        made=made,
        hash=_HASHES.get(hash_id, ""),
        algorithm=algorithm,
        digest=_digest(hash_id, salt, text, signed, end),
        numbers=_signed_numbers(algorithm, packet[at:]),
    )


def _old(packet: bytes, content: bytes) -> SealedFacts:
    """Version 3, as programs of the nineties wrote it."""
    shape, made, signer = packet[2], int.from_bytes(packet[3:7], "big"), packet[7:15].hex().upper()
    algorithm, hash_id = packet[15], packet[16]
    text = _ANY_LINE_END.sub(b"\r\n", content) if shape == 1 else content
    return SealedFacts(
        kind="OpenPGP",
        signer=signer,
        made=made,
        hash=_HASHES.get(hash_id, ""),
        algorithm=algorithm,
        digest=_digest(hash_id, text, packet[2:7]),
        numbers=_signed_numbers(algorithm, packet[19:]),
    )


def _digest(hash_id: int, *pieces: bytes) -> str:
    name = _HASHES.get(hash_id)
    if name is None:
        return ""
    made = hashlib.new(name, usedforsecurity=False)
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()


def _signed_numbers(algorithm: int, raw: bytes) -> tuple[str, ...]:
    if algorithm in _FIXED:
        return (raw[: _FIXED[algorithm]].hex(),)
    try:
        return tuple(f"{number:x}" for number in _numbers(raw, 1 if algorithm in _RSA else 2))
    except _Broken:
        return ()  # who signed and when is still said


def _said(hashed: bytes, loose: bytes) -> tuple[int | None, str]:
    """When a signature says it was made, and the id of its key."""
    made: int | None = None
    key = ""
    for kind, value in (*_subpackets(hashed), *_subpackets(loose)):
        if kind == 2 and made is None:
            made = int.from_bytes(value[:4], "big")
        elif kind == 16:
            key = key or value[:8].hex().upper()
        elif kind == 33 and len(value) > 8:  # the whole fingerprint; its last (version 6: first) eight bytes are the id
            key = key or (value[1:9] if value[0] == 6 else value[-8:]).hex().upper()
    return made, key


# --- keys ---------------------------------------------------------------------------------------------------------------------


def armoured_keys(data: bytes) -> Iterator[tuple[int, tuple[PgpKey, ...]]]:
    """The keys of each public key block in a file, with the byte where the block begins; none where it cannot be read."""
    for block in _ARMOURED_KEYS.finditer(data):
        body = _ANY_LINE_END.sub(b"\n", block[1])
        _, _, coded = body.partition(b"\n\n")
        try:
            raw = base64.b64decode(re.sub(rb"\n=[A-Za-z0-9+/]{4}\s*$", b"", coded), validate=False)
        except (binascii.Error, ValueError):
            raw = b""
        yield block.start(), tuple(_keys(raw))


def _keys(raw: bytes) -> Iterator[PgpKey]:
    try:
        for kind, packet in _packets(raw):
            if kind in (_KEY, _SUBKEY) and packet[:1] in (b"\4", b"\6"):
                yield _key(packet)
    except (_Broken, IndexError):
        return


def _key(packet: bytes) -> PgpKey:
    version, algorithm = packet[0], packet[5]
    size = len(packet)
    if version == 6:
        body = packet[10:]
        identity = hashlib.sha256(b"\x9b" + size.to_bytes(4, "big") + packet).digest()[:8]
    else:
        body = packet[6:]
        sha1 = hashlib.sha1(b"\x99" + size.to_bytes(2, "big") + packet, usedforsecurity=False)
        identity = sha1.digest()[-8:]
    name = identity.hex().upper()
    if algorithm in _FIXED:
        return PgpKey(id=name, algorithm=algorithm, point=body)
    if algorithm in (_ECDSA, _EDDSA):
        curve = body[1 : 1 + body[0]]
        number = next(_numbers(body[1 + body[0] :], 1))
        return PgpKey(id=name, algorithm=algorithm, curve=curve, point=_bytes(number))
    count = {_DSA: 4}.get(algorithm, 2 if algorithm in _RSA else 0)
    return PgpKey(id=name, algorithm=algorithm, numbers=tuple(_numbers(body, count)))


# --- a signature and keys -----------------------------------------------------------------------------------------------------


def state(facts: SealedFacts, keys: Sequence[PgpKey]) -> tuple[SealedState, str]:
    """The state of a signature that could be read, and what is missing to say more."""
    named = [key for key in keys if facts.signer in ("", key.id)]
    if not named:
        return "no_key", ""
    if not facts.digest:
        return "needs", "an OpenPGP program that knows its hash"
    able = [key for key in named if _can(facts, key)]
    if any(_verifies(facts, key) for key in able):
        return "verifies", ""
    if not able:
        return "needs", "an OpenPGP program that knows its kind of key"
    return ("signature_differs", "") if facts.signer else ("no_key", "")


def _can(facts: SealedFacts, key: PgpKey) -> bool:
    if facts.algorithm in _RSA:
        return key.algorithm in _RSA and facts.hash in DIGEST_INFO
    if facts.algorithm != key.algorithm:
        return False
    if key.algorithm == _ECDSA:
        return key.curve in _CURVES
    return key.algorithm in (_DSA, _ED25519) or (key.algorithm == _EDDSA and key.curve == _ED25519_CURVE)


def _verifies(facts: SealedFacts, key: PgpKey) -> bool:
    digest = bytes.fromhex(facts.digest)
    try:
        if key.algorithm in _RSA:
            signature = _bytes(int(facts.numbers[0], 16))
            return rsa_verifies(key.numbers[0], key.numbers[1], signature, digest, facts.hash)
        if key.algorithm == _ED25519:
            return ed25519_verifies(key.point[:32], bytes.fromhex(facts.numbers[0]), digest)
        r, s = (int(number, 16) for number in facts.numbers)
        if key.algorithm == _EDDSA:
            return ed25519_verifies(key.point[1:], r.to_bytes(32, "big") + s.to_bytes(32, "big"), digest)
        return _by_library(key, r, s, digest, facts.hash)
    except (IndexError, OverflowError, ValueError):
        return False


def _by_library(key: PgpKey, r: int, s: int, digest: bytes, hash_name: str) -> bool:
    """DSA and ECDSA. Raises ValueError for numbers that are no key."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, utils

    signature = utils.encode_dss_signature(r, s)
    done = utils.Prehashed(getattr(hashes, hash_name.upper())())
    try:
        if key.algorithm == _DSA:
            p, q, g, y = key.numbers
            numbers = dsa.DSAPublicNumbers(y, dsa.DSAParameterNumbers(p, q, g))
            numbers.public_key().verify(signature, digest, done)
        else:
            curve = getattr(ec, _CURVES[key.curve])()
            ec.EllipticCurvePublicKey.from_encoded_point(curve, key.point).verify(signature, digest, ec.ECDSA(done))
    except (InvalidSignature, UnsupportedAlgorithm, AttributeError):
        return False
    return True


# --- packets ------------------------------------------------------------------------------------------------------------------


def _packets(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of each packet, old and new headers. Raises _Broken or IndexError where the bytes are none."""
    at = 0
    while at < len(raw):
        tag = raw[at]
        if not tag & 0x80:
            raise _Broken
        if tag & 0x40:
            kind = tag & 0x3F
            size, at = _length(raw, at + 1)
        else:
            kind, width = (tag >> 2) & 0x0F, 1 << (tag & 3)
            if width == 8:  # up to the end of the data
                size, at = len(raw) - at - 1, at + 1
            else:
                size, at = int.from_bytes(raw[at + 1 : at + 1 + width], "big"), at + 1 + width
        if at + size > len(raw):
            raise _Broken
        yield kind, raw[at : at + size]
        at += size


def _length(raw: bytes, at: int) -> tuple[int, int]:
    """(size, where it begins) of a new packet or subpacket. Raises _Broken for one in pieces, which no signature or key is."""
    first = raw[at]
    if first < 192:
        return first, at + 1
    if first < 224:
        return ((first - 192) << 8) + raw[at + 1] + 192, at + 2
    if first == 255:
        return int.from_bytes(raw[at + 1 : at + 5], "big"), at + 5
    raise _Broken


def _subpackets(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(raw):
        size, at = _length(raw, at)
        if size < 1:
            raise _Broken
        yield raw[at] & 0x7F, raw[at + 1 : at + size]
        at += size


def _sized(raw: bytes, at: int, width: int) -> tuple[bytes, int]:
    """(bytes after their own count, where the next begins). Raises _Broken where they are cut short."""
    start = at + width
    end = start + int.from_bytes(raw[at:start], "big")
    if end > len(raw):
        raise _Broken
    return raw[start:end], end


def _numbers(raw: bytes, count: int) -> Iterator[int]:
    """Numbers with their count of bits before them. Raises _Broken where they are cut short."""
    at = 0
    for _ in range(count):
        size = (int.from_bytes(raw[at : at + 2], "big") + 7) // 8
        if not size or at + 2 + size > len(raw):
            raise _Broken
        yield int.from_bytes(raw[at + 2 : at + 2 + size], "big")
        at += 2 + size


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
