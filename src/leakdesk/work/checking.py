"""The case's letters behind the check: candidates by full text, with what deep reading found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from leakdesk.claims.check import check
from leakdesk.claims.notes import notes
from leakdesk.claims.passages import Letter, participants
from leakdesk.language.detect import detect
from leakdesk.model.claim import Reading
from leakdesk.model.comparison import Checking
from leakdesk.model.document import Language, Role
from leakdesk.search.searcher import Searcher
from leakdesk.store import found, records
from leakdesk.store.case import LEAK, CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents, items
from leakdesk.work.answering import answered
from leakdesk.work.meaning_model import installed
from leakdesk.work.pictures import check_pictures, check_text

#: Letters kept in memory while one report is checked: neighbouring claims ask for the same ones.
KEPT = 2_000
#: A letter of more code points speaks for itself; what it answers is not fetched.
SHORT_ANSWER = 400


@dataclass(slots=True, kw_only=True)
class CaseLetters:
    """The leak dataset of a case, attachments included, reports left out."""

    connection: Connection
    searcher: Searcher
    _kept: dict[str, Letter | None] = field(default_factory=dict[str, "Letter | None"])
    _counts: tuple[int, int] | None = None

    @property
    def searched(self) -> int:
        """Documents of the leak with a text."""
        return self._count()[0]

    @property
    def unreadable(self) -> int:
        """Items that were read in part or not at all."""
        return self._count()[1]

    def candidates(self, words: Mapping[str, float] | Sequence[str], limit: int) -> Sequence[Letter]:
        """Letters with some of the words in any spelling, best first."""
        # Reports stand in the same index; ask for more than wanted and leave them out.
        ranked = self.searcher.any_of(words, limit * 2)
        letters = (letter for document, _ in ranked if (letter := self._letter(document)) is not None)
        return list(islice(letters, limit))

    def _letter(self, document: str) -> Letter | None:
        if document not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[document] = letter_of(self.connection, document)
        return self._kept[document]

    def _count(self) -> tuple[int, int]:
        if self._counts is None:
            with_text = select(func.count()).where(documents.c.dataset == LEAK, documents.c.layer.is_not(None))
            not_read = select(func.count()).where(items.c.state != "read")
            count = self.connection.execute
            self._counts = (count(with_text).scalar_one(), count(not_read).scalar_one())
        return self._counts


def check_report(
    store: CaseStore, searcher: Searcher, report: Reading, document: str = "", *, picture: str = ""
) -> Checking:
    """A report's claims and quotations, its pictures and what is to be said about it alone. `document`: its id in the case;
    `picture`: the name of a file that is itself a picture."""
    with store.connect() as connection:  # one for the whole report: a thousand letters are asked for
        letters = CaseLetters(connection=connection, searcher=searcher)
        pictures = check_text(picture, report.text, letters) if picture else ()
        if document:
            pictures = check_pictures(store, records.document_of(connection, document), letters)
        return replace(
            check(report, letters, wording=installed()), pictures=pictures, notes=notes(report, "this report")
        )


def load_letter(store: CaseStore, document: str) -> Letter | None:
    """A document of the leak as the check sees it, with the letter that it answers; None for reports and documents without
    text."""
    with store.connect() as connection:
        return letter_of(connection, document)


def letter_of(connection: Connection, document: str, *, with_answered: bool = True) -> Letter | None:
    """`load_letter` over a connection that is open. `with_answered`: also the letter that it answers."""
    row = connection.execute(_DOCUMENT, {"document": document}).mappings().first()
    stored = records.layer(connection, document)
    if row is None or stored is None or row["dataset"] != LEAK:
        return None
    reading = found.reading_of(connection, document)
    short = sum(each.end - each.start for each in stored.layer.segments if each.role == Role.BODY) <= SHORT_ANSWER
    before = answered(connection, row) if with_answered and short else None
    return Letter(
        document=document,
        text=stored.layer.text,
        language=_language(from_json(row["languages"]), stored.layer.text),
        segments=reading.segments if reading else stored.layer.segments,
        mentions=reading.mentions if reading else (),
        people=participants(_people(from_json(row["head"]) or {})),
        date=row["date"],
        reading=reading,
        answers=letter_of(connection, before, with_answered=False) if before else None,
    )


_DOCUMENT = select(documents).where(documents.c.id == bindparam("document"))


def _language(known: list[Language], text: str) -> Language:
    return known[0] if known and known[0] != "und" else detect(text[:4000])


def _people(head: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    return [(each["name"], each["address"]) for name in ("from", "to", "cc") for each in head.get(name, ())]
