"""PDFs and office files made searchable: `leakdesk add --no-deep` beside `recollindex` over the same folder, in one run.

    python -m bench.papers [FOLDER]       default: ../shared/real/pdf

Neither recognises pictures (leakdesk does so as deep work, recoll only where it is told to). leakdesk also seals every file,
counts and lists what is inside, and parses each native format in a box.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from bench.cost import Cost, added, run

SHARED = Path(os.environ.get("LEAKDESK_SHARED", Path(__file__).parents[2] / "shared"))


def recoll(folder: Path, papers: Path) -> Cost:
    """Cost of `recollindex` over a folder."""
    config = folder / "recoll"
    config.mkdir()
    (config / "recoll.conf").write_text(f"topdirs = {papers}\nloglevel = 1\nfollowLinks = 1\n")
    return run(["recollindex", "-c", str(config)])


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "real/pdf")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        own, summary = added(Path(name), given.folder, 2, whole=False)
        other = recoll(Path(name), given.folder)
    files = sum(1 for path in given.folder.rglob("*") if path.is_file())
    print(
        f"{files} files, {summary['found']} items, {summary['read']} read:"
        f" leakdesk {own.seconds:.1f} s, {own.cpu:.1f} s of processors;"
        f" recoll {other.seconds:.1f} s, {other.cpu:.1f} s of processors;"
        f" ratio {own.seconds / other.seconds:.2f}, of processors {own.cpu / other.cpu:.2f}"
    )


if __name__ == "__main__":
    main()
