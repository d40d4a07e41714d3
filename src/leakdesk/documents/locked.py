"""Office files under a password: opened with the given ones, or named as locked."""

from __future__ import annotations

import io
from typing import Any

from leakdesk.documents.hints import ReaderHints

LOCKED = "locked: needs password"


def unlocked(data: bytes, hints: ReaderHints) -> bytes | str:
    """The same bytes if they are not encrypted, the decrypted ones if a password fits, or a reason."""
    import msoffcrypto
    from msoffcrypto.exceptions import FileFormatError

    try:
        file: Any = msoffcrypto.OfficeFile(io.BytesIO(data))
        encrypted = bool(file.is_encrypted())
    except (
        FileFormatError,
        OSError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        TypeError,
        NotImplementedError,
        AssertionError,
    ):
        return data
    except Exception:  # struct.error and olefile's own: not something that can be encrypted
        return data
    if not encrypted:
        return data
    # Excel opens files under its built-in password without asking.
    for password in ("VelvetSweatshop", *hints.passwords):
        out = io.BytesIO()
        try:
            file.load_key(password=password)
            file.decrypt(out)
        except Exception:  # noqa: S112 - a wrong password shows itself in many ways; the next one is tried, and none is a reason
            continue
        if out.getvalue():
            return out.getvalue()
    return LOCKED
