"""Which of two texts appeared first, as far as their times can tell.

A day is a day wherever it was; a time of day without a zone may lie 26 hours beside another one, so that only a longer gap tells
the order. Where nothing tells it, it is unknown, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from leakdesk.model.comparison import SourceText

#: Clocks of the earth differ by at most this much.
ZONES = timedelta(hours=26)
_COARSE = re.compile(r"\d{4}(-\d\d)?")
Order = Literal[-1, 0, 1]


def order(first: SourceText, second: SourceText) -> Order:
    """-1: the first appeared earlier; 1: later; 0: nothing tells."""
    a, b = first.published, second.published
    if not a or not b or a == b:
        return 0
    left, right = _moment(a), _moment(b)
    if left is None or right is None:
        return _by_day(a, b)
    if (left.tzinfo is None) != (right.tzinfo is None) or left.tzinfo is None:
        apart = left.replace(tzinfo=None) - right.replace(tzinfo=None)
        return 0 if abs(apart) <= ZONES else _sign(apart)
    return _sign(left.astimezone(UTC) - right.astimezone(UTC))


def _by_day(a: str, b: str) -> Order:
    """One of them is known by its day only."""
    try:
        left, right = date.fromisoformat(a[:10]), date.fromisoformat(b[:10])
    except ValueError:
        if not (_COARSE.match(a) and _COARSE.match(b)):
            return 0
        shared = min(len(a), len(b), 7)  # a year or a month
        return 0 if a[:shared] == b[:shared] else (1 if a[:shared] > b[:shared] else -1)
    return _sign(left - right)


def _moment(published: str) -> datetime | None:
    if "T" not in published:
        return None
    try:
        return datetime.fromisoformat(published)
    except ValueError:
        return None


def _sign(apart: timedelta) -> Order:
    return 0 if not apart else (1 if apart > timedelta(0) else -1)


def ranks(texts: Sequence[SourceText]) -> list[int]:
    """Each text's place in one row that agrees with every order that is known: where it is unknown, something has to come
    first, and it must be the same one each time, lest texts that merely share words run in a circle. Undated ones come last."""
    row = sorted(range(len(texts)), key=lambda at: (*_estimate(texts[at]), at))
    placed = [0] * len(texts)
    for rank, at in enumerate(row):
        placed[at] = rank
    return placed


def _estimate(text: SourceText) -> tuple[bool, float]:
    published = text.published or ""
    moment = _moment(published)
    if moment is None:
        try:
            moment = datetime.fromisoformat(f"{published[:10]}T12:00")
        except ValueError:
            return True, 0.0
    return False, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def said(later: SourceText, earlier: SourceText) -> str:
    """The sentence for an order that is known."""
    same = (later.published or "")[:10] == (earlier.published or "")[:10]
    return f"{later.name} appeared later that day" if same else f"{later.name} appeared on a later day"
