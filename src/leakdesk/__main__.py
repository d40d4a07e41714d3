"""The command line: `leakdesk VERB ...` or `python -m leakdesk VERB ...`."""

from __future__ import annotations


def main() -> None:
    """Run one command and leave with its exit code."""
    from leakdesk.cli.app import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
