"""Ukrainian and Belarusian through Apertium: words analysed, sentences turned into Russian for the Russian models.

Apertium's programs (Debian packages, GPL: called, never linked) run as one long-lived chain a language, fed blocks that
end in a zero byte. For Ukrainian the tagger of that release crashes and prints nothing; `cg-proc -1` stands in for it.
The Russian text is for models only and is never shown: it translates surnames.
"""

from __future__ import annotations

import atexit
import os
import re
import selectors
import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from leakdesk.errors import LeakdeskError

Pivot = Literal["uk", "be"]

#: Where the packages keep their data; LEAKDESK_APERTIUM overrides it.
_HOME = Path("/usr/share/apertium")
_PAIRS: dict[Pivot, tuple[str, str]] = {"uk": ("apertium-rus-ukr", "ukr-rus"), "be": ("apertium-bel-rus", "bel-rus")}
_PROGRAMS = (
    "lt-proc",
    "cg-proc",
    "apertium-pretransfer",
    "lrx-proc",
    "apertium-transfer",
    "apertium-interchunk",
    "apertium-postchunk",
)
#: Seconds to wait for one block.
_PATIENCE = 20.0
#: Code points sent in one block: well below a pipe's buffer, so that writing never waits for reading.
BLOCK = 3000
_RESERVED = re.compile(r"[\[\]{}^$/\\@<>|~*#\x00-\x1f]")


class MissingPart(LeakdeskError):
    """An optional part is not installed. Run `leakdesk doctor` for the one line that installs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """A word as Apertium's dictionary knows it: code points [start, end), base form, tags ("np", "cog", "sg", ...); `others`
    are the further readings (base form, tags) that the words around it leave open."""

    start: int
    end: int
    lemma: str
    tags: tuple[str, ...]
    known: bool
    others: tuple[tuple[str, tuple[str, ...]], ...] = ()


class _Chain:
    """A row of programs, each reading from the one before; blocks end in a zero byte."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self._commands = commands
        self._lock = threading.Lock()
        self._running: list[subprocess.Popen[bytes]] = []

    def _start(self) -> None:
        previous: int = subprocess.PIPE
        for command in self._commands:
            program = subprocess.Popen(
                list(command),
                stdin=previous,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                close_fds=True,
            )
            if self._running and self._running[-1].stdout is not None:
                self._running[-1].stdout.close()
            self._running.append(program)
            previous = program.stdout.fileno() if program.stdout is not None else subprocess.DEVNULL

    def stop(self) -> None:
        """End the programs of this chain (they end by themselves once their input closes)."""
        running, self._running = self._running, []
        for program in running:
            if program.stdin is not None:
                program.stdin.close()
        for program in running:
            try:
                program.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
            if program.stdout is not None and not program.stdout.closed:
                program.stdout.close()

    def ask(self, block: str) -> str | None:
        """What comes out for one block; None where the chain broke or took too long."""
        with self._lock:
            for _ in range(2):
                try:
                    if not self._running:
                        self._start()
                    return self._exchange(block)
                except (OSError, TimeoutError, EOFError):
                    self.stop()
        return None

    def _exchange(self, block: str) -> str:
        first, last = self._running[0].stdin, self._running[-1].stdout
        if first is None or last is None:
            raise EOFError
        first.write(block.encode("utf-8", "replace") + b"\n\0")  # some stages flush only after a line end
        received = bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(last, selectors.EVENT_READ)
            while not received.endswith(b"\0"):
                if not waiting.select(_PATIENCE):
                    raise TimeoutError
                data = os.read(last.fileno(), 65536)
                if not data:
                    raise EOFError
                received += data
        return received[:-1].decode("utf-8", "replace").removesuffix("\n")


def available(language: Pivot) -> bool:
    """Whether the programs and the data of this language are installed."""
    folder, pair = _PAIRS[language]
    return all(shutil.which(name) for name in _PROGRAMS) and (_home() / folder / f"{pair}.automorf.bin").exists()


def needs(language: Pivot) -> str:
    """What to install, as shown to a person."""
    return f"needs {_PAIRS[language][0]}"


def _home() -> Path:
    return Path(os.environ.get("LEAKDESK_APERTIUM", str(_HOME)))


def _analysis(language: Pivot) -> list[list[str]]:
    folder, pair = _PAIRS[language]
    data = str(_home() / folder / pair)
    chain = [["lt-proc", "-z", "-w", f"{data}.automorf.bin"]]
    return [*chain, ["cg-proc", "-z", "-w", f"{data}.rlx.bin"]]


def _transfer(language: Pivot) -> list[list[str]]:
    folder, pair = _PAIRS[language]
    data, rules = str(_home() / folder / pair), str(_home() / folder / f"{folder}.{pair}")
    return [
        ["lt-proc", "-z", "-w", f"{data}.automorf.bin"],
        ["cg-proc", "-z", "-w", "-1", "-n", f"{data}.rlx.bin"],
        ["apertium-pretransfer", "-z"],
        ["lt-proc", "-z", "-b", f"{data}.autobil.bin"],
        ["lrx-proc", "-z", "-m", f"{data}.autolex.bin"],
        ["apertium-transfer", "-z", "-b", f"{rules}.t1x", f"{data}.t1x.bin"],
        ["apertium-interchunk", "-z", f"{rules}.t2x", f"{data}.t2x.bin"],
        ["apertium-postchunk", "-z", f"{rules}.t3x", f"{data}.t3x.bin"],
        ["lt-proc", "-z", "-n", f"{data}.autogen.bin"],
        ["lt-proc", "-z", "-p", f"{data}.autopgen.bin"],
    ]


@cache
def _chain(language: Pivot, what: Literal["analysis", "transfer"]) -> _Chain:
    if not available(language):
        raise MissingPart(needs(language))
    chain = _Chain(_analysis(language) if what == "analysis" else _transfer(language))
    atexit.register(chain.stop)
    return chain


def russian_of(block: str, language: Pivot) -> str | None:
    """A block (at most BLOCK code points) in gist Russian, or None where the chain broke. Raises MissingPart."""
    return _chain(language, "transfer").ask(_RESERVED.sub(" ", block))


_UNIT = re.compile(r"\^([^/$]*)/([^$]*)\$")


def analyse(block: str, language: Pivot) -> tuple[Analysed, ...]:
    """The words of a block with base forms and tags; () where the chain broke. Raises MissingPart."""
    answer = _chain(language, "analysis").ask(_RESERVED.sub(" ", block))
    if answer is None:
        return ()
    words: list[Analysed] = []
    at = 0
    for match in _UNIT.finditer(answer):
        surface, (reading, *rest) = match.group(1), match.group(2).split("/")
        found = block.find(surface, at)
        if found < 0:
            continue
        at = found + len(surface)
        lemma, tags = _split(reading)
        known = not reading.startswith("*")
        words.append(
            Analysed(
                start=found,
                end=at,
                lemma=lemma.lstrip("*"),
                tags=tags if known else (),
                known=known,
                others=tuple(_split(each) for each in rest) if known else (),
            )
        )
    return tuple(words)


def _split(reading: str) -> tuple[str, tuple[str, ...]]:
    """ "завод<n><m><sg>" -> base form and tags."""
    lemma, *tags = re.split(r"[<>]+", reading.rstrip(">"))
    return lemma, tuple(tags)
