"""The lines of `leakdesk authenticity`: for each letter its signatures with the keys known now, and what does not go together.

Places are said twice where they can be: as the bytes of the sealed original (`bytes`, `sha256`), and as an anchor in the text
layer where the words stand there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from leakdesk.authenticity import arc, sealed, states, wording
from leakdesk.authenticity.keys import KeyTable
from leakdesk.authenticity.observations import Observation, Spot
from leakdesk.authenticity.papers import is_paper
from leakdesk.authenticity.wording import Language
from leakdesk.documents.outlook_message import MEDIA_TYPE as MSG
from leakdesk.errors import NotFound
from leakdesk.model.anchor import anchor_at
from leakdesk.model.plain import to_plain
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.store.rows import from_json
from leakdesk.store.tables import documents, settings
from leakdesk.work.keys import key_table
from leakdesk.work.technical import RATES, Row, rows_of
from leakdesk.work.technical_papers import observations_in, papers_of

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What every line needs: the keys, and how often each rule found something in this case."""

    keys: KeyTable
    rates: Mapping[str, Sequence[int]]
    inside: Mapping[str, Sequence[int]]
    language: Language = "en"


def told(store: CaseStore, connection: Connection, extra: Path | None = None, language: Language = "en") -> Told:
    """Keys and base rates of a case. Raises KeysUnusable, NotReadable."""
    value = connection.execute(select(settings.c.value).where(settings.c.name == RATES)).scalar()
    rates = from_json(value) if value else {}
    return Told(key_table(store, connection, extra), rates.get("rates", {}), rates.get("inside", {}), language)


def lines(
    store: CaseStore, document: str | None = None, *, keys: Path | None = None, language: Language = "en"
) -> Iterator[Plain]:
    """A line a letter, in the order of dates. Raises NotFound, KeysUnusable, NotReadable."""
    with store.connect() as connection:
        known = told(store, connection, keys, language)
        chosen = None if document is None else [records.document_of(connection, document)]
        count = 0
        for own, row in rows_of(connection, chosen):
            count += 1
            yield line(connection, own, row, known)
        if chosen and not count:
            yield _paper_line(connection, chosen[0], known)


def lines_of(store: CaseStore, documents: Sequence[str], language: Language = "en") -> Iterator[Plain]:
    """The lines of some letters; those that were not taken down yet have none."""
    with store.connect() as connection:
        known = told(store, connection, None, language)
        for own, row in rows_of(connection, documents):
            yield line(connection, own, row, known)


def line(connection: Connection, document: str, row: Row, known: Told) -> Plain:
    """What can be said about one letter."""
    about = connection.execute(select(documents).where(documents.c.id == document)).mappings().one()
    rebuilt = any(note["rule"] == "rebuilt" for note in from_json(about["notes"]))
    checked = [states.check(facts, known.keys, rebuilt=rebuilt) for facts in row.facts.signatures]
    shown = next((facts.from_domain for facts in row.facts.signatures), "")
    chain = arc.check(row.facts.arc, known.keys)
    around = [sealed.check(facts, known.keys.certificates, known.keys.pgp_keys) for facts in row.facts.sealed]
    places = Places(connection)
    said: Plain = {
        "document": document,
        "signatures": [_signature(one, shown, known.language) for one in checked],
        "arc": {**_plain(chain), "sentence": wording.arc_sentence(chain, known.language)},
        "sealed": [{**_without_place(one), "sentence": wording.sealed_sentence(one, known.language)} for one in around],
        "observations": [
            *(_observation(observation(each), places, known, known.rates) for each in row.found),
            *_inside(connection, [part["id"] for part in from_json(about["attachments"]) or ()], places, known),
        ],
        "marks": _marks(row.marks, known.language),
    }
    if not checked:
        said["says"] = wording.say("none", known.language)
    if row.facts.problem:
        said["problem"] = row.facts.problem
    return said


def _marks(marks: Plain, language: Language) -> Plain:
    """What can identify a recipient, with its sentences: always one about copies, because one copy excludes nothing."""
    told = wording.mark_sentences(marks, language)
    return {
        **marks,
        "found": told,
        "sentences": [*told, *([] if marks.get("wordings") else [wording.copies_sentence(marks, language)])],
    }


def _signature(one: states.Checked, shown: str, language: Language) -> Plain:
    plain = _without_place(one)
    plain["bytes"] = list(one.place)
    return {**plain, "sentence": wording.signature_sentence(one, shown, language)}


def _without_place(one: object) -> Plain:
    plain = _plain(one)
    plain.pop("place", None)
    return plain


def _plain(one: object) -> Plain:
    plain = to_plain(one)
    assert isinstance(plain, dict)
    return plain


def observation(found: Mapping[str, Any]) -> Observation:
    """A stored observation as the noun it was."""
    return msgspec.convert(found, type=Observation)


def _inside(connection: Connection, ids: Sequence[str], places: Places, known: Told) -> Iterator[Plain]:
    """What was found in some files, each rule with how often files of this case show it."""
    for own, facts in papers_of(connection, ids).items():
        for one in observations_in(own, facts):
            yield _observation(one, places, known, known.inside)


def _paper_line(connection: Connection, document: str, known: Told) -> Plain:
    """The line of a file that is no letter. Raises NotFound where there is nothing to look at in files of its kind."""
    about = records.document(connection, document)
    if not is_paper(about["media_type"]):
        raise NotFound(
            f"{document} is neither a letter nor a file whose history is looked at",
            try_="List letters with: leakdesk list CASE --kind message",
        )
    found = list(_inside(connection, [document], Places(connection), known))
    return {"document": document, "signatures": [], "arc": {"cv": "none", "sentence": ""}, "sealed": [],
            "observations": found, "marks": {"found": [], "sentences": []}, "says": ""}  # fmt: skip


def _observation(one: Observation, places: Places, known: Told, rates: Mapping[str, Sequence[int]]) -> Plain:
    rate = rates.get(one.rule, (0, 0))
    return {
        "rule": one.rule,
        "sentence": wording.observation_sentence(one, known.language),
        "anchors": [places.anchor(each) for each in one.spots],
        "base_rate": {
            "found": rate[0],
            "of": rate[1],
            "sentence": wording.say("base_rate", known.language, found=rate[0], of=rate[1]),
        },
    }


class Places:
    """Spots as anchors; each document is looked up once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._layers: dict[str, tuple[str, str, str, int]] = {}

    def anchor(self, spot: Spot) -> Plain:
        """A spot as JSON: an anchor of the text layer where the words stand there, and the bytes of the original."""
        text, text_sha256, sha256, header = self._document(spot.document)
        if spot.of == "text" and text[spot.start : spot.end] == spot.text:
            return self._in_text(spot, text, text_sha256, spot.start)
        plain: Plain = {"document": spot.document, "exact": spot.text}
        if spot.of == "bytes":
            if sha256:
                plain |= {"bytes": [spot.start, spot.end], "sha256": sha256} | (
                    {"part": spot.part} if spot.part else {}
                )
            at = text.find(spot.text, 0, header) if spot.text and not spot.part else -1
            if at >= 0 and text.find(spot.text, at + 1, header) < 0:
                plain |= self._in_text(spot, text, text_sha256, at)
        elif spot.of == "field":
            plain["field"] = spot.part
        return plain

    @staticmethod
    def _in_text(spot: Spot, text: str, text_sha256: str, at: int) -> Plain:
        anchor = anchor_at(text, at, at + len(spot.text), document=spot.document, text_sha256=text_sha256)
        return dict(to_plain(anchor))

    def _document(self, own: str) -> tuple[str, str, str, int]:
        if own not in self._layers:
            about = self.connection.execute(
                select(documents.c.sha256, documents.c.media_type).where(documents.c.id == own)
            ).first()
            # The bytes of a letter that we rebuilt from an Outlook file are not bytes of the original.
            sha256 = about.sha256 if about is not None and about.media_type != MSG else ""
            stored = records.layer(self.connection, own)
            text = stored.layer.text if stored else ""
            segments = stored.layer.segments if stored else ()
            header = next((each.end for each in segments if each.role.value == "header"), 0)
            self._layers[own] = (text, stored.layer.sha256 if stored else "", str(sha256), header)
        return self._layers[own]
