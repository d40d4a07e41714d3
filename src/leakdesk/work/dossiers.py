"""What the case says beside a finding's quotations, as plain sentences: how many sources, what the letters say to it, what the
lists say to it, what can be said technically. Every sentence passes the masks before it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from leakdesk.errors import NotFound
from leakdesk.model.claim import Finding
from leakdesk.publish.inputs import Dossier
from leakdesk.store import records
from leakdesk.store.case import CaseStore
from leakdesk.work.reports import sources_sentence
from leakdesk.work.screening import about
from leakdesk.work.technical import update
from leakdesk.work.technical_lines import lines_of

_STANCES = (
    ("supports", "supports this", "support this"),
    ("refutes", "speaks against this", "speak against this"),
    ("not_enough_info", "stands near this and does not settle it", "stand near this and do not settle it"),
)


def dossiers(store: CaseStore, findings: Sequence[Finding]) -> Mapping[str, Dossier]:
    """A dossier for each finding, by its id."""
    if store.writable:
        update(store)
    return {finding.id: dossier(store, finding) for finding in findings}


def dossier(store: CaseStore, finding: Finding) -> Dossier:
    """The sentences about one finding."""
    return Dossier(
        corroboration=(_full_stop(sources_sentence(store, finding)),),
        checking=checking(finding),
        screening=lists_about(store, finding),
        authenticity=signatures_behind(store, finding),
    )


def checking(finding: Finding) -> tuple[str, ...]:
    """What the passages that a person kept say to the claim, counted by stance."""
    counts = Counter(str(support.stance) for support in finding.support)
    said = [
        f"{counts[stance]} passage{'s' if counts[stance] > 1 else ''} of the documents {many if counts[stance] > 1 else one}."
        for stance, one, many in _STANCES
        if counts[stance]
    ]
    return tuple(said)


def lists_about(store: CaseStore, finding: Finding) -> tuple[str, ...]:
    """What the last screening says of those whom the quoted passages name, where it is sure; each sentence once."""
    with store.connect() as connection:
        said = about(connection, [*finding.quotes, *(each.anchor for each in finding.support)], sure=True)
    return tuple(dict.fromkeys(_full_stop(each) for each in said))


def signatures_behind(store: CaseStore, finding: Finding) -> tuple[str, ...]:
    """What the signatures of the letters behind a finding say with the keys known now: sentences only, each once."""
    return tuple(
        dict.fromkeys(each["sentence"] for line in letters_behind(store, finding) for each in line["signatures"])
    )


def letters_behind(store: CaseStore, finding: Finding) -> list[dict[str, Any]]:
    """The lines of `authenticity` for each letter that a finding quotes, or whose attachment it quotes."""
    quoted = [*finding.quotes, *(support.anchor for support in finding.support)]
    with store.connect() as connection:
        letters = [own for anchor in quoted for own in _letters_of(connection, anchor.document)]
    return list(lines_of(store, list(dict.fromkeys(letters))))


def _letters_of(connection: Connection, document: str) -> list[str]:
    """The document itself if it is a letter, else the letters that carry it."""
    try:
        about = records.document(connection, document)
    except NotFound:
        return []
    if about["kind"] == "message":
        return [document]
    return [own for own in about["parents"] if records.document(connection, own)["kind"] == "message"]


def _full_stop(sentence: str) -> str:
    return sentence if sentence.endswith(".") else sentence[:1].upper() + sentence[1:] + "."
