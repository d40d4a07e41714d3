"""A medium that can only be read: a write-protected stick, a DVD, a snapshot. Nothing there can make a lock or a side file.

A case that was closed properly has no write-ahead log, and SQLite would make one to read it; on such a medium it is told
that nothing will change. A log that did come along is read with the case.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def is_protected(folder: Path) -> bool:
    """Whether nobody can write where `folder` lies."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def address(database: Path) -> str:
    """The address under which SQLite reads a database and never writes to it, whatever signs its path has."""
    log = database.with_name(f"{database.name}-wal")
    unchanging = is_protected(database.parent) and not (log.exists() and log.stat().st_size)
    return f"file:{quote(str(database))}?{'immutable=1' if unchanging else 'mode=ro'}"
