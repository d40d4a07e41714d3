"""The rules of the plain text live in `language.canonical`, where marks in incoming letters are described with them too; the
names that publishing uses are these."""

from __future__ import annotations

from leakdesk.language.canonical import (
    RULES,
    FingerprintMark,
    MarkKind,
    Word,
    fingerprint_marks,
    plain_text,
    plain_word,
    words_of,
)

__all__ = [
    "RULES",
    "FingerprintMark",
    "MarkKind",
    "Word",
    "fingerprint_marks",
    "plain_text",
    "plain_word",
    "words_of",
]
