"""Reads the demo parcel with the standard library alone: a second opinion on what the builder wrote."""

from __future__ import annotations

import email
import email.policy
import io
import re
import tarfile
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """One message at one place."""

    place: tuple[str, ...]
    raw: bytes
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"]).strip("<> ")

    def text(self) -> str:
        """Headers that people see, every text part, and attached messages."""
        shown = [str(self.message[name]) for name in ("From", "To", "Cc", "Subject") if self.message[name]]
        for part in self.message.walk():
            if part.get_filename():
                shown.append(str(part.get_filename()))
            if part.get_content_maintype() == "text":
                shown.append(str(part.get_content()).replace("\r\n", "\n"))
        return "\n".join(shown)


def parcel_messages(parcel: Path) -> list[Found]:
    """Every message of both mailboxes; messages attached to others are not counted."""
    found: list[Found] = []
    with zipfile.ZipFile(parcel) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".mbox"):
                found += [_found((name, str(at)), raw) for at, raw in enumerate(mbox_messages(data), 1)]
            elif name.endswith(".tar.gz"):
                found += [_found((name, path), raw) for path, raw in tar_files(data)]
    return found


def mbox_messages(data: bytes) -> list[bytes]:
    """mboxrd: From_ lines part messages, one level of quoting is taken off."""
    parts = re.split(rb"(?m)^From [^\n]*\n", data)[1:]
    return [re.sub(rb"(?m)^>(>*From )", rb"\1", part[:-1]) for part in parts]


def tar_files(data: bytes) -> list[tuple[str, bytes]]:
    """Path and bytes of every file of a tar.gz."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = [(member.name, archive.extractfile(member)) for member in archive.getmembers()]
        return [(name, stream.read()) for name, stream in files if stream is not None]


def _found(place: tuple[str, ...], raw: bytes) -> Found:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return Found(place, raw, message)
