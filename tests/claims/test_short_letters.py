"""Orders and answers, denials, labels, heads, namesakes and conditions: a report's sentence against short letters, read as text.

data/short_letters.toml was written before the rules of its day; a half drawn by seed was kept away from them and scored once
(docs/reference/quality.md). Since then the whole is a floor.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.claims.short_letters import cases, checked, kept_aside

#: What they share is made once, by one worker.
pytestmark = pytest.mark.xdist_group("short letters")

#: 51 of the 70 verdicts were right when this was written, and 2 supports were none; readers change under it, so five may go.
FLOOR, MOST_FALSE_SUPPORTS = 46, 2


@cache
def _verdicts() -> dict[str, str]:
    return {case.id: str(found.verdict) if (found := checked(case)) else "not read" for case in cases()}


def test_most_verdicts_are_right() -> None:
    wrong = [(case.id, _verdicts()[case.id]) for case in cases() if _verdicts()[case.id] not in case.right]
    assert len(cases()) - len(wrong) >= FLOOR, wrong


def test_little_is_shown_as_support_that_is_none() -> None:
    shown = [case.id for case in cases() if _verdicts()[case.id] == "supports" and "supports" not in case.right]
    assert len(shown) <= MOST_FALSE_SUPPORTS, shown


def test_half_of_the_cases_were_kept_aside() -> None:
    assert len(kept_aside()) == len(cases()) // 2
