"""The house keeps its own promises: what the texts name exists, and what exists is named."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "leakdesk"
CHAPTERS = sorted(p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").exists())


def test_every_chapter_is_named_in_the_table_of_contents_and_in_the_architecture() -> None:
    contents = ast.get_docstring(ast.parse((SOURCE / "__init__.py").read_text("utf-8"))) or ""
    architecture = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for chapter in CHAPTERS:
        assert f"`{chapter}`" in contents, f"{chapter} is missing from the package docstring"
        assert f"`{chapter}/`" in architecture, f"{chapter} is missing from ARCHITECTURE.md"


#: A verb is listed in the registry of `cli/app.py`, and the help that is made of it.
LISTED_ELSEWHERE = {"cli"}


@pytest.mark.parametrize("chapter", [each for each in CHAPTERS if each not in LISTED_ELSEWHERE])
def test_every_module_is_named_in_the_contents_of_its_chapter(chapter: str) -> None:
    contents = ast.get_docstring(ast.parse((SOURCE / chapter / "__init__.py").read_text("utf-8"))) or ""
    modules = {file.stem for file in (SOURCE / chapter).glob("*.py")} - {"__init__"}
    assert modules
    assert not {module for module in modules if f"`{module}`" not in contents}


def test_every_file_that_the_architecture_names_exists() -> None:
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|md|toml|tsv))`", (ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    assert named
    missing = [name for name in named if not (ROOT / name).exists() and not (SOURCE / name).exists()]
    assert not missing


@pytest.mark.parametrize("chapter", ["model", "language"])
def test_pure_chapters_touch_no_clock_network_or_database(chapter: str) -> None:
    forbidden = {"socket", "sqlite3", "sqlalchemy", "time", "urllib", "http", "requests", "random", "tempfile"}
    if chapter == "language":
        forbidden -= {"sqlite3"}  # the gazetteer is a shipped table, opened read-only and immutable
    for file in (SOURCE / chapter).rglob("*.py"):
        imported = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            for name in _imported_names(node)
        }
        assert not imported & forbidden, f"{file.name} imports {imported & forbidden}"


def _imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module]
    return []


def test_importing_the_package_loads_no_model_and_no_heavy_library() -> None:
    heavy = ["spacy", "natasha", "numpy", "sqlalchemy", "tantivy", "fastapi", "lingua", "rapidfuzz"]
    code = f"import sys, leakdesk; print([m for m in {heavy!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_only_render_prints() -> None:
    for file in SOURCE.rglob("*.py"):
        if file.name in ("render.py", "verifier.py"):
            continue
        calls = [n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call)]
        assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"], f"{file} prints"


def test_every_error_speaks_in_one_line() -> None:
    """A docstring that runs over two lines is still one sentence for the reader."""
    import leakdesk.claims.review
    import leakdesk.publish.roles
    from leakdesk.errors import LeakdeskError

    assert leakdesk.claims.review and leakdesk.publish.roles
    waiting, seen = [LeakdeskError], 0
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        assert "\n" not in LeakdeskError.sentence(_with(kind))
        seen += 1
    assert seen > 12


def _with(kind: type[Exception]) -> Exception:
    error = kind.__new__(kind)
    error.what, error.try_ = "it", ""  # type: ignore[attr-defined]
    return error
