"""Members of zips that are locked with AES (WinZip's AE-1 and AE-2), which the standard library does not open.

The format: salt, two bytes that tell a wrong password at once, AES in counter mode (little-endian, from 1), and ten bytes of
HMAC-SHA1 over what is encrypted. Keys are PBKDF2-HMAC-SHA1 of the password, 1,000 rounds.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import IO
from zipfile import ZipInfo

#: The compression method that says "AES"; the true one stands in the extra field.
METHOD = 99
_EXTRA = 0x9901
_ROUNDS = 1000
_AUTHENTICATION = 10
_BLOCK = 16
_PIECE = 1 << 18
_LARGEST_OUT = 4 * _PIECE


class Locked(RuntimeError):
    """No password opens it, or it is locked in a way that is not known."""


def pieces(file: IO[bytes], info: ZipInfo, passwords: Sequence[str]) -> Iterator[bytes]:
    """The bytes of a member. Raises Locked; zlib.error or EOFError for a damaged one."""
    strength, method = _how(info)
    start = _data_start(file, info)
    key_size, salt_size = 8 + 8 * strength, 4 + 4 * strength
    file.seek(start)
    salt, check = file.read(salt_size), file.read(2)
    length = info.compress_size - salt_size - 2 - _AUTHENTICATION
    if length < 0 or method not in (0, 8):
        raise Locked("not a locked member that is known")
    for password in passwords:
        derived = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, 2 * key_size + 2)
        if derived[-2:] == check:
            yield from _opened(file, start + salt_size + 2, length, derived, method)
            return
    raise Locked("no password opens it")


def _how(info: ZipInfo) -> tuple[int, int]:
    """(strength 1 to 3, compression method) from the extra field."""
    at = 0
    while at + 4 <= len(info.extra):
        kind, size = struct.unpack_from("<HH", info.extra, at)
        if kind == _EXTRA and size >= 7:
            strength, method = struct.unpack_from("<BH", info.extra, at + 8)
            if 1 <= strength <= 3:
                return strength, method
        at += 4 + size
    raise Locked("needs a password and strong encryption")


def _data_start(file: IO[bytes], info: ZipInfo) -> int:
    file.seek(info.header_offset)
    header = file.read(30)
    if len(header) < 30:
        raise EOFError
    name, extra = struct.unpack_from("<HH", header, 26)
    return info.header_offset + 30 + name + extra


def _opened(file: IO[bytes], start: int, length: int, derived: bytes, method: int) -> Iterator[bytes]:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    half = (len(derived) - 2) // 2
    # ECB over the counters is counter mode: the format counts little-endian, which no library does.
    blocks = Cipher(algorithms.AES(derived[:half]), modes.ECB()).encryptor()  # noqa: S305
    seal = hmac.new(derived[half : 2 * half], digestmod=hashlib.sha1)
    engine = zlib.decompressobj(-15) if method == 8 else None
    counter, left = 1, length
    while left:
        file.seek(start + length - left)
        data = file.read(min(_PIECE, left))
        if not data:
            raise EOFError
        left -= len(data)
        seal.update(data)
        count = -(-len(data) // _BLOCK)
        stream = blocks.update(b"".join(n.to_bytes(_BLOCK, "little") for n in range(counter, counter + count)))
        counter += count
        plain = (int.from_bytes(data) ^ int.from_bytes(stream[: len(data)])).to_bytes(len(data))
        while plain:
            piece = engine.decompress(plain, _LARGEST_OUT) if engine else plain
            plain = engine.unconsumed_tail if engine else b""
            yield piece
    file.seek(start + length)
    if seal.digest()[:_AUTHENTICATION] != file.read(_AUTHENTICATION):
        raise zlib.error("the seal of the member differs")
