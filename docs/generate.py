"""Writes the generated parts of the documentation (between cog's marks), or checks that they are up to date.

./run docs            writes
./run docs --check    exits 1 where something is out of date (part of ./run lint)
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ("docs/reference/cli.md", "docs/reference/errors.md")


def cli() -> str:
    """Every verb with its help, as the program prints it."""
    import click

    from leakdesk.cli.app import VERBS, leakdesk

    parts: list[str] = []
    context = click.Context(leakdesk, info_name="leakdesk", max_content_width=100)
    for verb in VERBS:
        command = leakdesk.get_command(context, verb)
        assert command is not None
        page = command.get_help(click.Context(command, info_name=verb, parent=context, max_content_width=100))
        parts.append(f"## leakdesk {verb}\n\n```\n{page}\n```\n")
    return "\n".join(parts)


def errors() -> str:
    """Every error with its exit code, what it says and what to try."""
    from leakdesk import errors as module

    found = [
        each for each in vars(module).values() if isinstance(each, type) and issubclass(each, module.LeakdeskError)
    ]
    rows = ["| error | exit code | what happened | what to try |", "|---|---|---|---|"]
    for each in found:
        happened, _, advice = " ".join((each.__doc__ or "").split()).partition(". ")
        rows.append(f"| {each.__name__} | {each.exit_code} | {happened.rstrip('.')} | {advice} |")
    return "\n".join(rows) + "\n"


def main() -> int:
    from cogapp import Cog

    check = "--check" in sys.argv
    cog = Cog()
    cog.set_output(stdout=io.StringIO() if not check else sys.stdout, stderr=sys.stderr)
    options = ["--check", "--diff"] if check else ["-r"]
    return cog.main(["cog", "-P", "-I", str(ROOT), *options, *(str(ROOT / page) for page in PAGES)])


if __name__ == "__main__":
    raise SystemExit(main())
