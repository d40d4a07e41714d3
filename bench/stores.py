"""An Outlook store made searchable: `leakdesk add --no-deep` beside `readpst` and `notmuch new`, in one run.

    python -m bench.stores [FILE...]      default: the stores of ../shared/real/mail/outlook

Both ways start with the store and end with its letters searchable. readpst writes messages only; leakdesk also seals, lists
appointments, contacts and tasks, and reads what is attached. Small stores measure the start of the programs, so an empty
one is measured too and the difference is printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from bench.cost import Cost, added, notmuch, run

SHARED = Path(os.environ.get("LEAKDESK_SHARED", Path(__file__).parents[2] / "shared"))


def peers(folder: Path, store: Path) -> tuple[Cost, int]:
    """Cost of readpst and notmuch together, and how many messages they gave."""
    mail = folder / "mail"
    mail.mkdir()
    first = run(["readpst", "-q", "-j", "2", "-D", "-e", "-o", str(mail), str(store)])
    second = notmuch(mail, folder / "notmuch-config")
    count = len(list(mail.rglob("*.eml")))
    shutil.rmtree(mail)
    return Cost(first.seconds + second.seconds, first.cpu + second.cpu), count


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    found = sorted((SHARED / "real/mail/outlook").rglob("*.[po]st"), key=lambda path: path.stat().st_size)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        nothing = folder / "nothing.txt"
        nothing.write_text("nothing\n")
        start, _ = added(folder, nothing, 2)
        print(f"start alone: leakdesk {start.seconds:.1f} s, {start.cpu:.1f} s of processors")
        for store in given.files or found:
            own, summary = added(folder, store, 2, whole=False)
            other, count = peers(folder, store)
            print(
                f"{store.name}: leakdesk {own.seconds:.1f} s, {own.cpu:.1f} s of processors, {summary['found']} items;"
                f" readpst and notmuch {other.seconds:.1f} s, {other.cpu:.1f} s of processors, {count} messages;"
                f" ratio {own.seconds / other.seconds:.2f}, of processors {own.cpu / other.cpu:.2f};"
                f" without the start {max(own.cpu - start.cpu, 0) / other.cpu:.2f} of processors",
                flush=True,
            )


if __name__ == "__main__":
    main()
