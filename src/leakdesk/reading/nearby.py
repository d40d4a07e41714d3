"""Spans by place: what overlaps a code point, without looking through the whole text (so that long texts stay linear)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")
#: Code points of one shelf.
SHELF = 2048


class Nearby(Generic[T]):
    """Items on shelves by their span; an item lies on every shelf it touches, in the order it was given."""

    def __init__(self, items: Iterable[tuple[int, int, T]]) -> None:
        self._shelves: dict[int, list[T]] = {}
        for start, end, item in items:
            for shelf in range(start // SHELF, max(start, end - 1) // SHELF + 1):
                self._shelves.setdefault(shelf, []).append(item)

    def at(self, position: int) -> list[T]:
        """Items that may hold a code point (and others near it)."""
        return self._shelves.get(position // SHELF, [])
