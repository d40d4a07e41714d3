"""The table of verbs, and the one place where errors become sentences and exit codes.

A new verb is one line in `VERBS` and one file beside this one with a click command called `command`.
"""

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from leakdesk.cli import render
from leakdesk.errors import Interrupted, LeakdeskError, NotPermitted, disk_error

#: Verb -> (module below leakdesk.cli, one line of help), in the order in which they are used.
VERBS: dict[str, tuple[str, str]] = {
    "init": ("init", "Create a case folder."),
    "add": ("add", "Receive, seal, unpack, read and index files."),
    "ledger": ("ledger", "Show what was found, what was read, and what was not and why."),
    "list": ("list_", "List the documents."),
    "text": ("text", "Print a document's text, exactly."),
    "raw": ("raw", "Write the sealed original bytes of any item."),
    "search": ("search", "Find words and names, in every spelling."),
    "meaning": ("meaning", "Prepare a case for search by meaning (an optional part)."),
    "saved": ("saved", "List saved searches with what is new, or look at one."),
    "note": ("note", "Write notes to documents, or list them."),
    "tag": ("tag", "Tag documents: read, relevant, privileged, or words of your own."),
    "names": ("names", "Show who and what is named, and judge about it."),
    "roles": ("roles", "Settle why a person may be named, or that they may not."),
    "claims": ("claims", "List the claims and what supports them."),
    "lineage": ("lineage", "Show who had it from whom, and how many independent sources that makes."),
    "authenticity": ("authenticity", "Say what can be said technically about each letter."),
    "check": ("check", "Hold a report's claims and quotations against the letters."),
    "screen": ("screen", "Hold names and goods against lists: who may be on which, since when, and why."),
    "routes": ("routes", "Show the roads that goods took, as the letters tell them."),
    "offices": (
        "offices",
        "List what letters tell of office holders: offices, citizenships, trips by country and month.",
    ),
    "finding": ("finding", "Draft, accept, edit, grade or reject findings."),
    "exposure": ("exposure", "Say how many people could have held what is about to be published."),
    "pack": ("pack", "Build the redacted publication that a stranger can verify."),
    "export": ("export", "Write the case in another tool's format, masked."),
    "read": ("read", "Read one file without a case: names, who says what, claims."),
    "compare": ("compare", "Show two reports side by side."),
    "serve": ("serve", "Open the desk in a browser, on this computer only."),
    "match": ("match", "Say whether two names are the same, and why."),
    "verify": ("verify", "Check that nothing was changed: a case, or a pack."),
    "retry": ("retry", "Read what was not read once more."),
    "reread": ("reread", "Read again with newer readers."),
    "rebuild": ("rebuild", "Make the search index and derived files anew."),
    "dump": ("dump", "Print everything in canonical order, without times."),
    "demo": ("demo", "Go the whole way on a shipped, invented parcel."),
    "doctor": ("doctor", "Say which optional parts are present."),
}


class Verbs(click.Group):
    """Loads a verb's file only when the verb is called; `--help` shows one line each without loading any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of use."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's own command."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"leakdesk.cli.{VERBS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs for --help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in VERBS.items()])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="leakdesk", message="%(version)s")
def leakdesk() -> None:
    """From a parcel of leaked letters to a finding that a stranger can verify.

    \b
    Example:
      leakdesk init case
      leakdesk add case parcel.zip
      leakdesk ledger case
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. `--verbose` anywhere shows where an error came from."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbose = "--verbose" in given
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = leakdesk.main(
            args=[word for word in given if word != "--verbose"], prog_name="leakdesk", standalone_mode=False
        )
    except BaseException as error:
        return _explain(error, verbose=verbose)
    return code if isinstance(code, int) else 0


def _terminated(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _explain(error: BaseException, *, verbose: bool) -> int:
    if verbose and not isinstance(error, click.exceptions.Exit):
        render.trace(error)
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.ClickException):
        render.say(error.format_message())
        context = getattr(error, "ctx", None)
        if context is not None:
            render.say(f"Try: {context.command_path} --help")
        return 2
    return _explain_own(error)


def _explain_own(error: BaseException) -> int:
    if isinstance(error, KeyboardInterrupt | click.Abort):
        error = Interrupted()
    elif isinstance(error, BrokenPipeError):
        render.silence()
        return 0
    elif isinstance(error, OSError) and (full := disk_error(error)) is not None:
        error = full
    elif isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        error = NotPermitted(Path(str(error.filename or "")).name)
    elif isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 2
    if isinstance(error, LeakdeskError):
        render.say(error.sentence())
        return error.exit_code
    render.say(
        f"Something unexpected happened ({type(error).__name__}). Nothing that was sealed is lost; run the same command "
        "again with --verbose to see where."
    )
    return 2
