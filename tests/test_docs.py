"""What the documentation says exists, and what exists is documented."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from leakdesk import errors
from leakdesk.cli.app import VERBS, leakdesk

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "ARCHITECTURE.md", *DOCS.rglob("*.md")])
GUIDES = [DOCS / "tutorial.md", *sorted((DOCS / "howto").glob("*.md"))]
_COMMAND = re.compile(r"(?:^|[`$|(] ?|\s{4})(?:\./run )?leakdesk ([a-z]+)([^`\n|]*)", re.MULTILINE)
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def code(page: Path) -> str:
    """The code of a page: fenced, indented and inline."""
    text = page.read_text("utf-8")
    fenced = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    indented = [line for line in text.splitlines() if re.match(r"\s{4,}\S", line)]
    return "\n".join([*fenced, *indented, *(f"`{span}`" for span in re.findall(r"`([^`\n]+)`", text))])


def commands(page: Path) -> list[tuple[str, str]]:
    """(verb, the rest of the line) of every leakdesk command of a page."""
    return [(found[1], found[2]) for found in _COMMAND.finditer(code(page))]


def command_of(verb: str) -> click.Command:
    found = leakdesk.get_command(click.Context(leakdesk), verb)
    assert found is not None
    return found


def error_classes() -> list[type[errors.LeakdeskError]]:
    return [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.LeakdeskError)]


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_is_in_the_reference_with_an_example(verb: str) -> None:
    page = (DOCS / "reference" / "cli.md").read_text("utf-8")
    section = page.partition(f"## leakdesk {verb}\n")[2].partition("\n## ")[0]
    assert section, f"{verb} is missing: ./run docs writes it"
    assert f"leakdesk {verb}" in section.partition("Example")[2]


def test_the_reference_names_no_verb_that_does_not_exist() -> None:
    page = (DOCS / "reference" / "cli.md").read_text("utf-8")
    assert set(re.findall(r"^## leakdesk (\w+)$", page, re.MULTILINE)) == set(VERBS)


@pytest.mark.parametrize("page", [*GUIDES, ROOT / "README.md"], ids=lambda page: page.stem)
def test_every_command_in_the_guides_exists_with_its_options(page: Path) -> None:
    found = commands(page)
    if page.stem in ("tutorial", "README", "publish-a-pack"):
        assert len(found) > 3
    for verb, rest in found:
        assert verb in VERBS, f"{page.name}: leakdesk {verb}"
        known = {name for parameter in command_of(verb).params for name in (*parameter.opts, *parameter.secondary_opts)}
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
            assert option in {*known, "--help"}, f"{page.name}: leakdesk {verb} {option}"


@pytest.mark.parametrize("error", error_classes(), ids=lambda error: error.__name__)
def test_every_error_is_documented_with_its_exit_code_and_advice(error: type[errors.LeakdeskError]) -> None:
    rows = (DOCS / "reference" / "errors.md").read_text("utf-8").splitlines()
    row = next((row for row in rows if row.startswith(f"| {error.__name__} |")), "")
    assert row, f"{error.__name__} is missing: ./run docs writes it"
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == str(error.exit_code)
    assert cells[2] and cells[3]


def test_every_decision_is_in_the_index_under_its_own_title_and_number() -> None:
    index = (DOCS / "adr" / "README.md").read_text("utf-8")
    decisions = sorted(page for page in (DOCS / "adr").glob("0*.md") if not page.name.startswith("0000"))
    numbers = [page.name[:4] for page in decisions]
    assert len(numbers) == len(set(numbers)), "two decisions share a number"
    for page in decisions:
        heading = page.read_text("utf-8").splitlines()[0]
        number, title = heading.removeprefix("# ").split(" · ", 1)
        assert number == page.name[:4]
        assert f"| [{number}]({page.name}) | {title} |" in index, page.name


@pytest.mark.parametrize("page", sorted((DOCS / "adr").glob("0*.md")), ids=lambda page: page.stem)
def test_every_decision_says_what_it_costs(page: Path) -> None:
    text = page.read_text("utf-8")
    for heading in ("## Context", "## Decision", "## Negative consequences"):
        assert heading in text
    cost = text.partition("## Negative consequences")[2].partition("\n## ")[0]
    assert re.search(r"^- \S", cost, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_demo_page_in_the_readme_has_the_demos_own_headings() -> None:
    """The sample in the README was printed by the program: its headings are the program's."""
    source = (ROOT / "src" / "leakdesk" / "cli" / "demo.py").read_text("utf-8")
    headings = [title.upper() for title in re.findall(r'_title\("([^"]+)"\)', source)]
    readme = (ROOT / "README.md").read_text("utf-8")
    assert headings
    assert [title for title in headings if title not in readme] == []


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_tutorial_runs_as_it_is_written(tmp_path: Path) -> None:
    """Every command of the tutorial, in order, in an empty folder; what it prints begins as the tutorial says."""
    tutorial = (DOCS / "tutorial.md").read_text("utf-8").replace("./run demo", "leakdesk demo --quiet")
    (tmp_path / "passwords.txt").write_text("sesame\n", "utf-8")
    listed = ""
    for block in _CONSOLE.findall(tutorial):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, shown = step.partition("\n")
            if " serve " in line:
                continue
            line = line.partition(" | ")[0].replace("DOCUMENT", listed.split(" ", 1)[0])
            words = (
                [sys.executable, "-m", "leakdesk", *shlex.split(line)[1:]]
                if line.startswith("leakdesk")
                else shlex.split(line)
            )
            done = subprocess.run(
                words, cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=600, check=False
            )
            assert done.returncode == 0, f"{line}: {done.stdout[-600:]}{done.stderr[-600:]}"
            first = shown.splitlines()[0] if shown.strip() else ""
            assert first.partition("...")[0] in done.stdout + done.stderr, f"{line} printed {done.stdout[:300]!r}"
            if not listed and (tmp_path / "demo-out" / "case").exists():
                listed = subprocess.run(
                    [sys.executable, "-m", "leakdesk", "list", "demo-out/case", "--kind", "message"],
                    cwd=tmp_path,
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
