"""The command line: `leakdesk VERB ...` or `python -m leakdesk VERB ...`."""

from __future__ import annotations


def main() -> None:
    """Run one command and leave with its exit code."""
    try:
        from leakdesk.cli.app import run

        code = run()
    except KeyboardInterrupt:
        # While modules were still loading: nothing was begun.
        code = 130
    raise SystemExit(code)


if __name__ == "__main__":
    main()
