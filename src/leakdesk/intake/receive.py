"""Walks what was given and says, for each file, where it stands and whether it can be taken in.

A location's first step is the path relative to the parent of what was given: nothing about this computer is kept. Links
are not followed (they may lead out of the parcel, or in circles); whatever is no file is a row with its reason.
"""

from __future__ import annotations

import os
import stat
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leakdesk.errors import NotReadable, UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file or its substitute: `path` is None where `reason` says why it cannot be taken in."""

    location: str
    location_bytes: str | None
    path: str | None
    size: int = 0
    reason: str = ""


def check(paths: Sequence[Path], case: Path) -> None:
    """Refuse at once what cannot be used at all, before anything is written."""
    home = case.resolve()
    for path in paths:
        if not os.path.lexists(path):
            raise NotReadable(f"{path} does not exist", try_="Look at the spelling of the path.")
        resolved = path.resolve()
        if resolved == home or home in resolved.parents:
            raise UsageError(f"{path} lies inside the case itself", try_="Give the files that you received.")
        if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
            raise NotReadable(str(path), try_="You may not read it: look at who owns it.")


def walk(paths: Sequence[Path], case: Path) -> Iterator[Arrival]:
    """Every file below the given paths, in the order of their names; the case itself is left out."""
    home = os.fspath(case.resolve())
    for path in paths:
        given = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links
        base = os.path.dirname(given)  # noqa: PTH120
        if os.path.isdir(given):  # noqa: PTH112
            yield from _folder(given, base, home)
        else:
            yield _file(given, base, follow=True)


def measure(paths: Sequence[Path], case: Path) -> tuple[int, int]:
    """How many files there are, and their bytes: for an honest progress bar."""
    files = size = 0
    for arrival in walk(paths, case):
        files, size = files + 1, size + arrival.size
    return files, size


def _folder(folder: str, base: str, home: str) -> Iterator[Arrival]:
    stack = [folder]
    while stack:
        at = stack.pop()
        try:
            with os.scandir(at) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield _arrival(at, base, reason=f"the folder cannot be listed ({os.strerror(error.errno or 0)})")
            continue
        folders: list[str] = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if os.path.realpath(entry.path) != home:
                    folders.append(entry.path)
            else:
                yield _file(entry.path, base)
        stack.extend(reversed(folders))


def _file(path: str, base: str, *, follow: bool = False) -> Arrival:
    try:
        found = os.stat(path, follow_symlinks=follow)  # noqa: PTH116 - as above
    except OSError as error:
        return _arrival(path, base, reason=f"it cannot be looked at ({os.strerror(error.errno or 0)})")
    if stat.S_ISLNK(found.st_mode):
        return _arrival(path, base, reason="a link to another place: not followed")
    if not stat.S_ISREG(found.st_mode):
        return _arrival(path, base, reason="not a file (a pipe, a socket or a device)")
    if not os.access(path, os.R_OK):
        return _arrival(path, base, reason="permission denied")
    return _arrival(path, base, size=found.st_size, usable=True)


def _arrival(path: str, base: str, *, size: int = 0, reason: str = "", usable: bool = False) -> Arrival:
    relative = os.path.relpath(path, base)
    raw = os.fsencode(relative)
    try:
        location, exact = raw.decode("utf-8"), None
    except UnicodeDecodeError:
        location, exact = raw.decode("utf-8", "replace"), f'["{b64encode(raw).decode()}"]'
    return Arrival(location=location, location_bytes=exact, path=path if usable else None, size=size, reason=reason)
