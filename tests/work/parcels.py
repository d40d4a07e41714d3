"""Parcels for tests: small, invented, and with known answers."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leakdesk.store import CaseStore, records
from leakdesk.work.dump import dump
from leakdesk.work.pipeline import Options, add

ROOT = Path(__file__).parents[2]


def letter(number: int, *, text: str = "", attachments: Sequence[tuple[str, bytes]] = (), more: str = "") -> bytes:
    """One message, LF line ends, ending in a line feed."""
    head = (
        f"From: Pavel Yurkevich <p{number % 5}@lathe.example>\nTo: Iryna Kalosha <i@kiln.example>\n"
        f"Subject: Delivery {number}\nDate: Mon, 3 Apr 2023 10:{number % 60:02d}:00 +0300\nMessage-ID: <m{number}@lathe.example>\n{more}"
    )
    body = text or f"The lathe number {number} leaves on Monday.\n"
    if not attachments:
        return (head + "Content-Type: text/plain; charset=utf-8\n\n" + body).encode()
    parts = [f"--x{number}\nContent-Type: text/plain; charset=utf-8\n\n{body}"]
    for name, data in attachments:
        kind = "message/rfc822" if name.endswith(".eml") else "application/octet-stream"
        if kind == "message/rfc822":
            parts.append(
                f'--x{number}\nContent-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n\n{data.decode()}'
            )
            continue
        encoded = base64.encodebytes(data).decode()
        parts.append(
            f'--x{number}\nContent-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n'
            f"Content-Transfer-Encoding: base64\n\n{encoded}"
        )
    return (
        head
        + f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x{number}"\n\n'
        + "\n".join(parts)
        + f"\n--x{number}--\n"
    ).encode()


def mbox(messages: Sequence[bytes]) -> bytes:
    """An mboxrd file."""
    out: list[bytes] = []
    for message in messages:
        quoted = b"\n".join(
            b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in message.split(b"\n")
        )
        out.append(b"From p@lathe.example Mon Apr  3 10:00:00 2023\n" + quoted + b"\n")
    return b"".join(out)


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip with these members, in this order, equal names allowed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2023, 4, 3, 10, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def tarred(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A tar.gz with these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def parcel(folder: Path, *, messages: int = 12) -> Path:
    """A folder: parcel/box.mbox, parcel/deep.zip (an mbox, a tar.gz, two equal names), parcel/one.eml, parcel/note.txt."""
    home = folder / "parcel"
    home.mkdir()
    letters = [letter(n) for n in range(messages)]
    letters[1] = letter(1, attachments=[("list.txt", b"first list\n"), ("list.txt", b"second list\n")])
    letters[2] = letter(2, text="Dear Iryna,\n\nFrom the beginning it was late.\n>From me too.\n")
    letters[3] = letter(3, attachments=[("older.eml", letter(90, attachments=[("n.txt", b"note in a note\n")]))])
    (home / "box.mbox").write_bytes(mbox(letters))
    inner = tarred([("d/a.eml", letters[0]), ("d/b.txt", "плита".encode("cp1251"))])
    members = [
        ("in.mbox", mbox(letters[1:5])),
        ("in.tar.gz", inner),
        ("same.txt", b"one\n"),
        ("same.txt", b"two\n"),
        ("folder/", b""),
    ]
    (home / "deep.zip").write_bytes(zipped(members))
    (home / "one.eml").write_bytes(letters[5])
    (home / "note.txt").write_text("A note.\n")
    (home / "empty.txt").write_bytes(b"")
    return home


#: Sightings in `parcel(messages=12)`, counted by hand: 5 files; box.mbox 12 messages, 2 lists, older.eml and its n.txt;
#: deep.zip 4 members, in.mbox 4 messages + 2 lists + older.eml + n.txt, in.tar.gz 2.
PARCEL_ITEMS = 5 + (12 + 2 + 2) + (4 + (4 + 2 + 2) + 2)


def new_case(path: Path) -> Path:
    """An empty case."""
    CaseStore.create(path).close()
    return path


def add_to(case: Path, *paths: Path, **options: Any) -> dict[str, Any]:
    """`add` in this process."""
    options = {"deep": False, "jobs": 1, **options}
    with CaseStore.open(case, write=True) as store:
        return add(store, paths, Options(**options))


def ledger_of(case: Path) -> dict[str, Any]:
    """The ledger."""
    with CaseStore.open(case) as store, store.connect() as connection:
        return records.ledger(connection)


def documents_of(case: Path) -> list[dict[str, Any]]:
    """What `list` prints."""
    with CaseStore.open(case) as store, store.connect() as connection:
        return list(records.documents(connection))


def items_of(case: Path) -> list[dict[str, Any]]:
    """Every item."""
    with CaseStore.open(case) as store, store.connect() as connection:
        return list(records.items(connection))


def dump_of(case: Path) -> str:
    """The canonical dump."""
    with CaseStore.open(case) as store, store.connect() as connection:
        return "\n".join(json.dumps(line, sort_keys=True) for line in dump(connection))


def command(*words: str | Path) -> list[str]:
    """The command line as a list of arguments."""
    return [sys.executable, "-m", "leakdesk", *map(str, words)]


def run(*words: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        command(*words), capture_output=True, text=True, check=False, env=environment, timeout=120, **more
    )
