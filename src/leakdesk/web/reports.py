"""The page of a report held against the letters: its claims and quotations, its pictures, what it repeats though others took it
back, and the letters that it never uses. Worked out when it is asked for: to check a report takes some seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leakdesk.errors import UsageError
from leakdesk.web.beside import Told, others
from leakdesk.web.contexts import Page, address, called, menu
from leakdesk.web.findings import Looked

if TYPE_CHECKING:
    from leakdesk.desk import Desk
    from leakdesk.model.claim import Reading
    from leakdesk.model.comparison import CheckedClaim, CheckedQuotation, Passage, Unmentioned
    from leakdesk.model.derivation import Withdrawn
    from leakdesk.model.pictures import CheckedPicture

#: How each verdict is said, and the look of it.
VERDICTS = {
    "supports": ("the letters support it", "supports"),
    "partly": ("the letters support a part", "partly"),
    "contradicts": ("the letters contradict it", "contradicts"),
    "silent": ("the letters are silent", "silent"),
    "not_checkable": ("letters cannot decide", "silent"),
}
#: How each fate of a claim is said.
FATES = {"updated": "brought up to date", "corrected": "corrected", "withdrawn": "withdrawn"}
#: Passages shown with each claim.
PASSAGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim, a quotation or a picture, what is said about it, and where that stands: (words, what letter, address)."""

    text: str
    href: str
    verdict: str
    look: str
    said: tuple[str, ...]
    places: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    """A report beside the letters. `fates`: claims that were taken back, its own or ones that it repeats."""

    id: str
    heading: str
    href: str
    searched: str
    notes: tuple[str, ...]
    fates: tuple[Held, ...]
    claims: tuple[Held, ...]
    quotations: tuple[Held, ...]
    pictures: tuple[Held, ...]
    unmentioned: tuple[Held, ...]
    others: tuple[Told, ...]


def report(desk: Desk, identity: str) -> ReportPage:
    """The page of a report. Raises NotFound, UsageError for a document that is no report."""
    about = desk.documents.get(identity)
    own = str(about["id"])
    if about["kind"] != "report":
        raise UsageError(
            f"{own} is no report", try_="Only what was added with --as report is held against the letters."
        )
    reading = desk.claims.reading(own)
    checked = desk.claims.check(reading, own)
    looked = Looked(desk)
    first = next(iter(checked.claims), None)
    return ReportPage(
        # The browser keeps titles in its history, outside the case: no word of a document stands in one.
        title=f"Report {own[:8]} against the letters",
        menu=menu(""),
        unsandboxed=desk.read_without_sandbox,
        id=own,
        heading=called(about),
        href=address(f"/d/{own}"),
        searched=f"{first.searched} documents were searched; {first.unreadable} items could not be read."
        if first
        else "",
        notes=checked.notes,
        fates=tuple(_fates(desk.claims.withdrawn(own), own, reading, looked)),
        claims=tuple(_claim(each, own, reading, looked) for each in checked.claims),
        quotations=tuple(_quotation(each, own, looked) for each in checked.quotations),
        pictures=tuple(_picture(each, looked) for each in checked.pictures),
        unmentioned=tuple(_unmentioned(each, looked) for each in checked.unmentioned),
        others=others(desk, own),
    )


def _at(document: str, start: int, end: int) -> str:
    return address(f"/d/{document}", to="here", at=f"{start}-{end}")


def _claim(one: CheckedClaim, own: str, reading: Reading, looked: Looked) -> Held:
    words, look = VERDICTS[one.verdict]
    quote = next((claim.quote for claim in reading.claims if claim.id == one.claim), None)
    shown = [each for each in one.passages[:PASSAGES] if each.tells or one.verdict in ("silent", "not_checkable")]
    return Held(
        text=one.sentence,
        href=_at(own, quote.start, quote.end) if quote else "",
        verdict=words,
        look=look,
        said=one.reasons,
        places=tuple(_place(each, looked) for each in shown or one.passages[:1]),
    )


def _place(one: Passage, looked: Looked) -> tuple[str, str, str]:
    return " ".join(one.text.split()), looked.name(one.document), _at(one.document, one.start, one.end)


def _quotation(one: CheckedQuotation, own: str, looked: Looked) -> Held:
    return Held(
        text=f"“{one.text}”",
        href=_at(own, one.start, one.end),
        verdict=one.verdict,
        look="supports" if one.verdict == "found" else "silent" if one.verdict == "absent" else "contradicts",
        said=(one.difference,) if one.difference else (),
        places=(_place(one.passage, looked),) if one.passage else (),
    )


def _picture(one: CheckedPicture, looked: Looked) -> Held:
    places = [("the same picture", looked.name(at.report), address(f"/d/{at.report}")) for at in one.also_in]
    if one.shows:
        letter = one.shows.document
        places.append(("the letter", looked.name(letter), _at(letter, one.shows.start, one.shows.end)))
        places += [
            (
                f"missing {each.where}: {' '.join(each.text.split())}",
                looked.name(letter),
                _at(letter, each.start, each.end),
            )
            for each in one.shows.left_out
        ]
    return Held(
        text=f"Picture {one.document[:8]}",
        href=address(f"/d/{one.document}"),
        verdict="",
        look="",
        said=one.sentences,
        places=tuple(places),
    )


def _unmentioned(one: Unmentioned, looked: Looked) -> Held:
    place = " ".join(one.text.split()), looked.name(one.document), _at(one.document, one.start, one.end)
    return Held(text=looked.name(one.document), href=place[2], verdict="", look="", said=(one.reason,), places=(place,))


def _fates(gone: Sequence[Withdrawn], own: str, reading: Reading, looked: Looked) -> Iterator[Held]:
    quotes = {claim.id: claim.quote for claim in reading.claims}
    said: set[tuple[str, str, str]] = set()
    for one in gone:
        claims = [one.claim] if one.document == own else [each.claim for each in one.repeated if each.document == own]
        whose = "This was" if one.document == own else "This repeats what was"
        for claim in claims:
            # Headline and body of the other report may be one claim here.
            if claim in quotes and (claim, one.how, one.by) not in said:
                said.add((claim, one.how, one.by))
                quote = quotes[claim]
                yield Held(
                    text=f"“{quote.exact}”",
                    href=_at(own, quote.start, quote.end),
                    verdict=FATES[one.how],
                    look="contradicts",
                    said=(f"{whose} {FATES[one.how]} by {looked.name(one.by)}: {one.reason}",),
                )
