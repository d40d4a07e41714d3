"""What one run of `add`, `retry` or `reread` was told, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


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
