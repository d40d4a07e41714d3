"""What a reader is told besides the bytes: the name, a declared charset, passwords to try, and the limits to keep."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLimits:
    """Where a reader stops. Every stop is recorded with the name of the field as its `limit`.

    Lengths are code points, sizes bytes, times seconds. The defaults suit a laptop; `--limits` replaces them.
    """

    depth: int = 64
    members: int = 10_000
    text_chars: int = 50_000_000
    pages: int = 10_000
    pixels: int = 200_000_000
    expanded_bytes: int = 4 << 30
    expansion: int = 100
    ocr_seconds_per_page: float = 60.0
    ocr_pages: int = 500
    program_seconds: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderHints:
    """Hints to a reader. `languages` are the OCR languages in tesseract's words; `ocr` False keeps pictures for later
    (the fast pass), with the reason "not read yet: waits for OCR"."""

    name: str = ""
    declared_charset: str | None = None
    passwords: tuple[str, ...] = ()
    limits: ReaderLimits = field(default_factory=ReaderLimits)
    languages: tuple[str, ...] = ("rus", "bel", "ukr", "eng")
    ocr: bool = True


NO_HINTS = ReaderHints()
