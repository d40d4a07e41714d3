"""What the main process and a parsing process say to each other: small typed records (msgpack), size-checked on arrival.

Main says one `Request`, then for items without inline bytes their pieces as raw frames, each item's ended by an empty
one. The child answers frame by frame. Bytes of large parts follow their record as raw frames, ended by an empty one.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from leakdesk.intake.limits import Limits
from leakdesk.model.document import Extract, Note, State
from leakdesk.search.entry import About, IndexEntry

#: Bytes up to this size travel inside a record; larger ones as frames of about this size.
INLINE = 1 << 20


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """The first frame: how this child is to read."""

    limits: Limits
    passwords: tuple[str, ...] = ()
    memory_bytes: int = 0
    ocr: bool = False


class Next(msgspec.Struct, frozen=True):
    """To the first process of a box that forks: a request about items of these types comes next, for a fresh process."""

    media_types: tuple[str, ...]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One item to read. `data` None: its bytes follow as frames."""

    key: int
    document: str
    media_type: str
    name: str
    data: bytes | None
    location: tuple[str, ...] = ()


class Read(msgspec.Struct, frozen=True, tag=True):
    """Read these items, in order."""

    tasks: tuple[Task, ...]


class Volume(msgspec.Struct, frozen=True):
    """One volume of an archive that is cut into several. `path` None: its bytes follow as frames."""

    name: str
    path: str | None


class Unpack(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Open an archive and stream its members; the first `skip` are known already. `path` None: its bytes follow.

    With `volumes` it is cut into several files, and `path` is the name of the one that holds the directory."""

    media_type: str
    path: str | None
    skip: int
    members: int
    bytes: int
    volumes: tuple[Volume, ...] = ()


class Think(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Run a deep step's function over one document's plain description (JSON)."""

    function: str
    payload: bytes


Request = Read | Unpack | Think


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an item that was read. `data` None and `size` > 0: its bytes follow as frames."""

    name: str
    name_bytes: bytes | None
    media_type: str
    size: int
    data: bytes | None
    opened: bool
    inline: bool = False
    state: State = State.READ
    reason: str = ""
    limit: str = ""
    notes: tuple[Note, ...] = ()


class Done(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One item is read: its extract (parts apart), its entry for the index."""

    key: int
    extract: Extract
    reader: str
    found: tuple[Found, ...] = ()
    listed: int = 0
    entry: IndexEntry | None = None


class Opened(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A member of an archive: frames with its bytes follow (ended by an empty one), then `Ended`."""

    name: str
    name_bytes: bytes | None
    traces: dict[str, str] = {}
    notes: tuple[Note, ...] = ()


class Ended(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """How a member ended. `bytes_` False: it has none."""

    bytes_: bool
    state: State
    reason: str = ""
    limit: str = ""


class Closed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The archive is at its end."""

    media_type: str
    listed: int
    state: State
    reason: str = ""
    limit: str = ""


class Thought(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a deep step gave: its JSON, or why there is none ("needs X" in `missing`)."""

    data: bytes | None = None
    missing: str = ""
    failed: str = ""


def about_document(
    *,
    kind: str,
    title: str | None,
    languages: Sequence[str],
    attachments: Sequence[str],
    location: Sequence[str],
    message: bool,
) -> About:
    """What the index knows beside the text. A message in a mailbox has a number for a name: that is none."""
    name = location[-1].rsplit("/", 1)[-1] if location else ""
    return About(
        kind=kind,
        title=title,
        languages=tuple(languages),
        attachments=tuple(attachments),
        filename="" if message and name.isdigit() else name,
        containers=tuple(location[:-1]),
    )


_encoder = msgspec.msgpack.Encoder()
encode = _encoder.encode
decode_setup = msgspec.msgpack.Decoder(Setup).decode
decode_request = msgspec.msgpack.Decoder(Request).decode
decode_next = msgspec.msgpack.Decoder(Next).decode
decode_done = msgspec.msgpack.Decoder(Done).decode
decode_unpacked = msgspec.msgpack.Decoder(Opened | Closed).decode
decode_ended = msgspec.msgpack.Decoder(Ended).decode
decode_thought = msgspec.msgpack.Decoder(Thought).decode
