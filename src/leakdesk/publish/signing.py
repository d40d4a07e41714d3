"""Ed25519 signatures in OpenSSH's formats, so that anybody with `ssh-keygen` can check them without us.

The key's comment is blank: `user@host` would be a leak. Keys with a passphrase are refused with the way out.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
)

from leakdesk.errors import UsageError

NAMESPACE = "leakdesk-pack-v1"
_HASH = "sha512"


class SigningKeyUnusable(UsageError):
    """This key cannot sign a pack. Make an Ed25519 key without passphrase: ssh-keygen -t ed25519 -N '' -C '' -f KEY."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """An Ed25519 private key; `secret` is its 32-byte seed."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError("an Ed25519 seed has 32 bytes")

    @property
    def public(self) -> bytes:
        """The 32-byte public key."""
        return self._private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def line(self) -> str:
        """The public key as OpenSSH writes it, without a comment."""
        return "ssh-ed25519 " + base64.b64encode(_public_blob(self.public)).decode()

    @property
    def fingerprint(self) -> str:
        """SHA256:... as `ssh-keygen -l` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(_public_blob(self.public)).digest()).decode().rstrip("=")

    def sign(self, message: bytes) -> bytes:
        """The armoured SSHSIG over `message` in the namespace of packs, as `ssh-keygen -Y sign` writes it."""
        inner = _string(_HASH.encode()) + _string(hashlib.sha512(message).digest())
        signed = b"SSHSIG" + _string(NAMESPACE.encode()) + _string(b"") + inner
        signature = _string(b"ssh-ed25519") + _string(self._private().sign(signed))
        blob = b"SSHSIG" + struct.pack(">I", 1) + _string(_public_blob(self.public)) + _string(NAMESPACE.encode())
        blob += _string(b"") + _string(_HASH.encode()) + _string(signature)
        body = base64.b64encode(blob).decode()
        lines = [body[at : at + 70] for at in range(0, len(body), 70)]
        return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()

    def openssh(self) -> bytes:
        """The private key file, with a blank comment. The caller writes it with mode 0600."""
        return self._private().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


def read_key(data: bytes) -> SigningKey:
    """The signing key in an OpenSSH private key file. Raises SigningKeyUnusable with the reason."""
    try:
        key = load_ssh_private_key(data, password=None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise SigningKeyUnusable("it is protected by a passphrase or of a kind not known here") from error
    except ValueError as error:
        raise SigningKeyUnusable("this is no OpenSSH private key file") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyUnusable("it is not an Ed25519 key")
    return SigningKey(secret=key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))


def _public_blob(public: bytes) -> bytes:
    return _string(b"ssh-ed25519") + _string(public)


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value
