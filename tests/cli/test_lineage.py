"""Lineage as people read it: reports of one outlet are told apart, and many like lines are a count."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakdesk.cli.app import run
from tests.work.parcels import add_to, new_case

BODY = """Plant in Halm buys {number} lathes

The plant in Halm bought a lathe from Lumen for {number} million dollars, its director Jan Kroll said. The machines arrive in
May, and the plant paid for them in advance through a bank in Orle. Workers said that they had waited for years.
"""


def test_reports_of_one_outlet_are_told_apart_and_many_like_lines_are_counted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case = new_case(tmp_path / "case")
    for number in range(2, 10):
        report = tmp_path / f"{number}.txt"
        report.write_text(BODY.format(number=number))
        add_to(case, report, as_="report", outlet="Halm Daily", published=f"2031-05-0{number}")
    other = tmp_path / "other.txt"
    other.write_text("Rain in Orle\n\nIt rained in Orle for a week, and the river rose, the mayor Anna Brill said.\n")
    add_to(case, other, as_="report", outlet="Orle Post", deep=True)
    assert run(["lineage", str(case)]) == 0
    out = capfd.readouterr().out
    lines = [line for line in out.splitlines() if " rests on " in line and "in much the same words" in line]
    assert len(lines) == 3
    assert all(line.startswith("  Halm Daily, “Plant in Halm buys ") for line in lines)
    assert len(out.splitlines()) < 20
    assert "  and 4 more like these: Halm Daily rests on Halm Daily (inferred). All of them: --json" in out
    assert "  root: Orle Post\n" in out
