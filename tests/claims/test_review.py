"""Findings: the table of transitions, exhaustively, and what each step tells the custody log."""

from __future__ import annotations

import pytest

from leakdesk.claims.review import GRADES, LOGGED, StepRefused, draft, read_otherwise, step
from leakdesk.model.anchor import anchor_at
from leakdesk.model.claim import FINDING_TRANSITIONS, Claim, Finding, FindingState, Predicate, Quote

_TEXT = "The second lathe left Minsk in May."


def _claim(exact: str = _TEXT) -> Claim:
    quote = Quote(exact=exact, prefix="", suffix="", start=0, end=len(exact))
    return Claim(
        id="c1",
        quote=quote,
        subject=None,
        predicate=Predicate(text="left", lemma="leave", class_="move"),
        object=None,
        sentence=exact,
    )


def _finding(state: FindingState = FindingState.DRAFT) -> Finding:
    made = draft(_claim(), "d1", [anchor_at(_TEXT, 0, len(_TEXT), document="d1", text_sha256="00")])
    while made.state is not state:
        made = step(made, "accept" if state is FindingState.ACCEPTED else "reject").finding
    return made


_WRITTEN: dict[str, dict[str, object]] = {"edit": {"note": "seen"}, "grade": {"grade": "single"}}


@pytest.mark.parametrize("state", list(FindingState))
@pytest.mark.parametrize("verb", list(LOGGED))
def test_only_what_the_table_allows_happens(state: FindingState, verb: str) -> None:
    target = FINDING_TRANSITIONS.get((state, verb))
    finding = _finding(state)
    if target is None:
        with pytest.raises(StepRefused, match="not possible") as caught:
            step(finding, verb, **_WRITTEN.get(verb, {}))  # type: ignore[arg-type]
        assert caught.value.exit_code == 2
        return
    made = step(finding, verb, **_WRITTEN.get(verb, {}))  # type: ignore[arg-type]
    assert made.finding.state is target
    assert made.logged == LOGGED[verb]  # type: ignore[index]
    assert made.hash_in != made.hash_out


def test_an_edit_keeps_its_words_and_withdraws_the_acceptance() -> None:
    made = step(_finding(FindingState.ACCEPTED), "edit", sentence="A second lathe left Minsk.")
    assert (made.finding.sentence, made.finding.state) == ("A second lathe left Minsk.", FindingState.DRAFT)
    assert made.changed == ("sentence", "state")


@pytest.mark.parametrize(
    ("verb", "written", "says"),
    [
        ("edit", {"id": "f0"}, "does not write id"),
        ("edit", {"grade": "single"}, "does not write grade"),
        ("edit", {"quotes": ()}, "needs a quotation"),
        ("edit", {"note": ""}, "nothing would change"),
        ("grade", {"grade": "certain"}, "a grade is one of documented"),
        ("accept", {"note": "x"}, "accept does not write note"),
    ],
)
def test_steps_that_are_refused(verb: str, written: dict[str, object], says: str) -> None:
    with pytest.raises(StepRefused, match=says):
        step(_finding(), verb, **written)  # type: ignore[arg-type]


def test_a_finding_without_a_quotation_is_never_drafted() -> None:
    with pytest.raises(StepRefused, match="needs a quotation"):
        draft(_claim(), "d1", [])


def test_drafting_twice_gives_one_finding() -> None:
    assert _finding() == _finding()
    assert set(GRADES) >= {"documented", "disputed"}


def test_a_newer_reading_only_marks() -> None:
    finding = _finding(FindingState.ACCEPTED)
    assert not read_otherwise(finding, [_claim()])
    other = Claim(
        id="c2", quote=_claim("The lathe left.").quote, subject=None, predicate=_claim().predicate, object=None
    )
    assert read_otherwise(finding, [other])


def test_a_person_may_grade_as_the_admiralty_does() -> None:
    assert step(_finding(), "grade", independent=2, grade="B1").finding.grade == "B1"
    assert step(_finding(), "grade", independent=1, grade="A2").finding.grade == "A2"


@pytest.mark.parametrize(
    ("independent", "grade", "says"),
    [
        (1, "A1", "rests on one independent source"),
        (0, "C2", "no independent source is known"),
        (2, "G1", "a letter A to F"),
        (2, "B7", "a letter A to F"),
        (2, "b2", "a letter A to F"),
    ],
)
def test_one_source_never_confirms(independent: int, grade: str, says: str) -> None:
    with pytest.raises(StepRefused, match=says):
        step(_finding(), "grade", independent=independent, grade=grade)
