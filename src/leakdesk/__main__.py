"""The command line: `leakdesk VERB ...` or `python -m leakdesk VERB ...`."""

from __future__ import annotations

import os


def main() -> None:
    """Run one command and leave with its exit code."""
    # The models multiply small matrices: threads cost several times what they save, and take the other workers' processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from leakdesk.cli.app import run

        code = run()
    except KeyboardInterrupt:
        # While modules were still loading: nothing was begun.
        code = 130
    raise SystemExit(code)


if __name__ == "__main__":
    main()
