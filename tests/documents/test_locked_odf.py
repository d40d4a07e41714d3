"""OpenDocument files under a password: opened with it, locked without it."""

from __future__ import annotations

import base64
import hashlib
import zlib
from pathlib import Path

import pytest

from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.readers import read
from leakdesk.model.document import State
from tests.shared import shared_path
from tests.work.parcels import zipped

ODT = "application/vnd.oasis.opendocument.text"
_NAMES = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
_CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>Печь номер три</text:p></office:text>
</office:body></office:document-content>"""


def _locked(password: str, cipher: str) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    aes = cipher == "aes"
    check, start, size = ("sha256", "sha256", 32) if aes else ("sha1", "sha1", 16)
    salt, vector = b"s" * 16, b"v" * (16 if aes else 8)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = packer.compress(_CONTENT.encode()) + packer.flush()
    key = hashlib.pbkdf2_hmac("sha1", hashlib.new(start, password.encode()).digest(), salt, 1024, size)
    made = Cipher(algorithms.AES(key), modes.CBC(vector)) if aes else Cipher(Blowfish(key), CFB(vector))
    padding = 16 - len(plain) % 16
    content = made.encryptor().update(plain + bytes([padding]) * padding if aes else plain)
    digest = base64.b64encode(hashlib.new(check, (plain)[:1024]).digest()).decode()
    name = "http://www.w3.org/2001/04/xmlenc#aes256-cbc" if aes else "Blowfish CFB"
    manifest = f"""<manifest:manifest {_NAMES}><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data
manifest:checksum-type="{check}-1k" manifest:checksum="{digest}"><manifest:algorithm manifest:algorithm-name="{name}"
manifest:initialisation-vector="{base64.b64encode(vector).decode()}"/><manifest:key-derivation manifest:key-size="{size}"
manifest:iteration-count="1024" manifest:salt="{base64.b64encode(salt).decode()}"/><manifest:start-key-generation
manifest:start-key-generation-name="{start}"/></manifest:encryption-data></manifest:file-entry></manifest:manifest>"""
    return zipped([("mimetype", ODT.encode()), ("content.xml", content), ("META-INF/manifest.xml", manifest.encode())])


@pytest.mark.parametrize("cipher", ["aes", "blowfish"])
def test_the_password_opens_it_and_nothing_else_does(cipher: str) -> None:
    data = _locked("печь", cipher)
    for passwords in ((), ("wrong", "печ")):
        made = read(data, ODT, ReaderHints(passwords=passwords))
        assert (made.state, made.reason) == (State.FAILED, "locked: needs password")
    made = read(data, ODT, ReaderHints(passwords=("wrong", "печь")))
    assert made.state is State.READ
    assert made.layer is not None
    assert made.layer.text.strip() == "Печь номер три"


@pytest.mark.real
def test_a_real_one_opens_with_its_password_only() -> None:
    data = Path(shared_path("real/pdf/office/testODTEncrypted.odt")).read_bytes()
    assert read(data, ODT, ReaderHints(passwords=("nobody",))).reason == "locked: needs password"
    made = read(data, ODT, ReaderHints(passwords=("nobody", "tika")))
    assert made.state is State.READ
    assert made.layer is not None
    assert "This should be encrypted." in made.layer.text
