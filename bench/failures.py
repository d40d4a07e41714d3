"""How much of a named corpus is read: everything through `add` and recognition, then the ledger by folder.

    python bench/failures.py [FOLDER...]     default: ../shared/real/mail, pdf and charsets

Prints a table (Markdown) of items by folder and state, then every item that is not read, with its reason. Passwords that
the corpus' own description names are given.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from leakdesk.store import CaseStore, records
from leakdesk.work.again import recognise
from leakdesk.work.pipeline import Options, add

SHARED = Path(os.environ.get("LEAKDESK_SHARED", Path(__file__).parents[2] / "shared"))
#: The password that the corpus' README names.
PASSWORDS = ("tika",)
STATES = ("read", "partial", "failed")


def ledger_of(folders: list[Path]) -> list[dict[str, object]]:
    """Every item of a case made of these folders."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, CaseStore.create(Path(name) / "case") as store:
        options = Options(deep=False, jobs=2, passwords=PASSWORDS)
        add(store, folders, options)
        recognise(store, options)
        with store.connect() as connection:
            if not records.ledger(connection)["equation_holds"]:
                raise SystemExit("found is not read + partial + failed")
            return list(records.items(connection))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    given = parser.parse_args()
    folders = given.folders or [SHARED / "real" / name for name in ("mail", "pdf", "charsets")]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    unread: list[str] = []
    for item in ledger_of(folders):
        location = item["location"]
        assert isinstance(location, list)
        state = str(item["state"])
        steps = str(location[0]).split("/")
        counts["/".join(steps[: min(2, len(steps) - 1)])][state] += 1
        counts["all"][state] += 1
        if state != "read":
            unread.append(f"{state}: {' › '.join(map(str, location))} ({item['media_type']}): {item['reason']}")
    print("| folder | items | read | partial | failed | not read |")
    print("|---|---|---|---|---|---|")
    for name in [*sorted(name for name in counts if name != "all"), "all"]:
        states = counts[name]
        total = sum(states.values())
        shown = " | ".join(f"{states[state]:,}" for state in STATES)
        print(f"| {name} | {total:,} | {shown} | {100 * (1 - states['read'] / total):.1f} % |")
    print()
    print("\n".join(sorted(unread)))


if __name__ == "__main__":
    main()
