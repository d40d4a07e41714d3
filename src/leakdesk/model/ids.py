"""Names of things, made from the things themselves: the same input gives the same id everywhere."""

from __future__ import annotations

import hashlib

#: Hex digits kept of a SHA-256 for ids of mentions, attributions and claims (80 bits: unique within any case).
SHORT = 20


def sha256_hex(data: bytes) -> str:
    """SHA-256 of bytes as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def text_sha256(text: str) -> str:
    """Hash of a text layer: SHA-256 over its UTF-8 bytes. Lone surrogates are refused by UTF-8 (ValueError)."""
    return sha256_hex(text.encode("utf-8"))


def document_id(data_sha256: str) -> str:
    """A document's id is a hash of its bytes, never of place, name or order."""
    return "d" + data_sha256[:SHORT]


def item_id(parent: str, location: tuple[str, ...], data_sha256: str | None) -> str:
    """A sighting's id: (parent, location, bytes if there are any)."""
    return "i" + _digest("item", parent, *location, data_sha256 or "-")


def span_id(prefix: str, text_hash: str, start: int, end: int, kind: str, ordinal: int = 0) -> str:
    """Id of a mention ("m"), attribution ("a") or claim ("c"): hash of (text layer, span, type, ordinal among equals)."""
    return prefix + _digest(prefix, text_hash, str(start), str(end), kind, str(ordinal))


def _digest(*parts: str) -> str:
    # Each part is length-prefixed so that no two different tuples share an encoding.
    framed = b"".join(
        len(raw).to_bytes(4, "big") + raw for raw in (part.encode("utf-8", "surrogateescape") for part in parts)
    )
    return hashlib.sha256(framed).hexdigest()[:SHORT]
