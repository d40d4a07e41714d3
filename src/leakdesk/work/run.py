"""What one run of `add`, `retry` or `reread` was told, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from leakdesk.errors import UsageError

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `add` was told."""

    as_: str = "leak"
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    passwords: tuple[str, ...] = ()
    jobs: int | None = None
    unsandboxed: bool = False
    limits: str = "default"
    deep: bool = True

    def __post_init__(self) -> None:
        if self.published and not is_day(self.published):
            raise UsageError(
                f"--published {self.published}",
                try_="Give the day of the report as 2024-07-11, or 2024-07-11T09:30+03:00.",
            )


@dataclass(slots=True)
class Progress:
    """Where a run stands, for the progress bar: done and total are items, or bytes while receiving."""

    phase: str = "receiving"
    done: int = 0
    total: int = 0
    container: str = ""


Say = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Says nothing."""


@dataclass(slots=True)
class Telling:
    """The progress of a run and whoever listens to it."""

    say: Say = silent
    progress: Progress = field(default_factory=Progress)

    def begin(self, phase: str, total: int) -> None:
        """A new phase, with nothing done."""
        self.progress = Progress(phase, 0, total)

    def step(self) -> None:
        """One more is done; the total grows where it was guessed too small."""
        self.progress.done += 1
        self.progress.total = max(self.progress.total, self.progress.done)

    def tell(self) -> None:
        """Let the listener know."""
        self.say(self.progress)


def is_day(written: str) -> bool:
    """Whether this is a day, month or year of the calendar, or a moment."""
    if not _DAY.fullmatch(written[:10]) or (len(written) > 10 and written[10] not in "T "):
        return False
    try:
        datetime.fromisoformat(written + "0000-01-01"[len(written) :] if len(written) < 10 else written)
    except ValueError:
        return False
    return True
