"""A person's judgements about claims: a finding is drafted by the machine, and accepted, edited, graded or rejected by a person.

Pure transitions over the table in `model.claim`. Each gives the finding as it is afterwards and what the custody log has to
say about it; whoever calls writes both in one transaction. An accepted finding keeps its own copy of sentence and quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from leakdesk.errors import UsageError
from leakdesk.model.anchor import Anchor
from leakdesk.model.claim import FINDING_TRANSITIONS, Claim, Finding, FindingState, Support
from leakdesk.model.ids import SHORT, sha256_hex

Verb = Literal["edit", "accept", "reject", "grade"]
#: How well a finding stands, in a person's judgement: word -> what it says.
GRADES: Mapping[str, str] = {
    "documented": "the documents say it in so many words",
    "corroborated": "two or more independent sources say it",
    "single": "one source says it",
    "inferred": "it follows from what is said, in several steps",
    "disputed": "something in the case speaks against it",
}
#: The Admiralty grading, which a person may use instead: a letter for the source, a number for the information ("B2").
SOURCE_LETTERS: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
INFORMATION: Mapping[str, str] = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
#: The best number that so many independent sources allow: confirmed takes two.
BEST_NUMBER: Mapping[int, str] = {0: "3", 1: "2"}
#: The custody log's word for each verb.
LOGGED: Mapping[Verb, Literal["edited", "accepted", "rejected", "graded"]] = {
    "edit": "edited",
    "accept": "accepted",
    "reject": "rejected",
    "grade": "graded",
}
#: Fields a person may write.
EDITABLE = frozenset({"sentence", "note", "translation", "right_of_reply", "open_questions", "quotes", "support"})


class StepRefused(UsageError):
    """This cannot be done with the finding as it stands. Show it first: leakdesk finding CASE show ID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A finding after a step; the custody log's verb; hashes of the finding before and after; which fields changed."""

    finding: Finding
    logged: str
    hash_in: str
    hash_out: str
    changed: tuple[str, ...]


def draft(claim: Claim, document: str, quotes: Iterable[Anchor], support: Iterable[Support] = ()) -> Finding:
    """A finding as the machine proposes it. Its id hashes (document, claim): drafting twice gives the same finding.
    Raises StepRefused without a quote: nothing is said without an anchor."""
    anchors = tuple(quotes)
    if not anchors:
        raise StepRefused("a finding needs a quotation")
    return Finding(
        id="f" + sha256_hex(f"{document}\n{claim.id}".encode())[:SHORT],
        state=FindingState.DRAFT,
        sentence=claim.sentence or claim.quote.exact,
        claim=claim.id,
        document=document,
        quotes=anchors,
        support=tuple(support),
    )


def step(finding: Finding, verb: Verb, *, independent: int | None = None, **written: object) -> Step:
    """One step of a person. `written`: the fields of EDITABLE for "edit", `grade` for "grade", nothing else. `independent`:
    on how many independent sources the finding rests; it caps the number of an Admiralty grade.

    Raises StepRefused for a verb the state does not allow, an unknown field or grade, or an edit that changes nothing.
    """
    target = FINDING_TRANSITIONS.get((finding.state, verb))
    if target is None:
        raise StepRefused(f"{finding.id} is {finding.state.value}: {verb} is not possible")
    _check(finding, verb, written)
    if verb == "grade":
        _check_grade(str(written.get("grade")), independent)
    changed = replace(finding, state=target, **written)  # type: ignore[arg-type]
    names = tuple(sorted(name for name in (*written, "state") if getattr(changed, name) != getattr(finding, name)))
    if not names:
        raise StepRefused(f"{finding.id}: nothing would change")
    return Step(finding=changed, logged=LOGGED[verb], hash_in=digest(finding), hash_out=digest(changed), changed=names)


def _check(finding: Finding, verb: Verb, written: Mapping[str, object]) -> None:
    allowed = {"edit": EDITABLE, "grade": frozenset({"grade"})}.get(verb, frozenset[str]())
    unknown = set(written) - allowed
    if unknown:
        raise StepRefused(f"{verb} does not write {', '.join(sorted(unknown))}")
    if not written.get("quotes", finding.quotes):
        raise StepRefused("a finding needs a quotation")
    if verb == "accept" and not finding.sentence.strip():
        raise StepRefused("a finding without a sentence cannot be accepted")


def _check_grade(grade: str, independent: int | None) -> None:
    if grade in GRADES:
        return
    if len(grade) != 2 or grade[0] not in SOURCE_LETTERS or grade[1] not in INFORMATION:
        raise StepRefused(f"a grade is one of {', '.join(GRADES)}, or a letter A to F with a number 1 to 6, such as B2")
    best = BEST_NUMBER.get(independent, "1") if independent is not None else "1"
    if grade[1] < best:
        rests = "no independent source is known" if independent == 0 else "it rests on one independent source"
        raise StepRefused(f"{grade} says “{INFORMATION[grade[1]]}”, but {rests}: the best number is {best}")


def grade_in_words(grade: str) -> str:
    """What a grade says ("usually reliable; probably true"); "" where there is none."""
    if grade in GRADES:
        return GRADES[grade]
    if len(grade) == 2 and grade[0] in SOURCE_LETTERS and grade[1] in INFORMATION:
        return f"{SOURCE_LETTERS[grade[0]]}; {INFORMATION[grade[1]]}"
    return ""


def read_otherwise(finding: Finding, claims: Iterable[Claim]) -> bool:
    """Does a newer reading of the document no longer hold the finding's claim with the same quotation? Then it is marked
    "now read otherwise"; the finding itself stays what the person accepted."""
    quoted = {anchor.exact for anchor in finding.quotes}
    return not any(claim.id == finding.claim or claim.quote.exact in quoted for claim in claims)


def digest(finding: Finding) -> str:
    """SHA-256 over everything a finding says: what the custody log keeps of it."""
    return sha256_hex(repr(finding).encode("utf-8", "backslashreplace"))
