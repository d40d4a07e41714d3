"""Word and PowerPoint files of the years before 2007; files embedded in them become parts.

Word 97 and later and PowerPoint are read by readers of our own (`word_binary`, `slides_binary`), which reach footnotes,
comments, headers and text boxes too. Older Word files need antiword or catdoc, run with a time limit on a file of their
own in a scratch folder; where neither is there, the item says "needs antiword". Passwords are tried first.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from leakdesk.documents import slides_binary, word_binary
from leakdesk.documents.decoding import without_surrogates
from leakdesk.documents.hints import ReaderHints
from leakdesk.documents.layers import Completeness
from leakdesk.documents.locked import unlocked
from leakdesk.documents.sections import Sections
from leakdesk.model.document import Extract, Kind, Part, State

NAME = "leakdesk-old-office 1"
WORD = "application/msword"
SLIDES = "application/vnd.ms-powerpoint"
LOCKED = "application/x-ooxml-protected"

#: Programs by media type, in the order in which they are tried: name, arguments before the file.
PROGRAMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    WORD: (("antiword", ("-m", "UTF-8.txt", "-w", "0")), ("catdoc", ("-w", "-d", "utf-8"))),
    SLIDES: (("catppt", ("-d", "utf-8")),),
}


def read_word(data: bytes, hints: ReaderHints) -> Extract:
    """Read a .doc file."""
    if data.startswith(b"{\\rtf"):
        from leakdesk.documents import rtf

        return rtf.read(data, hints)
    return _read(data, hints, WORD)


def read_slides(data: bytes, hints: ReaderHints) -> Extract:
    """Read a .ppt file."""
    return _read(data, hints, SLIDES)


def read_locked(data: bytes, hints: ReaderHints) -> Extract:
    """Read an OOXML file under a password: opened, it is read as what it is."""
    from leakdesk.documents import sheets, slides, word

    opened = unlocked(data, hints)
    if isinstance(opened, str) or opened is data:
        reason = opened if isinstance(opened, str) else "damaged: its encryption cannot be read"
        return Extract(
            kind=Kind.DOCUMENT, schema="Document", media_type=LOCKED, state=State.FAILED, stage="open", reason=reason
        )
    if b"xl/" in opened:
        return sheets.read_xlsx(opened, hints)
    return slides.read(opened, hints) if b"ppt/" in opened else word.read(opened, hints)


def _read(data: bytes, hints: ReaderHints, media_type: str) -> Extract:
    opened = unlocked(data, hints)
    if isinstance(opened, str):
        return Extract(
            kind=Kind.DOCUMENT,
            schema="Document",
            media_type=media_type,
            state=State.FAILED,
            stage="open",
            reason=opened,
        )
    complete, sections = Completeness(), Sections(paged=media_type == SLIDES)
    own = word_binary.fill(opened, sections) if media_type == WORD else slides_binary.fill(opened, sections)
    parts, title = _inside(opened)
    if not own:
        text = _by_program(opened, media_type, hints, complete)
        if text is None:
            return Extract(
                kind=Kind.DOCUMENT,
                schema="Document",
                media_type=media_type,
                parts=tuple(parts),
                state=State.FAILED,
                stage="read",
                reason=complete.reason or "the file's text cannot be read",
                limit=complete.limit,
            )
        sections = Sections(pages=[text])
    return Extract(
        kind=Kind.DOCUMENT,
        schema="Document",
        media_type=media_type,
        layer=sections.layer(NAME, complete, hints.limits.text_chars),
        title=title,
        parts=tuple(parts),
        state=complete.state,
        stage="" if complete.state is State.READ else "read",
        reason=complete.reason,
        limit=complete.limit,
        notes=tuple(complete.notes),
    )


def _by_program(data: bytes, media_type: str, hints: ReaderHints, complete: Completeness) -> str | None:
    programs = PROGRAMS[media_type]
    present = [(name, arguments) for name, arguments in programs if shutil.which(name)]
    if not present:
        complete.reason = f"needs {programs[0][0] if programs[0][0] != 'catppt' else 'catdoc'}"
        return None
    with tempfile.TemporaryDirectory(prefix="leakdesk-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        for name, arguments in present[:1]:  # catdoc only where antiword is missing: it hangs on damaged files
            text = _run([name, *arguments, str(path)], hints, complete)
            if text is not None and text.strip():
                return text
    return "" if not complete.limit and _is_compound(data) and complete.reason == "" else None


def _is_compound(data: bytes) -> bool:
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def _run(command: list[str], hints: ReaderHints, complete: Completeness) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=hints.limits.program_seconds, check=False)
    except subprocess.TimeoutExpired:
        complete.reason, complete.limit = f"{command[0]} took too long", "program_seconds"
        return None
    except OSError:
        return None
    if done.returncode != 0 and not done.stdout.strip():
        return None
    text = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
    return without_surrogates(re.sub(r"\n{3,}", "\n\n", text).strip("\n"))


def _inside(data: bytes) -> tuple[list[Part], str | None]:
    """Embedded objects of a compound file, and its title."""
    import olefile

    parts: list[Part] = []
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            for path in file.listdir(streams=True, storages=False):
                if path[-1] in ("\x01Ole10Native", "CONTENTS", "Package") and len(path) > 1:
                    from leakdesk.documents.compound import package_file

                    raw = file.openstream(path).read()
                    name, content = package_file(raw[4:]) if path[-1] == "\x01Ole10Native" else ("", raw)
                    parts.append(Part(name=name or f"object-{len(parts) + 1}.bin", data=content))
            title = getattr(file.get_metadata(), "title", None)
    except (
        Exception
    ):  # olefile raises OSError, struct.error, IndexError and others on damaged files: the text was read all the same
        return parts, None
    if isinstance(title, bytes):
        from leakdesk.documents.charsets import decode

        title = decode(title).text
    return parts, title.strip("\0 ") or None if isinstance(title, str) else None
