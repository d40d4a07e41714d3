"""leakdesk: from a parcel of leaked letters to a finding that a stranger can verify.

The public API on one screen; this docstring is the table of contents. Chapters, in reading order (a chapter imports only
chapters above it):

- `errors`        every error a person can meet
- `model`         the nouns: frozen, checked at birth, without I/O
- `language`      scripts, words and spellings; pure functions and tables
- `store`         where a case lives
- `intake`        a parcel arrives: sealed, identified, unpacked, counted
- `documents`     bytes become frozen text
- `search`        found in every spelling
- `mentions`      names in the text
- `entities`      ... are someone
- `reading`       who says what, with which words
- `claims`        slots, comparison, checks, and a person's judgements
- `lineage`       who had it from whom; how many independent sources
- `screening`     what lists say
- `authenticity`  what headers and signatures can tell, and never a word more
- `publish`       redact, protect, seal, pack, verify
- `exports`       other tools' formats
- `work`          the pipeline: read, think, write, record
- `desk`          opens a case and exposes the chapters
- `demo`          the invented parcel
- `testing`       factories and simulators (public)
- `cli`, `web`    the two faces

    from leakdesk import Desk, read, compare, match
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from leakdesk.version import __version__ as __version__

if TYPE_CHECKING:
    from leakdesk.desk import Desk as Desk
    from leakdesk.desk import compare as compare
    from leakdesk.desk import match as match
    from leakdesk.desk import read as read

__all__ = ["Desk", "__version__", "compare", "match", "read"]


def __getattr__(name: str) -> Any:
    # The four public names load their chapters only when used: `import leakdesk` stays instant.
    if name in ("Desk", "compare", "match", "read"):
        return getattr(import_module("leakdesk.desk"), name)
    raise AttributeError(name)
