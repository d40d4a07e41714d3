"""S/MIME and OpenPGP signatures made by others' programs, with and without the signer's certificate or key."""

from __future__ import annotations

import shutil
import subprocess
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
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


PGP = Path(__file__).parent / "openpgp"
KINDS = ["rsa2048", "ed25519", "nistp256", "brainpoolP256r1", "dsa2048"]


def certificate(key: rsa.RSAPrivateKey, serial: int = 7) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.EMAIL_ADDRESS, "morrant@brewery.example")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
    )
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
    other = certificate(rsa_key(1024), serial=200).public_bytes(serialization.Encoding.DER)
    assert check(facts, [other]).state == "no_key"
    # The certificate that the signature names, and its key does not fit: that is a difference, not a missing key.
    forged = certificate(rsa_key(1024)).public_bytes(serialization.Encoding.DER)
    assert check(facts, [forged]).state == "signature_differs"
    (changed,) = look(letter.replace(b"Nine valves arrived", b"Ten valves arrived")).sealed
    assert check(changed, table.certificates).state == "signature_differs"


def test_smime_with_the_part_inside() -> None:
    key = rsa_key()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(BODY).add_signer(certificate(key), key, hashes.SHA256())
    inside = b64encode(builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]))
    kind = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    letter = b"From: a@b.example\r\n" + kind + inside
    (facts,) = look(letter).sealed
    assert check(facts, [certificate(key).public_bytes(serialization.Encoding.DER)]).state == "verifies"


@pytest.mark.parametrize("inside", [False, True])
def test_smime_as_programs_write_that_sign_while_they_send(tmp_path: Path, inside: bool) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    key, part = rsa_key(), tmp_path / "part"
    part.write_bytes(BODY)
    private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "key").write_bytes(key.private_bytes(*private))
    (tmp_path / "certificate").write_bytes(certificate(key).public_bytes(serialization.Encoding.PEM))
    filled = "openssl cms -sign -stream -md sha512 -signer certificate -inkey key -keyopt rsa_padding_mode:pss -in part -out letter"
    enclosed = "openssl smime -sign -nodetach -stream -md sha512 -signer certificate -inkey key -in part -out letter"
    subprocess.run((enclosed if inside else filled).split(), cwd=tmp_path, check=True, capture_output=True)
    (facts,) = look(b"From: a@b.example\r\n" + (tmp_path / "letter").read_bytes()).sealed
    assert (facts.problem, facts.hash) == ("", "sha512")
    assert check(facts, [certificate(key).public_bytes(serialization.Encoding.DER)]).state == "verifies"


def pgp_mime(kind: str, mode: str = "sig") -> bytes:
    """A letter whose first part GnuPG signed."""
    head = b'From: a@b.example\r\nContent-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n'
    seal = b"Content-Type: application/pgp-signature\r\n\r\n" + (PGP / f"{kind}.{mode}.asc").read_bytes()
    return head + b"\r\n--b\r\n" + (PGP / "part.txt").read_bytes() + b"\r\n--b\r\n" + seal + b"\r\n--b--\r\n"


@pytest.mark.parametrize("mode", ["sig", "text.sig"])
@pytest.mark.parametrize("kind", KINDS)
def test_openpgp_beside_its_part(kind: str, mode: str) -> None:
    own = read_table((PGP / f"{kind}.key.asc").read_bytes())
    assert (own.format, len(own)) == ("OpenPGP keys", len(own.pgp_keys))
    letter = pgp_mime(kind, mode)
    for copy in (letter, letter.replace(b"\r\n", b"\n")):
        (facts,) = look(copy).sealed
        assert check(facts, (), own.pgp_keys).state == "verifies"
    assert check(facts, ()).state == "no_key"
    (changed,) = look(letter.replace(b"Nine valves", b"Ten valves")).sealed
    assert check(changed, (), own.pgp_keys).state == "signature_differs"
    others = [read_table((PGP / f"{other}.key.asc").read_bytes()) for other in KINDS if other != kind]
    assert check(facts, (), [key for table in others for key in table.pgp_keys]).state == "no_key"


@pytest.mark.parametrize("kind", KINDS)
def test_openpgp_around_a_text(kind: str) -> None:
    keys = read_table((PGP / f"{kind}.key.asc").read_bytes()).pgp_keys
    text = (PGP / f"{kind}.clear.asc").read_bytes()
    plain = b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text
    (facts,) = look(plain).sealed
    assert check(facts, (), keys).state == "verifies"
    assert "whose it is, and whether it was still valid, was not checked" in wording.sealed_sentence(
        check(facts, (), keys)
    )
    (changed,) = look(plain.replace(b"a tenth", b"an eleventh")).sealed
    assert check(changed, (), keys).state == "signature_differs"


def test_a_file_of_keys_with_one_that_cannot_be_read() -> None:
    good = (PGP / "ed25519.key.asc").read_text()
    torn = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n"
    read = read_table((good + torn).encode())
    assert (len(read.pgp_keys), len(read.left_out)) == (1, 1)
    assert read.left_out[0][1] == "no key can be read in it"


def test_openpgp_of_an_unknown_kind_says_who_and_when_and_what_it_needs() -> None:
    own = read_table((PGP / "ed25519.key.asc").read_bytes()).pgp_keys
    (facts,) = look(pgp_mime("ed25519")).sealed
    strange = replace(facts, algorithm=99)
    assert (check(strange, (), own).state, strange.signer) == ("needs", own[0].id)
    assert "knows its kind of key" in wording.sealed_sentence(check(strange, (), own))


@given(st.sampled_from(KINDS), st.binary(max_size=80), st.integers(0, 1200))
def test_damaged_openpgp_gives_a_state(kind: str, junk: bytes, at: int) -> None:
    letter, keys = pgp_mime(kind), (PGP / f"{kind}.key.asc").read_bytes()
    known = read_table(keys[:at] + junk + keys[at + 30 :]).pgp_keys
    for facts in look(letter[:at] + junk + letter[at + 30 :]).sealed:
        assert wording.sealed_sentence(check(facts, (), known))


@given(st.binary(max_size=80), st.integers(0, 4000))
def test_damaged_signatures_give_a_state(junk: bytes, at: int) -> None:
    letter, pem = signed()
    for facts in look(letter[:at] + junk + letter[at + 30 :]).sealed:
        assert wording.sealed_sentence(check(facts, read_table(pem).certificates))
