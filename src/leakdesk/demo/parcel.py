"""The parcel: one zip with an mbox, a listing and a tar.gz of .eml files, and what should be counted in it.

The layout:

    parcel.zip
      <engineer>/mail.mbox              the engineer's mail, LF line ends, mboxrd quoting
      <head of cooperation>.tar.gz
        <name>/INBOX/0001.eml ...       CRLF line ends, with transport lines of her server
        <name>/Sent/0001.eml ...
        <name>/archive/0001.eml ...     an old export with LF line ends: byte for byte what the mbox holds
      Опись.txt                         windows-1251
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from leakdesk.demo.mail import Part, PostOffice
from leakdesk.demo.papers import Paper, Papers
from leakdesk.demo.sources import source_text
from leakdesk.demo.stored import gzip_bytes, tar_bytes, zip_bytes
from leakdesk.demo.story import Letter, Story

PARCEL = "parcel.zip"


@dataclass(slots=True)
class Item:
    """One thing a ledger must count; containers have members."""

    step: str  # its own step of the location
    media_type: str
    state: str = "read"  # when every optional part is installed
    reason: str = ""  # why not read, or what reading needs
    letter: str = ""
    paper: str = ""
    digest: str = ""  # SHA-256 of the bytes that identify it
    members: list[Item] = field(default_factory=list["Item"])


@dataclass(frozen=True, slots=True)
class Parcel:
    """The bytes of the zip and the tree of what is in it."""

    data: bytes
    tree: Item


class Packer:
    """Puts the letters of a story into the two mailboxes."""

    def __init__(self, story: Story, papers: Papers) -> None:
        self.story, self.papers = story, papers
        self.post = PostOffice(story, self._attachment)

    def pack(self) -> Parcel:
        """The whole parcel."""
        wording = self.story.wording
        owner_a = self.story.contact("eng", "en").address.partition("@")[0]
        owner_b = self.story.contact("coop", "en").address.partition("@")[0]
        listing = wording.fill(source_text("listing.txt"), "ru").replace("\n", "\r\n").encode("windows-1251")
        mbox, mbox_items = self._mbox()
        tar, tar_items = self._folders(owner_b)
        members = [
            (f"{owner_a}/mail.mbox", mbox),
            (f"{owner_b}.tar.gz", gzip_bytes(tar)),
            ("Опись.txt", listing),
        ]
        tree = Item(
            PARCEL, "application/zip",
            members=[
                Item(members[0][0], "application/mbox", digest=_sha256(members[0][1]), members=mbox_items),
                Item(members[1][0], "application/gzip", digest=_sha256(members[1][1]), members=tar_items),
                Item(members[2][0], "text/plain", digest=_sha256(members[2][1])),
            ],
        )  # fmt: skip
        return Parcel(zip_bytes(members), tree)

    # ---- mailboxes ---------------------------------------------------------------------------------------------

    def letters_of(self, holder: str) -> list[Letter]:
        """What one custodian holds, oldest first."""
        held = (letter for letter in self.story.letters.values() if holder in letter.hold)
        return sorted(held, key=lambda letter: (letter.moment, letter.key))

    def _mbox(self) -> tuple[bytes, list[Item]]:
        chunks, items = list[bytes](), list[Item]()
        for number, letter in enumerate(self.letters_of("a"), 1):
            message = self.post.message(letter, "a").replace(b"\r\n", b"\n")
            envelope = f"From {letter.sender.address} {letter.moment.ctime()}\n"
            quoted = re.sub(rb"(?m)^(>*From )", rb">\1", message)
            chunks.append(envelope.encode() + quoted.rstrip(b"\n") + b"\n\n")
            items.append(self._message_item(str(number), letter, message.rstrip(b"\n") + b"\n"))
        return b"".join(chunks), items

    def _folders(self, owner: str) -> tuple[bytes, list[Item]]:
        files, items, counts = list[tuple[str, bytes]](), list[Item](), dict[str, int]()
        for letter in self.letters_of("b"):
            folder = "archive" if letter.twin else "Sent" if letter.sender.key == "coop" else "INBOX"
            counts[folder] = counts.get(folder, 0) + 1
            path = f"{owner}/{folder}/{counts[folder]:04}.eml"
            data = self._file_bytes(letter)
            files.append((path, data))
            items.append(self._message_item(path, letter, data))
        files.sort()
        items.sort(key=lambda item: item.step)
        return tar_bytes(files), items

    def _file_bytes(self, letter: Letter) -> bytes:
        if letter.twin:
            message = self.post.message(letter, "a").replace(b"\r\n", b"\n")
            return message.rstrip(b"\n") + b"\n"
        return self.post.message(letter, "b")

    # ---- what hangs on a message ---------------------------------------------------------------------------------

    def _attachment(self, _letter: Letter, name: str) -> Part:
        if name.startswith("letter "):
            inner = self.story.letters[name.removeprefix("letter ")]
            data = self.post.message(inner, "")
            return Part(media_type="message/rfc822", data=data, name=_file_name(inner), encoding="8bit")
        return self.papers.paper(name).part()

    def _message_item(self, step: str, letter: Letter, data: bytes) -> Item:
        members = list[Item]()
        for name in letter.attach:
            if name.startswith("letter "):
                inner = self.story.letters[name.removeprefix("letter ")]
                members.append(self._message_item(_file_name(inner), inner, self.post.message(inner, "")))
            else:
                members.append(_paper_item(self.papers, self.papers.paper(name)))
        return Item(step, "message/rfc822", letter=letter.key, digest=_sha256(data), members=members)


def _paper_item(papers: Papers, paper: Paper) -> Item:
    state, reason = {
        "brokenzip": ("failed", "damaged"),
        "lockedpdf": ("failed", "password"),
        "scan": ("read", "needs ocr"),
        "logo": ("read", "needs ocr"),
    }.get(paper.kind, ("read", ""))
    members = (
        [_paper_item(papers, papers.paper(key)) for key in papers.members(paper.key)] if paper.kind == "zip" else []
    )
    return Item(paper.name, paper.media_type, state, reason, "", paper.key, _sha256(paper.data), members)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _file_name(letter: Letter) -> str:
    return f"{letter.key}.eml"


def walk(item: Item, above: Sequence[str] = ()) -> list[tuple[tuple[str, ...], Item]]:
    """Every item with its whole location, containers before what they hold."""
    place = (*above, item.step)
    return [(place, item), *(found for member in item.members for found in walk(member, place))]
