"""RFC 3161 time stamps without a network: the request is written with the pack, the reply is attached later.

The request carries no nonce, so that it is the same on every computer; the verifier rebuilds it and compares.
"""

from __future__ import annotations

import hashlib

#: SHA-256 with NULL parameters, and the octet string that follows (RFC 3161 section 2.4.1, DER).
_IMPRINT = bytes.fromhex("3031300d060960864801650304020105000420")


def request_for(root_record: bytes) -> bytes:
    """The time-stamp request (.tsq, DER) for a root record, asking for the authority's certificates."""
    return bytes.fromhex("3039020101") + _IMPRINT + hashlib.sha256(root_record).digest() + bytes.fromhex("0101ff")


def is_for(reply: bytes, root_record: bytes) -> bool:
    """Does a reply (.tsr) speak of this root record? Its signature is checked by openssl, not here."""
    return b"\x04\x20" + hashlib.sha256(root_record).digest() in reply
