"""Every error a person can meet.

    LeakdeskError                 exit code   says
    ├── UsageError                2           the input cannot be used at all
    │   ├── CaseMissing           2
    │   ├── CaseTooNew            2
    │   ├── CaseBusy              2
    │   ├── CaseReadOnly          2
    │   ├── NotPermitted          2
    │   ├── NotFound              2
    │   │   └── NothingThere      2
    │   └── NotReadable           2
    ├── CheckFailed               1           something is not as it was sealed
    ├── Refused                   3           stopped for somebody's safety
    │   ├── NoSandbox             3
    │   ├── PackBlocked           3
    │   └── OutsideRefused        3
    ├── DiskFull                  2
    └── Interrupted               130

The docstring of each class is its first sentence and what to try; `what` names the item. Messages hold ids, names of
files the user gave, and reasons: never text of a document.
"""

from __future__ import annotations

import errno
import os
from typing import ClassVar


class LeakdeskError(Exception):
    """Something went wrong. Run the command again with --verbose and look at the last line."""

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str = "", *, try_: str = "") -> None:
        self.what = what
        self.try_ = try_
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """One sentence for a tired reader: what happened, to which item, what to try."""
        happened, _, default_try = " ".join((self.__doc__ or "").split()).partition(". ")
        advice = self.try_ or default_try.strip()
        item = f": {self.what}" if self.what else ""
        return f"{happened.rstrip('.')}{item}. {advice}".strip()


class UsageError(LeakdeskError):
    """This cannot be used. Look at the example in --help."""


class CaseMissing(UsageError):
    """There is no case here. Create one with: leakdesk init CASE."""


class CaseTooNew(UsageError):
    """This case was made by a newer leakdesk. Install that version, or a later one; nothing was changed."""


class CaseBusy(UsageError):
    """Another leakdesk is writing to this case. Wait until it is done, or stop it; then run this again."""


class CaseReadOnly(UsageError):
    """This case may be read here, and not written to. Copy it to a disk that you may write to, or look at who owns its folder."""


class NotPermitted(UsageError):
    """A file or folder may not be opened or made. Look at who owns it, or choose a place that you may write to."""


class NotFound(UsageError):
    """There is no such item. List what there is with: leakdesk list CASE, or leakdesk ledger CASE."""


class NothingThere(NotFound):
    """There is nothing to show of it. Look at: leakdesk ledger CASE."""


class NotReadable(UsageError):
    """This file cannot be read. Check that it exists and that you may read it."""


class DiskFull(LeakdeskError):
    """The disk is full, or does not answer. Free some space or see to the disk, and run the same command again: it resumes."""


def disk_error(error: OSError) -> DiskFull | None:
    """What to say of a system error that means no room, no quota, a file too large, or a medium that does not answer; None of
    any other."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
        return None
    return DiskFull(f"writing failed ({os.strerror(error.errno)})")


class CheckFailed(LeakdeskError):
    """A check failed. The lines above say which step and which item."""

    exit_code = 1


class Refused(LeakdeskError):
    """Refused for somebody's safety. The reasons are listed above."""

    exit_code = 3


class NoSandbox(Refused):
    """Nothing could be read without a sandbox. Install bubblewrap, or say --unsandboxed knowing the risk."""


class PackBlocked(Refused):
    """The pack was not built. Settle the reasons listed above and run the same command again."""


class OutsideRefused(Refused):
    """Only an extractor on this computer is asked, so that no document leaves it. Give an address such as http://127.0.0.1:8080/v1."""


class Interrupted(LeakdeskError):
    """Interrupted. Run the same command again: it resumes where it stopped."""

    exit_code = 130
