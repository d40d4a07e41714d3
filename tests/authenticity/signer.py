"""Signs test letters: RSA by dkimpy (another's code, so that a shared mistake is not hidden), Ed25519 as RFC 8463 says."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leakdesk.authenticity import fields as f
from leakdesk.authenticity.keys import KeyRecord, KeyTable

DOMAIN, SELECTOR = "brewery.example", "s2031"
COVERED = (b"from", b"to", b"subject", b"date", b"message-id")
LETTER = (
    b"Received: from mx.brewery.example (mx.brewery.example [192.0.2.7])\r\n"
    b"\tby mail.depot.example with ESMTPS id 7F3A; Mon, 3 Mar 2031 09:40:09 +0000\r\n"
    b"From: Ilse Morrant <morrant@brewery.example>\r\nTo: Oskar Vellin <vellin@depot.example>\r\n"
    b"Subject: Nine valves\r\nDate: Mon, 3 Mar 2031 09:40:00 +0000\r\nMessage-ID: <a1.b2@brewery.example>\r\n"
    b"X-Note: one\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Nine valves  arrived today.\r\nThe crane is  repaired. \r\n\r\nIlse\r\n\r\n\r\n"
)


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def _pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )


def record(bits: int = 2048) -> str:
    public = rsa_key(bits).public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    return "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()


def sign(
    message: bytes = LETTER,
    *,
    covers: tuple[bytes, ...] = COVERED,
    canon: str = "relaxed/relaxed",
    algorithm: str = "rsa-sha256",
    length: bool = False,
    bits: int = 2048,
    domain: str = DOMAIN,
) -> bytes:
    head, body = canon.encode().split(b"/")
    line = dkim.sign(
        message,
        SELECTOR.encode(),
        domain.encode(),
        _pem(rsa_key(bits)),
        canonicalize=(head, body),
        signature_algorithm=algorithm.encode(),
        include_headers=list(covers),
        length=length,
    )
    return line + message


@cache
def ed_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"a test key").digest())


def ed_record() -> str:
    public = ed_key().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return "v=DKIM1; k=ed25519; p=" + base64.b64encode(public).decode()


def sign_ed(message: bytes = LETTER) -> bytes:
    body = message.partition(b"\r\n\r\n")[2]
    bh = base64.b64encode(hashlib.sha256(f.relaxed_body(body)).digest()).decode()
    names = b":".join(COVERED).decode()
    line = f"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d={DOMAIN}; s={SELECTOR}; h={names};\r\n bh={bh}; b="
    cut = f.split(message)
    signed = b"".join(f.relaxed_field(cut.raw(cut.named(name.decode())[-1])) + b"\r\n" for name in COVERED)
    digest = hashlib.sha256(signed + f.relaxed_field(line.encode())).digest()
    return (line + base64.b64encode(ed_key().sign(digest)).decode() + "\r\n").encode() + message


def table(*records: str, name: str = SELECTOR, domain: str = DOMAIN, **more: str) -> KeyTable:
    made = KeyTable()
    made.add([KeyRecord(selector=name, domain=domain, record=each, **more) for each in records or (record(),)])
    return made
