"""E2: every sentence about a letter comes from one table, in four languages, and none holds a word that says too much."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from leakdesk.authenticity import arc, wording
from leakdesk.authenticity.keys import KeyTable
from leakdesk.authenticity.sealed import SealedChecked
from leakdesk.authenticity.signatures import read_signatures
from leakdesk.authenticity.states import check
from tests.authenticity.signer import record, table
from tests.authenticity.test_planted import _looked
from tests.authenticity.test_signatures import MUTANTS

ROOT = Path(__file__).resolve().parents[2] / "src" / "leakdesk"
#: Where sentences about letters are shown. `failed` is a state of the ledger and may stand there.
SHOWN = [
    *sorted((ROOT / "web" / "templates").glob("*.html")),
    *(ROOT / "cli" / name for name in ("authenticity.py", "finding.py", "demo.py", "export.py", "pack.py")),
    *(ROOT / "web" / name for name in ("technical.py", "findings.py", "documents.py")),
    *(ROOT / "work" / name for name in ("dossiers.py", "technical_lines.py", "technical_across.py")),
    *(ROOT / "publish" / name for name in ("pages.py",)),
    *sorted((ROOT / "exports").glob("*.py")),
]


def banned(text: str, but: frozenset[str] = frozenset()) -> list[str]:
    return [
        word
        for word in wording.NEVER
        if word not in but and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.casefold())
    ]


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("name", sorted(wording.table()))
def test_every_sentence_is_there_in_four_languages_and_says_no_more(name: str) -> None:
    row = wording.table()[name]
    assert tuple(row) == wording.LANGUAGES
    assert len({frozenset(_placeholders(template)) for template in row.values()}) == 1
    assert not banned(" ".join(row.values()))
    if name[0] != "f":
        assert not re.search(r"\d\s?%", row["en"])


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_no_rendering_holds_such_a_word(language: wording.Language) -> None:
    keys = [
        KeyTable(),
        table(),
        table("p="),
        table("junk"),
        table(record(), private_published="2031", origin="snapshot X", first_seen="2030"),
    ]
    said: list[str] = []
    for data, change, _, _ in MUTANTS.values():
        for facts in read_signatures(change(data)):
            said += [wording.signature_sentence(check(facts, each), "x.example", language) for each in keys]
            said.append(wording.signature_sentence(check(facts, keys[1], rebuilt=True), "x.example", language))
    for cv in ("none", "pass", "fail", "cannot_check"):
        said.append(wording.arc_sentence(arc.ArcChecked(cv=cv, sets=2, domains=("x.example",), reason=""), language))
    for state in ("verifies", "signature_differs", "no_key", "malformed", "needs"):
        said.append(
            wording.sealed_sentence(
                SealedChecked(kind="S/MIME", state=state, signer="", needs="gpg", place=(0, 1)), language
            )
        )
    for found in _looked()[1].found.values():
        said += [wording.observation_sentence(one, language) for one in found]
    marks = {"kinds": {"zero-width": 2}, "pixels": ["x.example"], "receipt": True, "links": 3, "copies": 2}
    said += [*wording.mark_sentences(marks, language), wording.copies_sentence(marks, language)]
    said += wording.mark_sentences({"wordings": {"group": 1, "wordings": 2, "copies": 3}}, language)
    assert len(set(said)) > 60
    assert not [each for each in said if banned(each) or "{" in each]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_page_or_report_says_more_by_itself(path: Path) -> None:
    assert not banned(path.read_text("utf-8"), frozenset({"failed"}))


def test_the_search_for_such_words_can_find_one() -> None:
    assert banned("This letter is authentic.") == ["authentic"]
    assert banned("Its authenticity") == []
