"""Replies of time-stamp authorities: the public vectors, and a small authority of our own made with openssl."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from leakdesk.errors import UsageError
from leakdesk.publish.timestamps import Stamp, check_reply, read_authority, request_for
from leakdesk.work.pack_checking import verify_pack
from tests.publish.house import good_pack
from tests.shared import shared_path

VECTORS = [
    # reply, folder of the chain, the state it must have, the time it states
    ("sigstage/response-sha256", "sigstage", "verified", "2025-05-09T11:58:55Z"),
    ("sigstage/response-sha384", "sigstage", "verified", "2025-05-09T11:58:55Z"),
    ("sigstage/response-sha512", "sigstage", "verified", "2025-05-09T11:58:56Z"),
    ("sigstage/response-no-embedded-cert", "sigstage", "verified", "2025-06-18T08:13:02Z"),
    ("sigstage/response-invalid-signature", "sigstage", "refused", "2025-05-09T11:58:55Z"),
    ("test_tsa/response", "test_tsa", "verified", "2024-10-08T15:40:32Z"),
    ("test_tsa/other_response", "test_tsa", "refused", "2024-10-31T13:31:44Z"),
    ("test_tsa/response-injected-certs", "test_tsa", "verified", "2024-10-08T15:40:32Z"),
    ("identrust/issue-104", "identrust", "verified", "2025-03-11T08:52:08Z"),
]


def _vector(reply: str, chain: str, message: bytes = b"hello", *, trusted: bool = True) -> Stamp:
    vectors = shared_path("vectors/rfc3161")
    authority = read_authority((vectors / chain / "ts_chain.pem").read_bytes()) if trusted else []
    return check_reply(f"{reply}.tsr", (vectors / f"{reply}.tsr").read_bytes(), message, authority)


@pytest.mark.parametrize(("reply", "chain", "state", "time"), VECTORS)
def test_every_vector_is_judged_as_its_owner_says(reply: str, chain: str, state: str, time: str) -> None:
    stamp = _vector(reply, chain)
    assert (stamp.state, stamp.time) == (state, time)
    assert "Spoofed" not in stamp.sentence


@pytest.mark.parametrize(("reply", "chain", "state", "time"), [each for each in VECTORS if each[2] == "verified"])
def test_a_reply_for_another_text_never_holds(reply: str, chain: str, state: str, time: str) -> None:
    stamp = _vector(reply, chain, b"hello.")
    assert stamp.state == "another_text"
    assert not stamp.ok


def test_without_an_authority_nothing_is_called_verified() -> None:
    stamp = _vector("sigstage/response-sha256", "sigstage", trusted=False)
    assert stamp.state == "unverified"
    assert "openssl ts -verify" in stamp.sentence


def test_a_chain_that_expired_after_the_stamp_still_holds_and_says_so() -> None:
    payload = (shared_path("vectors/rfc3161") / "sigstore.mock" / "payload").read_bytes()
    stamp = _vector("sigstore.mock/response-expired", "sigstore.mock", payload)
    assert stamp.state == "verified"
    assert "has expired since" in stamp.sentence


@pytest.mark.parametrize("reply", [b"", b"\x30\x00", b"0" * 10_000, bytes(range(256))])
def test_junk_is_not_parsed_and_never_raises(reply: bytes) -> None:
    stamp = check_reply("root.json.tsr", reply, b"text")
    assert stamp.state == "not_parsed"
    assert "cannot be read" in stamp.sentence


def test_a_file_that_is_no_certificate_is_refused_with_a_sentence() -> None:
    with pytest.raises(UsageError, match="no certificate"):
        read_authority(b"hello")


# --- a whole pack with a stamp of our own authority ----------------------------------------------------------------------

_AUTHORITY = """
[ tsa ]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
[ short ]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
[ leaf ]
extendedKeyUsage = critical,timeStamping
basicConstraints = critical,CA:false
[ ca ]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[ req ]
distinguished_name = dn
[ dn ]
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    home = tmp_path_factory.mktemp("authority")
    (home / "tsa.cnf").write_text(_AUTHORITY)
    (home / "serial").write_text("01")
    for line in (
        "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 3650 -subj /CN=root -config tsa.cnf -extensions ca",
        "req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=stamps -config tsa.cnf",
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -out tsa.pem -days 3650 -extfile tsa.cnf -extensions leaf",
    ):
        subprocess.run(["openssl", *line.split()], cwd=home, check=True, capture_output=True)
    return home


def _stamped(home: Path, folder: Path, record: bytes, section: str = "tsa") -> Path:
    for name, data in good_pack().files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (home / "request.tsq").write_bytes(request_for(record))
    line = f"ts -reply -queryfile request.tsq -config tsa.cnf -section {section} -out {folder / 'root.json.tsr'}"
    subprocess.run(["openssl", *line.split()], cwd=home, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("section", ["tsa", "short"])  # with the whole chain inside (openssl must help) and without
def test_the_request_in_a_pack_gets_a_stamp_that_verifies(authority: Path, tmp_path: Path, section: str) -> None:
    folder = _stamped(authority, tmp_path / "pack", good_pack().files["root.json"], section)
    answer = verify_pack(folder, authority / "root.pem")
    assert answer["ok"], answer
    assert [stamp["state"] for stamp in answer["timestamps"]] == ["verified"]
    assert "stamped at" in answer["steps"][7]["detail"]
    untrusted = verify_pack(folder)
    assert untrusted["ok"]
    assert untrusted["timestamps"][0]["state"] == ("not_parsed" if section == "tsa" else "unverified")


def test_another_authority_fails_the_eighth_step(authority: Path, tmp_path: Path) -> None:
    folder = _stamped(authority, tmp_path / "pack", good_pack().files["root.json"])
    other = tmp_path / "other.pem"
    line = f"req -x509 -newkey rsa:2048 -nodes -keyout {tmp_path / 'k'} -out {other} -days 9 -subj /CN=root"
    subprocess.run(["openssl", *line.split()], check=True, capture_output=True)
    answer = verify_pack(folder, other)
    assert not answer["ok"]
    assert not answer["steps"][7]["ok"]
    assert "does not hold" in answer["steps"][7]["detail"]


def test_a_stamp_for_another_root_fails_the_eighth_step(authority: Path, tmp_path: Path) -> None:
    answer = verify_pack(_stamped(authority, tmp_path / "pack", b"another root"), authority / "root.pem")
    assert not answer["ok"]
    assert "another root" in answer["steps"][7]["detail"]
