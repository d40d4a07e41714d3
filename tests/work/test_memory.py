"""Memory does not grow with the mailbox: streamed in, never held."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.searchable import Cost, leakdesk, write_mailbox

#: MB, as the project promises them for `add --no-deep --jobs 2`.
MAIN, GROUP = 300, 900
#: What may come on top between the two sizes: the index's writer fills its buffer once, words and ids take a few bytes each.
GROWTH = 80


def _cost(folder: Path, count: int) -> Cost:
    folder.mkdir()
    write_mailbox(folder / "box.mbox", count)
    return leakdesk(folder, folder / "box.mbox", 2)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_hundred_thousand_messages_take_no_more_memory_than_ten_thousand(tmp_path: Path) -> None:
    small, large = _cost(tmp_path / "s", 10_000), _cost(tmp_path / "l", 100_000)
    assert large.main_mb < MAIN
    assert large.group_mb < GROUP
    assert large.main_mb < small.main_mb + GROWTH


def test_four_thousand_messages_take_little_more_memory_than_one_thousand(tmp_path: Path) -> None:
    small, large = _cost(tmp_path / "s", 1000), _cost(tmp_path / "l", 4000)
    assert large.main_mb < MAIN
    assert large.group_mb < GROUP
    assert large.main_mb < small.main_mb + GROWTH
