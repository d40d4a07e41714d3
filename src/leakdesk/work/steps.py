"""The table of deep steps."""

from __future__ import annotations


class MissingPart(Exception):
    """An optional part is absent; the message says "needs X"."""
