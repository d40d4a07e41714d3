"""The verifier: published test vectors, a good pack, and a sentence for each thing that is wrong."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from leakdesk.publish import verifier
from leakdesk.publish.pack import canonical_json
from leakdesk.publish.signing import SigningKey, SigningKeyUnusable, read_key
from leakdesk.publish.timestamps import is_for, request_for
from tests.publish.house import good_pack, key_of

#: RFC 8032 section 7.1, tests 1-3, 1024 left out for its length, and SHA(abc): secret, public, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_rfc_8032_vectors(secret: str, public: str, message: str, signature: str) -> None:
    right = (bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))
    assert verifier.ed25519_verify(*right)
    assert SigningKey(secret=bytes.fromhex(secret)).public.hex() == public
    for place in (0, 31, 32, 63):
        wrong = bytearray(right[2])
        wrong[place] ^= 1
        assert not verifier.ed25519_verify(right[0], right[1], bytes(wrong))
    assert not verifier.ed25519_verify(right[0], right[1] + b"x", right[2])


def test_signatures_that_other_verifiers_are_known_to_accept_are_refused() -> None:
    public, message, signature = (bytes.fromhex(part) for part in RFC_8032[1][1:])
    too_large = (int.from_bytes(signature[32:], "little") + verifier.L).to_bytes(32, "little")
    assert not verifier.ed25519_verify(public, message, signature[:32] + too_large), "S is not below the group order"
    one = (1).to_bytes(32, "little")
    assert not verifier.ed25519_verify(one, b"anything", one + bytes(32)), "a key of small order signs everything"
    assert verifier.point_decode((verifier.P + 1).to_bytes(32, "little")) is None, "y is not in its one right form"


def test_a_good_pack_says_what_it_proves_and_no_more() -> None:
    answer = verifier.verify_files(dict(good_pack().files))
    assert answer["ok"], answer
    assert [step["number"] for step in answer["steps"]] == list(range(1, 9))
    assert answer["says"] == (
        "These words stood in this order in a text committed to by root R, signed by key K, not later than T. "
        "Hidden parts were in the commitment too. It does not show who wrote them or that they are true."
    )


def _broken(files: dict[str, bytes]) -> tuple[int, str]:
    answer = verifier.verify_files(files)
    assert not answer["ok"]
    assert answer["says"] == "This pack does not verify. Do not rely on it."
    step = next(step for step in answer["steps"] if not step["ok"])
    return step["number"], step["detail"]


def _with(name: str, data: bytes | None) -> dict[str, bytes]:
    files = dict(good_pack().files)
    if data is None:
        del files[name]
    else:
        files[name] = data
    return files


@pytest.mark.parametrize(
    ("name", "data", "step", "says"),
    [
        ("root.json", None, 1, "there is no root.json"),
        ("root.json", b"{", 1, "cannot be read"),
        ("root.json", b'{"format":"leakdesk-pack-2"}\n', 1, "newer leakdesk"),
        ("root.json", b'{"a":1,"a":1}\n', 1, "canonical"),
        ("root.json", b"[" * 100000, 1, "cannot be read"),
        ("root.json", b"\xff\xfe", 1, "cannot be read"),
        ("root.json.sig", None, 2, "no root.json.sig"),
        ("root.json.sig", b"", 2, "not an SSH signature"),
        ("root.json.sig", b"\x80", 2, "cannot be read"),
        ("findings.json", b"{}\n", 3, "findings.json was changed"),
        ("documents/1.json", None, 3, "documents/1.json is missing"),
        ("notes.txt", b"hello", 3, "a file that is not listed"),
        ("documents/2.json", b"{}\n", 3, "a file that is not listed"),
        ("root.json.tsq", request_for(b"another root"), 8, "another root"),
        ("root.json.tsr", b"\x04\x20" + bytes(32), 8, "another root"),
    ],
)
def test_each_wrong_thing_fails_its_step_with_a_sentence(name: str, data: bytes | None, step: int, says: str) -> None:
    assert _broken(_with(name, data))[0] == step
    assert says in _broken(_with(name, data))[1]


def test_a_time_stamp_for_this_root_is_shown_with_the_line_that_checks_it() -> None:
    files = dict(good_pack().files)
    files["root.json.tsr"] = b"30.." + request_for(files["root.json"])
    assert is_for(files["root.json.tsr"], files["root.json"])
    answer = verifier.verify_files(files)
    assert "openssl ts -verify -data root.json -in root.json.tsr" in answer["steps"][7]["detail"]


def test_a_pack_signed_by_another_key_than_named_is_refused() -> None:
    pack = good_pack()
    answer = verifier.verify_files(dict(pack.files), key="SHA256:other")
    assert not answer["ok"]
    assert "another key" in answer["steps"][1]["detail"]
    assert verifier.verify_files(dict(pack.files), key=SigningKey(secret=key_of("signing")).fingerprint)["ok"]


def _write(folder: Path) -> Path:
    for name, data in good_pack().files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_the_file_in_the_pack_runs_on_its_own(tmp_path: Path) -> None:
    folder = _write(tmp_path / "pack")
    run = ["python3", "-I", str(folder / "verify.py"), "--json"]
    good = subprocess.run(run, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout)["ok"] is True
    (folder / "index.html").write_text("other")
    bad = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (bad.returncode, bad.stderr) == (1, "")


def test_links_and_missing_folders_fail_without_a_traceback(tmp_path: Path) -> None:
    folder = _write(tmp_path / "pack")
    (folder / "documents" / "9.json").symlink_to(folder / "root.json")
    assert verifier.verify(folder)["steps"][0]["detail"] == "a link where a file should be"
    assert verifier.verify(tmp_path / "nowhere")["steps"][0]["detail"] == "there is no such folder"


def test_the_verifier_is_short_and_needs_only_the_standard_library() -> None:
    source = Path(verifier.__file__).read_text()
    assert len(source.splitlines()) < 500
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported == {"base64", "hashlib", "html", "json", "re", "struct", "sys", "pathlib", "typing", "__future__"}


def test_keys_are_read_back_and_carry_no_comment() -> None:
    key = SigningKey(secret=key_of("signing"))
    written = key.openssh()
    assert read_key(written) == key
    assert b"@" not in written
    assert "secret" not in repr(key)


def test_ssh_keygen_is_the_second_opinion(tmp_path: Path) -> None:
    key = SigningKey(secret=key_of("signing"))
    (tmp_path / "sig").write_bytes(key.sign(b"record\n"))
    (tmp_path / "signers").write_text(f"publisher {key.line}\n")
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        str(tmp_path / "signers"),
        "-I",
        "publisher",
        "-n",
        "leakdesk-pack-v1",
        "-s",
        str(tmp_path / "sig"),
    ]
    try:
        good = subprocess.run(command, input=b"record\n", capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("ssh-keygen is not installed")
    assert good.returncode == 0, good.stderr
    assert subprocess.run(command, input=b"Record\n", capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize(("arguments", "says"), [(["-N", "secret"], "passphrase"), (["-t", "ecdsa"], "Ed25519")])
def test_keys_that_cannot_be_used_are_refused_with_the_way_out(tmp_path: Path, arguments: list[str], says: str) -> None:
    kind = [] if "-t" in arguments else ["-t", "ed25519"]
    empty = [] if "-N" in arguments else ["-N", ""]
    try:
        subprocess.run(["ssh-keygen", "-q", *kind, *arguments, *empty, "-f", str(tmp_path / "key")], check=True)
    except FileNotFoundError:
        pytest.skip("ssh-keygen is not installed")
    with pytest.raises(SigningKeyUnusable, match=says) as caught:
        read_key((tmp_path / "key").read_bytes())
    assert caught.value.exit_code == 2
    assert "ssh-keygen -t ed25519 -N ''" in caught.value.sentence()


def test_what_is_no_key_is_refused() -> None:
    with pytest.raises(SigningKeyUnusable, match="no OpenSSH private key"):
        read_key(b"hello")


def _resigned(change: dict[str, object]) -> dict[str, bytes]:
    """A pack whose root record lies and is signed all the same."""
    files = dict(good_pack().files)
    root = canonical_json({**json.loads(files["root.json"]), **change})
    return {
        **files,
        "root.json": root,
        "root.json.sig": SigningKey(secret=key_of("signing")).sign(root),
        "root.json.tsq": request_for(root),
    }


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"case_root": "00" * 32}, 5),
        ({"case_root": "zz"}, 1),
        ({"case_depth": 9}, 5),
        ({"case_depth": True}, 1),
        ({"case_depth": 10**30}, 1),
        ({"files": {}}, 1),
        ({"files": {"../x": "00" * 32}}, 1),
        ({"canonical": "other"}, 1),
        ({"extra": 1}, 1),
    ],
)
def test_a_signed_lie_in_the_root_record_fails(change: dict[str, object], step: int) -> None:
    assert _broken(_resigned(change))[0] == step
