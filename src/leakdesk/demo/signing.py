"""DKIM signatures (RFC 6376, rsa-sha256, relaxed/relaxed) with the throw-away key of the demo.

Written out instead of using a library because a library stamps the time of signing, and the parcel knows no clock.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache

from leakdesk.demo.sources import source_table

_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_RSA_INFO = bytes.fromhex("300d06092a864886f70d0101010500")


@cache
def _key() -> tuple[int, int, int]:
    table = source_table("signing_key.toml")
    number = lambda name: int(re.sub(r"\s", "", str(table[name])), 16)  # noqa: E731
    return number("modulus"), number("exponent"), number("private_exponent")


def sign(message: bytes, domain: str, selector: str, covers: Sequence[str], stamp: int) -> bytes:
    """The DKIM-Signature line for a message with CRLF line ends; it goes before all other lines."""
    head, _, body = message.partition(b"\r\n\r\n")
    digest = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode()
    fields = (
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector};\r\n"
        f"\tt={stamp}; h={':'.join(covers)};\r\n\tbh={digest};\r\n\tb="
    )
    signed = b"".join(relaxed_field(field) + b"\r\n" for field in _chosen(head, covers))
    signed += relaxed_field(fields.encode())
    signature = base64.b64encode(_rsa(hashlib.sha256(signed).digest())).decode()
    folded = "\r\n\t ".join(signature[at : at + 72] for at in range(0, len(signature), 72))
    return (fields + folded + "\r\n").encode()


def key_record() -> str:
    """What the domain would publish."""
    return "v=DKIM1; k=rsa; p=" + base64.b64encode(_public_key()).decode()


def relaxed_body(body: bytes) -> bytes:
    """Blanks folded, empty lines at the end dropped (RFC 6376, 3.4.4)."""
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    text = b"\r\n".join(lines).rstrip(b"\r\n")
    return text + b"\r\n" if text else b""


def relaxed_field(field: bytes) -> bytes:
    """Name in lower case, blanks folded (RFC 6376, 3.4.2)."""
    name, _, value = field.partition(b":")
    value = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.strip().lower() + b":" + value


def _chosen(head: bytes, covers: Sequence[str]) -> list[bytes]:
    fields = re.split(rb"\r\n(?![ \t])", head)
    by_name = {field.partition(b":")[0].lower().decode(): field for field in fields}
    return [by_name[name] for name in covers if name in by_name]


def _rsa(digest: bytes) -> bytes:
    """PKCS #1 v1.5: no chance in it, so the signature is the same every time."""
    modulus, _, private = _key()
    size = (modulus.bit_length() + 7) // 8
    tail = b"\0" + _SHA256_INFO + digest
    block = b"\0\1" + b"\xff" * (size - 2 - len(tail)) + tail
    return pow(int.from_bytes(block, "big"), private, modulus).to_bytes(size, "big")


def _public_key() -> bytes:
    modulus, exponent, _ = _key()
    pair = _der(0x30, _der_number(modulus) + _der_number(exponent))
    return _der(0x30, _RSA_INFO + _der(0x03, b"\0" + pair))


def _der(tag: int, data: bytes) -> bytes:
    size = len(data)
    if size < 0x80:
        return bytes([tag, size]) + data
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + data


def _der_number(value: int) -> bytes:
    return _der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))
