"""For tests, ours and yours: letters and parcels made to order, and letters in memory for the check. Public.

    parcel = LeakSimulator(seed=1)
    parcel.letter(subject="Valves", body="We could ship these valves only if the licence comes.")
    parcel.write_mbox(Path("inbox.mbox"))

The same seed and the same calls give the same bytes.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from leakdesk.claims.passages import Letter

#: Dates inside archives and of the first letter: fixed, so that the bytes are.
FIRST = datetime(2031, 3, 3, 9, 40, tzinfo=UTC)
ZIP_TIME = (2031, 3, 3, 9, 40, 0)
_ENGLISH = (
    "valve barge ledger depot harbour engine contract invoice delivery timber grain crane quay pilot lock keeper cargo"
)
_RUSSIAN = "клапан баржа депо договор счёт поставка двигатель причал груз"
_WORDS = f"{_ENGLISH} {_RUSSIAN}".split()


@dataclass(slots=True)
class LeakSimulator:
    """A mailbox in the making."""

    seed: int = 0
    letters: list[bytes] = field(default_factory=list[bytes])
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - tests want the same letters again, not secrets

    def letter(
        self,
        *,
        subject: str = "Valves",
        body: str = "Nine valves arrived today.",
        sender: str = "Oskar Vellin <vellin@depot.example>",
        to: str = "Ilse Morrant <morrant@brewery.example>",
        attachments: Sequence[tuple[str, bytes, str]] = (),
        charset: str = "utf-8",
        reply_to: str | None = None,
    ) -> bytes:
        """Add a letter and return its bytes. `attachments` are (name, bytes, media type)."""
        number = len(self.letters)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"] = format_datetime(FIRST + timedelta(hours=number))
        message["Message-ID"] = f"<{self.seed}.{number}@simulator.example>"
        if reply_to:
            message["In-Reply-To"] = reply_to
        message.set_content(body, charset=charset)
        for name, data, media_type in attachments:
            kind, _, subtype = media_type.partition("/")
            message.add_attachment(data, maintype=kind, subtype=subtype, filename=name)
        if message.is_multipart():
            message.set_boundary(f"=={self.seed}.{number}==")
        self.letters.append(message.as_bytes())
        return self.letters[-1]

    def many(self, count: int, words: int = 60) -> None:
        """Add ordinary letters of some words each."""
        for number in range(count):
            body = " ".join(self._random.choice(_WORDS) for _ in range(words))
            self.letter(subject=f"{self._random.choice(_WORDS)} {number}", body=f"{body}.")

    def mbox(self) -> bytes:
        """All letters as a mailbox file, `From ` lines escaped."""
        return b"".join(_from_line(number) + _escaped(letter) + b"\n" for number, letter in enumerate(self.letters))

    def write_mbox(self, path: Path) -> Path:
        """Write the mailbox; large ones letter by letter."""
        with path.open("wb") as file:
            for number, letter in enumerate(self.letters):
                file.write(_from_line(number) + _escaped(letter) + b"\n")
        return path

    def zip(self, *extra: tuple[str, bytes]) -> bytes:
        """A zip with the mailbox and further members (name, bytes); equal names are allowed, as in hostile archives."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, data in (("mail.mbox", self.mbox()), *extra):
                archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), data)
        return packed.getvalue()


def _from_line(number: int) -> bytes:
    return f"From simulator@example {(FIRST + timedelta(hours=number)):%a %b %d %H:%M:%S %Y}\n".encode()


def _escaped(letter: bytes) -> bytes:
    lines = letter.replace(b"\r\n", b"\n").split(b"\n")
    return b"\n".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)


@dataclass(frozen=True, slots=True)
class LettersInMemory:
    """Letters for `claims.check`, without a case: every one is a candidate."""

    letters: tuple[Letter, ...]
    unreadable: int = 0

    @property
    def searched(self) -> int:
        """How many letters there are."""
        return len(self.letters)

    def candidates(self, words: Mapping[str, float] | Sequence[str], limit: int) -> Sequence[Letter]:
        """All of them, up to the limit."""
        return self.letters[:limit]
