"""RFC 3161 time stamps without a network: the request is written with the pack, the reply is attached later.

The request carries no nonce, so that it is the same on every computer; the verifier rebuilds it and compares. A reply is
checked against the certificates that the reader trusts and hands over: which authority to believe is no decision of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from leakdesk.errors import UsageError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

#: SHA-256 with NULL parameters, and the octet string that follows (RFC 3161 section 2.4.1, DER).
_IMPRINT = bytes.fromhex("3031300d060960864801650304020105000420")
_OPENSSL = "openssl ts -verify -data root.json -in {name} -CAfile AUTHORITY.pem"

#: `unverified`: no authority was named. `not_parsed`: the reply may be good, this library cannot read it; openssl may.
StampState = Literal["verified", "unverified", "another_text", "refused", "not_parsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a reply (.tsr) is worth. `time`: what it states, ISO 8601 in UTC, "" where it could not be read."""

    name: str
    state: StampState
    time: str
    sentence: str

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against it."""
        return self.state in ("verified", "unverified", "not_parsed")


def request_for(root_record: bytes) -> bytes:
    """The time-stamp request (.tsq, DER) for a root record, asking for the authority's certificates."""
    return bytes.fromhex("3039020101") + _IMPRINT + hashlib.sha256(root_record).digest() + bytes.fromhex("0101ff")


def is_for(reply: bytes, root_record: bytes) -> bool:
    """Does a reply (.tsr) speak of this root record? Its signature is not checked here."""
    return b"\x04\x20" + hashlib.sha256(root_record).digest() in reply


def read_authority(pem: bytes) -> list[Certificate]:
    """The certificates of a file that the reader trusts (PEM, one after another, or one in DER). Raises UsageError."""
    from cryptography import x509

    try:
        if b"-----BEGIN" in pem:
            return x509.load_pem_x509_certificates(pem)
        return [x509.load_der_x509_certificate(pem)]
    except ValueError:
        raise UsageError(
            "the authority's file holds no certificate", try_="Give the chain of the time-stamp authority in PEM form."
        ) from None


def check_reply(name: str, reply: bytes, stamped: bytes, authority: Sequence[Certificate] = ()) -> Stamp:
    """Check a reply to a request for `stamped`. Never raises for a bad reply.

    The chain is judged at the stamped time (RFC 3161 section 4: a certificate that has expired since does not unmake
    the stamp); that it has expired is said. The signer is found by issuer and serial number, never by its name.
    """
    from rfc3161_client import decode_timestamp_response
    from rfc3161_client.errors import VerificationError

    check_with = _OPENSSL.format(name=name)
    try:
        response = decode_timestamp_response(reply)
        time = _time(response)
    except (ValueError, TypeError, OverflowError):
        sentence = f"{name} cannot be read by this library; openssl may: {check_with}"
        return Stamp(name=name, state="not_parsed", time="", sentence=sentence)
    if not authority:
        return Stamp(
            name=name,
            state="unverified",
            time=time,
            sentence=f"{name} states {time}; not verified: name the authority with --authority, or run: {check_with}",
        )
    try:
        _verifier(authority).verify_message(response, stamped)
    except VerificationError as refused:
        state, why = _why(str(refused))
        return Stamp(name=name, state=state, time=time, sentence=f"{name} does not hold: {why}")
    except (ValueError, TypeError) as unread:
        sentence = f"{name} cannot be checked by this library ({type(unread).__name__}); openssl may: {check_with}"
        return Stamp(name=name, state="not_parsed", time=time, sentence=sentence)
    return Stamp(name=name, state="verified", time=time, sentence=f"{name}: stamped at {time}{_expired(authority)}")


def _time(response: TimeStampResponse) -> str:
    return response.tst_info.gen_time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _verifier(authority: Sequence[Certificate]):
    from rfc3161_client import VerifierBuilder

    builder = VerifierBuilder()
    for certificate in authority:
        if certificate.issuer == certificate.subject:
            builder = builder.add_root_certificate(certificate)
        else:
            builder = builder.add_intermediate_certificate(certificate)
    leaves = [each for each in authority if _stamps(each)]
    if len(leaves) == 1:
        builder = builder.tsa_certificate(leaves[0])
    return builder.build()


def _stamps(certificate: Certificate) -> bool:
    """Whether a certificate is one that signs time stamps itself."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound as missing:
        return missing.oid != x509.ExtendedKeyUsage.oid
    return ExtendedKeyUsageOID.TIME_STAMPING in usage and not basic.ca


def _expired(authority: Sequence[Certificate]) -> str:
    now = datetime.now(UTC)
    return (
        "; the authority's certificate has expired since" if any(c.not_valid_after_utc < now for c in authority) else ""
    )


def _why(refused: str) -> tuple[StampState, str]:
    """The library's reasons in a reader's words."""
    if "between messages" in refused:
        return "another_text", "it stamps another text"
    if "not GRANTED" in refused:
        return "refused", "the authority declined to stamp"
    return "refused", "its signature does not lead to the authority you named"
