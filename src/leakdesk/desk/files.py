"""Files read, compared and matched without a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from leakdesk.model.claim import Reading
    from leakdesk.model.comparison import Comparison
    from leakdesk.model.document import Language
    from leakdesk.model.entity import Match, NameKind


def read(
    file: str | Path, *, as_: Literal["report", "message"] | None = None, language: Language | None = None
) -> Reading:
    """Read one file deeply, without a case."""
    from leakdesk.work import loose

    return loose.reading_of(loose.read_files([str(file)], as_=as_)[0], language=language)


def compare(a: str | Path, b: str | Path) -> Comparison:
    """Two report files side by side."""
    from leakdesk.work.comparing import compare_files

    return next(compare_files([str(a), str(b)]))


def match(left: str, right: str, kind: NameKind | None = None) -> Match:
    """Are these two names the same? A verdict, a score and the reasons."""
    from leakdesk.entities.match import compare as compare_names

    return compare_names(left, right, kind)
