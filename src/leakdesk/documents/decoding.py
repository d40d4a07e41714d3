"""Bytes decoded by a known charset: the text, and what is to be said of the decision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Certainty = Literal["certain", "likely", "guess"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was decoded with, how that was decided, how sure it is, and whether anything was lost."""

    text: str
    charset: str
    how: str
    certainty: Certainty
    lossy: bool = False

    def sentence(self) -> str:
        """The decision as one sentence for a note."""
        lost = "; some bytes fit nowhere and became U+FFFD" if self.lossy else ""
        return f"read as {self.charset} ({self.how}), {self.certainty}{lost}"

    @property
    def plain(self) -> bool:
        """True where nothing is worth a note: ASCII, or UTF-8 or the declared charset without doubt."""
        return self.certainty == "certain" and not self.lossy


def strict(data: bytes, codec: str) -> str | None:
    """The text, or None where some bytes do not fit."""
    try:
        text = data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None
    if codec in ("utf-8", "cp1251", "koi8-r", "cp1252", "cp866"):
        return text
    return without_surrogates(text)


def forced(data: bytes, codec: str) -> tuple[str, bool]:
    """The text, with U+FFFD for what does not fit, and whether there was any."""
    good = strict(data, codec)
    if good is not None:
        return good, False
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        text = data.decode("latin-1")
    return without_surrogates(text), True


_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Lone surrogates replaced by U+FFFD: a text layer must be storable as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
