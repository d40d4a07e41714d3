"""Desk: opens a case and exposes the chapters, nothing else.

with Desk.open("case") as desk:
    for hit in desk.search("Harbachou"):
        ...

- `case`           the open case: its ledger, and searching in it
- `documents`      what was received, read and named
- `claims`         claims and findings
- `marks`          notes, tags, saved searches
- `screening`, `authenticity`, `publish`   the chapters of these names
- `files`          the same without a case
"""

from __future__ import annotations

from leakdesk.desk.case import Desk
from leakdesk.desk.files import compare, match, read

__all__ = ["Desk", "compare", "match", "read"]
