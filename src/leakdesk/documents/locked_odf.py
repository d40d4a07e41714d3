"""OpenDocument files under a password ([OpenDocument 1.2] part 3, 3.4): decrypted with the given ones, member by member.

Each member is deflated, then encrypted with a key of its own; a checksum over its first kilobyte tells a wrong password. Known
are AES in CBC mode and Blowfish in CFB mode, as every program wrote them until 2023; newer packages stay locked.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leakdesk.documents.packages import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHECKED = 1024
_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class _Lock:
    """How one member is encrypted."""

    name: str
    cipher: str
    vector: bytes
    salt: bytes
    rounds: int
    key_size: int
    start: str
    checksum: bytes
    check: str


def unlocked_package(package: Package, passwords: Sequence[str]) -> bytes | None:
    """The package with all members decrypted; None where no password fits, or the way of locking is not known."""
    root = package.xml("META-INF/manifest.xml")
    locks = {lock.name: lock for lock in map(_lock, root.iter("{*}file-entry") if root is not None else ()) if lock}
    for password in passwords if locks else ():
        made = _decrypted(package, locks, password)
        if made is not None:
            return made
    return None


def _decrypted(package: Package, locks: dict[str, _Lock], password: str) -> bytes | None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in package.names:
            content = package.read(name)
            lock = locks.get(name)
            if name == "META-INF/manifest.xml" or content is None:
                continue
            opened = content if lock is None else _opened(content, lock, password)
            if opened is None:
                return None
            archive.writestr(name, opened)
    return out.getvalue()


def _opened(content: bytes, lock: _Lock, password: str) -> bytes | None:
    try:
        plain = _plain(content, lock, _key(lock, password))
        if hashlib.new(lock.check, plain[:_CHECKED]).digest() != lock.checksum:
            return None
        return zlib.decompressobj(-15).decompress(plain, _LARGEST)
    except (ValueError, zlib.error):
        return None


def _key(lock: _Lock, password: str) -> bytes:
    start = hashlib.new(lock.start, password.encode()).digest()
    return hashlib.pbkdf2_hmac("sha1", start, lock.salt, lock.rounds, lock.key_size)


def _plain(content: bytes, lock: _Lock, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if lock.cipher == "aes":
        whole = content[: len(content) // 16 * 16]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(lock.vector)).decryptor()
        padded = decryptor.update(whole) + decryptor.finalize()
        return padded[: len(padded) - padded[-1]] if padded and padded[-1] <= 16 else padded
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
    from cryptography.hazmat.decrepit.ciphers.modes import CFB

    decryptor = Cipher(Blowfish(key), CFB(lock.vector)).decryptor()
    return decryptor.update(content) + decryptor.finalize()


def _lock(entry: _Element) -> _Lock | None:
    data = next(entry.iter("{*}encryption-data"), None)
    if data is None:
        return None
    algorithm = _values(next(data.iter("{*}algorithm"), None))
    derivation = _values(next(data.iter("{*}key-derivation"), None))
    start = _values(next(data.iter("{*}start-key-generation"), None))
    given = _values(data)
    try:
        return _Lock(
            name=_values(entry)["full-path"],
            cipher="aes" if "aes" in algorithm["algorithm-name"].lower() else "blowfish",
            vector=base64.b64decode(algorithm["initialisation-vector"]),
            salt=base64.b64decode(derivation["salt"]),
            rounds=min(int(derivation["iteration-count"]), 2_000_000),
            key_size=int(derivation.get("key-size", "16")),
            start="sha256" if "sha256" in start.get("start-key-generation-name", "").lower() else "sha1",
            checksum=base64.b64decode(given["checksum"]),
            check="sha256" if "sha256" in given["checksum-type"].lower() else "sha1",
        )
    except (KeyError, ValueError, binascii.Error):
        return None


def _values(element: _Element | None) -> dict[str, str]:
    items = element.items() if element is not None else []
    return {str(name).rpartition("}")[2]: str(value) for name, value in items}
