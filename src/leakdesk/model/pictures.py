"""Pictures in reports: the same one elsewhere, and the letter that a screenshot shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by its document, its fingerprint, and the text that recognition found in it."""

    document: str
    mark: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAt:
    """The same picture in another report."""

    document: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutOf:
    """A sentence of a letter that a screenshot of it does not show: cut off above or below, or missing in between."""

    start: int
    end: int
    text: str
    where: Literal["above", "between", "below"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    """The letter that a picture shows: from the first to the last sentence shown, the share of the picture's words that stand
    there, and what is missing of the letter."""

    document: str
    start: int
    end: int
    share: float
    left_out: tuple[LeftOutOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPicture:
    """A picture of a report: where else it is shown, which letter it shows, and a sentence for each."""

    document: str
    also_in: tuple[PictureAt, ...]
    shows: Screenshot | None
    sentences: tuple[str, ...]
