"""A reporter's own draft is checked in whatever format it is written."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from leakdesk.cli.app import run
from leakdesk.testing import LeakSimulator

SENTENCE = "The Lindmoor depot bought nine valves from the Astor brewery."


def _docx() -> bytes:
    packed = io.BytesIO()
    body = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return packed.getvalue()


def _odt() -> bytes:
    packed = io.BytesIO()
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        text = f"<office:body><office:text><text:p>{SENTENCE}</text:p></office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {spaces}>{text}</office:document-content>")
    return packed.getvalue()


DRAFTS = {
    "draft.docx": _docx(),
    "draft.odt": _odt(),
    "draft.html": f"<html><body><p>{SENTENCE}</p></body></html>".encode(),
    "draft.txt": SENTENCE.encode(),
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("draft")
    parcel = LeakSimulator(seed=3)
    parcel.letter(subject="Valves", body="The Lindmoor depot bought nine valves from us, the Astor brewery.")
    parcel.letter(subject="Lunch", body="Soup again.")
    mailbox = parcel.write_mbox(folder / "inbox.mbox")
    path = folder / "case"
    assert run(["init", str(path)]) == 0
    assert run(["add", str(path), str(mailbox), "--no-deep"]) == 0
    return path


@pytest.mark.parametrize("name", sorted(DRAFTS))
def test_a_draft_is_checked_in_any_format(
    case: Path, tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(DRAFTS[name])
    assert run(["check", str(case), str(tmp_path / name), "--json"]) == 0
    claims = json.loads(capfd.readouterr().out)["claims"]
    assert [(each["verdict"], each["searched"]) for each in claims if "valves" in each["sentence"]] == [("supports", 2)]
