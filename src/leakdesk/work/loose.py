"""One file read without a case: the reporter's own draft, a report, a single letter. Nothing of it is kept.

The bytes go through the same box as a leaked file's; only the text comes back.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from leakdesk.errors import NoSandbox, NotReadable, UsageError
from leakdesk.intake import sandbox
from leakdesk.intake.identify import HEAD, identify
from leakdesk.intake.limits import limits
from leakdesk.model.comparison import SourceText
from leakdesk.model.document import Extract, Kind, Language, State, TextLayer
from leakdesk.store.originals import Spool
from leakdesk.work.pool import Job, Pool

if TYPE_CHECKING:
    from leakdesk.model.claim import Reading
    from leakdesk.store.originals import Originals

ReadAs = Literal["report", "message"]
#: Largest single file that is read without a case; larger ones belong into one.
LARGEST = 256 << 20
STDIN = "-"


class _Unkept(Spool):
    """A copy that goes nowhere: parts of a file read without a case are not kept."""

    def discard(self) -> None:
        """Close; there is nothing to remove."""
        os.close(self.handle)


class _NoStore:
    """Stands where a case's originals stand in the pool."""

    def spool(self) -> Spool:
        """A copy that goes nowhere."""
        nowhere = Path(os.devnull)
        return _Unkept(path=nowhere, handle=os.open(nowhere, os.O_WRONLY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A file read without a case: its extract, and what it is to be read as."""

    name: str
    extract: Extract
    as_: ReadAs

    @property
    def layer(self) -> TextLayer:
        """The text layer. Raises UsageError where the file has none, with the reason."""
        if self.extract.layer is None:
            reason = self.extract.reason or "there is no text in it"
            raise UsageError(
                f"{self.name} has no text ({reason})", try_="Give a text, HTML, PDF or Word file, or a message."
            )
        return self.extract.layer

    @property
    def source(self) -> SourceText:
        """What is known about it besides its words."""
        return SourceText(name=self.name, published=self.extract.created, links=links_of(self.extract))


def links_of(extract: Extract) -> tuple[str, ...]:
    """Addresses that the file links to, as its reader noted them."""
    return tuple(note.sentence for note in extract.notes if note.rule == "link")


def read_files(paths: list[str], *, as_: ReadAs | None = None, unsandboxed: bool = False) -> list[Loose]:
    """Read some files ("-" is standard input). Raises NotReadable for one that cannot be opened, NoSandbox where a
    native format meets a computer without a box."""
    sources = [_bytes(path) for path in paths]
    names = [Path(path).name if path != STDIN else STDIN for path in paths]
    types = [_media_type(data, name, as_) for data, name in zip(sources, names, strict=True)]
    extracts = _extract(sources, names, types, unsandboxed=unsandboxed)
    return [_loose(name, extract, as_) for name, extract in zip(names, extracts, strict=True)]


def _loose(name: str, extract: Extract, as_: ReadAs | None) -> Loose:
    if extract.state is State.FAILED and "bubblewrap" in extract.reason:
        raise NoSandbox(name)
    message = extract.kind is Kind.MESSAGE
    return Loose(name=name, extract=extract, as_=as_ or ("message" if message else "report"))


def _bytes(path: str) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    file = Path(path)
    try:
        if file.is_dir():
            raise NotReadable(file.name, try_="This is a folder: add it to a case with leakdesk add CASE FOLDER.")
        if file.stat().st_size > LARGEST:
            raise NotReadable(file.name, try_="It is too large to be read alone: add it to a case.")
        return file.read_bytes()
    except FileNotFoundError:
        raise NotReadable(file.name, try_="There is no such file.") from None
    except PermissionError:
        raise NotReadable(file.name, try_="You may not read it.") from None


def _media_type(data: bytes, name: str, as_: ReadAs | None) -> str:
    found = identify(data[:HEAD], "" if name == STDIN else name, data[-HEAD:])
    if found == "application/mbox" and as_ == "message":
        return "message/rfc822"
    # Bare words without headers are text, also when somebody says that they are a letter.
    return found if found != "application/octet-stream" or b"\x00" in data else "text/plain"


def _extract(sources: list[bytes], names: list[str], types: list[str], *, unsandboxed: bool) -> list[Extract]:
    how = sandbox.tier(unsandboxed=unsandboxed)
    jobs = [
        Job(key=number, document="", media_type=media_type, name=name, source=data, location=(name,))
        for number, (data, name, media_type) in enumerate(zip(sources, names, types, strict=True))
    ]
    with Pool(
        jobs=1, limits=limits(), passwords=(), how=how, originals=cast("Originals", _NoStore()), ocr=True
    ) as pool:
        outcomes = pool.submit(jobs).result()
    return [outcomes[number].done.extract for number in range(len(jobs))]


def reading_of(loose: Loose, *, language: Language | None = None, extractors: Sequence[str] = ()) -> Reading:
    """Read a loose file deeply; `extractors` (else the environment) name models on this computer that may add to it.

    Raises OutsideRefused for one that is elsewhere."""
    from leakdesk.reading.outside.choose import chosen
    from leakdesk.reading.outside.verbatim import with_extractors
    from leakdesk.reading.read import read_text

    outside = chosen(extractors)

    layer = loose.layer
    if loose.as_ == "report" and layer.segments:
        # A report's zones are the reading chapter's business, whatever the file's reader thought of them.
        layer = replace(layer, segments=())
    reading = read_text(
        layer, as_=loose.as_, head=loose.extract.head, published=loose.extract.created, language=language
    )
    return with_extractors(reading, outside, letter=loose.as_ == "message")


def read_lines(
    path: Path, *, as_: ReadAs, language: Language | None = None, extractors: Sequence[str] = ()
) -> Iterator[Reading]:
    """One text a line in, one reading a line out; the models start once. Raises NotReadable, OutsideRefused."""
    from leakdesk.reading.outside.choose import chosen
    from leakdesk.reading.outside.verbatim import with_extractors
    from leakdesk.reading.read import read_text

    outside = chosen(extractors)
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotReadable(path.name, try_="Give a text file in UTF-8, one text a line.") from None
    for line in text.split("\n"):
        if line.strip():
            layer = TextLayer(text=line.rstrip("\r"), extractor="line 1")
            yield with_extractors(read_text(layer, as_=as_, language=language), outside, letter=as_ == "message")
