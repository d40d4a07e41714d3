"""Which files are volumes of one archive: by their names, in which order, and what is missing."""

from __future__ import annotations

import pytest

from leakdesk.intake.volumes import gathered, plain_name


@pytest.mark.parametrize(
    ("name", "beside", "head", "order", "missing"),
    [
        ("a/x.part2.rar", ["a/x.part1.rar", "a/x.part2.rar", "a/y.part3.rar"], "a/x.part1.rar", [1, 2], ""),
        ("x.part01.rar", ["x.part01.rar", "x.part03.rar"], "x.part01.rar", [1, 3], "x.part02.rar"),
        ("X.PART2.RAR", ["X.PART2.RAR"], "", [2], "X.part1.rar"),
        ("x.rar", ["x.rar", "x.r00", "x.r01"], "x.rar", [1, 2, 3], ""),
        ("x.r01", ["x.r00", "x.r01"], "", [2, 3], "x.rar"),
        ("x.7z.001", ["x.7z.002", "x.7z.001"], "x.7z.001", [1, 2], ""),
        ("x.zip", ["x.zip", "x.z02", "x.z01"], "x.zip", [1, 2, 0], ""),
        ("x.zip", ["x.zip", "x.z02"], "x.zip", [2, 0], "x.z01"),
        ("x.s00", ["x.rar", "x.r99", "x.s00"], "x.rar", [1, 101, 102], "x.r00"),
    ],
)
def test_names_that_belong_together(name: str, beside: list[str], head: str, order: list[int], missing: str) -> None:
    found = gathered(name, beside)
    assert found is not None
    assert (found.head, [number for number, _ in found.names], found.missing) == (head, order, missing)


@pytest.mark.parametrize(
    "name", ["x.rar", "x.zip", "report.001", "x.docx", "x.z1", "x.part0.rar", "part1.rar", "x.7z", "", "x.7z.000"]
)
def test_whole_archives_and_other_files_belong_to_no_set(name: str) -> None:
    assert gathered(name, [name, "other.txt"]) is None


def test_the_names_in_the_box_are_ours() -> None:
    found = gathered("secret.part1.rar", ["secret.part1.rar"])
    assert found is not None
    assert plain_name(found, 2) == "volume.part002.rar"
    cut = gathered("secret.7z.001", ["secret.7z.001", "secret.7z.002"])
    assert cut is not None
    assert plain_name(cut, 2) == "volume.7z.002"
