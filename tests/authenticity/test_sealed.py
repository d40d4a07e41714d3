"""S/MIME signatures made by another's code, with and without the signer's certificate; OpenPGP read, not checked."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from leakdesk.authenticity import wording
from leakdesk.authenticity.keys import read_table
from leakdesk.authenticity.letter import look
from leakdesk.authenticity.sealed import check
from tests.authenticity.signer import rsa_key

BODY = b"Content-Type: text/plain\r\n\r\nNine valves arrived today.\r\n"


def certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.EMAIL_ADDRESS, "morrant@brewery.example")])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    built = built.not_valid_before(datetime(2030, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
    return built.sign(key, hashes.SHA256())


@cache
def signed() -> tuple[bytes, bytes]:
    """A signed letter, and its signer's certificate as PEM."""
    key = rsa_key()
    own = certificate(key)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(BODY).add_signer(own, key, hashes.SHA256())
    inner = builder.sign(
        serialization.Encoding.SMIME, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    )
    letter = b"From: Ilse Morrant <morrant@brewery.example>\r\nSubject: Nine\r\n" + inner
    return letter, own.public_bytes(serialization.Encoding.PEM)


def test_smime_with_and_without_the_certificate() -> None:
    letter, pem = signed()
    (facts,) = look(letter).sealed
    assert (facts.kind, facts.problem, facts.content_same, facts.signer) == (
        "S/MIME",
        "",
        True,
        "morrant@brewery.example",
    )
    table = read_table(pem)
    assert table.format == "certificates"
    assert check(facts, ()).state == "no_key"
    assert check(facts, table.certificates).state == "verifies"
    assert "verifies over the signed part" in wording.sealed_sentence(check(facts, table.certificates))
    other = certificate(rsa_key(1024)).public_bytes(serialization.Encoding.DER)
    assert check(facts, [other]).state == "no_key"
    (changed,) = look(letter.replace(b"Nine valves arrived", b"Ten valves arrived")).sealed
    assert check(changed, table.certificates).state == "signature_differs"


def test_openpgp_is_read_and_says_what_it_needs() -> None:
    packet = bytes((4, 0, 1, 8)) + (6).to_bytes(2, "big") + bytes((5, 2)) + (1_930_000_000).to_bytes(4, "big")
    packet += (10).to_bytes(2, "big") + bytes((9, 16)) + bytes(range(8)) + b"\0\0"
    import base64

    armoured = base64.b64encode(bytes((0xC2, len(packet))) + packet).decode()
    block = f"-----BEGIN PGP SIGNATURE-----\n\n{armoured}\n=AAAA\n-----END PGP SIGNATURE-----\n"
    letter = f"From: a@b.example\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nNine valves\n{block}"
    (facts,) = look(letter.encode()).sealed
    assert (facts.signer, facts.made) == ("0001020304050607", 1_930_000_000)
    assert check(facts, ()).state == "needs"
    assert "gpg" in wording.sealed_sentence(check(facts, ()))


@given(st.binary(max_size=80), st.integers(0, 4000))
def test_damaged_signatures_give_a_state(junk: bytes, at: int) -> None:
    letter, pem = signed()
    for facts in look(letter[:at] + junk + letter[at + 30 :]).sealed:
        assert wording.sealed_sentence(check(facts, read_table(pem).certificates))
